/** What stands in the composer when one answers a message, passes it on, or goes on with a draft. */
import { harmless, utf8Text } from '../../core/bytes/utf8.ts'
import { htmlText } from '../../core/message/mime/kinds/html-text.ts'
import type { MessageModel } from '../../core/message/mime/model.ts'
import { allParts, isMessage, isMultipart, type Part } from '../../core/message/mime/part.ts'
import { headingOf, type HeadingAddress, type HeadingField } from '../../core/views/heading.ts'
import { savedName, wishedName } from '../../core/views/reading.ts'
import { htmlOf, withPictures } from '../compose/content.ts'
import { emptyLetter, type AttachmentForm, type LetterForm } from '../compose/form.ts'
import { moreCharsets } from '../message/charsets.ts'

/** The words that the letter itself is given, in the reader's language. */
export interface Words {
  quote: string
  forwarded: string
  /** Names of heading fields. */
  field: (name: HeadingField) => string
  date: string
  subject: string
}

const LONGEST_QUOTE = 100_000

export function replyTo(model: MessageModel, own: string | null, all: boolean, words: Words, stem: string): LetterForm {
  const people = peopleOf(model)
  const author = people['reply-to'] ?? people.from ?? []
  const self = (address: HeadingAddress) => address.address.toLowerCase() === own?.toLowerCase()
  // Who answers a letter of one's own goes on talking to whom it went.
  const mine = author.length > 0 && author.every(self)
  const to = mine ? (people.to ?? []) : author
  const named = new Set(to.map(({ address }) => address.toLowerCase()))
  const others = [...(mine ? [] : (people.to ?? [])), ...(people.cc ?? [])].filter(
    (address) => !self(address) && !named.has(address.address.toLowerCase()),
  )
  return {
    ...emptyLetter(stem),
    to: addressLine(to),
    cc: all ? addressLine(others) : '',
    subject: prefixed('Re', model.subject),
    text: `\n\n${words.quote}\n${quoted(textOf(model))}`,
    fields: threadFields(model),
  }
}

export function forwardOf(model: MessageModel, attached: boolean, words: Words, stem: string): LetterForm {
  const subject = prefixed('Fwd', model.subject)
  if (attached) return { ...emptyLetter(stem), subject, attachments: [asFile(model)] }
  const { people, date } = headingOf(model.tree.root, moreCharsets)
  const lines = [
    words.forwarded,
    ...people.map(({ field, addresses }) => `${words.field(field)}: ${addressLine(addresses)}`),
    ...(date === null ? [] : [`${words.date}: ${harmless(date)}`]),
    `${words.subject}: ${harmless(model.subject)}`,
  ]
  return {
    ...emptyLetter(stem),
    subject,
    text: `\n\n${lines.join('\n')}\n\n${textOf(model)}`,
    attachments: filesOf(model),
  }
}

/** A draft, as far as the composer knows what stands in it. */
export function draftAgain(model: MessageModel, stem: string): LetterForm {
  const people = peopleOf(model)
  const fields = KEPT_FIELDS.flatMap((name) => {
    const [value] = model.fieldTexts(name.toLowerCase())
    return value === undefined ? [] : [{ name, value: value.trim() }]
  })
  return {
    ...emptyLetter(stem),
    to: addressLine(people.to ?? []),
    cc: addressLine(people.cc ?? []),
    bcc: addressLine(people.bcc ?? []),
    subject: model.subject,
    text: textOf(model).replace(/\n$/, ''),
    attachments: filesOf(model),
    ...htmlAgain(model),
    fields,
  }
}

/** HTML as it was written: its pictures are called by their names, and what was made of the text will be made of it anew. */
function htmlAgain(model: MessageModel): Partial<LetterForm> {
  const parts = [...outerParts(model.tree.root)]
  const part = parts.find((one) => one.type === 'text' && one.subtype === 'html' && !isAttached(one))
  if (!part) return {}
  const source = model.text(part).slice(0, LONGEST_QUOTE).replace(/\r\n?/g, '\n')
  const inHtml = ({ type, id }: Part) => type === 'image' && id !== null && source.includes(`"cid:${id.slice(1, -1)}"`)
  const pictures = parts.filter(inHtml).map((one) => ({
    id: one.id!,
    filename: fileName(one),
    ...(one.description === null ? {} : { description: harmless(utf8Text(one.description)) }),
  }))
  const made = withPictures(htmlOf(textOf(model)), pictures).trimEnd() === source.trimEnd()
  const html = pictures.reduce(
    (all, { id, filename }) => all.replaceAll(`"cid:${id.slice(1, -1)}"`, () => `"cid:${filename}"`),
    source,
  )
  return { format: 'html', html: made ? '' : harmless(html), attachments: filesOf(model, inHtml) }
}

