/** A memo as a message of RFC 5322 and MIME: what a gateway makes of mail that comes from the X.400 world. */
import { decodeBase64Lines } from '../../bytes/base64-lines.ts'
import type { Octets } from '../../bytes/octets.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import { bodyAt } from '../../message/fields.ts'
import { compose } from '../../message/mime/build/compose.ts'
import type { DraftField, DraftMailbox, DraftPart, Unique } from '../../message/mime/build/draft.ts'
import { decodedOctets } from '../../message/mime/decoded.ts'
import { parseMessage } from '../../message/mime/parse.ts'
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
import { isMemo, readMemo, type BodyPart, type Line, type Memo } from './memo.ts'
import { addressEnd, mailAddress, type OrTable } from './or-address.ts'
import { unprintable } from './printable.ts'
import { dateOf } from './time.ts'

/** `host` is the gateway's: people whom no table knows live there, under all their attributes (RFC 2156 4.3). */
export interface Gateway {
  host: string
  table: OrTable
  unique: Unique
}

const DEEPEST = 8

export function fromMemo(content: Octets, gateway: Gateway): Octets {
  // A relay of seven bits may have encoded it on the way, as it does with any content.
  const body = decodedOctets(parseMessage(content).root) ?? content.slice(bodyAt(content))
  return traceOf(content) + message(readMemo(content.slice(0, bodyAt(content)), body), gateway, 0)
}

function message(memo: Memo, gateway: Gateway, depth: number): Octets {
  const parts = memo.parts.map((part) => draftPart(part, gateway, depth))
  const [only = text('')] = parts
  const content: DraftPart = parts.length > 1 ? { kind: 'multipart', subtype: 'mixed', parts } : only
  const header = [...fields(memo.heading, gateway), ...ofX400(memo.heading)]
  return compose({ header, content, way: '7bit', keepBcc: true }, gateway.unique)
}

function fields(heading: readonly Line[], gateway: Gateway): DraftField[] {
  const values = (row: HeadingRow) =>
    heading.filter(([name]) => name.toLowerCase() === row.memo.toLowerCase()).map(([, value]) => value)
  const isAuthorized = values(AUTHORS).length > 0
  const rows = isAuthorized ? [SENDER, AUTHORS, ...headingRows.filter(({ field }) => field !== 'From')] : headingRows
  return [
    ...rows.flatMap((row) => field(row, values(row), gateway)),
    ...heading.filter(([name]) => name.toLowerCase() === 'heading-extension').flatMap(([, value]) => extension(value)),
  ]
}

function field({ field: name, as }: HeadingRow, values: readonly Octets[], gateway: Gateway): DraftField[] {
  if (values.length === 0) return []
  switch (as) {
    case 'people':
      return [{ kind: 'addresses', name, addresses: values.map((value) => person(value, gateway)) }]
    case 'ids':
      return [{ kind: 'ids', name, ids: values.map((value) => messageId(value.replace(/\*.*$/s, ''))) }]
    case 'date': {
      const date = dateOf(values[0]!)
      return date === null ? [] : [{ kind: 'raw', name, value: date }]
    }
    case 'text':
    case 'word':
      return [{ kind: 'text', name, text: utf8Text(values[0]!) }]
  }
}

/** RFC 2156 2.3.1.2: an id of the X.400 world has no domain, and gets one that is none. */
function messageId(id: Octets): Octets {
  const ours = unprintable(id).replace(/[^!-~]|[<>]/g, '')
  if (/^[^@]+@[^@]+$/.test(ours)) return `<${ours}>`
  const local = `${ours}*`
  return ATOM.test(local) ? `<${local}${NOWHERE}>` : `<"${local.replace(/["\\]/g, '\\$&')}"${NOWHERE}>`
}

const ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/

/** What has no place in a memo's heading comes back as it was; but nothing that has one, or that others have to say. */
function extension(value: Octets): DraftField[] {
  const [, name = '', rest = ''] = /^([!-9;-~]+): *(.*)$/s.exec(value) ?? []
  if (name === '' || isTrace(name) || isLabel(name) || isOfGateway(name) || HAS_A_ROW.has(name.toLowerCase())) return []
  return [{ kind: 'raw', name, value: rest }]
}

const HAS_A_ROW = new Set([SENDER, ...headingRows].map(({ field }) => field.toLowerCase()))

function person(value: Octets, { table, host }: Gateway): DraftMailbox {
  const end = addressEnd(value)
  const attributes = value.slice(0, end)
  const free = /^ *\((.*)\)$/s.exec(value.slice(end))?.[1] ?? ''
  const address = mailAddress(attributes, table) ?? `"${attributes.replace(/["\\]/g, '\\$&')}"@${host}`
  return { name: utf8Text(free), address }
}

/** RFC 2156 4.6.2: who wants to know sees what the message was on the other side. */
function ofX400(heading: readonly Line[]): DraftField[] {
  const addressesOf = (names: RegExp) =>
    heading.filter(([name]) => names.test(name)).map(([, value]) => value.slice(0, addressEnd(value)))
  const originator = addressesOf(/^originator$/i)
  const recipients = addressesOf(/^(?:primary|copy)-recipient$/i)
  const field = (name: string, values: readonly Octets[]): DraftField[] =>
    values.length === 0 ? [] : [{ kind: 'raw', name, value: values.join(', ') }]
  return [
    ...field('X400-Originator', originator.slice(0, 1)),
    ...field('X400-Recipients', recipients),
    ...field('X400-Content-Type', ['P2-1988 (22)']),
  ]
}

const text = (lines: string): DraftPart => ({ kind: 'text', subtype: 'plain', text: lines })

function draftPart({ kind, about, lines }: BodyPart, gateway: Gateway, depth: number): DraftPart {
  const label = (wanted: string) => about.find(([name]) => name.toLowerCase() === wanted)?.[1]
  if (kind === 'ia5-text' || kind === 'general-text') return text(utf8Text(lines))
  if (kind === 'forwarded-message' && depth < DEEPEST && isMemo(lines)) {
    const at = bodyAt(lines)
    return { kind: 'message', message: message(readMemo(lines.slice(0, at), lines.slice(at)), gateway, depth + 1) }
  }
  const octets = kind === 'file-transfer' ? decodeBase64Lines(lines) : lines
  const given = label('contents-type') ?? ''
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(given)?.[0] ?? 'application/octet-stream'
  const charset = /; *charset=([\w.:+-]+)/.exec(given)?.[1]
  const filename = label('pathname')
  return {
    kind: 'octets',
    type,
    octets,
    ...(charset !== undefined && { parameters: [['charset', charset]] }),
    ...(filename !== undefined && { disposition: { type: 'attachment', filename: utf8Text(filename) } }),
  }
}
