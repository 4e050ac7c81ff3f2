/**
 * Verifying a signature (RFC 5652 section 5.6, RFC 8550), one question after the other, so that the answer says which of
 * them went wrong: is the text what was signed? Did that key sign it? Who says whose key it is? Is it still valid, and is
 * it the sender's?
 */
import * as asn1js from 'asn1js'
import { Certificate, type SignedData, type SignerInfo } from 'pkijs'
import { type Octets, toOctets } from '../core/bytes/octets.ts'
import { digests, engine, type Micalg, micalgOf, oids } from './algorithms.ts'
import {
  type CertificateInfo,
  certificatesOf,
  describeCertificate,
  DIGITAL_SIGNATURE,
  isForMail,
  mayUse,
  NON_REPUDIATION,
} from './certificate.ts'
import { isMeant, octetsIn, readSignedData } from './cms.ts'
import { type Bytes, bytesOf, bytesToHexText, type Pem } from './pem.ts'
import { digestInSignature } from './rsa.ts'
import { findTrust } from './trust.ts'

/** From bad to good; where several have signed, the best counts. */
export const outcomes = [
  /** No CMS signature can be read here. */
  'damaged',
  /** Read, but nobody has signed. */
  'not-signed',
  /** The signer's certificate is not with it. */
  'no-certificate',
  /** A digest or a signature of a kind that is not known here. */
  'unsupported',
  /** The text is not the one that was signed. */
  'altered',
  /** The text may be the one, but the signature was not made with the key of this certificate. */
  'wrong-signature',
  /** No authority that the reader trusts vouches for the signer. */
  'unknown-signer',
  /** The certificate is not for signing mail. */
  'not-for-mail',
  'not-yet-valid',
  'expired',
  /** All is well, but the certificate is not for the sender, or not for all of several senders. */
  'other-sender',
  'good',
] as const
export type Outcome = (typeof outcomes)[number]

export interface VerifyOptions {
  /** The octets that were signed; null where the signature holds them itself. */
  entity: Octets | null
  /** The CMS octets. */
  signature: Octets
  /** The certificates of the authorities that the reader trusts. */
  authorities: readonly Pem[]
  /** The addresses of the From field; none: it is not asked whose the letter is. */
  from: readonly string[]
  /** The reader's time, in milliseconds since 1970. */
  at: number
}

export interface Verification {
  outcome: Outcome
  signer: CertificateInfo | null
  /** From the signer's certificate as far as the way to an authority leads. */
  path: CertificateInfo[]
  /** When the signer says that it was signed, in milliseconds since 1970. */
  signingTime: number | null
  micalg: Micalg | null
  /** The digest of the text as it lies here and the one in the signature, in hexadecimal. */
  computed: string | null
  signed: string | null
  /** What was signed, where the signature held it itself. */
  content: Octets | null
}

const nothing: Verification = {
  outcome: 'damaged',
  signer: null,
  path: [],
  signingTime: null,
  micalg: null,
  computed: null,
  signed: null,
  content: null,
}

/** More signers than this are not looked at. */
const MOST_SIGNERS = 8

export async function verify(options: VerifyOptions): Promise<Verification> {
  const signed = readSignedData(options.signature)
  if (signed === null) return nothing
  try {
    const inside = signed.encapContentInfo.eContent
    const content = options.entity === null ? inside && octetsIn(inside) : bytesOf(options.entity)
    if (signed.signerInfos.length === 0) return { ...nothing, outcome: 'not-signed' }
    if (!content) return nothing
    const own = options.entity === null ? toOctets(content) : null
    let best = nothing
    for (const signer of signed.signerInfos.slice(0, MOST_SIGNERS)) {
      const found = { ...(await verifySigner(signed, signer, content, options)), content: own }
      if (outcomes.indexOf(found.outcome) >= outcomes.indexOf(best.outcome)) best = found
    }
    return best
  } catch {
    return nothing
  }
}

