import { describe, expect, it } from 'vitest'
import { stepRun, type StepOptions } from '../../../src/core/message/steps/codecs.ts'
import { bitsOfOctets, type Cell, type Codec, type Direction, type Step } from '../../../src/core/message/steps/run.ts'

const bitsIn = ({ bits }: Step, cells: readonly Cell[]) =>
  cells.filter(({ from, to }) => from < to).map(({ mark, from, to }) => mark + bits.slice(from, to))
const reasons = (codec: Codec, direction: Direction, input: string, options?: StepOptions) =>
  stepRun(codec, direction, input, options).steps.map(({ why }) => why)
/** Each step as what it takes and what it gives. */
const moves = (codec: Codec, direction: Direction, input: string, options?: StepOptions) => {
  const { steps, output } = stepRun(codec, direction, input, options)
  return steps.map(({ take, give }) => [input.slice(take.from, take.to), output.slice(give.from, give.to)])
}

describe('base64', () => {
  it('23 5C is I1w=, as the course draws it', () => {
    const run = stepRun('base64', 'encode', '\x23\x5c')
    expect(run).toMatchObject({ output: 'I1w=\r\n', more: 0, wrong: 0 })
    const [step] = run.steps
    expect(step).toMatchObject({
      why: 'base64.two-octets',
      spare: 2,
      take: { from: 0, to: 2 },
      give: { from: 0, to: 4 },
    })
    expect(bitsIn(step!, step!.before)).toEqual(['00100011', '01011100'])
    expect(bitsIn(step!, step!.after)).toEqual(['001000', '110101', '110000'])
    const groups = step!.after.filter(({ kind }) => kind === 'group')
    expect(groups.map(({ value }) => value)).toEqual([8, 53, 48])
    expect(step!.after.map(({ character }) => character).join('')).toBe('I1w=')
    expect(bitsOfOctets('I1w=').match(/.{8}/g)).toEqual(['01001001', '00110001', '01110111', '00111101'])
  })

  it('has no, one or two pads (RFC 4648 10)', () => {
    expect(moves('base64', 'encode', 'foobar')).toEqual([
      ['foo', 'Zm9v'],
      ['bar', 'YmFy'],
      ['', '\r\n'],
    ])
    expect(moves('base64', 'encode', 'f')).toEqual([
      ['f', 'Zg=='],
      ['', '\r\n'],
    ])
    expect(stepRun('base64', 'encode', 'f').steps[0]).toMatchObject({ why: 'base64.one-octet', spare: 4 })
    expect(moves('base64', 'decode', 'Zm9vYg==')).toEqual([
      ['Zm9v', 'foo'],
      ['Yg==', 'b'],
    ])
    expect(reasons('base64', 'decode', 'Zm9vYg==')).toEqual(['base64.read-group', 'base64.read-two'])
  })

  it('breaks its lines after 76 characters', () => {
    const { steps } = stepRun('base64', 'encode', 'x'.repeat(60))
    expect(steps.map(({ why }) => why).indexOf('base64.line-end')).toBe(19)
    expect(steps[19]!.give).toEqual({ from: 76, to: 78 })
  })

  it('skips what is foreign, bears a cut end, stops at padding', () => {
    expect(reasons('base64', 'decode', 'Zm\r\n9v')).toEqual(['base64.read-line-end', 'base64.read-group'])
    expect(moves('base64', 'decode', 'Z!m9v')).toEqual([
      ['!', ''],
      ['Z!m9v', 'foo'],
    ])
    expect(reasons('base64', 'decode', 'Z!m9v')).toEqual(['base64.read-foreign', 'base64.read-group'])
    expect(moves('base64', 'decode', 'Zm8')).toEqual([['Zm8', 'fo']])
    expect(reasons('base64', 'decode', 'Zm8')).toEqual(['base64.read-cut'])
    expect(reasons('base64', 'decode', 'Z')).toEqual(['base64.read-lone'])
    expect(reasons('base64', 'decode', 'Zh==')).toEqual(['base64.read-stray'])
    expect(reasons('base64', 'decode', '=')).toEqual(['base64.read-pad-alone'])
    expect(reasons('base64', 'decode', 'Zg==Zg==')).toEqual(['base64.read-two', 'base64.after-pad'])
    expect(reasons('base64', 'decode', 'Zm8=\r\n')).toEqual(['base64.read-three', 'base64.read-line-end'])
  })
})

