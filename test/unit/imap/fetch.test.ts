import { describe, expect, it } from 'vitest'
import { octetsOf } from '../../messages/golden.ts'
import { Post, type Session } from './fake.ts'

const terryGray = octetsOf('rfc3501-8-terry-gray')
const OK = 'OK FETCH completed\r\n'

const forward = [
  'From: a@x.test',
  'Subject: outer',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  'preamble',
  '--b',
  'Content-Type: text/plain',
  '',
  'one',
  '--b',
  'Content-Type: application/octet-stream; name="n.bin"',
  'Content-Transfer-Encoding: base64',
  'Content-ID: <i@x>',
  'Content-Description: zeros',
  'Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==',
  'Content-Language: fr, en',
  'Content-Location: http://x.test/n.bin',
  'Content-Disposition: attachment; filename="n.bin"',
  '',
  'AAECAA==',
  '--b',
  'Content-Type: message/rfc822',
  '',
  'Subject: inner',
  'From: b@x.test',
  '',
  'text of the inner',
  '--b',
  'Content-Type: text/plain',
  'Content-Transfer-Encoding: x-unknown',
  '',
  '????',
  '--b--',
  '',
].join('\r\n')

const one = (octets: string, flags: readonly string[] = ['\\Seen']) => new Post().put(octets, flags).selected()
const body = (session: Session, item: string) => session.say(`FETCH 1 ${item}`).replace(OK, '')

