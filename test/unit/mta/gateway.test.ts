import { describe, expect, it } from 'vitest'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import { crlfLines } from '../../../src/core/message/build.ts'
import { field } from '../../../src/core/message/fields.ts'
import { decodedOctets } from '../../../src/core/message/mime/decoded.ts'
import { counted } from '../../../src/core/message/mime/build/unique.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import { fromMemo } from '../../../src/core/mta/gateway/from-memo.ts'
import { isMemo } from '../../../src/core/mta/gateway/memo.ts'
import { mailAddress, orAddress } from '../../../src/core/mta/gateway/or-address.ts'
import { printable, unprintable } from '../../../src/core/mta/gateway/printable.ts'
import { dateOf, utcTime } from '../../../src/core/mta/gateway/time.ts'
import { toMemo } from '../../../src/core/mta/gateway/to-memo.ts'

const table = { 'x400.example': '/O=x400/PRMD=facteur/ADMD= /C=FR/' }
const gateway = { host: 'gw.example', table, unique: counted('1', 'gw.example') }
const message = (text: string) => utf8Octets(crlfLines(text))
const back = (memo: string) => fromMemo(memo, { ...gateway, unique: counted('1', 'gw.example') })

describe('PrintableString (RFC 2156 3.4)', () => {
  it('spells what it lacks', () => {
    expect(printable('a_b%c!"@(~)\xe9')).toBe('a(u)b(p)c(b)(q)(a)(l)(126)(r)(233)')
    expect(unprintable('a(u)b(p)c(b)(q)(a)(l)(126)(r)(233)')).toBe('a_b%c!"@(~)\xe9')
  })
  it('leaves what no rule explains', () => {
    expect(unprintable('(z) (256) (12')).toBe('(z) (256) (12')
  })
})

describe('O/R addresses (RFC 2156 4)', () => {
  it.each([
    ['Hugo.Lenoir@x400.example', '/G=Hugo/S=Lenoir/O=x400/PRMD=facteur/ADMD= /C=FR/'],
    ['Hugo.J.Lenoir@x400.example', '/G=Hugo/I=J/S=Lenoir/O=x400/PRMD=facteur/ADMD= /C=FR/'],
    ['lenoir@X400.example', '/S=lenoir/O=x400/PRMD=facteur/ADMD= /C=FR/'],
    ['h_l+a@x400.example', '/DD.RFC-822=h(u)l+a(a)x400.example/O=x400/PRMD=facteur/ADMD= /C=FR/'],
    ['alice@rennes.example', '/DD.RFC-822=alice(a)rennes.example/O=x400/PRMD=facteur/ADMD= /C=FR/'],
    ['"a/b=c"@d.example', '/DD.RFC-822=(q)a$/b$=c(q)(a)d.example/O=x400/PRMD=facteur/ADMD= /C=FR/'],
  ])('%s is %s', (address, attributes) => {
    expect(orAddress(address, table)).toBe(attributes)
    expect(mailAddress(attributes, table)?.toLowerCase()).toBe(address.toLowerCase())
  })
  it('attributes have no order and no case', () => {
    expect(mailAddress('/C=fr/O=X400/ADMD=/PRMD=Facteur/S=Lenoir/G=Hugo/', table)).toBe('Hugo.Lenoir@x400.example')
  })
  it.each(['', 'Hugo', '/S=Lenoir', '/S=Lenoir/C=DE/', '/O=x400/PRMD=facteur/ADMD= /C=FR/', '//', '/=/'])(
    'nobody knows whose %s is',
    (text) => expect(mailAddress(text, table)).toBeNull(),
  )
})

describe('UTCTime', () => {
  it.each([
    ['Mon, 7 Sep 2026 10:00:00 +0200', '260907100000+0200'],
    ['Thu, 8 Sep 1994 09:24:12 -0730', '940908092412-0730'],
  ])('%s is %s', (date, time) => {
    expect(utcTime(date)).toBe(time)
    expect(dateOf(time)).toBe(date)
  })
  it('a zone that nobody knows is Z, seconds may be missing, and what is no time is none', () => {
    expect(utcTime('Mon, 7 Sep 2026 10:00:00 -0000')).toBe('260907100000Z')
    expect(dateOf('2609071000Z')).toBe('Mon, 7 Sep 2026 10:00:00 +0000')
    expect(utcTime('tomorrow')).toBeNull()
    for (const wrong of ['', '261307100000Z', '260907250000Z', '260907100000', 'x']) expect(dateOf(wrong)).toBeNull()
  })
})