describe('quoted-printable', () => {
  it('the sentence of the course loses a blank, that of the RFC does not', () => {
    const course = "Now's the time =\r\nfor all folk to come=\r\nto the aid of their country."
    expect(stepRun('quoted-printable', 'decode', course).output).toBe(
      "Now's the time for all folk to cometo the aid of their country.",
    )
    const rfc = "Now's the time =\r\nfor all folk to come=\r\n to the aid of their country."
    const run = stepRun('quoted-printable', 'decode', rfc)
    expect(run.output).toBe("Now's the time for all folk to come to the aid of their country.")
    expect(run.steps.filter(({ why }) => why === 'qp.read-soft-break')).toHaveLength(2)
  })

  it('a form feed is =0C, an equals sign =3D, é in two charsets', () => {
    expect(moves('quoted-printable', 'encode', '\f=\xe9')).toEqual([
      ['\f', '=0C'],
      ['=', '=3D'],
      ['\xe9', '=E9'],
    ])
    expect(reasons('quoted-printable', 'encode', '\f=\xe9')).toEqual(['qp.control', 'qp.equals', 'qp.eight-bit'])
    const [step] = stepRun('quoted-printable', 'encode', '\xe9').steps
    expect(bitsIn(step!, step!.before)).toEqual(['11101001'])
    expect(bitsIn(step!, step!.after)).toEqual(['1110', '1001'])
    expect(step!.after.map(({ value, character }) => [value, character])).toEqual([
      [0, '='],
      [14, 'E'],
      [9, '9'],
    ])
  })

  it('treats blanks and line ends by their place', () => {
    expect(reasons('quoted-printable', 'encode', 'a b \r\n\n')).toEqual([
      'qp.literal',
      'qp.blank',
      'qp.literal',
      'qp.blank-last',
      'qp.line-end',
      'qp.bare',
    ])
    expect(reasons('quoted-printable', 'decode', 'a  \r\n b')).toEqual([
      'qp.read-literal',
      'qp.read-blank-last',
      'qp.read-line-end',
      'qp.read-blank',
      'qp.read-literal',
    ])
  })

  it('breaks a line softly where it would have more than 76 characters', () => {
    expect(reasons('quoted-printable', 'encode', 'x'.repeat(76))).not.toContain('qp.soft-break')
    const { steps } = stepRun('quoted-printable', 'encode', 'x'.repeat(77))
    const soft = steps.find(({ why }) => why === 'qp.soft-break')
    expect(soft).toMatchObject({ take: { from: 75, to: 75 }, give: { from: 75, to: 78 }, values: { column: 75 } })
  })

  it('tolerates what people send, and says so', () => {
    expect(reasons('quoted-printable', 'decode', '=e9=zz\n\xe9\0=')).toEqual([
      ...['qp.read-lower-case', 'qp.read-bad-escape', 'qp.read-literal', 'qp.read-literal', 'qp.read-line-feed'],
      ...['qp.read-eight-bit', 'qp.read-control', 'qp.read-cut'],
    ])
  })
})