const KEPT_FIELDS = [
  'Reply-To',
  'In-Reply-To',
  'References',
  'X-Priority',
  'Importance',
  'Disposition-Notification-To',
] as const

type People = Partial<Record<HeadingField, readonly HeadingAddress[]>>

const peopleOf = (model: MessageModel): People =>
  Object.fromEntries(headingOf(model.tree.root, moreCharsets).people.map(({ field, addresses }) => [field, addresses]))

/** As one types addresses: a name with anything but words in it stands in quotes. */
const addressLine = (addresses: readonly HeadingAddress[]): string =>
  addresses
    .filter(({ group, address }) => !group && address !== '')
    .map(({ name, address }) => {
      const clean = harmless(name).trim()
      if (clean === '') return address
      const plain = /^[^\x00-\x1f"(),.:;<>@[\\\]]+$/.test(clean)
      return `${plain ? clean : `"${clean.replace(/["\\]/g, '\\$&')}"`} <${address}>`
    })
    .join(', ')

/** RFC 5322 3.6.5: `Re: ` once, however often one answers. */
const prefixed = (word: 'Re' | 'Fwd', subject: string): string =>
  new RegExp(word === 'Re' ? '^re:' : '^fwd?:', 'i').test(subject) ? subject : `${word}: ${subject}`

/** RFC 3676 4.5: what was quoted is quoted once more without a blank between the signs. */
const quoted = (text: string): string =>
  text
    .replace(/\s+$/, '')
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n')

/** RFC 5322 3.6.4: the answer names what it answers, and the thread that leads there. */
function threadFields(model: MessageModel): LetterForm['fields'] {
  const [id] = model.fieldTexts('message-id')
  if (id === undefined) return []
  const before = model.fieldTexts('references')[0] ?? model.fieldTexts('in-reply-to')[0] ?? ''
  return [
    { name: 'In-Reply-To', value: id.trim() },
    { name: 'References', value: `${before.trim()} ${id.trim()}`.trim() },
  ]
}

const isAttached = (part: Part): boolean =>
  part.disposition?.kind === 'attachment' || (part.type !== 'text' && !isMultipart(part))

/** The text that a person would quote: the plain one, else that of the HTML. */
function textOf(model: MessageModel): string {
  const texts = [...outerParts(model.tree.root)].filter((part) => part.type === 'text' && !isAttached(part))
  const best = texts.find(({ subtype }) => subtype === 'plain') ?? texts[0]
  if (!best) return ''
  const text = model.text(best).slice(0, LONGEST_QUOTE)
  return harmless((best.subtype === 'html' ? htmlText(text) : text).replace(/\r\n?/g, '\n'))
}

const fileName = (part: Part): string => harmless(wishedName(part, moreCharsets) || savedName(part))

const filesOf = (model: MessageModel, inText: (part: Part) => boolean = () => false): AttachmentForm[] =>
  [...outerParts(model.tree.root)].filter(isAttached).map((part) => ({
    name: fileName(part),
    type: utf8Text(`${part.type}/${part.subtype}`),
    description: part.description === null ? '' : harmless(utf8Text(part.description)),
    inline: inText(part),
    encoding: '',
    octets: model.octets(part),
  }))

const asFile = ({ source }: MessageModel): AttachmentForm => ({
  name: 'message.eml',
  type: 'message/rfc822',
  description: '',
  inline: false,
  encoding: '',
  octets: source,
})

/** The parts of this message, without those of messages in it. */
function* outerParts(root: Part): Generator<Part> {
  for (const part of allParts(root)) {
    let inside = false
    for (let around = part.parent; around; around = around.parent) inside ||= around !== root && isMessage(around)
    if (!inside && !isMultipart(part)) yield part
  }
}
