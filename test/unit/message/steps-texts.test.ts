import { describe, expect, it } from 'vitest'
import { inputOf, stepRun, type StepOptions } from '../../../src/core/message/steps/codecs.ts'
import { reasonOf, reasons, type ReasonKey } from '../../../src/core/message/steps/reasons.ts'
import { codecs, type Codec, type Direction, type Step } from '../../../src/core/message/steps/run.ts'
import { stepsEnglish } from '../../../src/texts/steps.en.ts'
import { translator } from '../../../src/texts/index.ts'
import '../../../src/texts/later.ts'

const keys = Object.keys(reasons) as ReasonKey[]

type Sample = readonly [Codec, Direction, string, StepOptions?]
/** Inputs that reach every reason together. */
const samples: readonly Sample[] = [
  ['charset', 'encode', 'aé\ud800'],
  ['charset', 'encode', 'é€☃', { charset: 'windows-1252' }],
  ['charset', 'decode', 'a\xc3\xa9\xff'],
  ['charset', 'decode', '\x80\xe9', { charset: 'iso-8859-1' }],
  ['charset', 'decode', '\xa4', { charset: 'iso-8859-15' }],
  ['charset', 'decode', '\xa4', { charset: 'us-ascii' }],
  ['base64', 'encode', 'x'.repeat(58)],
  ['base64', 'encode', 'xx'],
  ...['AAAA!AAA\r\nAA==', 'AA!AA\r\n', 'AAA=', 'AAA', 'A', 'Zh==', '=', 'AA==x'].map((text): Sample => [
    'base64',
    'decode',
    text,
  ]),
  ['quoted-printable', 'encode', `a=\xe9\f\n b \r\n${'x'.repeat(80)}`],
  ['quoted-printable', 'decode', 'a=E9=e9 b \r\nc\n=\r\n=x\xe9\0='],
  ['q-word', 'encode', `a ?\xc3\xa9${'x'.repeat(80)}`],
  ['q-word', 'encode', 'a,', { phrase: true, language: 'fr' }],
  ['q-word', 'decode', '=?utf-8*fr?Q?a_=C3=A9=x?= =?utf-8?Q?=C3?= end'],
  ['b-word', 'decode', '=?koi8-r?B?AAAA?=', { more: () => () => 'x' }],
  ['rfc2231', 'encode', 'a\xc3\xa9', { language: 'fr' }],
  ['rfc2231', 'encode', '\xc3\xa9'.repeat(20)],
  ['rfc2231', 'decode', `; a*0*=utf-8''%C3%A9%x; a*1=b; a*2="c"; a*4=d`],
  ['rfc2231', 'decode', "; a*=utf-8'fr'a"],
  ['rfc2231', 'decode', '; a*=a'],
  ['rfc2231', 'decode', '; a=a'],
  ['utf7', 'encode', 'a&日本語éé'],
  ['utf7', 'decode', 'a&-&AOk-&AOk-\xe9&AGE-&'],
  ['7bit', 'encode', 'a\xe9'],
  ['8bit', 'encode', `a\r\n\0\r\n\n\r\n${'x'.repeat(999)}`],
  ['binary', 'encode', 'a'],
]
const steps: Step[] = samples.flatMap(
  ([codec, direction, input, options]) => stepRun(codec, direction, input, options).steps,
)

describe.each(['en', 'fr'] as const)('in %s', (language) => {
  const t = translator(language)

  it('every reason has words, and nothing stays unfilled', () => {
    for (const { why, values } of steps) {
      const text = t(`steps.why.${why}`, values)
      expect(text).not.toContain('steps.why')
      expect(text, why).not.toMatch(/\{\w+\}/)
    }
  })

  it('a reason names the same values as in the other language', () => {
    const names = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()
    for (const key of Object.keys(stepsEnglish)) expect(names(t(key)), key).toEqual(names(translator('en')(key)))
  })

  it('every codec has a name', () => {
    for (const codec of codecs) expect(t(`steps.codec.${codec}`)).not.toContain('steps.')
  })
})

it('every reason is met, and every text of a reason has one', () => {
  expect(keys.filter((key) => !steps.some(({ why }) => why === key))).toEqual([])
  const written = Object.keys(stepsEnglish).flatMap((key) => /^steps\.why\.(.*)$/.exec(key)?.[1] ?? [])
  expect(written.filter((key) => !(key in reasons))).toEqual([])
  for (const key of keys) expect(reasonOf(key).section).toMatch(/^\d+(\.\d+)*( \(\d\))?$/)
})

it('says what goes in', () => {
  expect(inputOf('charset', 'encode')).toBe('characters')
  expect(inputOf('charset', 'decode')).toBe('octets')
  expect(inputOf('base64', 'encode')).toBe('octets')
})
