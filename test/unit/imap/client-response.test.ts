import fc from '../../fast-check.ts'
import { describe, expect, it } from 'vitest'
import type { Response } from '../../../src/core/imap/client/data.ts'
import { numbersIn } from '../../../src/core/imap/client/data.ts'
import { Framing } from '../../../src/core/imap/client/framing.ts'
import { partsOf, textPart } from '../../../src/core/imap/client/parts.ts'
import { readResponse } from '../../../src/core/imap/client/response.ts'

const read = (text: string, utf8 = false): Response => readResponse(text, utf8)
const fetched = (text: string) => {
  const response = read(text)
  if (response.is !== 'fetch') throw new Error(JSON.stringify(response))
  return response.data
}

describe('conditions and their codes (RFC 3501 7.1, RFC 5530)', () => {
  const code = (text: string) => {
    const response = read(text)
    return response.is === 'condition' || response.is === 'tagged' ? response.code : response
  }

  it('tagged, untagged, continuation', () => {
    expect(read('a001 OK LOGIN completed')).toEqual({
      is: 'tagged',
      tag: 'a001',
      condition: 'OK',
      code: null,
      text: 'LOGIN completed',
    })
    expect(read('A222 NO COPY failed: disk is full')).toMatchObject({ is: 'tagged', condition: 'NO' })
    expect(read('* BYE Autologout; idle for too long')).toEqual({
      is: 'condition',
      condition: 'BYE',
      code: null,
      text: 'Autologout; idle for too long',
    })
    expect(read('* PREAUTH IMAP4rev1 server logged in as Smith')).toMatchObject({ condition: 'PREAUTH' })
    expect(read('+ Ready for additional command text')).toEqual({
      is: 'continue',
      text: 'Ready for additional command text',
    })
    expect(read('+ ')).toEqual({ is: 'continue', text: '' })
    expect(read('+')).toEqual({ is: 'continue', text: '' })
    expect(read('a OK')).toMatchObject({ is: 'tagged', text: '' })
  })

  it('each code', () => {
    expect(code('* OK [UNSEEN 17] Message 17 is the first unseen message')).toEqual({ code: 'UNSEEN', number: 17 })
    expect(code('* OK [UIDVALIDITY 3857529045] UIDs valid')).toEqual({ code: 'UIDVALIDITY', number: 3857529045 })
    expect(code('* OK [UIDNEXT 4392] Predicted next UID')).toEqual({ code: 'UIDNEXT', number: 4392 })
    expect(code('* OK [HIGHESTMODSEQ 715194045007]')).toEqual({ code: 'HIGHESTMODSEQ', number: 715194045007 })
    expect(code('* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited')).toEqual({
      code: 'PERMANENTFLAGS',
      flags: ['\\Deleted', '\\Seen', '\\*'],
    })
    expect(code('a142 OK [READ-WRITE] SELECT completed')).toEqual({ code: 'other', name: 'READ-WRITE', text: '' })
    expect(code('A003 OK [APPENDUID 38505 3955] APPEND completed')).toEqual({
      code: 'APPENDUID',
      uidValidity: 38505,
      uids: [[3955, 3955]],
    })
    expect(code('A004 OK [COPYUID 38505 304,319:320 3956:3958] Done')).toEqual({
      code: 'COPYUID',
      uidValidity: 38505,
      from: [
        [304, 304],
        [319, 320],
      ],
      to: [[3956, 3958]],
    })
    expect(code('d105 OK [MODIFIED 7,9] Conditional STORE failed')).toEqual({
      code: 'MODIFIED',
      set: [
        [7, 7],
        [9, 9],
      ],
    })
    expect(code('a NO [BADCHARSET (US-ASCII "UTF-8")] no')).toEqual({
      code: 'BADCHARSET',
      charsets: ['US-ASCII', 'UTF-8'],
    })
    expect(code('a NO [BADCHARSET] no')).toEqual({ code: 'BADCHARSET', charsets: [] })
    expect(code('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi')).toEqual({
      code: 'CAPABILITY',
      names: ['IMAP4rev1', 'AUTH=PLAIN'],
    })
    expect(code('A001 NO [REFERRAL IMAP://user;AUTH=*@SERVER2/] Specified user is on SERVER2')).toEqual({
      code: 'other',
      name: 'REFERRAL',
      text: 'IMAP://user;AUTH=*@SERVER2/',
    })
    expect(code('* OK [UNKNOWN "a ] b"] text')).toEqual({ code: 'other', name: 'UNKNOWN', text: '"a ] b"' })
  })

  it('a code against its own grammar is only words', () => {
    expect(code('* OK [UIDNEXT soon] x')).toEqual({ code: 'other', name: 'UIDNEXT', text: 'soon' })
    expect(read('* OK [open for ever')).toMatchObject({ is: 'condition', code: null, text: '[open for ever' })
  })
})

