import { describe, expect, test } from 'vitest'
import { homeOf } from '../../../src/core/shell/files.ts'
import { Maildir, readMaildir } from '../../../src/core/store/maildir.ts'
import { mboxText, readMbox, writeMbox } from '../../../src/core/store/mbox.ts'
import { statusOf, withStatus } from '../../../src/core/store/status.ts'
import { Store } from '../../../src/core/store/store.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { seatAt } from '../../../src/core/world/seat.ts'

const UTC = { minutes: 0, name: null }
const AT = Date.UTC(2002, 10, 26, 9, 5, 3, 20)

function alice() {
  const store = new Store({ limit: 1_000_000, uidValidity: 7 })
  const account = store.add({ user: 'alice', password: '', name: 'Alice', addresses: ['alice@x.example'], quota: null })
  return { store, account, inbox: account.mailboxes.get('INBOX')! }
}

describe('an mbox is read', () => {
  const one = 'From: a@x.example\r\nSubject: one\r\n\r\nHello\r\n'
  const first = 'From a@x.example Tue Nov 26 09:05:03 2002'

  test('with LF and with CRLF, with and without an empty line at its end', () => {
    const lf = `${first}\n${one.replaceAll('\r\n', '\n')}`
    for (const file of [
      lf,
      `${lf}\n`,
      lf.replaceAll('\n', '\r\n'),
      `${lf}\n`.replaceAll('\n', '\r\n'),
      `${lf}\n${lf}`,
    ]) {
      const messages = readMbox(file, UTC)
      for (const { octets } of messages) expect(octets).toBe(one)
      expect(messages[0]).toMatchObject({ from: first.slice(5), internalDate: Math.floor(AT / 1000) * 1000 })
    }
    expect(readMbox(`${lf}\n${lf}`, UTC)).toHaveLength(2)
  })

  test('and what merely looks like a From_ line is text', () => {
    const body = 'From here on\n>From there\n>>From afar\n'
    const [message, ...more] = readMbox(`${first}\nSubject: x\n\n${body}\n`, UTC)
    expect(more).toEqual([])
    expect(message!.octets).toBe('Subject: x\r\n\r\nFrom here on\r\nFrom there\r\n>From afar\r\n')
  })

  test('and the length is believed that leads to the next message, with what stands in it', () => {
    const body = `${first}\n>From x\n`
    const file = `${first}\nContent-Length: ${body.length}\n\n${body}\n${first}\nSubject: next\nContent-Length: 9999\n\nlast\n`
    expect(readMbox(file, UTC).map(({ octets }) => octets)).toEqual([
      `Content-Length: ${body.length}\r\n\r\n${body.replaceAll('\n', '\r\n')}`,
      'Subject: next\r\nContent-Length: 9999\r\n\r\nlast\r\n',
    ])
  })

  test('and what is none has no messages', () => {
    expect(readMbox('', UTC)).toEqual([])
    expect(readMbox(`Subject: x\n\n${first}\n`, UTC)).toEqual([])
  })

  test.each([
    ['Tue Nov 26 09:05 2002', AT - (AT % 60_000)],
    ['Tue Nov 26 10:05:03 CET 2002', AT - 20 + 3_600_000],
    ['Tue Nov 26 10:05:03 2002 +0100', AT - 20],
    ['Tue Nov 26 10:05:03 +0100 2002', AT - 20],
    ['Tue Nov 26 09:05:03 2002 remote from isode', AT - 20],
    ['some day', null],
  ])('with a time as in %s', (time, expected) => {
    expect(readMbox(`From a@x ${time}\nSubject: x\n\n`, UTC)[0]!.internalDate).toBe(expected)
  })

  test('and a world begins with it, its Status lines made flags and left in place', () => {
    const status = `${first}\nStatus: RO\nX-Status: AF\n\nold\n\n${first}\n\nnew\n\n`
    const read = parseWorld(
      JSON.stringify({
        name: 'w',
        title: { en: 'W', fr: 'W' },
        epoch: '2026-09-07T08:00:00Z',
        hosts: { 'mail.x.example': { address: '192.0.2.1', mail: { domains: ['x.example'] } } },
        accounts: [{ address: 'a@x.example', password: 'p', host: 'mail.x.example', mail: [{ mbox: status }] }],
      }),
      'w.yaml',
    )
    if ('errors' in read) throw new Error(JSON.stringify(read.errors))
    const sim = new Sim(read.world)
    const inbox = sim.world.stores.get('mail.x.example')!.account('a')!.mailboxes.get('INBOX')!
    expect(inbox.messages).toMatchObject([
      {
        flags: ['\\Answered', '\\Flagged', '\\Seen'],
        internalDate: AT - 20,
        content: { octets: 'Status: RO\r\nX-Status: AF\r\n\r\nold\r\n' },
      },
      { flags: [], content: { octets: '\r\nnew\r\n' } },
    ])
    expect(inbox.recentUids(false)).toEqual([2])
    const seat = seatAt(sim.world, 'mail.x.example', 'root')
    expect(seat.readFile('/var/mail/a')).toBe(status.replaceAll('a@x.example', 'MAILER-DAEMON'))
    const home = homeOf('a')
    const names = seat.listFiles(`${home}/Maildir/cur`)!
    expect(names).toEqual([expect.stringMatching(/^1038301503\.M0P\d+Q1\.mail\.x\.example:2,FRS$/)])
    expect(seat.readFile(`${home}/Maildir/cur/${names[0]}`)).toBe('Status: RO\nX-Status: AF\n\nold\n')
    expect(seat.listFiles(home)).toEqual(['Maildir'])
    expect(seat.writeFile(`${home}/Maildir/cur/x`, '', false)).toBe('Permission denied')
    expect(seat.listFiles(`${home}/Maildir/new`)).toHaveLength(1)
    expect(seat.listFiles(`${home}/Maildir/none`)).toBeNull()
  })
})

