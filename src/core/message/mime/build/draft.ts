/**
 * What a message shall hold before it is a message: header fields and a tree of parts, as plain data. The composer's
 * dialog fills one in, programs (bounces, the course's examples) write theirs down, and `compose` makes octets of it.
 *
 * Text is text here (any character); only `Octets` are octets. Encodings, boundaries and folding are the composer's.
 */
import type { Octets } from '../../../bytes/octets.ts'
import type { Encoding, Way } from './choose-encoding.ts'
import type { WordOptions } from './encoded-words.ts'
import type { DeliveryStatus } from '../kinds/delivery-status.ts'
import type { ExternalAccess } from '../kinds/external-body.ts'

/** The core has neither clock nor chance: what must differ from everything else comes from outside. */
export interface Unique {
  /** A word for a boundary, another one each time: RFC 2046 5.1.1's characters, at most 60 of them. */
  boundary(): string
  /** A new Message-ID or Content-ID, with its angle brackets. */
  messageId(): string
}

export interface DraftMailbox {
  /** The display name, any characters; '' for none. */
  name: string
  address: string
  /** Stands in parentheses behind the address. */
  comment?: string
}

export interface DraftGroup {
  group: string
  members: readonly DraftMailbox[]
}

/** A header field by how its value is written. Its name is written as it is given. */
export type DraftField =
  /** Unstructured (Subject, Organization, Comments, X-...): encoded words where it is not ASCII. */
  | { kind: 'text'; name: string; text: string; words?: WordOptions }
  /** From, To, Cc, Bcc, Reply-To, Sender ... */
  | { kind: 'addresses'; name: string; addresses: readonly (DraftMailbox | DraftGroup)[]; words?: WordOptions }
  /** Message-ID, In-Reply-To, References: with their angle brackets. */
  | { kind: 'ids'; name: string; ids: readonly string[] }
  /** As it stands (Date, Received, what was read from another message); only folded. */
  | { kind: 'raw'; name: string; value: Octets }

export interface Draft {
  header: readonly DraftField[]
  content: DraftPart
  /** Bcc is for the envelope and for one's own copy: it is left out unless this says otherwise (RFC 5322 3.6.3). */
  keepBcc?: boolean
  /** What the way to the recipients carries; '7bit', which all relays do, where nothing is said. */
  way?: Way
}

/** Parameters in the order in which they are written. */
export type DraftParameters = readonly (readonly [name: string, value: string])[]

/** RFC 2183. Dates as `mailDate` writes them. */
export interface DraftDisposition {
  /** 'inline', 'attachment', or a word of one's own. */
  type: string
  filename?: string
  creationDate?: string
  modificationDate?: string
  readDate?: string
  size?: number
}

/** What any part may say of itself. */
export interface PartLabels {
  disposition?: DraftDisposition
  /** Content-Description. */
  description?: string
  /** Content-ID, with its angle brackets. */
  id?: string
  /** Content-Location (RFC 2557). */
  location?: string
  /** Content-Language (RFC 3282): `fr`, `en, fr`. */
  language?: string
  /** Content-MD5 (RFC 1864), over the octets before they are encoded. */
  md5?: boolean
  /** More parameters of Content-Type. */
  parameters?: DraftParameters
  /** More fields. */
  fields?: readonly DraftField[]
}

export interface TextPart extends PartLabels {
  kind: 'text'
  /** 'plain', 'html', 'enriched', 'richtext', 'x-...'. */
  subtype: string
  /** Any line ends; they become CRLF (RFC 2046 4.1.1). */
  text: string
  /** The smallest one that has all the characters, where nothing is said or the given one lacks some. */
  charset?: string
  /** RFC 3676: long paragraphs are broken by soft line ends, `delSp` for scripts without blanks. Only for text/plain. */
  flowed?: { delSp: boolean }
  /** A wish: kept where the content and the way allow it. */
  encoding?: Encoding
}

export interface OctetsPart extends PartLabels {
  kind: 'octets'
  /** `image/gif`, `application/octet-stream`, `x-company/x-thing` ... */
  type: string
  octets: Octets
  /** Content-Type's name parameter, for readers that know no Content-Disposition. */
  name?: string
  encoding?: Encoding
}

/** message/rfc822: a message inside; one that is there already stays as it is, octet by octet. */
export interface MessagePart extends PartLabels {
  kind: 'message'
  message: Draft | Octets
}

/** message/partial (RFC 2046 5.2.2): one piece of a message. */
export interface PartialPart extends PartLabels {
  kind: 'partial'
  id: string
  number: number
  /** Required in the last piece. */
  total?: number
  octets: Octets
}

/** message/external-body (RFC 2046 5.2.3, RFC 2017): the content lies elsewhere. */
export interface ExternalPart extends PartLabels {
  kind: 'external-body'
  access: ExternalAccess
  /** The header of what lies there: its Content-Type, Content-ID (required), encoding ... */
  phantom: readonly DraftField[]
  /** The phantom body: the letter to a mail-server; nobody reads it otherwise. */
  body?: string
}

/** message/delivery-status (RFC 3464). */
export interface DeliveryStatusPart extends PartLabels {
  kind: 'delivery-status'
  status: DeliveryStatus
}

/** An entity that is written already, header and body: it is put in as it stands. */
export interface PreparedPart {
  kind: 'prepared'
  entity: Octets
}

export interface MultipartPart extends PartLabels {
  kind: 'multipart'
  /** 'mixed', 'alternative', 'digest', 'parallel', 'x-...'. */
  subtype: string
  parts: readonly DraftPart[]
  preamble?: string
  epilogue?: string
  /** Taken as it is where it is allowed and clashes with nothing. */
  boundary?: string
}

/** multipart/related (RFC 2387): the root stands first, or is named by `start`. */
export interface RelatedPart extends Omit<MultipartPart, 'kind' | 'subtype'> {
  kind: 'related'
  /** The type of the root part; read from it where it is left out. */
  type?: string
  /** The Content-ID of the root, with its angle brackets. */
  start?: string
  startInfo?: string
}

/** multipart/report (RFC 6522): a text for people, one for programs, and what it is about. */
export interface ReportPart extends Omit<MultipartPart, 'kind' | 'subtype'> {
  kind: 'report'
  reportType: string
}

/**
 * multipart/signed (RFC 1847 2.1). The content is octets where it has been signed: not one of them may change any more.
 * `signable` writes those octets.
 */
export interface SignedPart extends Omit<MultipartPart, 'kind' | 'subtype' | 'parts'> {
  kind: 'signed'
  protocol: string
  micalg: string
  content: DraftPart
  signature: DraftPart
}

/** multipart/encrypted (RFC 1847 2.2): what one needs to decrypt, and application/octet-stream. */
export interface EncryptedPart extends Omit<MultipartPart, 'kind' | 'subtype' | 'parts'> {
  kind: 'encrypted'
  protocol: string
  control: DraftPart
  octets: Octets
}

export type AnyMultipart = MultipartPart | RelatedPart | ReportPart | SignedPart | EncryptedPart

export type DraftPart =
  TextPart | OctetsPart | MessagePart | PartialPart | ExternalPart | DeliveryStatusPart | PreparedPart | AnyMultipart
