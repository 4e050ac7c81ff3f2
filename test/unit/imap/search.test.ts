import { describe, expect, test } from 'vitest'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import { ALL_CAPABILITIES, Desk, EPOCH, letter, type Line } from './desk.ts'

const DAY = 86_400_000

/** What a search finds, without its word. */
const found = (line: Line, search: string): string =>
  line
    .ok(search)
    .at(0)!
    .replace(/^SEARCH ?/, '')
const lines = (...all: string[]) => all.map((each) => `${each}\r\n`).join('')
const mailbox = (...messages: string[]): Line => {
  const desk = new Desk()
  desk.deliver('alice', ...messages)
  return desk.open()
}

describe('flags and numbers', () => {
  const desk = new Desk()
  desk.deliver('alice', ...Array.from({ length: 6 }, (_, at) => letter(`n${at}`)))
  const line = desk.open()
  line.ok('STORE 2 +FLAGS (\\Seen \\Flagged $Junk)')
  line.ok('STORE 3 +FLAGS (\\Answered \\Draft)')
  line.ok('STORE 4 +FLAGS (\\Deleted Forwarded)')
  line.ok('STORE 1 +FLAGS (\\Deleted)')
  line.ok('UID EXPUNGE 1')

  test.each([
    ['ALL', '1 2 3 4 5'],
    ['SEEN', '1'],
    ['UNSEEN', '2 3 4 5'],
    ['FLAGGED', '1'],
    ['UNFLAGGED', '2 3 4 5'],
    ['ANSWERED', '2'],
    ['UNANSWERED', '1 3 4 5'],
    ['DRAFT', '2'],
    ['UNDRAFT', '1 3 4 5'],
    ['DELETED', '3'],
    ['UNDELETED', '1 2 4 5'],
    ['KEYWORD $junk', '1'],
    ['UNKEYWORD $Junk', '2 3 4 5'],
    ['KEYWORD nobody', ''],
    ['RECENT', '1 2 3 4 5'],
    ['NEW', '2 3 4 5'],
    ['OLD', ''],
    ['2,4:*', '2 4 5'],
    ['4:2', '2 3 4'],
    ['*', '5'],
    ['7:9', ''],
    ['4:900', '4 5'],
    ['UID 2:4', '1 2 3'],
    ['UID 900:*', '5'],
    ['UID *', '5'],
    ['UID 1,900', ''],
    ['1:3 NOT UID 3', '1 3'],
    ['OR 1 UID 4', '1 3'],
    ['NOT (SEEN FLAGGED)', '2 3 4 5'],
    ['(2) uid 3', '2'],
    ['OR (SEEN) OR DELETED ANSWERED', '1 2 3'],
  ])('%s', (program, expected) => {
    expect(found(line, `SEARCH ${program}`)).toBe(expected)
    const uids = expected === '' ? '' : expected.replace(/\d/g, (number) => String(Number(number) + 1))
    expect(found(line, `UID SEARCH ${program}`)).toBe(uids)
  })

  test('an empty mailbox has nothing to find', () => {
    const empty = mailbox()
    for (const program of ['ALL', '*', '1:*', 'UID 1:*', 'UID 1']) expect(found(empty, `SEARCH ${program}`)).toBe('')
    expect(empty.ok('SORT (DATE) UTF-8 ALL')).toEqual(['SORT'])
    expect(empty.ok('THREAD REFERENCES UTF-8 ALL')).toEqual(['THREAD'])
  })
})

