/**
 * RSA with big integers, for what WebCrypto left out: the key transport of PKCS #1 version 1.5 (RSAES-PKCS1-v1_5, RFC 8017
 * section 7.2), in which nearly all encrypted mail carries its key, and a look at the digest inside a signature.
 *
 * This is a teaching tool. The browser's own RSA is blinded and takes the same time for every key; big integers of
 * JavaScript do not. Where somebody can measure how long the page takes to open their letters, it should not be used.
 */
import { type Certificate, RSAPublicKey } from 'pkijs'
import { toOctets } from '../core/bytes/octets.ts'
import { randomBytes } from './algorithms.ts'
import { type Bytes, bytesToHexText } from './pem.ts'

interface PublicNumbers {
  modulus: bigint
  exponent: bigint
  /** The octets of the modulus. */
  size: number
}

export function publicNumbers(certificate: Certificate): PublicNumbers | null {
  const key = certificate.subjectPublicKeyInfo.parsedKey
  if (!(key instanceof RSAPublicKey)) return null
  const modulus = toNumber(key.modulus.valueBlock.valueHexView)
  const exponent = toNumber(key.publicExponent.valueBlock.valueHexView)
  // Numbers without measure would only keep the reader busy.
  if (modulus < 1n << 511n || modulus >> 8192n > 0n || exponent >> 64n > 0n) return null
  return { modulus, exponent, size: Math.ceil(modulus.toString(16).length / 2) }
}

/** RFC 8017 section 7.2.1: 0, 2, octets of chance that are not 0, 0, the message. */
export function encryptPkcs1({ modulus, exponent, size }: PublicNumbers, message: Bytes): Bytes {
  const block = new Uint8Array(size)
  block[1] = 2
  for (let at = 2; at < size - message.length - 1;) {
    const [octet] = randomBytes(1)
    if (octet !== 0) block[at++] = octet!
  }
  block.set(message, size - message.length)
  return toBlock(power(toNumber(block), exponent, modulus), size)
}

/**
 * RFC 8017 section 7.2.2, for a message whose length is known. Whatever is wrong with the block, the answer is the same
 * and comes after the same steps: null. One who could tell the cases apart could open letters by asking often enough
 * (Bleichenbacher, 1998).
 */
export async function decryptPkcs1(pkcs8: Bytes, encrypted: Bytes, length: number): Promise<Bytes | null> {
  const { subtle } = globalThis.crypto
  // Imported for another use: a key in WebCrypto must have one, and gives its numbers all the same.
  const key = await subtle.importKey('pkcs8', pkcs8, { name: 'RSA-OAEP', hash: 'SHA-256' }, true, ['decrypt'])
  const { n, d } = await subtle.exportKey('jwk', key)
  const modulus = toNumber(fromBase64Url(n!))
  const size = Math.ceil(modulus.toString(16).length / 2)
  const block = toBlock(power(toNumber(encrypted) % modulus, toNumber(fromBase64Url(d!)), modulus), size)
  const start = size - length
  let wrong = Number(encrypted.length !== size) | block[0]! | (block[1]! ^ 2) | block[start - 1]!
  for (let at = 2; at < start - 1; at++) wrong |= Number(block[at] === 0)
  return wrong === 0 ? block.slice(start) : null
}

/** The digest that an RSA signature holds (RFC 8017 section 9.2), in hexadecimal; null where it holds none. */
export function digestInSignature(
  certificate: Certificate,
  signature: Uint8Array,
  digestLength: number,
): string | null {
  const numbers = publicNumbers(certificate)
  if (numbers === null || signature.length !== numbers.size) return null
  const block = toBlock(power(toNumber(signature) % numbers.modulus, numbers.exponent, numbers.modulus), numbers.size)
  const isSignature = /^\x00\x01\xff{8,}\x00/.test(toOctets(block))
  return isSignature ? bytesToHexText(block.slice(-digestLength)) : null
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${bytesToHexText(bytes) || '0'}`)

function toBlock(value: bigint, size: number): Bytes {
  const hex = value.toString(16).padStart(2 * size, '0')
  return Uint8Array.from({ length: size }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16))
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(globalThis.atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
}