const LETTER = message(`Received: from a by b; Mon, 7 Sep 2026 10:00:01 +0200
From: =?utf-8?q?Andr=C3=A9?= <andre@rennes.example>
Sender: alice@rennes.example
To: Hugo.Lenoir@x400.example, "Bruno (at home)" <bruno@rennes.example>
Cc: friends: claire@lyon.example;
Reply-To: alice@rennes.example
Message-ID: <1@rennes.example>
In-Reply-To: <0@rennes.example>
References: <a@rennes.example> <0@rennes.example>
Date: Mon, 7 Sep 2026 10:00:00 +0200
Subject: =?utf-8?q?=C3=89t=C3=A9?=
Importance: High
X-Mailer: telnet
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c

plain
--c
Content-Type: text/html

<p>plain
--c--
--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

=E9t=E9
--b
Content-Type: image/gif
Content-Disposition: attachment; filename=dot.gif
Content-Transfer-Encoding: base64

R0lGODlhAQABAAAAACw=
--b
Content-Type: message/rfc822

From: denis@lyon.example
Message-ID: <2@lyon.example>
Subject: within

forwarded
--b--
`)

describe('a message as a memo', () => {
  const memo = toMemo(LETTER, table)
  it('has the heading that X.420 gives it, below the trace', () => {
    expect(memo.slice(0, memo.indexOf('\r\n\r\n'))).toBe(
      message(`Received: from a by b; Mon, 7 Sep 2026 10:00:01 +0200
Originator: /DD.RFC-822=alice(a)rennes.example/O=x400/PRMD=facteur/ADMD= /C=FR/
Authorizing-User: /DD.RFC-822=andre(a)rennes.example/O=x400/PRMD=facteur/ADMD= /C=FR/ (André)
This-IPM: 1(a)rennes.example*
Primary-Recipient: /G=Hugo/S=Lenoir/O=x400/PRMD=facteur/ADMD= /C=FR/
Primary-Recipient: /DD.RFC-822=bruno(a)rennes.example/O=x400/PRMD=facteur/ADMD= /C=FR/ (Bruno (at home))
Copy-Recipient: /DD.RFC-822=claire(a)lyon.example/O=x400/PRMD=facteur/ADMD= /C=FR/
Reply-Recipient: /DD.RFC-822=alice(a)rennes.example/O=x400/PRMD=facteur/ADMD= /C=FR/
Replied-To-IPM: 0(a)rennes.example*
Related-IPM: a(a)rennes.example*
Related-IPM: 0(a)rennes.example*
Subject: Été
Authorization-Time: 260907100000+0200
Importance: high
Heading-Extension: X-Mailer: telnet
Body-Parts: 4`),
    )
  })
  it('has each body part with its number of lines, the plainest of alternatives, and the memo within', () => {
    const parts = memo.slice(memo.indexOf('\r\n\r\n') + 2)
    expect(parts).toBe(
      message(`
Body-Part: ia5-text
Lines: 1

plain

Body-Part: general-text
Lines: 1

été

Body-Part: file-transfer
Pathname: dot.gif
Contents-Type: image/gif
Lines: 1

R0lGODlhAQABAAAAACw=

Body-Part: forwarded-message
Lines: 9

This-IPM: 2(a)lyon.example*
Originator: /DD.RFC-822=denis(a)lyon.example/O=x400/PRMD=facteur/ADMD= /C=FR/
Subject: within
Body-Parts: 1

Body-Part: ia5-text
Lines: 1

forwarded
`),
    )
    expect(isMemo(memo)).toBe(true)
    expect(isMemo(LETTER)).toBe(false)
  })
  it('is no memo without a name', () => {
    expect(field(toMemo('Subject: x\r\n\r\ny\r\n', table), 'This-IPM')).toBe('*')
  })
  it('sends as a file what is no text of lines', () => {
    const memo = toMemo(`Subject: x\r\n\r\n${'y'.repeat(999)}\r\n`, table)
    expect(memo).toContain('Body-Part: file-transfer\r\nContents-Type: text/plain; charset=us-ascii\r\nLines: 18\r\n')
    const part = parseMessage(back(memo)).root
    expect(decodedOctets(part)).toBe(`${'y'.repeat(999)}\r\n`)
  })
})