describe('sizes and dates', () => {
  const desk = new Desk()
  const sent = (date: string) => lines(date, 'Subject: x', '', 'x')
  desk.now = EPOCH - 3 * DAY // 4 September 2026, 08:00
  desk.deliver('alice', sent('Date: Fri, 4 Sep 2026 23:30:00 -0800'))
  desk.now = EPOCH - DAY - 8 * 3_600_000 // the first moment of the 6th
  desk.deliver('alice', sent('Date: Sat, 5 Sep 2026 00:30:00 +0200'))
  desk.now = EPOCH
  desk.deliver('alice', sent('X-Nothing: here'), sent('Date: 7 Sep 2026 08:00 +0000').padEnd(200, 'x'))
  const line = desk.open()

  test.each([
    ['SINCE 6-Sep-2026', '2 3 4'],
    ['ON 6-Sep-2026', '2'],
    ['BEFORE "6-sep-2026"', '1'],
    // As it was written, whatever the zone.
    ['SENTON 4-Sep-2026', '1'],
    ['SENTON 5-Sep-2026', '2'],
    ['SENTBEFORE 5-Sep-2026', '1'],
    ['SENTSINCE 5-Sep-2026', '2 4'],
    ['NOT SENTSINCE 5-Sep-2026', '1 3'],
    ['LARGER 199', '4'],
    ['SMALLER 200 NOT SMALLER 20', '1 2 3'],
    ['LARGER 200', ''],
    // RFC 5032: the moment itself counts for both.
    ['YOUNGER 115200', '2 3 4'],
    ['OLDER 115200', '1 2'],
    ['YOUNGER 115199', '3 4'],
    ['OLDER 115201', '1'],
  ])('%s', (program, expected) => {
    expect(found(line, `SEARCH ${program}`)).toBe(expected)
  })
})

