/**
 * Others read the same messages: postal-mime, mailparser and libmime of npm. What a generated message says is known before
 * it is written; we must read just that, and so must they, but for what is listed here with its reason.
 */
import libmime from 'libmime'
import { simpleParser, type AddressObject, type EmailAddress } from 'mailparser'
import PostalMime, { type Address } from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { mailboxesOf, nameText, readAddressList } from '../../src/core/message/address-list.ts'
import { addressOf } from '../../src/core/message/address.ts'
import { parameterText } from '../../src/core/message/content-fields.ts'
import { MessageModel } from '../../src/core/message/mime/model.ts'
import { allParts, isMessage, type Part } from '../../src/core/message/mime/part.ts'
import { silent } from '../../src/core/message/problems.ts'
import { decodeText } from '../../src/core/bytes/charsets.ts'
import { readDate } from '../../src/core/message/read-date.ts'
import { unfolded } from '../../src/core/message/section.ts'
import { moreCharsets } from '../messages/charsets.ts'
import { generate, type Attachment, type Generated, type Person } from '../messages/generate.ts'
import { expectationOf, messageNames, octetsOf, type Header } from '../messages/golden.ts'
import { broken } from '../messages/invariants.ts'

const messages = generate(20260907, 50)

/** What all readers are asked. Text without the white space at its ends, and with one line end between its lines. */
interface Reading {
  subject: string
  from: readonly Person[]
  to: readonly Person[]
  cc: readonly Person[]
  date: string
  text: string
  html: string
  attachments: readonly Attachment[]
}

const settled = (text: string | null | undefined) =>
  (text ?? '')
    .replace(/\r\n/g, '\n')
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim()

const truth = ({ subject, from, to, cc, date, text, html, attachments }: Generated): Reading => ({
  subject,
  from: [from],
  to,
  cc,
  date,
  text: settled(text),
  html: settled(html),
  attachments,
})

function ours({ octets }: Generated): Reading {
  const model = new MessageModel(octets, moreCharsets)
  const { root } = model.tree
  const value = (name: string) => root.field(name)?.value ?? null
  const people = (name: string): Person[] => {
    const place = value(name)
    const list = place === null ? [] : readAddressList(octets, place, silent)
    return mailboxesOf(list).map((mailbox) => ({
      name: nameText(octets, mailbox, moreCharsets),
      address: addressOf(mailbox),
    }))
  }
  const leaves = [...leavesOf(root)]
  const shown = leaves.filter(({ type, disposition }) => type === 'text' && disposition === null)
  const texts = (subtype: string) =>
    settled(
      shown
        .filter((part) => part.subtype === subtype)
        .map((part) => model.text(part))
        .join('\n'),
    )
  return {
    subject: model.subject,
    from: people('from'),
    to: people('to'),
    cc: people('cc'),
    date: new Date(readDate(octets, value('date')!, silent)!.epochMillis).toISOString(),
    text: texts('plain'),
    html: texts('html'),
    attachments: leaves
      .filter((part) => !shown.includes(part))
      .map((part) => ({
        filename: parameterText(
          part.disposition!.parameters.find(({ name }) => name === 'filename')!,
          moreCharsets,
        ),
        type: `${part.type}/${part.subtype}`,
        content: model.octets(part),
      })),
  }
}

/** A message within counts as a whole. */
function* leavesOf(part: Part): Generator<Part> {
  if (part.children.length === 0 || isMessage(part)) yield part
  else for (const child of part.children) yield* leavesOf(child)
}

const latin1 = (bytes: Uint8Array | ArrayBuffer) => Buffer.from(bytes as Uint8Array).toString('latin1')

/**
 * Node's decoder of windows-1252 (not that of browsers) gives C1 control characters where €, œ and ’ are; postal-mime uses
 * it. No message here holds a control character, so that these can be told.
 */
const asBrowsersDecode = (text: string) =>
  text.replace(/[\x80-\x9f]/g, (control) => decodeText(control, 'windows-1252'))

