import { describe, expect, test } from 'vitest'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import { Ranking } from '../../../src/core/imap/search/ranking.ts'
import { Desk, EPOCH } from './desk.ts'

const message = (...fields: string[]) => `${[...fields, '', 'x'].join('\r\n')}\r\n`

function sort(messages: readonly string[], criteria: string, search = 'ALL'): string {
  const desk = new Desk()
  for (const [at, octets] of messages.entries()) {
    desk.now = EPOCH + ([3, 1, 2, 1, 3][at % 5]! - 1) * 1000 + at * 100
    desk.deliver('alice', octets)
  }
  return desk
    .open()
    .ok(`SORT (${criteria}) UTF-8 ${search}`)[0]!
    .replace(/^SORT ?/, '')
}

test('ranks that span more than a number holds are told apart still', () => {
  const ranking = new Ranking(3)
  for (let times = 0; times < 2; times++) ranking.byNumber(Float64Array.of(172_800, 0, 0))
  ranking.byNumber(Float64Array.of(0, 86_400, 345_600), true)
  expect(ranking.order()).toEqual([2, 1, 0])
  ranking.byNumber(Float64Array.of(0, -8e15, 8e14))
  expect(ranking.order()).toEqual([2, 1, 0])
  expect(new Ranking(0).order()).toEqual([])
})

describe('SORT (RFC 5256)', () => {
  const plain = Array.from({ length: 5 }, (_, at) => message(`Subject: ${'x'.repeat([1, 5, 3, 5, 1][at]!)}`))

  test('ARRIVAL, to the second; REVERSE keeps ties in the order of the mailbox', () => {
    expect(sort(plain, 'ARRIVAL')).toBe('2 4 3 1 5')
    expect(sort(plain, 'REVERSE ARRIVAL')).toBe('1 5 3 2 4')
    expect(sort(plain, 'ARRIVAL', '3:5')).toBe('4 3 5')
    expect(sort(plain, 'ARRIVAL', 'SEEN')).toBe('')
  })

  test('SIZE, and several keys', () => {
    expect(sort(plain, 'SIZE')).toBe('1 5 3 2 4')
    expect(sort(plain, 'REVERSE SIZE')).toBe('2 4 3 1 5')
    expect(sort(plain, 'REVERSE SIZE REVERSE ARRIVAL')).toBe('2 4 3 1 5')
    expect(sort(plain, 'size reverse arrival SUBJECT')).toBe('1 5 3 2 4')
  })

  test('DATE: in UTC; what does not say when it was sent was sent when it came', () => {
    const dates = [
      message('Date: Mon, 7 Sep 2026 10:00:01 +0200'),
      message('Date: Mon, 7 Sep 2026 00:00:00 -0900'),
      message('Date: yesterday'),
      message('Date: 7 Sep 2026 08:00'),
      message('X: none'),
    ]
    // 08:00:01, 09:00:00, (arrived) 08:00:01, 08:00:00, (arrived) 08:00:02
    expect(sort(dates, 'DATE')).toBe('4 1 3 5 2')
    expect(sort(dates, 'REVERSE DATE')).toBe('2 5 1 3 4')
  })

  test('SUBJECT: the base subject, decoded, whatever its case; the empty one first', () => {
    const subjects = [
      message('Subject: Re: [list] beta (fwd)'),
      message('Subject: ALPHA'),
      message('Subject: =?utf-8?Q?=C3=A9t=C3=A9?='),
      message('Subject: Fwd: alpha'),
      message('X: none'),
      message('Subject: BETA'),
      message('Subject: f'),
    ]
    expect(sort(subjects, 'SUBJECT')).toBe('5 2 4 1 6 3 7')
    expect(sort(subjects, 'REVERSE SUBJECT')).toBe('7 3 1 6 2 4 5')
  })

  test('texts are ordered as their UTF-8 is, beyond the first plane too', () => {
    const subjects = ['\u{1f389}', '\uf8ff', 'z', '\ue000'].map((text) => message(`Subject: ${utf8Octets(text)}`))
    expect(sort(subjects, 'SUBJECT')).toBe('3 4 2 1')
  })

  const people = [
    message('From: Zoe <b@x.test>', 'To: c@x.test', 'Cc: a@x.test'),
    message('From: =?utf-8?Q?Adam?= <C@x.test>', 'To: "B" <d@x.test>, a@a.test'),
    message('From: a@z.test (Mary)', 'To: Beta: z@z.test;', 'Cc: "b"@x.test'),
    message('From: ,', 'To: undisclosed:;', 'Cc: A@y.test'),
  ]

  test('FROM, TO, CC: the local part of the first; a group sorts by its name', () => {
    expect(sort(people, 'FROM')).toBe('4 3 1 2')
    expect(sort(people, 'TO')).toBe('3 1 2 4')
    expect(sort(people, 'CC')).toBe('2 1 4 3')
    expect(sort(people, 'REVERSE CC')).toBe('3 1 4 2')
  })

  test('DISPLAYFROM, DISPLAYTO: the name as it is shown, or the address (RFC 5957)', () => {
    expect(sort(people, 'DISPLAYFROM')).toBe('4 2 3 1')
    expect(sort(people, 'DISPLAYTO').split(' ').indexOf('2')).toBeLessThan(
      sort(people, 'DISPLAYTO').split(' ').indexOf('1'),
    )
  })

  test('UID SORT tells UIDs', () => {
    const desk = new Desk()
    desk.deliver('alice', message('Subject: b'), message('Subject: c'), message('Subject: a'))
    const line = desk.open()
    line.ok('STORE 1 +FLAGS (\\Deleted)')
    line.ok('EXPUNGE')
    expect(line.ok('UID SORT (SUBJECT) US-ASCII ALL')).toEqual(['SORT 3 2'])
    expect(line.ok('SORT (SUBJECT) US-ASCII ALL')).toEqual(['SORT 2 1'])
  })

  test('keys that span more than a number holds', () => {
    const wide = [0, 1, 2].map((at) =>
      message(`Date: 1 Jan ${[1970, 9999, 1971][at]!} 00:00:00 +0000`, `Subject: ${'cab'[at]!}`),
    )
    const many = 'DATE SIZE ARRIVAL DATE SIZE REVERSE DATE SUBJECT'
    expect(sort(wide, 'DATE DATE DATE DATE REVERSE SUBJECT')).toBe('1 3 2')
    expect(sort([...plain, ...plain], 'SIZE ARRIVAL ARRIVAL DATE DATE DATE DATE REVERSE SUBJECT')).toBe(
      sort([...plain, ...plain], 'SIZE ARRIVAL'),
    )
    expect(sort(wide, many)).toBe('1 3 2')
    expect(sort(wide, `REVERSE ${many}`)).toBe('2 3 1')
  })
})
