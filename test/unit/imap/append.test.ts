import { describe, expect, it } from 'vitest'
import { ALL_CAPABILITIES, Desk, EPOCH, letter, type Line } from './desk.ts'

const literal = (octets: string) => `{${octets.length}+}\r\n${octets}`
const loggedIn = (more: Parameters<Desk['session']>[0] = {}, desk = new Desk()): Line => {
  const line = desk.session(more)
  line.ok('LOGIN alice alice-pw')
  return line
}
const without = (...names: string[]) => ({ capabilities: ALL_CAPABILITIES.filter((name) => !names.includes(name)) })

const FRED =
  'Date: Mon, 7 Feb 1994 21:52:25 -0800 (PST)\r\nFrom: Fred Foobar <foobar@Blurdybloop.example.COM>\r\n' +
  'Subject: afternoon meeting\r\nTo: mooch@owatagu.example.net\r\nMessage-Id: <B27397-0100000@Blurdybloop.example.COM>\r\n' +
  'MIME-Version: 1.0\r\nContent-Type: TEXT/PLAIN; CHARSET=US-ASCII\r\n\r\n' +
  'Hello Joe, do you think we can meet at 3:30 tomorrow?\r\n'

describe('APPEND (RFC 3501 6.3.11)', () => {
  it('takes the RFC’s example with flags', () => {
    const line = loggedIn()
    line.ok('CREATE saved-messages')
    expect(line.feed(`A003 APPEND saved-messages (\\Seen) {${FRED.length}}\r\n`)).toBe('+ Ready for literal data\r\n')
    expect(line.feed(`${FRED}\r\n`)).toMatch(/^A003 OK \[APPENDUID \d+ 1\] APPEND completed\r\n$/)
    expect(line.ok('SELECT saved-messages')).toContain('1 EXISTS')
    expect(line.ok('FETCH 1 (FLAGS RFC822.SIZE)')).toEqual([
      `1 FETCH (FLAGS (\\Seen \\Recent) RFC822.SIZE ${FRED.length})`,
    ])
  })

  it('keeps the date that it is given, and gives its own where there is none', () => {
    const line = loggedIn()
    line.ok(`APPEND INBOX " 7-Feb-1994 22:43:04 -0800" ${literal(FRED)}`)
    line.ok(`APPEND INBOX () ${literal(FRED)}`)
    line.ok('SELECT INBOX')
    expect(line.ok('FETCH 1:2 INTERNALDATE')).toEqual([
      '1 FETCH (INTERNALDATE " 8-Feb-1994 06:43:04 +0000")',
      '2 FETCH (INTERNALDATE " 7-Sep-2026 08:00:00 +0000")',
    ])
    expect(EPOCH).toBe(Date.UTC(2026, 8, 7, 8))
  })

  it('into the open mailbox is told with EXISTS, to others with their next command', () => {
    const desk = new Desk()
    const [one, two] = [desk.open(), desk.open()]
    expect(one.ok(`APPEND INBOX (\\Flagged) ${literal(FRED)}`)).toEqual(['1 EXISTS', '1 RECENT'])
    expect(two.ok('NOOP')).toEqual(['1 EXISTS', '0 RECENT'])
    expect(two.ok('FETCH 1 FLAGS')).toEqual(['1 FETCH (FLAGS (\\Flagged))'])
  })

  it.each([
    [`APPEND nowhere ${literal('x')}`, /^NO \[TRYCREATE\]/],
    [`APPEND INBOX ${literal('')}`, /^NO A message of no octets/],
    [`APPEND INBOX (\\Recent) ${literal('x')}`, /^BAD \\Recent cannot/],
    [`APPEND INBOX (\\Strange) ${literal('x')}`, /^BAD /],
    [`APPEND INBOX (\\Seen ${literal('x')}`, /^BAD /],
    [`APPEND INBOX "yesterday" ${literal('x')}`, /^BAD /],
    [`APPEND INBOX "31-Feb-1994 22:43:04 -0800" ${literal('x')}`, /^BAD /],
    [`APPEND INBOX ${literal('x')} `, /^BAD /],
    [`APPEND INBOX ${literal('x')}x`, /^BAD /],
    ['APPEND INBOX "text"', /^BAD /],
    ['APPEND INBOX', /^BAD /],
    ['APPEND', /^BAD /],
  ])('%j is refused and leaves nothing', (command, answer) => {
    const line = loggedIn()
    expect(line.say(command).tagged).toMatch(answer)
    expect(line.ok('STATUS INBOX (MESSAGES UIDNEXT)')).toEqual(['STATUS INBOX (MESSAGES 0 UIDNEXT 1)'])
  })

  it('without UIDPLUS tells no UID', () => {
    expect(loggedIn(without('UIDPLUS', 'IMAP4rev2')).say(`APPEND INBOX ${literal(FRED)}`).tagged).toBe(
      'OK APPEND completed',
    )
  })

  it('over the quota is refused before it is read (RFC 9208 5.1)', () => {
    const desk = new Desk()
    desk.store.account('alice')!.quota = 1000
    const line = loggedIn({}, desk)
    expect(line.say('APPEND INBOX {1001}').tagged).toMatch(/^NO \[OVERQUOTA\]/)
    line.ok(`APPEND INBOX ${literal('x'.repeat(600))}`)
    expect(line.say('APPEND INBOX {401}').tagged).toMatch(/^NO \[OVERQUOTA\]/)
    expect(line.ok(`APPEND INBOX ${literal('x'.repeat(400))}`)).toEqual([])
  })
})