describe('an mbox is written', () => {
  test('with the flags of now, in the lines that the message has for them or in new ones', () => {
    const { store, inbox } = alice()
    store.deliver('alice', 'INBOX', 'Status: O\r\nSubject: a\r\n\r\nx\r\n', AT)
    store.deliver('alice', 'INBOX', 'Subject: b\r\n\r\nx\r\n', AT)
    inbox.recentUids(true)
    store.deliver('alice', 'INBOX', 'Subject: c\r\n\r\nx\r\n', AT)
    const line = 'From MAILER-DAEMON Tue Nov 26 09:05:03 2002\n'
    const third = `${line}Subject: c\n\nx\n\n`
    expect(mboxText(inbox, UTC)).toBe(
      `${line}Status: O\nSubject: a\n\nx\n\n${line}Subject: b\nStatus: O\n\nx\n\n${third}`,
    )
    inbox.setFlags([1, 2], 'add', ['\\Seen', '\\Draft', 'work'], null, null)
    const lines = 'Status: RO\nX-Status: T\nX-Keywords: work\n'
    expect(mboxText(inbox, UTC)).toBe(`${line}Subject: a\n${lines}\nx\n\n${line}Subject: b\n${lines}\nx\n\n${third}`)
    expect(readMbox(mboxText(inbox, UTC), UTC).map(({ flags, old }) => ({ flags, old }))).toEqual([
      { flags: ['\\Seen', '\\Draft', 'work'], old: true },
      { flags: ['\\Seen', '\\Draft', 'work'], old: true },
      { flags: [], old: false },
    ])
  })

  test('and what has no header gets no lines', () => {
    expect(withStatus('just text\r\n', { flags: ['\\Seen'], old: true })).toBe('just text\r\n')
    expect(withStatus('A: b', { flags: ['\\Seen'], old: true })).toBe('A: b')
    expect(statusOf('just text\r\nStatus: R\r\n')).toEqual({ flags: [], old: false })
  })

  test('back as it was', () => {
    const file =
      'From a Tue Nov 26 09:05:03 2002\nA: b\n\n>From x\n\n\nFrom b Tue Nov 26 09:05:03 MET 2002\n\nFrom - Tue Nov 26 09:05:03 2002\n\n\n\n'
    expect(writeMbox(readMbox(file, UTC))).toBe(file)
  })
})

