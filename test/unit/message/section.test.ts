import { describe, expect, test } from 'vitest'
import { collector } from '../../../src/core/message/problems.ts'
import { headerSection, headerTroubles, unfolded } from '../../../src/core/message/section.ts'

function read(source: string, from = 0, to = source.length) {
  const { report, found } = collector()
  const section = headerSection(source, from, to, report)
  return { section, found, problems: found.map(({ key, from: at, to: end }) => `${key}: ${source.slice(at, end)}`) }
}

describe('the header section', () => {
  test('knows where its fields stand', () => {
    const source = '--b\r\nSubject: Hello\r\n  world\r\nX-Empty:\r\nA:b\r\n\r\nBody\r\n--b--'
    const { section, problems } = read(source, 5)
    expect(section.fields.map(({ name, from, to }) => [name, source.slice(from, to)])).toEqual([
      ['Subject', 'Subject: Hello\r\n  world\r\n'],
      ['X-Empty', 'X-Empty:\r\n'],
      ['A', 'A:b\r\n'],
    ])
    expect(section.fields.map(({ value }) => source.slice(value.from, value.to))).toEqual([
      ' Hello\r\n  world',
      '',
      'b',
    ])
    expect(section.fields.map(({ value }) => unfolded(source, value))).toEqual(['Hello  world', '', 'b'])
    expect(source.slice(section.end, section.body)).toBe('\r\n')
    expect(source.slice(section.body)).toBe('Body\r\n--b--')
    expect(problems).toEqual([])
  })

  test('ends with what it was given', () => {
    const source = 'A: 1\r\nB: 2\r\nC: 3'
    expect(read(source, 0, 9).section).toMatchObject({ end: 9, body: 9 })
    expect(read(source, 0, 9).section.fields[1]).toMatchObject({ name: 'B', value: { from: 8, to: 9 } })
    expect(read(source).section.fields.at(-1)!.value).toEqual({ from: 14, to: 16 })
    expect(read('A:', 0, 1).section.fields).toEqual([])
    expect(read('').section).toEqual({ fields: [], end: 0, body: 0 })
  })

  test.each([
    ['A: 1\r\nBonjour\r\n', ['no-colon: Bonjour'], 'Bonjour\r\n'],
    [' folded\r\n', ['no-colon:  folded'], ' folded\r\n'],
    ['A \t: 1\r\n\r\nx', ['blank-before-colon:  \t'], 'x'],
    ['A: 1\n\nx', ['bare-lf: \n', 'bare-lf: \n'], 'x'],
    ['A: 1\rB: 2\r\n\r\nx', ['bare-cr: \r'], 'x'],
    ['A: \0\x01\0\r\n\r\nx', ['nul: \0', 'control-character: \x01'], 'x'],
    ['A: \xc3\xa9\r\n\r\nx', [], 'x'],
    ['A: \xe9t\xe9\r\n\r\nx', ['not-utf8: \xe9t\xe9'], 'x'],
    ['A: 1\r\n \t\r\n 2\r\n\r\nx', ['blank-line-in-field:  \t\r\n'], 'x'],
    [`A: ${'a'.repeat(995)}\r\n\r\nx`, [], 'x'],
    [`A: ${'a'.repeat(996)}\r\n\r\nx`, [`line-too-long: A: ${'a'.repeat(996)}`], 'x'],
  ])('%j', (source, problems, body) => {
    expect(read(source).problems).toEqual(problems)
    expect(source.slice(read(source).section.body)).toBe(body)
  })

  test('keeps an à at the end, whose last octet looks like a blank to JavaScript', () => {
    const source = 'Subject: voil\xc3\xa0\r\n'
    expect(unfolded(source, read(source).section.fields[0]!.value)).toBe('voil\xc3\xa0')
  })

  test('has From and Date, and no field twice that may stand once', () => {
    const troubles = (source: string) => {
      const { report, found } = collector()
      headerTroubles(read(source).section.fields, report)
      return found.map(({ key, from, to }) => `${key}: ${source.slice(from, to)}`)
    }
    expect(troubles('Date: x\r\nFrom: x\r\nReceived: x\r\nReceived: x\r\nX-A: 1\r\nX-A: 1\r\n')).toEqual([])
    expect(troubles('Date: x\r\nfrom: x\r\nFROM: y\r\n')).toEqual(['field-twice: FROM: y\r\n'])
    expect(troubles('')).toEqual(['date-missing: ', 'from-missing: '])
  })
})