describe('several messages (MULTIAPPEND, RFC 3502)', () => {
  const reply = 'Subject: Re: afternoon meeting\r\n\r\n3:30 is fine with me.\r\n'

  it('takes the RFC’s example: each with flags and date of its own', () => {
    const line = loggedIn()
    line.ok('CREATE saved-messages')
    expect(line.feed(`A003 APPEND saved-messages (\\Seen) {${FRED.length}}\r\n`)).toMatch(/^\+ /)
    expect(line.feed(`${FRED} (\\Seen) " 7-Feb-1994 22:43:04 -0800" {${reply.length}}\r\n`)).toMatch(/^\+ /)
    expect(line.feed(`${reply}\r\n`)).toMatch(/^A003 OK \[APPENDUID \d+ 1:2\] APPEND completed\r\n$/)
    expect(line.feed('A004 APPEND bogusname (\\Flagged) {1023}\r\n')).toMatch(/^A004 NO \[TRYCREATE\] /)
  })

  it('is all or nothing: a part that is refused, an empty one, too much for the quota', () => {
    const desk = new Desk()
    const line = loggedIn({}, desk)
    expect(line.feed(`a APPEND INBOX {${FRED.length}}\r\n`)).toMatch(/^\+ /)
    // RFC 3502 6.3.11: a literal of no octets gives up.
    expect(line.feed(`${FRED} {0}\r\n`)).toMatch(/^a NO /)
    desk.store.account('alice')!.quota = 500
    expect(line.say(`APPEND INBOX ${literal(FRED)} ${literal(FRED)}`).tagged).toMatch(/^NO \[OVERQUOTA\]/)
    expect(line.say(`APPEND INBOX ${literal(FRED)} (\\Recent) ${literal(reply)}`).tagged).toMatch(/^BAD /)
    expect(line.ok('STATUS INBOX (MESSAGES)')).toEqual(['STATUS INBOX (MESSAGES 0)'])
  })

  it('where it is not offered is BAD', () => {
    const line = loggedIn(without('MULTIAPPEND'))
    expect(line.say(`APPEND INBOX ${literal('x')} ${literal('y')}`).tagged).toMatch(/^BAD /)
    expect(line.ok('STATUS INBOX (MESSAGES)')).toEqual(['STATUS INBOX (MESSAGES 0)'])
  })
})

