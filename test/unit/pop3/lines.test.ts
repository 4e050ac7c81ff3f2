import { describe, expect, it } from 'vitest'
import { Desk } from './desk.ts'

describe('lines', () => {
  it('end with a lone LF where the host is lenient', () => {
    const desk = new Desk()
    desk.after()
    expect(desk.bytes('STAT\n')).toBe('+OK 2 320\r\n')
    expect(desk.remarks()).toContain('bare-lf')
  })

  it('end with CRLF only where it is strict', () => {
    const desk = new Desk({ dialect: 'rfc1939' })
    desk.after()
    expect(desk.bytes('STAT\n')).toBe('')
    expect(desk.remarks()).toContain('waits-for-crlf')
    expect(desk.bytes('\r\n')).toBe('-ERR lines end with CRLF, and CR and LF stand nowhere else\r\n')
    expect(desk.say('NO\rOP')).toBe('-ERR lines end with CRLF, and CR and LF stand nowhere else\r\n')
    expect(desk.say('RETR  1')).toBe('-ERR syntax: RETR SP msg CRLF\r\n')
  })

  it('have 255 octets at most (RFC 2449 4)', () => {
    const desk = new Desk()
    desk.open()
    expect(desk.say(`USER ${'x'.repeat(248)}`)).toMatch(/^\+OK /)
    expect(desk.say(`USER ${'x'.repeat(249)}`)).toBe('-ERR line too long\r\n')
  })

  it('that never end are thrown away up to their end', () => {
    const desk = new Desk()
    desk.open()
    for (let k = 0; k < 100; k++) expect(desk.bytes('x'.repeat(10_000))).toBe('')
    expect(desk.session.pending.length).toBeLessThan(13_000)
    expect(desk.bytes('\r\nCAPA\r\n')).toMatch(/^-ERR line too long\r\n\+OK /)
    const { session } = desk
    expect(session.heard).toBe(1_000_000 + '\r\nCAPA\r\n'.length)
  })

  it('that are wrong too often end the connection, and remove nothing', () => {
    const desk = new Desk({ limits: { line: 255, errors: 2, idle: Infinity } })
    desk.after('DELE 1', 'BLAH', 'RETR')
    expect(desk.bytes('BLAH\r\nQUIT\r\n')).toBe(
      '-ERR unknown command\r\n-ERR too many errors, closing the connection\r\n',
    )
    expect(desk.did('close')).toBe(true)
    expect(desk.did('alarm')).toBe(false)
    expect(desk.shelf.messages).toHaveLength(2)
    expect(desk.shelf.lockedBy).toBeNull()
  })

  it('do not bring control characters back', () => {
    const desk = new Desk({ texts: { 'USER.ok': '{name}?' } })
    desk.open()
    expect(desk.say('USER a\x1b[2Jb')).toBe('+OK a?[2Jb?\r\n')
  })
})

describe('what a world prescribes', () => {
  it('can be any refusal of the row, or of all commands', () => {
    const answers = { RETR: 'gone', STAT: 'notImplemented', QUIT: 'notRemoved' }
    const desk = new Desk({ answers })
    expect(desk.after('RETR 1')).toMatch(/^-ERR /)
    expect(desk.say('STAT')).toBe('-ERR command not implemented\r\n')
    expect(desk.say('DELE 1', 'QUIT')).toBe('-ERR [SYS/TEMP] some deleted messages not removed\r\n')
    expect(desk.shelf.messages).toHaveLength(2)
    expect(desk.shelf.lockedBy).toBeNull()
  })

  it('can be a greeting that sends away', () => {
    const desk = new Desk({ answers: { greeting: 'busy' } })
    expect(desk.open()).toBe('-ERR [SYS/TEMP] dewey is busy, please try again later\r\n')
    expect(desk.did('close')).toBe(true)
  })

  it('is never a success', () => {
    const desk = new Desk({ answers: { PASS: 'ok', AUTH: 'challenge' } })
    desk.open()
    expect(desk.say('USER mrose', 'PASS wrong')).toMatch(/^-ERR /)
    expect(desk.say('AUTH MAGIC')).toMatch(/^-ERR /)
  })
})

describe('CAPA', () => {
  it('says what is there, before and after the login', () => {
    const desk = new Desk({ loginDelay: 900, expire: 60, perUser: true })
    desk.open()
    expect(desk.say('CAPA')).toBe(
      '+OK Capability list follows\r\nTOP\r\nUSER\r\nSASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\nRESP-CODES\r\n' +
        'AUTH-RESP-CODE\r\nLOGIN-DELAY 900 USER\r\nPIPELINING\r\nEXPIRE 60 USER\r\nUIDL\r\nSTLS\r\nUTF8\r\nLANG\r\n' +
        'IMPLEMENTATION Facteur\r\n.\r\n',
    )
    desk.shelf.verdict = { verdict: 'open', uidValidity: 1, messages: [], expire: 'NEVER', loginDelay: 60 }
    expect(desk.say('USER mrose', 'PASS tanstaaf', 'CAPA')).toBe(
      '+OK Capability list follows\r\nTOP\r\nUSER\r\nSASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\nRESP-CODES\r\n' +
        'AUTH-RESP-CODE\r\nLOGIN-DELAY 60\r\nPIPELINING\r\nEXPIRE NEVER\r\nUIDL\r\nUTF8\r\nLANG\r\n' +
        'IMPLEMENTATION Facteur\r\n.\r\n',
    )
  })

  it('is the answer of RFC 2449 where the world writes it so', () => {
    const capabilities =
      'TOP,USER,SASL CRAM-MD5 KERBEROS_V4,RESP-CODES,LOGIN-DELAY 900,PIPELINING,EXPIRE 60,UIDL,IMPLEMENTATION Shlemazle-Plotz-v302'.split(
        ',',
      )
    const desk = new Desk({ capabilities })
    desk.open()
    expect(desk.say('CAPA')).toBe(`+OK Capability list follows\r\n${capabilities.join('\r\n')}\r\n.\r\n`)
    expect(desk.say('STLS')).toBe('-ERR command not implemented\r\n')
    expect(desk.say('AUTH MAGIC')).toBe('-ERR unrecognized authentication mechanism\r\n')
  })
})

describe('UTF8', () => {
  const header = 'Subject: \xc3\xa9t\xc3\xa9\r\n\r\nbody\r\n'

  it('must be said first on a strict host (RFC 6856 2.1)', () => {
    const desk = new Desk({ dialect: 'rfc1939' })
    desk.shelf.put(header, 'Subject: x\r\n\r\n\xc3\xa9\r\n')
    expect(desk.after('RETR 3')).toBe('-ERR [UTF8] the header of message 3 is UTF-8: say UTF8 before you log in\r\n')
    expect(desk.say('TOP 3 0')).toMatch(/^-ERR \[UTF8\] /)
    expect(desk.say('RETR 4')).toMatch(/^\+OK /)
    const other = new Desk({ dialect: 'rfc1939' })
    other.shelf.put(header)
    other.open()
    expect(other.say('UTF8')).toBe('+OK UTF8 enabled\r\n')
    expect(other.say('USER mrose', 'PASS tanstaaf', 'RETR 3')).toBe(`+OK ${header.length} octets\r\n${header}.\r\n`)
  })

  it('does not matter on a lenient one', () => {
    const desk = new Desk()
    desk.shelf.put(header)
    expect(desk.after('RETR 3')).toContain(header)
  })

  it('knows its languages', () => {
    expect(new Desk().after('LANG')).toBe('+OK Language listing follows:\r\ni-default\r\nen English\r\n.\r\n')
  })
})
