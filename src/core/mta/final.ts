/**
 * Final delivery (RFC 5321 4.4): a copy leaves the world of SMTP for a mailbox, or the terminal that SEND asked for. On the
 * way the filter of whoever it is for has its say, and behind it somebody who is away has theirs.
 */
import type { Octets } from '../bytes/octets.ts'
import { headerField } from '../message/build.ts'
import { field } from '../message/fields.ts'
import { sevenBit } from '../message/mime/build/seven-bit.ts'
import { addressee } from '../smtp/envelope.ts'
import { pathText, type Path } from '../smtp/path.ts'
import type { Account } from '../store/account.ts'
import type { Seq } from '../terms.ts'
import { filtered, type Filtered } from './filter.ts'
import { MADE_HERE, type Failure, type Letter } from './letter.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import type { MailSystem } from './system.ts'
import { automaticReply } from './vacation.ts'

export class FinalDelivery {
  private readonly system: MailSystem
  /** Answers for what is written or sent on here. */
  private readonly post: (letter: Letter) => void

  constructor(system: MailSystem, post: (letter: Letter) => void) {
    this.system = system
    this.post = post
  }

  /** Null when it is done. */
  put(entry: QueueEntry, recipient: Recipient): Failure | null {
    const { how } = entry.terms
    const user = recipient.account!
    if (how !== 'MAIL' && !recipient.shown && this.show(entry, recipient, user) && how !== 'SAML') {
      recipient.status = 'delivered'
      recipient.success = 'delivered'
      return null
    }
    const account = this.system.directory.store!.account(user)
    if (!account) return { is: 'failed', code: '5.1.1', why: `unknown user: "${user}"` }
    const { lines, cause } = this.inLines(entry)
    const content = finalCopy(entry.from, recipient.address, lines)
    const full = this.full(account, content)
    if (full) return full
    const wishes = filtered(this.system, entry, recipient, account, content, cause)
    if (wishes.reject !== null) return { is: 'failed', code: '5.7.1', why: wishes.reject }
    recipient.status = 'delivered'
    recipient.last = wishes.last
    this.redirect(entry, recipient, wishes)
    if (wishes.deliveries.length > 0) this.keep(entry, recipient, account, content, wishes.deliveries)
    return null
  }

  /** RFC 3030 3: a mailbox holds lines; what came as octets that are none is encoded here, and not before. */
  private inLines({ id, cause, content, terms }: QueueEntry): { lines: Octets; cause: Seq } {
    const lines = terms.body === 'BINARYMIME' ? sevenBit(content) : content
    if (lines === content) return { lines, cause }
    return { lines, cause: this.system.machine.note({ kind: 'touched', id, what: 'base64' }, cause) }
  }

  private full(account: Account, content: Octets): Failure | null {
    switch (this.system.directory.store!.room(account, content.length)) {
      case 'fits':
        return null
      case 'no-space':
        return { is: 'deferred', code: '4.3.1', why: 'the mail store of this host is full' }
      case 'never':
        return { is: 'failed', code: '5.2.2', why: 'the message is larger than the mailbox may ever be' }
      case 'over-quota':
        return { is: 'deferred', code: '4.2.2', why: 'the mailbox is full' }
    }
  }

  private keep(
    entry: QueueEntry,
    recipient: Recipient,
    account: Account,
    content: Octets,
    copies: Filtered['deliveries'],
  ): void {
    const { machine, directory, watch } = this.system
    const { address } = recipient
    const { user } = account
    for (const { mailbox, flags, cause } of copies) {
      // There is room for one copy; of several wishes those that still fit are granted.
      const delivered = directory.store!.deliver(user, mailbox, content, watch.now(), flags)
      if (typeof delivered !== 'object') continue
      const what = { id: entry.id, address, account: user, mailbox, uid: delivered.uid, octets: content.length }
      recipient.last = machine.note({ kind: 'delivered', ...what }, cause)
    }
    recipient.success = 'delivered'
    this.answer(entry, account, recipient.last)
  }

  /**
   * RFC 5228 4.2: the sender stays, for it is the sender who has to hear what becomes of it. Where the message goes nowhere
   * else, what was asked to be reported goes with it; otherwise it was delivered, and that is what is reported.
   */
  private redirect(entry: QueueEntry, recipient: Recipient, { redirects, deliveries }: Filtered): void {
    const { queue } = this.system
    const { notify, orcpt } = recipient
    const content = headerField('Delivered-To', recipient.address) + entry.content
    const messageId = field(content, 'Message-ID')
    const asked = deliveries.length === 0 && redirects.length === 1
    const { body, utf8 } = entry.terms
    const terms = asked ? entry.terms : { ...MADE_HERE.terms, body, utf8 }
    for (const { path, cause } of redirects) {
      const recipients = [asked ? { path, notify, orcpt } : addressee(path)]
      const id = queue.newId()
      this.post({ ...MADE_HERE, id, from: entry.from, terms, recipients, content, messageId, cause })
    }
    // Thrown away by a wish is delivered, too: who wrote it has no right to know.
    if (!asked) recipient.success = 'delivered'
  }

  /** RFC 821 3.4: onto the terminal. SEND found somebody there when RCPT was said; who has left since gets a letter. */
  private show(entry: QueueEntry, recipient: Recipient, account: string): boolean {
    const { machine, terminals } = this.system
    const { id, content } = entry
    if (!terminals?.show(account, finalCopy(entry.from, recipient.address, content))) return false
    recipient.shown = true
    const { address } = recipient
    recipient.last = machine.note({ kind: 'shown', id, address, account, octets: content.length }, entry.cause)
    return true
  }

  /** Somebody who is away has it said. */
  private answer(entry: QueueEntry, account: Account, cause: Seq): void {
    const { machine, queue, watch } = this.system
    if (account.vacation === null || entry.from === null) return
    const id = queue.newId()
    const messageId = `<${id}@${machine.host}>`
    const content = automaticReply(entry, account, { messageId, date: watch.date(), now: watch.now() })
    if (content === null) return
    this.post({ ...MADE_HERE, id, from: null, recipients: [addressee(entry.from)], content, messageId, cause })
  }
}

/** RFC 5321 4.4: the reverse-path is written on top when the message leaves the world of SMTP. */
export function finalCopy(from: Path | null, address: string, content: Octets): Octets {
  return ['Return-Path: <', pathText(from), '>\r\nDelivered-To: ', address, '\r\n'].join('') + content
}
