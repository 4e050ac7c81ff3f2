/**
 * The patterns of LIST (RFC 3501 6.3.8): `*` is anything, `%` anything but the delimiter. All ways through the pattern are
 * followed at once, so that no pattern takes longer than its length times that of the name.
 */
const SLASH = 47
const STAR = 42
const PERCENT = 37

export class Pattern {
  private readonly text: string
  /** What stands before the first wildcard. */
  private readonly head: string
  /** From the first wildcard on; of wildcards in a row only what they mean together. */
  private readonly tail: string
  /** Characters of `tail` that are no wildcards: a shorter name cannot fit. */
  private readonly least: number

  constructor(text: string) {
    this.text = text
    const first = text.search(/[*%]/)
    this.head = first < 0 ? text : text.slice(0, first)
    this.tail =
      first < 0 ? '' : text.slice(first).replace(/[*%]{2,}/g, (wildcards) => (wildcards.includes('*') ? '*' : '%'))
    this.least = this.tail.replace(/[*%]/g, '').length
  }

  /** `%` makes LSUB tell of names above those that are subscribed (RFC 3501 6.3.9). */
  get staysOnLevel(): boolean {
    return this.text.includes('%')
  }

  /** INBOX is INBOX whatever its case (RFC 3501 5.1), in the pattern too. */
  matches(name: string): boolean {
    if (this.fits(name, false)) return true
    return (name === 'INBOX' || name.startsWith('INBOX/')) && this.fits(name, true)
  }

  private fits(name: string, inbox: boolean): boolean {
    const { head, tail } = this
    if (name.length < head.length + this.least) return false
    const begins = inbox ? sameInbox(name, head) : name.startsWith(head)
    if (!begins || tail === '') return begins && name.length === head.length
    if (tail === '*') return true
    if (tail === '%') return !name.includes('/', head.length)
    return this.walk(name, head.length, inbox)
  }

  private walk(name: string, from: number, inbox: boolean): boolean {
    const { tail } = this
    let here = new Uint8Array(tail.length + 1)
    let there = new Uint8Array(tail.length + 1)
    enter(here, tail, 0)
    for (let at = from; at < name.length; at++) {
      const code = name.charCodeAt(at)
      let alive = false
      there.fill(0)
      for (let place = 0; place < tail.length; place++) {
        if (here[place] === 0) continue
        const wanted = tail.charCodeAt(place)
        const stays = wanted === STAR || (wanted === PERCENT && code !== SLASH)
        const goes = wanted === code || (inbox && at < INBOX.length && upper(wanted) === code)
        if (stays) there[place] = 1
        else if (goes && wanted !== STAR && wanted !== PERCENT) enter(there, tail, place + 1)
        else continue
        if (stays) enter(there, tail, place)
        alive = true
      }
      if (!alive) return false
      ;[here, there] = [there, here]
    }
    return here[tail.length] === 1
  }
}

const INBOX = 'INBOX'

const upper = (code: number) => (code >= 97 && code <= 122 ? code - 32 : code)

const sameInbox = (name: string, head: string) =>
  name.startsWith(head.slice(0, INBOX.length).toUpperCase() + head.slice(INBOX.length))

/** A place of the pattern is reached; a wildcard may stand for nothing. */
function enter(places: Uint8Array, pattern: string, place: number): void {
  places[place] = 1
  const code = pattern.charCodeAt(place)
  if (code === STAR || code === PERCENT) places[place + 1] = 1
}
