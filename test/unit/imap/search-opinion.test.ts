/** SEARCH on generated messages against a second opinion: what mailparser reads in them. */
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser'
import { expect, test } from 'vitest'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import { generate } from '../../messages/generate.ts'
import { Desk } from './desk.ts'

const messages = generate(7, 8)
const desk = new Desk()
desk.deliver('alice', ...messages.map(({ octets }) => octets))
const line = desk.open()

const read = (octets: string) => simpleParser(Buffer.from(octets, 'latin1'))
const opinions = await Promise.all(messages.map(({ octets }) => read(octets)))

const folded = (text: string) => text.normalize('NFKD').toUpperCase()

function people(field: AddressObject | AddressObject[] | undefined): string[] {
  const all = field === undefined ? [] : Array.isArray(field) ? field : [field]
  return all
    .flatMap(({ value }) => value)
    .flatMap((one) => [one, ...(one.group ?? [])])
    .flatMap(({ name, address }) => [name, address])
    .filter((text): text is string => text !== undefined && text !== '')
}

/** Text, HTML, and those of messages within. */
async function bodies({ text, html, attachments }: ParsedMail): Promise<string[]> {
  const inner = attachments.filter(({ contentType }) => contentType === 'message/rfc822')
  const within = await Promise.all(inner.map(({ content }) => simpleParser(content).then(bodies)))
  return [text, html, ...within.flat()].filter((each): each is string => typeof each === 'string')
}

/** Each text that any message has must find those that have it, and no others. */
async function compare(key: string, textsOf: (mail: ParsedMail) => Promise<string[]>, needles?: string[]) {
  const texts = await Promise.all(opinions.map(textsOf))
  for (const needle of needles ?? new Set(texts.flat())) {
    const expected = texts.flatMap((all, at) =>
      all.some((text) => folded(text).includes(folded(needle))) ? [at + 1] : [],
    )
    expect(expected.length, `${key} ${needle}`).toBeGreaterThan(0)
    const octets = utf8Octets(needle)
    const found = line.ok(`SEARCH CHARSET UTF-8 ${key} {${octets.length}+}\r\n${octets}`)[0]
    expect(found, `${key} ${needle}`).toBe(`SEARCH ${expected.join(' ')}`)
  }
}

test('there is much to compare', () => {
  expect(messages.length).toBeGreaterThan(60)
})

test('SUBJECT', () => compare('SUBJECT', ({ subject }) => Promise.resolve([subject ?? ''])))
test('FROM', () => compare('FROM', ({ from }) => Promise.resolve(people(from))))
test('TO', () => compare('TO', ({ to }) => Promise.resolve(people(to))))
test('CC', () => compare('CC', ({ cc }) => Promise.resolve(people(cc))))
test('HEADER MESSAGE-ID', () => compare('HEADER MESSAGE-ID', ({ messageId }) => Promise.resolve([messageId ?? ''])))
test('BODY', () => compare('BODY', bodies, ['GARÇON', 'cœur', 'l’heure', '€', 'déjà', 'naïve', 'Quick', 'serveur']))
test('SENTON', () => {
  for (const [at, { date }] of opinions.entries()) {
    const written = /\d{1,2} (?:\w{3}) \d{4}/.exec(/^Date: (.*)$/m.exec(messages[at]!.octets)![1]!)![0]
    expect(line.ok(`SEARCH ${at + 1} SENTON ${written.replaceAll(' ', '-')}`)).toEqual([`SEARCH ${at + 1}`])
    expect(date!.toISOString()).toBe(messages[at]!.date)
  }
})
test('SORT DATE', () => {
  const order = opinions
    .map(({ date }, at) => ({ at: at + 1, second: Math.floor(date!.getTime() / 1000) }))
    .sort((a, b) => a.second - b.second || a.at - b.at)
  expect(line.ok('SORT (DATE) UTF-8 ALL')).toEqual([`SORT ${order.map(({ at }) => at).join(' ')}`])
})
