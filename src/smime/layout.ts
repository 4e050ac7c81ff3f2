/**
 * How a protected part is laid out (RFC 1847, RFC 8551 section 3; for PGP, RFC 3156): which form it has, and whether it
 * has all that its form demands. PGP is only recognised by its layout; nothing here opens or verifies it.
 */
import { decodedOctets } from '../core/message/mime/decoded.ts'
import type { Part } from '../core/message/mime/part.ts'
import { type SmimeType, smimeTypeOf } from './cms.ts'

export type LayoutTrouble =
  | 'no-boundary'
  | 'no-protocol'
  | 'no-micalg'
  /** RFC 1847: what is signed and the signature, or what is needed to decrypt and what is encrypted; no more, no less. */
  | 'not-two-parts'
  /** The type of the second part (signed) or of the first (encrypted) is not the protocol. */
  | 'not-the-protocol'
  /** RFC 3156 section 4: what is encrypted is application/octet-stream. */
  | 'not-octet-stream'
  /** RFC 3156 section 4: the first part says `Version: 1`. */
  | 'no-version'
  /** A transfer encoding that nobody knows, or octets that are no CMS. */
  | 'unreadable'

export type Form =
  /** multipart/signed with a signature by S/MIME beside the text. */
  | 'smime-signed'
  /** application/pkcs7-mime: signed in one piece, encrypted, or only certificates. */
  | 'smime-signed-data'
  | 'smime-enveloped-data'
  | 'smime-certs-only'
  | 'pgp-signed'
  | 'pgp-encrypted'
  /** multipart/signed or multipart/encrypted by another protocol, or application/pkcs7-mime with something else. */
  | 'unknown'

export interface Layout {
  form: Form
  /** The parameters of multipart/signed and multipart/encrypted; null where they are not there. */
  protocol: string | null
  micalg: string | null
  troubles: LayoutTrouble[]
}

const SMIME_SIGNATURE = /^application\/(x-)?pkcs7-signature$/
const PGP_SIGNATURE = 'application/pgp-signature'
const PGP_ENCRYPTED = 'application/pgp-encrypted'

/** Null for a part that is not protected. */
export function layoutOf(part: Part): Layout | null {
  const type = typeOf(part)
  if (type === 'multipart/signed') return signedLayout(part)
  if (type === 'multipart/encrypted') return encryptedLayout(part)
  if (type === 'application/pkcs7-mime' || type === 'application/x-pkcs7-mime') return wrappedLayout(part)
  return null
}

const typeOf = ({ type, subtype }: Part): string => `${type}/${subtype}`

function signedLayout(part: Part): Layout {
  const { protocol, troubles } = multipartLayout(part)
  const micalg = part.parameter('micalg')?.toLowerCase() ?? null
  if (micalg === null) troubles.push('no-micalg')
  const signature = part.children[1]
  // Without the parameter, the type of the signature says what it is.
  const meant = protocol ?? (signature ? typeOf(signature) : '')
  const isSmime = SMIME_SIGNATURE.test(meant)
  // Old programs write x-pkcs7-signature in one of the two places.
  const fits = signature && (isSmime ? SMIME_SIGNATURE.test(typeOf(signature)) : typeOf(signature) === meant)
  if (signature && !fits) troubles.push('not-the-protocol')
  return {
    form: isSmime ? 'smime-signed' : meant === PGP_SIGNATURE ? 'pgp-signed' : 'unknown',
    protocol,
    micalg,
    troubles,
  }
}

function encryptedLayout(part: Part): Layout {
  const { protocol, troubles } = multipartLayout(part)
  const [control, encrypted] = part.children
  const meant = protocol ?? (control ? typeOf(control) : '')
  if (control && typeOf(control) !== meant) troubles.push('not-the-protocol')
  if (meant !== PGP_ENCRYPTED) return { form: 'unknown', protocol, micalg: null, troubles }
  if (control && !/^[ \t]*Version:[ \t]*1[ \t]*(\r\n|$)/im.test(decodedOctets(control) ?? ''))
    troubles.push('no-version')
  if (encrypted && typeOf(encrypted) !== 'application/octet-stream') troubles.push('not-octet-stream')
  return { form: 'pgp-encrypted', protocol, micalg: null, troubles }
}

/** What RFC 1847 asks of both: the parameters boundary and protocol, and two parts. */
function multipartLayout(part: Part): { protocol: string | null; troubles: LayoutTrouble[] } {
  const protocol = part.parameter('protocol')?.toLowerCase() ?? null
  const troubles: LayoutTrouble[] = []
  if (part.parameter('boundary') === null) troubles.push('no-boundary')
  if (protocol === null) troubles.push('no-protocol')
  if (part.children.length !== 2) troubles.push('not-two-parts')
  return { protocol, troubles }
}

const FORMS: Readonly<Record<SmimeType, Form>> = {
  'signed-data': 'smime-signed-data',
  'enveloped-data': 'smime-enveloped-data',
  'certs-only': 'smime-certs-only',
}

/** What is inside counts; the parameter smime-type only says so where the inside cannot be read. */
function wrappedLayout(part: Part): Layout {
  const octets = decodedOctets(part)
  const inside = octets === null ? null : smimeTypeOf(octets)
  const said = part.parameter('smime-type')?.toLowerCase() ?? ''
  const form = inside ? FORMS[inside] : Object.hasOwn(FORMS, said) ? FORMS[said as SmimeType] : 'unknown'
  return { form, protocol: null, micalg: null, troubles: inside === null ? ['unreadable'] : [] }
}