async function postalMime({ octets }: Pick<Generated, 'octets'>): Promise<Reading> {
  const read = await PostalMime.parse(Buffer.from(octets, 'latin1'), { forceRfc822Attachments: true })
  const people = (list: readonly Address[] | undefined): Person[] =>
    (list ?? [])
      .flatMap((each) => each.group ?? [each])
      .map(({ name, address }) => ({ name: asBrowsersDecode(name), address: address ?? '' }))
  return {
    subject: asBrowsersDecode(read.subject ?? ''),
    from: people(read.from && [read.from]),
    to: people(read.to),
    cc: people(read.cc),
    date: read.date ?? '',
    text: settled(asBrowsersDecode(read.text ?? '')),
    html: settled(asBrowsersDecode(read.html ?? '')),
    attachments: read.attachments.map(({ filename, mimeType, content }) => ({
      filename: asBrowsersDecode(filename ?? ''),
      type: mimeType,
      content: latin1(content as ArrayBuffer),
    })),
  }
}

async function mailparser({ octets }: Pick<Generated, 'octets'>): Promise<Reading> {
  const read = await simpleParser(Buffer.from(octets, 'latin1'), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
  })
  const people = (list: AddressObject | AddressObject[] | undefined): Person[] => {
    const all: EmailAddress[] = [list ?? []].flat().flatMap(({ value }) => value)
    return all.flatMap((each) => each.group ?? [each]).map(({ name, address }) => ({ name, address: address ?? '' }))
  }
  return {
    subject: read.subject ?? '',
    from: people(read.from),
    to: people(read.to),
    cc: people(read.cc),
    date: read.date?.toISOString() ?? '',
    text: settled(read.text),
    html: settled(read.html === false ? '' : read.html),
    attachments: read.attachments.map(({ filename, contentType, content }) => ({
      filename: filename ?? '',
      type: contentType,
      content: latin1(content),
    })),
  }
}

type Question = keyof Reading
const QUESTIONS: readonly Question[] = ['subject', 'from', 'to', 'cc', 'date', 'text', 'html', 'attachments']

/** Where another reader is known to read otherwise, and why it is not we who are wrong. */
interface Known {
  question: Question
  why: string
  /** Its reading and ours, without what it is known for. */
  without(reading: Reading, message: Generated): Reading
}

const POSTAL_MIME: readonly Known[] = [
  {
    question: 'to',
    why: 'it ends an address at a semicolon that stands in a quoted string with quoted pairs (RFC 5322 3.2.4)',
    without: ({ to, ...rest }, message) => ({
      ...rest,
      to: message.to.some(({ name }) => name.includes('"')) ? [] : to,
    }),
  },
  {
    question: 'attachments',
    why: 'it makes LF of each CRLF of a message within, and adds one (RFC 2046 5.1.1: that one is the delimiter’s)',
    without: ({ attachments, ...rest }) => ({
      ...rest,
      attachments: attachments.map((each) =>
        each.type === 'message/rfc822' ? { ...each, content: each.content.replace(/\r\n/g, '\n').trimEnd() } : each,
      ),
    }),
  },
]

const MAILPARSER: readonly Known[] = [
  {
    question: 'attachments',
    why: 'it guesses by the name of the file where application/octet-stream is written (RFC 2046 4.5.1 says what that is)',
    without: ({ attachments, ...rest }, message) => ({
      ...rest,
      attachments: attachments.map((each, k) =>
        message.attachments[k]?.type === 'application/octet-stream' ? { ...each, type: '' } : each,
      ),
    }),
  },
]

const differ = (one: Reading, other: Reading) =>
  QUESTIONS.filter((question) => JSON.stringify(one[question]) !== JSON.stringify(other[question]))

