/** The digests that the mail protocols speak of, as they write them: octets in, lower-case hexadecimal out. */
import { hmac } from '@noble/hashes/hmac.js'
import { md5 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Octets } from './octets.ts'
import { toBytes } from './octets.ts'

/** POP3's APOP (RFC 1939 section 7), Content-MD5. */
export const md5Hex = (octets: Octets): string => bytesToHex(md5(toBytes(octets)))

/** CRAM-MD5 (RFC 2195). */
export const hmacMd5Hex = (key: Octets, octets: Octets): string => bytesToHex(hmac(md5, toBytes(key), toBytes(octets)))

export const sha256Hex = (octets: Octets): string => bytesToHex(sha256(toBytes(octets)))
