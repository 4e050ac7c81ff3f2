/**
 * All that is wrong with a message: what the parser met, what its fields lack or say badly, what its bodies hold that they
 * should not. A message within the message is looked at like the message itself, but that it needs less (RFC 2046 5.2.1).
 */
import { knowsCharset, type MoreCharsets } from '../../bytes/charsets.ts'
import type { Octets } from '../../bytes/octets.ts'
import { readAddressList } from '../address-list.ts'
import { parameter, readDisposition, readMimeVersion } from '../content-fields.ts'
import { fieldRow } from '../field-table.ts'
import { readMessageIds } from '../message-ids.ts'
import type { Place } from '../place.ts'
import { collector, type Problem, type ProblemKey, type Report } from '../problems.ts'
import { readDate } from '../read-date.ts'
import { encapsulatedTroubles, headerTroubles, repeatedFields } from '../section.ts'
import { readWords } from '../words.ts'
import { bodyTroubles } from './body-troubles.ts'
import { allParts, isMessage, type MessageTree, type Part } from './part.ts'

export function messageTroubles(
  tree: MessageTree,
  decoded: (part: Part) => Octets | null,
  more?: MoreCharsets,
): readonly Problem[] {
  const { report: keep, found } = collector()
  const { source } = tree.root
  // The readers of fields know the charsets of the core; whoever runs it may know more.
  const report: Report = (key, from, to) => {
    if (key !== 'word-charset-unknown' || !knowsCharset(source.slice(from, to), more)) keep(key, from, to)
  }
  for (const { key, from, to } of tree.problems) report(key, from, to)
  for (const part of allParts(tree.root)) {
    if (part.parent === null || isMessage(part.parent)) messageHeaderTroubles(part, report)
    else repeatedFields(part.fields, report)
    for (const { lowerName, value } of part.fields) fieldTroubles(part.source, lowerName, value, report, more)
    typeTroubles(part, report)
    encodingTroubles(part, report)
    if (part.children.length === 0 && !part.multipart) bodyTroubles(part, decoded(part), report, more)
  }
  return found.sort((one, other) => one.from - other.from || one.to - other.to)
}

function messageHeaderTroubles(message: Part, report: Report): void {
  if (message.parent === null) headerTroubles(message.fields, report)
  else encapsulatedTroubles(message.fields, message.header.from, report)
  const mime = message.fields.find(
    ({ lowerName }) => lowerName.startsWith('content-') && lowerName !== 'content-length',
  )
  if (mime && !message.field('mime-version')) report('mime-version-missing', mime.from, mime.to)
}

/** The fields that have a grammar. What a part is (Content-Type, its encoding) the parser has read already. */
function fieldTroubles(source: Octets, lowerName: string, value: Place, report: Report, more?: MoreCharsets): void {
  switch (fieldRow(lowerName).structure) {
    case 'addresses':
      readAddressList(source, value, report)
      break
    case 'date':
      readDate(source, value, report)
      break
    case 'ids':
      readMessageIds(source, value, report)
      break
    case 'words':
      readWords(source, value, report, 'text', more)
      break
    case 'disposition':
      readDisposition(source, value, report)
      break
    case 'version':
      readMimeVersion(source, value, report)
      break
    default:
  }
}

/** The parameters without which a type makes no sense; of multiparts the parser misses the boundary. */
const REQUIRED: Readonly<Record<string, readonly (readonly [parameter: string, key: ProblemKey])[]>> = {
  'multipart/signed': [
    ['protocol', 'protocol-missing'],
    ['micalg', 'micalg-missing'],
  ],
  'multipart/encrypted': [['protocol', 'protocol-missing']],
  'multipart/related': [['type', 'related-type-missing']],
  'multipart/report': [['report-type', 'report-type-missing']],
  'message/external-body': [['access-type', 'access-type-missing']],
  'message/partial': [
    ['number', 'partial-number-missing'],
    ['id', 'partial-id-missing'],
  ],
}

function typeTroubles(part: Part, report: Report): void {
  const field = part.field('content-type')
  if (!field || !part.contentType) return
  for (const [name, key] of REQUIRED[`${part.type}/${part.subtype}`] ?? []) {
    if (!parameter(part.contentType, name)) report(key, field.from, field.to)
  }
}

const WIDTHS = ['7bit', '8bit', 'binary']

/** RFC 2045 6.4: what holds a part of eight bits is of eight bits too. */
function encodingTroubles(part: Part, report: Report): void {
  if (!part.parent || WIDTHS.indexOf(part.encoding) <= WIDTHS.indexOf(part.parent.encoding)) return
  const { from, to } = part.field('content-transfer-encoding')!
  report('encoding-understated', from, to)
}