describe('a Maildir', () => {
  test('has new, cur with flags, and directories for other mailboxes; and is read back', () => {
    const { store, account, inbox } = alice()
    store.deliver('alice', 'INBOX', 'Subject: old\r\n\r\nx\r\n', AT)
    inbox.recentUids(true)
    inbox.setFlags([1], 'replace', ['\\Seen', '\\Answered', '$Forwarded', 'Work', 'home'], null, null)
    store.deliver('alice', 'INBOX', 'Subject: new\r\n\r\nx\r\n', AT)
    store.deliver('alice', 'Listes/v1.0/\u00e9t\u00e9', 'Subject: deep\r\n\r\nx\r\n', AT, ['\\Deleted'])
    const maildir = new Maildir(account, 'mx1')
    const files = [...maildir.files()]
    const [deep] = files.filter(({ path }) => path.startsWith('.Listes') && path.includes('/cur/'))
    expect(deep!.path).toMatch(/^\.Listes\.v1&AC4-0\.&AOk-t&AOk-\/cur\/1038301503\.M20000P\d+Q1\.mx1:2,T$/)
    expect(files.map(({ path }) => path).sort()).toEqual(
      [
        '.Archive/maildirfolder',
        '.Drafts/maildirfolder',
        '.Junk/maildirfolder',
        deep!.path,
        '.Listes.v1&AC4-0.&AOk-t&AOk-/maildirfolder',
        '.Sent/maildirfolder',
        '.Trash/maildirfolder',
        'cur/1038301503.M20000P1Q1.mx1:2,PRSab',
        'dovecot-keywords',
        'new/1038301503.M20000P1Q2.mx1',
      ].sort(),
    )
    const { mailboxes, messages } = readMaildir(files)
    expect(new Set(mailboxes)).toEqual(new Set([...account.mailboxes.values()].map(({ name }) => name)))
    expect(messages).toEqual(
      expect.arrayContaining([
        {
          mailbox: 'INBOX',
          octets: 'Subject: old\r\n\r\nx\r\n',
          flags: ['$Forwarded', '\\Answered', '\\Seen', 'Work', 'home'],
          internalDate: AT,
          recent: false,
        },
        { mailbox: 'INBOX', octets: 'Subject: new\r\n\r\nx\r\n', flags: [], internalDate: AT, recent: true },
        {
          mailbox: 'Listes/v1.0/\u00e9t\u00e9',
          octets: 'Subject: deep\r\n\r\nx\r\n',
          flags: ['\\Deleted'],
          internalDate: AT,
          recent: false,
        },
      ]),
    )
    expect(messages).toHaveLength(3)
  })

  test('of another program is read, and what is no message is passed over', () => {
    const files = [
      { path: 'cur/1038331903.M20046P2137Q1.host:2,S', octets: 'A: b\n\nx\n' },
      { path: 'new/1038331904.2137_0.host', octets: 'A: b\r\n\r\nx\r\n' },
      { path: 'tmp/1038331905.M1.host', octets: 'half' },
      { path: 'dovecot.index', octets: '' },
      { path: 'cur/.nfs', octets: '' },
      { path: '.a.b/cur/odd:2,DFPRSTa', octets: 'A: b\n\nx\n' },
      { path: '.&bad/cur/1.x:2,', octets: '' },
    ]
    const octets = 'A: b\r\n\r\nx\r\n'
    const all = ['\\Draft', '\\Flagged', '$Forwarded', '\\Answered', '\\Seen', '\\Deleted']
    expect(readMaildir(files).messages).toEqual([
      { mailbox: 'INBOX', octets, flags: ['\\Seen'], internalDate: 1_038_331_903_020, recent: false },
      { mailbox: 'INBOX', octets, flags: [], internalDate: 1_038_331_904_000, recent: true },
      { mailbox: 'a/b', octets, flags: all, internalDate: null, recent: false },
    ])
  })

  test('has no file of a name that it does not tell', () => {
    const { store, account } = alice()
    store.deliver('alice', 'INBOX', 'A: b\r\n\r\n', AT)
    const maildir = new Maildir(account, 'mx1')
    const [name] = maildir.list('new')!
    expect(maildir.read(`new/${name}`)).toBe('A: b\n\n')
    for (const path of ['', 'new', `cur/${name}`, `new/${name}:2,S`, `new/${name}/x`, '.None/new/x', 'maildirfolder'])
      expect(maildir.read(path)).toBeNull()
    for (const path of ['.None', '.Sent/none', 'new/x', '..']) expect(maildir.list(path)).toBeNull()
    expect(maildir.list('.Sent')).toEqual(['cur', 'new', 'tmp', 'maildirfolder'])
    expect(maildir.list('tmp')).toEqual([])
  })
})