describe('FETCH', () => {
  it('answers as RFC 3501 8 shows', () => {
    const session = one(terryGray)
    expect(session.say('fetch 1 full')).toBe(
      '* 1 FETCH (FLAGS (\\Seen \\Recent) INTERNALDATE "17-Jul-1996 02:44:25 -0700" ' +
        `RFC822.SIZE ${terryGray.length} ENVELOPE ("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" ` +
        '"IMAP4rev1 WG mtg summary and minutes" (("Terry Gray" NIL "gray" "cac.washington.edu")) ' +
        '(("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) ' +
        '((NIL NIL "imap" "cac.washington.edu")) ((NIL NIL "minutes" "CNRI.Reston.VA.US")' +
        '("John Klensin" NIL "KLENSIN" "MIT.EDU")) NIL NIL "<B27397-0100000@cac.washington.edu>") ' +
        'BODY ("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 3028 92))\r\n' +
        OK,
    )
    const header = terryGray.slice(0, terryGray.indexOf('\r\n\r\n') + 4)
    expect(session.say('fetch 1 body[header]')).toBe(
      `* 1 FETCH (BODY[HEADER] {${header.length}}\r\n${header})\r\n${OK}`,
    )
    expect(session.say('store 1 +flags \\deleted')).toBe(
      '* 1 FETCH (FLAGS (\\Deleted \\Seen \\Recent))\r\nOK STORE completed\r\n',
    )
  })

  it('ALL and FAST stand alone, not in a list', () => {
    const session = one(terryGray)
    expect(session.say('FETCH 1 FAST')).toMatch(/^\* 1 FETCH \(FLAGS .* INTERNALDATE .* RFC822.SIZE \d+\)\r\n/)
    expect(session.say('FETCH 1 ALL')).toMatch(/RFC822.SIZE \d+ ENVELOPE \(.*\)\)\r\n/)
    expect(session.say('FETCH 1 (FAST)')).toMatch(/^BAD /)
  })

  it('takes sections of parts apart (RFC 3501 6.4.5)', () => {
    const session = one(forward)
    expect(body(session, 'BODY[1]')).toBe('* 1 FETCH (BODY[1] {3}\r\none)\r\n')
    expect(body(session, 'BODY[2.MIME]<0.12>')).toBe('* 1 FETCH (BODY[2.MIME]<0> {12}\r\nContent-Type)\r\n')
    expect(body(session, 'BODY[3.HEADER]')).toBe(
      '* 1 FETCH (BODY[3.HEADER] {34}\r\nSubject: inner\r\nFrom: b@x.test\r\n\r\n)\r\n',
    )
    expect(body(session, 'BODY[3.TEXT]')).toBe('* 1 FETCH (BODY[3.TEXT] {17}\r\ntext of the inner)\r\n')
    expect(body(session, 'body[3.header.fields (subject)]')).toBe(
      '* 1 FETCH (BODY[3.HEADER.FIELDS (SUBJECT)] {18}\r\nSubject: inner\r\n\r\n)\r\n',
    )
    expect(body(session, 'BODY[HEADER.FIELDS.NOT (content-type MIME-Version "from")]')).toBe(
      '* 1 FETCH (BODY[HEADER.FIELDS.NOT (CONTENT-TYPE MIME-VERSION FROM)] {18}\r\nSubject: outer\r\n\r\n)\r\n',
    )
    expect(body(session, 'BODY[TEXT]<0.8>')).toBe('* 1 FETCH (BODY[TEXT]<0> {8}\r\npreamble)\r\n')
  })

  it('says NIL for a part that is not there, and nothing beyond the end', () => {
    const session = one(forward)
    expect(body(session, '(BODY[9] BODY[1.HEADER] BODY[]<100000.5>)')).toBe(
      '* 1 FETCH (BODY[9] NIL BODY[1.HEADER] NIL BODY[]<100000> "")\r\n',
    )
  })

  it('tells all extension data with BODYSTRUCTURE, and none with BODY', () => {
    const session = one(forward)
    const inner =
      '(NIL "inner" ((NIL NIL "b" "x.test")) ((NIL NIL "b" "x.test")) ((NIL NIL "b" "x.test")) NIL NIL NIL NIL NIL)'
    expect(body(session, 'BODYSTRUCTURE')).toBe(
      '* 1 FETCH (BODYSTRUCTURE (("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3 0 NIL NIL NIL NIL)' +
        '("APPLICATION" "OCTET-STREAM" ("name" "n.bin") "<i@x>" "zeros" "BASE64" 8 "Q2hlY2sgSW50ZWdyaXR5IQ==" ' +
        '("ATTACHMENT" ("filename" "n.bin")) ("fr" "en") "http://x.test/n.bin")' +
        `("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 51 ${inner} ` +
        '("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 17 0 NIL NIL NIL NIL) 3 NIL NIL NIL NIL)' +
        '("TEXT" "PLAIN" NIL NIL NIL "X-UNKNOWN" 4 0 NIL NIL NIL NIL) "MIXED" ("boundary" "b") NIL NIL NIL))\r\n',
    )
    expect(body(session, 'BODY')).toMatch(
      /^\* 1 FETCH \(BODY \(\("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3 0\).* "MIXED"\)\)\r\n$/,
    )
  })

  it('BINARY undoes the transfer encoding (RFC 3516)', () => {
    const session = one(forward)
    expect(body(session, '(BINARY.SIZE[2] BINARY.PEEK[2])')).toBe(
      '* 1 FETCH (BINARY.SIZE[2] 4 BINARY[2] ~{4}\r\n\x00\x01\x02\x00)\r\n',
    )
    expect(body(session, 'BINARY.PEEK[2]<1.2>')).toBe('* 1 FETCH (BINARY[2]<1> {2}\r\n\x01\x02)\r\n')
    expect(body(session, '(BINARY[9] BINARY.SIZE[9])')).toBe('* 1 FETCH (BINARY[9] NIL BINARY.SIZE[9] 0)\r\n')
    expect(session.say('FETCH 1 (UID BINARY[4])')).toBe(
      '* 1 FETCH (UID 1)\r\nNO [UNKNOWN-CTE] The transfer encoding of that part is not known\r\n',
    )
    expect(session.say('FETCH 1 BINARY[2.MIME]')).toMatch(/^BAD /)
    const without = new Post().put(forward).selected('SELECT INBOX', { capabilities: ['IMAP4rev1'] })
    expect(without.say('FETCH 1 BINARY[2]')).toMatch(/^BAD /)
  })

  it('marks as read what is read, and says so; PEEK, HEADER and EXAMINE do not', () => {
    const session = one(terryGray, [])
    for (const item of ['BODY.PEEK[]', 'RFC822.HEADER', 'BINARY.PEEK[1]', 'ENVELOPE', 'BODYSTRUCTURE'])
      expect(session.say(`FETCH 1 ${item}`)).not.toContain('FLAGS')
    expect(session.say('FETCH 1 BODY[HEADER.FIELDS (DATE)]')).toMatch(
      /\)\] \{\d+\}\r\n[^]*FLAGS \(\\Seen \\Recent\)\)\r\nOK /,
    )
    expect(session.say('FETCH 1 RFC822.TEXT')).not.toContain('FLAGS')
    const looking = new Post().put(terryGray).selected('EXAMINE INBOX')
    expect(looking.say('FETCH 1 BODY[TEXT]<0.5>')).not.toContain('FLAGS')
    expect(looking.say('FETCH 1 FLAGS')).toContain('FLAGS (\\Recent)')
  })

  it('tells the other session what was read, and the reader not once more', () => {
    const post = new Post().put(terryGray).put(terryGray)
    const [session, other] = [post.selected(), post.selected()]
    expect(session.say('FETCH 1:2 BODY[TEXT]<0.1>')).toContain('FLAGS (\\Seen \\Recent)')
    expect(session.say('NOOP')).toBe('OK NOOP completed\r\n')
    expect(other.say('NOOP')).toBe('* 1 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (FLAGS (\\Seen))\r\nOK NOOP completed\r\n')
  })

  it('takes message/global apart for clients of UTF-8 alone (RFC 9051 9)', () => {
    const session = one('Content-Type: message/global\r\n\r\nSubject: inner\r\n\r\ntext\r\n')
    expect(body(session, 'BODY')).toBe('* 1 FETCH (BODY ("MESSAGE" "GLOBAL" NIL NIL NIL "7BIT" 24))\r\n')
    session.say('ENABLE UTF8=ACCEPT')
    expect(body(session, 'BODY')).toMatch(
      /\("MESSAGE" "GLOBAL" NIL NIL NIL "7BIT" 24 \(NIL "inner" .*\) \("TEXT" .* 6 1\) 3\)\)\r\n$/,
    )
  })

  it('takes the saved result of a search, in whatever order (RFC 5182)', () => {
    const post = new Post()
    for (let k = 1; k <= 4; k++) post.put(`Subject: ${9 - k}\r\n\r\n`)
    const session = post.selected()
    session.say('SEARCH RETURN (SAVE) 2,4')
    expect(session.say('FETCH $ UID')).toBe(`* 2 FETCH (UID 2)\r\n* 4 FETCH (UID 4)\r\n${OK}`)
    session.say('SORT RETURN (SAVE) (SUBJECT) UTF-8 2,4')
    expect(session.say('FETCH $ UID')).toContain('* 4 FETCH (UID 4)\r\n')
  })

  it('names each item once, UID first where the command implies it (RFC 3501 6.4.8)', () => {
    const session = one(terryGray)
    expect(session.say('UID FETCH 1:* (RFC822.SIZE RFC822.SIZE)')).toBe(
      `* 1 FETCH (UID 1 RFC822.SIZE ${terryGray.length})\r\nOK UID FETCH completed\r\n`,
    )
    expect(session.say('UID FETCH 1 (FLAGS UID)')).toContain('(FLAGS (\\Seen \\Recent) UID 1)')
    expect(session.say('UID FETCH 7 FLAGS')).toBe('OK UID FETCH completed\r\n')
    expect(session.say('FETCH 7 FLAGS')).toMatch(/^BAD there is no message of that number/)
  })

  it.each([
    'FETCH 1',
    'FETCH 1 BODY[',
    'FETCH 1 BODY[MIME]',
    'FETCH 1 BODY[0]',
    'FETCH 1 BODY[1.HEADER.FIELDS]',
    'FETCH 1 BODY[HEADER.FIELDS ()]',
    'FETCH 1 BODY[]<5>',
    'FETCH 1 BODY[]<0.0>',
    'FETCH 1 (FLAGS',
    'FETCH 1 ()',
    'FETCH 1 FLAGS UID',
    'FETCH 1 SPEED',
    'FETCH 1 FLAGS (VANISHED)',
    'FETCH 0 FLAGS',
  ])('%s is BAD', (command) => {
    expect(one(terryGray).say(command)).toMatch(/^BAD \S/)
  })

  it('gives header octets above 127 as literals, as UTF-8 in quotes where that was enabled (RFC 6855 3)', () => {
    const octets = 'Subject: \xc3\xa9t\xc3\xa9\r\nComments: \xe9\r\nMessage-Id: \xe9\r\n\r\n'
    const session = one(octets)
    expect(body(session, 'ENVELOPE')).toContain('(NIL {5}\r\n\xc3\xa9t\xc3\xa9 NIL')
    session.say('ENABLE UTF8=ACCEPT')
    expect(body(session, 'ENVELOPE')).toContain('(NIL "\xc3\xa9t\xc3\xa9" NIL')
    expect(body(session, 'ENVELOPE')).toContain('NIL {1}\r\n\xe9)')
  })

  it('sends no NUL in a literal', () => {
    expect(body(one('Subject: a\0b\r\n\r\nx\0y'), '(ENVELOPE BODY[TEXT])')).toMatch(
      /\(NIL \{3\}\r\na\x80b [^]*\{3\}\r\nx\x80y\)/,
    )
  })

  it('still fetches what another session has expunged, and tells of no expunge (RFC 3501 7.4.1)', () => {
    const post = new Post().put('Subject: 1\r\n\r\n').put('Subject: 2\r\n\r\n')
    const [session, other] = [post.selected(), post.selected()]
    other.say('STORE 1 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    expect(session.say('FETCH 1:2 RFC822.SIZE')).toBe(
      `* 1 FETCH (RFC822.SIZE 14)\r\n* 2 FETCH (RFC822.SIZE 14)\r\n${OK}`,
    )
    expect(session.say('NOOP')).toContain('* 1 EXPUNGE\r\n')
  })

  it('shows no \\Recent to IMAP4rev2, and every untagged FETCH has a UID (RFC 9051 7.5.2)', () => {
    const post = new Post().put(terryGray)
    const session = post.selected()
    session.say('ENABLE IMAP4rev2')
    expect(session.say('FETCH 1 FLAGS')).toContain('(FLAGS ())')
    post.selected().say('STORE 1 FLAGS (\\Flagged)')
    expect(session.say('NOOP')).toBe('* 1 FETCH (UID 1 FLAGS (\\Flagged))\r\nOK NOOP completed\r\n')
  })
})

