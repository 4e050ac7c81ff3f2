import { describe, expect, test } from 'vitest'
import { fits, takeReply } from '../../../src/core/lesson/expect.ts'
import { responseFits, takeResponse } from '../../../src/core/lesson/imap-answers.ts'
import { parseScript } from '../../../src/core/lesson/script.ts'

const parsed = (text: string) => {
  const result = parseScript(text, 'a.txt')
  if ('errors' in result) throw new Error(JSON.stringify(result.errors))
  return result.script
}
const errors = (text: string) => {
  const result = parseScript(text, 'a.txt')
  return 'errors' in result ? result.errors.map(({ line, message }) => `${line}: ${message}`) : []
}

describe('script text', () => {
  test('headers', () => {
    const script = parsed(
      `source: RFC 5321 appendix D.1\nworld: rfc\nhost: bar.com\nconnect: foo.com 25\n2connect: xyz.com 110\n` +
        `3watch: foo.com xyz.com 25\nvariant: foo.com=appendix-d\nemended: EHL0 was printed\nemended: so was 200\n`,
    )
    expect(script.source).toBe('RFC 5321 appendix D.1')
    expect(script.host.get(1)).toBe('bar.com')
    expect(script.connect.get(1)).toEqual({ host: 'foo.com', port: 25 })
    expect(script.connect.get(2)).toEqual({ host: 'xyz.com', port: 110 })
    expect(script.watch.get(3)).toEqual({ from: 'foo.com', host: 'xyz.com', port: 25 })
    expect(script.variants).toEqual({ 'foo.com': 'appendix-d' })
    expect(script.emended).toEqual(['EHL0 was printed', 'so was 200'])
  })

  test('a reply of several lines is one step, two replies are two', () => {
    const { steps } = parsed('S: 250-foo.com\nS: 250 HELP\nS: 250 OK\nC: QUIT\n')
    expect(steps).toMatchObject([
      { step: 'hear', reply: ['250-foo.com', '250 HELP'], line: 1 },
      { step: 'hear', reply: ['250 OK'], line: 3 },
      { step: 'say', octets: 'QUIT\r\n', line: 4 },
    ])
  })

  test('two sessions, clock, fault, mailbox, shell', () => {
    const { steps } = parsed(
      '2C: NOOP\n2S: 250 OK\n@ +4h\n@ skip\n! cut a--b\n= jones/INBOX 1 contains Received:\n= jones/INBOX 1\n' +
        '= jones/INBOX 1 lacks Bcc\n$ dig MX foo.com\n$ ^C\n> ;; ANSWER\n2$ ls\n',
    )
    expect(steps).toMatchObject([
      { step: 'say', session: 2 },
      { step: 'hear', session: 2 },
      { step: 'wait', duration: 14_400_000 },
      { step: 'skip' },
      { step: 'fault', fault: 'cut a--b' },
      { step: 'mailbox', account: 'jones', mailbox: 'INBOX', count: 1, contains: 'Received:' },
      { step: 'mailbox', contains: null, lacks: null },
      { step: 'mailbox', lacks: 'Bcc' },
      { step: 'type', text: 'dig MX foo.com', terminal: 1 },
      { step: 'key', key: 'interrupt' },
      { step: 'printed', text: ';; ANSWER' },
      { step: 'type', terminal: 2 },
    ])
  })

  test('octets that are no lines', () => {
    const { steps } = parsed('C| HE\nC"LO\\r\\x00\\n\\"\\\\\\0\\t"\nX: AP8=\nC:\nC: \nC:  x\nC: é\n')
    expect(steps.map((step) => (step.step === 'say' ? step.octets : ''))).toEqual([
      'HE',
      'LO\r\x00\n"\\\0\t',
      '\x00\xff',
      '\r\n',
      '\r\n',
      ' x\r\n',
      '\xc3\xa9\r\n',
    ])
  })

  test('a text many times', () => {
    expect(parsed('C*3 ab\n').steps[0]).toMatchObject({ step: 'say', octets: 'ababab' })
    expect(parsed('C*2 "a\\r\\n"\n').steps[0]).toMatchObject({ step: 'say', octets: 'a\r\na\r\n' })
    expect(errors('C*x ab\n')[0]).toContain('C* wants')
    expect(errors('C*2 "\\q"\n')[0]).toContain('knows the escapes')
  })

  test('handshake, half-close, reset, the far end', () => {
    const { steps } = parsed('C(TLS)\nC(FIN)\nC(RST)\nS(FIN)\n2S(RST)\n')
    expect(steps).toMatchObject([
      { step: 'act', what: 'TLS' },
      { step: 'act', what: 'FIN' },
      { step: 'act', what: 'RST' },
      { step: 'closed', how: 'FIN' },
      { step: 'closed', how: 'RST', session: 2 },
    ])
  })

  test('comments and empty lines count as lines', () => {
    expect(parsed('# a dialogue\n\nS: 220 foo.com\n').steps[0]!.line).toBe(3)
  })

  test.each([
    ['wrold: rfc\n', '1: unknown header wrold:'],
    ['world: rfc\nworld: rfc\n', '2: world: is there already'],
    ['S: 220 a\nworld: rfc\n', '2: a header line stands before the first step'],
    ['Hello\n', '1: this is neither a header nor a step'],
    ['connect: foo.com\n', '1: connect: wants a host and a port'],
    ['variant: foo.com\n', '1: variant: wants HOST=VARIANT'],
    ['@ 4h\n', '1: @ wants'],
    ['@ +4y\n', '1: @ wants'],
    ['= jones 1\n', '1: = wants'],
    ['X: no base64\n', '1: X: wants base64'],
    ['C"\\q"\n', '1: C"..." knows'],
    ['C(TSL)\n', '1: a client does'],
    ['S(TLS)\n', '1: a server does'],
    ['S: 250-foo.com\nC: QUIT\n', '2: the reply above stops'],
    ['S: 250-foo.com\n', '1: the reply above stops'],
  ])('%j is an error with its place', (text, message) => {
    expect(errors(text)[0]).toContain(message)
  })

  test('all errors at once', () => {
    expect(errors('wrold: rfc\nHello\n@ x\n')).toHaveLength(3)
  })
})

