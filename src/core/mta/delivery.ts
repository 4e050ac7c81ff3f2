/**
 * What becomes of each recipient of a message: it is taken into the queue, delivered into a mailbox here, handed on,
 * tried again later, returned to the sender, or dropped for a reason. Every one of these leaves a note.
 */
import type { Octets } from '../bytes/octets.ts'
import { field } from '../message/fields.ts'
import type { DeliverVerdict } from '../smtp/backend.ts'
import { addressee, PLAIN_TERMS } from '../smtp/envelope.ts'
import { mailbox, pathText } from '../smtp/path.ts'
import type { Millis, Seq } from '../terms.ts'
import { expansion, type Family, type Step } from './expansion.ts'
import { FinalDelivery } from './final.ts'
import { MADE_HERE, type Letter, type Outcome } from './letter.ts'
import { remember } from './policy.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import { reportMessage, type Action } from './report.ts'
import type { MailSystem } from './system.ts'
import { withLines } from './touch.ts'

/** A name may have 255 octets, a mailbox 320; no stamp is longer. */
const MOST_STAMP = 2000

const NOTED = { delayed: 'delayed', delivered: 'success', relayed: 'relayed', expanded: 'expanded' } as const

export class Delivery {
  private readonly system: MailSystem
  /** Somebody waits for another host. */
  private readonly wake: () => void
  private readonly final: FinalDelivery
  /** Lists and the messages that went through them. */
  private readonly listed = new Map<string, Millis>()

  constructor(system: MailSystem, wake: () => void) {
    this.system = system
    this.wake = wake
    this.final = new FinalDelivery(system, (letter) => this.post(letter))
  }

  /** From here on this host answers for the message. Whoever has a mailbox here has it when this returns. */
  post(letter: Letter): void {
    const { queue, directory } = this.system
    const { entry, cause } = this.accepted(letter)
    queue.add(entry)
    let last = cause
    const family = this.familyOf(letter)
    for (const step of expansion(directory, letter.recipients, letter.content, family))
      last = this.take(entry, step, last, family.through) ?? last
    this.settle(entry)
    if (entry.recipients.some(isWaiting)) this.wake()
  }

  private familyOf({ through = new Set(), messageId }: Letter): Family {
    const named = (list: string) => `${list.toLowerCase()} ${messageId ?? ''}`
    const hadBefore = (list: string) =>
      through.has(list.toLowerCase()) || (messageId !== null && this.listed.has(named(list)))
    return { through, hadBefore, notice: (list) => remember(this.listed, named(list), this.system.machine.now()) }
  }

  private accepted(letter: Letter): { entry: QueueEntry; cause: Seq } {
    const { machine } = this.system
    const { id, from, terms, content, messageId, client, role } = letter
    const to = letter.recipients.map(({ path }) => pathText(path))
    const note = { kind: 'accepted', id, from: pathText(from), to, octets: content.length, messageId, role } as const
    const received = stampOf(content, id)
    const cause = machine.note(received === null ? note : { ...note, received }, letter.cause)
    return {
      entry: { id, from, terms, recipients: [], content, arrived: machine.now(), cause, client },
      cause,
    }
  }

  /**
   * LMTP (RFC 2033 4.2): each recipient's copy is in the mailbox when this returns, or it is said why not. What leads to
   * others (an alias, a list, a forward) is taken into the queue.
   */
  deliverNow(letter: Letter): readonly DeliverVerdict[] {
    const { machine, queue, directory } = this.system
    const { entry, cause } = this.accepted(letter)
    const verdicts = letter.recipients.map((one): DeliverVerdict => {
      const { path, taken } = directory.peel(one.path)
      const place = directory.find(path)
      if (place.at === 'unknown') return { verdict: 'unknown' }
      if (place.at !== 'account') {
        const copy = queue.newId()
        this.post({ ...letter, id: copy, recipients: [one], cause })
        return { verdict: 'queued', id: copy }
      }
      const { address, account } = place
      const who = { ...one, path, address, original: mailbox(path), account: account.user, taken }
      const isThere = entry.recipients.some((other) => other.account === account.user && other.status === 'delivered')
      const trouble = isThere ? null : this.final.put(entry, this.newRecipient(entry, who))
      if (trouble === null) return { verdict: 'queued', id: entry.id }
      // Whoever handed it in keeps it, and tells the sender: here nothing waits and nothing is returned.
      if (trouble.code === '5.7.1') return { verdict: 'refused', text: trouble.why }
      return trouble.code === '4.3.1' ? { verdict: 'storage' } : { verdict: 'full', permanent: trouble.is === 'failed' }
    })
    this.confirm(entry)
    machine.note({ kind: 'removed', id: entry.id }, cause)
    return verdicts
  }