async function verifySigner(
  signed: SignedData,
  info: SignerInfo,
  content: Bytes,
  { authorities, from, at }: VerifyOptions,
): Promise<Verification> {
  const trusted = certificatesOf(authorities)
  const brought = (signed.certificates ?? []).filter((one) => one instanceof Certificate)
  const found: Verification = {
    ...nothing,
    signingTime: signingTime(info),
    micalg: micalgOf(info.digestAlgorithm.algorithmId),
  }
  const result = (outcome: Outcome): Verification => ({ ...found, outcome })

  const signer = await meantBy(info.sid, [...brought, ...trusted])
  if (signer !== null) found.signer = describeCertificate(signer)
  if (found.micalg === null) return result('unsupported')
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest(digests[found.micalg].name, content))
  found.computed = bytesToHexText(digest)
  const signature = info.signature.valueBlock.valueHexView
  if (info.signedAttrs) {
    found.signed = signedDigest(signed, info)
    if (found.signed === null) return result('damaged')
  } else if (signer !== null) found.signed = digestInSignature(signer, signature, digest.length)

  // Whether the text was altered can be said without knowing who signed.
  if (found.signed !== null && found.signed !== found.computed) return result('altered')
  if (signer === null) return result('no-certificate')
  if (!SIGNATURES.has(info.signatureAlgorithm.algorithmId)) return result('unsupported')
  if (!(await isSignatureOf(signer, info, content, found.micalg))) return result('wrong-signature')

  const { path, trouble } = await findTrust(signer, brought, trusted, at)
  found.path = path.flatMap((certificate) => describeCertificate(certificate) ?? [])
  if (trouble === 'unknown-signer') return result(trouble)
  if (!isForMail(signer) || !mayUse(signer, DIGITAL_SIGNATURE | NON_REPUDIATION)) return result('not-for-mail')
  if (trouble !== null) return result(trouble)
  const addresses = new Set(found.signer?.addresses.map((address) => address.toLowerCase()))
  const isSender = from.every((address) => addresses.has(address.toLowerCase()))
  return result(isSender ? 'good' : 'other-sender')
}

async function meantBy(identifier: unknown, certificates: readonly Certificate[]): Promise<Certificate | null> {
  for (const certificate of certificates) if (await isMeant(certificate, identifier)) return certificate
  return null
}

/** The one value of a signed attribute; null where it is not there, or is there more than once (RFC 5652 section 11). */
function attributeOf(info: SignerInfo, oid: string): unknown {
  const values = info.signedAttrs?.attributes.filter(({ type }) => type === oid).flatMap(({ values }) => values) ?? []
  return values.length === 1 ? values[0] : null
}

/** The digest of the text among the signed facts, which must be about a text of this type. */
function signedDigest(signed: SignedData, info: SignerInfo): string | null {
  const type = attributeOf(info, oids.contentType)
  const digest = attributeOf(info, oids.messageDigest)
  if (!(type instanceof asn1js.ObjectIdentifier) || !(digest instanceof asn1js.OctetString)) return null
  if (type.valueBlock.toString() !== signed.encapContentInfo.eContentType) return null
  return bytesToHexText(digest.valueBlock.valueHexView)
}

function signingTime(info: SignerInfo): number | null {
  const time = attributeOf(info, oids.signingTime)
  return time instanceof asn1js.UTCTime ? time.toDate().getTime() : null
}

/** RSA as CMS names it, RSA with each digest, RSASSA-PSS, ECDSA with each digest. */
const SIGNATURES = new Set<string>([
  oids.rsaEncryption,
  '1.2.840.113549.1.1.5',
  oids.sha256WithRsa,
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.113549.1.1.10',
  '1.2.840.10045.4.1',
  oids.ecdsaWithSha256,
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
])

/** The signature is over the signed facts or, where there are none, over the text itself (RFC 5652 section 5.4). */
async function isSignatureOf(signer: Certificate, info: SignerInfo, content: Bytes, micalg: Micalg): Promise<boolean> {
  const { signatureAlgorithm, signature, signedAttrs } = info
  const data = signedAttrs ? signedAttrs.encodedValue : content
  const digest = signatureAlgorithm.algorithmId === oids.rsaEncryption ? digests[micalg].name : undefined
  try {
    return await engine.verifyWithPublicKey(data, signature, signer.subjectPublicKeyInfo, signatureAlgorithm, digest)
  } catch {
    return false
  }
}