describe('FETCH with modification sequences (RFC 7162)', () => {
  it('MODSEQ switches CONDSTORE on: the sequence comes with all flags from then on', () => {
    const post = new Post().put(terryGray)
    const session = post.selected()
    expect(session.say('FETCH 1 MODSEQ')).toBe(`* OK [HIGHESTMODSEQ 2] Highest\r\n* 1 FETCH (MODSEQ (2))\r\n${OK}`)
    post.selected().say('STORE 1 FLAGS (\\Seen)')
    expect(session.say('NOOP')).toContain('* 1 FETCH (MODSEQ (3) FLAGS (\\Seen')
    session.say('STORE 1 -FLAGS.SILENT (\\Seen)')
    expect(session.say('FETCH 1 BODY[HEADER.FIELDS (X)]')).toContain(' MODSEQ (5) FLAGS (\\Seen \\Recent))')
  })

  it('CHANGEDSINCE leaves out what is older, VANISHED tells what is gone', () => {
    const post = new Post()
    for (let k = 1; k <= 4; k++) post.put(`Subject: ${k}\r\n\r\n`)
    const other = post.selected()
    const since = Number(/HIGHESTMODSEQ (\d+)/.exec(other.say('SELECT INBOX (CONDSTORE)'))![1])
    other.say('STORE 1,3 +FLAGS.SILENT (\\Deleted)')
    other.say('UID EXPUNGE 1')
    other.say('STORE 3 +FLAGS.SILENT (\\Answered)')
    const session = post.session()
    session.say('LOGIN alice secret')
    session.say('ENABLE QRESYNC')
    session.say('SELECT INBOX')
    expect(session.say(`UID FETCH 1:* (FLAGS) (CHANGEDSINCE ${since} VANISHED)`)).toBe(
      `* VANISHED (EARLIER) 1\r\n* 2 FETCH (UID 3 MODSEQ (${since + 1}) FLAGS (\\Deleted))\r\n` +
        `* 3 FETCH (UID 4 MODSEQ (${since + 3}) FLAGS (\\Answered))\r\nOK UID FETCH completed\r\n`,
    )
    expect(session.say('FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)')).toMatch(/^BAD /)
    expect(session.say('UID FETCH 1:* (FLAGS) (VANISHED)')).toMatch(/^BAD /)
    expect(other.say('UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)')).toMatch(/^BAD /)
  })
})
