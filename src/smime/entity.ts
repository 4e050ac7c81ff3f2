/** The MIME entities that S/MIME wraps its octets in (RFC 8551 section 3), and what may be wrapped. */
import { encodeBase64Lines } from '../core/bytes/base64-lines.ts'
import type { Octets } from '../core/bytes/octets.ts'
import type { SmimeType } from './cms.ts'

export type EntityRefusal =
  /** A CR or LF alone: the next relay would make a line end of it, and the signature would be broken. */
  | 'bare-line-end'
  /** An octet above 127: a relay may re-encode it (RFC 8551 section 3.1.3). */
  | 'eight-bit'
  /** A NUL, which no line of text may hold (RFC 2045 section 2.7). */
  | 'nul'
  /** A line of more than 998 characters (RFC 5322 section 2.1.1). */
  | 'long-line'

const LONGEST_LINE = 998

/** Why this entity cannot be signed as it is; null when it is canonical and 7-bit (RFC 8551 section 3.1). */
export function entityTrouble(entity: Octets): EntityRefusal | null {
  if (/[\x80-\xff]/.test(entity)) return 'eight-bit'
  if (entity.includes('\0')) return 'nul'
  if (/\r(?!\n)|(?<!\r)\n/.test(entity)) return 'bare-line-end'
  for (let at = 0; at < entity.length;) {
    const end = entity.indexOf('\r\n', at)
    const lineEnd = end < 0 ? entity.length : end
    if (lineEnd - at > LONGEST_LINE) return 'long-line'
    at = lineEnd + 2
  }
  return null
}

/** May this be a boundary (RFC 2046 section 5.1.1), and is there no line in the entity that would end the part? */
export function isBoundaryFor(boundary: string, entity: Octets): boolean {
  return (
    /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/.test(boundary) &&
    !entity.startsWith(`--${boundary}`) &&
    !entity.includes(`\r\n--${boundary}`)
  )
}

/** RFC 1847 section 2.1, RFC 8551 section 3.5.3: the entity as it is, and the signature beside it. */
export function signedEntity(entity: Octets, signature: Octets, boundary: string): Octets {
  return [
    'Content-Type: multipart/signed; protocol="application/pkcs7-signature";',
    ` micalg=sha-256; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    entity,
    `--${boundary}`,
    'Content-Type: application/pkcs7-signature; name=smime.p7s',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename=smime.p7s',
    '',
    // Its last line ends with the CRLF that belongs to the delimiter.
    `${encodeBase64Lines(signature)}--${boundary}--`,
    '',
  ].join('\r\n')
}

/** RFC 8551 sections 3.3 and 3.5.2: everything in one piece, that only a reader who knows S/MIME can open. */
export function wrappedEntity(type: SmimeType, octets: Octets): Octets {
  return [
    `Content-Type: application/pkcs7-mime; smime-type=${type};`,
    ' name=smime.p7m',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename=smime.p7m',
    '',
    encodeBase64Lines(octets),
  ].join('\r\n')
}
