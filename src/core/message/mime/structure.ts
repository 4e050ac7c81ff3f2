/**
 * BODY and BODYSTRUCTURE of IMAP (RFC 3501 7.4.2) as data: what parts a message has, without reading one. How that is put
 * in parentheses is IMAP's business; BODY is the same without the extension data.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Parameter } from '../content-fields.ts'
import { type Envelope, envelope } from './envelope.ts'
import { isMessage, type Part } from './part.ts'

/** Names and values as they are written. */
export type StructureParameters = readonly (readonly [name: Octets, value: Octets])[]

/** Extension data that every part has. */
interface Extension {
  readonly disposition: { readonly type: Octets; readonly parameters: StructureParameters } | null
  readonly languages: readonly Octets[]
  readonly location: Octets | null
}

export interface MultipartStructure extends Extension {
  readonly kind: 'multipart'
  readonly subtype: Octets
  readonly parts: readonly Structure[]
  /** Extension data too. */
  readonly parameters: StructureParameters
}

export interface PartStructure extends Extension {
  readonly kind: 'part'
  readonly type: Octets
  readonly subtype: Octets
  readonly parameters: StructureParameters
  readonly id: Octets | null
  readonly description: Octets | null
  readonly encoding: Octets
  readonly size: number
  /** Of text and of messages, in their encoded form; null for any other part. */
  readonly lines: number | null
  /** The message in a message/rfc822. */
  readonly message: { readonly envelope: Envelope; readonly structure: Structure } | null
  /** Extension data. */
  readonly md5: Octets | null
}

export type Structure = MultipartStructure | PartStructure

export function structure(part: Part): Structure {
  const extension: Extension = {
    disposition: part.disposition && {
      type: part.disposition.kind.toUpperCase(),
      parameters: structureParameters(part.source, part.disposition.parameters),
    },
    languages: part.languages,
    location: part.location,
  }
  const parameters = part.contentType ? structureParameters(part.source, part.contentType.parameters) : []
  if (part.multipart) {
    const parts = part.children.length > 0 ? part.children.map(structure) : [NOTHING]
    return { kind: 'multipart', subtype: part.subtype.toUpperCase(), parts, parameters, ...extension }
  }
  return {
    kind: 'part',
    type: part.type.toUpperCase(),
    subtype: part.subtype.toUpperCase(),
    parameters: part.contentType || part.type !== 'text' ? parameters : US_ASCII,
    id: part.id,
    description: part.description,
    encoding: part.encoding.toUpperCase(),
    size: part.size,
    lines: part.type === 'text' || isMessage(part) ? part.lines : null,
    message: isMessage(part) ? messageStructure(part.children[0]) : null,
    md5: part.md5,
    ...extension,
  }
}

/** A message that stays closed still has to be called one, and a message has an envelope. */
const messageStructure = (message: Part | undefined) =>
  message
    ? { envelope: envelope(message), structure: structure(message) }
    : { envelope: EMPTY_ENVELOPE, structure: NOTHING }

/** What the default type says (RFC 2045 5.2). */
const US_ASCII: StructureParameters = [['CHARSET', 'US-ASCII']]

/** IMAP has no multipart without a part: where no delimiter was found, an empty text stands for it. */
const NOTHING: PartStructure = {
  ...{ kind: 'part', type: 'TEXT', subtype: 'PLAIN', parameters: US_ASCII, id: null, description: null },
  ...{
    encoding: '7BIT',
    size: 0,
    lines: 0,
    message: null,
    md5: null,
    disposition: null,
    languages: [],
    location: null,
  },
}

const EMPTY_ENVELOPE: Envelope = {
  ...{ date: null, subject: null, from: null, sender: null, replyTo: null, to: null, cc: null, bcc: null },
  ...{ inReplyTo: null, messageId: null },
}

/**
 * RFC 2231 6: values in pieces are put together; what is in a charset stays so, as `name*`, for the client to decode.
 */
function structureParameters(source: Octets, parameters: readonly Parameter[]): StructureParameters {
  return parameters.map(({ value, charset, language, segments }) => {
    const { from, to } = segments[0]!.attribute
    const name = source.slice(from, to).replace(/\*.*$/, '')
    if (!segments.some(({ extended }) => extended)) return [name, value]
    return [`${name}*`, `${charset ?? ''}'${language ?? ''}'${value.replace(NO_ATTRIBUTE_CHARACTER, percent)}`]
  })
}

/** RFC 2231 7. */
const NO_ATTRIBUTE_CHARACTER = /[^\w!#$&+\-.^`{|}~]/g

const percent = (octet: string) => `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