describe('a generated corpus', () => {
  it('is large, and each message is the sum of its pieces', () => {
    expect(messages.length).toBeGreaterThanOrEqual(400)
    for (const { octets } of messages) expect(broken(new MessageModel(octets).tree, octets)).toEqual([])
  })

  it('is read by us as it was meant', () => {
    for (const message of messages) expect(ours(message), message.octets).toEqual(truth(message))
  })

  it('has nothing wrong that we would report', () => {
    for (const { octets } of messages) {
      const { problems } = new MessageModel(octets, moreCharsets)
      // GMT and EST are obsolete (RFC 5322 4.3), and still written.
      expect(
        problems.filter(({ key }) => key !== 'date-zone-name'),
        octets,
      ).toEqual([])
    }
  })

  it.each([
    ['postal-mime', postalMime, POSTAL_MIME],
    ['mailparser', mailparser, MAILPARSER],
  ])('is read by %s as we read it, but for what is known', async (_, read, known) => {
    const differences = new Map<Question, number>()
    for (const message of messages) {
      let theirs = await read(message)
      let mine = ours(message)
      for (const question of differ(mine, theirs)) differences.set(question, (differences.get(question) ?? 0) + 1)
      for (const { without } of known) [theirs, mine] = [without(theirs, message), without(mine, message)]
      expect(theirs, message.octets).toEqual(mine)
    }
    // What is not different any more does not belong in the list.
    expect([...differences.keys()].sort()).toEqual(known.map(({ question }) => question).sort())
  })

  it('has fields that libmime reads as we do', () => {
    let parameters = 0
    for (const { octets } of messages) {
      const { tree, subject } = new MessageModel(octets, moreCharsets)
      const { value } = tree.root.field('subject')!
      expect(libmime.decodeWords(unfolded(octets, value))).toBe(subject)
      for (const part of allParts(tree.root)) {
        for (const name of ['content-type', 'content-disposition']) {
          const field = part.field(name)
          if (field === null) continue
          const theirs = libmime.parseHeaderValue(unfolded(octets, field.value))
          const read = name === 'content-type' ? part.contentType! : part.disposition!
          const mine = read.parameters.map((each) => [each.name, parameterText(each, moreCharsets)])
          const decoded = Object.entries(theirs.params).map(([key, text]) => [key, libmime.decodeWords(text)])
          expect(Object.fromEntries(decoded), octets).toEqual(Object.fromEntries(mine))
          parameters += mine.length
        }
      }
    }
    expect(parameters).toBeGreaterThan(1000)
  })
})

describe('the examples of the RFCs', () => {
  /** Where the others read otherwise, and the section by which we are right, or nobody is. */
  const known: Record<string, string> = {
    'rfc2046-5.1.5-digest from': 'a word alone is a local part to us and a name to them: RFC 5322 3.4 knows neither',
    'rfc2046-5.1.5-digest to': 'the same',
    'rfc2046-5.2.3.7-external-bodies from': 'the same',
    'rfc2046-5.2.3.7-external-bodies to': 'the same',
    'rfc2046-5.2.3.7-external-bodies date': '"Whenever" is no date (RFC 5322 3.3); mailparser takes the present',
    'rfc5322-a.5-oddities from': 'comments are no part of an address (RFC 5322 3.2.2)',
    'rfc5322-a.5-oddities to': 'a comment behind a group is no member (RFC 5322 3.4)',
    'rfc5322-a.5-oddities cc': 'nor is one within (RFC 5322 3.4)',
    'rfc5322-a.6.1-obsolete-addresses to': 'blanks may stand around a dot (RFC 5322 4.4)',
    'rfc5322-a.6.3-obsolete-space from': 'and comments (RFC 5322 4.4)',
    'rfc5322-a.6.3-obsolete-space date': 'and in a time, too (RFC 5322 4.3)',
  }

  type Heading = Pick<Reading, 'subject' | 'date' | 'from' | 'to' | 'cc'>
  const HEADING = ['subject', 'date', 'from', 'to', 'cc'] as const

  function said(name: string): Heading {
    const { header } = expectationOf(name)
    const people = (list: Header['from']): Person[] =>
      (list ?? []).flatMap((item) =>
        ('members' in item ? item.members : [item]).map((member) => ({
          name: member.name ?? '',
          address: member.address,
        })),
      )
    return {
      subject: header.subject ?? '',
      date: header.date?.replace('Z', '.000Z') ?? '',
      from: people(header.from),
      to: people(header.to),
      cc: people(header.cc),
    }
  }

  it.each([
    ['postal-mime', postalMime],
    ['mailparser', mailparser],
  ])('have headers that %s reads as the RFCs mean them, but for what is known', async (_, read) => {
    const otherwise: string[] = []
    for (const name of messageNames.filter((each) => each.startsWith('rfc'))) {
      const mine = said(name)
      const theirs = await read({ octets: octetsOf(name) })
      for (const question of HEADING) {
        if (JSON.stringify(mine[question]) !== JSON.stringify(theirs[question])) otherwise.push(`${name} ${question}`)
      }
    }
    expect(otherwise.filter((each) => !(each in known))).toEqual([])
    expect(otherwise.length).toBeGreaterThan(5)
  })
})