describe('a memo as a message', () => {
  it('says who, whom, what and when as RFC 5322 does, and as what it came', () => {
    const text = back(toMemo(LETTER, table))
    expect(field(text, 'Received')).toBe('from a by b; Mon, 7 Sep 2026 10:00:01 +0200')
    expect(field(text, 'From')).toBe('=?iso-8859-1?Q?Andr=E9?= <andre@rennes.example>')
    expect(field(text, 'Sender')).toBe('alice@rennes.example')
    expect(field(text, 'To')).toBe('Hugo.Lenoir@x400.example, "Bruno (at home)" <bruno@rennes.example>')
    expect(field(text, 'References')).toBe('<a@rennes.example> <0@rennes.example>')
    expect(field(text, 'Date')).toBe('Mon, 7 Sep 2026 10:00:00 +0200')
    expect(field(text, 'X-Mailer')).toBe('telnet')
    expect(field(text, 'X400-Originator')?.replace('\t', ' ')).toBe(
      '/DD.RFC-822=alice(a)rennes.example/O=x400/PRMD=facteur/ADMD= /C=FR/',
    )
    expect(field(text, 'Content-Type')).toMatch(/^multipart\/mixed/)
    expect(text).toContain('filename=dot.gif')
  })
  it('what has once been through comes through unchanged', () => {
    const memo = toMemo(LETTER, table)
    const text = back(memo)
    expect(toMemo(text, table)).toBe(memo)
    expect(back(toMemo(text, table))).toBe(text)
  })
  it('whom no table knows lives at the gateway, and an id without a domain gets one that is none', () => {
    const text = back(message('This-IPM: 7*\nOriginator: /S=Kim/C=DE/ (Kim)\nSubject: x\nBody-Parts: 0\n\n'))
    expect(field(text, 'From')).toBe('Kim <"/S=Kim/C=DE/"@gw.example>')
    expect(field(text, 'Message-ID')).toBe('<7*@MHS>')
    expect(toMemo(text, table)).toContain('This-IPM: 7*\r\n')
  })
  it('nothing in it is taken for what the gateway or a relay says', () => {
    const bad = ['Received: x', 'Content-Type: text/html', 'From: x@y.example', 'X400-Originator: y', 'no field', ': x']
    const memo = message(`This-IPM: 7*\n${bad.map((line) => `Heading-Extension: ${line}\n`).join('')}Body-Parts: 0\n\n`)
    const text = back(memo)
    for (const name of ['Received', 'From', 'X400-Originator']) expect(field(text, name)).toBeNull()
    expect(field(text, 'Content-Type')).toMatch(/^text\/plain/)
  })
  it('is read though a relay of seven bits has encoded it, and though its end is missing', () => {
    const memo = toMemo(
      message(
        'Subject: x\nMessage-ID: <1@b.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nété\n',
      ),
      table,
    )
    const at = memo.indexOf('\r\n\r\n')
    const encoded = `${memo.slice(0, at)}\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${memo.slice(at + 4).replace(/\xc3\xa9/g, '=C3=A9')}`
    expect(back(encoded)).toBe(back(memo))
    expect(back(memo.slice(0, -4))).toMatch(/\r\n\r\n6XQNCg==\r\n$/)
    expect(back('This-IPM: 7*\r\nBody-Parts: 900000\r\n\r\nBody-Part: x\r\nLines: 1e99\r\n')).toContain(
      'Message-ID: <7*@MHS>',
    )
  })
})
