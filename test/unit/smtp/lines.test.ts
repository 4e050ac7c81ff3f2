import { describe, expect, it } from 'vitest'
import { Desk } from './desk.ts'

describe('command lines', () => {
  it('may end with LF alone where the host is lenient; the coach hears of it', () => {
    const desk = new Desk()
    desk.open()
    expect(desk.bytes('HELO bar.com\nNOOP\n')).toBe('250 foo.com\r\n250 OK\r\n')
    expect(desk.remarks()).toEqual(['bare-lf', 'bare-lf'])
  })

  it('end with CRLF only where the host is strict: a lone LF earns 500 at the next CRLF', () => {
    const desk = new Desk({ dialect: 'rfc5321' })
    desk.open()
    expect(desk.bytes('HELO bar.com\n')).toBe('')
    expect(desk.remarks()).toEqual(['waits-for-crlf'])
    expect(desk.bytes('NOOP\r\n')).toMatch(/^500 /)
    expect(desk.say('NOOP')).toBe('250 OK\r\n')
  })

  it('have at most 512 octets, more where an extension allows it', () => {
    const desk = new Desk()
    desk.after()
    expect(desk.say(`NOOP ${'x'.repeat(505)}`)).toMatch(/^250 /)
    expect(desk.say(`NOOP ${'x'.repeat(506)}`)).toMatch(/^500 .*too long/i)
    expect(desk.say(`MAIL FROM:<a@bar.com>${' '.repeat(500)}`)).toMatch(/^250 /)
    expect(desk.say('RSET', `AUTH PLAIN ${'A'.repeat(12_000)}`)).toMatch(/^535 /)
    expect(desk.say(`AUTH PLAIN ${'A'.repeat(12_400)}`)).toMatch(/^500 /)
  })

  it('without an end are thrown away, and answered once when they end', () => {
    for (const dialect of ['lenient', 'rfc5321'] as const) {
      const desk = new Desk({ dialect })
      desk.after()
      for (let k = 0; k < 50; k++) expect(desk.bytes('z'.repeat(10_000))).toBe('')
      expect(desk.session.pending.length).toBeLessThan(13_000)
      expect(desk.bytes('\r\n')).toMatch(/^500 [^\n]*\n$/)
      expect(desk.say('NOOP')).toBe('250 OK\r\n')
    }
  })

  it('lose blanks at their end, and no octet that only looks like one', () => {
    for (const dialect of ['lenient', 'rfc5321'] as const) {
      const desk = new Desk({ dialect, capabilities: ['SMTPUTF8', 'VRFY'] })
      desk.open()
      expect(desk.say('EHLO bar.com \t ')).toMatch(/^250/)
      // The last octet of U+00E0 is A0.
      expect(desk.say('MAIL FROM:<a@bar.com>\xa0')).toMatch(/^501 /)
      expect(desk.say('RSET \xa0')).toMatch(/^501 /)
      expect(desk.say('VRFY \xc3\xa0')).toMatch(/^550 /)
    }
    const lenient = new Desk()
    expect(lenient.after('HELO bar.com\xa0')).toMatch(/^250 /)
    expect(lenient.session.client.helo).toBe('bar.com\xa0')
  })

  it('keep their secret though they are too long and come in pieces', () => {
    const desk = new Desk()
    desk.after()
    desk.bytes(`AUTH PLAIN ${'A'.repeat(12_300)}`)
    desk.bytes('B'.repeat(12_300))
    expect(desk.bytes('sesame NOOP\r\n')).toMatch(/^500 /)
    const note = desk.notes.findLast(({ note }) => note.kind === 'command')!.note
    expect(note).toMatchObject({ verb: 'AUTH', secret: true })
    expect(desk.say('HELP STATUS')).not.toContain('sesame')
    expect(desk.say('AUTH LOGIN')).toMatch(/^334 /)
    desk.bytes('A'.repeat(12_300))
    expect(desk.bytes('sesame\r\n')).toMatch(/^500 /)
    expect(desk.session).toMatchObject({ state: 'ready', exchange: null, discarding: null })
    expect(desk.say('HELP STATUS')).not.toContain('sesame')
  })

  it('are not answered with octets beyond ASCII, unless SMTPUTF8 was asked for', () => {
    const desk = new Desk({ capabilities: ['SMTPUTF8', 'HELP'], texts: { 'RCPT.ok': '<{path}>' } })
    expect(desk.after('HELP \x9b2J')).toBe('504 HELP topic unknown: ?2J\r\n')
    expect(desk.say('HELO z\xc3\xa9')).toMatch(/^[\x20-\x7e]*\r\n$/)
    expect(desk.say('EHLO bar.com', 'MAIL FROM:<a@bar.com> SMTPUTF8', 'RCPT TO:<z\xc3\xa9@foo.com>')).toBe(
      '250 <z\xc3\xa9@foo.com>\r\n',
    )
    expect(desk.say('HELP \x9b2J', 'RSET', 'HELP \x9b2J')).toBe('504 HELP topic unknown: ?2J\r\n')
  })

  it('never break the reply that quotes them', () => {
    const desk = new Desk()
    desk.after()
    expect(desk.say('HELP a\x00\x1b[2J')).toMatch(/^504 [\x20-\x7e]*\r\n$/)
    expect(desk.bytes('NOOP a\rb\r\n')).toMatch(/^500 /)
  })
})

