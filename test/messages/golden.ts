/**
 * The golden messages: examples of the RFCs and of the courses, octet by octet, each with a file beside it that says what
 * the RFC means by it. What is not said there is not in the message.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { mailboxesOf, nameText, readAddressList, type Mailbox } from '../../src/core/message/address-list.ts'
import { addressOf } from '../../src/core/message/address.ts'
import { parameterText } from '../../src/core/message/content-fields.ts'
import { readMessageIds } from '../../src/core/message/message-ids.ts'
import { MessageModel } from '../../src/core/message/mime/model.ts'
import { allParts, isMessage, type Part } from '../../src/core/message/mime/part.ts'
import { silent } from '../../src/core/message/problems.ts'
import { readDate } from '../../src/core/message/read-date.ts'
import { wordsText } from '../../src/core/message/words.ts'
import { keys, parseYaml } from '../../src/core/world/yaml.ts'
import { moreCharsets } from './charsets.ts'

const mailbox = keys({
  name: v.exactOptional(v.string()),
  address: v.string(),
  route: v.exactOptional(v.string()),
})
const addresses = v.exactOptional(v.array(v.union([mailbox, keys({ group: v.string(), members: v.array(mailbox) })])))
const ids = v.exactOptional(v.array(v.string()))

const header = keys({
  subject: v.exactOptional(v.string()),
  date: v.exactOptional(v.string()),
  from: addresses,
  sender: addresses,
  replyTo: addresses,
  to: addresses,
  cc: addresses,
  bcc: addresses,
  resentFrom: addresses,
  resentTo: addresses,
  resentDate: v.exactOptional(v.string()),
  messageId: v.exactOptional(v.string()),
  inReplyTo: ids,
  references: ids,
})
export type Header = v.InferOutput<typeof header>

const names = v.exactOptional(v.record(v.string(), v.string()))

interface PartSaid {
  number?: string
  type: string
  parameters?: Record<string, string>
  /** Of parameters that name one (RFC 2231). */
  languages?: Record<string, string>
  encoding?: string
  id?: string
  description?: string
  disposition?: string
  filename?: string
  preamble?: string
  parts?: PartSaid[]
  epilogue?: string
  message?: { header: Header; part: PartSaid }
  /** A text part, out of encoding and charset. Line ends are LF in these files. */
  text?: string
  /** Any other part, decoded ... */
  content?: string
  /** ... or, where its encoding is base64, in base64 without what a decoder passes over. */
  base64?: string
}

const part: v.GenericSchema<PartSaid> = keys({
  number: v.exactOptional(v.string()),
  type: v.string(),
  parameters: names,
  languages: names,
  encoding: v.exactOptional(v.string()),
  id: v.exactOptional(v.string()),
  description: v.exactOptional(v.string()),
  disposition: v.exactOptional(v.string()),
  filename: v.exactOptional(v.string()),
  preamble: v.exactOptional(v.string()),
  parts: v.exactOptional(v.array(v.lazy(() => part))),
  epilogue: v.exactOptional(v.string()),
  message: v.exactOptional(v.lazy(() => keys({ header, part }))),
  text: v.exactOptional(v.string()),
  content: v.exactOptional(v.string()),
  base64: v.exactOptional(v.string()),
})

const said = keys({ source: v.string(), header, part, problems: v.array(v.string()) })
export type Said = v.InferOutput<typeof said>

const folder = import.meta.dirname

/** The names of all messages, without `.eml`. */
export const messageNames = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => name.slice(0, -4))

export const octetsOf = (name: string): string => readFileSync(join(folder, `${name}.eml`), 'latin1')

export function expectationOf(name: string): Said {
  const file = `${name}.yaml`
  const read = parseYaml(readFileSync(join(folder, file), 'utf8'), file, said)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return read.value
}

/** What our readers say of a message, in the words of those files. */
export function ourReading(source: string): Omit<Said, 'source'> {
  const model = new MessageModel(source, moreCharsets)
  const { root } = model.tree
  return { header: headerOf(root), part: partOf(root, model), problems: problemsOf(model) }
}

/** In the order of their places. Text that stands for base64 is foreign to it at every word: once a part is enough. */
function problemsOf({ problems, tree }: MessageModel): string[] {
  const seen = new Set<Part>()
  return problems.flatMap(({ key, from }): string[] => {
    if (key !== 'base64-foreign') return [key]
    const [leaf] = [...allParts(tree.root)].filter(({ place }) => place.from <= from && from < place.to).slice(-1)
    if (seen.has(leaf!)) return []
    seen.add(leaf!)
    return [key]
  })
}

