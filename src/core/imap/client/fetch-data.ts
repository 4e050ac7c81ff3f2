/** What a FETCH response says of a message (RFC 3501 7.4.2; RFC 3516 4.2, RFC 7162 7), read into plain data. */
import type { Octets } from '../../bytes/octets.ts'
import type { Envelope, EnvelopeAddresses } from '../../message/mime/envelope.ts'
import type { PartStructure, Structure, StructureParameters } from '../../message/mime/structure.ts'
import type { FetchData, FetchedSection } from './data.ts'
import type { Scanner } from './scanner.ts'

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

export function fetchData(scanner: Scanner): FetchData {
  const sections: FetchedSection[] = []
  const binarySizes: (readonly [Octets, number])[] = []
  const data: Writable<FetchData> = {
    ...{ uid: null, flags: null, modseq: null, internalDate: null, size: null, envelope: null, structure: null },
    ...{ sections, binarySizes },
  }
  scanner.list(() => {
    const name = scanner.itemName()
    const section = scanner.try('[') ? sectionName(scanner) : null
    const origin = section !== null && scanner.try('<') ? scanner.number() : null
    if (origin !== null) scanner.take('>')
    scanner.sp()
    if (section === null) simpleItem(scanner, name, data, sections)
    else if (name === 'BINARY.SIZE') binarySizes.push([section, scanner.number()])
    else if (name === 'BODY' || name === 'BINARY')
      sections.push({ item: name, section, origin, octets: scanner.nstring8() })
    else scanner.skip()
  })
  return data
}

function simpleItem(scanner: Scanner, name: string, data: Writable<FetchData>, sections: FetchedSection[]): void {
  const section = (named: Octets) =>
    sections.push({ item: 'BODY', section: named, origin: null, octets: scanner.nstring() })
  switch (name) {
    case 'FLAGS':
      data.flags = scanner.flags()
      break
    case 'UID':
      data.uid = scanner.number()
      break
    case 'INTERNALDATE':
      data.internalDate = scanner.nstring()
      break
    case 'RFC822.SIZE':
      data.size = scanner.number()
      break
    case 'MODSEQ':
      scanner.take('(')
      data.modseq = scanner.number()
      scanner.take(')')
      break
    case 'ENVELOPE':
      data.envelope = envelope(scanner)
      break
    case 'BODY':
    case 'BODYSTRUCTURE':
      data.structure = structure(scanner)
      break
    // RFC 3501 6.4.5: functionally the same as these sections.
    case 'RFC822':
      section('')
      break
    case 'RFC822.HEADER':
      section('HEADER')
      break
    case 'RFC822.TEXT':
      section('TEXT')
      break
    default:
      scanner.skip()
  }
}

/** Behind the `[`, with the `]`: `1.HEADER.FIELDS (FROM TO)` however the names were written. */
function sectionName(scanner: Scanner): Octets {
  const path = scanner.match(/[0-9A-Za-z.]+/y)?.toUpperCase() ?? ''
  const names = scanner.trySp() ? ` (${scanner.list(() => scanner.astring().toUpperCase()).join(' ')})` : ''
  scanner.take(']')
  return path + names
}

function envelope(scanner: Scanner): Envelope {
  scanner.take('(')
  const line = () => {
    const text = scanner.nstring()
    scanner.trySp()
    return text
  }
  const list = () => {
    const found = addresses(scanner)
    scanner.trySp()
    return found
  }
  const read: Envelope = {
    ...{ date: line(), subject: line(), from: list(), sender: list(), replyTo: list() },
    ...{ to: list(), cc: list(), bcc: list(), inReplyTo: line(), messageId: line() },
  }
  scanner.take(')')
  return read
}

function addresses(scanner: Scanner): EnvelopeAddresses {
  if (scanner.tryNil()) return null
  return scanner.list(() => {
    scanner.take('(')
    const [name = null, adl = null, mailbox = null, host = null] = [0, 1, 2, 3].map((place) => {
      if (place > 0) scanner.sp()
      return scanner.nstring()
    })
    scanner.take(')')
    return { name, adl, mailbox, host }
  })
}

function structure(scanner: Scanner): Structure {
  scanner.take('(')
  scanner.deeper()
  const read = scanner.next === '(' ? multipart(scanner) : part(scanner)
  // RFC 3501 7.4.2: a client must expect more extension data than it knows.
  while (scanner.trySp()) scanner.skip()
  scanner.take(')')
  scanner.higher()
  return read
}

function multipart(scanner: Scanner): Structure {
  const parts: Structure[] = []
  while (scanner.next === '(') {
    parts.push(structure(scanner))
    scanner.trySp()
  }
  const subtype = scanner.string('a subtype').toUpperCase()
  const list = scanner.trySp() ? parameters(scanner) : []
  return { kind: 'multipart', subtype, parts, parameters: list, ...extension(scanner) }
}

function part(scanner: Scanner): PartStructure {
  const field = () => {
    scanner.sp()
    return scanner.nstring()
  }
  const type = scanner.string('a media type').toUpperCase()
  const subtype = (field() ?? '').toUpperCase()
  scanner.sp()
  const list = parameters(scanner)
  const [id, description, encoding] = [field(), field(), (field() ?? '').toUpperCase()]
  scanner.sp()
  const size = scanner.number('a size')
  // A message/rfc822 that a server could not read comes without these three.
  const message = type === 'MESSAGE' && scanner.text.startsWith(' (', scanner.at) ? messageIn(scanner) : null
  let lines: number | null = null
  if (message || type === 'TEXT') {
    scanner.sp()
    lines = scanner.number('a number of lines')
  }
  const md5 = scanner.trySp() ? scanner.nstring() : null
  return {
    ...{ kind: 'part', type, subtype, parameters: list, id, description, encoding, size, lines, message, md5 },
    ...extension(scanner),
  }
}

function messageIn(scanner: Scanner): { envelope: Envelope; structure: Structure } {
  scanner.sp()
  const first = envelope(scanner)
  scanner.sp()
  return { envelope: first, structure: structure(scanner) }
}

/** Disposition, languages and location; each only where the ones before it are there. */
function extension(scanner: Scanner): Pick<PartStructure, 'disposition' | 'languages' | 'location'> {
  const disposition = scanner.trySp() ? dispositionOf(scanner) : null
  const languages = scanner.trySp() ? languagesOf(scanner) : []
  const location = scanner.trySp() ? scanner.nstring() : null
  return { disposition, languages, location }
}

function dispositionOf(scanner: Scanner): PartStructure['disposition'] {
  if (scanner.tryNil()) return null
  scanner.take('(')
  const type = scanner.string('a disposition').toUpperCase()
  const list = scanner.trySp() ? parameters(scanner) : []
  scanner.take(')')
  return { type, parameters: list }
}

function languagesOf(scanner: Scanner): Octets[] {
  if (scanner.next === '(') return scanner.list(() => scanner.astring())
  const language = scanner.nstring()
  return language === null ? [] : [language]
}

function parameters(scanner: Scanner): StructureParameters {
  if (scanner.tryNil()) return []
  return scanner.list((): readonly [Octets, Octets] => {
    const name = scanner.string('a parameter')
    scanner.sp()
    return [name, scanner.nstring() ?? '']
  })
}
