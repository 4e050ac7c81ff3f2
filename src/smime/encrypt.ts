/**
 * Encrypting (RFC 5652 section 6, RFC 8551 section 3.3). The letter is locked with a key made for it alone, and that key
 * is locked once for each recipient, with the key in their certificate.
 *
 * Nobody else can read the letter, but nobody has signed it either: who wants both signs first and encrypts what comes
 * out. And CBC does not notice every change: what is opened may have been tampered with.
 */
import * as asn1js from 'asn1js'
import {
  AlgorithmIdentifier,
  type Certificate,
  EncryptedContentInfo,
  EnvelopedData,
  IssuerAndSerialNumber,
  KeyAgreeRecipientIdentifier,
  KeyAgreeRecipientInfo,
  KeyTransRecipientInfo,
  OriginatorIdentifierOrKey,
  OriginatorPublicKey,
  RecipientEncryptedKey,
  RecipientEncryptedKeys,
  RecipientInfo,
  RSAESOAEPParams,
} from 'pkijs'
import { type Octets, toOctets } from '../core/bytes/octets.ts'
import { ciphers, curveOf, digests, oids, randomBytes, withNull } from './algorithms.ts'
import { certificatesOf, KEY_AGREEMENT, KEY_ENCIPHERMENT, mayUse } from './certificate.ts'
import { writeContentInfo } from './cms.ts'
import { wrappedEntity } from './entity.ts'
import { ecPublicKey, wrapByAgreement } from './key-agreement.ts'
import { type Bytes, bytesOf, type Pem } from './pem.ts'
import { encryptPkcs1, publicNumbers } from './rsa.ts'

export interface EncryptOptions {
  /** The recipients' certificates. A sender who wants to read it again later adds the own one. */
  for: readonly Pem[]
  cipher?: 'aes-128-cbc' | 'aes-256-cbc'
  /** How RSA carries the key: PKCS #1 version 1.5, which everybody opens, or OAEP, which is safer. */
  keyTransport?: 'pkcs1' | 'oaep'
}

export type EncryptRefusal =
  | 'no-recipients'
  /** A certificate cannot be read, or its key is not for encrypting. */
  | 'bad-certificate'

export interface Encrypted {
  /** Content-Type and all, for a message to carry below its own header. */
  entity: Octets
  /** The CMS octets alone. */
  enveloped: Octets
}

export async function encrypt(
  entity: Octets,
  { for: recipients, cipher = 'aes-256-cbc', keyTransport = 'pkcs1' }: EncryptOptions,
): Promise<Encrypted | { refused: EncryptRefusal }> {
  if (recipients.length === 0) return { refused: 'no-recipients' }
  const { subtle } = globalThis.crypto
  const contentKey = randomBytes(ciphers[cipher].keyLength)
  const iv = randomBytes(ciphers[cipher].block)

  const recipientInfos: RecipientInfo[] = []
  for (const pem of recipients) {
    const [certificate] = certificatesOf([pem])
    const info = certificate && (await recipientInfo(certificate, contentKey, keyTransport))
    if (!info) return { refused: 'bad-certificate' }
    recipientInfos.push(info)
  }

  const key = await subtle.importKey('raw', contentKey, 'AES-CBC', false, ['encrypt'])
  const encrypted = await subtle.encrypt({ name: 'AES-CBC', iv }, key, bytesOf(entity))
  const data = new EnvelopedData({
    // RFC 5652 section 6.1: 0 where all keys are transported, 2 where some are agreed on.
    version: recipientInfos.every(({ variant }) => variant === 1) ? 0 : 2,
    recipientInfos,
    encryptedContentInfo: new EncryptedContentInfo({
      contentType: oids.data,
      contentEncryptionAlgorithm: new AlgorithmIdentifier({
        algorithmId: ciphers[cipher].oid,
        algorithmParams: new asn1js.OctetString({ valueHex: iv }),
      }),
      encryptedContent: new asn1js.OctetString({ valueHex: encrypted }),
      disableSplit: true,
    }),
  })
  const enveloped = toOctets(writeContentInfo(oids.envelopedData, data.toSchema()))
  return { entity: wrappedEntity('enveloped-data', enveloped), enveloped }
}

