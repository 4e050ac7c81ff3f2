/** The digests that the mail protocols speak of, as they write them: octets in, lower-case hexadecimal out (or octets). */
import { hmac } from '@noble/hashes/hmac.js'
import { md5 } from '@noble/hashes/legacy.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 as sha256Bytes } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Octets } from './octets.ts'
import { toBytes, toOctets } from './octets.ts'

/** POP3's APOP (RFC 1939 section 7), Content-MD5. */
export const md5Hex = (octets: Octets): string => bytesToHex(md5(toBytes(octets)))

/** CRAM-MD5 (RFC 2195). */
export const hmacMd5Hex = (key: Octets, octets: Octets): string => bytesToHex(hmac(md5, toBytes(key), toBytes(octets)))

export const sha256Hex = (octets: Octets): string => bytesToHex(sha256Bytes(toBytes(octets)))

/** The three that SCRAM-SHA-256 is made of (RFC 7677); they give octets. */
export const sha256 = (octets: Octets): Octets => toOctets(sha256Bytes(toBytes(octets)))

export const hmacSha256 = (key: Octets, octets: Octets): Octets =>
  toOctets(hmac(sha256Bytes, toBytes(key), toBytes(octets)))

/** `Hi` of RFC 5802 2.2. */
export const pbkdf2Sha256 = (password: Octets, salt: Octets, iterations: number): Octets =>
  toOctets(pbkdf2(sha256Bytes, toBytes(password), toBytes(salt), { c: iterations, dkLen: 32 }))
