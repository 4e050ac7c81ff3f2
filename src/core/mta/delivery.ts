/**
 * What becomes of each recipient of a message: it is taken into the queue, delivered into a mailbox here, handed on,
 * tried again later, returned to the sender, or dropped for a reason. Every one of these leaves a note.
 */
import type { Octets } from '../bytes/octets.ts'
import { field } from '../message/fields.ts'
import { mailbox, pathText, type Path } from '../smtp/path.ts'
import type { HostName, Millis, Seq } from '../terms.ts'
import { bounceMessage } from './bounce.ts'
import { expansion, type Step } from './expansion.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import type { MailSystem } from './system.ts'
import { withLines } from './touch.ts'
import { automaticReply } from './vacation.ts'

export interface Letter {
  id: string
  from: Path | null
  recipients: readonly Path[]
  content: Octets
  messageId: string | null
  client: QueueEntry['client']
  cause: Seq
}

export type Outcome =
  { is: 'sent'; host: HostName; reply: string } | { is: 'deferred' | 'failed'; code: string; why: string }

export class Delivery {
  private readonly system: MailSystem
  /** Somebody waits for another host. */
  private readonly wake: () => void

  constructor(system: MailSystem, wake: () => void) {
    this.system = system
    this.wake = wake
  }

  /** From here on this host answers for the message. Whoever has a mailbox here has it when this returns. */
  post(letter: Letter): void {
    const { machine, queue, directory } = this.system
    const { id, from, content, messageId, client } = letter
    const cause = machine.note(
      {
        kind: 'accepted',
        id,
        from: pathText(from),
        to: letter.recipients.map(pathText),
        octets: content.length,
        messageId,
      },
      letter.cause,
    )
    const entry: QueueEntry = { id, from, recipients: [], content, arrived: machine.now(), cause, client }
    queue.add(entry)
    let last = cause
    for (const step of expansion(directory, letter.recipients, content)) last = this.take(entry, step, last) ?? last
    this.settle(entry)
    if (entry.recipients.some(isWaiting)) this.wake()
  }

  deliverHere(entry: QueueEntry, recipient: Recipient): void {
    const { machine, directory, watch } = this.system
    const store = directory.store!
    const account = recipient.account!
    const content = finalCopy(entry.from, recipient.address, entry.content)
    const delivered = store.deliver(account, 'INBOX', content, watch.now())
    if (typeof delivered === 'object') {
      recipient.status = 'delivered'
      recipient.last = machine.note(
        {
          kind: 'delivered',
          id: entry.id,
          address: recipient.address,
          account,
          mailbox: 'INBOX',
          uid: delivered.uid,
          octets: content.length,
        },
        entry.cause,
      )
      this.answer(entry, account, recipient.last)
    } else if (delivered === 'no-such-account') {
      this.report(entry, [recipient], { is: 'failed', code: '5.1.1', why: `unknown user: "${account}"` }, entry.cause)
    } else if (delivered === 'no-space') {
      const outcome = { is: 'deferred', code: '4.3.1', why: 'the mail store of this host is full' } as const
      this.report(entry, [recipient], outcome, entry.cause)
    } else {
      const never = store.room(store.account(account)!, content.length) === 'never'
      const outcome = never
        ? ({ is: 'failed', code: '5.2.2', why: 'the message is larger than the mailbox may ever be' } as const)
        : ({ is: 'deferred', code: '4.2.2', why: 'the mailbox is full' } as const)
      this.report(entry, [recipient], outcome, entry.cause)
    }
  }

  /** What a try has brought for these recipients, who share it. */
  report(entry: QueueEntry, recipients: readonly Recipient[], outcome: Outcome, cause: Seq): void {
    const { machine, config } = this.system
    const addresses = recipients.map(({ address }) => address)
    const tries = Math.max(...recipients.map((recipient) => recipient.tries)) + 1
    const expires = entry.arrived + config.retry.expire
    let last: Seq
    let until: Millis = 0
    let result = outcome
    if (result.is === 'deferred' && machine.now() >= expires) {
      // RFC 5321 4.5.4.1: somebody who waits for days for an answer is better told.
      result = { is: 'failed', code: '4.4.7', why: `${result.why} (given up after ${tries} tries)` }
    }
    if (result.is === 'sent') {
      last = machine.note(
        { kind: 'sent', id: entry.id, server: result.host, recipients: addresses, reply: result.reply },
        cause,
      )
    } else if (result.is === 'failed') {
      const { why, code } = result
      last = machine.note({ kind: 'failed', id: entry.id, recipients: addresses, why, code }, cause)
    } else {
      const { after } = config.retry
      until = Math.min(machine.now() + (after[tries - 1] ?? after[after.length - 1]!), expires)
      last = machine.note({ kind: 'deferred', id: entry.id, recipients: addresses, why: result.why, until }, cause)
    }
    for (const recipient of recipients) {
      recipient.status = result.is === 'deferred' ? 'waiting' : result.is
      recipient.tries = tries
      recipient.next = until
      recipient.last = last
      recipient.code = result.is === 'sent' ? '' : result.code
      recipient.reason = result.is === 'sent' ? '' : result.why
    }
  }

