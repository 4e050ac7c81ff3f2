import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../../src/core/bytes/base64.ts'
import { hmacMd5Hex } from '../../../src/core/bytes/hashes.ts'
import { answer } from '../../../src/core/sasl/client.ts'
import { Desk } from './desk.ts'

const challengeOf = (reply: string) => decodeBase64(/^\+ (.*)\r\n$/.exec(reply)![1]!)!

describe('APOP', () => {
  it('takes the digest of RFC 1939 section 7', () => {
    const desk = new Desk()
    desk.open()
    expect(desk.say('APOP mrose c4c9334bac560ecc979e58001b3e22fb')).toMatch(/^\+OK /)
  })

  it('takes the digest of the courses, where the world gives the greeting', () => {
    const greeting = 'POP3 server ready (NPlEx 2.1.131) <2ea91e.1037815512000@mel-pop6.wanadoo.fr>'
    const desk = new Desk({ texts: { greeting } })
    expect(desk.open()).toBe(`+OK ${greeting}\r\n`)
    expect(desk.say('APOP nicolas e7a0a8acb857d0b1e99c4a9974c00d0d')).toMatch(/^\+OK /)
  })

  it('gives another timestamp to each connection', () => {
    const desk = new Desk()
    expect(desk.open()).not.toBe(new Desk({}, desk.shelf).open())
  })

  it.each([
    ['APOP mrose c4c9334bac560ecc979e58001b3e22fc', '-ERR [AUTH] permission denied'],
    ['APOP nobody c4c9334bac560ecc979e58001b3e22fb', '-ERR [AUTH] permission denied'],
    ['APOP mrose', '-ERR syntax: APOP SP name SP digest CRLF'],
    ['APOP', '-ERR syntax: APOP SP name SP digest CRLF'],
  ])('answers %j with %j', (line, reply) => {
    const desk = new Desk()
    desk.open()
    expect(desk.say(line)).toBe(`${reply}\r\n`)
  })

  it('is not there where the greeting has no timestamp', () => {
    const desk = new Desk({ apop: false, texts: {} })
    expect(desk.open()).toBe('+OK dewey Facteur POP3 server ready\r\n')
    expect(desk.say('APOP mrose c4c9334bac560ecc979e58001b3e22fb')).toBe('-ERR command not implemented\r\n')
  })
})

describe('USER and PASS', () => {
  it('belong together', () => {
    const desk = new Desk()
    desk.open()
    expect(desk.say('PASS tanstaaf')).toBe('-ERR not now: USER first\r\n')
    expect(desk.say('USER mrose', 'PASS wrong')).toBe('-ERR [AUTH] invalid password\r\n')
    expect(desk.say('PASS tanstaaf')).toBe('-ERR not now: USER first\r\n')
    expect(desk.say('USER', 'PASS tanstaaf')).toBe('-ERR not now: USER first\r\n')
    expect(desk.say('USER nobody', 'PASS tanstaaf')).toBe('-ERR [AUTH] invalid password\r\n')
    expect(desk.say('user mrose', 'pass tanstaaf')).toMatch(/^\+OK /)
    expect(desk.remarks()).toContain('password-as-it-is')
  })

  it('have nothing between them on a strict host', () => {
    const lines = ['USER mrose', 'NOOP', 'PASS tanstaaf']
    const strict = new Desk({ dialect: 'rfc1939' })
    strict.open()
    expect(strict.say(...lines)).toBe('-ERR not now: USER first\r\n')
    const lenient = new Desk()
    lenient.open()
    expect(lenient.say(...lines)).toMatch(/^\+OK /)
  })

  it('take blanks as part of the password', () => {
    const desk = new Desk()
    desk.shelf.accounts['claire'] = ' two  words '
    desk.open()
    expect(desk.say('USER claire', 'PASS  two  words ')).toMatch(/^\+OK /)
  })

  it('take UTF-8', () => {
    const desk = new Desk()
    desk.shelf.accounts['zoé'] = 'été'
    desk.open()
    expect(desk.say('USER zo\xc3\xa9', 'PASS \xc3\xa9t\xc3\xa9')).toBe(
      "+OK zo\xc3\xa9's maildrop has 2 messages (320 octets)\r\n",
    )
  })

  it('say who is there only where the host wants that', () => {
    const desk = new Desk({ tellsUsers: true, texts: { 'USER.unknown': 'sorry, no mailbox for {name} here' } })
    desk.open()
    expect(desk.say('USER frated')).toBe('-ERR [AUTH] sorry, no mailbox for frated here\r\n')
    expect(desk.say('USER mrose')).toBe('+OK User name accepted, password please\r\n')
  })

  it('wait for TLS where the host asks for it', () => {
    const desk = new Desk({ passwordNeedsTls: true })
    desk.open()
    expect(desk.say('USER mrose')).toBe('-ERR [AUTH] no password in the clear: STLS first\r\n')
    expect(desk.say('AUTH PLAIN')).toBe('-ERR [AUTH] no password in the clear: STLS first\r\n')
    expect(desk.say('AUTH')).toBe('+OK mechanisms follow\r\nCRAM-MD5\r\nSCRAM-SHA-256\r\n.\r\n')
    expect(desk.say('CAPA')).not.toMatch(/USER|PLAIN|LOGIN /)
    expect(desk.say('STLS')).toBe('+OK Begin TLS negotiation\r\n')
    desk.feed({ on: 'secured' })
    expect(desk.say('CAPA')).toMatch(/\r\nUSER\r\nSASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\n/)
    expect(desk.say('STLS')).toBe('-ERR Command not permitted when TLS active\r\n')
    expect(desk.say('USER mrose', 'PASS tanstaaf')).toMatch(/^\+OK /)
    expect(desk.remarks()).toEqual([])
  })

  it.each([
    [{ verdict: 'login-delay', seconds: 900 }, '-ERR [LOGIN-DELAY] logged in a moment ago: please wait 900 seconds'],
    [{ verdict: 'unavailable' }, '-ERR [SYS/TEMP] unable to lock the maildrop now, please try again later'],
    [{ verdict: 'broken' }, '-ERR [SYS/PERM] the maildrop cannot be opened, please call the postmaster'],
  ] as const)('say why a maildrop does not open: %j', (verdict, reply) => {
    const desk = new Desk()
    desk.shelf.verdict = verdict
    expect(desk.after()).toBe(`${reply}\r\n`)
    expect(desk.say(`AUTH PLAIN ${encodeBase64('\0mrose\0tanstaaf')}`)).toBe(`${reply}\r\n`)
  })

  it('give no response codes where the host offers none', () => {
    const desk = new Desk({ capabilities: ['USER'] })
    desk.open()
    expect(desk.say('USER mrose', 'PASS x')).toBe('-ERR invalid password\r\n')
  })
})

