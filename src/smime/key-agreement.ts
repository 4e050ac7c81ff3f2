/**
 * Keys for people with elliptic curves (RFC 5753 section 3.1): sender and recipient agree on a secret by Diffie-Hellman,
 * the sender with a key made for this one letter; a digest makes a key of the secret, and that wraps the letter's key
 * (AES key wrap, RFC 3394).
 */
import * as asn1js from 'asn1js'
import { AlgorithmIdentifier, ECCCMSSharedInfo, kdf } from 'pkijs'
import { type CurveName, curves, engine, oids } from './algorithms.ts'
import type { Bytes } from './pem.ts'

/** dhSinglePass-stdDH-...kdf-scheme, by the digest that is used. */
const agreements = {
  '1.3.133.16.840.63.0.2': 'SHA-1',
  '1.3.132.1.11.1': 'SHA-256',
  '1.3.132.1.11.2': 'SHA-384',
  '1.3.132.1.11.3': 'SHA-512',
} as const
type AgreementOid = keyof typeof agreements
export const isAgreement = (oid: string): oid is AgreementOid => Object.hasOwn(agreements, oid)

/** AES key wrap, and the bits of its key. */
const wraps = {
  '2.16.840.1.101.3.4.1.5': 128,
  '2.16.840.1.101.3.4.1.25': 192,
  '2.16.840.1.101.3.4.1.45': 256,
} as const
type WrapOid = keyof typeof wraps
export const isWrap = (oid: string): oid is WrapOid => Object.hasOwn(wraps, oid)

export interface Agreement {
  oid: AgreementOid
  /** With its number and parameters as they stand in the message, since they are digested, too. */
  wrap: AlgorithmIdentifier
  /** What the sender may add, so that two letters never have the same key. */
  addition: asn1js.OctetString | null
}

const { subtle } = globalThis.crypto

/** A key of any length, for WebCrypto wraps only what it takes for a key. */
const ANY_KEY = { name: 'HMAC', hash: 'SHA-256' }

/** The sender's half: a new key pair, whose public half travels along, and the letter's key wrapped. */
export async function wrapByAgreement(
  recipient: { point: Bytes; curve: CurveName },
  contentKey: Bytes,
): Promise<{ agreement: Agreement; point: Bytes; wrapped: Bytes }> {
  const ephemeral = await subtle.generateKey({ name: 'ECDH', namedCurve: recipient.curve }, true, ['deriveBits'])
  const wrapOid = (Object.keys(wraps) as WrapOid[]).find((oid) => wraps[oid] === contentKey.length * 8)!
  const agreement: Agreement = {
    oid: '1.3.132.1.11.1',
    wrap: new AlgorithmIdentifier({ algorithmId: wrapOid }),
    addition: null,
  }
  const key = await wrappingKey(agreement, ephemeral.privateKey, recipient.point, recipient.curve, 'wrapKey')
  const inner = await subtle.importKey('raw', contentKey, ANY_KEY, true, ['sign'])
  const [point, wrapped] = await Promise.all([
    subtle.exportKey('raw', ephemeral.publicKey),
    subtle.wrapKey('raw', inner, key, 'AES-KW'),
  ])
  return { agreement, point: new Uint8Array(point), wrapped: new Uint8Array(wrapped) }
}

/** The recipient's half. Rejects when the wrapped key was not made for this key. */
export async function unwrapByAgreement(
  own: { pkcs8: Bytes; curve: CurveName },
  agreement: Agreement,
  point: Bytes,
  wrapped: Bytes,
): Promise<Bytes> {
  const privateKey = await subtle.importKey('pkcs8', own.pkcs8, { name: 'ECDH', namedCurve: own.curve }, false, [
    'deriveBits',
  ])
  const key = await wrappingKey(agreement, privateKey, point, own.curve, 'unwrapKey')
  const inner = await subtle.unwrapKey('raw', wrapped, key, 'AES-KW', ANY_KEY, true, ['sign'])
  return new Uint8Array(await subtle.exportKey('raw', inner))
}

async function wrappingKey(
  { oid, wrap, addition }: Agreement,
  own: CryptoKey,
  point: Bytes,
  namedCurve: CurveName,
  use: 'wrapKey' | 'unwrapKey',
): Promise<CryptoKey> {
  const other = await subtle.importKey('raw', point, { name: 'ECDH', namedCurve }, true, [])
  const secret = await subtle.deriveBits({ name: 'ECDH', public: other }, own, curves[namedCurve].octets * 8)
  const bits = wraps[wrap.algorithmId as WrapOid]
  const info = new ECCCMSSharedInfo({
    keyInfo: wrap,
    suppPubInfo: new asn1js.OctetString({ valueHex: Uint8Array.of(0, 0, bits >> 8, bits & 255) }),
    ...(addition && { entityUInfo: addition }),
  })
  const derived = await kdf(agreements[oid], secret, bits, info.toSchema().toBER(), engine)
  return subtle.importKey('raw', derived, 'AES-KW', false, [use])
}

/** The curve's number and the point, as the message carries the sender's public key. */
export const ecPublicKey = (curve: CurveName): AlgorithmIdentifier =>
  new AlgorithmIdentifier({
    algorithmId: oids.ecPublicKey,
    algorithmParams: new asn1js.ObjectIdentifier({ value: curves[curve].oid }),
  })
