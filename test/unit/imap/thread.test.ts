import { describe, expect, test } from 'vitest'
import { ContentReader, Content } from '../../../src/core/message/content.ts'
import { byReferences, writeThreads } from '../../../src/core/imap/search/thread.ts'
import { Desk, EPOCH } from './desk.ts'

interface Letter {
  id?: string
  refs?: string
  reply?: string
  subject?: string
  /** Seconds since the first could have been sent; without one it has no Date, and came in its turn. */
  at?: number
}

const date = (seconds: number) => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `7 Sep 2026 08:${two(Math.floor(seconds / 60))}:${two(seconds % 60)} +0000`
}

const octetsOf = ({ id, refs, reply, subject, at }: Letter): string =>
  [
    ...(at === undefined ? [] : [`Date: ${date(at)}`]),
    ...(id === undefined ? [] : [`Message-ID: <${id}@x.test>`]),
    ...(refs === undefined ? [] : [`References: ${refs.replace(/\w+/g, '<$&@x.test>')}`]),
    ...(reply === undefined ? [] : [`In-Reply-To: ${reply.replace(/\w+/g, '<$&@x.test>')}`]),
    ...(subject === undefined ? [] : [`Subject: ${subject}`]),
    'From: a@x.test',
    '',
    'x',
  ].join('\r\n')

function thread(algorithm: string, letters: readonly Letter[], search = 'ALL'): string {
  const desk = new Desk()
  for (const [at, letter] of letters.entries()) {
    desk.now = EPOCH + at * 1000
    desk.deliver('alice', octetsOf(letter))
  }
  return desk
    .open()
    .ok(`THREAD ${algorithm} UTF-8 ${search}`)[0]!
    .replace(/^THREAD ?/, '')
}

describe('ORDEREDSUBJECT (RFC 5256 3)', () => {
  const of = (...letters: Letter[]) => thread('ORDEREDSUBJECT', letters)

  test('is one level deep: all others are children of the first', () => {
    const subjects = ['a', 'C', 'b', 'Re: b (fwd)', 'Re: [FWD: c]', 'b', 'RE: C', '', 'Ad: x']
    expect(of(...subjects.map((subject) => ({ subject })))).toBe('(1)(2 (5)(7))(3 (4)(6))(8)(9)')
    expect(of({ subject: 'a' }, { subject: 'Re: a' })).toBe('(1 2)')
  })

  test('threads and answers come in the order in which they were sent', () => {
    const letters = [10, 9, 8, 7].map((at, k) => ({ at, subject: k % 2 === 0 ? 'a' : 'b' }))
    expect(of(...letters)).toBe('(4 2)(3 1)')
  })
})

