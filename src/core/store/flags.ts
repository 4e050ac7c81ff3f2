/**
 * Flags as a mailbox keeps them (RFC 3501 2.3.2): system flags spelled as the RFC spells them, keywords as they were
 * spelled when they first came, both whatever their case. \Recent is no flag of a message but of a session's view.
 *
 * Most messages have one of a few sets of flags. Each set is one array that all of them share, so that a STORE on ten
 * thousand messages works out each set once, and compares arrays by identity.
 */
export type Flags = readonly string[]

/** In the order in which the examples of RFC 3501 have them. */
const SYSTEM_FLAGS: Flags = ['\\Answered', '\\Deleted', '\\Draft', '\\Flagged', '\\Seen']

/** Keywords of one mailbox; what comes beyond them is not kept, as RFC 3501 2.3.2 allows. */
const MOST_KEYWORDS = 500
/** Sets that are shared; a mailbox where there are more begins anew. */
const MOST_SETS = 4096

export class FlagTable {
  /** By its name in small letters, how a flag is spelled and where it stands in a set. */
  private readonly spelled = new Map<string, { flag: string; rank: number }>()
  private readonly words: string[] = []
  private readonly sets = new Map<string, Flags>()
  readonly none: Flags

  constructor() {
    for (const [rank, flag] of SYSTEM_FLAGS.entries()) this.spelled.set(flag.toLowerCase(), { flag, rank })
    this.none = this.shared([])
  }

  /** Keywords in the order in which they came. */
  get keywords(): readonly string[] {
    return this.words
  }

  /** The set of these flags: each once, in order, without \Recent. */
  set(flags: readonly string[]): Flags {
    if (flags.length === 0) return this.none
    const entries = new Set(flags.flatMap((flag) => this.entry(flag) ?? []))
    return this.shared([...entries].sort((a, b) => a.rank - b.rank).map(({ flag }) => flag))
  }

  /** Both of these sets. */
  with(before: Flags, more: Flags): Flags {
    return this.set([...before, ...more])
  }

  without(before: Flags, less: Flags): Flags {
    return this.shared(before.filter((flag) => !less.includes(flag)))
  }

  private entry(flag: string): { flag: string; rank: number } | null {
    const name = flag.toLowerCase()
    const known = this.spelled.get(name)
    if (known) return known
    // RFC 3501 2.3.2: of what begins with a backslash there is only what the RFCs define.
    if (flag.startsWith('\\') || this.words.length >= MOST_KEYWORDS) return null
    const entry = { flag, rank: SYSTEM_FLAGS.length + this.words.length }
    this.spelled.set(name, entry)
    this.words.push(flag)
    return entry
  }

  private shared(flags: Flags): Flags {
    const key = flags.join(' ')
    const known = this.sets.get(key)
    if (known) return known
    if (this.sets.size >= MOST_SETS) this.sets.clear()
    this.sets.set(key, flags)
    return flags
  }
}

export const sameFlags = (one: Flags, other: Flags): boolean =>
  one === other || (one.length === other.length && one.every((flag, at) => flag === other[at]))
