/** The TLS record layer (RFC 8446 section 5): framing, and protection by AES-128-GCM. */
import { gcm } from '@noble/ciphers/aes.js'
import type { Octets } from '../../bytes/octets.ts'
import { toBytes, toOctets } from '../../bytes/octets.ts'
import { trafficKeys } from './keys.ts'

/** `ContentType`; change_cipher_spec (20) was only ever for older TLS and is not spoken here. */
export const ALERT = 21
export const HANDSHAKE = 22
export const APPLICATION_DATA = 23

/** Octets of content in one record (5.1), and what protection may add to it (5.2). */
export const LONGEST_CONTENT = 16_384
export const LONGEST_FRAGMENT = LONGEST_CONTENT + 256
export const HEADER = 5

/** Five octets stand before each record: its type, 0x0303 for the sake of old firewalls, its length. */
export function record(type: number, fragment: Octets): Octets {
  return header(type, fragment.length) + fragment
}

function header(type: number, length: number): Octets {
  return String.fromCharCode(type, 3, 3, length >> 8, length & 255)
}

/** One direction's protection: its keys, and the number of the next record. */
export class Protection {
  private readonly key: Uint8Array
  private readonly iv: Uint8Array
  private count = 0

  constructor(secret: Uint8Array) {
    const { key, iv } = trafficKeys(secret)
    this.key = key
    this.iv = iv
  }

  /** A record that looks like application data; its true type goes inside (TLSInnerPlaintext). */
  seal(type: number, content: Octets): Octets {
    const inner = toBytes(content + String.fromCharCode(type))
    const head = header(APPLICATION_DATA, inner.length + 16)
    return head + toOctets(this.cipher(head).encrypt(inner))
  }

  /** What is inside; null where it is not what the far end sealed (bad_record_mac). */
  open(fragment: Octets): { type: number; content: Octets } | null {
    let inner: Octets
    try {
      inner = toOctets(this.cipher(header(APPLICATION_DATA, fragment.length)).decrypt(toBytes(fragment)))
    } catch {
      return null
    }
    // The type is the last octet that is not zero: zeros behind it are padding (5.4).
    let end = inner.length
    while (end > 0 && inner.charCodeAt(end - 1) === 0) end--
    return { type: end === 0 ? 0 : inner.charCodeAt(end - 1), content: inner.slice(0, Math.max(end - 1, 0)) }
  }

  /** The header is authenticated too. The nonce is the record's number, XORed into the IV (5.3). */
  private cipher(head: Octets) {
    const nonce = this.iv.slice()
    for (let at = 11, rest = this.count++; rest > 0; at--, rest = Math.floor(rest / 256)) nonce[at]! ^= rest & 255
    return gcm(this.key, nonce, toBytes(head))
  }
}