describe('what is expected', () => {
  test('... is the rest of a line, and three dots in its middle', () => {
    expect(fits('220 foo.com ...', '220 foo.com ESMTP', new Map())).toBe(true)
    expect(fits('220 foo.com ...', '220 bar.com ESMTP', new Map())).toBe(false)
    expect(fits('250 <a>... Sender ok', '250 <a>... Sender ok', new Map())).toBe(true)
    expect(fits('250 <a>... Sender ok', '250 <a>, the Sender ok', new Map())).toBe(false)
    expect(fits('250 OK', '250 OK then', new Map())).toBe(false)
  })

  test('$x binds at its first match', () => {
    const bindings = new Map<string, string>()
    expect(fits('250 $id accepted', '250 AB12 accepted', bindings)).toBe(true)
    expect(bindings.get('id')).toBe('AB12')
    expect(fits('id <$id>', 'id <AB12>', bindings)).toBe(true)
    expect(fits('id <$id>', 'id <AB13>', bindings)).toBe(false)
  })

  test('a line that does not fit binds nothing', () => {
    const bindings = new Map<string, string>()
    expect(fits('250 $id accepted', '250 AB12 refused', bindings)).toBe(false)
    expect(bindings.size).toBe(0)
  })

  test('a dollar before no letter is a dollar', () => {
    expect(fits('250 $5', '250 $5', new Map())).toBe(true)
  })

  test('a reply is whole at the line with a blank behind its code', () => {
    expect(takeReply('250-a\r\n250 b\r\n354 c\r\n')).toEqual({ lines: ['250-a', '250 b'], rest: '354 c\r\n' })
    expect(takeReply('250-a\r\n250 b')).toBeNull()
  })
})

