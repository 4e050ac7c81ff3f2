/**
 * PEM (RFC 7468): a certificate or a key as text, base64 between a line that begins it and one that ends it. What stands
 * around the blocks is left alone: openssl likes to write the certificate in words above it.
 */
import { decodeBase64, encodeBase64 } from '../core/bytes/base64.ts'
import { toBytes, toOctets } from '../core/bytes/octets.ts'

/** One or more PEM blocks. */
export type Pem = string

export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY` ... */
  label: string
  der: Bytes
}

/** Bytes as WebCrypto takes them: over memory of their own, never shared. */
export type Bytes = Uint8Array<ArrayBuffer>

const BEGIN = '-----BEGIN '
const DASHES = '-----'

export function readPem(text: Pem): PemBlock[] {
  const blocks: PemBlock[] = []
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
    at += BEGIN.length
    const labelEnd = text.indexOf(DASHES, at)
    if (labelEnd < 0) break
    const label = text.slice(at, labelEnd)
    at = labelEnd + DASHES.length
    const end = text.indexOf(DASHES, at)
    if (end < 0) break
    // A key under a password carries header lines (RFC 1421), which are no base64: such a block is left out.
    const octets = decodeBase64(text.slice(at, end).replace(/[ \t\r\n]/g, ''))
    if (octets !== null && text.startsWith(`-----END ${label}-----`, end)) blocks.push({ label, der: bytesOf(octets) })
  }
  return blocks
}

export function writePem(label: string, der: Uint8Array): Pem {
  const lines = encodeBase64(toOctets(der)).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** `toBytes` makes a new array; its type does not say so. */
export const bytesOf = (octets: string): Bytes => toBytes(octets) as Bytes

export const bytesToHexText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
