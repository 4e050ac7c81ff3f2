/** A message is made to fit what the server offers, or is not even begun: SIZE, 8BITMIME, BINARYMIME, SMTPUTF8, DSN, SEND. */
import { describe, expect, it } from 'vitest'
import type { ClientMessage, ClientResult } from '../../../src/core/smtp/client-types.ts'
import type { Sending } from '../../../src/core/smtp/envelope.ts'
import { deliver, hello, MESSAGE, QUIT, to, type Step } from './scripted.ts'

const ok = '250 ok'
const rcpt: Step = ['RCPT TO:<a@foo.com>', ok]
const byData: readonly Step[] = [
  ['DATA', '354 go'],
  ['.', ok],
]
const EIGHT = 'Content-Type: text/plain; charset=utf-8\r\n\r\n\xc3\xa9t\xc3\xa9\r\n'

function sent(keywords: readonly string[], mail: string, message: ClientMessage, content: readonly Step[] = byData) {
  const { results, told, left, server } = deliver(
    [...hello(...keywords), [mail, ok], rcpt, ...content, QUIT],
    [message],
  )
  expect({ told, left }).toEqual({ told: ['done a+250'], left: [] })
  return { result: results[0] as ClientResult & { outcome: 'done' }, content: server.contents.join('') }
}

/** It found by itself that it cannot: nothing but EHLO and QUIT was said. */
function notBegun(keywords: readonly string[], message: ClientMessage, code: string, status: string) {
  const { results, told, left, open } = deliver([...hello(...keywords), QUIT], [message])
  expect({ told, left, open }).toEqual({ told: [`failed mail ${code} own permanent`], left: [], open: [true] })
  expect(results[0]).toMatchObject({ reply: { lines: [expect.stringMatching(new RegExp(`^${status} `))] } })
}

describe('SIZE', () => {
  it('is said where it is offered, and nothing too long is begun (RFC 1870 6.1)', () => {
    sent(['SIZE'], 'MAIL FROM:<> SIZE=17', to(1))
    sent(['SIZE 0'], 'MAIL FROM:<> SIZE=17', to(1))
    sent(['SIZE 17'], 'MAIL FROM:<> SIZE=17', to(1))
    sent(['size 17'], 'MAIL FROM:<> SIZE=17', to(1))
    sent(['SIZE much'], 'MAIL FROM:<> SIZE=17', to(1))
    sent([], 'MAIL FROM:<>', to(1))
    notBegun(['SIZE 16'], to(1), '552', '5.3.4')
  })
})

describe('octets above 127', () => {
  it('go as they are to a server with 8BITMIME', () => {
    for (const eighthBit of ['convert', 'refuse', 'pass'] as const) {
      const { result, content } = sent(['8BITMIME'], 'MAIL FROM:<> BODY=8BITMIME', to(1, { content: EIGHT, eighthBit }))
      expect(content).toBe(`${EIGHT}.\r\n`)
      expect(result.encoded).toBeNull()
    }
  })

  it('are encoded, refused, or passed where it is missing', () => {
    const converted = sent([], 'MAIL FROM:<>', to(1, { content: EIGHT, eighthBit: 'convert' }))
    expect(converted.content).not.toMatch(/[\x80-\xff]/)
    expect(converted.content).toMatch(/^Content-Transfer-Encoding: (?:quoted-printable|base64)\r$/m)
    expect(converted.result.encoded).toBe('seven-bit')
    const passed = sent([], 'MAIL FROM:<>', to(1, { content: EIGHT, eighthBit: 'pass' }))
    expect(passed.content).toBe(`${EIGHT}.\r\n`)
    expect(passed.result.encoded).toBeNull()
    notBegun([], to(1, { content: EIGHT, eighthBit: 'refuse' }), '554', '5.6.3')
    notBegun([], to(1, { content: EIGHT }), '554', '5.6.3')
  })

  it('have no BODY where there are none', () => {
    sent(['8BITMIME'], 'MAIL FROM:<>', to(1))
  })
})

