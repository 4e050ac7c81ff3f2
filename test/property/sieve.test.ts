/** Sieve under any input: whatever the octets, a script or its problems; whatever the script, actions; and soon. */
import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { matched } from '../../src/core/sieve/match.ts'
import { parseSieve } from '../../src/core/sieve/parse.ts'
import { runSieve, type SieveAction } from '../../src/core/sieve/run.ts'

const octets = fc.array(fc.integer({ min: 0, max: 255 })).map((codes) => String.fromCharCode(...codes))

/** What scripts are made of, in any order. */
const piece = fc.constantFrom(
  ...['if', 'elsif', 'else', 'require', 'stop', 'keep', 'discard', 'redirect', 'fileinto', 'reject', 'set', 'addflag'],
  ...['true', 'not', 'allof', 'anyof', 'header', 'address', 'size', 'exists', 'body', 'string', 'hasflag', 'duplicate'],
  ...[':is', ':matches', ':over', ':comparator', ':copy', ':flags', ':lower', ':content', ':handle'],
  ...[
    '"fileinto"',
    '"variables"',
    '"a@b.example"',
    '"subject"',
    '"*"',
    '"${a}"',
    '"\\\\Seen"',
    '["a","b"]',
    '12K',
    '7',
  ],
  ...[';', '{', '}', '(', ')', '[', ']', ',', '"', '#', '/*', '*/', 'text:', '\r\n', '.', '@', '\n'],
)
const jumble = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' '))

