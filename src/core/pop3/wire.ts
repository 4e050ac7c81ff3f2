/**
 * Messages as they go over the wire: lines that end with CRLF, dots at their beginning doubled, a lone dot at the end
 * (RFC 1939 3, 11).
 *
 * A message is sent octet for octet, but for its line ends: a lone LF becomes CRLF, and the last line gets one where it
 * has none, for a client reads lines, and could not find the end otherwise. Sizes count what is sent so, before dots are
 * doubled; a message that was delivered by SMTP has CRLF everywhere, and its size is its length.
 */
import type { Octets } from '../bytes/octets.ts'

const LF = 10
const CR = 13
const DOT = 46

/** Octets that RETR sends of this content, before dots are doubled. */
export function wireSize(content: Octets): number {
  let size = content.length
  for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1))
    if (at === 0 || content.charCodeAt(at - 1) !== CR) size++
  return content === '' || content.charCodeAt(content.length - 1) === LF ? size : size + 2
}

/** The lines as they are sent. `size` is the `wireSize`: where it is the length, nothing has to be changed. */
export function wireLines(content: Octets, size: number): Octets {
  const ends = content === '' || content.charCodeAt(content.length - 1) === LF
  if (size === content.length && ends) return content
  const lines = content.replace(/(?<!\r)\n/g, '\r\n')
  return ends ? lines : `${lines}\r\n`
}

/** Dots at the beginning of lines doubled. The end is not there yet. */
export function stuffed(lines: Octets): Octets {
  const text = lines.includes('\n.') ? lines.replaceAll('\n.', '\n..') : lines
  return text.charCodeAt(0) === DOT ? `.${text}` : text
}

export function countLines(lines: Octets): number {
  let count = 0
  for (let at = lines.indexOf('\n'); at >= 0; at = lines.indexOf('\n', at + 1)) count++
  return count
}

/** The header with the line that ends it; everything where no such line is. */
function headerEnd(lines: Octets): number {
  if (lines.startsWith('\r\n')) return 2
  const end = lines.indexOf('\r\n\r\n')
  return end < 0 ? lines.length : end + 4
}

/** RFC 6856 2.1: what only a client in UTF-8 mode may get. A body may hold any octets (RFC 6152). */
export const hasEightBitHeader = (lines: Octets): boolean => /[\x80-\xff]/.test(lines.slice(0, headerEnd(lines)))

/** Header, empty line and the first `count` lines of the body (TOP). */
export function topLines(lines: Octets, count: number): Octets {
  let end = headerEnd(lines)
  for (let line = 0; line < count && end < lines.length; line++) end = lines.indexOf('\n', end) + 1 || lines.length
  return lines.slice(0, end)
}
