/** ENVELOPE and BODYSTRUCTURE of generated messages, read by a parser of others, against what postal-mime finds in them. */
import libmime from 'libmime'
import PostalMime, { type Address } from 'postal-mime'
import { expect, test } from 'vitest'
import { generate, type Person } from '../../messages/generate.ts'
import { Desk } from './desk.ts'
import { parsed, type Atom, type Value } from './second-opinion.ts'

/** imap-handler loses quotes within quotes, postal-mime the Œ of ISO-8859-15: what they misread is left to the other opinions. */
const isMisread = ({ name }: Person) => /["Œ]/.test(name)
const messages = generate(11, 8).filter(({ from, to, cc }) => ![from, ...to, ...cc].some(isMisread))
const desk = new Desk()
desk.deliver('alice', ...messages.map(({ octets }) => octets))
const line = desk.open()

const opinion = (octets: string) => PostalMime.parse(Buffer.from(octets, 'latin1'), { forceRfc822Attachments: true })
const answer = (item: string, at: number): Value =>
  (parsed(`* ${line.ok(`FETCH ${at + 1} ${item}`)[0]!}`).attributes[1] as Value[])[1]!

const said = (value: Value | undefined): string => (value && !Array.isArray(value) ? (value as Atom).value : '')
const text = (value: Value | undefined) => libmime.decodeWords(Buffer.from(said(value), 'latin1').toString('utf8'))

/** A group begins with a name that has no host, and ends with one that is NIL. */
const people = (value: Value | undefined) =>
  (Array.isArray(value) ? value : []).flatMap((each) => {
    const [name, , mailbox, host] = each as Value[]
    return said(host) === '' ? [] : [{ name: text(name), address: `${said(mailbox)}@${said(host)}` }]
  })
const theirs = (addresses: readonly Address[] | undefined) =>
  (addresses ?? [])
    .flatMap((one) => one.group ?? [one])
    .map(({ name, address }) => ({ name: name ?? '', address: address ?? '' }))

/** Types of the parts that hold no others, a message as one of them. */
function leaves(structure: Value[]): string[] {
  if (!Array.isArray(structure[0])) return [`${said(structure[0])}/${said(structure[1])}`.toLowerCase()]
  return structure.flatMap((part, at) =>
    Array.isArray(part) && structure.slice(0, at).every(Array.isArray) ? leaves(part) : [],
  )
}

test('there is much to compare', () => {
  expect(messages.length).toBeGreaterThan(30)
})

test.each(messages.map(({ octets }, at) => [at, octets] as const))('message %i', async (at, octets) => {
  const mail = await opinion(octets)
  const [, subject, from, , , to, cc, , , messageId] = answer('ENVELOPE', at) as Value[]
  expect(text(subject)).toBe(mail.subject ?? '')
  expect(said(messageId)).toBe(mail.messageId ?? '')
  expect(people(from)).toEqual(theirs(mail.from && [mail.from]))
  expect(people(to)).toEqual(theirs(mail.to))
  expect(people(cc)).toEqual(theirs(mail.cc))
  const types = leaves(answer('BODYSTRUCTURE', at) as Value[])
  for (const { mimeType } of mail.attachments) expect(types).toContain(mimeType)
  expect(types.some((type) => type === 'text/html')).toBe(mail.html !== undefined)
})
