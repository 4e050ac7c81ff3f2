/**
 * Signing (RFC 5652 section 5, RFC 8551 sections 2.5 and 3.5). Not the text itself is signed but three facts about it:
 * what it is, its digest, and when it was signed.
 */
import * as asn1js from 'asn1js'
import {
  AlgorithmIdentifier,
  Attribute,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs'
import { type Octets, toOctets } from '../core/bytes/octets.ts'
import { digests, oids, withNull } from './algorithms.ts'
import type { Identity } from './authority.ts'
import { certificatesOf } from './certificate.ts'
import { writeContentInfo } from './cms.ts'
import { type EntityRefusal, entityTrouble, isBoundaryFor, signedEntity, wrappedEntity } from './entity.ts'
import { readPrivateKey, signingKey, signOctets } from './keys.ts'
import { bytesOf, bytesToHexText, type Pem } from './pem.ts'

export interface SignOptions {
  by: Identity
  /** The certificates between the signer's and the authority, for readers who only know the authority. */
  chain?: readonly Pem[]
  /** The time of signing, in milliseconds since 1970. */
  now: number
  /** Of the multipart/signed; the opaque form needs none. */
  boundary: string
  /** Detached: readable by everybody. Opaque: in one piece that no relay can touch unnoticed, or read for you. */
  form?: 'detached' | 'opaque'
}

export type SignRefusal =
  | EntityRefusal
  /** No boundary by RFC 2046, or one that the entity contains. */
  | 'boundary'
  /** The signer's certificate or key cannot be read. */
  | 'bad-identity'

export interface Signed {
  /** Content-Type and all, for a message to carry below its own header. */
  entity: Octets
  /** The CMS octets alone. */
  signature: Octets
  /** The SHA-256 of what was signed, as the signature holds it, in hexadecimal. */
  digest: string
}

export async function sign(
  entity: Octets,
  { by, chain = [], now, boundary, form = 'detached' }: SignOptions,
): Promise<Signed | { refused: SignRefusal }> {
  const trouble = entityTrouble(entity)
  if (trouble !== null) return { refused: trouble }
  if (form === 'detached' && !isBoundaryFor(boundary, entity)) return { refused: 'boundary' }
  const [certificate] = certificatesOf([by.certificate])
  const key = readPrivateKey(by.key)
  if (!certificate || key === null) return { refused: 'bad-identity' }

  const content = bytesOf(entity)
  const digest = await globalThis.crypto.subtle.digest('SHA-256', content)
  const attributes = signedAttributes(digest, now)
  const set = new asn1js.Set({ value: attributes.map((attribute) => attribute.toSchema()) })
  let value: ArrayBuffer
  try {
    value = await signOctets(new Uint8Array(set.toBER()), await signingKey(key))
  } catch {
    return { refused: 'bad-identity' }
  }
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    digestAlgorithm: withNull(digests['sha-256'].oid),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm:
      key.kind === 'RSA'
        ? withNull(oids.rsaEncryption)
        : new AlgorithmIdentifier({ algorithmId: oids.ecdsaWithSha256 }),
    signature: new asn1js.OctetString({ valueHex: value }),
  })
  const signed = new SignedData({
    version: 1,
    digestAlgorithms: [withNull(digests['sha-256'].oid)],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: oids.data }),
    certificates: [certificate, ...certificatesOf(chain)],
    signerInfos: [signer],
  })
  if (form === 'opaque') signed.encapContentInfo.eContent = new asn1js.OctetString({ valueHex: content })
  const signature = toOctets(writeContentInfo(oids.signedData, signed.toSchema()))
  return {
    entity: form === 'opaque' ? wrappedEntity('signed-data', signature) : signedEntity(entity, signature, boundary),
    signature,
    digest: bytesToHexText(new Uint8Array(digest)),
  }
}

/** In the order of their octets, as DER wants the members of a set (RFC 5652 section 5.4). */
function signedAttributes(digest: ArrayBuffer, now: number): Attribute[] {
  const valueDate = new Date(now - (now % 1000))
  // RFC 5652 section 11.3: two digits of the year through 2049, four from 2050 on.
  const time =
    valueDate.getUTCFullYear() < 2050 ? new asn1js.UTCTime({ valueDate }) : new asn1js.GeneralizedTime({ valueDate })
  const attribute = (type: string, value: asn1js.AsnType) => new Attribute({ type, values: [value] })
  return [
    attribute(oids.contentType, new asn1js.ObjectIdentifier({ value: oids.data })),
    attribute(oids.signingTime, time),
    attribute(oids.messageDigest, new asn1js.OctetString({ valueHex: digest })),
  ]
    .map((one) => ({ one, octets: toOctets(new Uint8Array(one.toSchema().toBER())) }))
    .sort((a, b) => (a.octets < b.octets ? -1 : 1))
    .map(({ one }) => one)
}
