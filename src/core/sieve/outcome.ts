/**
 * What a script has decided so far, and what may not be decided together (RFC 5228 2.10, RFC 5429 2.4). Nothing is done here:
 * the list goes to whoever delivers.
 */
import type { Octets } from '../bytes/octets.ts'
import { LIMITS } from './limits.ts'

/** Strings are octets, text in UTF-8. Line: where in the script it stands; null where the script says nothing. */
export type SieveAction =
  | { does: 'keep'; flags: readonly string[]; implicit: boolean; line: number | null }
  | { does: 'fileinto'; mailbox: string; flags: readonly string[]; create: boolean; line: number }
  | { does: 'redirect'; address: string; line: number }
  | { does: 'reject'; reason: string; line: number }
  | { does: 'discard'; line: number }

/** A run-time error (RFC 5228 2.10.6). Thrown in this room, caught in `run.ts`. */
export class SieveTrouble extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

export class Outcome {
  private readonly actions: SieveAction[] = []
  private implicitKeep = true

  /** `:copy` leaves the implicit keep as it is (RFC 3894 3). */
  add(action: SieveAction & { line: number }, copy = false): void {
    if (!copy) this.implicitKeep = false
    const at = this.actions.findIndex((each) => isSame(each, action))
    if (at >= 0 && action.does !== 'reject') {
      // RFC 5232 3: of two lists of flags the last counts.
      const before = this.actions[at]!
      if ('flags' in before && 'flags' in action) this.actions[at] = { ...before, flags: action.flags }
      return
    }
    this.conflicts(action)
    this.limits(action)
    this.actions.push(action)
  }

  /** With the implicit keep, where nothing has cancelled it; it is not done in an INBOX that has the message already. */
  end(flags: readonly Octets[]): SieveAction[] {
    const keep = { does: 'keep', flags, implicit: true, line: null } as const
    const needed = this.implicitKeep && !this.actions.some((each) => isSame(each, keep))
    return needed ? [...this.actions, keep] : this.actions
  }

  /** A message is refused once, or it is delivered (RFC 5429 2.4). */
  private conflicts({ does, line }: SieveAction & { line: number }): void {
    const other = this.actions.find((each) =>
      does === 'reject' ? each.does !== 'discard' : does !== 'discard' && each.does === 'reject',
    )
    if (other === undefined) return
    const message =
      does === other.does
        ? `duplicate reject action not allowed (previously triggered one was in line ${other.line})`
        : `${does} action conflicts with other action: the ${other.does} action in line ${other.line}`
    throw new SieveTrouble(line, message)
  }

  private limits({ does, line }: SieveAction & { line: number }): void {
    const { length } = this.actions
    if (length === LIMITS.actions)
      throw new SieveTrouble(line, `total number of actions exceeds policy limit (${length + 1} > ${LIMITS.actions})`)
    const redirects = this.actions.filter((each) => each.does === 'redirect').length
    if (does === 'redirect' && redirects === LIMITS.redirects) {
      const numbers = `${redirects + 1} > ${LIMITS.redirects}`
      throw new SieveTrouble(line, `number of redirect actions exceeds policy limit (${numbers})`)
    }
  }
}

/** The same message in the same place, or to the same person (RFC 5228 2.10.3). */
function isSame(one: SieveAction, other: SieveAction): boolean {
  const [here, there] = [placeOf(one), placeOf(other)]
  return here !== null && there !== null
    ? here === there
    : one.does === other.does && (one.does !== 'redirect' || sameAddress(one.address, (other as typeof one).address))
}

/** A keep is a fileinto the INBOX (RFC 5228 4.3), whose name has no case (RFC 3501 5.1). */
function placeOf(action: SieveAction): Octets | null {
  if (action.does === 'keep') return 'INBOX'
  if (action.does !== 'fileinto') return null
  return /^inbox$/i.test(action.mailbox) ? 'INBOX' : action.mailbox
}

/** The case of a domain does not count (RFC 5321 2.4). */
function sameAddress(one: Octets, other: Octets): boolean {
  const at = one.lastIndexOf('@')
  return one.slice(0, at) === other.slice(0, at) && one.slice(at).toLowerCase() === other.slice(at).toLowerCase()
}
