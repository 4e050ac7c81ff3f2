import { describe, expect, it } from 'vitest'
import type { SmtpProfile } from '../../../src/core/smtp/backend.ts'
import { Desk } from './desk.ts'

const codes = (said: string) => said.split('\r\n').flatMap((line) => (/^\d{3} /.test(line) ? [line.slice(0, 3)] : []))

describe('LMTP', () => {
  function local(changes: Partial<SmtpProfile> = {}): Desk {
    const desk = new Desk({ role: 'lmtp', capabilities: ['PIPELINING', 'CHUNKING', 'BINARYMIME', 'HELP'], ...changes })
    desk.open()
    return desk
  }

  it('has a greeting of its own, and no other; SMTP does not know it', () => {
    const desk = local()
    for (const word of ['HELO', 'EHLO']) expect(desk.say(`${word} bar.com`)).toMatch(/^500 /)
    expect(desk.say('MAIL FROM:<a@bar.com>')).toMatch(/^503 .*LHLO first/)
    expect(desk.say('LHLO')).toMatch(/^501 /)
    expect(desk.say('LHLO bar.com')).toMatch(/^250-foo.com greets bar.com\r\n(250-.*\r\n)+250 HELP\r\n$/)
    expect(desk.say('HELP')).not.toMatch(/EHLO|HELO/)
    expect(new Desk().after('LHLO bar.com')).toMatch(/^500 /)
    expect(new Desk().after('HELP')).not.toContain('LHLO')
  })

  it.each(['.', 'BDAT'])('answers each recipient in turn behind %s', (end) => {
    const desk = local({ texts: { [`${end}.storage`]: '<{path}> is over quota' } })
    desk.delivered['full'] = { verdict: 'full', permanent: false }
    desk.delivered['never'] = { verdict: 'full', permanent: true }
    desk.delivered['gone'] = { verdict: 'unknown' }
    desk.say('LHLO bar.com', 'MAIL FROM:<a@bar.com>')
    for (const who of ['b', 'green', 'full', 'never', 'gone', 'b']) desk.say(`RCPT TO:<${who}@foo.com>`)
    const said = end === '.' ? desk.say('DATA', 'x', '.') : desk.bytes('BDAT 3 LAST\r\nx\r\n')
    expect(codes(said)).toEqual(['250', '452', '552', '550', '250'])
    expect(said).toContain('452 <full@foo.com> is over quota\r\n')
    expect(desk.taken).toHaveLength(1)
    expect(desk.say('MAIL FROM:<>')).toMatch(/^250 /)
    const replies = desk.notes.flatMap(({ note }) =>
      note.kind === 'reply' && note.verb === end ? [note.protocol] : [],
    )
    expect(replies).toEqual(Array.from({ length: 5 }, () => 'lmtp'))
  })

  it('refuses a message to each of its recipients', () => {
    const desk = local()
    desk.say('LHLO bar.com', 'MAIL FROM:<a@bar.com>', 'RCPT TO:<b@foo.com>', 'RCPT TO:<c@foo.com>', 'DATA')
    expect(codes(desk.bytes('a\nb\r\n.\r\n'))).toEqual(['554', '554'])
    const forced = local({ answers: { BDAT: 'unknown' } })
    forced.say('LHLO bar.com', 'MAIL FROM:<a@bar.com>', 'RCPT TO:<b@foo.com>', 'RCPT TO:<c@foo.com>')
    expect(codes(forced.bytes('BDAT 2 LAST\r\nxx'))).toEqual(['550', '550'])
    expect(forced.taken).toEqual([])
  })

  it('has nothing but 503 where nobody is there to get it', () => {
    const desk = local()
    desk.say('LHLO bar.com', 'MAIL FROM:<a@bar.com>')
    expect(desk.say('DATA')).toMatch(/^503 /)
    expect(desk.say('RCPT TO:<green@foo.com>', 'DATA')).toMatch(/^503 /)
    expect(desk.bytes('BDAT 2 LAST\r\nxx')).toMatch(/^503 /)
  })
})

