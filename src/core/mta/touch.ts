/**
 * What relays do to messages that are none of their business: a list puts its footer under them, a company its
 * disclaimer, an old host clears the eighth bit of every octet. Each of these breaks a signature over the body.
 *
 * A text/plain message gets the lines at its end, in its own encoding; a multipart/mixed gets one more part. So does
 * Mailman. Anything else is taken as gateways that know little of MIME take it: the lines go under the first text/plain
 * part, however deep it lies (in a multipart/signed, too), and under all the rest where there is no such part.
 */
import { encodeBase64Lines } from '../bytes/base64-lines.ts'
import type { Octets } from '../bytes/octets.ts'
import { encodeQuotedPrintable } from '../bytes/quoted-printable.ts'
import { crlfLines } from '../message/build.ts'
import { decodedOctets } from '../message/mime/decoded.ts'
import { parseMessage } from '../message/mime/parse.ts'
import { allParts, type Part } from '../message/mime/part.ts'

/** Clears the highest bit, as hosts did to which an octet had seven. */
export const sevenBits = (content: Octets): Octets =>
  content.replace(/[\x80-\xff]/g, (octet) => String.fromCharCode(octet.charCodeAt(0) & 0x7f))

export const isEightBit = (content: Octets): boolean => /[\x80-\xff]/.test(content)

/** `lines` (ASCII, any line ends) under the text of the message. */
export function withLines(content: Octets, lines: Octets): Octets {
  const text = ended(crlfLines(lines))
  const { root } = parseMessage(content)
  const closing = root.type === 'multipart' && root.subtype === 'mixed' && root.multipart?.delimiters.at(-1)
  if (closing && closing.closing) {
    // The delimiter takes its line end with it, and gives one to the part before it.
    const { boundary } = root.multipart!
    const part = `\r\n--${boundary}\r\nContent-Type: text/plain; charset=us-ascii\r\nContent-Disposition: inline\r\n\r\n${text}`
    return content.slice(0, closing.from) + part.slice(0, -2) + content.slice(closing.from)
  }
  for (const part of allParts(root)) {
    if (part.type !== 'text' || part.subtype !== 'plain') continue
    const added = withText(part, text)
    if (added === null) continue
    const head = content.slice(0, part.body.from)
    // A header that no empty line ends would go on with our text.
    const separator = head === '' || /(?:^|\r\n)\r\n$/.test(head.slice(-4)) ? '' : '\r\n'
    return head + separator + added + content.slice(part.body.to)
  }
  return ended(content) + text
}

const ended = (lines: Octets): Octets => (lines === '' || lines.endsWith('\n') ? lines : `${lines}\r\n`)

/** The body with the lines under its text; null where it is in an encoding that nobody knows. */
function withText(part: Part, text: Octets): Octets | null {
  const body = decodedOctets(part)
  if (body === null) return null
  // The line end before a delimiter belongs to the delimiter (RFC 2046 5.1.1): the part ends without one.
  const inside = (lines: Octets) => (part.source.startsWith('\r\n', part.body.to) ? lines.replace(/\r\n$/, '') : lines)
  if (part.encoding === 'base64') return inside(encodeBase64Lines(ended(body) + text))
  const whole = inside(ended(body) + text)
  return part.encoding === 'quoted-printable' ? encodeQuotedPrintable(whole) : whole
}