describe('untagged data (RFC 3501 7.2, 7.3)', () => {
  it('of mailboxes', () => {
    expect(read('* LIST (\\Noselect) "/" ~/Mail/foo')).toEqual({
      is: 'list',
      kind: 'LIST',
      attributes: ['\\Noselect'],
      delimiter: '/',
      name: '~/Mail/foo',
      childInfo: [],
      oldName: null,
    })
    expect(read('* LSUB () "." #news.comp.mail.misc')).toMatchObject({ kind: 'LSUB', delimiter: '.', attributes: [] })
    expect(read('* LIST () NIL inbox')).toMatchObject({ delimiter: null, name: 'INBOX' })
    expect(read('* LIST () "\\\\" "a\\"b"')).toMatchObject({ delimiter: '\\', name: 'a"b' })
    expect(read('* LIST () "/" {3}\r\nfoo')).toMatchObject({ name: 'foo' })
    expect(read('* LIST () "/" "Bo&AO4-tes"')).toMatchObject({ name: 'Boîtes' })
    expect(read('* LIST () "/" "Bo\xc3\xaetes"', true)).toMatchObject({ name: 'Boîtes' })
    expect(read('* LIST (\\HasChildren) "/" Foo ("CHILDINFO" ("SUBSCRIBED"))')).toMatchObject({
      childInfo: ['SUBSCRIBED'],
    })
    expect(read('* LIST (\\NonExistent) "/" "Archive" ("OLDNAME" ("Old") "x" (1 (2 "3")))')).toMatchObject({
      oldName: 'Old',
    })
    expect(read('* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292)')).toEqual({
      is: 'status',
      name: 'blurdybloop',
      items: { MESSAGES: 231, UIDNEXT: 44292 },
    })
    expect(read('* STATUS INBOX (APPENDLIMIT NIL MAILBOXID (F2) SIZE 7)')).toMatchObject({
      items: { APPENDLIMIT: null, SIZE: 7 },
    })
    expect(read('* FLAGS (\\Answered \\Flagged $Forwarded)')).toEqual({
      is: 'flags',
      flags: ['\\Answered', '\\Flagged', '$Forwarded'],
    })
    expect(read('* 23 EXISTS')).toEqual({ is: 'exists', number: 23 })
    expect(read('* 5 RECENT')).toEqual({ is: 'recent', number: 5 })
    expect(read('* 44 EXPUNGE')).toEqual({ is: 'expunge', number: 44 })
    expect(read('* VANISHED (EARLIER) 41,43:116,118')).toEqual({
      is: 'vanished',
      earlier: true,
      uids: [
        [41, 41],
        [43, 116],
        [118, 118],
      ],
    })
    expect(read('* VANISHED 505,507,510,625')).toMatchObject({ earlier: false })
    expect(read('* CAPABILITY IMAP4rev1 STARTTLS')).toEqual({ is: 'capability', names: ['IMAP4rev1', 'STARTTLS'] })
    expect(read('* ENABLED')).toEqual({ is: 'enabled', names: [] })
  })

  it('of searches', () => {
    expect(read('* SEARCH 2 84 882')).toEqual({ is: 'search', numbers: [2, 84, 882], modseq: null })
    expect(read('* SEARCH')).toEqual({ is: 'search', numbers: [], modseq: null })
    expect(read('* SEARCH 2 5 6 (MODSEQ 917162500)')).toEqual({
      is: 'search',
      numbers: [2, 5, 6],
      modseq: 917162500,
    })
    expect(read('* SORT 5 3 4 1 2')).toMatchObject({ is: 'sort', numbers: [5, 3, 4, 1, 2] })
    expect(read('* THREAD (2)(3 6 (4 23)(44 7 96))')).toEqual({
      is: 'thread',
      threads: [[2], [3, 6, [4, 23], [44, 7, 96]]],
    })
    expect(read('* THREAD ((3)(5))')).toEqual({ is: 'thread', threads: [[[3], [5]]] })
    expect(read('* THREAD (2')).toMatchObject({ is: 'garbled' })
    expect(read('* ESEARCH (TAG "A285") UID MIN 7 MAX 3800 COUNT 12 ALL 1:2,9')).toMatchObject({
      is: 'esearch',
      tag: 'A285',
      byUid: true,
      min: 7,
      max: 3800,
      count: 12,
      all: [
        [1, 2],
        [9, 9],
      ],
    })
    expect(read('* ESEARCH (TAG "A01") UID PARTIAL (-1:-100 NIL)')).toMatchObject({ is: 'garbled' })
    expect(read('* ESEARCH (TAG "A02") UID PARTIAL (23500:24000 67,100:102)')).toMatchObject({
      partial: { range: [23500, 24000] },
    })
    expect(read('* ESEARCH (TAG "B01") UID ADDTO (1 2733 1 2731:2732) REMOVEFROM (0 32768)')).toMatchObject({
      updates: [
        { what: 'ADDTO', position: 1, set: [[2733, 2733]] },
        { what: 'ADDTO', position: 1, set: [[2731, 2732]] },
        { what: 'REMOVEFROM', position: 0, set: [[32768, 32768]] },
      ],
    })
    expect(read('* ESEARCH')).toMatchObject({ is: 'esearch', tag: null, all: null })
  })

  it('of accounts', () => {
    expect(read('* NAMESPACE (("" "/")) (("~" "/")) (("#shared/" "/" "X-PARAM" ("a" "b"))("#public/" "/"))')).toEqual({
      is: 'namespace',
      personal: [{ prefix: '', delimiter: '/' }],
      others: [{ prefix: '~', delimiter: '/' }],
      shared: [
        { prefix: '#shared/', delimiter: '/' },
        { prefix: '#public/', delimiter: '/' },
      ],
    })
    expect(read('* NAMESPACE NIL NIL (("" "."))')).toMatchObject({ personal: [], others: [] })
    expect(read('* ID ("name" "Cyrus" "version" NIL)')).toEqual({
      is: 'id',
      fields: [
        ['name', 'Cyrus'],
        ['version', null],
      ],
    })
    expect(read('* ID NIL')).toEqual({ is: 'id', fields: [] })
    expect(read('* QUOTA "" (STORAGE 10 512)')).toEqual({
      is: 'quota',
      root: '',
      resources: [{ name: 'STORAGE', used: 10, limit: 512 }],
    })
    expect(read('* QUOTAROOT INBOX ""')).toEqual({ is: 'quotaroot', name: 'INBOX', roots: [''] })
    expect(read('* QUOTAROOT comp.mail.mime')).toMatchObject({ roots: [] })
    expect(read('* ACL INBOX Fred rwipslxetad -Fred wetd')).toMatchObject({
      entries: [
        ['Fred', 'rwipslxetad'],
        ['-Fred', 'wetd'],
      ],
    })
    expect(read('* LISTRIGHTS ~/Mail/saved smith la r swicdkxte')).toEqual({
      is: 'listrights',
      name: '~/Mail/saved',
      identifier: 'smith',
      always: 'la',
      optional: ['r', 'swicdkxte'],
    })
    expect(read('* MYRIGHTS INBOX rwiptsldaex')).toEqual({ is: 'myrights', name: 'INBOX', rights: 'rwiptsldaex' })
  })

  it('what it does not know, and what is wrong', () => {
    expect(read('* METADATA "" /shared/comment')).toEqual({
      is: 'unknown',
      keyword: 'METADATA',
      text: '"" /shared/comment',
    })
    expect(read('* 5 FEETCH (X)')).toMatchObject({ is: 'unknown' })
    expect(read('* LIST (\\Noselect "/" x')).toMatchObject({ is: 'garbled' })
    expect(read('* 23 EXISTS now')).toMatchObject({ is: 'garbled' })
    expect(read('250 2.0.0 OK')).toMatchObject({ is: 'garbled' })
    expect(read('')).toMatchObject({ is: 'garbled' })
    expect(read(`* 1 FETCH (BODY ${'('.repeat(5000)})`)).toMatchObject({ is: 'garbled' })
    expect(read('* 1 FETCH (BODY[] {500}\r\nshort)')).toMatchObject({ is: 'garbled', why: 'a literal does not end' })
  })
})