describe('SEND, SOML and SAML', () => {
  const old = { capabilities: ['SEND', 'SOML', 'SAML', 'TURN'], dialect: 'rfc821' } as const

  it.each(['SEND', 'SOML', 'SAML'] as const)('%s begins a transaction of its own kind', (verb) => {
    const desk = new Desk(old)
    expect(desk.after(verb)).toMatch(/^501 /)
    expect(desk.say(`${verb} FROM:<a@`)).toMatch(/^501 /)
    expect(desk.say(`${verb} FROM:<a@bar.com> SIZE=1`)).toMatch(/^555 /)
    expect(desk.say(`${verb} FROM:<a@bar.com>`)).toBe('250 OK\r\n')
    expect(desk.say(`${verb} FROM:<a@bar.com>`)).toMatch(/^503 /)
    desk.say('RCPT TO:<b@foo.com>', 'DATA', 'x', '.')
    expect(desk.taken[0]!.envelope.how).toBe(verb)
    expect(new Desk().after(`${verb} FROM:<a@bar.com>`)).toMatch(/^502 /)
  })

  it('SEND wants somebody at a terminal', () => {
    const desk = new Desk(old)
    expect(desk.after('SEND FROM:<a@bar.com>', 'RCPT TO:<away@foo.com>')).toMatch(/^450 /)
    expect(desk.say('RSET', 'SAML FROM:<a@bar.com>', 'RCPT TO:<away@foo.com>')).toMatch(/^250 /)
  })

  it('TURN hands the connection over, with what came behind it, and is silent from then on', () => {
    const desk = new Desk(old)
    desk.open()
    expect(desk.say('TURN')).toMatch(/^503 /)
    expect(desk.say('HELO bar.com', 'TURN now')).toMatch(/^501 /)
    expect(desk.bytes('TURN\r\n220 bar.com\r\n')).toBe('250 OK\r\n')
    expect(desk.effects.slice(-3)).toEqual([
      { do: 'send', data: '250 OK\r\n' },
      { do: 'cancel', name: 'idle' },
      { do: 'become', role: 'client', name: 'bar.com', rest: '220 bar.com\r\n' },
    ])
    expect(desk.session.state).toBe('turned')
    const before = desk.effects.length
    desk.say('NOOP')
    desk.feed({ on: 'alarm', name: 'idle' })
    desk.feed({ on: 'closed', how: 'fin' })
    expect(desk.effects).toHaveLength(before)
  })

  it('TURN is refused to strangers, within a transaction, and by hosts of today', () => {
    const desk = new Desk(old)
    desk.open()
    expect(desk.say('HELO evil.example', 'TURN')).toMatch(/^502 /)
    expect(desk.session.state).toBe('ready')
    expect(desk.say('HELO bar.com', 'MAIL FROM:<a@bar.com>', 'TURN')).toMatch(/^503 /)
    expect(new Desk().after('TURN')).toBe('502 Command not implemented\r\n')
    expect(desk.did('become')).toBe(false)
  })
})

describe('ETRN', () => {
  it.each([
    ['ETRN bar.com', '253 OK, 14 pending messages for node bar.com started'],
    ['ETRN foo.com', '251 OK, no messages waiting for node foo.com'],
    ['ETRN #slow', '458 Unable to queue messages for node #slow'],
    ['ETRN @elsewhere.example', '459 Node @elsewhere.example not allowed: it is not yours'],
  ])('%s is answered %s', (line, reply) => {
    expect(new Desk({ capabilities: ['ETRN'] }).after(line)).toBe(`${reply}\r\n`)
  })

  it.each(['ETRN', 'ETRN two words', 'ETRN @', 'ETRN #', 'ETRN a..b', 'ETRN <bar.com>'])('%s is 501', (line) => {
    expect(new Desk({ capabilities: ['ETRN'] }).after(line)).toMatch(/^501 /)
  })

  it('waits for a greeting, and is not for the middle of a transaction', () => {
    const desk = new Desk({ capabilities: ['ETRN'] })
    desk.open()
    expect(desk.say('ETRN bar.com')).toMatch(/^503 /)
    expect(desk.say('HELO bar.com', 'ETRN bar.com')).toMatch(/^253 /)
    expect(desk.say('MAIL FROM:<a@bar.com>', 'ETRN bar.com')).toMatch(/^503 /)
    expect(new Desk().after('ETRN bar.com')).toMatch(/^502 /)
  })
})

