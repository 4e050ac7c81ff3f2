/** Writes what a part says of itself: Content-Type, Content-Transfer-Encoding, Content-Disposition and their like. */
import { encodeBase64 } from '../../../bytes/base64.ts'
import { md5Hex } from '../../../bytes/hashes.ts'
import type { Octets } from '../../../bytes/octets.ts'
import type { Encoding } from './choose-encoding.ts'
import type { DraftDisposition, DraftParameters, PartLabels } from './draft.ts'
import { FieldLines } from './field-lines.ts'
import { writeField } from './fields.ts'
import { addParameter } from './parameters.ts'

export interface ContentLabels {
  type: string
  /** In front of those that the part itself asks for. */
  parameters: DraftParameters
  /** null where it need not be said: 7bit is what is meant then (RFC 2045 6.1). */
  encoding: Encoding | null
  /** The octets before they were encoded, for Content-MD5. */
  octets?: Octets
}

/** The Content- fields of a part, each with its CRLF. */
export function writeLabels(part: PartLabels, { type, parameters, encoding, octets }: ContentLabels): Octets {
  const text = (name: string, value: string | undefined): Octets =>
    value === undefined ? '' : writeField({ kind: 'text', name, text: value })
  return [
    parameterField('Content-Type', type, [...parameters, ...(part.parameters ?? [])]),
    text('Content-Transfer-Encoding', encoding ?? undefined),
    part.id === undefined ? '' : writeField({ kind: 'ids', name: 'Content-ID', ids: [part.id] }),
    text('Content-Description', part.description),
    part.disposition ? dispositionField(part.disposition) : '',
    text('Content-Location', part.location),
    text('Content-Language', part.language),
    part.md5 && octets !== undefined ? text('Content-MD5', md5Text(octets)) : '',
    ...(part.fields ?? []).map(writeField),
  ].join('')
}

/** A value with parameters; the first of two with one name counts. */
function parameterField(name: string, value: string, parameters: DraftParameters): Octets {
  const lines = new FieldLines(name)
  lines.add(value)
  const written = new Set<string>()
  for (const [attribute, text] of parameters) {
    const lowerName = attribute.toLowerCase()
    if (!/^[!#$&+.^_`{|}~0-9A-Za-z-]{1,40}$/.test(attribute) || written.has(lowerName)) continue
    written.add(lowerName)
    addParameter(lines, attribute, text)
  }
  return lines.end()
}

/** RFC 2183. */
function dispositionField(disposition: DraftDisposition): Octets {
  const { type, filename, creationDate, modificationDate, readDate, size } = disposition
  const given: (readonly [string, string | undefined])[] = [
    ['filename', filename],
    ['creation-date', creationDate],
    ['modification-date', modificationDate],
    ['read-date', readDate],
    ['size', size?.toString()],
  ]
  const parameters = given.filter((pair): pair is readonly [string, string] => pair[1] !== undefined)
  // What nobody knows is treated as an attachment (2.8).
  return parameterField('Content-Disposition', TOKEN.test(type) ? type : 'attachment', parameters)
}

export const TOKEN = /^[!#$%&'*+.^_`{|}~0-9A-Za-z-]+$/

/** RFC 1864: base64 of the 128 bits. */
function md5Text(octets: Octets): string {
  const pairs = md5Hex(octets).match(/../g) ?? []
  return encodeBase64(String.fromCharCode(...pairs.map((pair) => parseInt(pair, 16))))
}