describe('parseSieve', () => {
  it('answers whatever the octets, its places within the text, no more than ten', () => {
    fc.assert(
      fc.property(fc.oneof(octets, jumble), (text) => {
        const parsed = parseSieve(text)
        if (!('problems' in parsed)) return
        const rows = text.replace(/\r\n/g, '\n').split('\n')
        expect(parsed.problems.length).toBeGreaterThan(0)
        expect(parsed.problems.length).toBeLessThanOrEqual(10)
        for (const { line, column } of parsed.problems) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(rows.length)
          expect(column).toBeGreaterThanOrEqual(1)
          expect(column).toBeLessThanOrEqual(rows[line - 1]!.length + 1)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is soon done with what is deep or long', () => {
    const all = ['{', '(', '[', 'not ', 'if true {', 'allof(', '}', '"', '/*', 'keep ', 'keep;', '[",', 'text:\r\n']
    for (const each of all) {
      const parsed = parseSieve(each.repeat(Math.floor(65_536 / each.length)))
      expect('problems' in parsed || each === 'keep;').toBe(true)
    }
  })
})

const string = fc.constantFrom(
  '',
  'a',
  'A*',
  '*',
  '?b',
  '${x}',
  '${1}',
  '\\\\*',
  'Caf\xc3\xa9',
  'subject',
  'a@b.example',
)
const quoted = string.map((text) => `"${text}"`)
const field = fc.constantFrom('"from"', '"to"', '["to", "cc"]')
const match = fc.constantFrom('', ':is', ':contains', ':matches', ':matches :comparator "i;octet"')

const { test } = fc.letrec<{ test: string }>((tie) => ({
  test: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('true', 'false', 'size :over 20', 'size :under 1K', 'exists "Subject"', 'duplicate'),
    fc.tuple(match, quoted).map(([how, key]) => `header ${how} "subject" ${key}`),
    fc.tuple(match, field, quoted).map(([how, names, key]) => `address :localpart ${how} ${names} ${key}`),
    fc.tuple(match, quoted).map(([how, key]) => `envelope :all ${how} ["from", "to"] ${key}`),
    fc.tuple(match, quoted).map(([how, key]) => `body ${how} ${key}`),
    fc.tuple(match, quoted, quoted).map(([how, value, key]) => `string ${how} ${value} ${key}`),
    tie('test').map((inner) => `not ${inner}`),
    fc.array(tie('test'), { minLength: 1, maxLength: 3 }).map((inner) => `anyof (${inner.join(', ')})`),
    fc.array(tie('test'), { minLength: 1, maxLength: 3 }).map((inner) => `allof (${inner.join(', ')})`),
  ),
}))

/** What copies go to begins with a c, and nothing else does. */
const action = fc.oneof(
  fc.constantFrom(
    'keep;',
    'discard;',
    'stop;',
    'redirect "a@b.example";',
    'redirect :copy "c@d.example";',
    'reject "no";',
  ),
  quoted.map((name) => `fileinto "m${name.slice(1, -1)}";`),
  quoted.map((name) => `fileinto :copy "c${name.slice(1, -1)}";`),
  quoted.map((value) => `set :upper "x" ${value};`),
  quoted.map((value) => `addflag ${value};`),
)
const command = fc.oneof(
  action,
  fc.tuple(test, action, action).map(([when, one, other]) => `if ${when} { ${one} } else { ${other} }`),
)
const extensions = 'require ["fileinto","copy","reject","envelope","body","variables","imap4flags","duplicate"];'
const goodScript = fc.array(command, { maxLength: 12 }).map((commands) => `${extensions}\n${commands.join('\n')}`)

describe('runSieve', () => {
  it('always decides something, and keeps what nothing has cancelled', () => {
    const header = fc.record({ subject: string, body: octets })
    fc.assert(
      fc.property(goodScript, header, octets, (text, { subject, body }, from) => {
        const parsed = parseSieve(text)
        if ('problems' in parsed) throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
        const content = `From: a <A@b.example>\r\nSubject: ${subject}\r\n\r\n${body}`
        const before = JSON.stringify(parsed.script)
        const { actions, trouble } = runSieve(parsed.script, { content, from, to: 'to@b.example' })
        expect(JSON.stringify(parsed.script)).toBe(before)
        expect(structuredClone(actions)).toEqual(actions)
        const isImplicit = actions.some((each) => each.does === 'keep' && each.implicit)
        if (trouble !== null) expect(actions).toEqual([{ does: 'keep', flags: [], implicit: true, line: null }])
        else {
          expect(actions.length).toBeGreaterThan(0)
          const isCopy = (each: SieveAction) =>
            (each.does === 'fileinto' && each.mailbox.startsWith('c')) ||
            (each.does === 'redirect' && each.address === 'c@d.example')
          const cancelled = actions.some((each) => each.line !== null && !isCopy(each))
          expect(isImplicit).toBe(!cancelled)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('random bytes are mail too', () => {
    const parsed = parseSieve(
      'require ["body", "variables"]; if anyof (header :matches ["subject", "from"] "*?*", address "from" "a", ' +
        'body :content "" :matches "*a*b*", body :text "x", body :raw :contains "y") { discard; }',
    )
    if ('problems' in parsed) throw new Error('a good script')
    fc.assert(
      fc.property(octets, octets, (content, from) => {
        const { actions } = runSieve(parsed.script, { content, from, to: '' })
        expect(actions.map(({ does }) => does)).toHaveLength(1)
      }),
    )
  })
})

describe(':matches', () => {
  const letters = fc
    .array(fc.constantFrom('a', 'b', 'A', '*', '\\', '\r\n'), { maxLength: 12 })
    .map((all) => all.join(''))
  const wild = fc.array(fc.constantFrom('a', 'b', '*', '?', '\\*', '\\\\', '\\a'), { maxLength: 8 })

  /** Each star as short as can be, as a regular expression has it. */
  const regex = (pattern: readonly string[]) =>
    new RegExp(
      `^${pattern
        .map((one) => (one === '*' ? '([^]*?)' : one === '?' ? '([^])' : one.slice(-1).replace(/[*\\]/, '\\$&')))
        .join('')}$`,
    )

  it('matches what a regular expression does, and its wildcards hold the same', () => {
    fc.assert(
      fc.property(letters, wild, (value, pattern) => {
        expect(matched(value, pattern.join(''), 'matches', true)).toEqual(regex(pattern).exec(value)?.slice() ?? null)
      }),
      { numRuns: 2000 },
    )
  })

  it('without case, but for ASCII alone', () => {
    fc.assert(
      fc.property(letters, wild, (value, pattern) => {
        const folded = matched(value.toLowerCase(), pattern.join(''), 'matches', true)
        expect(matched(value, pattern.join(''), 'matches', false) === null).toBe(folded === null)
      }),
    )
    expect(matched('\xc3\x89', '\xe3\xa9', 'is', false)).toBeNull()
  })

  it('many stars take no longer for it', () => {
    const pattern = `${'*a'.repeat(500)}b`
    expect(matched('a'.repeat(200_000), pattern, 'matches', false)).toBeNull()
    expect(matched(`${'a'.repeat(200_000)}b`, pattern, 'matches', false)).toHaveLength(501)
  })
})
