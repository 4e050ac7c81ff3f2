import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../../src/core/bytes/base64.ts'
import { hmacMd5Hex } from '../../../src/core/bytes/hashes.ts'
import { ALL_CAPABILITIES, Desk, type Line } from './desk.ts'

const stranger = (more: Parameters<Desk['session']>[0] = {}, desk = new Desk()): Line => {
  const line = desk.session(more)
  line.heard()
  return line
}

describe('the greeting (RFC 3501 7.1)', () => {
  it('OK with what matters before the login', () => {
    expect(new Desk().session().heard()).toBe(
      '* OK [CAPABILITY IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR LOGIN-REFERRALS ID ENABLE STARTTLS AUTH=PLAIN AUTH=LOGIN ' +
        'AUTH=CRAM-MD5 AUTH=SCRAM-SHA-256] imap.example Facteur IMAP server ready\r\n',
    )
  })

  it('PREAUTH: somebody is logged in already', () => {
    const line = new Desk().session({ greeting: { is: 'preauth', user: 'bob' } })
    expect(line.heard()).toMatch(/^\* PREAUTH \[CAPABILITY IMAP4rev1 .*\] imap\.example .* logged in as bob\r\n$/)
    expect(line.ok('SELECT INBOX')).toContain('0 EXISTS')
    expect(line.say('LOGIN alice alice-pw').tagged).toMatch(/^BAD /)
  })

  it('BYE, and the connection ends', () => {
    const line = new Desk().session({ greeting: { is: 'bye' } })
    expect(line.heard()).toMatch(/^\* BYE \[UNAVAILABLE\] imap\.example /)
    expect(line.effects.at(-1)).toEqual({ do: 'close' })
    expect(line.feed('a NOOP\r\n')).toBe('')
  })

  it('in the host’s own words', () => {
    expect(new Desk().session({ texts: { greeting: '[] IMAP4rev1 Service Ready' } }).heard()).toBe(
      '* OK IMAP4rev1 Service Ready\r\n',
    )
    expect(new Desk().session({ texts: { greeting: '[ALERT] Soon closed' } }).heard()).toBe(
      '* OK [ALERT] Soon closed\r\n',
    )
  })
})

describe('LOGIN (RFC 3501 6.2.3)', () => {
  it('tells the capabilities that there are from now on', () => {
    const line = stranger()
    const { tagged } = line.say('LOGIN alice alice-pw')
    expect(tagged).toMatch(/^OK \[CAPABILITY IMAP4rev1 .* UIDPLUS .*\] alice authenticated$/)
    expect(tagged).not.toMatch(/AUTH=|STARTTLS|LOGIN-REFERRALS/)
    expect(line.ok('CAPABILITY')[0]).toBe(/\[(.*)\]/.exec(tagged)![1])
  })

  it('says the same whether name or password is wrong, as often as one likes', () => {
    const line = stranger()
    for (const command of ['LOGIN alice wrong', 'LOGIN nobody alice-pw', 'LOGIN "" ""', 'LOGIN "\xff" x'])
      expect(line.say(command).tagged).toBe('NO [AUTHENTICATIONFAILED] Invalid credentials')
    expect(line.say('LOGIN "alice" "alice-pw"').tagged).toMatch(/^OK /)
  })

  it.each(['LOGIN', 'LOGIN alice', 'LOGIN alice alice-pw x', 'LOGIN (alice) x', 'LOGIN alice "x'])(
    '%s is BAD',
    (command) => expect(stranger().say(command).tagged).toMatch(/^BAD /),
  )

  it('notes its line as a secret, and for the coach that anybody can read it', () => {
    const line = stranger()
    line.say('LOGIN alice alice-pw')
    expect(line.notes.find((note) => note.kind === 'command')).toMatchObject({ verb: 'LOGIN', secret: true })
    expect(line.notes.find((note) => note.kind === 'remark')).toMatchObject({ key: 'password-in-clear' })
  })

  it('waits for TLS where passwords need it (RFC 2595 3.2)', () => {
    const line = stranger({ passwordNeedsTls: true })
    const [told] = line.ok('CAPABILITY')
    expect(told).toContain(' STARTTLS LOGINDISABLED AUTH=CRAM-MD5 AUTH=SCRAM-SHA-256')
    expect(told).not.toContain('AUTH=PLAIN')
    expect(line.say('LOGIN alice alice-pw').tagged).toMatch(/^NO \[PRIVACYREQUIRED\]/)
    expect(line.say('AUTHENTICATE PLAIN').tagged).toMatch(/^NO \[PRIVACYREQUIRED\]/)
    expect(line.say('STARTTLS').tagged).toMatch(/^OK /)
    line.secured()
    expect(line.ok('CAPABILITY')[0]).toMatch(/AUTH=PLAIN/)
    expect(line.say('STARTTLS').tagged).toMatch(/^BAD TLS is already active/)
    expect(line.say('LOGIN alice alice-pw').tagged).toMatch(/^OK /)
  })
})