describe('encoded words', () => {
  it('the examples of RFC 2047 8', () => {
    const read = (value: string) => stepRun('q-word', 'decode', value)
    expect(read('=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <keld@dkuug.dk>').output).toBe(
      'Keld Jørn Simonsen <keld@dkuug.dk>',
    )
    expect(read('=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=').output).toBe('ab')
    expect(read('=?ISO-8859-1?Q?a_?= =?ISO-8859-2?Q?b?=').output).toBe('a b')
    const subject =
      '=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?='
    expect(read(subject).output).toBe('If you can read this you understand the example.')
    expect(read(subject).steps.map(({ why }) => why)).toContain('word.join')
  })

  it('Q writes as the RFC does, more in a phrase than in text', () => {
    const form = { charset: 'ISO-8859-1' }
    const name = 'Keld J\xf8rn Simonsen'
    expect(stepRun('q-word', 'encode', name, form).output).toBe('=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=')
    expect(stepRun('q-word', 'encode', '"a,b?"', form).output).toBe('=?ISO-8859-1?Q?"a,b=3F"?=')
    expect(stepRun('q-word', 'encode', '"a,b?"', { ...form, phrase: true }).output).toBe(
      '=?ISO-8859-1?Q?=22a=2Cb=3F=22?=',
    )
    expect(reasons('q-word', 'encode', 'a ?\xf8', form)).toEqual([
      'word.begin',
      'word.literal',
      'word.blank',
      'word.escaped-special',
      'word.escaped',
      'word.end',
    ])
    expect(reasons('q-word', 'encode', 'a,', { ...form, phrase: true, language: 'fr' })).toEqual([
      'word.begin-language',
      'word.literal-phrase',
      'word.escaped-phrase',
      'word.end',
    ])
    expect(stepRun('q-word', 'encode', 'a', { charset: 'US-ASCII', language: 'EN' }).output).toBe('=?US-ASCII*EN?Q?a?=')
    expect(stepRun('q-word', 'decode', '=?US-ASCII*EN?Q?Keith_Moore?=').output).toBe('Keith Moore')
  })

  it('B writes as the RFC does', () => {
    const words = stepRun('b-word', 'encode', 'If you can read this yo', { charset: 'ISO-8859-1' })
    expect(words.output).toBe('=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=')
  })

  it('end before a character that does not fit', () => {
    for (const codec of ['q-word', 'b-word'] as const) {
      const { output, steps } = stepRun(codec, 'encode', '\xc3\xa9'.repeat(40))
      const lines = output.split('\r\n ')
      expect(lines.length).toBeGreaterThan(1)
      for (const line of lines) expect(stepRun(codec, 'decode', line)).toMatchObject({ wrong: 0 })
      expect(steps.map(({ why }) => why)).toContain('word.full')
      expect(steps.map(({ why }) => why)).toContain('word.fold')
    }
  })

  it('give a character whose octets lie in two words when it is whole', () => {
    expect(moves('q-word', 'decode', '=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=')).toEqual([
      ...[
        ['=?utf-8?Q?', ''],
        ['=C3', ''],
        ['?=', ''],
        [' ', ''],
      ],
      ...[
        ['=?utf-8?Q?', ''],
        ['=A9', 'é'],
        ['?=', ''],
      ],
    ])
    expect(reasons('q-word', 'decode', '=?utf-8?Q?=C3?= x')).toContain('word.half')
    expect(reasons('q-word', 'decode', '=?utf-8?Q?=C3=zz?=')).toContain('word.read-bad-escape')
  })

  it('read a charset of the platform', () => {
    const more = (name: string) => (name === 'koi8-r' ? () => 'Привет' : null)
    const run = stepRun('b-word', 'decode', '=?koi8-r?B?8NLJ18XU?=', { more })
    expect(run.output).toBe('Привет')
    expect(run.steps.at(-1)).toMatchObject({ why: 'word.platform', values: { octets: 6, charset: 'koi8-r' } })
  })
})

