import { describe, expect, it } from 'vitest'
import { Desk } from './desk.ts'

const everything = ['SIZE', '8BITMIME', 'DSN', 'SMTPUTF8', 'CHUNKING', 'BINARYMIME', 'CHECKPOINT', 'AUTH']
/** UTF-8 as it goes over the wire. */
const wire = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

describe('parameters of MAIL', () => {
  it.each([
    ['RET=FULL', '250'],
    ['ret=hdrs', '250'],
    ['RET=PART', '501'],
    ['RET', '501'],
    ['RET=FULL RET=HDRS', '501'],
    ['ENVID=QQ314159', '250'],
    ['ENVID=a+2Bb+3D', '250'],
    ['ENVID=', '501'],
    ['ENVID=a+b', '501'],
    ['ENVID=a+2b', '501'],
    ['ENVID=a=b', '501'],
    // RFC 3461 4.4: decoded, it can be printed.
    ['ENVID=a+20b+7E', '250'],
    ['ENVID=a+0D+0AX', '501'],
    ['ENVID=a+1F', '501'],
    ['ENVID=a+7F', '501'],
    ['ENVID=a+E9', '501'],
    [`ENVID=${'x'.repeat(100)}`, '250'],
    [`ENVID=${'x'.repeat(101)}`, '501'],
    ['BODY=BINARYMIME', '250'],
    ['BODY=8BITMIME BODY=8BITMIME', '501'],
    ['BODY', '501'],
    ['SMTPUTF8', '250'],
    ['SMTPUTF8=yes', '501'],
    ['SMTPUTF8 SMTPUTF8', '501'],
    ['TRANSID=<1@bar.com>', '250'],
    ['TRANSID=1@bar.com', '501'],
    ['TRANSID=<1>', '501'],
    ['TRANSID=<a..b@bar.com>', '501'],
    [`TRANSID=<${'1'.repeat(70)}@bar.com>`, '250'],
    [`TRANSID=<${'1'.repeat(71)}@bar.com>`, '501'],
    ['NOTIFY=NEVER', '555'],
    ['NONSENSE NONSENSE', '555'],
    ['=5', '501'],
  ])('%s is answered %s', (parameter, code) => {
    for (const dialect of ['lenient', 'rfc5321'] as const) {
      const desk = new Desk({ capabilities: everything, dialect })
      expect(desk.after(`MAIL FROM:<a@bar.com> ${parameter}`).slice(0, 3)).toBe(code)
      expect(desk.session.state).toBe(code === '250' ? 'mail' : 'ready')
    }
  })

  it.each(['RET=FULL', 'ENVID=1', 'BODY=BINARYMIME', 'SMTPUTF8', 'TRANSID=<1@bar.com>', 'AUTH=<>', 'SIZE=1'])(
    '%s is 555 where the host does not offer it',
    (parameter) => {
      const desk = new Desk({ capabilities: [] })
      expect(desk.after(`MAIL FROM:<a@bar.com> ${parameter}`)).toMatch(/^555 .*: [A-Z0-9]+\r\n$/)
    },
  )

  it('BODY has the values of those extensions that are there', () => {
    const chunking = new Desk({ capabilities: ['CHUNKING', 'BINARYMIME'] })
    expect(chunking.after('MAIL FROM:<a@bar.com> BODY=8BITMIME')).toMatch(/^555 /)
    expect(chunking.say('MAIL FROM:<a@bar.com> BODY=7BIT')).toMatch(/^250 /)
    expect(new Desk({ capabilities: ['8BITMIME'] }).after('MAIL FROM:<a@bar.com> BODY=BINARYMIME')).toMatch(/^555 /)
  })

  it('tells the syntax of the parameter that is wrong', () => {
    const desk = new Desk({ capabilities: ['DSN'] })
    expect(desk.after('MAIL FROM:<a@bar.com> RET=PART')).toBe('501 Syntax: RET=FULL / RET=HDRS\r\n')
    expect(desk.say('MAIL FROM:<a@bar.com>RET=FULL')).toMatch(/^501 Syntax: MAIL FROM/)
  })

  it('goes with the message', () => {
    const desk = new Desk({ capabilities: everything })
    desk.after('MAIL FROM:<a@bar.com> ENVID=+2B ret=full BODY=8bitmime SIZE=3 SMTPUTF8')
    desk.say('RCPT TO:<b@foo.com> NOTIFY=success,DELAY,success ORCPT=rfc822;B+2B@foo.com')
    desk.say('RCPT TO:<c@foo.com> NOTIFY=never', 'RCPT TO:<d@foo.com>', 'DATA', 'x', '.')
    expect(desk.taken[0]!.envelope).toMatchObject({
      how: 'MAIL',
      envid: '+2B',
      ret: 'FULL',
      body: '8BITMIME',
      declared: 3,
      utf8: true,
      recipients: [
        { notify: ['SUCCESS', 'DELAY'], orcpt: 'rfc822;B+2B@foo.com' },
        { notify: ['NEVER'], orcpt: null },
        { notify: null, orcpt: null },
      ],
    })
  })

  it('lets the line grow by what its extension says', () => {
    const path = `MAIL FROM:<a@bar.com> ENVID=${'x'.repeat(100)}`
    const padded = path + ' '.repeat(512 - 2 + 116 - path.length)
    expect(new Desk({ capabilities: ['DSN'] }).after(padded)).toMatch(/^250 /)
    expect(new Desk({ capabilities: ['DSN'] }).after(`${padded} `)).toMatch(/^500 /)
    const long = `RCPT TO:<b@foo.com> ORCPT=rfc822;${'x'.repeat(493)}`
    expect(new Desk({ capabilities: ['DSN'] }).after('MAIL FROM:<>', long)).toMatch(/^250 /)
    expect(new Desk({ capabilities: [] }).after('MAIL FROM:<>', long)).toMatch(/^500 /)
  })
})

