import { describe, expect, test } from 'vitest'
import { collector } from '../../../src/core/message/problems.ts'
import { readDate } from '../../../src/core/message/read-date.ts'

function read(source: string) {
  const { report, found } = collector()
  const date = readDate(source, { from: 0, to: source.length }, report)
  return { date, problems: found.map(({ key, from, to }) => `${key}: ${source.slice(from, to)}`) }
}

const iso = (source: string) => {
  const { date } = read(source)
  return date && new Date(date.epochMillis).toISOString().replace('.000', '')
}

describe('dates', () => {
  test.each([
    ['Fri, 21 Nov 1997 09:55:06 -0600', '1997-11-21T15:55:06Z'],
    ['21 Nov 1997 09:55 +0530', '1997-11-21T04:25:00Z'],
    ['Thu,\r\n 13\r\n  Feb\r\n   1969\r\n 23:32\r\n  -0330 (Newfoundland Time)', '1969-02-14T03:02:00Z'],
    ['Fri, 21 Nov 1997 09(comment):   55  :  06 -0600', '1997-11-21T15:55:06Z'],
    ['Sat, 31 Dec 2016 23:59:60 +0000', '2017-01-01T00:00:00Z'],
    ['Thu, 29 Feb 1900 00:00:00 +0000', null],
    ['Tue, 29 Feb 2000 00:00:00 +0000', '2000-02-29T00:00:00Z'],
  ])('%s', (source, expected) => {
    expect(iso(source)).toBe(expected)
    expect(read(source).problems).toEqual(expected === null ? ['date-impossible: 29 Feb 1900 00:00:00 +0000'] : [])
  })

  test.each([
    ['21 Nov 97 09:55:06 GMT', '1997-11-21T09:55:06Z', ['date-short-year: 97', 'date-zone-name: GMT']],
    ['21 Nov 49 09:55:06 +0000', '2049-11-21T09:55:06Z', ['date-short-year: 49']],
    ['21 Nov 50 09:55:06 +0000', '1950-11-21T09:55:06Z', ['date-short-year: 50']],
    ['21 Nov 102 09:55:06 +0000', '2002-11-21T09:55:06Z', ['date-short-year: 102']],
    ['21 Nov 1997 09:55:06 pdt', '1997-11-21T16:55:06Z', ['date-zone-name: pdt']],
    ['21 Nov 1997 09:55:06 EST', '1997-11-21T14:55:06Z', ['date-zone-name: EST']],
    ['21 Nov 1997 09:55:06 M', '1997-11-21T09:55:06Z', ['date-zone-name: M']],
    ['21 Nov 1997 09:55:06', '1997-11-21T09:55:06Z', ['date-zone-missing: ']],
    ['Mon, 21 Nov 1997 09:55:06 +0000', '1997-11-21T09:55:06Z', ['date-weekday: Mon']],
    ['Thu, 08 Sep 94 09:24:12 +02', '1994-09-08T07:24:12Z', ['date-short-year: 94', 'date-zone-malformed: +02']],
    ['8 Sep 1994 09:24:12 GMT+02:30', '1994-09-08T06:54:12Z', ['date-zone-malformed: GMT+02:30']],
    ['8 Sep 1994 09:24:12 +0000 or so', '1994-09-08T09:24:12Z', ['date-extra: or so']],
    ['Mon Nov 24 18:22:48 1986', '1986-11-24T18:22:48Z', ['date-order: Nov 24', 'date-zone-missing: ']],
    ['Mon Nov 24 18:22:48 EST 1986', '1986-11-24T23:22:48Z', ['date-order: Nov 24', 'date-zone-name: EST']],
    [
      'Fri 20-Sep-96 3:21PM-MST',
      '1996-09-20T22:21:00Z',
      ['date-order: 20-Sep-96', 'date-short-year: 20-Sep-96', 'date-order: 3:21PM-MST', 'date-zone-name: 21PM-MST'],
    ],
    ['31 Nov 1997 09:55 +0000', null, ['date-impossible: 31 Nov 1997 09:55 +0000']],
    ['1 Nov 1997 24:00 +0000', null, ['date-impossible: 1 Nov 1997 24:00 +0000']],
    ['yesterday', null, ['date-unreadable: yesterday']],
    ['Fri', null, ['date-unreadable: Fri']],
    ['', null, ['date-unreadable: ']],
  ])('%s, as it should not be', (source, expected, troubles) => {
    expect(iso(source)).toBe(expected)
    expect(read(source).problems).toEqual(troubles)
  })

  test('the civil date is the sender’s, and -0000 does not say where that is', () => {
    expect(read('Fri, 21 Nov 1997 23:55:06 -0600').date).toMatchObject({ year: 1997, month: 11, day: 21, hour: 23 })
    expect(read('Fri, 21 Nov 1997 09:55:06 -0600').date).toMatchObject({ zoneMinutes: -360, zoneKnown: true })
    expect(read('21 Nov 1997 09:55:06 -0000').date).toMatchObject({ zoneMinutes: 0, zoneKnown: false })
    expect(read('21 Nov 1997 09:55:06 +0000').date).toMatchObject({ zoneMinutes: 0, zoneKnown: true })
    expect(read('  21 Nov 1997 09:55 UT (x)').date).toMatchObject({ from: 2, to: 22 })
  })
})
