import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { decodeBase64Lines, encodeBase64Lines } from '../../src/core/bytes/base64-lines.ts'
import { decodeText, encodeText } from '../../src/core/bytes/charsets.ts'
import type { Octets } from '../../src/core/bytes/octets.ts'
import { decodeQuotedPrintable, encodeQuotedPrintable } from '../../src/core/bytes/quoted-printable.ts'
import { utf8Octets } from '../../src/core/bytes/utf8.ts'
import { decodeModifiedUtf7, encodeModifiedUtf7 } from '../../src/core/bytes/utf7.ts'
import { parameterPieces } from '../../src/core/message/mime/build/parameters.ts'
import { mimeTokens, parameterText, readParameters } from '../../src/core/message/parameters.ts'
import { silent } from '../../src/core/message/problems.ts'
import { stepRun, type StepOptions } from '../../src/core/message/steps/codecs.ts'
import type { Codec, Direction, StepRun } from '../../src/core/message/steps/run.ts'
import { decodeWords } from '../../src/core/message/words.ts'

const octets = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 300,
})
/** Octets of which many mean something to one of the codecs. */
const telling = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...'=?_ \t\r\n&-%*;\'"Ab9+/,é€ÿ') },
      fc.constantFrom(
        '\r\n',
        '=\r\n',
        '=E9',
        '==',
        'AAAA',
        '=?utf-8?Q?',
        '=?iso-8859-1?B?',
        '?=',
        '&AOk-',
        '%C3',
        '*0*=',
      ),
    ),
    {
      maxLength: 80,
    },
  )
  .map((parts) => utf8Octets(parts.join('')))
const any = fc.oneof(octets, telling)
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.string({ unit: 'binary', maxLength: 60 }))
const charset = fc.constantFrom('us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'utf-8')

/** A run in which each step stands where it says, and the bits of both sides of a step are the same bits. */
function sound(codec: Codec, direction: Direction, input: string, options: StepOptions = {}): StepRun {
  const run = stepRun(codec, direction, input, { ...options, most: Infinity })
  let at = 0
  for (const { take, give, bits, before, after } of run.steps) {
    expect(give.from).toBe(at)
    at = give.to
    expect(take.from).toBeGreaterThanOrEqual(0)
    expect(take.to).toBeGreaterThanOrEqual(take.from)
    expect(take.to).toBeLessThanOrEqual(input.length)
    for (const cell of [...before, ...after]) {
      if (cell.from === cell.to) continue
      expect(Number.parseInt(cell.mark + bits.slice(cell.from, cell.to), 2)).toBe(cell.value)
    }
  }
  expect(at).toBe(run.output.length)
  return run
}

describe('the step form gives what the fast form gives', () => {
  const same = (codec: Codec, direction: Direction, fast: (input: Octets) => string) =>
    fc.assert(
      fc.property(any, (input) => {
        expect(sound(codec, direction, input).output).toBe(fast(input))
      }),
    )

  it('base64', () => {
    same('base64', 'encode', encodeBase64Lines)
    same('base64', 'decode', decodeBase64Lines)
  })

  it('quoted-printable', () => {
    same('quoted-printable', 'encode', encodeQuotedPrintable)
    same('quoted-printable', 'decode', decodeQuotedPrintable)
  })

  it('encoded words', () => {
    same('q-word', 'decode', decodeWords)
    same('b-word', 'decode', decodeWords)
  })

  it('modified UTF-7', () => {
    fc.assert(
      fc.property(text, (input) => {
        expect(sound('utf7', 'encode', input).output).toBe(encodeModifiedUtf7(input))
      }),
    )
    fc.assert(
      fc.property(fc.oneof(any, text.map(encodeModifiedUtf7)), (input) => {
        const run = sound('utf7', 'decode', input)
        expect(run.wrong > 0 ? null : run.output).toBe(decodeModifiedUtf7(input))
      }),
    )
  })

  it('charsets', () => {
    fc.assert(
      fc.property(fc.oneof(text, any), charset, (input, name) => {
        const run = sound('charset', 'encode', input, { charset: name })
        const fast = encodeText(input, name)
        if (fast !== null) expect(run.output).toBe(fast)
        else expect(run.steps.some(({ why }) => why === 'charset.missing')).toBe(true)
      }),
    )
    fc.assert(
      fc.property(any, charset, (input, name) => {
        expect(sound('charset', 'decode', input, { charset: name }).output).toBe(decodeText(input, name))
      }),
    )
  })

  it('parameters of RFC 2231', () => {
    const tag = fc.constantFrom('', 'fr', 'en-us')
    fc.assert(
      fc.property(text, charset, tag, (input, name, language) => {
        const given = encodeText(input, name)
        fc.pre(given !== null && /[^\x20-\x7e]/.test(input))
        const form = { charset: name, language }
        const run = sound('rfc2231', 'encode', given!, { ...form, attribute: 'title' })
        expect(run.output).toBe(parameterPieces('title', input, form).join(';\r\n '))
        expect(sound('rfc2231', 'decode', `; ${run.output}`).output).toBe(decodeText(given!, name))
      }),
    )
    const pieces = fc.constantFrom(
      ...[
        "title*0*=utf-8'fr'%C3",
        "title*=iso-8859-1''a%E9%zz",
        'title*1*=%A9x',
        'title*2="it\\"s %41"',
        'title*1=%41',
      ],
      ...['title*2*="%C3%A9"', 'title=plain', "title*0*=no%20head'", 'name=x', 'title*3=a b', '(title*0=x)', 'title*0'],
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (all) => {
        const input = all.map((piece) => `;\r\n ${piece}`).join('')
        const tokens = mimeTokens(input, { from: 0, to: input.length }, silent)
        const found = readParameters(tokens, 0, silent).find(({ name }) => name === 'title')
        const asked = found?.segments.some(({ number, extended }) => extended || number !== null)
        expect(sound('rfc2231', 'decode', input).output).toBe(asked ? parameterText(found!) : '')
      }),
    )
  })
})