describe('parameters (RFC 2231)', () => {
  it('the examples of the RFC', () => {
    const whole = "; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A"
    expect(stepRun('rfc2231', 'decode', whole)).toMatchObject({ output: 'This is ***fun***', wrong: 0 })
    const pieces = [
      ...[";\r\n title*0*=us-ascii'en'This%20is%20even%20more%20", ';\r\n title*1*=%2A%2A%2Afun%2A%2A%2A%20'],
      ...[';\r\n title*2="isn\'t it!"'],
    ]
    const text = "This is even more ***fun*** isn't it!"
    expect(stepRun('rfc2231', 'decode', pieces.join(''))).toMatchObject({ output: text, wrong: 0 })
    // In any order.
    expect(stepRun('rfc2231', 'decode', pieces.toReversed().join(''))).toMatchObject({ output: text, wrong: 0 })
  })

  it('names charset and language, then escapes', () => {
    const form = { attribute: 'title', charset: 'iso-8859-1', language: 'fr' }
    expect(moves('rfc2231', 'encode', '\xe9t\xe9 1', form)).toEqual([
      ...[
        ['', 'title*='],
        ['', "iso-8859-1'fr'"],
        ['\xe9', '%E9'],
        ['t', 't'],
        ['\xe9', '%E9'],
        [' ', '%20'],
        ['1', '1'],
      ],
    ])
    expect(reasons('rfc2231', 'encode', '\xe9'.repeat(40), form)).toContain('rfc2231.next')
  })

  it('says what is missing', () => {
    expect(reasons('rfc2231', 'decode', '; name=x')).toEqual(['rfc2231.read-none'])
    expect(reasons('rfc2231', 'decode', "; a*0*=utf-8''x; a*2*=y").at(-1)).toBe('rfc2231.read-gap')
    expect(reasons('rfc2231', 'decode', '; a*=x%C3%A9%')).toEqual([
      ...['rfc2231.read-begin', 'rfc2231.read-no-charset', 'rfc2231.read-literal', 'rfc2231.read-escaped-part'],
      ...['rfc2231.read-escaped', 'rfc2231.read-bad-escape'],
    ])
  })
})

describe('modified UTF-7', () => {
  it('the example of RFC 3501 5.1.3', () => {
    const name = '~peter/mail/&U,BTFw-/&ZeVnLIqe-'
    expect(stepRun('utf7', 'decode', name)).toMatchObject({ output: '~peter/mail/台北/日本語', wrong: 0 })
    expect(stepRun('utf7', 'encode', '~peter/mail/台北/日本語').output).toBe(name)
  })

  it('cuts units of sixteen bits in groups of six', () => {
    const [, step] = stepRun('utf7', 'encode', 'é').steps
    expect(step).toMatchObject({ why: 'utf7.units-filled', spare: 2, bits: '000000001110100100' })
    expect(bitsIn(step!, step!.after)).toEqual(['000000', '001110', '100100'])
    expect(moves('utf7', 'encode', 'A&é')).toEqual([
      ['A', 'A'],
      ['&', '&-'],
      ['', '&'],
      ['é', 'AOk'],
      ['', '-'],
    ])
    const [, eight] = stepRun('utf7', 'encode', '日本語').steps
    expect(eight).toMatchObject({ why: 'utf7.units', spare: 0 })
    expect(eight!.after).toHaveLength(8)
  })

  it('says why a name is not valid', () => {
    expect(reasons('utf7', 'decode', '&AOk')).toEqual(['utf7.read-open'])
    expect(reasons('utf7', 'decode', '&AOk-&AOk-')).toContain('utf7.read-null-shift')
    expect(reasons('utf7', 'decode', '&AGE-')).toEqual(['utf7.read-wrong'])
    expect(reasons('utf7', 'decode', '\xe9')).toEqual(['utf7.read-unprintable'])
  })
})

