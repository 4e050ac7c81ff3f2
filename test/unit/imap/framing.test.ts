import { describe, expect, it } from 'vitest'
import { ALL_CAPABILITIES, Desk, letter, type Line } from './desk.ts'

const MESSAGE = letter('framed')
const loggedIn = (more: Parameters<Desk['session']>[0] = {}, desk = new Desk()): Line => {
  const line = desk.session(more)
  line.ok('LOGIN alice alice-pw')
  line.heard()
  return line
}
const minus = ALL_CAPABILITIES.map((name) => (name === 'LITERAL+' ? 'LITERAL-' : name)).filter((n) => n !== 'IMAP4rev2')
const neither = minus.filter((name) => name !== 'LITERAL-')

describe('literals that wait (RFC 3501 4.3)', () => {
  it('are asked for one by one, also in LOGIN (RFC 3501 6.2.3)', () => {
    const line = new Desk().session()
    line.heard()
    expect(line.feed('A001 LOGIN {5}\r\n')).toBe('+ Ready for literal data\r\n')
    expect(line.feed('alice {8}\r\n')).toBe('+ Ready for literal data\r\n')
    expect(line.feed('alice-pw\r\n')).toMatch(/^A001 OK \[CAPABILITY /)
  })

  it('name a mailbox, of APPEND too, and the one that follows is weighed as a message', () => {
    const line = loggedIn()
    expect(line.feed('a SELECT {5}\r\n')).toBe('+ Ready for literal data\r\n')
    expect(line.feed('inbox\r\n')).toMatch(/a OK \[READ-WRITE\]/)
    expect(line.feed('b APPEND {5}\r\n')).toBe('+ Ready for literal data\r\n')
    expect(line.feed(`INBOX {${MESSAGE.length}}\r\n`)).toBe('+ Ready for literal data\r\n')
    expect(line.feed(`${MESSAGE}\r\n`)).toMatch(/\* 1 EXISTS\r\n[^]*b OK \[APPENDUID /)
    expect(line.feed('c APPEND {99999}\r\n')).toMatch(/^c NO \[TOOBIG\]/)
    expect(line.feed('d APPEND {3}\r\n')).toBe('+ Ready for literal data\r\n')
    expect(line.feed('Nix {10}\r\n')).toMatch(/^d NO \[TRYCREATE\]/)
    expect(line.feed('e NOOP\r\n')).toBe('e OK NOOP completed\r\n')
  })

  it('are refused before they are read, and the session goes on', () => {
    const line = loggedIn({ limits: { append: 1000, line: 65_536, errors: Infinity, idle: 1 } })
    for (const [command, answer] of [
      ['APPEND INBOX {1001}', /^NO \[TOOBIG\] /],
      ['APPEND INBOX {99999999999999999999}', /^NO \[TOOBIG\] /],
      ['APPEND nowhere {10}', /^NO \[TRYCREATE\] /],
      ['APPEND INBOX {0}', /^NO /],
      ['APPEND "INBOX {10}', /^BAD /],
      ['LIST "" {65537}', /^NO \[TOOBIG\] /],
      ['FETCH {5}', /^BAD /],
      ['LOGIN {5}', /^BAD /],
      ['WHAT {5}', /^BAD /],
    ] as const)
      expect(line.say(command).tagged, command).toMatch(answer)
    expect(line.feed('{5}\r\n')).toMatch(/^\* BAD /)
    expect(line.ok('NOOP')).toEqual([])
  })

  it('of strangers are small', () => {
    const line = new Desk().session()
    expect(line.say('LOGIN {8193}').tagged).toMatch(/^NO \[TOOBIG\] /)
    expect(line.feed('x LOGIN {8192}\r\n')).toBe('+ Ready for literal data\r\n')
  })

  it('several in one command may not add up to more than four', () => {
    const line = loggedIn()
    line.feed('a LIST {65536}\r\n')
    for (let k = 0; k < 3; k++) expect(line.feed(`${'x'.repeat(65_536)} {65536}\r\n`)).toMatch(/^\+ /)
    expect(line.feed(`${'x'.repeat(65_536)} {1}\r\n`)).toMatch(/^a NO \[TOOBIG\] /)
  })

  it('hold anything: line ends, quotes, other announcements', () => {
    const line = loggedIn()
    const inside = 'x\r\n{7}\r\na "NOOP\r\n'
    expect(line.feed(`a APPEND INBOX {${inside.length}}\r\n`)).toBe('+ Ready for literal data\r\n')
    expect(line.feed(`${inside}\r\nb NOOP\r\n`)).toMatch(/^a OK .*\r\nb OK NOOP completed\r\n$/)
    line.ok('SELECT INBOX')
    expect(line.ok('FETCH 1 BODY.PEEK[]')).toEqual([`1 FETCH (BODY[] {${inside.length}}\r\n${inside})`])
  })

  it('hold no octet 0, a literal8 may (RFC 3501 9, RFC 3516 4.4)', () => {
    const line = loggedIn()
    for (const literal of ['{3+}', '~{3+}']) expect(line.say(`APPEND INBOX ${literal}\r\na\0b`).tagged).toMatch(/^OK /)
    line.ok('SELECT INBOX')
    expect(line.ok('FETCH 1 BODY.PEEK[]')).toEqual(['1 FETCH (BODY[] {3}\r\na\x80b)'])
  })

  it('in a quoted string there is none', () => {
    const line = loggedIn()
    expect(line.say('CREATE "{5}').tagged).toMatch(/^BAD /)
    expect(line.say('CREATE "a{5}"').tagged).toMatch(/^OK /)
    expect(line.say('CREATE "b\\"{5+}').tagged).toMatch(/^BAD /)
    expect(line.ok('LIST "" "a{5}"')).toEqual(['LIST (\\HasNoChildren) "/" "a{5}"'])
  })
})

describe('literals that do not wait (RFC 7888)', () => {
  it('LITERAL+ takes them all', () => {
    const line = new Desk().session()
    line.heard()
    expect(line.feed('A001 LOGIN {5+}\r\nalice {8+}\r\nalice-pw\r\n')).toMatch(/^A001 OK /)
    expect(line.say(`APPEND INBOX {${5000}+}\r\n${'x'.repeat(5000)}`).tagged).toMatch(/^OK \[APPENDUID 1000 1\]/)
  })

  it('what is refused is thrown away, with the rest of its command', () => {
    const line = loggedIn()
    const tail = letter('no command in it: z NOOP')
    expect(line.feed(`a APPEND Nix {${tail.length}+}\r\n${tail} {3+}\r\nabc\r\nb NOOP\r\n`)).toMatch(
      /^a NO \[TRYCREATE\] .*\r\nb OK NOOP completed\r\n$/,
    )
    expect(line.feed('c APPEND INBOX {60000000+}\r\n')).toMatch(/^c NO \[TOOBIG\] /)
    for (let sent = 0; sent < 60_000_000; sent += 6_000_000) expect(line.feed('d NOOP\r\n'.repeat(750_000))).toBe('')
    expect(line.feed('\r\ne NOOP\r\n')).toBe('e OK NOOP completed\r\n')
  })

  it('gigabytes nobody wants to throw away', () => {
    const line = loggedIn()
    expect(line.feed('a APPEND INBOX {4000000000+}\r\n')).toMatch(/^a NO \[TOOBIG\] .*\r\n\* BYE /)
    expect(line.state.state).toBe('logout')
  })

  it('LITERAL- takes 4096 octets (RFC 7888 5)', () => {
    const line = loggedIn({ capabilities: minus })
    expect(line.say(`APPEND INBOX {4096+}\r\n${'x'.repeat(4096)}`).tagged).toMatch(/^OK /)
    expect(line.feed(`a APPEND INBOX {4097+}\r\n${'x'.repeat(4097)}\r\nb NOOP\r\n`)).toMatch(
      /^a BAD .*\r\nb OK NOOP completed\r\n$/,
    )
  })

  it('IMAP4rev2 has LITERAL- (RFC 9051 4.3)', () => {
    const line = loggedIn()
    line.ok('ENABLE IMAP4rev2')
    expect(line.say(`APPEND INBOX {4097+}\r\n${'x'.repeat(4097)}`).tagged).toMatch(/^BAD /)
    expect(line.say(`APPEND INBOX {4096+}\r\n${'x'.repeat(4096)}`).tagged).toMatch(/^OK /)
  })

  it('where neither is offered they are BAD', () => {
    const line = loggedIn({ capabilities: neither })
    expect(line.feed('a SELECT {5+}\r\nINBOX\r\nb NOOP\r\n')).toMatch(/^a BAD .*\r\nb OK NOOP completed\r\n$/)
  })
})

describe('lines', () => {
  it('are 65,536 octets long without literals and line end', () => {
    const line = loggedIn()
    const fits = `a NOOP ${'x'.repeat(65_536 - 7)}`
    expect(line.feed(`${fits}\r\n`)).toMatch(/^a BAD .*more than expected/)
    expect(line.feed(`${fits}x\r\nb NOOP\r\n`)).toBe(
      'a BAD The command is longer than 65536 octets\r\nb OK NOOP completed\r\n',
    )
    expect(line.feed(`a LIST "" {65536+}\r\n${'x'.repeat(65_536)}\r\n`)).toMatch(/^a OK/)
  })

  it('that do not end are refused once, and passed over', () => {
    const line = loggedIn()
    expect(line.feed(`a ${'x'.repeat(65_536)}`)).toBe('a BAD The command is longer than 65536 octets\r\n')
    expect(line.feed('y'.repeat(200_000))).toBe('')
    expect(line.feed('y {8+')).toBe('')
    expect(line.feed('}\r\nb NOOP\r\n\r\nc NOOP\r\n')).toBe('c OK NOOP completed\r\n')
  })

  it('too long ones take the literal with them that nobody waits for', () => {
    const line = loggedIn()
    expect(line.feed(`a LIST "" ${'x'.repeat(65_536)} {8+}\r\nb NOOP\r\n\r\nc NOOP\r\n`)).toBe(
      'a BAD The command is longer than 65536 octets\r\nc OK NOOP completed\r\n',
    )
  })

  it('may end with a lone LF', () => {
    const line = loggedIn()
    expect(line.feed('a NOOP\nb NOOP\r\n')).toBe('a OK NOOP completed\r\nb OK NOOP completed\r\n')
    expect(line.notes.some((note) => note.kind === 'remark' && note.key === 'bare-lf')).toBe(true)
  })

  it.each([
    ['', /^\* BAD A command begins with a tag: the line is empty/],
    ['a', /^\* BAD /],
    [' NOOP', /^\* BAD /],
    ['+ NOOP', /^\* BAD /],
    ['a+b NOOP', /^\* BAD /],
    ['a* NOOP', /^\* BAD /],
    ['a ', /^a BAD /],
    ['a FROB', /^a BAD Unknown command FROB/],
    ['a UID', /^a BAD Unknown command UID/],
    ['a UID NOOP', /^a BAD Unknown command UID NOOP/],
    ['a LOGIN x y', /^a BAD LOGIN is not possible now: somebody is logged in already/],
    ['a FETCH 1 FLAGS', /^a BAD FETCH is not possible now: SELECT a mailbox first/],
    ['a NOOP x', /^a BAD there is more than expected\r\n/],
    ['a DONE', /^a BAD DONE is not possible now: it is no command/],
    ['a RESPONSE', /^a BAD Unknown command/],
    ['a GREETING', /^a BAD Unknown command/],
    ['a __proto__', /^a BAD Unknown command/],
    ['a \x01\xff', /^a BAD /],
  ])('%j is answered, and the session goes on', (text, answer) => {
    const line = loggedIn()
    expect(line.feed(`${text}\r\nz NOOP\r\n`)).toMatch(answer)
    expect(line.ok('NOOP')).toEqual([])
  })

  it('verbs in any case', () => {
    expect(loggedIn().feed('a nOOp\r\n')).toBe('a OK NOOP completed\r\n')
  })

  it('after too many bad ones BYE, where the limit acts', () => {
    const line = loggedIn({ limits: { append: 1, line: 1000, errors: 3, idle: 1 } })
    expect(line.feed('a X\r\nb X\r\nc X\r\n')).not.toContain('BYE')
    expect(line.feed('d X\r\ne NOOP\r\n')).toMatch(/^d BAD .*\r\n\* BYE Too many bad commands\r\n$/)
    expect(line.effects.at(-1)).toEqual({ do: 'close' })
  })
})

describe('pipelining and cuts', () => {
  const dialogue =
    `a LOGIN {5+}\r\nalice "alice-pw"\r\nb CREATE {4+}\r\nx{3}\r\nc APPEND INBOX (\\Seen) {${MESSAGE.length}+}\r\n${MESSAGE}` +
    ` {${MESSAGE.length}+}\r\n${MESSAGE}\r\nd SELECT inbox\r\ne APPEND Nix {10+}\r\nf NOOP\r\n\r\n\r\nf FETCH 1:2 BODY.PEEK[TEXT]\r\n` +
    `g STORE 1 +FLAGS (\\Deleted)\r\nh EXPUNGE\r\ni IDLE\r\nDONE\r\nj ${'long '.repeat(14_000)}{3+}\r\nabc\r\nk SEARCH ALL\nl LOGOUT\r\n`
  const answers = (chunks: readonly string[]) => {
    const line = new Desk().session({}, (state) => structuredClone(state))
    return line.heard() + chunks.map((chunk) => line.feed(chunk)).join('')
  }
  const whole = answers([dialogue])

  it('many commands at once are answered in order', () => {
    expect([...whole.matchAll(/^([a-l]) (\w+)/gm)].map(([, tag, how]) => `${tag}${how}`).join(' ')).toBe(
      'aOK bOK cOK dOK eNO fOK gOK hOK iOK jBAD kOK lOK',
    )
    expect(whole).toContain('\r\n* 2 FETCH (BODY[TEXT] {8}\r\nHello.\r\n)\r\n')
  })

  it.each([1, 2, 3, 7, 64, 1000])('cut after every %i octets it is the same', (size) => {
    // What lies between the one long line's ends is cut in larger pieces: each is looked at from its beginning.
    const long = dialogue.indexOf('j long') + 100
    const chunks: string[] = []
    for (let at = 0; at < dialogue.length;) {
      const step = at > long && at < long + 69_800 ? Math.max(size, 997) : size
      chunks.push(dialogue.slice(at, at + step))
      at += step
    }
    expect(answers(chunks)).toBe(whole)
  })
})