describe('REFERENCES (RFC 5256 3)', () => {
  const of = (...letters: Letter[]) => thread('REFERENCES', letters)

  test('links by References, else by the first identifier of In-Reply-To', () => {
    expect(of({ id: 'a' }, { id: 'b', refs: 'a' }, { id: 'c', refs: 'a b' }, { id: 'd', reply: 'a b' })).toBe(
      '(1 (2 3)(4))',
    )
    expect(of({ id: 'a' }, { id: 'b' }, { id: 'c', refs: '', reply: 'b' })).toBe('(1)(2 3)')
  })

  test('children come by their date, ties in the order of the mailbox', () => {
    expect(of({ id: 'a', at: 5 }, { refs: 'a', at: 9 }, { refs: 'a', at: 7 }, { refs: 'a', at: 9 })).toBe(
      '(1 (3)(2)(4))',
    )
    expect(of({ id: 'a', at: 9 }, { id: 'b', at: 5 })).toBe('(2)(1)')
  })

  test('one that is not there holds its answers together, where there are several', () => {
    expect(of({ refs: 'x' }, { refs: 'x' })).toBe('((1)(2))')
    expect(of({ refs: 'x' })).toBe('(1)')
    // Who names no parent has none, whatever others said of it before.
    expect(of({ refs: 'x y' }, { refs: 'x z' }, { id: 'z', at: 59 })).toBe('(1)(3 2)')
  })

  test('what lies below one that is not there moves up', () => {
    expect(of({ id: 'a' }, { id: 'c', refs: 'a missing' }, { refs: 'a missing gone' })).toBe('(1 (2)(3))')
    expect(of({ refs: 'u v w' }, { refs: 'u v' }, { refs: 'u' })).toBe('((1)(2)(3))')
  })

  test('an identifier belongs to the first that bears it', () => {
    expect(of({ id: 'a' }, { id: 'a' }, { id: 'b', refs: 'a' })).toBe('(1 3)(2)')
    expect(of({ id: 'a' }, { id: 'b', refs: 'a' }, { id: 'c', refs: 'b' }, { id: 'b', refs: 'a' })).toBe('(1 (2 3)(4))')
  })

  test('no loop is made; what a message says of its own parent counts most', () => {
    expect(of({ id: 'a', at: 9 }, { id: 'b', refs: 'a c', at: 1 }, { id: 'c', refs: 'b', at: 5 })).toBe('(3 2)(1)')
    expect(of({ id: 'a', refs: 'b' }, { id: 'b', refs: 'a' })).toBe('(2 1)')
    expect(of({ id: 'a', refs: 'a' })).toBe('(1)')
    expect(of({ id: 'a' }, { id: 'b' }, { id: 'c', refs: 'a b' })).toBe('(1 2 3)')
    expect(of({ id: 'c', refs: 'a b' }, { id: 'a' }, { id: 'b' })).toBe('(2)(3 1)')
  })

  test('(5): a thread of one subject is one', () => {
    expect(of({ id: 'a', subject: 'x' }, { id: 'b', subject: 'Re: X' })).toBe('(1 2)')
    expect(of({ id: 'b', subject: 'Re: x' }, { id: 'a', subject: 'x' })).toBe('(2 1)')
    expect(of({ subject: 'x' }, { subject: 'x' })).toBe('((1)(2))')
    expect(of({ subject: 'Re: x' }, { subject: 'Fwd: x' }, { subject: 'y' })).toBe('((1)(2))(3)')
    expect(of({}, { subject: '' }, { subject: 'Re:' })).toBe('(1)(2)(3)')
    expect(of({ id: 'a', subject: 'x' }, { refs: 'gone', subject: 'Re: x' })).toBe('(1 2)')
  })

  test('(5) with those that are not there', () => {
    const two = (name: string, subject: string): Letter[] => [
      { refs: name, subject },
      { refs: name, subject },
    ]
    expect(of(...two('u', 'x'), ...two('v', 'Re: x'))).toBe('((1)(2)(3)(4))')
    expect(of({ subject: 'x' }, ...two('u', 'x'))).toBe('((1)(2)(3))')
    expect(of(...two('u', 'Re: x'), { subject: 'x', at: 0 })).toBe('((1)(3)(2))')
    expect(of({ subject: 'x' }, { subject: 'x' }, { subject: 'Re: x' })).toBe('((1)(2)(3))')
  })

  test('of what the search found only', () => {
    expect(thread('REFERENCES', [{ id: 'a' }, { id: 'b', refs: 'a' }, { refs: 'b' }], 'NOT 2')).toBe('(1)(3)')
    expect(thread('REFERENCES', [{ id: 'a' }, { id: 'b', refs: 'a' }, { refs: 'a b' }], 'NOT 2')).toBe('(1 3)')
  })

  test('what cannot be read as an identifier is none; quoting makes no difference', () => {
    expect(of({ id: 'a' }, { refs: '' }, { reply: '' })).toBe('(1)(2)(3)')
    const desk = new Desk()
    desk.deliver(
      'alice',
      'Message-ID: <"01KF8JCEOCBS0045PS"@xxx.yyy.com>\r\n\r\n',
      'References: <01KF8JCEOCBS0045PS@xxx.yyy.com>\r\n\r\n',
    )
    expect(desk.open().ok('UID THREAD REFERENCES US-ASCII ALL')).toEqual(['THREAD (1 2)'])
  })
})

describe('a conversation of 100,000 messages', () => {
  const COUNT = 100_000
  const reader = new ContentReader()
  const letters = (references: (at: number) => string) =>
    Array.from({ length: COUNT }, (_, at) => ({
      uid: at + 1,
      internalDate: EPOCH,
      flags: [],
      modseq: 1,
      content: new Content(`Message-ID: <m${at}@x>\r\nReferences: ${references(at)}\r\n\r\n`, reader),
    }))
  const numbers = Array.from({ length: COUNT }, (_, at) => at + 1)

  test('each answering the one before', () => {
    const text = writeThreads(byReferences(letters((at) => (at === 0 ? '' : `<m${at - 1}@x>`))), numbers)
    expect(text).toBe(`(${numbers.join(' ')})`)
  })

  test('each answering the one behind, and all of those who say that they answer each other', () => {
    const text = writeThreads(byReferences(letters((at) => `<m${(at + 1) % COUNT}@x>`)), numbers)
    expect(text.replace(/\d+/g, '').replaceAll(' ', '')).toBe('()')
    expect(new Set(text.match(/\d+/g)).size).toBe(COUNT)
  })

  test('in pairs: a fork at each message', () => {
    const text = writeThreads(
      byReferences(letters((at) => (at === 0 ? '' : `<m${Math.floor((at - 1) / 2)}@x>`))),
      numbers,
    )
    expect(text.match(/\d+/g)).toHaveLength(COUNT)
    expect(text.match(/\(/g)).toHaveLength(text.match(/\)/g)!.length)
  })
})