describe('what is no text', () => {
  const binary = 'Content-Type: image/png\r\n\r\n\x89PNG\n\0\r.\n'
  const message = to(1, { content: binary })

  it('goes by BDAT alone (RFC 3030 3)', () => {
    const chunk: Step[] = [[`BDAT ${binary.length} LAST`, ok]]
    const { content } = sent(['BINARYMIME', 'CHUNKING', '8BITMIME'], 'MAIL FROM:<> BODY=BINARYMIME', message, chunk)
    expect(content).toBe(binary)
  })

  it.each([[['BINARYMIME', '8BITMIME']], [['CHUNKING', '8BITMIME']], [[]]])(
    'is encoded or refused by %j',
    (keywords) => {
      notBegun(keywords, message, '554', '5.6.3')
      const chunked = keywords.includes('CHUNKING')
      for (const eighthBit of ['convert', 'pass'] as const) {
        const content: readonly Step[] = chunked ? [[/^BDAT \d+ LAST$/, ok]] : byData
        const told = sent(keywords, 'MAIL FROM:<>', { ...message, eighthBit }, content)
        expect(told.content).toMatch(/^Content-Transfer-Encoding: base64\r$/m)
        expect(told.result.encoded).toBe('base64')
      }
    },
  )

  it('a lone CR or LF never ends a message', () => {
    for (const content of ['x\n.\ny\r\n', 'x\r\n.\ny\r\n', 'x\n.\r\ny\r\n', 'x\r.\ry\r\n'])
      notBegun([], to(1, { content }), '554', '5.6.3')
  })
})

describe('SMTPUTF8', () => {
  const from = { route: [], local: 'zo\xc3\xa9', domain: 'foo.com' }
  const addressed: ClientMessage = { ...to(1), envelope: { ...to(1).envelope, from } }
  const header = to(1, { content: 'Subject: \xc3\xa9\r\n\r\nx\r\n' })
  const marked: ClientMessage = { ...header, envelope: { ...header.envelope, utf8: true } }

  it('is said where an address or the header needs it', () => {
    sent(['SMTPUTF8', '8BITMIME'], 'MAIL FROM:<zo\xc3\xa9@foo.com> SMTPUTF8', addressed)
    sent(['SMTPUTF8', '8BITMIME'], 'MAIL FROM:<> BODY=8BITMIME SMTPUTF8', marked)
    sent(['SMTPUTF8', '8BITMIME'], 'MAIL FROM:<>', to(1))
  })

  it('is missing: such a message is not begun (RFC 6531 3.5)', () => {
    notBegun(['8BITMIME'], addressed, '550', '5\\.6\\.7')
    notBegun(['8BITMIME'], marked, '550', '5\\.6\\.7')
    const recipient = { path: from, notify: null, orcpt: null }
    const envelope = { from: null, recipients: [recipient] }
    notBegun(['8BITMIME'], { ...MESSAGE, envelope, eighthBit: 'pass' }, '550', '5\\.6\\.7')
  })
})

describe('DSN', () => {
  const recipients = to(1).envelope.recipients.map((one) => ({
    ...one,
    notify: ['SUCCESS', 'DELAY'] as const,
    orcpt: 'rfc822;a@foo.com',
  }))
  const message = to(1, { envelope: { from: null, recipients, ret: 'HDRS', envid: 'QQ314159' } })

  it('is told to a server that reports (RFC 3461 5.1)', () => {
    const steps: Step[] = [
      ...hello('DSN'),
      ['MAIL FROM:<> RET=HDRS ENVID=QQ314159', ok],
      ['RCPT TO:<a@foo.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a@foo.com', ok],
      ...byData,
      QUIT,
    ]
    expect(deliver(steps, [message])).toMatchObject({ left: [], results: [{ outcome: 'done', dsn: true }] })
  })

  it('is kept from another: whoever hands on reports (RFC 3461 5.2.2)', () => {
    expect(sent([], 'MAIL FROM:<>', message).result.dsn).toBe(false)
    expect(sent(['DSN'], 'MAIL FROM:<>', to(1)).result.dsn).toBe(true)
  })
})

describe('SEND and its relatives (RFC 821 3.4)', () => {
  const by = (how: Sending): ClientMessage => ({ ...to(1), envelope: { ...to(1).envelope, how } })

  it.each(['SEND', 'SOML', 'SAML'] as const)('%s is said where it is offered, and to a server of old', (how) => {
    sent([how], `${how} FROM:<>`, by(how))
    sent([how, 'SIZE', '8BITMIME', 'DSN'], `${how} FROM:<>`, by(how))
    sent([], `${how} FROM:<>`, by(how))
  })

  it('a letter instead, where that is allowed', () => {
    sent(['SIZE'], 'MAIL FROM:<> SIZE=17', by('SOML'))
    sent(['SIZE'], 'MAIL FROM:<> SIZE=17', by('SAML'))
    notBegun(['SIZE'], by('SEND'), '502', '5.5.1')
  })
})
