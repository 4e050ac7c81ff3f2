/**
 * Commands as they come in (RFC 3501 2.2.1, 4.3): lines, and between them literals, whose octets may be anything. A literal
 * that is announced is weighed before a single octet of it is read.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Framing } from './session.ts'

export const nothingYet = (): Framing => ({ pending: '', scan: 0, literals: 0, discard: 0, refused: false })

export type Piece =
  /** More must come first. */
  | { is: 'nothing' }
  /** Octets that are of no use: the rest of a refused command. */
  | { is: 'waste'; to: number }
  /** `to` is where the next command begins. `command` is without its last line end; `bare` says that this was a lone LF. */
  | { is: 'command'; command: Octets; to: number; bare: boolean }
  /** The command so far, up to the line end behind the announcement. */
  | { is: 'literal'; soFar: Octets; size: number; waits: boolean; to: number }
  | { is: 'too-long'; soFar: Octets; to: number }

const ANNOUNCED = /~?\{(\d{1,20})(\+?)\}$/
/** Octets that it takes, and its line end. */
const ANNOUNCEMENT = 30

/** The next piece of `text` from `from` on, where the command under way began. */
export function nextPiece(framing: Framing, text: Octets, from: number, longest: number, literals: boolean): Piece {
  if (framing.discard > 0) {
    const to = Math.min(text.length, from + framing.discard)
    framing.discard -= to - from
    return to === from ? { is: 'nothing' } : { is: 'waste', to }
  }
  const start = from + framing.scan
  if (start > text.length) return { is: 'nothing' }
  const lf = text.indexOf('\n', start)
  const crlf = lf > start && text.charCodeAt(lf - 1) === 13
  const lineEnd = lf < 0 ? text.length : crlf ? lf - 1 : lf
  // The last octet of a line that has not ended may be half of its line end, which does not count.
  const tooLong = lineEnd - from - framing.literals - (lf < 0 ? 1 : 0) > longest
  if (lf < 0 && !tooLong) return { is: 'nothing' }
  if (tooLong || framing.refused) {
    const { refused } = framing
    const soFar = text.slice(from, start + 200)
    const to = lf < 0 ? refuseUnended(framing, text) : passOver(framing, text, start, lf)
    return refused ? { is: 'waste', to } : { is: 'too-long', soFar, to }
  }
  const found = literals && text.charCodeAt(lineEnd - 1) === 125 ? ANNOUNCED.exec(text.slice(start, lineEnd)) : null
  if (!found || isInQuotes(text, start, lineEnd)) {
    const command = text.slice(from, lineEnd)
    forget(framing)
    return { is: 'command', command, to: lf + 1, bare: !crlf }
  }
  return { is: 'literal', soFar: text.slice(from, lf + 1), size: Number(found[1]), waits: found[2] === '', to: lf + 1 }
}

/** It is waited for: the command goes on behind it. */
export function expectLiteral(framing: Framing, soFar: Octets, size: number): void {
  framing.scan = soFar.length + size
  framing.literals += size
}

/** It is not: what a client sends without waiting is thrown away, with the rest of its command. */
export function refuseLiteral(framing: Framing, size: number, waits: boolean): void {
  forget(framing)
  if (waits) return
  framing.discard = size
  framing.refused = true
}

/** More of it comes; the announcement of a literal may have begun. */
function refuseUnended(framing: Framing, text: Octets): number {
  forget(framing)
  framing.refused = true
  return text.length - ANNOUNCEMENT
}

/** The rest of a refused command, line by line; literals that nobody waits to be asked for are part of it. */
function passOver(framing: Framing, text: Octets, start: number, lf: number): number {
  const found = ANNOUNCED.exec(
    text.slice(Math.max(start, lf - ANNOUNCEMENT), text.charCodeAt(lf - 1) === 13 ? lf - 1 : lf),
  )
  forget(framing)
  if (found?.[2] === '+') {
    framing.discard = Number(found[1])
    framing.refused = true
  }
  return lf + 1
}

function forget(framing: Framing): void {
  framing.scan = 0
  framing.literals = 0
  framing.refused = false
}

/** A quoted string that does not end with its line holds no literal: `"{5}`. */
function isInQuotes(text: Octets, from: number, to: number): boolean {
  let quoted = false
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === 92 && quoted) at++
    else if (code === 34) quoted = !quoted
  }
  return quoted
}
