/**
 * The draft that the composer's fields make. What cannot be taken as it is stands in no draft, but is told, with the field
 * that it belongs to.
 */
import { encodeText } from '../../core/bytes/charsets.ts'
import type { Octets } from '../../core/bytes/octets.ts'
import { utf8Octets, utf8Text } from '../../core/bytes/utf8.ts'
import { type Mailbox, nameText, readAddressList } from '../../core/message/address-list.ts'
import { fieldRow } from '../../core/message/field-table.ts'
import { readMessageIds } from '../../core/message/message-ids.ts'
import type { Draft, DraftField, DraftGroup, DraftMailbox, Unique } from '../../core/message/mime/build/draft.ts'
import { collector, type ProblemKey } from '../../core/message/problems.ts'
import { contentOf } from './content.ts'
import type { LetterForm, Trouble } from './form.ts'

export interface Made {
  draft: Draft
  /** Nothing stands in the way of sending it. */
  ready: boolean
  troubles: readonly Trouble[]
  /** To whom it goes. */
  recipients: readonly string[]
}

/** What everybody understands, and what is written right in the message anyway. */
const HARMLESS: ReadonlySet<ProblemKey> = new Set(['list-empty-member', 'dot-in-phrase', 'blank-in-address'])
/** What the form has fields of its own for, or the composer writes. */
const OWN = /^(?:from|to|cc|bcc|subject|date|message-id|mime-version|content-.*)$/i

export function draftOf(letter: LetterForm, person: DraftMailbox, date: string, unique: Unique): Made {
  const troubles: Trouble[] = []
  const recipients: string[] = []
  const messageId = unique.messageId()
  const header: DraftField[] = [{ kind: 'addresses', name: 'From', addresses: [person] }]
  for (const [field, name] of RECIPIENTS) {
    const addresses = addressesIn(letter[field], field, troubles)
    if (addresses.length > 0) header.push({ kind: 'addresses', name, addresses })
    for (const item of addresses)
      recipients.push(...('address' in item ? [item] : item.members).map(({ address }) => address))
  }
  if (recipients.length === 0 && troubles.length === 0)
    troubles.push({ field: 'to', key: 'compose.bad.to', values: {} })
  header.push(
    { kind: 'text', name: 'Subject', text: letter.subject },
    { kind: 'raw', name: 'Date', value: date },
    { kind: 'ids', name: 'Message-ID', ids: [messageId] },
    ...letter.fields.flatMap(({ name, value }, at) => moreField(name.trim(), value, `fields.${at}`, troubles)),
  )
  const content = contentOf(letter, unique, troubles)
  const { charset } = letter
  if (charset !== '' && encodeText(letter.text + letter.html, charset) === null)
    troubles.push({ field: 'charset', key: 'compose.charset.lacks', values: { charset }, remark: true })
  // What is signed or encrypted travels as 7 bits (RFC 8551 3.1).
  const way = letter.sign || letter.encrypt ? '7bit' : letter.way
  const ready = troubles.every(({ remark }) => remark)
  // The program that sends it takes Bcc for the envelope, and out of the message.
  return { draft: { header, content, way, keepBcc: true }, ready, troubles, recipients }
}

const RECIPIENTS = [
  ['to', 'To'],
  ['cc', 'Cc'],
  ['bcc', 'Bcc'],
] as const

function addressesIn(text: string, field: string, troubles: Trouble[]): (DraftMailbox | DraftGroup)[] {
  const source = utf8Octets(text)
  const { report, found } = collector()
  const items = readAddressList(source, { from: 0, to: source.length }, report)
  const bad = (from: number, to: number, why: string) => {
    const part = utf8Text(source.slice(from, to)).trim()
    troubles.push({ field, key: 'compose.bad.address', values: { text: part, why } })
  }
  const first = found.find(({ key }) => !HARMLESS.has(key))
  if (first) {
    bad(first.from, first.to, `problem.${first.key}`)
    return []
  }
  const mailbox = (item: Mailbox): DraftMailbox => {
    const address = `${item.local}@${item.domain ?? ''}`
    if (/[^\x21-\x7e]/.test(address)) bad(item.from, item.to, 'compose.why.ascii')
    return { name: nameText(source, item), address }
  }
  return items.map((item) =>
    item.kind === 'group' ? { group: utf8Text(item.name), members: item.members.map(mailbox) } : mailbox(item),
  )
}

function moreField(name: string, value: string, field: string, troubles: Trouble[]): DraftField[] {
  if (name === '' && value.trim() === '') return []
  if (!/^[!-9;-~]+$/.test(name)) {
    troubles.push({ field, key: 'compose.field.bad', values: {} })
    return []
  }
  if (OWN.test(name)) {
    troubles.push({ field, key: 'compose.field.own', values: { name } })
    return []
  }
  const { structure } = fieldRow(name)
  if (structure === 'addresses') return [{ kind: 'addresses', name, addresses: addressesIn(value, field, troubles) }]
  if (structure === 'ids') return [{ kind: 'ids', name, ids: idsIn(value) }]
  return [{ kind: 'text', name, text: value }]
}

function idsIn(value: string): string[] {
  const source: Octets = utf8Octets(value)
  return readMessageIds(source, { from: 0, to: source.length }, () => {}).map(({ id }) => `<${utf8Text(id)}>`)
}