describe('POP3', () => {
  const HEAD = 'connect: a.example 110\n'

  test('each line is a step, and ... leaves lines out up to the next one', () => {
    const { steps } = parsed(`${HEAD}S: +OK\nS: 1 414\nS: .\nC: RETR 1\nS: +OK\nS: ...\nS: .\n`)
    expect(steps.flatMap((step) => (step.step === 'hear' ? [step.reply] : []))).toEqual([
      ['+OK'],
      ['1 414'],
      ['.'],
      ['+OK'],
      ['...', '.'],
    ])
  })

  test('... needs a line behind it', () => {
    expect(errors(`${HEAD}S: ...\nC: QUIT\n`)[0]).toContain('3: behind ...')
  })

  test('is told by the port, or in words, and by the first session where the second says nothing', () => {
    const { speaks } = parsed('connect: a.example 995\n2connect: a.example 1143 imap\n')
    expect([...speaks]).toEqual([
      [1, 'pop3'],
      [2, 'imap'],
    ])
    expect(errors('connect: a.example 110 nntp\n')[0]).toContain('1: connect: wants')
    expect(parsed(`${HEAD}2S: +OK a\n2S: +OK b\n`).steps).toHaveLength(2)
  })
})

describe('IMAP', () => {
  const HEAD = 'connect: a.example 143\n'
  const answers = (text: string) => parsed(HEAD + text).steps.flatMap((step) => (step.step === 'answers' ? [step] : []))

  test('untagged responses up to a tagged one, or a plus, are one step', () => {
    const steps = answers(
      'S: * OK hello\nC: a NOOP\nS: * 1 EXISTS\nS: * 0 RECENT\nS: a OK done\nS: b OK done\nS: + go on\nS: ...\nS: c OK\n',
    )
    expect(steps.map(({ untagged, last, others }) => [untagged.length, last !== null, others])).toEqual([
      [1, false, false],
      [2, true, false],
      [0, true, false],
      [0, true, false],
      [0, true, true],
    ])
  })

  test('a literal has as many octets as it says, wherever its lines end', () => {
    const [step] = answers(
      'S: * 1 FETCH (BODY[HEADER] {9}\nS: a: é\nS: \nS:  BODY[TEXT] {5}\nS: helloX {2}\nS: hi)\nS: a OK\n',
    )
    expect(step!.untagged).toEqual([
      [
        { text: '* 1 FETCH (BODY[HEADER] {9}' },
        { literal: ['a: é', '', ''] },
        { text: ' BODY[TEXT] {5}' },
        { literal: ['hello'] },
        { text: 'X {2}' },
        { literal: ['hi'] },
        { text: ')' },
      ],
    ])
    expect(errors(`${HEAD}S: * 1 FETCH (BODY[] {3}\nS: ab\nS: )\nS: a OK\n`)[0]).toContain('ends between CR and LF')
    expect(errors(`${HEAD}S: * 1 FETCH (BODY[] {30}\nS: ab\nC: b NOOP\n`)[0]).toContain('literal above stops')
  })

  test('a response is whole with its literals', () => {
    expect(takeResponse('* 1 FETCH (BODY[] {4}\r\nab')).toBeNull()
    expect(takeResponse('* 1 FETCH (BODY[] {4}\r\na\r\nb X ~{0}\r\n)\r\n* 2')).toEqual({
      response: [
        { text: '* 1 FETCH (BODY[] {4}' },
        { literal: ['a', 'b'] },
        { text: ' X ~{0}' },
        { literal: [] },
        { text: ')' },
      ],
      rest: '* 2',
    })
  })

  const compared = (expected: string, got: string, bindings = new Map<string, string>()) =>
    responseFits(answers(expected)[0]!.untagged[0]!, takeResponse(got)!.response, bindings)

  test('... is the rest of a line, of a literal, of a response', () => {
    expect(
      compared('S: * 1 FETCH (BODY[] {9}\nS: a\nS: ...\nS: )\n', '* 1 FETCH (BODY[] {9}\r\na\r\nb\r\nc\r\n)\r\n'),
    ).toBe(true)
    expect(compared('S: * 1 FETCH ...\n', '* 1 FETCH (BODY[] {1}\r\na)\r\n')).toBe(true)
    expect(compared('S: * 1 FETCH (BODY[] {1}\nS: b)\n', '* 1 FETCH (BODY[] {1}\r\na)\r\n')).toBe(false)
  })

  test('a word ends where what stands behind it begins', () => {
    const bindings = new Map<string, string>()
    expect(compared('S: * OK [UIDNEXT $next] Predicted\n', '* OK [UIDNEXT 4] Predicted\r\n', bindings)).toBe(true)
    expect(bindings.get('next')).toBe('4')
    expect(compared('S: * OK [UIDNEXT $next]\n', '* OK [UIDNEXT 5]\r\n', bindings)).toBe(false)
  })
})
