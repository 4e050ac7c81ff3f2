import fc from '../fast-check.ts'
import { expect, test } from 'vitest'
import { durationText, parseDuration } from '../../src/core/world/duration.ts'
import { faultText, parseFault } from '../../src/core/world/faults.ts'
import { parseWorld } from '../../src/core/world/parse.ts'

const words = [
  'hosts',
  'accounts',
  'mail',
  'zones',
  'smtp',
  ':',
  '\n',
  '  ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '&a ',
  '*a',
  '"',
  "'",
  '|',
  '#',
  '!t ',
  '1',
  'a.example',
  '192.0.2.1',
  '\t',
]

test('any text is a world or a list of errors that have places in it', () => {
  const soup = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(' '))
  fc.assert(
    fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (text) => {
      const read = parseWorld(text, 'any.yaml')
      if (!('errors' in read)) return
      expect(read.errors.length).toBeGreaterThan(0)
      const lines = text.split('\n').length
      for (const { file, line, column, message } of read.errors) {
        expect(file).toBe('any.yaml')
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(lines)
        expect(column).toBeGreaterThanOrEqual(1)
        expect(message).toMatch(/[.!?]$/)
      }
    }),
  )
})

test('any value in any place of a world is taken or named, never thrown at', () => {
  const base = { name: 'w', title: { en: 'a', fr: 'b' }, epoch: '2026-09-07T08:00:00Z' }
  const host = fc.record(
    {
      address: fc.jsonValue(),
      services: fc.jsonValue(),
      mail: fc.jsonValue(),
      variants: fc.jsonValue(),
      delay: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  const file = fc.record(
    {
      hosts: fc.oneof(fc.dictionary(fc.constantFrom('a.example', 'b.example'), host), fc.jsonValue()),
      zones: fc.jsonValue(),
      accounts: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
      people: fc.jsonValue(),
      links: fc.jsonValue(),
      faults: fc.jsonValue(),
      facts: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(file, (parts) => {
      const read = parseWorld(JSON.stringify({ ...base, ...parts }), 'any.yaml')
      if ('errors' in read) expect(read.errors.length).toBeGreaterThan(0)
      else expect(read.world.name).toBe('w')
    }),
  )
})

test('durations and faults are read as they are written', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10 ** 11 }), (millis) => {
      expect(parseDuration(durationText(millis))).toBe(millis)
    }),
  )
  const name = fc.constantFrom('a.example', 'mx1.b.example', 'foo.com', 'x-y.example')
  const pair = fc.tuple(name, name).filter(([one, other]) => one !== other)
  const fault = fc.oneof(
    fc.record({ fault: fc.constantFrom('cut' as const, 'mend' as const), between: pair }),
    fc.record({ fault: fc.constant('slow' as const), between: pair, delay: fc.nat({ max: 10 ** 9 }) }),
    fc.record({ fault: fc.constant('loss' as const), between: pair, chance: fc.nat({ max: 100 }).map((n) => n / 100) }),
    fc.record({ fault: fc.constantFrom('down' as const, 'up' as const), host: name }),
  )
  fc.assert(
    fc.property(fault, (one) => {
      expect(parseFault(faultText(one))).toEqual(one)
    }),
  )
})