describe('texts', () => {
  const line = mailbox(
    lines(
      'From: =?iso-8859-1?Q?Andr=E9_?= "Dupont" <Andre@cnam.example> (at work)',
      'To: Friends: ann@a.test, =?utf-8?Q?Zo=C3=AB?= <z@b.test>;, nobody:;',
      'Subject: =?utf-8?B?w4l0w6k=?= 2026',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Le gar=E7on a re=\r\n=E7u 20=25',
    ),
    lines(
      ...['From: <user-from (comment)@ (comment) domain.org>', 'Cc: bob@b.test (Bob)', 'X-Extra: one', 'x-extra: two'],
      ...['Subject: hello', '\tbeautiful world', 'Content-Type: multipart/mixed; boundary=b', '', 'preamble', '--b'],
      ...[
        'Content-Description: picture',
        'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: base64',
      ],
      ...[
        '',
        'PGI+w6l0w6k8L2I+',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'Subject: inner',
        'From: carol@c.test',
        '',
      ],
      ...['within', '--b', 'Content-Type: application/pdf', '', 'octets', '--b--', 'epilogue'],
    ),
    lines('Subject:', 'Bcc: undisclosed@x.test', '', utf8Octets('needle ﬁn')),
  )
  const said = (program: string) => found(line, `SEARCH CHARSET UTF-8 ${utf8Octets(program)}`)

  test.each([
    ['SUBJECT "été 2026"', '1'],
    ['SUBJECT "ÉTÉ"', '1'],
    ['SUBJECT "e\u0301te\u0301"', '1'],
    ['SUBJECT ete', ''],
    ['SUBJECT "hello\tbeautiful"', '2'],
    ['SUBJECT inner', ''],
    ['FROM "andré"', '1'],
    ['FROM ANDRE@CNAM', '1'],
    ['FROM work', ''],
    ['FROM user-from@domain.org', '2'],
    ['FROM carol', ''],
    ['TO friends', '1'],
    ['TO "zoë <z@"', '1'],
    ['TO nobody', '1'],
    ['CC bob', '2'],
    ['BCC undisclosed', '3'],
    ['HEADER subject ""', '1 2 3'],
    ['NOT HEADER Bcc ""', '1 2'],
    ['HEADER X-EXTRA two', '2'],
    ['HEADER x-extr ""', ''],
    ['HEADER Content-Description ""', ''],
    ['BODY "garçon a reçu 20%"', '1'],
    ['BODY "<B>ÉTÉ</b>"', '2'],
    ['BODY within', '2'],
    ['BODY fin', '3'],
    ['BODY inner', ''],
    ['BODY preamble', ''],
    ['BODY octets', ''],
    ['BODY picture', ''],
    ['TEXT picture', '2'],
    ['TEXT inner', '2'],
    ['TEXT "x-extra: one"', '2'],
    ['TEXT epilogue', ''],
    ['TEXT needle', '3'],
    ['BODY ""', '1 2 3'],
    ['NOT TEXT needle NOT BODY "garçon"', '2'],
  ])('%s', (program, expected) => {
    expect(said(program)).toBe(expected)
  })

  test('a string comes in the charset of the command', () => {
    expect(found(line, 'SEARCH CHARSET ISO-8859-1 SUBJECT "\xe9t\xe9"')).toBe('1')
    expect(found(line, 'SEARCH CHARSET latin1 BODY {6+}\r\nGAR\xc7ON')).toBe('1')
    expect(found(line, 'SEARCH SUBJECT "\xc3\xa9t\xc3\xa9"')).toBe('1')
    expect(found(line, 'SEARCH CHARSET US-ASCII SUBJECT hello')).toBe('2')
    const { tagged } = line.say('SEARCH CHARSET X-KLINGON SUBJECT hello')
    expect(tagged).toMatch(/^NO \[BADCHARSET \(US-ASCII UTF-8 .*\)\]/)
    for (const command of ['SORT (DATE)', 'THREAD REFERENCES', 'UID SORT (DATE)', 'UID THREAD REFERENCES'])
      expect(line.say(`${command} X-KLINGON ALL`).tagged).toMatch(/^NO \[BADCHARSET/)
  })
})

test.each([
  'SEARCH',
  'SEARCH NONSENSE',
  'SEARCH ALL ',
  'SEARCH (ALL',
  'SEARCH ()',
  'SEARCH OR SEEN',
  'SEARCH NOT',
  'SEARCH 0',
  'SEARCH 1:',
  'SEARCH SUBJECT',
  'SEARCH ON 31-Feb-2026',
  'SEARCH ON 1-Foo-2026',
  'SEARCH ON 01/02/2026',
  'SEARCH LARGER many',
  'SEARCH YOUNGER 0',
  'SEARCH KEYWORD \\Seen',
  'SEARCH MODSEQ "/flags/\\\\seen" some 1',
  'SEARCH RETURN (NONSENSE) ALL',
  'SEARCH RETURN (PARTIAL 1) ALL',
  'SEARCH RETURN (PARTIAL 1:*) ALL',
  'SEARCH RETURN (PARTIAL *:1) ALL',
  'SEARCH RETURN (PARTIAL 0:1) ALL',
  'SEARCH RETURN (PARTIAL 1:2 ALL) ALL',
  'SEARCH RETURN ALL',
  'SORT () UTF-8 ALL',
  'SORT (REVERSE) UTF-8 ALL',
  'SORT (COLOUR) UTF-8 ALL',
  'SORT (DATE) UTF-8',
  'THREAD NONSENSE UTF-8 ALL',
  'CANCELUPDATE',
  'CANCELUPDATE atom',
  `SEARCH ${'NOT '.repeat(20_000)}ALL`,
  `SEARCH ${'('.repeat(500)}ALL${')'.repeat(500)}`,
])('%.60s is BAD, and the session goes on', (command) => {
  const line = mailbox(letter('one'))
  expect(line.say(command).tagged).toMatch(/^BAD/)
  expect(found(line, 'SEARCH ALL')).toBe('1')
})

test('what a host does not offer is no search key there', () => {
  const desk = new Desk()
  desk.deliver('alice', letter('one'))
  const without = (...names: string[]) => ({
    capabilities: ALL_CAPABILITIES.filter((name) => !names.includes(name) && name !== 'IMAP4rev2'),
  })
  const refused = (capability: string, command: string) => {
    expect(desk.open('alice', 'SELECT INBOX', without(capability)).say(command).tagged).toMatch(/^BAD/)
    expect(desk.open().say(command).tagged).toMatch(/^OK/)
  }
  refused('WITHIN', 'SEARCH YOUNGER 5')
  refused('CONDSTORE', 'SEARCH MODSEQ 1')
  refused('SEARCHRES', 'SEARCH $')
  refused('SEARCHRES', 'SEARCH RETURN (SAVE) ALL')
  refused('ESEARCH', 'SEARCH RETURN (COUNT) ALL')
  refused('ESORT', 'SORT RETURN (COUNT) (DATE) UTF-8 ALL')
  refused('SORT=DISPLAY', 'SORT (DISPLAYFROM) UTF-8 ALL')
  refused('THREAD=REFERENCES', 'THREAD REFERENCES UTF-8 ALL')
})

describe('RETURN (RFC 4731, 5267 4.4, 9051 6.4.4)', () => {
  const desk = new Desk()
  desk.deliver('alice', ...Array.from({ length: 6 }, (_, at) => letter(`n${at}`)))
  const line = desk.open()
  line.ok('STORE 3 +FLAGS (\\Deleted)')
  line.ok('EXPUNGE')
  line.ok('STORE 2,4 +FLAGS (\\Seen)')
  /** Without the tag. */
  const told = (command: string) => line.ok(command).map((each) => each.replace(/\(TAG "t\d+"\)/, '(TAG)'))

  test.each([
    ['SEARCH RETURN () SEEN', ['ESEARCH (TAG) ALL 2,4']],
    ['SEARCH RETURN (ALL) ALL', ['ESEARCH (TAG) ALL 1:5']],
    ['UID SEARCH RETURN () ALL', ['ESEARCH (TAG) UID ALL 1:2,4:6']],
    ['SEARCH RETURN (MIN COUNT) SEEN', ['ESEARCH (TAG) MIN 2 COUNT 2']],
    ['UID SEARCH RETURN (MAX MIN) SEEN', ['ESEARCH (TAG) UID MIN 2 MAX 5']],
    ['SEARCH RETURN (MIN MAX ALL COUNT) FLAGGED', ['ESEARCH (TAG) COUNT 0']],
    ['SEARCH RETURN (MIN) 1000', ['ESEARCH (TAG)']],
    ['UID SEARCH RETURN () 1000', ['ESEARCH (TAG) UID']],
    ['SEARCH RETURN (PARTIAL 4:2) ALL', ['ESEARCH (TAG) PARTIAL (2:4 2:4)']],
    ['UID SEARCH RETURN (PARTIAL 3:10) ALL', ['ESEARCH (TAG) UID PARTIAL (3:10 4:6)']],
    ['SEARCH RETURN (PARTIAL 6:7 COUNT) ALL', ['ESEARCH (TAG) COUNT 5 PARTIAL (6:7 NIL)']],
    ['SEARCH RETURN (CONTEXT COUNT) ALL', ['ESEARCH (TAG) COUNT 5']],
    ['SEARCH RETURN (SAVE) SEEN', []],
    ['SEARCH RETURN (SAVE COUNT) SEEN', ['ESEARCH (TAG) COUNT 2']],
    ['SORT RETURN (MIN MAX) (REVERSE ARRIVAL REVERSE SIZE) UTF-8 NOT 1', ['ESEARCH (TAG) MIN 2 MAX 5']],
    ['SORT RETURN () (REVERSE SUBJECT) UTF-8 ALL', ['ESEARCH (TAG) ALL 5,4,3,2,1']],
    ['SORT RETURN (PARTIAL 2:3) (REVERSE SUBJECT) UTF-8 ALL', ['ESEARCH (TAG) PARTIAL (2:3 4,3)']],
  ])('%s', (command, expected) => {
    expect(told(command)).toEqual(expected)
  })

  test('with IMAP4rev2 every SEARCH is answered so', () => {
    const modern = desk.session()
    modern.ok('LOGIN alice alice-pw')
    modern.ok('ENABLE IMAP4rev2')
    modern.ok('SELECT INBOX')
    expect(modern.feed('A1 SEARCH SEEN\r\n')).toMatch(/^\* ESEARCH \(TAG "A1"\) ALL 2,4\r\nA1 OK/)
    expect(modern.feed('A2 UID SEARCH FLAGGED\r\n')).toMatch(/^\* ESEARCH \(TAG "A2"\) UID\r\nA2 OK/)
    expect(modern.feed('A3 SORT (REVERSE SUBJECT) UTF-8 SEEN\r\n')).toMatch(/^\* SORT 4 2\r\nA3 OK/)
  })
})

describe('$ (RFC 5182)', () => {
  const saved = (line: Line) => found(line, 'SEARCH $')
  const fresh = () => {
    const line = mailbox(...Array.from({ length: 6 }, (_, at) => letter(`n${at}`)))
    line.ok('STORE 2,4:6 +FLAGS (\\Seen)')
    return line
  }

  test.each([
    ['SAVE', '2 4 5 6'],
    ['SAVE MIN', '2'],
    ['MAX SAVE', '6'],
    ['MAX SAVE MIN', '2 6'],
    ['MAX SAVE MIN COUNT', '2 4 5 6'],
    ['ALL SAVE MIN', '2 4 5 6'],
  ])('RETURN (%s)', (options, expected) => {
    const line = fresh()
    line.ok(`SEARCH RETURN (${options}) SEEN`)
    expect(saved(line)).toBe(expected)
    expect(found(line, 'UID SEARCH UID $ NOT 4')).toBe(expected.replace(/ ?4/, ''))
  })

  test('is empty at first, and when nothing was found; it is still a set', () => {
    const line = fresh()
    expect(saved(line)).toBe('')
    line.ok('SEARCH RETURN (SAVE) FLAGGED')
    expect(saved(line)).toBe('')
    expect(found(line, 'SEARCH OR $ 3')).toBe('3')
    expect(line.ok('FETCH $ UID')).toEqual([])
  })

  test('is kept by what does not save, and by BAD; NO empties it; SELECT does; expunges take from it', () => {
    const line = fresh()
    line.ok('SEARCH RETURN (SAVE) SEEN')
    line.ok('SEARCH ALL')
    line.say('SEARCH RETURN (SAVE) NONSENSE')
    line.say('SEARCH CHARSET X-KLINGON TEXT x')
    expect(saved(line)).toBe('2 4 5 6')
    line.ok('STORE 1,5 +FLAGS (\\Deleted)')
    line.ok('EXPUNGE')
    expect(saved(line)).toBe('1 3 4')
    line.say('SEARCH RETURN (SAVE) CHARSET X-KLINGON TEXT x')
    expect(saved(line)).toBe('')
    line.ok('UID SEARCH RETURN (SAVE) ALL')
    expect(line.ok('FETCH $ UID')).toHaveLength(4)
    line.ok('SELECT INBOX')
    expect(saved(line)).toBe('')
  })

  test('of a sorted result holds all of it', () => {
    const line = fresh()
    line.ok('SORT RETURN (SAVE) (REVERSE SUBJECT) UTF-8 SEEN')
    expect(saved(line)).toBe('2 4 5 6')
    line.ok('SORT RETURN (SAVE MIN) (REVERSE SUBJECT) UTF-8 SEEN')
    expect(saved(line)).toBe('6')
  })
})

describe('MODSEQ (RFC 7162 3.1.5, RFC 4731 3.2)', () => {
  const desk = new Desk()
  desk.deliver('alice', ...Array.from({ length: 4 }, (_, at) => letter(`n${at}`)))
  const line = desk.open()
  line.ok('STORE 3 +FLAGS (\\Seen)')
  line.ok('STORE 2 +FLAGS (\\Seen)')
  line.ok('STORE 4 +FLAGS (\\Seen)')
  const [first, ...others] = line.ok('SEARCH MODSEQ 1')
  const modseqs = [1, 2, 3, 4].map((number) =>
    Number(/MODSEQ \((\d+)\)/.exec(line.ok(`FETCH ${number} MODSEQ`)[0]!)![1]),
  )
  const [, two, three, four] = modseqs as [number, number, number, number]

  test('the first command that asks tells HIGHESTMODSEQ, and the answer the highest of what it found', () => {
    expect(first).toMatch(new RegExp(`^OK \\[HIGHESTMODSEQ ${four}\\]`))
    expect(others).toEqual([`SEARCH 1 2 3 4 (MODSEQ ${four})`])
    expect(line.ok(`SEARCH MODSEQ "/flags/\\\\seen" all ${three} NOT 4`)).toEqual([`SEARCH 2 3 (MODSEQ ${two})`])
    expect(line.ok(`SEARCH OR NOT MODSEQ ${three} LARGER 50000`)).toEqual([`SEARCH 1 (MODSEQ ${modseqs[0]})`])
    expect(line.ok(`SEARCH MODSEQ ${four + 1}`)).toEqual(['SEARCH'])
    expect(line.ok(`SORT (REVERSE ARRIVAL) UTF-8 MODSEQ ${two}`)).toEqual([`SORT 2 4 (MODSEQ ${four})`])
    expect(line.ok(`THREAD ORDEREDSUBJECT UTF-8 MODSEQ ${four}`)).toEqual(['THREAD (4)'])
  })

  test.each([
    ['RETURN (MIN) 2:3', `MIN 2 MODSEQ ${two}`],
    ['RETURN (MAX) 2:3', `MAX 3 MODSEQ ${three}`],
    ['RETURN (MIN MAX) 2:3', `MIN 2 MAX 3 MODSEQ ${two}`],
    ['RETURN (MAX COUNT) 2:3', `MAX 3 COUNT 2 MODSEQ ${two}`],
    ['RETURN () 1:3', `ALL 1:3 MODSEQ ${two}`],
    ['RETURN (PARTIAL 3:3) 1:4', `PARTIAL (3:3 3) MODSEQ ${three}`],
  ])('%s', (program, expected) => {
    expect(line.ok(`SEARCH ${program} MODSEQ 1`)[0]!.replace(/^ESEARCH \(TAG "t\d+"\) /, '')).toBe(expected)
  })

  test('where nothing is found none is told', () => {
    expect(line.ok(`SEARCH RETURN (COUNT) MODSEQ ${four + 1}`)[0]).toMatch(/\) COUNT 0$/)
  })
})

