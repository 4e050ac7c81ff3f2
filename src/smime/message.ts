/**
 * The signature and the secret of a part in a message: where the octets lie that were signed, and those that were
 * encrypted. What was signed is the first part as it stands, its header included, without the CRLF before the delimiter,
 * which belongs to the delimiter (RFC 1847 section 2.1, RFC 2046 section 5.1.1).
 */
import { Certificate } from 'pkijs'
import { mailboxesOf, readAddressList } from '../core/message/address-list.ts'
import { decodedOctets } from '../core/message/mime/decoded.ts'
import { isMessage, type Part } from '../core/message/mime/part.ts'
import { silent } from '../core/message/problems.ts'
import type { Identity } from './authority.ts'
import { type CertificateInfo, describeCertificate } from './certificate.ts'
import { readSignedData } from './cms.ts'
import { type Decrypted, decrypt, type DecryptError } from './decrypt.ts'
import { layoutOf, type Layout } from './layout.ts'
import { type Verification, verify, type VerifyOptions } from './verify.ts'

export interface MessageVerification extends Verification {
  layout: Layout
}

/**
 * Null for a part that carries no signature by S/MIME. Whose letter it is, is asked of the From field of the message that
 * the part stands in, unless `from` says it.
 */
export async function verifyPart(
  part: Part,
  { authorities, at, from }: Pick<VerifyOptions, 'authorities' | 'at'> & Partial<Pick<VerifyOptions, 'from'>>,
): Promise<MessageVerification | null> {
  const layout = layoutOf(part)
  const [signed, beside] = part.children
  let entity: string | null = null
  let signature: string | null
  if (layout?.form === 'smime-signed') {
    entity = signed ? part.source.slice(signed.place.from, signed.place.to) : ''
    signature = beside ? decodedOctets(beside) : null
  } else if (layout?.form === 'smime-signed-data') signature = decodedOctets(part)
  else return null
  const senders = from ?? sendersOf(part)
  return { ...(await verify({ entity, signature: signature ?? '', authorities, from: senders, at })), layout }
}

/** Opens a part that is encrypted by S/MIME; null for one that is not. */
export async function decryptPart(part: Part, identity: Identity): Promise<Decrypted | { error: DecryptError } | null> {
  if (layoutOf(part)?.form !== 'smime-enveloped-data') return null
  return decrypt(decodedOctets(part) ?? '', identity)
}

/** The certificates that a part of type application/pkcs7-mime brings, signed or certs-only (RFC 8551 section 3.8). */
export function certificatesIn(part: Part): CertificateInfo[] {
  const certificates = readSignedData(decodedOctets(part) ?? '')?.certificates ?? []
  return certificates.flatMap((one) => (one instanceof Certificate ? (describeCertificate(one) ?? []) : []))
}

/** All addresses in the From field, or fields, of the message that a part stands in. */
export function sendersOf(part: Part): string[] {
  let message = part
  while (message.parent !== null && !isMessage(message.parent)) message = message.parent
  return message.fields
    .filter(({ lowerName }) => lowerName === 'from')
    .flatMap(({ value }) => mailboxesOf(readAddressList(part.source, value, silent)))
    .map(({ local, domain }) => (domain === null ? local : `${local}@${domain}`))
}
