/**
 * BODY and BODYSTRUCTURE in parentheses (RFC 3501 7.4.2, 9 `body`). `extended` adds the extension data: all of it, for what
 * comes later may not be told without what comes first.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { MultipartStructure, PartStructure, Structure, StructureParameters } from '../../message/mime/structure.ts'
import { headerString, writeEnvelope } from './envelope.ts'

export interface StructureForm {
  extended: boolean
  /** UTF8=ACCEPT or IMAP4rev2: quoted UTF-8, and message/global is a message as message/rfc822 is (RFC 9051 9). */
  utf8: boolean
}

/** In one piece: it is kept. */
export const writeStructure = (structure: Structure, form: StructureForm): Octets =>
  [body(structure, form), ''].join('')

const body = (structure: Structure, form: StructureForm): Octets =>
  structure.kind === 'multipart' ? multipart(structure, form) : part(structure, form)

function multipart({ parts, subtype, parameters, ...rest }: MultipartStructure, form: StructureForm): Octets {
  const inner = parts.map((each) => body(each, form)).join('')
  const extension = form.extended ? ` ${parameterList(parameters, form)} ${common(rest, form)}` : ''
  return `(${inner} ${headerString(subtype, form.utf8)}${extension})`
}

function part(structure: PartStructure, form: StructureForm): Octets {
  const text = (octets: Octets | null) => headerString(octets, form.utf8)
  const { type, subtype, parameters, id, description, encoding, size, lines } = structure
  const message = subtype === 'GLOBAL' && !form.utf8 ? null : structure.message
  let written = `(${text(type)} ${text(subtype)} ${parameterList(parameters, form)} `
  written += `${text(id)} ${text(description)} ${text(encoding)} ${size}`
  if (message) written += ` ${writeEnvelope(message.envelope, form.utf8)} ${body(message.structure, form)}`
  if (lines !== null && (message || type === 'TEXT')) written += ` ${lines}`
  if (form.extended) written += ` ${text(structure.md5)} ${common(structure, form)}`
  return `${written})`
}

/** Disposition, languages, location. */
function common(
  { disposition, languages, location }: Pick<Structure, 'disposition' | 'languages' | 'location'>,
  form: StructureForm,
): Octets {
  const text = (octets: Octets | null) => headerString(octets, form.utf8)
  const written = disposition ? `(${text(disposition.type)} ${parameterList(disposition.parameters, form)})` : 'NIL'
  const spoken = languages.length === 0 ? 'NIL' : `(${languages.map(text).join(' ')})`
  return `${written} ${spoken} ${text(location)}`
}

function parameterList(parameters: StructureParameters, { utf8 }: StructureForm): Octets {
  if (parameters.length === 0) return 'NIL'
  return `(${parameters.map(([name, value]) => `${headerString(name, utf8)} ${headerString(value, utf8)}`).join(' ')})`
}
