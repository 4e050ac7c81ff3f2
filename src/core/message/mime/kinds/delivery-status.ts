/**
 * message/delivery-status (RFC 3464): what became of a message, for programs. A group of fields about the message, then
 * one group for each recipient, with an empty line before each.
 */
import type { Octets } from '../../../bytes/octets.ts'
import { crlfLines, headerField } from '../../build.ts'
import type { FieldPair } from '../../build.ts'
import { bodyAt, headerFields } from '../../fields.ts'

/** `rfc822; louisl@larry.slip.umd.edu`, `dns; ietf.org`, `smtp; 550 no such user`: what kind of name, and the name. */
export interface Typed {
  type: string
  text: Octets
}

/** RFC 3464 2.2. */
export interface MessageStatus {
  originalEnvelopeId?: Octets
  reportingMta?: Typed
  dsnGateway?: Typed
  receivedFromMta?: Typed
  arrivalDate?: Octets
  /** Fields that this table does not know, as written. */
  others?: readonly FieldPair[]
}

/** RFC 3464 2.3. */
export interface RecipientStatus {
  originalRecipient?: Typed
  finalRecipient?: Typed
  /** 'failed', 'delayed', 'delivered', 'relayed', 'expanded', in lower case. */
  action?: string
  /** `5.1.1` (RFC 3463), without the comment that may follow it. */
  status?: string
  remoteMta?: Typed
  diagnosticCode?: Typed
  lastAttemptDate?: Octets
  finalLogId?: Octets
  willRetryUntil?: Octets
  others?: readonly FieldPair[]
}

export interface DeliveryStatus {
  message: MessageStatus
  recipients: readonly RecipientStatus[]
}

type Form = 'typed' | 'plain' | 'action' | 'status'
type Row<Group> = readonly [key: Exclude<keyof Group, 'others'> & string, name: string, form: Form]

/** In the order in which the RFC lists them, and in which they are written. */
const MESSAGE_ROWS: readonly Row<MessageStatus>[] = [
  ['originalEnvelopeId', 'Original-Envelope-Id', 'plain'],
  ['reportingMta', 'Reporting-MTA', 'typed'],
  ['dsnGateway', 'DSN-Gateway', 'typed'],
  ['receivedFromMta', 'Received-From-MTA', 'typed'],
  ['arrivalDate', 'Arrival-Date', 'plain'],
]
const RECIPIENT_ROWS: readonly Row<RecipientStatus>[] = [
  ['originalRecipient', 'Original-Recipient', 'typed'],
  ['finalRecipient', 'Final-Recipient', 'typed'],
  ['action', 'Action', 'action'],
  ['status', 'Status', 'status'],
  ['remoteMta', 'Remote-MTA', 'typed'],
  ['diagnosticCode', 'Diagnostic-Code', 'typed'],
  ['lastAttemptDate', 'Last-Attempt-Date', 'plain'],
  ['finalLogId', 'Final-Log-ID', 'plain'],
  ['willRetryUntil', 'Will-Retry-Until', 'plain'],
]

/** What RFC 3464 requires, and is not there: `Reporting-MTA`, `2: Action` (the second recipient's). */
export interface StatusRead {
  status: DeliveryStatus
  missing: readonly string[]
}

export function readDeliveryStatus(body: Octets): StatusRead {
  const [first, ...rest] = groupsOf(crlfLines(body))
  const message = readGroup<MessageStatus>(MESSAGE_ROWS, first ?? [])
  const recipients = rest.map((fields) => readGroup<RecipientStatus>(RECIPIENT_ROWS, fields))
  const missing = [
    ...(message.reportingMta ? [] : ['Reporting-MTA']),
    ...(recipients.length > 0 ? [] : ['1: Final-Recipient']),
    ...recipients.flatMap(({ finalRecipient, action, status }, index) => [
      ...(finalRecipient ? [] : [`${index + 1}: Final-Recipient`]),
      ...(action === undefined ? [`${index + 1}: Action`] : []),
      ...(status === undefined ? [`${index + 1}: Status`] : []),
    ]),
  ]
  return { status: { message, recipients }, missing }
}

/** Lines that are no field end a group as an empty one does, and are passed over. */
function groupsOf(body: Octets): FieldPair[][] {
  const groups: FieldPair[][] = []
  for (let at = 0; at < body.length;) {
    const lineEnd = body.indexOf('\r\n', at)
    const next = lineEnd < 0 ? body.length : lineEnd + 2
    const rest = body.slice(at)
    const fields = lineEnd === at ? [] : headerFields(rest)
    if (fields.length === 0) at = next
    else {
      groups.push(fields.map(({ name, value }): FieldPair => [name, value]))
      at += bodyAt(rest)
    }
  }
  return groups
}

function readGroup<Group extends { others?: readonly FieldPair[] }>(
  rows: readonly Row<Group>[],
  fields: readonly FieldPair[],
): Group {
  const group: Record<string, unknown> = {}
  const others: FieldPair[] = []
  for (const field of fields) {
    const row = rows.find(([, name]) => name.toLowerCase() === field[0].toLowerCase())
    // The first of two fields with one name counts.
    if (!row || row[0] in group) others.push(field)
    else group[row[0]] = readValue(row[2], field[1])
  }
  return { ...group, ...(others.length > 0 ? { others } : {}) } as unknown as Group
}

function readValue(form: Form, value: Octets): Typed | string {
  if (form === 'action') return firstWord(value).toLowerCase()
  if (form === 'status') return firstWord(value)
  if (form === 'plain') return value
  const semicolon = value.indexOf(';')
  if (semicolon < 0) return { type: '', text: value }
  return { type: value.slice(0, semicolon).trim().toLowerCase(), text: value.slice(semicolon + 1).trim() }
}

/** Without a comment: `5.0.0 (permanent failure)`. */
const firstWord = (value: Octets): string => /^[^\s(;]*/.exec(value)![0]

/** Each group, with the empty line before the next. */
export function writeDeliveryStatus({ message, recipients }: DeliveryStatus): Octets {
  const groups = [writeGroup(MESSAGE_ROWS, message), ...recipients.map((group) => writeGroup(RECIPIENT_ROWS, group))]
  return groups.join('\r\n')
}

function writeGroup<Group extends { others?: readonly FieldPair[] }>(
  rows: readonly Row<Group>[],
  group: Group,
): Octets {
  const known = rows.flatMap(([key, name]): FieldPair[] => {
    const value = group[key] as Typed | string | undefined
    if (value === undefined) return []
    return [[name, typeof value === 'string' ? value : value.type === '' ? value.text : `${value.type}; ${value.text}`]]
  })
  return [...known, ...(group.others ?? [])].map(([name, value]) => headerField(name, value)).join('')
}