describe('FETCH (RFC 3501 7.4.2)', () => {
  // RFC 3501 8.
  const rfc =
    '* 12 FETCH (FLAGS (\\Seen) INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 4286 ENVELOPE ("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)"' +
    ' "IMAP4rev1 WG mtg summary and minutes" (("Terry Gray" NIL "gray" "cac.washington.edu"))' +
    ' (("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu"))' +
    ' ((NIL NIL "imap" "cac.washington.edu")) ((NIL NIL "minutes" "CNRI.Reston.VA.US")' +
    '("John Klensin" NIL "KLENSIN" "MIT.EDU")) NIL NIL "<B27397-0100000@cac.washington.edu>")' +
    ' BODY ("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 3028 92))'

  it('the example of section 8', () => {
    const data = fetched(rfc)
    expect(data).toMatchObject({
      flags: ['\\Seen'],
      internalDate: '17-Jul-1996 02:44:25 -0700',
      size: 4286,
      uid: null,
      envelope: {
        subject: 'IMAP4rev1 WG mtg summary and minutes',
        from: [{ name: 'Terry Gray', adl: null, mailbox: 'gray', host: 'cac.washington.edu' }],
        cc: [{ mailbox: 'minutes' }, { name: 'John Klensin', mailbox: 'KLENSIN', host: 'MIT.EDU' }],
        bcc: null,
        inReplyTo: null,
        messageId: '<B27397-0100000@cac.washington.edu>',
      },
      structure: {
        kind: 'part',
        type: 'TEXT',
        subtype: 'PLAIN',
        parameters: [['CHARSET', 'US-ASCII']],
        encoding: '7BIT',
        size: 3028,
        lines: 92,
        md5: null,
        disposition: null,
      },
    })
  })

  it('bodies: multiparts, messages within, extension data that nobody knows', () => {
    // RFC 3501 7.4.2.
    const two = fetched(
      '* 1 FETCH (BODY (("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 1152 23)("TEXT" "PLAIN"' +
        ' ("CHARSET" "US-ASCII" "NAME" "cc.diff") "<960723163407.20117h@cac.washington.edu>" "Compiler diff" "BASE64" 4554 73) "MIXED"))',
    ).structure!
    expect(partsOf(two).map(({ section, part }) => [section, part.size, part.encoding])).toEqual([
      ['1', 1152, '7BIT'],
      ['2', 4554, 'BASE64'],
    ])
    expect(textPart(two)?.section).toBe('1')
    const nested = fetched(
      '* 1 FETCH (BODYSTRUCTURE (("text" "html" NIL NIL NIL "8bit" 3 1 NIL ("attachment" ("filename" "a")) ("fr" "en") "x" (1 (2)) "more")' +
        '("message" "rfc822" NIL NIL NIL "7BIT" 90 (NIL "s" NIL NIL NIL NIL NIL NIL NIL NIL)' +
        ' (("text" "plain" NIL NIL NIL "7bit" 1 1)("image" "gif" NIL NIL NIL "base64" 9 "md5==") "mixed" ("boundary" "b") NIL NIL NIL) 5)' +
        ' "digest" ("boundary" "x") ("inline" NIL) "en" NIL))',
    ).structure!
    expect(nested).toMatchObject({
      kind: 'multipart',
      subtype: 'DIGEST',
      parameters: [['boundary', 'x']],
      disposition: { type: 'INLINE', parameters: [] },
      languages: ['en'],
    })
    expect(partsOf(nested).map(({ section, part }) => `${section} ${part.type}/${part.subtype}`)).toEqual([
      '1 TEXT/HTML',
      '2 MESSAGE/RFC822',
      '2.1 TEXT/PLAIN',
      '2.2 IMAGE/GIF',
    ])
    expect(partsOf(nested)[0]!.part).toMatchObject({
      disposition: { type: 'ATTACHMENT', parameters: [['filename', 'a']] },
      languages: ['fr', 'en'],
      location: 'x',
    })
    expect(partsOf(nested)[3]!.part.md5).toBe('md5==')
    expect(textPart(nested)?.section).toBe('2.1')
    const message = fetched(
      '* 1 FETCH (BODYSTRUCTURE ("message" "rfc822" NIL NIL NIL "7BIT" 90 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" NIL NIL NIL "7bit" 1 1) 5))',
    ).structure!
    expect(partsOf(message).map(({ section }) => section)).toEqual(['1', '1.1'])
    expect(fetched('* 1 FETCH (BODY ("message" "rfc822" NIL NIL NIL "7BIT" 90))').structure).toMatchObject({
      message: null,
      lines: null,
    })
  })

  it('sections, literals, partial, binary', () => {
    expect(fetched('* 12 FETCH (BODY[HEADER] {5}\r\na: b) UID 7)').sections).toHaveLength(1)
    const data = fetched(
      '* 1 FETCH (UID 7 BODY[1.header.fields (from "To" {2}\r\ncc)]<0> {3}\r\n){9 BINARY[2]<5> ~{2}\r\n\0" BODY[] NIL RFC822.TEXT "" BINARY.SIZE[3] 12 MODSEQ (65402) X-GM (1 "2" (3)) PREVIEW NIL)',
    )
    expect(data.sections).toEqual([
      { item: 'BODY', section: '1.HEADER.FIELDS (FROM TO CC)', origin: 0, octets: '){9' },
      { item: 'BINARY', section: '2', origin: 5, octets: '\0"' },
      { item: 'BODY', section: '', origin: null, octets: null },
      { item: 'BODY', section: 'TEXT', origin: null, octets: '' },
    ])
    expect(data).toMatchObject({ uid: 7, modseq: 65402, binarySizes: [['3', 12]] })
  })
})