describe('CATENATE (RFC 4469)', () => {
  const draft =
    'Subject: trip\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n' +
    'Content-Type: text/plain\r\n\r\nOur travel agent\r\n--b\r\nContent-Type: application/pdf\r\n\r\nPDF of itinerary\r\n--b--\r\n'
  const drafts = () => {
    const line = loggedIn()
    line.ok(`APPEND Drafts ${literal(draft)}`)
    const [status] = line.ok('STATUS Drafts (UIDVALIDITY)')
    return { line, validity: /UIDVALIDITY (\d+)/.exec(status!)![1]! }
  }

  it('puts together texts and parts, as the RFC’s examples do', () => {
    const { line, validity } = drafts()
    const top = 'Subject: trip\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'
    const url = `/Drafts;UIDVALIDITY=${validity}/;UID=1`
    const parts = [
      `TEXT ${literal(top)}`,
      `URL "${url}/;section=1.MIME"`,
      `URL "${url}/;SECTION=1"`,
      `TEXT ${literal('\r\n--b\r\n')}`,
      `URL "${url}/;Section=2.MIME"`,
      `URL "imap://imap.example${url}/;section=2/;PARTIAL=0.3"`,
      `TEXT ${literal('\r\n--b--\r\n')}`,
    ]
    expect(line.say(`APPEND Drafts (\\Seen \\Draft $MDNSent) CATENATE (${parts.join(' ')})`).tagged).toMatch(
      /^OK \[APPENDUID \d+ 2\] APPEND completed$/,
    )
    line.ok('SELECT Drafts')
    const made = draft.replace('PDF of itinerary', 'PDF')
    expect(line.ok('FETCH 2 BODY.PEEK[]')).toEqual([`2 FETCH (BODY[] {${made.length}}\r\n${made})`])
    // RFC 4469 3: without a mailbox the open one is meant.
    expect(line.ok('APPEND Sent CATENATE (URL "/;UID=1/;SECTION=HEADER.FIELDS%20(SUBJECT)")')).toEqual([])
    line.ok('SELECT Sent')
    expect(line.ok('FETCH 1 BODY.PEEK[]')).toEqual(['1 FETCH (BODY[] {17}\r\nSubject: trip\r\n\r\n)'])
  })

  it.each([
    '/Drafts;UIDVALIDITY=1/;UID=1',
    '/Drafts/;UID=99',
    '/Nowhere/;UID=1',
    '/Drafts/;UID=1/;SECTION=7',
    '/;UID=1',
    'imap://other.example/Drafts/;UID=1',
    'http://imap.example/',
    '/Drafts/;UID=1/;SECTION=%zz',
    '/Other%20Users/bob/INBOX/;UID=1',
  ])('names the URL that leads nowhere: %s', (url) => {
    const { line } = drafts()
    expect(line.say(`APPEND Sent CATENATE (TEXT ${literal('x')} URL "${url}")`).tagged).toMatch(`NO [BADURL "${url}"]`)
    expect(line.ok('STATUS Sent (MESSAGES)')).toEqual(['STATUS Sent (MESSAGES 0)'])
  })

  it('parts together may not be larger than a message', () => {
    const line = loggedIn({ limits: { append: 100, line: 65_536, errors: Infinity, idle: 1 } })
    line.ok(`APPEND INBOX ${literal('x'.repeat(60))}`)
    expect(line.say('APPEND INBOX CATENATE (URL /INBOX/;UID=1 URL /INBOX/;UID=1)').tagged).toMatch(/^NO \[TOOBIG\]/)
  })

  it.each(['CATENATE ()', 'CATENATE (FILE x)', 'CATENATE (URL)', 'CATENATE URL x', 'CATENATE (TEXT "x")'])(
    '%s is BAD',
    (text) => expect(loggedIn().say(`APPEND INBOX ${text}`).tagged).toMatch(/^BAD /),
  )

  it('where it is not offered is BAD', () => {
    expect(loggedIn(without('CATENATE')).say('APPEND INBOX CATENATE (URL /INBOX/;UID=1)').tagged).toMatch(/^BAD /)
  })
})

