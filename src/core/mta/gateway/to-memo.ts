/** A message as a memo: what a gateway hands to a host of the X.400 world. */
import { encodeBase64Lines } from '../../bytes/base64-lines.ts'
import type { Octets } from '../../bytes/octets.ts'
import { utf8Octets } from '../../bytes/utf8.ts'
import { addresses } from '../../message/address.ts'
import { crlfLines } from '../../message/build.ts'
import { headerFields, type Field } from '../../message/fields.ts'
import { readMessageIds } from '../../message/message-ids.ts'
import { decodedOctets, partText } from '../../message/mime/decoded.ts'
import { safeFileName } from '../../message/mime/file-name.ts'
import { parseMessage } from '../../message/mime/parse.ts'
import type { Part } from '../../message/mime/part.ts'
import { silent } from '../../message/problems.ts'
import { decodeWords } from '../../message/words.ts'
import {
  AUTHORS,
  headingRows,
  isLabel,
  isOfGateway,
  isTrace,
  NOWHERE,
  SENDER,
  traceOf,
  type HeadingRow,
} from './heading.ts'
import { LONGEST, writeMemo, type BodyPart, type Line } from './memo.ts'
import { orAddress, type OrTable } from './or-address.ts'
import { printable } from './printable.ts'
import { utcTime } from './time.ts'

/** Messages within messages: what lies deeper is a file. */
const DEEPEST = 8

export function toMemo(content: Octets, table: OrTable): Octets {
  return traceOf(content) + memoOf(content, table, 0)
}

function memoOf(content: Octets, table: OrTable, depth: number): Octets {
  return writeMemo({ heading: heading(headerFields(content), table), parts: bodyParts(content, table, depth) })
}

function heading(fields: readonly Field[], table: OrTable): Line[] {
  const withSender = fields.some(({ name }) => name.toLowerCase() === 'sender')
  const rows = withSender ? [SENDER, AUTHORS, ...headingRows.filter(({ field }) => field !== 'From')] : headingRows
  const lines: Line[] = []
  for (const row of rows) {
    for (const { value } of fields.filter(({ name }) => name.toLowerCase() === row.field.toLowerCase()))
      for (const line of converted(value, row, table)) lines.push([row.memo, line])
  }
  // A memo without a name is none.
  if (!lines.some(([name]) => name === 'This-IPM')) lines.unshift(['This-IPM', '*'])
  const known = new Set(rows.map(({ field }) => field.toLowerCase()))
  for (const { name, value } of fields) {
    if (known.has(name.toLowerCase()) || isTrace(name) || isLabel(name) || isOfGateway(name)) continue
    lines.push(['Heading-Extension', `${name}: ${value}`])
  }
  return lines
}

function converted(value: Octets, { as }: HeadingRow, table: OrTable): Octets[] {
  switch (as) {
    case 'people':
      return addresses(value).map(({ name, address }) => {
        const free = utf8Octets(decodeWords(name))
        return orAddress(address, table) + (free === '' ? '' : ` (${free})`)
      })
    case 'ids':
      // RFC 2156 2.3.1.2: an identifier without a user, which an asterisk shows.
      return readMessageIds(value, { from: 0, to: value.length }, silent).map(({ id }) =>
        id.endsWith(`*${NOWHERE}`) ? id.slice(0, -NOWHERE.length) : `${printable(id)}*`,
      )
    case 'date': {
      const time = utcTime(value)
      return time === null ? [] : [time]
    }
    case 'text':
      return [utf8Octets(decodeWords(value))]
    case 'word':
      return [value.trim().toLowerCase()]
  }
}

function bodyParts(content: Octets, table: OrTable, depth: number): BodyPart[] {
  return leaves(parseMessage(content).root).map((part) => bodyPart(part, table, depth))
}

/** X.400 has neither nesting nor choice: what stands beside each other follows, and of alternatives the plainest is taken. */
function leaves(part: Part): readonly Part[] {
  if (part.type !== 'multipart' || part.children.length === 0) return [part]
  const plain =
    part.subtype === 'alternative' && part.children.find(({ subtype, type }) => `${type}/${subtype}` === 'text/plain')
  return plain ? [plain] : part.children.flatMap((child) => leaves(child))
}

function bodyPart(part: Part, table: OrTable, depth: number): BodyPart {
  const octets = decodedOctets(part) ?? part.source.slice(part.body.from, part.body.to)
  const type = `${part.type}/${part.subtype}`
  if (type === 'message/rfc822' && depth < DEEPEST)
    return { kind: 'forwarded-message', about: [], lines: memoOf(octets, table, depth + 1) }
  const name = safeFileName(part)
  if (type === 'text/plain' && name === null) {
    const text = ended(crlfLines(utf8Octets(partText(part, octets))))
    if (fitsLines(text)) return { kind: /[\x80-\xff]/.test(text) ? 'general-text' : 'ia5-text', about: [], lines: text }
  }
  return { kind: 'file-transfer', about: fileLabels(part, name), lines: ended(encodeBase64Lines(octets)) }
}

const fileLabels = (part: Part, name: string | null): Line[] => {
  const charset = part.type === 'text' ? part.parameter('charset') : null
  return [
    ...(name === null ? [] : [['Pathname', utf8Octets(name)] as const]),
    ['Contents-Type', `${part.type}/${part.subtype}${charset ? `; charset=${charset}` : ''}`],
  ]
}

const ended = (lines: Octets): Octets => (lines === '' || lines.endsWith('\r\n') ? lines : `${lines}\r\n`)

function fitsLines(text: Octets): boolean {
  return !text.includes('\0') && text.split('\r\n').every((line) => line.length <= LONGEST)
}
