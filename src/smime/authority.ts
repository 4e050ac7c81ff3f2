/**
 * Certificates made in the world: an authority that vouches for itself, and people it vouches for (RFC 5280, RFC 8550).
 *
 * The clock is an argument, since a world may live in 2001. The keys come from chance: what is made here enters the
 * journal as text and is never made again by a replay.
 */
import * as asn1js from 'asn1js'
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  RelativeDistinguishedNames,
  Time,
} from 'pkijs'
import { engine, oids, randomBytes, withNull } from './algorithms.ts'
import {
  certificateDer,
  certificatesOf,
  CRL_SIGN,
  DIGITAL_SIGNATURE,
  isAuthority,
  KEY_AGREEMENT,
  KEY_CERT_SIGN,
  KEY_ENCIPHERMENT,
  NON_REPUDIATION,
} from './certificate.ts'
import { type KeyKind, makeKeys, readPrivateKey, signingKey, signOctets } from './keys.ts'
import { type Pem, writePem } from './pem.ts'

/** A certificate and the private key that belongs to it. */
export interface Identity {
  certificate: Pem
  key: Pem
}

export interface AuthorityOptions {
  name: string
  /** Milliseconds since 1970: from when the certificate is valid. */
  now: number
  days?: number
  algorithm?: KeyKind
}

export interface IssueOptions extends AuthorityOptions {
  address: string
}

export type IssueRefusal =
  /** The authority's certificate or key cannot be read, or it may not vouch for others. */
  | 'bad-authority'
  /** No address, or one that a certificate cannot hold: rfc822Name is ASCII (RFC 5280 section 4.2.1.6). */
  | 'bad-address'

const DAY = 86_400_000

/** An authority whose certificate is signed with its own key. It lasts ten years unless told otherwise. */
export async function makeAuthority({
  name,
  now,
  days = 3650,
  algorithm = 'RSA',
}: AuthorityOptions): Promise<Identity> {
  const { pair, pem } = await makeKeys(algorithm)
  const certificate = await blank(name, null, pair.publicKey, now, days)
  certificate.issuer = certificate.subject
  certificate.extensions?.push(
    extension(oids.basicConstraints, true, new BasicConstraints({ cA: true }).toSchema()),
    keyUsage(KEY_CERT_SIGN | CRL_SIGN),
  )
  await signCertificate(certificate, pair.privateKey)
  return { certificate: writePem('CERTIFICATE', certificateDer(certificate)), key: pem }
}

/** A person's certificate, signed by the authority. It lasts a year unless told otherwise. */
export async function issue(
  authority: Identity,
  { name, address, now, days = 365, algorithm = 'RSA' }: IssueOptions,
): Promise<Identity | { refused: IssueRefusal }> {
  if (!/^[!-~]+@[!-~]+$/.test(address)) return { refused: 'bad-address' }
  const [issuer] = certificatesOf([authority.certificate])
  const issuerKey = readPrivateKey(authority.key)
  if (!issuer || !isAuthority(issuer) || issuerKey === null) return { refused: 'bad-authority' }
  const { pair, pem } = await makeKeys(algorithm)
  const certificate = await blank(name, address, pair.publicKey, now, days)
  certificate.issuer = issuer.subject
  const names = new GeneralNames({ names: [new GeneralName({ type: 1, value: address })] })
  const identifier = new AuthorityKeyIdentifier({
    keyIdentifier: new asn1js.OctetString({ valueHex: await issuer.getKeyHash('SHA-1', engine) }),
  })
  certificate.extensions?.push(
    extension(oids.basicConstraints, true, new BasicConstraints({ cA: false }).toSchema()),
    // An RSA key opens the key of a letter, an elliptic one agrees on it.
    keyUsage(DIGITAL_SIGNATURE | NON_REPUDIATION | (algorithm === 'RSA' ? KEY_ENCIPHERMENT : KEY_AGREEMENT)),
    extension(oids.extKeyUsage, false, new ExtKeyUsage({ keyPurposes: [oids.emailProtection] }).toSchema()),
    extension(oids.subjectAltName, false, names.toSchema()),
    extension(oids.authorityKeyIdentifier, false, identifier.toSchema()),
  )
  try {
    await signCertificate(certificate, await signingKey(issuerKey))
  } catch {
    return { refused: 'bad-authority' }
  }
  return { certificate: writePem('CERTIFICATE', certificateDer(certificate)), key: pem }
}

async function blank(name: string, address: string | null, key: CryptoKey, now: number, days: number) {
  const certificate = new Certificate()
  certificate.version = 2 // which is version 3, counted from 0
  certificate.serialNumber = serialNumber()
  certificate.subject = distinguishedName(name, address)
  // Certificates know no fractions of a second.
  const from = now - (now % 1000)
  certificate.notBefore = time(from)
  certificate.notAfter = time(from + days * DAY)
  await certificate.subjectPublicKeyInfo.importKey(key, engine)
  const identifier = new asn1js.OctetString({ valueHex: await certificate.getKeyHash('SHA-1', engine) })
  certificate.extensions = [extension(oids.subjectKeyIdentifier, false, identifier)]
  return certificate
}

/** Positive, and never the same twice (RFC 5280 section 4.1.2.2): sixteen octets of chance with the first bit 0. */
function serialNumber(): asn1js.Integer {
  const octets = randomBytes(16)
  octets[0] = (octets[0]! & 0x3f) | 0x40
  return new asn1js.Integer({ valueHex: octets })
}

function distinguishedName(name: string, address: string | null): RelativeDistinguishedNames {
  const one = (oid: string, value: asn1js.AsnType) =>
    new asn1js.Set({ value: [new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: oid }), value] })] })
  const names = [one(oids.commonName, new asn1js.Utf8String({ value: name }))]
  if (address !== null) names.push(one(oids.emailAddress, new asn1js.IA5String({ value: address })))
  // Read back from its octets: pkijs would put all names into one set, but keeps the octets of what it has read.
  return RelativeDistinguishedNames.fromBER(new asn1js.Sequence({ value: names }).toBER())
}

/** RFC 5280 section 4.1.2.5: two digits of the year through 2049, four from 2050 on. */
function time(at: number): Time {
  const value = new Date(at)
  return new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value })
}

const extension = (extnID: string, critical: boolean, value: asn1js.AsnType): Extension =>
  new Extension({ extnID, critical, extnValue: value.toBER() })

/** A string of bits, without the zeros at its end as DER wants it. */
function keyUsage(bits: number): Extension {
  const unusedBits = 31 - Math.clz32(bits & -bits)
  return extension(oids.keyUsage, true, new asn1js.BitString({ valueHex: Uint8Array.of(bits), unusedBits }))
}

async function signCertificate(certificate: Certificate, key: CryptoKey): Promise<void> {
  certificate.signature = certificate.signatureAlgorithm =
    key.algorithm.name === 'ECDSA'
      ? new AlgorithmIdentifier({ algorithmId: oids.ecdsaWithSha256 })
      : withNull(oids.sha256WithRsa)
  const signed = new Uint8Array(certificate.encodeTBS().toBER())
  certificate.tbsView = signed
  certificate.signatureValue = new asn1js.BitString({ valueHex: await signOctets(signed, key) })
}
