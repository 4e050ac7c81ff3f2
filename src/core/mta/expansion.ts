/**
 * From the recipients of an envelope to those who get the message: aliases are replaced, lists and forwards become
 * copies of their own, nobody gets it twice, and what leads in a circle ends.
 *
 * An alias only renames (RFC 5321 3.9.1). A list is a new sending with its owner as the sender (3.9.2). A forward passes
 * on with the sender unchanged. Lists and forwards write their address into the copy as Delivered-To: when it comes back
 * to the same address, however many hosts it went through, it is going round.
 */
import type { Octets } from '../bytes/octets.ts'
import { headerField } from '../message/build.ts'
import { fieldValues } from '../message/fields.ts'
import { addressText } from '../message/address.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { mailbox, pathText, type Path } from '../smtp/path.ts'
import type { Directory, Place } from './directory.ts'

export type Step =
  | { step: 'recipient'; path: Path; address: string; original: string; account: string | null; taken: string | null }
  | { step: 'failed'; path: Path; original: string; code: string; why: string }
  | { step: 'expanded'; address: string; into: readonly string[]; by: 'alias' | 'list' | 'forward' }
  /** Follows on its `expanded`. `from` is undefined where the sender stays. */
  | { step: 'copy'; from?: Path; recipients: readonly Path[]; fields: Octets; footer?: string }
  | { step: 'repeated'; address: string }

export function expansion(directory: Directory, recipients: readonly Path[], content: Octets): Step[] {
  const walk = new Walk(directory, content)
  for (const path of recipients) {
    if (!walk.visit(path, mailbox(path), [])) walk.fail(path, mailbox(path), '5.4.6', 'the alias leads only to itself')
  }
  return walk.steps
}

class Walk {
  readonly steps: Step[] = []
  private readonly directory: Directory
  private readonly content: Octets
  private readonly seen = new Set<string>()

  constructor(directory: Directory, content: Octets) {
    this.directory = directory
    this.content = content
  }

  /** `trail` are the aliases that led here. False where this way leads to nobody. */
  visit(given: Path, original: string, trail: readonly string[]): boolean {
    const { path, taken } = this.directory.peel(given)
    let place = this.directory.find(path)
    // An alias that names itself among others means the mailbox of that name.
    if (place.at === 'alias' && trail.includes(place.address)) {
      place = this.directory.accountOf(path)
      if (place.at === 'unknown') return false
    }
    if (this.isRepeated(place, path)) return true
    switch (place.at) {
      case 'elsewhere':
        this.steps.push({ step: 'recipient', path, address: mailbox(path), original, account: null, taken })
        return true
      case 'account': {
        const { address, account } = place
        this.steps.push({ step: 'recipient', path, address, original, account: account.user, taken })
        return true
      }
      case 'alias': {
        this.expanded(place.address, place.into, 'alias')
        const onward = [...trail, place.address]
        return place.into.map((target) => this.visit(target, original, onward)).includes(true)
      }
      case 'list':
      case 'forward':
        this.copy(place, path, original)
        return true
      case 'unknown':
        return this.fail(path, original, '5.1.1', `unknown user: "${path.local}"`)
    }
  }

  fail(path: Path, original: string, code: string, why: string): true {
    this.steps.push({ step: 'failed', path, original, code, why })
    return true
  }

  private copy(place: Place & { at: 'list' | 'forward' }, path: Path, original: string): void {
    const { address } = place
    if (place.at === 'forward' && place.reply === 551) {
      this.fail(path, original, '5.1.6', `the mailbox has moved to <${mailbox(place.to)}>`)
    } else if (
      fieldValues(this.content, 'Delivered-To').some((other) => other.toLowerCase() === address.toLowerCase())
    ) {
      this.fail(path, original, '5.4.6', `mail forwarding loop for ${address}`)
    } else if (place.at === 'forward') {
      this.expanded(address, [place.to], 'forward')
      this.steps.push({ step: 'copy', recipients: [place.to], fields: headerField('Delivered-To', address) })
    } else {
      this.expanded(address, place.members, 'list')
      // RFC 2919: a list is known by its List-Id, whatever host it lives on.
      const listId = addressText({ name: utf8Octets(place.list.name), address: address.replace('@', '.') })
      const fields = headerField('Delivered-To', address) + headerField('List-Id', listId)
      const { owner, members, list } = place
      const footer = list.footer === undefined ? {} : { footer: list.footer }
      this.steps.push({ step: 'copy', from: owner, recipients: members, fields, ...footer })
    }
  }

  private expanded(address: string, into: readonly Path[], by: 'alias' | 'list' | 'forward'): void {
    this.steps.push({ step: 'expanded', address, into: into.map(mailbox), by })
  }

  private isRepeated(place: Place, path: Path): boolean {
    // Elsewhere only the domain may be compared without regard to case (RFC 5321 2.4).
    const key =
      place.at === 'elsewhere' || place.at === 'unknown'
        ? `to ${pathText({ ...path, domain: path.domain.toLowerCase() })}`
        : place.at === 'account'
          ? `account ${place.account.user}`
          : `${place.at} ${place.address}`
    if (!this.seen.has(key)) {
      this.seen.add(key)
      return false
    }
    this.steps.push({ step: 'repeated', address: mailbox(path) })
    return true
  }
}
