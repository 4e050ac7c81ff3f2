/**
 * The algorithms that S/MIME names by number (RFC 5754, RFC 3565, RFC 8551 section 2), and the one engine through which
 * pkijs reaches the platform's cryptography.
 */
import * as asn1js from 'asn1js'
import { AlgorithmIdentifier, CryptoEngine } from 'pkijs'

export const engine = new CryptoEngine({ name: 'webcrypto', crypto: globalThis.crypto })

export const randomBytes = (length: number): Uint8Array<ArrayBuffer> =>
  globalThis.crypto.getRandomValues(new Uint8Array(length))

/** By the name that `micalg` has for it (RFC 8551 section 3.5.3.2). */
export const digests = {
  'sha-1': { oid: '1.3.14.3.2.26', name: 'SHA-1' },
  'sha-256': { oid: '2.16.840.1.101.3.4.2.1', name: 'SHA-256' },
  'sha-384': { oid: '2.16.840.1.101.3.4.2.2', name: 'SHA-384' },
  'sha-512': { oid: '2.16.840.1.101.3.4.2.3', name: 'SHA-512' },
} as const
export type Micalg = keyof typeof digests

export const micalgOf = (oid: string): Micalg | null =>
  (Object.keys(digests) as Micalg[]).find((micalg) => digests[micalg].oid === oid) ?? null

/** Triple DES is here because older mail, and openssl until version 3.4, encrypts with it. It is opened, never written. */
export const ciphers = {
  'aes-128-cbc': { oid: '2.16.840.1.101.3.4.1.2', keyLength: 16, block: 16 },
  'aes-192-cbc': { oid: '2.16.840.1.101.3.4.1.22', keyLength: 24, block: 16 },
  'aes-256-cbc': { oid: '2.16.840.1.101.3.4.1.42', keyLength: 32, block: 16 },
  'des-ede3-cbc': { oid: '1.2.840.113549.3.7', keyLength: 24, block: 8 },
} as const
export type CipherName = keyof typeof ciphers

export const cipherOf = (oid: string): CipherName | null =>
  (Object.keys(ciphers) as CipherName[]).find((name) => ciphers[name].oid === oid) ?? null

export const oids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  emailAddress: '1.2.840.113549.1.9.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaesOaep: '1.2.840.113549.1.1.7',
  mgf1: '1.2.840.113549.1.1.8',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  ecPublicKey: '1.2.840.10045.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
  anyExtendedKeyUsage: '2.5.29.37.0',
  emailProtection: '1.3.6.1.5.5.7.3.4',
} as const

/** The curves that WebCrypto has: their numbers, and how many octets a coordinate takes. */
export const curves = {
  'P-256': { oid: '1.2.840.10045.3.1.7', octets: 32 },
  'P-384': { oid: '1.3.132.0.34', octets: 48 },
  'P-521': { oid: '1.3.132.0.35', octets: 66 },
} as const
export type CurveName = keyof typeof curves

export const curveOf = (oid: string): CurveName | null =>
  (Object.keys(curves) as CurveName[]).find((name) => curves[name].oid === oid) ?? null

/** RSA's algorithms carry a NULL where others carry nothing (RFC 4055 section 5, RFC 5754 section 3.2). */
export const withNull = (algorithmId: string): AlgorithmIdentifier =>
  new AlgorithmIdentifier({ algorithmId, algorithmParams: new asn1js.Null() })

/** One message may be large, and openssl cuts what it streams into many pieces: more room than asn1js gives unasked. */
export function readBer(bytes: Uint8Array<ArrayBuffer>): asn1js.AsnType | null {
  const read = asn1js.fromBER(bytes, { maxNodes: 200_000, maxContentLength: 64 * 1024 * 1024 })
  return read.offset === -1 ? null : read.result
}