describe('commands of one host', () => {
  const local = {
    XCLOCK: { syntax: 'XCLOCK', code: '250', status: '2.0.0', text: 'It is {date}', legalIn: ['ready'] },
    XSAY: { syntax: 'XSAY SP String', code: '550', status: null, text: 'No.\nNever.', legalIn: ['connected', 'ready'] },
  } as const

  it('are told by EHLO, explained by HELP, and answer', () => {
    const desk = new Desk({ local, capabilities: ['ENHANCEDSTATUSCODES', 'HELP'] })
    desk.open()
    expect(desk.say('XCLOCK')).toMatch(/^503 /)
    expect(desk.say('EHLO bar.com')).toMatch(/250-HELP\r\n250-XCLOCK\r\n250 XSAY\r\n$/)
    expect(desk.say('xclock')).toBe('250 2.0.0 It is Thu, 21 May 1998 05:33:29 -0700\r\n')
    expect(desk.say('XCLOCK now')).toBe('501 5.5.4 Syntax: XCLOCK\r\n')
    expect(desk.say('XSAY yes')).toBe('550-No.\r\n550 Never.\r\n')
    expect(desk.say('HELP')).toMatch(/ XCLOCK\r\n214-2\.0\.0 {3}XSAY\r\n/)
    expect(desk.say('HELP xsay')).toBe('214-2.0.0 XSAY SP String\r\n214 2.0.0 RFC 5321 section 4.1.5\r\n')
    expect(desk.say('XYZZY')).toMatch(/^500 /)
    for (const word of ['constructor', 'greeting', '.', 'response', '__proto__', 'toString'])
      expect(desk.say(word)).toMatch(/^500 /)
    expect(new Desk().after('XCLOCK')).toMatch(/^500 /)
  })
})