function headerOf(message: Part): Header {
  const { source } = message
  const value = (name: string) => message.field(name)?.value ?? null
  const listed = (name: string) => {
    const place = value(name)
    const list = place === null ? [] : readAddressList(source, place, silent)
    return list.map((item) => {
      if (item.kind === 'mailbox') return mailboxOf(source, item)
      return { group: item.name, members: mailboxesOf([item]).map((member) => mailboxOf(source, member)) }
    })
  }
  const date = (name: string) => {
    const place = value(name)
    const read = place && readDate(source, place, silent)
    return read ? new Date(read.epochMillis).toISOString().replace('.000Z', 'Z') : null
  }
  const idList = (name: string) => {
    const place = value(name)
    return place === null ? [] : readMessageIds(source, place, silent).map(({ id }) => id)
  }
  const subject = value('subject')
  return there({
    subject: subject && wordsText(source, subject, moreCharsets).trim(),
    date: date('date'),
    from: listed('from'),
    sender: listed('sender'),
    replyTo: listed('reply-to'),
    to: listed('to'),
    cc: listed('cc'),
    bcc: listed('bcc'),
    resentFrom: listed('resent-from'),
    resentTo: listed('resent-to'),
    resentDate: date('resent-date'),
    messageId: idList('message-id')[0] ?? null,
    inReplyTo: idList('in-reply-to'),
    references: idList('references'),
  }) as Header
}

function mailboxOf(source: string, item: Mailbox) {
  const name = nameText(source, item, moreCharsets)
  return there({ name: name === '' ? null : name, address: addressOf(item), route: item.route }) as v.InferOutput<
    typeof mailbox
  >
}

function partOf(from: Part, model: MessageModel): PartSaid {
  const { multipart, children, contentType, disposition, source } = from
  const slice = (place: { from: number; to: number } | null) => place && lines(source.slice(place.from, place.to))
  const parameters = contentType?.parameters ?? []
  const languages = parameters.flatMap(({ name, language }) => (language === null ? [] : [[name, language] as const]))
  const filename = disposition?.parameters.find(({ name }) => name === 'filename')
  const leaf = multipart === null && children.length === 0
  return there({
    number: from.number,
    type: `${from.type}/${from.subtype}`,
    parameters: record(parameters.map((each) => [each.name, parameterText(each, moreCharsets)])),
    languages: record(languages),
    encoding: from.encoding === '7bit' ? null : from.encoding,
    id: from.id,
    description: from.description,
    disposition: disposition?.kind ?? null,
    filename: filename ? parameterText(filename, moreCharsets) : null,
    preamble: slice(multipart?.preamble ?? null),
    parts: multipart && children.map((child) => partOf(child, model)),
    epilogue: slice(multipart?.epilogue ?? null),
    message:
      isMessage(from) && children[0] ? { header: headerOf(children[0]), part: partOf(children[0], model) } : null,
    ...(leaf ? contentOf(from, model) : {}),
  }) as unknown as PartSaid
}

function contentOf(leaf: Part, model: MessageModel) {
  if (leaf.type === 'text') return { text: lines(model.text(leaf)) }
  const octets = model.octets(leaf)
  if (leaf.encoding === 'base64') return { base64: octets }
  return { content: lines(octets) }
}

/** These files are read by people, so that their lines end in LF: a lone LF in a message shows as what it is. */
const lines = (text: string) => text.replace(/(?<!\r)\n/g, '[LF]').replace(/\r\n/g, '\n')

const record = (pairs: readonly (readonly [string, string])[]) =>
  pairs.length === 0 ? null : Object.fromEntries(pairs)

/** Without what is null, or a list of nothing. */
const there = (given: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )

/** The base64 of the files as the octets that they are, so that both sides compare. */
export function withOctets(given: PartSaid): PartSaid {
  const { base64, parts, message, ...rest } = given
  return {
    ...rest,
    ...(base64 === undefined ? {} : { base64: Buffer.from(base64, 'base64').toString('latin1') }),
    ...(parts === undefined ? {} : { parts: parts.map(withOctets) }),
    ...(message === undefined ? {} : { message: { ...message, part: withOctets(message.part) } }),
  }
}
