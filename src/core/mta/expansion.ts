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
import { addressee, type Addressee } from '../smtp/envelope.ts'
import { mailbox, pathText, type Path } from '../smtp/path.ts'
import type { Directory, Place } from './directory.ts'
import type { Success } from './queue.ts'

export type Step =
  | ({ step: 'recipient'; address: string; account: string | null; taken: string | null } & Asked)
  | ({ step: 'failed'; code: string; why: string } & Asked)
  | { step: 'expanded'; address: string; into: readonly string[]; by: 'alias' | 'list' | 'forward' }
  /** Follows on its `expanded`. `from` is undefined where the sender stays. */
  | { step: 'copy'; from?: Path; recipients: readonly Addressee[]; fields: Octets; footer?: string }
  | { step: 'repeated'; address: string }
  /** Its sender may want to hear that it came so far, and from here on is another's (RFC 3461 5.2.7). */
  | ({ step: 'confirmed'; address: string; success: Success } & Asked)

/** Somebody whom the envelope leads to, and what it said of whom it named. */
interface Asked {
  path: Path
  original: string
  notify: Addressee['notify']
  orcpt: Addressee['orcpt']
}
type Origin = Omit<Asked, 'path'>

export function expansion(directory: Directory, recipients: readonly Addressee[], content: Octets): Step[] {
  const walk = new Walk(directory, content)
  for (const { path, notify, orcpt } of recipients) {
    const origin = { original: mailbox(path), notify, orcpt }
    if (!walk.visit(path, origin, [])) walk.fail(path, origin, '5.4.6', 'the alias leads only to itself')
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
  visit(given: Path, origin: Origin, trail: readonly string[]): boolean {
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
        this.steps.push({ step: 'recipient', ...origin, path, address: mailbox(path), account: null, taken })
        return true
      case 'account': {
        const { address, account } = place
        this.steps.push({ step: 'recipient', ...origin, path, address, account: account.user, taken })
        return true
      }
      case 'alias': {
        this.expanded(place.address, place.into, 'alias')
        const onward = [...trail, place.address]
        const passed = place.into.length > 1 ? this.confirmed(place.address, path, origin, 'expanded') : origin
        return place.into.map((target) => this.visit(target, passed, onward)).includes(true)
      }
      case 'list':
      case 'forward':
        this.copy(place, path, origin)
        return true
      case 'unknown':
        return this.fail(path, origin, '5.1.1', `unknown user: "${path.local}"`)
    }
  }

  fail(path: Path, origin: Origin, code: string, why: string): true {
    this.steps.push({ step: 'failed', ...origin, path, code, why })
    return true
  }

  /**
   * RFC 3461 5.2.7.2: where one address becomes many, the sender hears that once and not of each; what it asked to hear of
   * failures stays.
   */
  private confirmed(address: string, path: Path, origin: Origin, success: Success): Origin {
    if (!origin.notify?.includes('SUCCESS')) return origin
    this.steps.push({ step: 'confirmed', ...origin, path, address, success })
    const rest = origin.notify.filter((when) => when !== 'SUCCESS')
    return { ...origin, notify: rest.length > 0 ? rest : ['NEVER'] }
  }

  private copy(place: Place & { at: 'list' | 'forward' }, path: Path, origin: Origin): void {
    const { address } = place
    if (place.at === 'forward' && place.reply === 551) {
      this.fail(path, origin, '5.1.6', `the mailbox has moved to <${mailbox(place.to)}>`)
    } else if (
      fieldValues(this.content, 'Delivered-To').some((other) => other.toLowerCase() === address.toLowerCase())
    ) {
      // A list that comes back to itself, or to another that holds it, has reached its members already.
      if (place.at === 'list') this.steps.push({ step: 'repeated', address })
      else this.fail(path, origin, '5.4.6', `mail forwarding loop for ${address}`)
    } else if (place.at === 'forward') {
      this.expanded(address, [place.to], 'forward')
      this.steps.push({
        step: 'copy',
        recipients: [{ ...origin, path: place.to }],
        fields: headerField('Delivered-To', address),
      })
    } else {
      this.expanded(address, place.members, 'list')
      // RFC 3461 5.2.7.4: with the list, it has come to where it was sent.
      this.confirmed(address, path, origin, 'delivered')
      // RFC 2919: a list is known by its List-Id, whatever host it lives on.
      const listId = addressText({ name: utf8Octets(place.list.name), address: address.replace('@', '.') })
      const fields = headerField('Delivered-To', address) + headerField('List-Id', listId)
      const { owner, members, list } = place
      const footer = list.footer === undefined ? {} : { footer: list.footer }
      this.steps.push({ step: 'copy', from: owner, recipients: members.map(addressee), fields, ...footer })
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
