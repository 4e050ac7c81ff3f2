import fc from '../../fast-check.ts'
import { describe, expect, test } from 'vitest'
import { asctime, logTime, mailDate, parseZone } from '../../../src/core/message/date.ts'

const PDT = { minutes: -420, name: 'PDT' }
const UTC = { minutes: 0, name: null }

describe('dates of mail', () => {
  test('are written as in RFC 5322', () => {
    expect(mailDate(Date.UTC(1998, 4, 21, 12, 33, 29), PDT)).toBe('Thu, 21 May 1998 05:33:29 -0700 (PDT)')
    expect(mailDate(Date.UTC(2026, 8, 7, 22, 30, 0), { minutes: 120, name: 'CEST' })).toBe(
      'Tue, 8 Sep 2026 00:30:00 +0200 (CEST)',
    )
    expect(mailDate(0, UTC)).toBe('Thu, 1 Jan 1970 00:00:00 +0000')
    expect(mailDate(999, { minutes: 330, name: null })).toBe('Thu, 1 Jan 1970 05:30:00 +0530')
    expect(mailDate(-1, UTC)).toBe('Wed, 31 Dec 1969 23:59:59 +0000')
  })

  test('have the forms of asctime and of a system log', () => {
    const at = Date.UTC(1986, 10, 4, 18, 22, 48)
    expect(asctime(at, UTC)).toBe('Tue Nov  4 18:22:48 1986')
    expect(asctime(Date.UTC(1986, 10, 24, 18, 22, 48), UTC)).toBe('Mon Nov 24 18:22:48 1986')
    expect(logTime(at, UTC)).toBe('Nov  4 18:22:48')
  })

  test('agree with the calendar of the language, leap years and all', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60_000_000_000_000, max: 250_000_000_000_000 }), (at) => {
        const [weekday, day, month, year, time] = new Date(at).toUTCString().replace(',', '').split(' ')
        expect(mailDate(at, UTC)).toBe(`${weekday}, ${Number(day)} ${month} ${Number(year)} ${time} +0000`)
      }),
      { examples: [[Date.UTC(2000, 1, 29)], [Date.UTC(1900, 1, 28, 23, 59, 59)], [Date.UTC(2100, 2, 1)]] },
    )
  })

  test('read zones', () => {
    expect(parseZone('+0200 (CEST)')).toEqual({ minutes: 120, name: 'CEST' })
    expect(parseZone('-0330')).toEqual({ minutes: -210, name: null })
    expect(parseZone('-0000')).toEqual({ minutes: 0, name: null })
    for (const wrong of ['CEST', '+02:00', '+0260', '+0200 (a)(b)', '']) expect(parseZone(wrong)).toBeNull()
  })
})