describe('what a step form writes', () => {
  it('as encoded words comes back, in words and lines that are no longer than they may be', () => {
    const form = fc.record({ phrase: fc.boolean(), language: fc.constantFrom('', 'fr') })
    fc.assert(
      fc.property(fc.constantFrom<Codec>('q-word', 'b-word'), text, charset, form, (codec, input, name, options) => {
        const given = encodeText(input, name)
        fc.pre(given !== null)
        const { output, wrong } = sound(codec, 'encode', given!, { charset: name, ...options })
        expect(wrong).toBe(0)
        for (const line of output.split('\r\n ')) expect(line).toMatch(/^$|^=\?[ -~]{1,71}\?=$/)
        expect(decodeWords(output)).toBe(decodeText(given!, name))
        expect(sound(codec, 'decode', output).wrong).toBe(0)
      }),
    )
  })

  it('goes through a relay of seven bits unharmed, and nothing else does', () => {
    fc.assert(
      fc.property(any, (input) => {
        for (const codec of ['base64', 'quoted-printable', 'q-word', 'b-word', 'rfc2231'] as const) {
          const { output } = stepRun(codec, 'encode', input)
          expect(stepRun('7bit', 'encode', output)).toMatchObject({ output, wrong: 0 })
        }
        const relayed = sound('7bit', 'encode', input)
        expect(relayed.wrong > 0).toBe(relayed.output !== input)
        expect(sound('8bit', 'encode', input).output).toBe(input)
        expect(sound('binary', 'encode', input).output).toBe(input)
      }),
    )
  })
})

it('a run that keeps few steps has the whole output, and counts the others', () => {
  fc.assert(
    fc.property(any, fc.nat(20), (input, most) => {
      const whole = stepRun('quoted-printable', 'encode', input, { most: Infinity })
      const few = stepRun('quoted-printable', 'encode', input, { most })
      expect(few).toEqual({ ...whole, steps: whole.steps.slice(0, most), more: Math.max(0, whole.steps.length - most) })
    }),
  )
})
