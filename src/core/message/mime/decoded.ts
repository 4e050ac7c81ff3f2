/** What a part holds once its transfer encoding (RFC 2045 6) and its charset are undone. */
import { decodeBase64Lines } from '../../bytes/base64-lines.ts'
import { decodeText, type MoreCharsets } from '../../bytes/charsets.ts'
import type { Octets } from '../../bytes/octets.ts'
import { decodeQuotedPrintable } from '../../bytes/quoted-printable.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import type { Part } from './part.ts'

/** The octets; null where nobody knows the encoding. */
export function decodedOctets(part: Part): Octets | null {
  const body = part.source.slice(part.body.from, part.body.to)
  switch (part.encoding) {
    case '7bit':
    case '8bit':
    case 'binary':
      return body
    case 'base64':
      return decodeBase64Lines(body)
    case 'quoted-printable':
      return decodeQuotedPrintable(body)
    default:
      return null
  }
}

/**
 * The text of these octets of a part. Where no charset is written it is us-ascii (RFC 2046 4.1.2); but if octets above
 * 127 are there and are good UTF-8, then UTF-8 is what the sender forgot to name.
 */
export function partText(part: Part, octets: Octets, more?: MoreCharsets): string {
  const charset = part.contentType ? part.parameter('charset') : null
  return decodeText(octets, charset ?? (isUtf8(octets) ? 'utf-8' : 'us-ascii'), more)
}

/** Every octet of it. (A U+FFFD that somebody wrote is as good as any character.) */
export const isUtf8 = (octets: Octets): boolean => !utf8Text(octets.replaceAll('\xef\xbf\xbd', '?')).includes('\ufffd')
