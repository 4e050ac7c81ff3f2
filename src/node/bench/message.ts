/**
 * Messages taken apart, built and encoded, by us and by postal-mime. The same code runs in Node and, bundled, in a browser.
 * All rates are megabytes of message, or of octets before they are encoded, a second.
 */
import PostalMime from 'postal-mime'
import { decodeBase64Lines, encodeBase64Lines } from '../../core/bytes/base64-lines.ts'
import { type Octets, toOctets } from '../../core/bytes/octets.ts'
import { decodeQuotedPrintable, encodeQuotedPrintable } from '../../core/bytes/quoted-printable.ts'
import { utf8Octets } from '../../core/bytes/utf8.ts'
import { mailboxesOf, nameText, readAddressList } from '../../core/message/address-list.ts'
import { readMessageIds } from '../../core/message/message-ids.ts'
import { compose } from '../../core/message/mime/build/compose.ts'
import type { Draft, DraftPart } from '../../core/message/mime/build/draft.ts'
import { counted } from '../../core/message/mime/build/unique.ts'
import { MessageModel } from '../../core/message/mime/model.ts'
import { parseMessage } from '../../core/message/mime/parse.ts'
import { allParts } from '../../core/message/mime/part.ts'
import { silent } from '../../core/message/problems.ts'
import { readDate } from '../../core/message/read-date.ts'
import { corpus, type Kind, noise, typed } from './message-corpus.ts'

const MEGABYTE = 1_000_000

/** Work that is done again and again until so many megabytes went through; each turn says how many octets it took. */
export async function rate(megabytes: number, turn: (number: number) => number | Promise<number>): Promise<number> {
  let done = 0
  const began = performance.now()
  for (let number = 0; done < megabytes * MEGABYTE; number++) {
    const octets = turn(number)
    done += typeof octets === 'number' ? octets : await octets
  }
  return done / MEGABYTE / ((performance.now() - began) / 1000)
}

/** Each message of a kind in turn. */
export function overCorpus(
  kind: Kind,
  megabytes: number,
  read: (message: Uint8Array) => number | Promise<number>,
): Promise<number> {
  const messages = corpus(kind)
  return rate(megabytes, async (number) => {
    const message = messages[number % messages.length]!
    // Whoever reads nothing must not look fast.
    if ((await read(message)) < 2) throw new Error('Nothing was read')
    return message.length
  })
}

/** How bytes become octets: in Node the edge has a codec of its own, as the bridge uses it; a browser has ours. */
export type Edge = (bytes: Uint8Array) => Octets

/** What readers give at once: names, addresses, date, identifiers, subject, each part decoded. How many things were read. */
function readAll(octets: Octets): number {
  const model = new MessageModel(octets)
  const { root } = model.tree
  const { source } = root
  let read = model.subject.length > 0 ? 1 : 0
  for (const { lowerName, value } of root.fields) {
    if (lowerName === 'from' || lowerName === 'to' || lowerName === 'cc') {
      for (const mailbox of mailboxesOf(readAddressList(source, value, silent))) {
        if (nameText(source, mailbox) !== '' || mailbox.local !== '') read++
      }
    } else if (lowerName === 'date' && readDate(source, value, silent) !== null) read++
    else if (lowerName === 'message-id' || lowerName === 'references')
      read += readMessageIds(source, value, silent).length
  }
  for (const part of allParts(root)) {
    if (part.multipart !== null) continue
    const content = part.type === 'text' ? model.text(part) : model.octets(part)
    if (content.length > 0) read++
    if (part.disposition !== null) read++
  }
  return read
}

export const readWithFacteur = (kind: Kind, megabytes: number, edge: Edge = toOctets): Promise<number> =>
  overCorpus(kind, megabytes, (bytes) => readAll(edge(bytes)))

export const readWithPostalMime = (kind: Kind, megabytes: number): Promise<number> =>
  overCorpus(kind, megabytes, async (bytes) => {
    const { subject, from, to, text, html, attachments } = await PostalMime.parse(bytes)
    return [subject, from, text, html].filter(Boolean).length + (to?.length ?? 0) + attachments.length
  })

/** The tree with its places alone, of what is octets already. */
export function parse(kind: Kind, megabytes: number): Promise<number> {
  const sources = corpus(kind).map(toOctets)
  return rate(megabytes, (number) => {
    const source = sources[number % sources.length]!
    if (parseMessage(source).root.fields.length < 2) throw new Error('Nothing was read')
    return source.length
  })
}

const body: Record<Kind, () => DraftPart> = {
  small: () => ({ kind: 'text', subtype: 'plain', text: typed.text(22) }),
  alternative: () => ({
    kind: 'multipart',
    subtype: 'alternative',
    parts: [
      { kind: 'text', subtype: 'plain', text: typed.text(60) },
      { kind: 'text', subtype: 'html', text: typed.html(120) },
    ],
  }),
  attachment: () => ({
    kind: 'multipart',
    subtype: 'mixed',
    parts: [
      { kind: 'text', subtype: 'plain', text: typed.text(20) },
      {
        kind: 'octets',
        type: 'application/pdf',
        octets: typed.file,
        disposition: { type: 'attachment', filename: 'résumé.pdf' },
      },
    ],
  }),
}

const draft = (kind: Kind): Draft => ({
  header: [
    { kind: 'addresses', name: 'From', addresses: [{ name: 'André Dupont', address: 'andre.dupont@univ.example' }] },
    {
      kind: 'addresses',
      name: 'To',
      addresses: [
        { name: 'Wei, Anne', address: 'anne.wei@cnam.example' },
        { name: 'Bruno Traverson', address: 'bruno@edf.example' },
      ],
    },
    { kind: 'text', name: 'Subject', text: 'Réunion de lundi (compte rendu)' },
    { kind: 'raw', name: 'Date', value: 'Mon, 7 Sep 2026 08:00:00 +0200' },
    { kind: 'ids', name: 'Message-ID', ids: ['<1.1757224800@univ.example>'] },
  ],
  content: body[kind](),
})

export function build(kind: Kind, megabytes: number): Promise<number> {
  const given = draft(kind)
  return rate(megabytes, (number) => compose(given, counted(String(number), 'univ.example')).length)
}

const BINARY = noise(MEGABYTE)
const LINES = utf8Octets(typed.text(15_000).replace(/\n/g, '\r\n'))

/** What each codec is tried on. */
export const codecInput = {
  base64: BINARY,
  base64Text: encodeBase64Lines(BINARY),
  quotedPrintable: LINES,
  quotedPrintableText: encodeQuotedPrintable(LINES),
}

const ways: Record<Codec, { run: (octets: Octets) => Octets; input: keyof typeof codecInput }> = {
  'base64 encoded': { run: encodeBase64Lines, input: 'base64' },
  'base64 decoded': { run: decodeBase64Lines, input: 'base64Text' },
  'quoted-printable encoded': { run: encodeQuotedPrintable, input: 'quotedPrintable' },
  'quoted-printable decoded': { run: decodeQuotedPrintable, input: 'quotedPrintableText' },
}

export const codecs = [
  'base64 encoded',
  'base64 decoded',
  'quoted-printable encoded',
  'quoted-printable decoded',
] as const
export type Codec = (typeof codecs)[number]

export function code(codec: Codec, megabytes: number): Promise<number> {
  const { run, input } = ways[codec]
  const octets = codecInput[input]
  return rate(megabytes, () => {
    if (run(octets).length < octets.length / 2) throw new Error('Something was lost')
    return octets.length
  })
}
