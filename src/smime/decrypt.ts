/**
 * Opening what was encrypted (RFC 5652 section 6): find the key that was locked for this person, unlock it with the
 * private key, and the letter with that.
 */
import * as asn1js from 'asn1js'
import {
  AlgorithmIdentifier,
  type Certificate,
  EnvelopedData,
  KeyAgreeRecipientInfo,
  KeyTransRecipientInfo,
  OriginatorPublicKey,
  type RecipientInfo,
  RecipientKeyIdentifier,
  RSAESOAEPParams,
} from 'pkijs'
import { type Octets, toOctets } from '../core/bytes/octets.ts'
import { type CipherName, cipherOf, ciphers, digests, micalgOf, oids, randomBytes } from './algorithms.ts'
import type { Identity } from './authority.ts'
import { certificatesOf } from './certificate.ts'
import { isMeant, octetsIn, readContentInfo } from './cms.ts'
import { isAgreement, isWrap, unwrapByAgreement } from './key-agreement.ts'
import { type PrivateKey, readPrivateKey } from './keys.ts'
import type { Bytes } from './pem.ts'
import { decryptPkcs1 } from './rsa.ts'
import { decryptTripleDes } from './triple-des.ts'

export type DecryptError =
  /** No key in it was locked for this certificate. */
  | 'not-for-you'
  /** Cut or altered on the way, or not for this private key: which of them, nobody is told. */
  | 'damaged'
  /** A cipher or a kind of key that is not known here. */
  | 'unsupported'
  /** The reader's own certificate or key cannot be read. */
  | 'bad-identity'

export interface Decrypted {
  /** What was encrypted: a MIME entity with its Content-Type, perhaps a signed one. */
  entity: Octets
  cipher: CipherName
  /** How the key came: by RSA in one of its two forms, or by agreement on a curve. */
  keyTransport: KeyTransport
}

type KeyTransport = 'pkcs1' | 'oaep' | 'ecdh'

class Unsupported extends Error {}

export async function decrypt(enveloped: Octets, identity: Identity): Promise<Decrypted | { error: DecryptError }> {
  const [certificate] = certificatesOf([identity.certificate])
  const key = readPrivateKey(identity.key)
  if (!certificate || key === null) return { error: 'bad-identity' }
  try {
    const info = readContentInfo(enveloped)
    if (info?.contentType !== oids.envelopedData) return { error: 'damaged' }
    const { recipientInfos, encryptedContentInfo } = new EnvelopedData({ schema: info.content })
    const mine = await keyFor(certificate, recipientInfos)
    if (mine === null) return { error: 'not-for-you' }

    const { algorithmId, algorithmParams } = encryptedContentInfo.contentEncryptionAlgorithm
    const cipher = cipherOf(algorithmId)
    if (cipher === null) return { error: 'unsupported' }
    if (!(algorithmParams instanceof asn1js.OctetString)) return { error: 'damaged' }
    const { contentKey, keyTransport } = await unlock(mine, key, ciphers[cipher].keyLength)
    const iv = new Uint8Array(algorithmParams.valueBlock.valueHexView)
    const encrypted = new Uint8Array(encryptedContentInfo.getEncryptedContent())
    // With a key made up where there is none, so that a wrong key and a wrong letter take the same way and the same time.
    const opened = await decryptContent(cipher, contentKey ?? randomBytes(ciphers[cipher].keyLength), iv, encrypted)
    if (opened === null || contentKey === null) return { error: 'damaged' }
    return { entity: toOctets(opened), cipher, keyTransport }
  } catch (error) {
    return { error: error instanceof Unsupported ? 'unsupported' : 'damaged' }
  }
}

/** What was locked for one recipient. */
type LockedKey =
  | { by: 'transport'; algorithm: AlgorithmIdentifier; encrypted: Bytes }
  | { by: 'agreement'; info: KeyAgreeRecipientInfo; wrapped: Bytes }

