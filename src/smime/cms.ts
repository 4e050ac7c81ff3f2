/**
 * The Cryptographic Message Syntax (RFC 5652), as far as S/MIME has need of it: the outer layer that says what is inside,
 * and how a message names the certificate of a signer or a recipient.
 */
import * as asn1js from 'asn1js'
import { type Certificate, ContentInfo, IssuerAndSerialNumber, SignedData } from 'pkijs'
import type { Octets } from '../core/bytes/octets.ts'
import { engine, oids, readBer } from './algorithms.ts'
import { extensionOf } from './certificate.ts'
import { type Bytes, bytesOf, bytesToHexText } from './pem.ts'

export function readContentInfo(octets: Octets): ContentInfo | null {
  try {
    const schema = readBer(bytesOf(octets))
    return schema && new ContentInfo({ schema })
  } catch {
    return null
  }
}

export const writeContentInfo = (contentType: string, content: asn1js.AsnType): Bytes =>
  new Uint8Array(new ContentInfo({ contentType, content }).toSchema().toBER())

export function readSignedData(octets: Octets): SignedData | null {
  try {
    const info = readContentInfo(octets)
    return info?.contentType === oids.signedData ? new SignedData({ schema: info.content }) : null
  } catch {
    return null
  }
}

/** As the parameter smime-type says it (RFC 8551 section 3.2.2). */
export type SmimeType = 'signed-data' | 'enveloped-data' | 'certs-only'

/** What CMS octets hold, for those who write no smime-type; null for what is none of these. */
export function smimeTypeOf(octets: Octets): SmimeType | null {
  const type = readContentInfo(octets)?.contentType
  if (type === oids.envelopedData) return 'enveloped-data'
  const signed = type === oids.signedData ? readSignedData(octets) : null
  if (signed === null) return null
  return signed.signerInfos.length === 0 ? 'certs-only' : 'signed-data'
}

/** An octet string of CMS, whether in one piece or streamed in many. */
export const octetsIn = (value: asn1js.OctetString): Bytes => new Uint8Array(value.getValue())

/**
 * Is this the certificate that is meant? It is named by its issuer and serial number, or by the identifier of its key,
 * which is the extension's or else the SHA-1 of the key (RFC 5652 section 5.3, RFC 5280 section 4.2.1.2).
 */
export async function isMeant(certificate: Certificate, identifier: unknown): Promise<boolean> {
  if (identifier instanceof IssuerAndSerialNumber)
    return (
      certificate.serialNumber.isEqual(identifier.serialNumber) &&
      certificate.issuer.isEqual(identifier.issuer) === true
    )
  const wanted = keyIdentifier(identifier)
  if (wanted === null) return false
  const written = extensionOf(certificate, oids.subjectKeyIdentifier)?.parsedValue as unknown
  const own =
    written instanceof asn1js.OctetString
      ? written.valueBlock.valueHexView
      : new Uint8Array(await certificate.getKeyHash('SHA-1', engine))
  return bytesToHexText(own) === bytesToHexText(wanted)
}

function keyIdentifier(identifier: unknown): Uint8Array | null {
  if (identifier instanceof asn1js.OctetString || identifier instanceof asn1js.Primitive)
    return identifier.valueBlock.valueHexView
  const inner = identifier instanceof asn1js.Constructed ? identifier.valueBlock.value[0] : null
  return inner instanceof asn1js.OctetString ? inner.valueBlock.valueHexView : null
}