describe('whatever comes', () => {
  const words = [
    ...[
      '* ',
      '+ ',
      'a1 ',
      'OK ',
      '1 ',
      'FETCH ',
      'LIST ',
      'SEARCH ',
      'ESEARCH ',
      'THREAD ',
      'STATUS ',
      'NIL',
      ' ',
      '[',
      ']',
    ],
    ...[
      '(',
      ')',
      '"',
      '\\',
      '{3}\r\n',
      '~{1}\r\n',
      'BODY',
      'BODYSTRUCTURE ',
      'ENVELOPE ',
      'FLAGS ',
      'UID ',
      '12',
      ':',
      ',',
      '<',
    ],
    ...[
      'COPYUID ',
      'VANISHED ',
      'NAMESPACE ',
      'ID ',
      'QUOTA ',
      'ACL ',
      '\xe9',
      '\0',
      'MODSEQ ',
      'TEXT',
      'HEADER.FIELDS ',
      '.',
    ],
  ]

  it('is a response or garbled, and what is cut off is never taken for whole', () => {
    const text = fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((some) => some.join(''))
    fc.assert(
      fc.property(text, (octets) => typeof read(octets).is === 'string'),
      { numRuns: 5000 },
    )
    const whole =
      '* 1 FETCH (UID 7 ENVELOPE (NIL "s" NIL NIL NIL ((NIL NIL "a" "b")) NIL NIL NIL {2}\r\n<>) BODY (("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1) "MIXED") FLAGS (\\Seen))'
    expect(read(whole).is).toBe('fetch')
    for (let end = 10; end < whole.length; end++) expect(read(whole.slice(0, end)).is).toBe('garbled')
  })
})

