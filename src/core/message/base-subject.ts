/**
 * The base subject (RFC 5256 2.1), by which a server sorts and threads: `Re: [list] Fwd: x (fwd)` is about `x`. The subject
 * comes decoded; the steps have the numbers of the RFC.
 */

export interface BaseSubject {
  readonly base: string
  /** A "Re:", "Fwd:" or "(fwd)" was taken off: the message answers or passes on another one. */
  readonly isReply: boolean
}

/** subj-blob: anything but brackets between brackets, and white space. */
const BLOB = /\[[^[\]]*\] */y
/** subj-refwd: `re`, `fw` or `fwd`, perhaps a blob, a colon. */
const REFWD = /(?:re|fwd?) *(?:\[[^[\]]*\] *)?:/iy
const TRAILER = '(fwd)'
const FORWARD = '[fwd:'

export function baseSubject(subject: string): BaseSubject {
  let text = subject.replace(/[ \t\r\n]+/g, ' ') // (1)
  let isReply = false
  for (;;) {
    const trailer = trailerStart(text) // (2)
    const leader = leaderEnd(text.slice(0, trailer.at)) // (3) to (5)
    text = text.slice(leader.at, trailer.at)
    isReply ||= trailer.forwarded || leader.answered
    // (6)
    if (text.slice(0, FORWARD.length).toLowerCase() !== FORWARD || !text.endsWith(']')) return { base: text, isReply }
    text = text.slice(FORWARD.length, -1)
    isReply = true
  }
}

/** Where blanks and "(fwd)" at the end begin. */
function trailerStart(text: string): { at: number; forwarded: boolean } {
  let at = text.length
  let forwarded = false
  for (;;) {
    if (text[at - 1] === ' ') at--
    else if (text.slice(Math.max(0, at - TRAILER.length), at).toLowerCase() === TRAILER) {
      at -= TRAILER.length
      forwarded = true
    } else return { at, forwarded }
  }
}

/**
 * Where blanks, blobs and "Re:" at the beginning end. A blob alone goes only while something is left behind it. Blobs are
 * passed over together, for to try each of them anew would take the square of the time.
 */
function leaderEnd(text: string): { at: number; answered: boolean } {
  let at = 0
  let answered = false
  for (;;) {
    if (text[at] === ' ') {
      at++
      continue
    }
    let behind = at
    let last = at
    for (let end; (end = matchEnd(BLOB, text, behind)) > 0; behind = end) last = behind
    const end = matchEnd(REFWD, text, behind)
    if (end < 0) return { at: behind < text.length ? behind : last, answered }
    at = end
    answered = true
  }
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}