describe('paths', () => {
  const lenient = (line: string) => {
    const desk = new Desk()
    return desk.after('MAIL FROM:<x@bar.com>', line)
  }
  const strict = (line: string) => {
    const desk = new Desk({ dialect: 'rfc5321' })
    return desk.after('MAIL FROM:<x@bar.com>', line)
  }

  it.each(['RCPT TO: <b@foo.com>', 'RCPT TO:b@foo.com', 'rcpt to: b@foo.com'])(
    '%s: lenient takes it, rfc5321 answers 501',
    (line) => {
      expect(lenient(line)).toMatch(/^250 /)
      expect(strict(line)).toMatch(/^501 /)
    },
  )

  it.each([
    'RCPT TO:<Postmaster>',
    'RCPT TO:<"a b"@foo.com>',
    'RCPT TO:<"a>b\\""@foo.com>',
    'RCPT TO:<@a.com,@b.com:x@foo.com>',
    'rcpt to:<b@FOO.com>',
  ])('%s is well-formed in every dialect', (line) => {
    expect(lenient(line)).toMatch(/^250 /)
    expect(strict(line)).toMatch(/^250 /)
  })

  it.each([
    'RCPT TO:<>',
    'RCPT TO:<b@>',
    'RCPT TO:<@foo.com>',
    'RCPT TO:<b@foo..com>',
    'RCPT TO:<.b@foo.com>',
    'RCPT TO:<b@foo.com',
    'RCPT TO:<b@foo.com> =x',
    'RCPT',
    'RCPT FROM:<b@foo.com>',
    'RCPT TO:<"b@foo.com>',
    'RCPT TO:<b\x80@foo.com>',
    `RCPT TO:<${'l'.repeat(65)}@foo.com>`,
    `RCPT TO:<l@${'d.'.repeat(130)}com>`,
  ])('%j earns 501', (line) => {
    expect(lenient(line)).toMatch(/^501 /)
    expect(strict(line)).toMatch(/^501 /)
  })

  it('takes a local part of 64 octets, a literal, and refuses to relay for strangers', () => {
    expect(lenient(`RCPT TO:<${'l'.repeat(64)}@foo.com>`)).toMatch(/^250 /)
    expect(lenient('RCPT TO:<x@[192.0.2.200]>')).toMatch(/^550 .*elay/)
    expect(lenient('RCPT TO:<x@bar.com>')).toMatch(/^550 .*elay/)
    expect(lenient('RCPT TO:<x@[300.0.2.200]>')).toMatch(/^501 /)
  })

  it('have shorter domains in RFC 821', () => {
    const old = (...lines: string[]) => new Desk({ dialect: 'rfc821', capabilities: [] }).after(...lines)
    const long = `${'d'.repeat(56)}.foo.com`
    expect(long).toHaveLength(64)
    expect(old(`MAIL FROM:<a@${long}>`)).toMatch(/^250 /)
    expect(old(`MAIL FROM:<a@x${long}>`)).toMatch(/^501 .*64 octets/)
    expect(old(`MAIL FROM:<@x${long}:a@b.com>`)).toMatch(/^501 /)
    expect(lenient(`RCPT TO:<a@x${long}>`)).toMatch(/^550 .*elay/)
    expect(old(`HELO ${long}`)).toMatch(/^250 /)
    expect(old(`HELO x${long}`)).toMatch(/^501 /)
    expect(new Desk().after(`HELO x${long}`)).toMatch(/^250 /)
  })

  it('says where a forwarded user is', () => {
    expect(lenient('RCPT TO:<paul@foo.com>')).toBe('251 User not local; will forward to <paul@bar.com>\r\n')
    expect(lenient('RCPT TO:<moved@foo.com>')).toBe('551 User not local; please try <moved@bar.com>\r\n')
  })
})

describe('parameters of MAIL', () => {
  it.each([
    ['SIZE=100', '250'],
    ['size=100 BODY=8BITMIME', '250'],
    ['SIZE=10001', '552'],
    ['SIZE=99999999999999999999', '552'],
    ['SIZE=x', '501'],
    ['SIZE', '501'],
    ['SIZE=1 SIZE=2', '501'],
    ['BODY=9BIT', '501'],
    ['RET=FULL', '555'],
    ['NONSENSE', '555'],
    ['AUTH=<>', '250'],
    ['AUTH=a@bar.com', '250'],
    ['AUTH=+E9@bar.com', '250'],
  ])('%s is answered %s', (parameter, code) => {
    const desk = new Desk()
    expect(desk.after(`MAIL FROM:<a@bar.com> ${parameter}`).slice(0, 3)).toBe(code)
  })

  it('are those of the host’s extensions', () => {
    const desk = new Desk({ capabilities: [] })
    expect(desk.after('MAIL FROM:<a@bar.com> SIZE=100')).toMatch(/^555 /)
  })

  it('leave room for at least 100 recipients, and 452 for the one too many', () => {
    const desk = new Desk()
    desk.after('MAIL FROM:<>')
    for (let k = 0; k < 100; k++) expect(desk.say(`RCPT TO:<u${k}@foo.com>`)).toMatch(/^250 /)
    expect(desk.say('RCPT TO:<one.more@foo.com>')).toMatch(/^452 /)
    expect(desk.say('DATA', 'x', '.')).toMatch(/^250 /)
    expect(desk.taken[0]!.envelope.from).toBeNull()
    expect(desk.taken[0]!.envelope.recipients).toHaveLength(100)
  })
})