describe('CHECKPOINT', () => {
  const capabilities = ['CHECKPOINT']
  const begun = (desk: Desk, how: 'fin' | 'reset' | 'timeout' | 'silence') => {
    desk.after('MAIL FROM:<a@bar.com> TRANSID=<1@bar.com>', 'RCPT TO:<b@foo.com>', 'RCPT TO:<c@foo.com>', 'DATA')
    desk.bytes('Subject: x\r\n\r\n..dot\r\nhalf a li')
    if (how === 'silence') desk.feed({ on: 'alarm', name: 'idle' })
    else desk.feed({ on: 'closed', how })
    return desk
  }
  const again = (before: Desk) => {
    const desk = new Desk({ capabilities, dialect: 'rfc5321' })
    for (const [name, checkpoint] of before.checkpoints) desk.checkpoints.set(name, checkpoint)
    desk.cloning = true
    desk.open()
    return desk
  }

  it.each(['fin', 'reset', 'timeout', 'silence'] as const)(
    'goes on after %s where the last whole line ended',
    (how) => {
      const desk = again(begun(new Desk({ capabilities }), how))
      expect(desk.say('EHLO bar.com', 'MAIL FROM:<a@bar.com> TRANSID=<1@bar.com>')).toBe(
        '355 20 is the transaction offset\r\n',
      )
      expect(desk.say('DATA')).toBe('354 Send previously checkpointed message starting at octet 20\r\n')
      expect(desk.say('half a line', '.')).toBe('250 OK\r\n')
      expect(desk.taken).toMatchObject([
        { content: 'Subject: x\r\n\r\n.dot\r\nhalf a line\r\n', envelope: { recipients: [{}, {}] } },
      ])
      expect(desk.say('MAIL FROM:<a@bar.com> TRANSID=<1@bar.com>')).toMatch(/^250 /)
      expect(desk.checkpoints.size).toBe(0)
    },
  )

  it('is noted, and breaks off as often as it likes', () => {
    const desk = begun(new Desk({ capabilities }), 'reset')
    expect(desk.notes.at(-1)!.note).toMatchObject({ kind: 'checkpoint', transid: '<1@bar.com>', octets: 20 })
    const second = again(desk)
    second.say('EHLO bar.com', 'MAIL FROM:<a@bar.com> TRANSID=<1@bar.com>', 'DATA', 'more')
    second.feed({ on: 'closed', how: 'reset' })
    expect([...second.checkpoints.values()].map(({ content }) => content)).toEqual([
      'Subject: x\r\n\r\n.dot\r\nmore\r\n',
    ])
  })

  it('begins anew for somebody else, and is refused where the sender is another', () => {
    const broken = begun(new Desk({ capabilities }), 'reset')
    expect(again(broken).say('EHLO other.com', 'MAIL FROM:<a@bar.com> TRANSID=<1@bar.com>')).toMatch(/^250 /)
    const desk = again(broken)
    expect(desk.say('EHLO bar.com', 'MAIL FROM:<z@bar.com> TRANSID=<1@bar.com>')).toMatch(/^501 .*not yours/)
    expect(desk.session.state).toBe('ready')
    expect(desk.say('MAIL FROM:<a@bar.com>')).toMatch(/^250 /)
  })

  const MAIL = 'MAIL FROM:<a@bar.com> TRANSID=<1@bar.com>'
  const whole = (changes: Partial<SmtpProfile> = {}) => {
    const desk = new Desk({ capabilities, ...changes })
    desk.open()
    const hello = changes.role === 'lmtp' ? 'LHLO bar.com' : 'EHLO bar.com'
    return { desk, said: desk.say(hello, MAIL, 'RCPT TO:<b@foo.com>', 'RCPT TO:<c@foo.com>', 'DATA', '..x', '.') }
  }
  const lost = (desk: Desk) => {
    desk.feed({ on: 'closed', how: 'reset' })
    return again(desk)
  }

  it('repeats an answer that was lost, as often as it is asked, and takes nothing twice', () => {
    const { desk, said } = whole()
    expect(said).toBe('250 OK\r\n')
    let next = desk
    for (let k = 0; k < 3; k++) {
      next = lost(next)
      next.cloning = true
      expect(next.say('EHLO bar.com', MAIL)).toBe('355 4 is the transaction offset\r\n')
      expect(next.say('DATA')).toBe('354 Send previously checkpointed message starting at octet 4\r\n')
      // The line breaks within the repetition: nothing of that is a new beginning.
      if (k === 1) next.bytes('more\r\n')
      else expect(next.say('.')).toBe('250 OK\r\n')
      expect(next.taken).toEqual([])
    }
    expect(desk.taken).toHaveLength(1)
    expect(next.say('QUIT')).toMatch(/^221 /)
    expect(next.checkpoints.size).toBe(0)
  })

  it('repeats all answers of LMTP', () => {
    const role = 'lmtp'
    const { desk, said } = whole({ role })
    expect(said).toBe('250 OK\r\n250 OK\r\n')
    desk.feed({ on: 'closed', how: 'reset' })
    const next = new Desk({ capabilities, role })
    for (const [name, checkpoint] of desk.checkpoints) next.checkpoints.set(name, checkpoint)
    next.open()
    expect(next.say('LHLO bar.com', MAIL, 'DATA', '.')).toBe(said)
    expect(next.taken).toEqual([])
  })

  it('a command in one breath with the content does not show that its answer was heard', () => {
    const desk = new Desk({ capabilities })
    desk.after(MAIL, 'RCPT TO:<b@foo.com>', 'DATA')
    desk.bytes('x\r\n.\r\nNOOP\r\nEHLO other.com\r\n')
    expect([...desk.checkpoints.keys()]).toEqual(['bar.com <1@bar.com>'])
    desk.say('NOOP')
    expect(desk.checkpoints.size).toBe(0)
    const whole = `${MAIL}\r\nRCPT TO:<b@foo.com>\r\nDATA\r\nx\r\n.\r\n`
    desk.say('EHLO bar.com')
    expect(codes(desk.bytes(`${whole}NOOP\r\n${whole}`)).join(' ')).toBe('250 250 354 250 250 250 250 354 250')
    expect(desk.taken).toHaveLength(3)
  })

  it('what was refused is not kept, and to what was taken nothing is added', () => {
    const refusing = new Desk({ capabilities })
    refusing.verdict = { verdict: 'storage' }
    expect(refusing.after(MAIL, 'RCPT TO:<b@foo.com>', 'DATA', 'x', '.')).toMatch(/^452 /)
    expect(refusing.checkpoints.size).toBe(0)
    const next = lost(whole().desk)
    expect(next.say('EHLO bar.com', MAIL, 'RCPT TO:<d@foo.com>')).toMatch(/^503 .*DATA first/)
    expect(next.say('DATA', 'more', '.')).toMatch(/^554 /)
    expect(next.taken).toEqual([])
  })

  it('keeps nothing without a name, nothing that would be refused, and nothing of a first line', () => {
    const nameless = new Desk({ capabilities })
    nameless.after('MAIL FROM:<a@bar.com>', 'RCPT TO:<b@foo.com>', 'DATA', 'x')
    nameless.feed({ on: 'closed', how: 'reset' })
    const bare = new Desk({ capabilities })
    bare.after('MAIL FROM:<a@bar.com> TRANSID=<1@bar.com>', 'RCPT TO:<b@foo.com>', 'DATA', 'x\ny')
    bare.feed({ on: 'closed', how: 'reset' })
    const early = new Desk({ capabilities })
    early.after('MAIL FROM:<a@bar.com> TRANSID=<1@bar.com>', 'RCPT TO:<b@foo.com>', 'DATA')
    early.bytes('x')
    early.feed({ on: 'closed', how: 'reset' })
    for (const desk of [nameless, bare, early]) expect(desk.checkpoints.size).toBe(0)
  })
})

describe('VRFY, beside 250 and 553', () => {
  it.each([
    ['VRFY paul', '251'],
    ['VRFY secret', '252'],
    ['VRFY nobody', '550'],
    ['VRFY moved', '551'],
  ])('%s is answered %s', (line, code) => {
    expect(new Desk().after(line).slice(0, 3)).toBe(code)
  })
})
