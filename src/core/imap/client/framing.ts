/**
 * Cuts what a server sends into responses: a response ends at the first line end that is not behind the `{n}` of a literal
 * (RFC 3501 2.2.2, 4.3). While the octets of a long literal come in they are only counted, not put together again and again.
 */
import type { Octets } from '../../bytes/octets.ts'

/** More than any honest server says in one response. */
const MOST = 256 * 1024 * 1024

/** Conditions and continuations end in words for people, which may end in anything: no literal follows them. */
const NO_LITERAL = /^(?:\+|[^ ]+ (?:OK|NO|BAD|BYE|PREAUTH)(?: |$))/i

export class Framing {
  private pieces: Octets[] = []
  private length = 0
  /** So many octets have to be there before it makes sense to look. */
  private wanted = 1
  /** Where in the current response the next line end is looked for. */
  private scan = 0

  push(data: Octets): void {
    this.pieces.push(data)
    this.length += data.length
  }

  /** The next whole response without its last line end; null while it is not all there. */
  next(): Octets | null {
    if (this.length < this.wanted) return null
    const pending = this.pieces.length === 1 ? this.pieces[0]! : this.pieces.join('')
    for (;;) {
      const lf = pending.indexOf('\n', this.scan)
      if (lf < 0) {
        this.keep(pending, pending.length + 1)
        return null
      }
      const end = pending.charAt(lf - 1) === '\r' && lf > 0 ? lf - 1 : lf
      const literal = /\{(\d{1,15})\+?\}$/.exec(pending.slice(Math.max(this.scan, end - 20), end))
      if (!literal || NO_LITERAL.test(pending.slice(0, 100))) {
        this.scan = 0
        this.keep(pending.slice(lf + 1), 1)
        return pending.slice(0, end)
      }
      this.scan = lf + 1 + Number(literal[1])
      if (pending.length < this.scan) {
        this.keep(pending, this.scan)
        return null
      }
    }
  }

  /** It speaks no IMAP, or wants us to run out of memory. */
  get tooMuch(): boolean {
    return this.length > MOST || this.wanted > MOST
  }

  /** RFC 3501 6.2.1: what was heard before TLS is forgotten. */
  forget(): void {
    this.scan = 0
    this.keep('', 1)
  }

  private keep(pending: Octets, wanted: number): void {
    this.pieces = pending === '' ? [] : [pending]
    this.length = pending.length
    this.wanted = wanted
  }
}
