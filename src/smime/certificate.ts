/**
 * What a certificate says (RFC 5280, for mail RFC 8550): whose key it holds, who vouches for that, from when until when,
 * and for which addresses.
 */
import * as asn1js from 'asn1js'
import {
  AltName,
  BasicConstraints,
  Certificate,
  type Extension,
  ExtKeyUsage,
  type RelativeDistinguishedNames,
  RSAPublicKey,
} from 'pkijs'
import { sha256Hex } from '../core/bytes/hashes.ts'
import { toOctets } from '../core/bytes/octets.ts'
import { curveOf, oids, readBer } from './algorithms.ts'
import { type Bytes, bytesToHexText, type Pem, readPem } from './pem.ts'

export interface CertificateInfo {
  /** The distinguished names in the order in which they were written: `CN=Alice, emailAddress=alice@rennes.example`. */
  subject: string
  issuer: string
  /** The mail addresses that it is for: subjectAltName first, then the old emailAddress of the subject. */
  addresses: string[]
  /** From when and until when it is valid, in milliseconds since 1970. */
  from: number
  until: number
  /** In hexadecimal. */
  serial: string
  /** The SHA-256 of the certificate, by which people compare it over the telephone. */
  fingerprint: string
  /** The kind of the key: `RSA 2048`, `EC P-256`. */
  algorithm: string
  /** May it vouch for others (RFC 5280 section 4.2.1.9)? */
  authority: boolean
}

/** The first certificate of a PEM text. */
export function readCertificate(pem: Pem): CertificateInfo | null {
  const [certificate] = certificatesOf([pem])
  return certificate ? describeCertificate(certificate) : null
}

/** All certificates of these texts; what is none is left out. */
export function certificatesOf(texts: readonly Pem[]): Certificate[] {
  return texts.flatMap((text) =>
    readPem(text)
      .filter(({ label }) => label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE')
      .flatMap(({ der }) => certificateOf(der) ?? []),
  )
}

function certificateOf(der: Bytes): Certificate | null {
  try {
    const schema = readBer(der)
    return schema && new Certificate({ schema })
  } catch {
    return null
  }
}

export const certificateDer = (certificate: Certificate): Uint8Array => new Uint8Array(certificate.toSchema().toBER())

/** Null where a certificate is so odd that not even its names can be read. */
export function describeCertificate(certificate: Certificate): CertificateInfo | null {
  try {
    return {
      subject: nameText(certificate.subject),
      issuer: nameText(certificate.issuer),
      addresses: addressesOf(certificate),
      from: certificate.notBefore.value.getTime(),
      until: certificate.notAfter.value.getTime(),
      serial: bytesToHexText(certificate.serialNumber.valueBlock.valueHexView),
      fingerprint: sha256Hex(toOctets(certificateDer(certificate))),
      algorithm: keyText(certificate),
      authority: isAuthority(certificate),
    }
  } catch {
    return null
  }
}

/** RFC 4514 section 3, and the old address. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  [oids.commonName]: 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  [oids.emailAddress]: 'emailAddress',
}

const nameText = ({ typesAndValues }: RelativeDistinguishedNames): string =>
  typesAndValues.map(({ type, value }) => `${ATTRIBUTES[type] ?? type}=${String(value.valueBlock.value)}`).join(', ')

function addressesOf(certificate: Certificate): string[] {
  const names = extensionOf(certificate, oids.subjectAltName)?.parsedValue as unknown
  const listed = (names instanceof AltName ? names.altNames : [])
    .filter(({ type }) => type === 1)
    .map(({ value }) => String(value))
  const old = certificate.subject.typesAndValues
    .filter(({ type }) => type === oids.emailAddress)
    .map(({ value }) => String(value.valueBlock.value))
  return [...new Set([...listed, ...old])]
}

function keyText({ subjectPublicKeyInfo }: Certificate): string {
  const { algorithmId, algorithmParams } = subjectPublicKeyInfo.algorithm
  if (algorithmId === oids.ecPublicKey) {
    const oid = algorithmParams instanceof asn1js.ObjectIdentifier ? algorithmParams.valueBlock.toString() : ''
    return `EC ${curveOf(oid) ?? oid}`
  }
  const key = subjectPublicKeyInfo.parsedKey
  if (!(key instanceof RSAPublicKey)) return algorithmId
  const modulus = BigInt(`0x${bytesToHexText(key.modulus.valueBlock.valueHexView)}`)
  return `RSA ${modulus.toString(2).length}`
}

export const extensionOf = (certificate: Certificate, oid: string): Extension | undefined =>
  certificate.extensions?.find(({ extnID }) => extnID === oid)

export function isAuthority(certificate: Certificate): boolean {
  const constraints = extensionOf(certificate, oids.basicConstraints)?.parsedValue as unknown
  return constraints instanceof BasicConstraints && constraints.cA && mayUse(certificate, KEY_CERT_SIGN)
}

/** Bits of the extension keyUsage (RFC 5280 section 4.2.1.3), counted from its first octet. */
export const DIGITAL_SIGNATURE = 0x80
export const NON_REPUDIATION = 0x40
export const KEY_ENCIPHERMENT = 0x20
export const KEY_AGREEMENT = 0x08
export const KEY_CERT_SIGN = 0x04
export const CRL_SIGN = 0x02

/** May the key be used for one of these? A certificate that does not say so may be used for all. */
export function mayUse(certificate: Certificate, uses: number): boolean {
  const usage = extensionOf(certificate, oids.keyUsage)?.parsedValue as unknown
  return !(usage instanceof asn1js.BitString) || ((usage.valueBlock.valueHexView[0] ?? 0) & uses) !== 0
}

/** RFC 8550 section 4.4.4: a certificate that lists purposes must list mail, or any. */
export function isForMail(certificate: Certificate): boolean {
  const purposes = extensionOf(certificate, oids.extKeyUsage)?.parsedValue as unknown
  return (
    !(purposes instanceof ExtKeyUsage) ||
    purposes.keyPurposes.some((oid) => oid === oids.emailProtection || oid === oids.anyExtendedKeyUsage)
  )
}