describe('login referrals (RFC 2221 4)', () => {
  const URL = 'imap://MIKE@server2/'
  const referred = () => {
    const desk = new Desk()
    desk.store.refer('mike', 'password', URL)
    return stranger({}, desk)
  }

  it('refers whoever knows the password, by LOGIN and by AUTHENTICATE', () => {
    expect(referred().say('LOGIN MIKE password').tagged).toBe(
      `NO [REFERRAL ${URL}] Your mailboxes are on another server`,
    )
    const line = referred()
    expect(line.say(`AUTHENTICATE PLAIN ${encodeBase64('\0mike\0password')}`).tagged).toMatch(`NO [REFERRAL ${URL}]`)
    expect(line.say('NOOP').tagged).toMatch(/^OK /)
    expect(line.say('SELECT INBOX').tagged).toMatch(/^BAD /)
  })

  it('nobody else', () => {
    expect(referred().say('LOGIN MIKE wrong').tagged).toMatch(/^NO \[AUTHENTICATIONFAILED\]/)
  })
})

describe('AUTHENTICATE (RFC 3501 6.2.2)', () => {
  const plain = encodeBase64('\0alice\0alice-pw')

  it('PLAIN, asked for and at once (SASL-IR, RFC 4959)', () => {
    const line = stranger()
    expect(line.feed('a AUTHENTICATE PLAIN\r\n')).toBe('+ \r\n')
    expect(line.feed(`${plain}\r\n`)).toMatch(/^a OK \[CAPABILITY /)
    expect(stranger().say(`AUTHENTICATE plain ${plain}`).tagged).toMatch(/^OK /)
    expect(stranger().feed(`a AUTHENTICATE PLAIN\r\n${plain}\r\nb NOOP\r\n`)).toMatch(
      /^\+ \r\na OK .*\r\nb OK NOOP completed\r\n$/,
    )
  })

  it('LOGIN asks twice', () => {
    const line = stranger()
    expect(line.feed('a AUTHENTICATE LOGIN\r\n')).toBe(`+ ${encodeBase64('Username:')}\r\n`)
    expect(line.feed(`${encodeBase64('alice')}\r\n`)).toBe(`+ ${encodeBase64('Password:')}\r\n`)
    expect(line.feed(`${encodeBase64('alice-pw')}\r\n`)).toMatch(/^a OK /)
  })

  it('CRAM-MD5 shows no password (RFC 2195)', () => {
    const line = stranger()
    const asked = line.feed('a AUTHENTICATE CRAM-MD5\r\n')
    const challenge = decodeBase64(asked.slice(2).trimEnd())!
    expect(challenge).toBe('<1@imap.example>')
    expect(line.feed(`${encodeBase64(`alice ${hmacMd5Hex('alice-pw', challenge)}`)}\r\n`)).toMatch(/^a OK /)
    expect(line.notes.some((note) => note.kind === 'remark')).toBe(false)
  })

  it.each([
    ['* gives up', '*', /^a BAD Authentication cancelled/],
    ['what is no base64', 'a!', /^a BAD That is not base64/],
    ['nor a command', 'b NOOP', /^a BAD That is not base64/],
    ['nor a line without end', 'x'.repeat(70_000), /^a BAD That is not base64/],
    ['a wrong password', encodeBase64('\0alice\0x'), /^a NO \[AUTHENTICATIONFAILED\]/],
    ['somebody else’s name', encodeBase64('bob\0alice\0alice-pw'), /^a NO \[AUTHENTICATIONFAILED\]/],
    ['nothing', '', /^a NO \[AUTHENTICATIONFAILED\]/],
  ])('%s ends it, and it can begin again', (_, response, answer) => {
    const line = stranger()
    line.feed('a AUTHENTICATE PLAIN\r\n')
    expect(line.feed(`${response}\r\n`)).toMatch(answer)
    expect(line.state.state).toBe('not-authenticated')
    expect(line.say(`AUTHENTICATE PLAIN ${plain}`).tagged).toMatch(/^OK /)
  })

  it.each([
    ['AUTHENTICATE X-OAUTH', /^NO \[CANNOT\]/],
    ['AUTHENTICATE', /^BAD /],
    ['AUTHENTICATE PLAIN a!', /^BAD That is not base64/],
    ['AUTHENTICATE PLAIN =', /^NO \[AUTHENTICATIONFAILED\]/],
    ['AUTHENTICATE CRAM-MD5 YQ==', /^BAD with CRAM-MD5 the server speaks first/],
  ])('%s', (command, answer) => expect(stranger().say(command).tagged).toMatch(answer))

  it('an initial response where SASL-IR is not offered is BAD', () => {
    const capabilities = ALL_CAPABILITIES.filter((name) => name !== 'SASL-IR' && name !== 'IMAP4rev2')
    expect(stranger({ capabilities }).say(`AUTHENTICATE PLAIN ${plain}`).tagged).toMatch(/^BAD /)
  })
})

describe('STARTTLS (RFC 3501 6.2.1)', () => {
  it('throws away what was pipelined behind it', () => {
    const line = stranger()
    expect(line.feed('a STARTTLS\r\nb LOGIN alice alice-pw\r\n')).toBe('a OK Begin TLS negotiation now\r\n')
    expect(line.effects.some((effect) => effect.do === 'startTls')).toBe(true)
    line.secured()
    expect(line.say('SELECT INBOX').tagged).toMatch(/^BAD /)
    expect(line.say('LOGIN alice alice-pw').tagged).toMatch(/^OK /)
  })

  it('is not there where the host has none, and no longer once somebody has logged in', () => {
    expect(stranger({ startTls: false }).say('STARTTLS').tagged).toMatch(/^BAD STARTTLS needs the capability/)
    const line = stranger()
    line.ok('LOGIN alice alice-pw')
    expect(line.say('STARTTLS').tagged).toMatch(/^BAD /)
  })
})

describe('commands of the session', () => {
  it('LOGOUT: BYE, then OK, then the end (RFC 3501 6.1.3)', () => {
    const line = stranger()
    expect(line.feed('A023 LOGOUT\r\nb NOOP\r\n')).toBe(
      '* BYE imap.example IMAP server logging out\r\nA023 OK LOGOUT completed\r\n',
    )
    expect(line.effects.at(-1)).toEqual({ do: 'close' })
    expect(stranger({ texts: { 'LOGOUT.bye': 'See you at {host}' } }).feed('a LOGOUT\r\n')).toMatch(
      /^\* BYE See you at imap\.example\r\n/,
    )
  })

  it('says BYE after half an hour of silence, whatever it was doing (RFC 3501 5.4)', () => {
    const desk = new Desk()
    const lines = [stranger(), desk.open(), desk.open()]
    lines[2]!.feed('a IDLE\r\n')
    for (const line of lines) {
      expect(line.effects.some((effect) => effect.do === 'alarm' && effect.after === 1_800_000)).toBe(true)
      expect(line.alarm()).toMatch(/^\* BYE Autologout/)
      expect(line.effects.at(-1)).toEqual({ do: 'close' })
    }
  })

  it('ID in any state (RFC 2971), within its limits', () => {
    const line = stranger()
    for (const command of ['ID NIL', 'ID ()', 'ID ("name" "sodr" "version" NIL)', 'ID ("os" {2+}\r\nxy)'])
      expect(line.ok(command)).toEqual(['ID ("name" "Facteur" "vendor" "Facteur")'])
    const many = Array.from({ length: 31 }, (_, k) => `"f${k}" "v"`).join(' ')
    for (const fields of [
      'name',
      '("name")',
      '("name" "a" "NAME" "b")',
      `("${'n'.repeat(31)}" "v")`,
      `("n" "${'v'.repeat(1025)}")`,
      `(${many})`,
    ])
      expect(line.say(`ID ${fields}`).tagged, fields).toMatch(/^BAD /)
  })

  it('ENABLE passes over what it does not know (RFC 5161 3.1)', () => {
    const line = stranger()
    line.ok('LOGIN alice alice-pw')
    expect(line.ok('ENABLE CONDSTORE X-GOOD-IDEA')).toEqual(['ENABLED CONDSTORE'])
    expect(line.ok('ENABLE idle qresync imap4REV2 utf8=accept qresync')).toEqual([
      'ENABLED QRESYNC IMAP4rev2 UTF8=ACCEPT',
    ])
    expect(line.ok('ENABLE X')).toEqual(['ENABLED'])
    expect(line.say('ENABLE').tagged).toMatch(/^BAD /)
    const poor = stranger({ capabilities: ['IMAP4rev1', 'ENABLE'] })
    poor.ok('LOGIN alice alice-pw')
    expect(poor.ok('ENABLE QRESYNC')).toEqual(['ENABLED'])
    expect(poor.say('NAMESPACE').tagged).toBe('BAD NAMESPACE needs the capability NAMESPACE, which is not offered here')
  })

  it('ENABLE CONDSTORE in an open mailbox tells from where on (RFC 7162 3.1)', () => {
    expect(new Desk().open().ok('ENABLE CONDSTORE')).toEqual(['OK [HIGHESTMODSEQ 1] Highest', 'ENABLED CONDSTORE'])
  })

  it('a fault as data: the command always answers that', () => {
    const line = stranger({ answers: { NOOP: 'unavailable', SELECT: 'nonexistent' } })
    expect(line.say('NOOP').tagged).toBe('NO [UNAVAILABLE] Temporary failure, try again later')
    line.ok('LOGIN alice alice-pw')
    line.ok('EXAMINE INBOX')
    expect(line.say('SELECT INBOX').tagged).toMatch(/^NO \[NONEXISTENT\]/)
    expect(line.state.view).toBeNull()
  })
})