describe('parameters of RCPT', () => {
  it.each([
    ['NOTIFY=NEVER', '250'],
    ['NOTIFY=SUCCESS,FAILURE,DELAY', '250'],
    ['NOTIFY=NEVER,SUCCESS', '501'],
    ['NOTIFY=SUCCESS,,DELAY', '501'],
    ['NOTIFY=', '501'],
    ['NOTIFY=SUCCESS NOTIFY=FAILURE', '501'],
    ['ORCPT=rfc822;Bob@foo.com', '250'],
    ['ORCPT=Bob@foo.com', '501'],
    ['ORCPT=rfc822;', '501'],
    ['ORCPT=rfc822;a=b', '501'],
    ['ORCPT=rfc822;+22a+20b+22@foo.com', '250'],
    ['ORCPT=rfc822;Bob+0A@foo.com', '501'],
    ['ORCPT=rfc822;Bob+80@foo.com', '501'],
    [`ORCPT=rfc822;${'x'.repeat(493)}`, '250'],
    [`ORCPT=rfc822;${'x'.repeat(494)}`, '501'],
    ['RET=FULL', '555'],
  ])('%s is answered %s', (parameter, code) => {
    const desk = new Desk({ capabilities: ['DSN'] })
    expect(desk.after('MAIL FROM:<a@bar.com>', `RCPT TO:<b@foo.com> ${parameter}`).slice(0, 3)).toBe(code)
    expect(new Desk().after('MAIL FROM:<a@bar.com>', `RCPT TO:<b@foo.com> ${parameter}`)).toMatch(/^5(?:55|00) /)
  })
})

describe('SMTPUTF8', () => {
  const utf8 = { capabilities: ['SMTPUTF8'] }

  it('lets UTF-8 into paths, and nothing else does', () => {
    const desk = new Desk(utf8)
    expect(desk.after(wire('MAIL FROM:<zoé@bar.com>'))).toMatch(/^553 /)
    expect(desk.say(wire('MAIL FROM:<zoé@bar.com> SMTPUTF8'))).toMatch(/^250 /)
    expect(desk.say(wire('RCPT TO:<"a é"@foo.com>'))).toMatch(/^250 /)
    expect(desk.say(wire('RCPT TO:<b@fóo.com>'))).toMatch(/^550 .*elay/)
    expect(desk.say('RCPT TO:<b\x80@foo.com>')).toMatch(/^501 /)
    expect(desk.say('RSET', 'MAIL FROM:<a@bar.com>', wire('RCPT TO:<é@foo.com>'))).toMatch(/^553 /)
    expect(new Desk().after(wire('MAIL FROM:<zoé@bar.com>'))).toMatch(/^553 /)
  })

  it('is not there after HELO', () => {
    const desk = new Desk(utf8)
    desk.open()
    expect(desk.say('HELO bar.com', 'MAIL FROM:<a@bar.com> SMTPUTF8')).toMatch(/^555 /)
  })

  it('lets VRFY tell a name in UTF-8, and is 252 where the address alone would be', () => {
    const desk = new Desk(utf8)
    expect(desk.after('VRFY zoe')).toBe('250 <zoe@foo.com>\r\n')
    expect(desk.say('VRFY zoe SMTPUTF8')).toBe(wire('250 Zoé <zoe@foo.com>\r\n'))
    expect(desk.say(wire('VRFY zoé'))).toMatch(/^252 /)
    expect(desk.say(wire('VRFY zoé smtputf8'))).toBe(wire('250 Zoé <zoé@foo.com>\r\n'))
    expect(new Desk().after('VRFY zoe SMTPUTF8')).toMatch(/^550 /)
  })
})