async function keyFor(certificate: Certificate, recipients: readonly RecipientInfo[]): Promise<LockedKey | null> {
  for (const { value } of recipients) {
    if (value instanceof KeyTransRecipientInfo) {
      if (await isMeant(certificate, value.rid))
        return { by: 'transport', algorithm: value.keyEncryptionAlgorithm, encrypted: octetsIn(value.encryptedKey) }
    } else if (value instanceof KeyAgreeRecipientInfo) {
      for (const { rid, encryptedKey } of value.recipientEncryptedKeys.encryptedKeys) {
        const named = rid.value instanceof RecipientKeyIdentifier ? rid.value.subjectKeyIdentifier : rid.value
        if (await isMeant(certificate, named)) return { by: 'agreement', info: value, wrapped: octetsIn(encryptedKey) }
      }
    }
  }
  return null
}

async function unlock(
  locked: LockedKey,
  key: PrivateKey,
  length: number,
): Promise<{ contentKey: Bytes | null; keyTransport: KeyTransport }> {
  if (locked.by === 'agreement') {
    const contentKey = key.kind === 'EC' ? await agreedKey(locked.info, locked.wrapped, key) : null
    return { contentKey, keyTransport: 'ecdh' }
  }
  const { algorithm, encrypted } = locked
  const keyTransport = algorithm.algorithmId === oids.rsaesOaep ? 'oaep' : 'pkcs1'
  if (keyTransport === 'pkcs1' && algorithm.algorithmId !== oids.rsaEncryption) throw new Unsupported()
  if (key.kind !== 'RSA') return { contentKey: null, keyTransport }
  const contentKey =
    keyTransport === 'oaep'
      ? await decryptOaep(key.pkcs8, algorithm, encrypted)
      : await decryptPkcs1(key.pkcs8, encrypted, length)
  return { contentKey, keyTransport }
}

async function decryptOaep(pkcs8: Bytes, { algorithmParams }: AlgorithmIdentifier, encrypted: Bytes): Promise<Bytes> {
  const { hashAlgorithm, maskGenAlgorithm } = new RSAESOAEPParams(
    algorithmParams instanceof asn1js.Sequence ? { schema: algorithmParams } : {},
  )
  const micalg = micalgOf(hashAlgorithm.algorithmId)
  const mask = new AlgorithmIdentifier({ schema: maskGenAlgorithm.algorithmParams })
  // WebCrypto has one digest for both places.
  if (micalg === null || mask.algorithmId !== hashAlgorithm.algorithmId) throw new Unsupported()
  const { subtle } = globalThis.crypto
  const name = { name: 'RSA-OAEP', hash: digests[micalg].name }
  const key = await subtle.importKey('pkcs8', pkcs8, name, false, ['decrypt'])
  return new Uint8Array(await subtle.decrypt('RSA-OAEP', key, encrypted))
}

async function agreedKey(info: KeyAgreeRecipientInfo, wrapped: Bytes, key: PrivateKey & { kind: 'EC' }) {
  const sender: unknown = info.originator.value
  const oid = info.keyEncryptionAlgorithm.algorithmId
  const wrap = new AlgorithmIdentifier({ schema: info.keyEncryptionAlgorithm.algorithmParams })
  if (!(sender instanceof OriginatorPublicKey) || !isAgreement(oid) || !isWrap(wrap.algorithmId))
    throw new Unsupported()
  const point = new Uint8Array(sender.publicKey.valueBlock.valueHexView)
  return unwrapByAgreement(key, { oid, wrap, addition: info.ukm ?? null }, point, wrapped)
}

async function decryptContent(cipher: CipherName, contentKey: Bytes, iv: Bytes, encrypted: Bytes) {
  if (cipher === 'des-ede3-cbc') return decryptTripleDes(contentKey, iv, encrypted)
  const { subtle } = globalThis.crypto
  const key = await subtle.importKey('raw', contentKey, 'AES-CBC', false, ['decrypt'])
  return new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv }, key, encrypted))
}