describe('relays', () => {
  it('of seven bits strip the eighth', () => {
    const [step] = stepRun('7bit', 'encode', '\xe9').steps
    expect(step).toMatchObject({ why: '7bit.stripped', values: { hex: 'E9', given: '69', becomes: 'i' } })
    expect(bitsIn(step!, step!.after)).toEqual(['01101001'])
    expect(stepRun('7bit', 'encode', '\xc3\xa9t\xc3\xa9')).toMatchObject({ output: 'C)tC)', wrong: 4 })
  })

  it('of eight bits want lines', () => {
    expect(reasons('8bit', 'encode', `\xe9\r\n${'x'.repeat(999)}\r\na\0\r\na\nb`)).toEqual([
      '8bit.line',
      '8bit.long-line',
      '8bit.nul',
      '8bit.bare',
    ])
    expect(reasons('binary', 'encode', '\0\xe9\n')).toEqual(['binary.same'])
  })
})

describe('charsets', () => {
  it('é is C3 A9 in UTF-8: 110xxxxx 10xxxxxx', () => {
    const [step] = stepRun('charset', 'encode', 'é').steps
    expect(step).toMatchObject({ bits: '00011101001', values: { code: 'U+00E9', octets: 'C3 A9' } })
    expect(step!.after.map(({ mark }) => mark)).toEqual(['110', '10'])
    expect(bitsIn(step!, step!.after)).toEqual(['11000011', '10101001'])
  })

  it('RFC 3629 7: A, not identical to, Alpha, full stop', () => {
    expect(stepRun('charset', 'encode', 'A≢Α.').output).toBe('\x41\xe2\x89\xa2\xce\x91\x2e')
    expect(stepRun('charset', 'decode', '\xf0\xa3\x8e\xb4').output).toBe('𣎴')
  })

  it('read under a wrong label', () => {
    expect(stepRun('charset', 'decode', '\xc3\xa9', { charset: 'iso-8859-1' }).output).toBe('Ã©')
    expect(stepRun('charset', 'decode', '\xe9t\xe9', { charset: 'utf-8' })).toMatchObject({
      output: '\ufffdt\ufffd',
      wrong: 2,
    })
    expect(stepRun('charset', 'decode', '\xa4', { charset: 'iso-8859-15' })).toMatchObject({ output: '€' })
    expect(reasons('charset', 'decode', '\x80', { charset: 'iso-8859-1' })).toEqual(['charset.read-control'])
    expect(reasons('charset', 'decode', '\xe9', { charset: 'us-ascii' })).toEqual(['charset.read-not-ascii'])
  })

  it('a character that the charset lacks', () => {
    const run = stepRun('charset', 'encode', 'a€', { charset: 'iso-8859-1' })
    expect(run).toMatchObject({ output: 'a?', wrong: 1 })
    expect(reasons('charset', 'encode', 'aé€', { charset: 'windows-1252' })).toEqual([
      'charset.ascii',
      'charset.same',
      'charset.table',
    ])
    expect(reasons('charset', 'encode', '\ud800')).toEqual(['charset.half'])
  })
})

it('a picture of a megabyte keeps its first steps, and its output whole', () => {
  const picture = '\x89PNG'.repeat(262_144)
  const run = stepRun('base64', 'encode', picture)
  expect(run.steps).toHaveLength(4000)
  expect(run.steps.length + run.more).toBe(Math.ceil(picture.length / 3) + Math.ceil(picture.length / 57))
  expect(run.output).toHaveLength(Math.ceil(picture.length / 3) * 4 + 2 * Math.ceil(picture.length / 57))
})

it('hostile input costs no more than its length', () => {
  const before = performance.now()
  for (const input of [
    '='.repeat(1e5),
    '=?'.repeat(5e4),
    ' '.repeat(1e5),
    '= '.repeat(5e4),
    '&'.repeat(1e5),
    '\x80'.repeat(1e5),
  ]) {
    for (const codec of ['base64', 'quoted-printable', 'q-word', 'utf7', 'charset'] as const) {
      stepRun(codec, 'decode', input, { most: 10 })
      stepRun(codec, 'encode', input, { most: 10 })
    }
  }
  expect(performance.now() - before).toBeLessThan(10_000)
}, 20_000)