describe('two sessions', () => {
  test('a search tells no expunge, UID SEARCH may; what is expunged is not found any more', () => {
    const desk = new Desk()
    desk.deliver('alice', ...Array.from({ length: 3 }, (_, at) => letter(`n${at}`)))
    const one = desk.open()
    const other = desk.open()
    other.ok('STORE 1 +FLAGS (\\Deleted)')
    other.ok('EXPUNGE')
    expect(one.ok('SEARCH ALL')).toEqual(['SEARCH 2 3'])
    expect(one.ok('SORT (ARRIVAL) UTF-8 1:2')).toEqual(['SORT 2'])
    expect(one.ok('THREAD REFERENCES UTF-8 ALL')).toEqual(['THREAD (2)(3)'])
    expect(one.ok('UID SEARCH ALL')).toEqual(['SEARCH 2 3', '1 EXPUNGE'])
    expect(one.ok('SEARCH ALL')).toEqual(['SEARCH 1 2'])
  })

  test('what has arrived has no number before EXISTS', () => {
    const desk = new Desk()
    desk.deliver('alice', letter('one'))
    const line = desk.open()
    desk.deliver('alice', letter('two'))
    expect(line.ok('SEARCH ALL').slice(0, 2)).toEqual(['SEARCH 1', '2 EXISTS'])
    expect(found(line, 'SEARCH ALL')).toBe('1 2')
  })
})