async function recipientInfo(
  certificate: Certificate,
  contentKey: Bytes,
  keyTransport: 'pkcs1' | 'oaep',
): Promise<RecipientInfo | null> {
  try {
    const { algorithmId } = certificate.subjectPublicKeyInfo.algorithm
    if (algorithmId === oids.rsaEncryption) return await transported(certificate, contentKey, keyTransport)
    return algorithmId === oids.ecPublicKey ? await agreed(certificate, contentKey) : null
  } catch {
    return null
  }
}

async function transported(certificate: Certificate, contentKey: Bytes, keyTransport: 'pkcs1' | 'oaep') {
  const numbers = publicNumbers(certificate)
  if (numbers === null || !mayUse(certificate, KEY_ENCIPHERMENT)) return null
  const oaep = keyTransport === 'oaep'
  const value = new KeyTransRecipientInfo({
    rid: meant(certificate),
    keyEncryptionAlgorithm: oaep ? oaepAlgorithm() : withNull(oids.rsaEncryption),
    encryptedKey: new asn1js.OctetString({
      valueHex: oaep ? await encryptOaep(certificate, contentKey) : encryptPkcs1(numbers, contentKey),
    }),
  })
  return new RecipientInfo({ variant: 1, value })
}

async function agreed(certificate: Certificate, contentKey: Bytes) {
  const { algorithm, subjectPublicKey } = certificate.subjectPublicKeyInfo
  const { algorithmParams } = algorithm
  const curve =
    algorithmParams instanceof asn1js.ObjectIdentifier ? curveOf(algorithmParams.valueBlock.toString()) : null
  if (curve === null || !mayUse(certificate, KEY_AGREEMENT)) return null
  const point = new Uint8Array(subjectPublicKey.valueBlock.valueHexView)
  const made = await wrapByAgreement({ point, curve }, contentKey)
  const publicKey = new OriginatorPublicKey({
    algorithm: ecPublicKey(curve),
    publicKey: new asn1js.BitString({ valueHex: made.point }),
  })
  const encryptedKey = new RecipientEncryptedKey({
    rid: new KeyAgreeRecipientIdentifier({ variant: 1, value: meant(certificate) }),
    encryptedKey: new asn1js.OctetString({ valueHex: made.wrapped }),
  })
  const value = new KeyAgreeRecipientInfo({
    version: 3,
    originator: new OriginatorIdentifierOrKey({ variant: 3, value: publicKey }),
    keyEncryptionAlgorithm: new AlgorithmIdentifier({
      algorithmId: made.agreement.oid,
      algorithmParams: made.agreement.wrap.toSchema(),
    }),
    recipientEncryptedKeys: new RecipientEncryptedKeys({ encryptedKeys: [encryptedKey] }),
  })
  return new RecipientInfo({ variant: 2, value })
}

const meant = ({ issuer, serialNumber }: Certificate): IssuerAndSerialNumber =>
  new IssuerAndSerialNumber({ issuer, serialNumber })

/** RFC 4055 section 4.1, with SHA-256 in both places. */
function oaepAlgorithm(): AlgorithmIdentifier {
  const hashAlgorithm = withNull(digests['sha-256'].oid)
  const maskGenAlgorithm = new AlgorithmIdentifier({
    algorithmId: oids.mgf1,
    algorithmParams: hashAlgorithm.toSchema(),
  })
  const algorithmParams = new RSAESOAEPParams({ hashAlgorithm, maskGenAlgorithm }).toSchema()
  return new AlgorithmIdentifier({ algorithmId: oids.rsaesOaep, algorithmParams })
}

async function encryptOaep(certificate: Certificate, contentKey: Bytes): Promise<ArrayBuffer> {
  const { subtle } = globalThis.crypto
  const spki = certificate.subjectPublicKeyInfo.toSchema().toBER()
  const key = await subtle.importKey('spki', spki, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt'])
  return subtle.encrypt('RSA-OAEP', key, contentKey)
}
