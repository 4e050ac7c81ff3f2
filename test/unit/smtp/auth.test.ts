import { describe, expect, it } from 'vitest'
import { answer } from '../../../src/core/sasl/client.ts'
import { Desk } from './desk.ts'

const b64 = (text: string) => Buffer.from(text, 'latin1').toString('base64')

describe('AUTH', () => {
  it('PLAIN with and without an initial response (RFC 4616)', () => {
    expect(new Desk().after(`AUTH PLAIN ${b64('\0tim\0tanstaaftanstaaf')}`)).toBe('235 Authentication successful\r\n')
    const desk = new Desk()
    expect(desk.after('AUTH PLAIN')).toBe('334 \r\n')
    expect(desk.say(b64('tim\0tim\0tanstaaftanstaaf'))).toMatch(/^235 /)
    expect(desk.session.client.user).toBe('tim')
    expect(desk.say(`AUTH PLAIN ${b64('\0tim\0x')}`)).toMatch(/^503 /)
  })

  it('LOGIN', () => {
    const desk = new Desk()
    expect(desk.after('auth login')).toBe(`334 ${b64('Username:')}\r\n`)
    expect(desk.say(b64('tim'))).toBe(`334 ${b64('Password:')}\r\n`)
    expect(desk.say(b64('tanstaaftanstaaf'))).toMatch(/^235 /)
  })

  it('CRAM-MD5 as RFC 2195 shows it', () => {
    const desk = new Desk()
    expect(desk.after('AUTH CRAM-MD5')).toBe('334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\r\n')
    expect(desk.say('dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw')).toMatch(/^235 /)
  })

  it('SCRAM-SHA-256, where a host names it: the signature is one more 334', () => {
    const desk = new Desk({ mechanisms: ['SCRAM-SHA-256'] })
    const client = answer('SCRAM-SHA-256', 'tim', 'tanstaaftanstaaf', 'abc')
    let reply = desk.after(`AUTH SCRAM-SHA-256 ${b64(client.initial!)}`)
    const said: string[] = []
    while (reply.startsWith('334 ') && said.length < 5) {
      const challenge = Buffer.from(reply.slice(4).trim(), 'base64').toString('latin1')
      said.push(challenge[0]!)
      reply = desk.say(b64(client.next(challenge)!))
    }
    expect(said).toEqual(['r', 'v'])
    expect(reply).toMatch(/^235 /)
    expect(desk.session.client.user).toBe('tim')
    expect(desk.session.exchange).toBeNull()
    expect(desk.remarks()).toEqual([])
    expect(new Desk().after('AUTH SCRAM-SHA-256')).toMatch(/^504 /)
  })

  it.each([
    ['AUTH', '501'],
    ['AUTH KERBEROS', '504'],
    ['AUTH PLAIN !!!', '501'],
    [`AUTH PLAIN ${b64('\0tim\0wrong')}`, '535'],
    [`AUTH PLAIN ${b64('other\0tim\0tanstaaftanstaaf')}`, '535'],
    ['AUTH PLAIN =', '535'],
    ['AUTH CRAM-MD5 dGlt', '501'],
  ])('%s is answered %s', (line, code) => {
    const desk = new Desk()
    expect(desk.after(line).slice(0, 3)).toBe(code)
    expect(desk.session.state).toBe('ready')
    expect(desk.session.client.user).toBeNull()
  })

  it('can be given up with *, and survives lines that are no base64', () => {
    const desk = new Desk()
    expect(desk.after('AUTH LOGIN', '*')).toMatch(/^501 .*cancel/i)
    expect(desk.say('AUTH LOGIN', '***')).toMatch(/^501 /)
    expect(desk.say('AUTH LOGIN', 'A'.repeat(13_000))).toMatch(/^500 /)
    expect(desk.say('NOOP')).toMatch(/^250 /)
  })

  it('an initial response where the server speaks first is refused for what it is', () => {
    const desk = new Desk({ capabilities: ['AUTH', 'ENHANCEDSTATUSCODES'] })
    const reply = '501 5.7.0 CRAM-MD5 begins with the server: no initial response\r\n'
    for (const initial of ['AAAA', '=', '!']) expect(desk.after(`AUTH cram-md5 ${initial}`)).toBe(reply)
    expect(desk.session).toMatchObject({ state: 'ready', exchange: null })
    expect(desk.say('AUTH CRAM-MD5 AAAA AAAA')).toMatch(/^501 5.5.4 Syntax/)
    expect(desk.say('AUTH CRAM-MD5')).toMatch(/^334 /)
  })

  it('a line that is none ends the exchange, and nothing of it stays', () => {
    for (const line of ['AGFs\raWNl\r\n', `${'A'.repeat(12_287)}\r\n`, `${'A'.repeat(13_000)}\r\n`]) {
      const desk = new Desk()
      desk.after('AUTH PLAIN')
      expect(desk.session).toMatchObject({ state: 'challenge' })
      expect(desk.session.exchange).not.toBeNull()
      expect(desk.bytes(line)).toMatch(/^500 /)
      expect(desk.session).toMatchObject({ state: 'ready', exchange: null })
      expect(desk.say('NOOP')).toMatch(/^250 /)
    }
  })

  it('432: CRAM-MD5 and SCRAM must wait until the password was told once more', () => {
    for (const mechanism of ['CRAM-MD5', 'SCRAM-SHA-256'] as const) {
      const desk = new Desk({ mechanisms: [mechanism, 'PLAIN'] })
      desk.transition = true
      desk.after()
      const attempt = () => {
        const client = answer(mechanism, 'tim', 'tanstaaftanstaaf', 'abc')
        let reply = desk.say(`AUTH ${mechanism}${client.initial === null ? '' : ` ${b64(client.initial)}`}`)
        for (let k = 0; k < 3 && reply.startsWith('334 '); k++)
          reply = desk.say(b64(client.next(Buffer.from(reply.slice(4).trim(), 'base64').toString('latin1'))!))
        return reply
      }
      expect(attempt()).toMatch(/^432 /)
      expect(desk.session.state).toBe('ready')
      expect(desk.session.exchange).toBeNull()
      expect(desk.say(`AUTH PLAIN ${b64('\0tim\0tanstaaftanstaaf')}`)).toMatch(/^235 /)
      desk.feed({ on: 'secured' })
      desk.say('EHLO bar.com')
      desk.session.client = { ...desk.session.client, user: null }
      expect(attempt()).toMatch(/^235 /)
    }
  })

  it('534: a mechanism that the host finds too weak is not told, and not taken', () => {
    const desk = new Desk({ mechanisms: ['CRAM-MD5', 'PLAIN'], weak: ['PLAIN'] })
    desk.open()
    expect(desk.say('EHLO bar.com')).toContain('250-AUTH CRAM-MD5\r\n')
    expect(desk.say('AUTH plain')).toMatch(/^534 /)
    expect(desk.say('AUTH CRAM-MD5')).toMatch(/^334 /)
  })

  it('is not there without EHLO’s word for it, and waits for TLS where the host says so', () => {
    expect(new Desk({ capabilities: [] }).after('AUTH PLAIN')).toMatch(/^502 /)
    const desk = new Desk({ authNeedsTls: true, role: 'submission' })
    desk.open()
    expect(desk.say('EHLO bar.com')).not.toContain('AUTH')
    expect(desk.say('AUTH PLAIN')).toMatch(/^538 /)
    expect(desk.say('MAIL FROM:<tim@foo.com>')).toMatch(/^530 .*STARTTLS/)
  })

  it('opens submission: 530 before, 553 for another’s address after', () => {
    const desk = new Desk({ role: 'submission' })
    expect(desk.after('MAIL FROM:<tim@foo.com>')).toMatch(/^530 /)
    expect(desk.say(`AUTH PLAIN ${b64('\0tim\0tanstaaftanstaaf')}`, 'MAIL FROM:<other@foo.com>')).toMatch(/^553 /)
    expect(desk.say('MAIL FROM:<tim@foo.com>')).toMatch(/^250 /)
    expect(desk.say('RCPT TO:<anybody@bar.com>')).toMatch(/^250 /)
  })

  it('never leaves a secret in what HELP STATUS tells', () => {
    const desk = new Desk()
    const secret = b64('\0tim\0tanstaaftanstaaf')
    expect(desk.after(`AUTH PLAIN ${secret}`, 'HELP STATUS')).not.toContain(secret)
    const commands = desk.notes.flatMap(({ note }) =>
      note.kind === 'command' && note.line.includes(secret) ? [note.secret] : [],
    )
    expect(commands).toEqual([true])
  })

  it('remarks on a password that crosses the network in clear', () => {
    const desk = new Desk()
    desk.after('AUTH LOGIN')
    expect(desk.remarks()).toEqual(['password-in-clear'])
  })

  it('is told of a sender in xtext by AUTH=', () => {
    const desk = new Desk()
    desk.after()
    for (const good of ['<>', 'e+3Dmc2@example.com']) {
      expect(desk.say(`MAIL FROM:<tim@foo.com> AUTH=${good}`)).toMatch(/^250 /)
      desk.say('RSET')
    }
    for (const bad of ['', 'a+b@example.com', 'a+3d@example.com'])
      expect(desk.say(`MAIL FROM:<tim@foo.com> AUTH=${bad}`)).toMatch(/^501 /)
  })
})
