/**
 * What is wrong with the bodies of a message: octets that the transfer encoding does not allow (RFC 2045 2.7, 2.8, 6),
 * text that is not in the charset that it claims (RFC 2046 4.1.2), lines too long for SMTP.
 */
import { base64LinesTrouble } from '../../bytes/base64-lines.ts'
import { knowsCharset, type MoreCharsets } from '../../bytes/charsets.ts'
import type { Octets } from '../../bytes/octets.ts'
import { quotedPrintableTrouble } from '../../bytes/quoted-printable.ts'
import type { Report } from '../problems.ts'
import { isUtf8 } from './decoded.ts'
import type { Part } from './part.ts'

/** RFC 2045 2.7, without the line end. */
const LONGEST_LINE = 998

/** The troubles of a part that holds no others; `decoded` are its octets, null where nobody knows the encoding. */
export function bodyTroubles(part: Part, decoded: Octets | null, report: Report, more?: MoreCharsets): void {
  const { source, body, encoding } = part
  const written = source.slice(body.from, body.to)
  switch (encoding) {
    case 'base64':
      for (const { key, from, to } of base64LinesTrouble(written)) {
        report(`base64-${key}`, body.from + from, body.from + to)
      }
      break
    case 'quoted-printable':
      for (const { key, from, to } of quotedPrintableTrouble(written)) {
        report(`quoted-printable-${key}`, body.from + from, body.from + to)
      }
      break
    case '7bit':
    case '8bit':
      lineTroubles(written, body.from, report)
      break
    default:
  }
  if (encoding === '7bit') first(written, body.from, /[\x80-\xff]/, 'eight-bit-body', report)
  if (part.type === 'text' && decoded !== null) charsetTroubles(part, decoded, report, more)
}

/** Of each kind the first: a body that has one NUL or lone LF has a thousand. */
function lineTroubles(written: Octets, base: number, report: Report): void {
  first(written, base, /\0/, 'nul', report)
  first(written, base, /\r(?!\n)/, 'bare-cr', report)
  first(written, base, /(?<!\r)\n/, 'bare-lf', report)
  for (let at = 0; at < written.length;) {
    const feed = written.indexOf('\n', at)
    const end = feed < 0 ? written.length : feed
    const textEnd = written[end - 1] === '\r' ? end - 1 : end
    if (textEnd - at > LONGEST_LINE) return report('line-too-long', base + at, base + textEnd)
    at = end + 1
  }
}

function first(written: Octets, base: number, pattern: RegExp, key: Parameters<Report>[0], report: Report): void {
  const at = written.search(pattern)
  if (at >= 0) report(key, base + at, base + at + 1)
}

/** A charset that is not what the text is in. Where that shows only in the decoded octets, the whole body is meant. */
function charsetTroubles(part: Part, decoded: Octets, report: Report, more?: MoreCharsets): void {
  const { from, to } = part.body
  const charset = part.parameter('charset') ?? 'us-ascii'
  if (!knowsCharset(charset, more)) {
    const field = part.field('content-type') ?? part.header
    report('charset-unknown', field.from, field.to)
  } else if (/^us-ascii$/i.test(charset)) {
    const at = decoded.search(/[\x80-\xff]/)
    if (at < 0) return
    if (decoded.length === to - from) report('text-not-ascii', from + at, from + at + 1)
    else report('text-not-ascii', from, to)
  } else if (/^utf-?8$/i.test(charset) && !isUtf8(decoded)) report('text-not-utf8', from, to)
}
