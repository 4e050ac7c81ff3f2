/** The key schedule of TLS 1.3 (RFC 8446 section 7), for TLS_AES_128_GCM_SHA256 without a pre-shared key. */
import { expand, extract } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Octets } from '../../bytes/octets.ts'
import { toBytes, toOctets } from '../../bytes/octets.ts'
import { vector8 } from './messages.ts'

const HASH_LENGTH = 32
const ZEROS = new Uint8Array(HASH_LENGTH)
const NOTHING = new Uint8Array(0)

/** Everything said so far in the handshake, as one hash (4.4.1). */
export const transcriptHash = (messages: Octets): Uint8Array => sha256(toBytes(messages))

/** HKDF-Expand-Label (7.1). */
function expandLabel(secret: Uint8Array, label: string, context: Uint8Array, length: number): Uint8Array {
  const context8 = vector8(toOctets(context))
  const info = String.fromCharCode(length >> 8, length & 255) + vector8(`tls13 ${label}`) + context8
  return expand(sha256, secret, toBytes(info), length)
}

/** Derive-Secret (7.1), from the hash of the messages. */
const deriveSecret = (secret: Uint8Array, label: string, hash: Uint8Array) =>
  expandLabel(secret, label, hash, HASH_LENGTH)

export interface Secrets {
  client: Uint8Array
  server: Uint8Array
}

/** From what X25519 gave, and the hash of both Hellos: the secrets that protect the rest of the handshake. */
export function handshakeSecrets(shared: Uint8Array, hellos: Uint8Array): Secrets & { handshake: Uint8Array } {
  const early = extract(sha256, ZEROS, ZEROS)
  const handshake = extract(sha256, shared, deriveSecret(early, 'derived', sha256(NOTHING)))
  return {
    handshake,
    client: deriveSecret(handshake, 'c hs traffic', hellos),
    server: deriveSecret(handshake, 's hs traffic', hellos),
  }
}

/** From the handshake secret, and the hash of all up to the server's Finished: what protects application data. */
export function applicationSecrets(handshake: Uint8Array, finished: Uint8Array): Secrets {
  const master = extract(sha256, ZEROS, deriveSecret(handshake, 'derived', sha256(NOTHING)))
  return {
    client: deriveSecret(master, 'c ap traffic', finished),
    server: deriveSecret(master, 's ap traffic', finished),
  }
}

/** 7.3. */
export function trafficKeys(secret: Uint8Array): { key: Uint8Array; iv: Uint8Array } {
  return { key: expandLabel(secret, 'key', NOTHING, 16), iv: expandLabel(secret, 'iv', NOTHING, 12) }
}

/** What Finished says (4.4.4): who can compute it knows the secret and heard the same messages. */
export function verifyData(secret: Uint8Array, hash: Uint8Array): Uint8Array {
  return hmac(sha256, expandLabel(secret, 'finished', NOTHING, HASH_LENGTH), hash)
}