  /** Tells the sender what failed, and lets the message go when nobody waits for it any more. */
  settle(entry: QueueEntry): void {
    const { machine, queue } = this.system
    const failed = entry.recipients.filter(({ status }) => status === 'failed')
    if (failed.length > 0) {
      if (entry.from === null) this.drop(entry, failed)
      else this.bounce(entry, entry.from, failed)
    }
    if (entry.recipients.some(isWaiting)) return
    queue.remove(entry)
    machine.note({ kind: 'removed', id: entry.id }, entry.cause)
  }

  /** One step of an expansion; the note that it left, if any. */
  private take(entry: QueueEntry, step: Step, cause: Seq): Seq | null {
    const { machine, queue } = this.system
    const { id } = entry
    switch (step.step) {
      case 'recipient': {
        const recipient = this.newRecipient(entry, step)
        if (step.account !== null) this.deliverHere(entry, recipient)
        return null
      }
      case 'failed': {
        const address = mailbox(step.path)
        const recipient = this.newRecipient(entry, { ...step, address, account: null, taken: null })
        this.report(entry, [recipient], { is: 'failed', code: step.code, why: step.why }, entry.cause)
        return null
      }
      case 'expanded':
        return machine.note({ kind: 'expanded', id, address: step.address, into: step.into, by: step.by }, entry.cause)
      case 'repeated':
        return machine.note(
          { kind: 'repeated', id, recipients: [step.address], why: 'already a recipient of this message' },
          entry.cause,
        )
      case 'copy': {
        // What fails for a member goes to the list's owner; but what has no sender never gets one.
        const from = step.from === undefined || entry.from === null ? entry.from : step.from
        const copy = queue.newId()
        let last = cause
        let content = step.fields + entry.content
        if (step.footer !== undefined) {
          content = step.fields + withLines(entry.content, step.footer)
          last = machine.note({ kind: 'touched', id: copy, what: 'footer' }, cause)
        }
        const messageId = field(content, 'Message-ID')
        this.post({ id: copy, from, recipients: step.recipients, content, messageId, client: null, cause: last })
        return null
      }
    }
  }

  private newRecipient(
    entry: QueueEntry,
    who: Pick<Recipient, 'path' | 'address' | 'original' | 'account' | 'taken'>,
  ): Recipient {
    // Written out: this is done for every message that goes through.
    const recipient: Recipient = {
      path: who.path,
      address: who.address,
      original: who.original,
      account: who.account,
      taken: who.taken,
      status: 'waiting',
      tries: 0,
      next: entry.arrived,
      code: '',
      reason: '',
      last: entry.cause,
      uncertain: false,
    }
    entry.recipients.push(recipient)
    return recipient
  }

  private bounce(entry: QueueEntry, sender: Path, failed: readonly Recipient[]): void {
    const { machine, queue, watch } = this.system
    const id = queue.newId()
    const messageId = `<${id}@${machine.host}>`
    const content = bounceMessage(entry, failed, { messageId, host: machine.host, date: watch.date() })
    for (const recipient of failed) recipient.status = 'returned'
    const note = { kind: 'bounced', id: entry.id, bounce: id, to: pathText(sender) } as const
    const cause = machine.note(note, failed[failed.length - 1]!.last)
    this.post({ id, from: null, recipients: [sender], content, messageId, client: null, cause })
  }

  /** Somebody who is away has it said. */
  private answer(entry: QueueEntry, user: string, cause: Seq): void {
    const { machine, queue, watch, directory } = this.system
    const account = directory.store!.account(user)!
    if (account.vacation === null || entry.from === null) return
    const id = queue.newId()
    const messageId = `<${id}@${machine.host}>`
    const content = automaticReply(entry, account, { messageId, date: watch.date(), now: watch.now() })
    if (content === null) return
    this.post({ id, from: null, recipients: [entry.from], content, messageId, client: null, cause })
  }

  /** RFC 5321 6.1: nothing is ever returned to `<>`, or two hosts could send bounces to each other for ever. */
  private drop(entry: QueueEntry, failed: readonly Recipient[]): void {
    for (const recipient of failed) {
      recipient.status = 'dropped'
      const why = `${recipient.reason}; there is no sender to tell`
      const note = { kind: 'dropped', id: entry.id, recipients: [recipient.address], why } as const
      recipient.last = this.system.machine.note(note, recipient.last)
    }
  }
}

/** RFC 5321 4.4: the reverse-path is written on top when the message leaves the world of SMTP. */
export function finalCopy(from: Path | null, address: string, content: Octets): Octets {
  return ['Return-Path: <', pathText(from), '>\r\nDelivered-To: ', address, '\r\n'].join('') + content
}

export const isWaiting = (recipient: Recipient) => recipient.status === 'waiting'