describe('octets 0 (RFC 3516 4.4)', () => {
  const binary = (octets: string) => `~${literal(octets)}`
  const HEAD = 'From: user@domain.org\r\nMIME-Version: 1.0\r\n'
  const fetched = (line: Line, item: string) => line.ok(`FETCH 1 (${item})`)[0]

  it('a binary part with one is kept in base64, and given back as it was', () => {
    const line = loggedIn()
    const body = '\0 -\xff\r\n\r\n'
    line.ok(
      `APPEND INBOX ${binary(
        `${HEAD}Content-Transfer-Encoding: binary\r\nContent-Type: application/octet-stream\r\n\r\n${body}`,
      )}`,
    )
    line.ok('SELECT INBOX')
    expect(fetched(line, 'BODY.PEEK[1]')).toBe('1 FETCH (BODY[1] {14}\r\nACAt/w0KDQo=\r\n)')
    expect(fetched(line, 'BINARY.SIZE[1] BINARY.PEEK[1]')).toBe(`1 FETCH (BINARY.SIZE[1] 8 BINARY[1] ~{8}\r\n${body})`)
    expect(fetched(line, 'BODY.PEEK[HEADER]')).toContain(
      'Content-Transfer-Encoding: base64\r\nContent-Type: application/octet-stream\r\n\r\n',
    )
  })

  it('only the parts that hold one', () => {
    const line = loggedIn()
    const part = (body: string) => `--b\r\nContent-Transfer-Encoding:\r\n binary\r\n\r\n${body}\r\n`
    const top = `${HEAD}Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: binary\r\n\r\n`
    const octets = (second: string) => `${top}${part('plain')}${second}${part('also plain')}--b--\r\n`
    line.ok(`APPEND INBOX ${binary(octets(part('a\0b')))}`)
    line.ok('SELECT INBOX')
    const kept = octets('--b\r\nContent-Transfer-Encoding: base64\r\n\r\nYQBi\r\n\r\n')
    expect(fetched(line, 'BODY.PEEK[]')).toBe(`1 FETCH (BODY[] {${kept.length}}\r\n${kept})`)
    expect(fetched(line, 'BINARY.PEEK[2]')).toBe('1 FETCH (BINARY[2] ~{3}\r\na\0b)')
  })

  it('without one everything stays as it was sent', () => {
    const line = loggedIn()
    const octets = `${HEAD}Content-Transfer-Encoding: binary\r\n\r\n\x01\xff\n`
    line.ok(`APPEND INBOX ${binary(octets)}`)
    line.ok('SELECT INBOX')
    expect(fetched(line, 'BODY.PEEK[]')).toBe(`1 FETCH (BODY[] {${octets.length}}\r\n${octets})`)
  })

  it('where BINARY is not offered a literal8 is BAD', () => {
    expect(loggedIn(without('BINARY', 'IMAP4rev2')).say(`APPEND INBOX ${binary('x')}`).tagged).toMatch(/^BAD /)
  })
})

describe('UTF8=ACCEPT (RFC 6855 4)', () => {
  it('a message with UTF-8 in its header comes as UTF8 (~{n}), once that is enabled', () => {
    const line = loggedIn()
    const octets = 'Subject: \xc3\xa9\r\n\r\n'
    const command = `APPEND INBOX UTF8 (~${literal(octets)})`
    expect(line.say(command).tagged).toMatch(/^BAD /)
    line.ok('ENABLE UTF8=ACCEPT')
    expect(line.say(command).tagged).toMatch(/^OK /)
    expect(line.say(`APPEND INBOX CATENATE (UTF8 (~${literal(octets)}))`).tagged).toMatch(/^OK /)
    line.ok('SELECT INBOX')
    expect(line.ok('FETCH 1:2 RFC822.SIZE')).toEqual([1, 2].map((n) => `${n} FETCH (RFC822.SIZE ${octets.length})`))
  })
})

describe('the store', () => {
  it('takes what a right lets it (RFC 4314 4): the flags of others are dropped', () => {
    const desk = new Desk()
    desk.store.share('board', { anyone: 'lrsi' })
    desk.store.share('closed', { anyone: 'lr' })
    desk.store.share('hidden', { bob: 'lri' })
    const line = loggedIn({}, desk)
    line.ok(`APPEND Shared/board (\\Seen \\Deleted word) ${literal(letter('x'))}`)
    line.ok('SELECT Shared/board')
    expect(line.ok('FETCH 1 FLAGS')).toEqual(['1 FETCH (FLAGS (\\Seen \\Recent))'])
    expect(line.say('APPEND Shared/closed {5}').tagged).toMatch(/^NO \[NOPERM\]/)
    expect(line.say('APPEND Shared/hidden {5}').tagged).toMatch(/^NO \[TRYCREATE\]/)
  })
})