describe('messages that nobody should send', () => {
  const multipart = (body: string, boundary = 'boundary=b') =>
    `From: a@x.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; ${boundary}\r\n\r\n${body}`
  const two = (written: string, boundary: string) =>
    multipart(`--${boundary}\r\n\r\none\r\n--${boundary} \t\r\n\r\ntwo\r\n--${boundary}--\r\n`, written)
  const inner = (boundary: string, closing: string) =>
    multipart(
      `--b\r\nContent-Type: multipart/mixed; boundary=${boundary}\r\n\r\n--${boundary}\r\n\r\none\r\n${closing}` +
        '--b\r\n\r\ntwo\r\n--b--\r\n',
    )

  it.each<[what: string, source: string, otherwise?: Partial<Record<'postal-mime' | 'mailparser', string>>]>([
    ['no final boundary', multipart('--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n')],
    ['a boundary as a prefix of another', inner('bb', '--bb--\r\n')],
    ['an inner multipart that the outer one ends', inner('c', '')],
    ['a boundary in pieces', two('boundary*0=be; boundary*1=ta', 'beta')],
    ['a boundary in one piece', two('boundary*0=beta', 'beta')],
    ['a percent-encoded boundary', two("boundary*=us-ascii''be%74a", 'beta')],
    ['a boundary with a quoted pair', two('boundary="be\\ta"', 'beta')],
    ['a boundary with a quote', two('boundary="be\\"ta"', 'be"ta')],
    // RFC 2046 5.1.1: it cannot end in blanks, for gateways add such.
    ['a boundary that ends in blanks', two('boundary="beta  "', 'beta'), { 'postal-mime': '' }],
    ['lines that end in LF', multipart('--b\n\none\n--b\n\ntwo\n--b--\n')],
    ['a charset that is none', 'Content-Type: text/plain; charset=no-such\r\n\r\none\r\ntwo'],
    ['base64 with foreign characters', 'Content-Transfer-Encoding: base64\r\n\r\nb25!lCn*R\r\n3bw==\x00'],
    ['base64 that is cut', 'Content-Transfer-Encoding: base64\r\n\r\nb25lCnR3bw'],
    // RFC 2045 6.8: padding is the end of the data.
    [
      'base64 behind the padding',
      'Content-Transfer-Encoding: base64\r\n\r\nb25lCnR3bw==dHdv',
      { 'postal-mime': 'one\ntwotwo', mailparser: 'one\ntwotwo' },
    ],
    ['quoted-printable that is cut', 'Content-Transfer-Encoding: quoted-printable\r\n\r\none\r\nt=77o='],
  ])('%s', async (_, source, otherwise = {}) => {
    const model = new MessageModel(source, moreCharsets)
    const text = [...leavesOf(model.tree.root)].map((part) => model.text(part)).join('\n')
    expect(settled(text)).toBe('one\ntwo')
    expect((await postalMime({ octets: source })).text).toBe(otherwise['postal-mime'] ?? 'one\ntwo')
    expect((await mailparser({ octets: source })).text).toBe(otherwise.mailparser ?? 'one\ntwo')
  })
})
