/**
 * X25519 and Ed25519 (RFC 7748, RFC 8032), each sum done once. Both ends of a handshake are in this world, and looking back
 * does all handshakes again: what comes out depends on nothing but what goes in, and is remembered.
 */
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { toBytes, toOctets, type Octets } from '../../bytes/octets.ts'

/** So many results are remembered; then all is forgotten, and remembered anew. */
const MOST = 8_192
const remembered = new Map<Octets, Octets | boolean>()

function once<Result extends Octets | boolean>(key: Octets, work: () => Result): Result {
  const known = remembered.get(key)
  if (known !== undefined) return known as Result
  const result = work()
  if (remembered.size >= MOST) remembered.clear()
  remembered.set(key, result)
  return result
}

/** The share that is sent for a secret of 32 octets. */
export const shareOf = (secret: Octets): Octets =>
  once(`share${secret}`, () => toOctets(x25519.getPublicKey(toBytes(secret))))

/** The same for both ends, so that it is looked up by their two shares. Throws where `share` is no point, or a weak one. */
export function agreed(secret: Octets, share: Octets): Octets {
  const shares = [shareOf(secret), share].sort()
  return once(`agreed${shares.join('')}`, () => toOctets(x25519.getSharedSecret(toBytes(secret), toBytes(share))))
}

export const signingShareOf = (key: Octets): Octets =>
  once(`signer${key}`, () => toOctets(ed25519.getPublicKey(toBytes(key))))

export const signature = (text: Octets, key: Octets): Octets =>
  once(`sign${key}${text}`, () => toOctets(ed25519.sign(toBytes(text), toBytes(key))))

/** `key` is the public one, `proof` of 64 octets. */
export const verifies = (proof: Octets, text: Octets, key: Octets): boolean =>
  once(`verify${proof.length}.${key.length}.${proof}${key}${text}`, () => {
    try {
      return ed25519.verify(toBytes(proof), toBytes(text), toBytes(key))
    } catch {
      return false
    }
  })