describe('framing', () => {
  const stream =
    '* OK ready {5}\r\n* 1 FETCH (BODY[] {7}\r\na\r\nb {3} FLAGS ())\r\n* LIST () "/" {0}\r\n\na1 OK see {9}\r\n+ {1}\r\n* BYE\r\n'
  const whole = [
    '* OK ready {5}',
    '* 1 FETCH (BODY[] {7}\r\na\r\nb {3} FLAGS ())',
    '* LIST () "/" {0}\r\n',
    'a1 OK see {9}',
    '+ {1}',
    '* BYE',
  ]
  const cut = (pieces: readonly string[]) => {
    const framing = new Framing()
    const found: string[] = []
    for (const piece of pieces) {
      framing.push(piece)
      for (let next = framing.next(); next !== null; next = framing.next()) found.push(next)
    }
    return found
  }

  it('however the octets are cut', () => {
    expect(cut([stream])).toEqual(whole)
    expect(cut(Array.from(stream))).toEqual(whole)
    for (let at = 1; at < stream.length; at++) expect(cut([stream.slice(0, at), stream.slice(at)])).toEqual(whole)
  })

  it('knows when it is too much, and numbers of a set that would be', () => {
    const framing = new Framing()
    framing.push('* 1 FETCH (BODY[] {999999999999}\r\n')
    expect(framing.next()).toBeNull()
    expect(framing.tooMuch).toBe(true)
    expect(numbersIn([[1, 4294967295]])).toBeNull()
    expect(
      numbersIn([
        [3, 5],
        [1, 1],
      ]),
    ).toEqual([3, 4, 5, 1])
  })
})
