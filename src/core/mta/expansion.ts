/**
 * From the recipients of an envelope to those who get the message: aliases are replaced, lists and forwards become
 * copies of their own, each once, nobody gets a copy twice, and what leads in a circle ends.
 *
 * An alias only renames (RFC 5321 3.9.1). A list is a new sending with its owner as the sender (3.9.2). A forward passes
 * on with the sender unchanged. Lists and forwards write their address into the copy as Delivered-To: when it comes back
 * to the same address, however many hosts it went through, it is going round.
 */
import type { Octets } from '../bytes/octets.ts'
import { headerField } from '../message/build.ts'
import { fieldValues } from '../message/fields.ts'
import { addressee, type Addressee } from '../smtp/envelope.ts'
import { mailbox, pathText, type Path } from '../smtp/path.ts'
import type { Directory, Place } from './directory.ts'
import { listFields, withoutListFields } from './list-fields.ts'
import type { Success } from './queue.ts'

export type Step =
  | ({ step: 'recipient'; address: string; account: string | null; taken: string | null } & Asked)
  | ({ step: 'failed'; code: string; why: string } & Asked)
  | { step: 'expanded'; address: string; into: readonly string[]; by: 'alias' | 'list' | 'forward' }
  /** Follows on its `expanded`. `from` is undefined where the sender stays. `fields` come on top of `content`. */
  | { step: 'copy'; from?: Path; recipients: readonly Addressee[]; fields: Octets; content: Octets; footer?: string }
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

/** A message and the copies that lists and forwards of this host make of it: what each of them knows of the others. */
export interface Family {
  /** Lists and forwards that one of them has gone through: each of these copies it once. */
  through: Set<string>
  /** Has this list had the message, however it comes now? */
  hadBefore: (list: string) => boolean
  /** This list has it now. */
  notice: (list: string) => void
}

export function expansion(
  directory: Directory,
  recipients: readonly Addressee[],
  content: Octets,
  family: Family,
): Step[] {
  const walk = new Walk(directory, content, family)
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
  private readonly family: Family
  private readonly seen = new Set<string>()

  constructor(directory: Directory, content: Octets, family: Family) {
    this.directory = directory
    this.content = content
    this.family = family
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
      // A list that comes back to itself, or to another that holds it, has reached its members already. But the field alone
      // is no proof of that: anybody can write it.
      if (place.at === 'list' && this.family.hadBefore(address)) this.steps.push({ step: 'repeated', address })
      else this.fail(path, origin, '5.4.6', `mail forwarding loop for ${address}`)
    } else if (this.family.through.has(address.toLowerCase())) {
      this.steps.push({ step: 'repeated', address })
    } else if (place.at === 'forward') {
      this.family.through.add(address.toLowerCase())
      this.expanded(address, [place.to], 'forward')
      this.steps.push({
        step: 'copy',
        recipients: [{ ...origin, path: place.to }],
        fields: headerField('Delivered-To', address),
        content: this.content,
      })
    } else {
      this.family.through.add(address.toLowerCase())
      this.family.notice(address)
      this.expanded(address, place.members, 'list')
      // RFC 3461 5.2.7.4: with the list, it has come to where it was sent.
      this.confirmed(address, path, origin, 'delivered')
      const { owner, members, list } = place
      // Who wants to leave writes to list-request, where there is one, or else to the owner.
      const request: Path = { ...path, local: `${path.local}-request` }
      const leave = this.directory.find(request).at === 'unknown' ? owner : request
      this.steps.push({
        step: 'copy',
        from: owner,
        recipients: members.map(addressee),
        fields: listFields(address, list.name, mailbox(leave)),
        content: withoutListFields(this.content),
        ...(list.footer === undefined ? {} : { footer: list.footer }),
      })
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
