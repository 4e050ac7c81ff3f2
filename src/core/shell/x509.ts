/** Certificates as openssl prints them: PEM (RFC 7468), one line of a name, or the whole in words. */
import { encodeBase64 } from '../bytes/base64.ts'
import { decodeBase64Lines } from '../bytes/base64-lines.ts'
import type { Octets } from '../bytes/octets.ts'
import { harmless } from '../bytes/utf8.ts'
import { asctime } from '../message/date.ts'
import { IDS, type Name, type X509 } from '../net/tls/certificate.ts'
import { DerReader, NotDer, OCTET_STRING, readOid, SEQUENCE } from '../net/tls/der.ts'
import type { Millis } from '../terms.ts'

const names: Readonly<Record<string, string>> = {
  [IDS.commonName]: 'CN',
  [IDS.organisation]: 'O',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.11': 'OU',
  '1.2.840.113549.1.9.1': 'emailAddress',
  [IDS.ed25519]: 'ED25519',
  '1.2.840.113549.1.1.1': 'rsaEncryption',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.10045.2.1': 'id-ecPublicKey',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  [IDS.subjectKey]: 'X509v3 Subject Key Identifier',
  [IDS.keyUsage]: 'X509v3 Key Usage',
  [IDS.altName]: 'X509v3 Subject Alternative Name',
  [IDS.basic]: 'X509v3 Basic Constraints',
  [IDS.authorityKey]: 'X509v3 Authority Key Identifier',
  [IDS.extendedUsage]: 'X509v3 Extended Key Usage',
  [IDS.serverAuth]: 'TLS Web Server Authentication',
  '1.3.6.1.5.5.7.3.2': 'TLS Web Client Authentication',
  '1.3.6.1.5.5.7.3.4': 'E-mail Protection',
}

export const objectName = (id: string): string => names[id] ?? id

export const nameText = (name: Name): string =>
  name.map(([type, value]) => `${objectName(type)} = ${harmless(value)}`).join(', ')

/** `Nov 25 13:23:06 2026 GMT`. */
export const dateText = (millis: Millis): string => `${asctime(millis, { minutes: 0, name: null }).slice(4)} GMT`

export const pem = (der: Octets): string =>
  `-----BEGIN CERTIFICATE-----\n${encodeBase64(der).replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`

/** The first certificate of a text, which may stand among other lines; null where there is none. */
export function fromPem(text: Octets): Octets | null {
  const [, base64] = /-----BEGIN CERTIFICATE-----\r?\n([^-]*)-----END CERTIFICATE-----/.exec(text) ?? []
  return base64 === undefined ? null : decodeBase64Lines(base64)
}

const hex = (octets: Octets): string[] => Array.from(octets, (o) => o.charCodeAt(0).toString(16).padStart(2, '0'))
export const hexText = (octets: Octets, between = ':'): string => hex(octets).join(between).toUpperCase()

/** Lines of so many octets. */
function hexLines(octets: Octets, indent: number, width: number): string {
  const digits = hex(octets)
  const lines: string[] = []
  for (let at = 0; at < digits.length; at += width) lines.push(digits.slice(at, at + width).join(':'))
  return lines.map((line, k) => `${' '.repeat(indent)}${line}${k < lines.length - 1 ? ':' : ''}\n`).join('')
}

/** `openssl x509 -text`. */
export function certificateText(certificate: X509): string {
  const { version, serial, keyAlgorithm, key } = certificate
  const algorithm = objectName(certificate.algorithm)
  const edwards = keyAlgorithm === IDS.ed25519
  const extensions = certificate.extensions.map(
    ({ id, critical, value }) =>
      `            ${objectName(id)}: ${critical ? 'critical' : ''}\n                ${extensionText(id, value)}\n`,
  )
  return [
    'Certificate:\n    Data:\n',
    `        Version: ${version} (0x${(version - 1).toString(16)})\n`,
    `        Serial Number:\n            ${hex(serial).join(':')}\n`,
    `        Signature Algorithm: ${algorithm}\n`,
    `        Issuer: ${nameText(certificate.issuer)}\n`,
    '        Validity\n',
    `            Not Before: ${dateText(certificate.notBefore)}\n`,
    `            Not After : ${dateText(certificate.notAfter)}\n`,
    `        Subject: ${nameText(certificate.subject)}\n`,
    '        Subject Public Key Info:\n',
    `            Public Key Algorithm: ${objectName(keyAlgorithm)}\n`,
    `                ${edwards ? 'ED25519 ' : ''}Public-Key:\n                pub:\n`,
    hexLines(key, 20, 15),
    extensions.length > 0 ? '        X509v3 extensions:\n' : '',
    ...extensions,
    `    Signature Algorithm: ${algorithm}\n    Signature Value:\n`,
    hexLines(certificate.signature, 8, 18),
  ].join('')
}

/** RFC 5280 4.2.1.3, from the first bit. */
const USAGES = [
  ...['Digital Signature', 'Non Repudiation', 'Key Encipherment', 'Data Encipherment', 'Key Agreement'],
  ...['Certificate Sign', 'CRL Sign', 'Encipher Only', 'Decipher Only'],
]

function extensionText(id: string, value: Octets): string {
  try {
    return known(id, new DerReader(value)) ?? hexText(value)
  } catch (error) {
    if (error instanceof NotDer) return hexText(value)
    throw error
  }
}

function known(id: string, reader: DerReader): string | null {
  switch (id) {
    case IDS.basic: {
      const inside = reader.inside(SEQUENCE)
      return inside.ended ? 'CA:FALSE' : `CA:${inside.any().content === '\xff' ? 'TRUE' : 'FALSE'}`
    }
    case IDS.keyUsage: {
      const bits = reader.any().content.slice(1)
      return USAGES.filter((_, k) => (bits.charCodeAt(k >> 3) << (k & 7)) & 0x80).join(', ')
    }
    case IDS.extendedUsage:
      return all(reader.inside(SEQUENCE), ({ content }) => objectName(readOid(content)))
    case IDS.altName:
      return all(reader.inside(SEQUENCE), ({ tag, content }) =>
        tag === 0x82 ? `DNS:${harmless(content)}` : tag === 0x81 ? `email:${harmless(content)}` : hexText(content),
      )
    case IDS.subjectKey:
      return hexText(reader.next(OCTET_STRING).content)
    case IDS.authorityKey:
      return hexText(reader.inside(SEQUENCE).next(0x80).content)
    default:
      return null
  }
}

function all(reader: DerReader, text: (value: { tag: number; content: Octets }) => string): string {
  const texts: string[] = []
  while (!reader.ended) texts.push(text(reader.any()))
  return texts.join(', ')
}
