/**
 * BDAT (RFC 3030): the content of a message in chunks of so many octets.
 *
 * Whoever says a well-formed `BDAT n` sends n octets behind it, whatever the server thinks of it: they are swallowed
 * first, and then comes the reply, so that no octet of a refused chunk is ever taken for a command. A slice for each
 * piece of input and no loop over octets; a text is looked through once, when its last chunk is there.
 */
import type { Octets } from '../../bytes/octets.ts'
import { LIMITS } from '../grammar.ts'
import type { Chunk, Content, SmtpSession } from '../session.ts'
import { keep } from './content.ts'

const SIZE = /^(\d{1,20})(?: +(LAST))?$/i

/** What the argument says; null where it says nothing of the kind. */
export function parseChunk(argument: Octets, session: SmtpSession): Chunk | null {
  const [, size, last] = SIZE.exec(argument) ?? []
  const octets = Number(size)
  if (!Number.isSafeInteger(octets)) return null
  return { octets, left: octets, last: last !== undefined, state: session.state, refusal: null }
}

/** Takes what of the chunk is there, and returns where it stopped. */
export function takeChunk(chunk: Chunk, content: Content | null, data: Octets, from: number, limit: number): number {
  const to = Math.min(from + chunk.left, data.length)
  chunk.left -= to - from
  if (content && chunk.refusal === null) keep(content, data, from, to, limit)
  return to
}

/** Counts the lines, and finds what a text must not have: ends that are no CRLF, and lines without an end. */
export function inspect(content: Content, text: Octets, isText: boolean): void {
  let at = 0
  for (;;) {
    const lf = isText && !content.bareEnd ? text.indexOf('\n', at) : text.indexOf('\r\n', at) + 1 || -1
    if (lf < 0) break
    if (isText && !content.bareEnd && (lf === at || text.indexOf('\r', at) !== lf - 1)) content.bareEnd = true
    if (lf + 1 - at > LIMITS.textLine) content.longLine = isText
    content.lines++
    at = lf + 1
  }
  if (isText && !content.bareEnd && text.indexOf('\r', at) >= 0) content.bareEnd = true
  if (isText && text.length - at > LIMITS.textLine) content.longLine = true
}