describe('STLS', () => {
  it('throws away what was pipelined behind it, and the name that was given before', () => {
    const desk = new Desk()
    desk.open()
    desk.say('USER mrose')
    expect(desk.bytes('STLS\r\nPASS tanstaaf\r\n')).toBe('+OK Begin TLS negotiation\r\n')
    expect(desk.effects.map((effect) => effect.do).slice(-3)).toEqual(['send', 'startTls', 'alarm'])
    expect(desk.feed({ on: 'secured' })).toBe('')
    expect(desk.say('PASS tanstaaf')).toBe('-ERR not now: USER first\r\n')
  })
})

describe('AUTH', () => {
  it('takes PLAIN with and without an initial response', () => {
    const desk = new Desk()
    desk.open()
    expect(desk.say('AUTH PLAIN')).toBe('+ \r\n')
    expect(desk.say('dGVzdAB0ZXN0AHdyb25n')).toBe('-ERR [AUTH] authentication failed\r\n')
    expect(desk.say('AUTH PLAIN dGVzdAB0ZXN0AHRlc3Q=')).toMatch(/^\+OK /)
    expect(desk.remarks()).toEqual(['password-in-clear', 'password-in-clear'])
  })

  it('takes LOGIN', () => {
    const desk = new Desk()
    desk.open()
    expect(challengeOf(desk.say('AUTH LOGIN'))).toBe('Username:')
    expect(challengeOf(desk.say('bXJvc2U='))).toBe('Password:')
    expect(desk.say(encodeBase64('tanstaaf'))).toMatch(/^\+OK /)
  })

  it('takes CRAM-MD5', () => {
    const desk = new Desk()
    desk.open()
    const challenge = challengeOf(desk.say('auth cram-md5'))
    expect(desk.say(encodeBase64(`mrose ${hmacMd5Hex('tanstaaf', challenge)}`))).toMatch(/^\+OK /)
    expect(desk.remarks()).toEqual([])
  })

  it('takes SCRAM-SHA-256, and proves who it is', () => {
    const desk = new Desk()
    desk.open()
    const client = answer('SCRAM-SHA-256', 'mrose', 'tanstaaf', 'rOprNGfwEbeRWgbNEkqO')
    let reply = desk.say(`AUTH SCRAM-SHA-256 ${encodeBase64(client.initial!)}`)
    while (reply.startsWith('+ ')) reply = desk.say(encodeBase64(client.next(challengeOf(reply))!))
    expect(client.complete).toBe(true)
    expect(reply).toMatch(/^\+OK /)
  })

  it.each([
    [['AUTH MAGIC'], '-ERR unrecognized authentication mechanism'],
    [['AUTH PLAIN nonsense!'], '-ERR that is not base64'],
    [['AUTH PLAIN ='], '-ERR [AUTH] authentication failed'],
    [['AUTH CRAM-MD5 bXJvc2U='], '-ERR syntax: AUTH SP mechanism [SP initial-response] CRLF'],
    [['AUTH PLAIN a b'], '-ERR syntax: AUTH SP mechanism [SP initial-response] CRLF'],
    [['AUTH LOGIN', '*'], '-ERR authentication cancelled'],
    [['AUTH LOGIN', '?'], '-ERR that is not base64'],
    [['AUTH LOGIN', 'A'.repeat(13_000)], '-ERR authentication exchange line is too long'],
    [['AUTH LOGIN', 'QUIT'], '+ UGFzc3dvcmQ6'],
    [['AUTH'], '+OK mechanisms follow\r\nPLAIN\r\nLOGIN\r\nCRAM-MD5\r\nSCRAM-SHA-256\r\n.'],
  ])('answers %j with %j', (lines, reply) => {
    const desk = new Desk()
    desk.open()
    expect(desk.say(...lines)).toBe(`${reply}\r\n`)
    if (reply.startsWith('-ERR')) expect(desk.session).toMatchObject({ state: 'authorization', exchange: null })
  })
})