  deliverHere(entry: QueueEntry, recipient: Recipient): void {
    const trouble = this.final.put(entry, recipient)
    if (trouble !== null) this.report(entry, [recipient], trouble, entry.cause)
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
      result = { ...result, is: 'failed', code: '4.4.7', why: `${result.why} (given up after ${tries} tries)` }
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
      recipient.remote = result.is === 'sent' ? { host: result.host, reply: result.reply } : (result.remote ?? null)
      // RFC 3461 5.2.2: who hands on to a host that reports nothing reports that.
      if (result.is === 'sent' && !result.dsn) recipient.success = 'relayed'
    }
  }

  /** Tells the sender what failed and what was asked for, and lets the message go when nobody waits for it any more. */
  settle(entry: QueueEntry): void {
    const { machine, queue } = this.system
    const failed = entry.recipients.filter(({ status }) => status === 'failed')
    const told = failed.filter(({ notify }) => entry.from !== null && (notify === null || notify.includes('FAILURE')))
    const silent = failed.filter((recipient) => !told.includes(recipient))
    if (silent.length > 0) this.drop(entry, silent)
    if (told.length > 0) {
      for (const recipient of told) recipient.status = 'returned'
      this.tell(entry, told, 'failed')
    }
    this.confirm(entry)
    if (entry.recipients.some(isWaiting)) return
    queue.remove(entry)
    machine.note({ kind: 'removed', id: entry.id }, entry.cause)
  }

  /** Tells the sender that it takes long: unless there is nobody to tell, or nobody who asked (RFC 3461 4.1). */
  delayed(entry: QueueEntry, recipients: readonly Recipient[]): void {
    this.tell(
      entry,
      recipients.filter(({ notify }) => notify === null || notify.includes('DELAY')),
      'delayed',
    )
  }

  /** What has come to pass for those of whom the sender wants to hear it (RFC 3461 4.1 SUCCESS); told once. */
  private confirm(entry: QueueEntry): void {
    for (const what of ['delivered', 'relayed', 'expanded'] as const) {
      const done = entry.recipients.filter(({ success }) => success === what)
      for (const recipient of done) recipient.success = null
      this.tell(
        entry,
        done.filter(({ notify }) => notify?.includes('SUCCESS')),
        what,
      )
    }
  }

  /** RFC 3461 6.1: a report has no sender of its own, and nothing is ever reported to `<>`. */
  private tell(entry: QueueEntry, recipients: readonly Recipient[], action: Action): void {
    const { machine, queue, watch, config } = this.system
    if (entry.from === null || recipients.length === 0) return
    const id = queue.newId()
    const messageId = `<${id}@${machine.host}>`
    const until = watch.date(entry.arrived + config.retry.expire)
    const own = { id, host: machine.host, date: watch.date(), arrived: watch.date(entry.arrived), until }
    const content = reportMessage(entry, recipients, action, own)
    const to = pathText(entry.from)
    const last = recipients[recipients.length - 1]!.last
    const cause =
      action === 'failed'
        ? machine.note({ kind: 'bounced', id: entry.id, bounce: id, to }, last)
        : machine.note({ kind: 'notified', id: entry.id, report: id, to, what: NOTED[action] }, last)
    this.post({ ...MADE_HERE, id, from: null, recipients: [addressee(entry.from)], content, messageId, cause })
  }

  /** One step of an expansion; the note that it left, if any. */
  private take(entry: QueueEntry, step: Step, cause: Seq, through: Set<string>): Seq | null {
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
      case 'confirmed': {
        const recipient = this.newRecipient(entry, { ...step, account: null, taken: null })
        recipient.status = 'delivered'
        recipient.success = step.success
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
        let content = step.fields + step.content
        if (step.footer !== undefined) {
          content = step.fields + withLines(step.content, step.footer)
          last = machine.note({ kind: 'touched', id: copy, what: 'footer' }, cause)
        }
        const messageId = field(content, 'Message-ID')
        this.post({
          ...MADE_HERE,
          id: copy,
          from,
          // A list sends anew (RFC 3461 5.2.7.4); what a forward passes on keeps what was said of it.
          terms:
            step.from === undefined ? entry.terms : { ...PLAIN_TERMS, body: entry.terms.body, utf8: entry.terms.utf8 },
          recipients: step.recipients,
          content,
          messageId,
          through,
          cause: last,
        })
        return null
      }
    }
  }

  private newRecipient(
    entry: QueueEntry,
    who: Pick<Recipient, 'path' | 'address' | 'original' | 'notify' | 'orcpt' | 'account' | 'taken'>,
  ): Recipient {
    // Written out: this is done for every message that goes through.
    const recipient: Recipient = {
      path: who.path,
      address: who.address,
      original: who.original,
      notify: who.notify,
      orcpt: who.orcpt,
      account: who.account,
      taken: who.taken,
      status: 'waiting',
      tries: 0,
      next: entry.arrived,
      code: '',
      reason: '',
      last: entry.cause,
      remote: null,
      success: null,
      uncertain: false,
      shown: false,
      toldDelay: false,
    }
    entry.recipients.push(recipient)
    return recipient
  }

  /**
   * RFC 5321 6.1: nothing is ever returned to `<>`, or two hosts could send bounces to each other for ever; and nothing to
   * whoever said NOTIFY=NEVER, or left FAILURE out.
   */
  private drop(entry: QueueEntry, failed: readonly Recipient[]): void {
    for (const recipient of failed) {
      recipient.status = 'dropped'
      const nobody = entry.from === null ? 'there is no sender to tell' : 'the sender does not want to hear of it'
      const why = `${recipient.reason}; ${nobody}`
      const note = { kind: 'dropped', id: entry.id, recipients: [recipient.address], why } as const
      recipient.last = this.system.machine.note(note, recipient.last)
    }
  }
}

export const isWaiting = (recipient: Recipient) => recipient.status === 'waiting'

/** The Received field with which a host took a message (RFC 5321 4.4); what it made itself begins with no such line. */
function stampOf(content: Octets, id: string): Octets | null {
  const stamp = /^Received:[^\r\n]*(?:\r\n[ \t][^\r\n]*)*/i.exec(content.slice(0, MOST_STAMP))?.[0]
  return stamp?.includes(` id ${id}`) ? stamp : null
}
