import { describe, expect, test } from 'vitest'
import { refused, type ImapAccount, type ImapMailbox, type ImapProfile } from '../../../src/core/imap/backend.ts'
import { LOG_LIMITS } from '../../../src/core/store/changes.ts'
import { imapBackend } from '../../../src/core/store/imap.ts'
import { Space } from '../../../src/core/store/space.ts'
import { Store } from '../../../src/core/store/store.ts'

const profile: ImapProfile = {
  host: 'mx1',
  greeting: { is: 'ok' },
  capabilities: [],
  mechanisms: [],
  startTls: false,
  passwordNeedsTls: false,
  texts: {},
  limits: { append: 1000, line: 1000, errors: 10, idle: 1000 },
  answers: {},
}

interface Options {
  quota?: number
  limit?: number
  space?: Space
}

function house({ quota, limit = 1_000_000, space = new Space() }: Options = {}) {
  const store = new Store({ limit, uidValidity: 100, space })
  for (const user of ['alice', 'bob', 'carol'])
    store.add({ user, password: user, name: user, addresses: [`${user}@x.example`], quota: quota ?? null })
  const connect = () =>
    imapBackend(profile, {
      stores: () => [store],
      now: () => 1000,
      zone: { minutes: 0, name: null },
      nonce: () => '<1@mx1>',
    })
  return { store, connect, session: (user: string) => connect().account(user) }
}

function opened(account: ImapAccount, name = 'INBOX'): ImapMailbox {
  const mailbox = account.open(name)
  if (refused(mailbox)) throw new Error(mailbox.no)
  return mailbox
}

const names = (account: ImapAccount) => account.mailboxes().map(({ name }) => name)
const deliver = (store: Store, count: number, user = 'alice') => {
  for (let n = 0; n < count; n++) store.deliver(user, 'INBOX', `message ${n}\r\n`, n)
}

describe('names', () => {
  test('INBOX is one in any case, also above its children, and comes first', () => {
    const alice = house().session('alice')
    expect(alice.create('inbox/Lists', [])).toBe('done')
    expect(alice.create('InBoX', [])).toEqual({ no: 'exists' })
    expect(alice.delete('inbox')).toEqual({ no: 'cannot' })
    expect(opened(alice, 'iNBOX').name).toBe('INBOX')
    expect(names(alice)).toEqual(['INBOX', 'INBOX/Lists', 'Archive', 'Drafts', 'Junk', 'Sent', 'Trash'])
    expect(alice.create('inboxes', [])).toBe('done')
    expect(alice.info('inboxes')).toMatchObject({ name: 'inboxes' })
  })

  test('parents come along as mere parents, children right behind them', () => {
    const alice = house().session('alice')
    for (const name of ['a/b/c', 'a-b', 'a/b-c']) expect(alice.create(name, [])).toBe('done')
    expect(alice.mailboxes().filter(({ name }) => name.startsWith('a'))).toMatchObject([
      { name: 'a', selectable: false, hasChildren: true, subscribed: false },
      { name: 'a/b', selectable: false, hasChildren: true },
      { name: 'a/b/c', selectable: true, hasChildren: false },
      { name: 'a/b-c', selectable: true, hasChildren: false },
      { name: 'a-b', selectable: true, hasChildren: false },
    ])
    expect(alice.open('a/b')).toEqual({ no: 'noSelect' })
    expect(alice.create('a/b/', [])).toBe('done')
    expect(alice.create('a/b', [])).toEqual({ no: 'exists' })
    expect(alice.info('a/b')).toMatchObject({ selectable: true, hasChildren: true })
  })

  test.each([
    'a//b',
    '/a',
    'a%',
    'a*b',
    'a\tb',
    '',
    '/',
    'x'.repeat(1001),
    'a/'.repeat(40) + 'b',
    '\ud800',
    'Shared',
    'Other Users',
  ])('that cannot be: %j', (name) => {
    expect(house().session('alice').create(name, [])).toEqual({ no: 'cannot' })
  })

  test('uses are what RFC 6154 names, and what is there from the start has one', () => {
    const alice = house().session('alice')
    expect(alice.create('Gesendet', ['\\sent'])).toBe('done')
    expect(alice.info('Gesendet')).toMatchObject({ specialUse: ['\\Sent'] })
    expect(alice.create('All', ['\\All'])).toEqual({ no: 'cannot' })
    expect(alice.info('Trash')).toMatchObject({ specialUse: ['\\Trash'], subscribed: true })
  })

  test('deleting leaves a parent of others, and goes deeper first then (RFC 3501 6.3.4)', () => {
    const alice = house().session('alice')
    alice.create('foo', [])
    alice.create('foo/bar', [])
    expect(alice.delete('foo')).toBe('done')
    expect(alice.info('foo')).toMatchObject({ selectable: false, hasChildren: true })
    expect(alice.delete('foo')).toEqual({ no: 'hasChildren' })
    expect(alice.delete('foo/bar')).toBe('done')
    expect(alice.delete('foo')).toBe('done')
    expect(alice.delete('foo')).toEqual({ no: 'nonexistent' })
  })

  test('a mailbox that is made again has a greater UIDVALIDITY, and so has one that comes to its name', () => {
    const alice = house().session('alice')
    const validity = (name: string) => {
      const status = alice.status(name)
      return refused(status) ? NaN : status.uidValidity
    }
    alice.create('a', [])
    const first = validity('a')
    alice.delete('a')
    alice.create('a', [])
    const second = validity('a')
    expect(second).toBeGreaterThan(first)
    alice.delete('a')
    expect(alice.rename('Sent', 'a')).toBe('done')
    expect(validity('a')).toBeGreaterThan(second)
    expect(validity('INBOX')).toBe(100)
  })

  test('renaming takes children along, and whoever has it open notices nothing', () => {
    const { store, session } = house()
    const alice = session('alice')
    alice.create('a/b', [])
    store.deliver('alice', 'a/b', 'x', 0)
    const open = opened(alice, 'a/b')
    const { uidValidity } = open
    expect(alice.rename('a', 'c/d')).toBe('done')
    expect(names(alice)).toEqual(expect.arrayContaining(['c', 'c/d', 'c/d/b']))
    expect(open).toMatchObject({ name: 'c/d/b', gone: false, uidValidity })
    expect(open.uids()).toEqual([1])
    expect(alice.rename('c', 'c/x')).toEqual({ no: 'cannot' })
    expect(alice.rename('c', 'Sent')).toEqual({ no: 'exists' })
    expect(alice.rename('none', 'x')).toEqual({ no: 'nonexistent' })
    expect(alice.rename('c', 'Shared/c')).toEqual({ no: 'cannot' })
  })

  test('renaming INBOX moves its messages and leaves its children (RFC 3501 6.3.5)', () => {
    const { store, session } = house()
    const alice = session('alice')
    alice.create('INBOX/x', [])
    deliver(store, 2)
    const open = opened(alice)
    expect(alice.rename('INBOX', 'old')).toBe('done')
    expect(open.uids()).toEqual([])
    expect(opened(alice, 'old').uids()).toEqual([1, 2])
    expect(alice.info('INBOX/x')).toMatchObject({ selectable: true })
    expect(store.usage('alice')).toBe(22)
  })

  test('subscriptions outlast the mailbox', () => {
    const alice = house().session('alice')
    expect(alice.subscribe('none')).toEqual({ no: 'nonexistent' })
    alice.create('inbox/a', [])
    expect(alice.subscribe('Inbox/a')).toBe('done')
    alice.delete('INBOX/a')
    expect(alice.subscriptions()).toContain('INBOX/a')
    expect(alice.unsubscribe('inbox/a')).toBe('done')
    expect(alice.unsubscribe('inbox/a')).toEqual({ no: 'nonexistent' })
  })

  test('what lies elsewhere is referred to, and so is what lies below it', () => {
    const { store, session, connect } = house()
    store.refer('Dora', 'secret', 'imap://dora@mx2/')
    store.referMailbox('alice', 'far', 'imap://mx2/far')
    expect(connect().referral('dora')).toBe('imap://dora@mx2/')
    expect(connect().referral('alice')).toBeNull()
    const alice = session('alice')
    const away = { no: 'referral', url: 'imap://mx2/far' }
    expect(alice.info('far')).toMatchObject({ remote: true, selectable: false })
    for (const verdict of [
      alice.open('far'),
      alice.status('far'),
      alice.mayAppend('far', 1),
      alice.copy(opened(alice).key, [], 'far'),
      alice.delete('far'),
      alice.create('far', []),
      alice.create('far/x', []),
      alice.open('far/x'),
      alice.rename('far', 'x'),
      alice.acl('far'),
    ])
      expect(verdict).toEqual(away)
  })
})

describe('rights', () => {
  test('others see what they may, under the root of other users', () => {
    const { session } = house()
    const [alice, bob] = [session('alice'), session('bob')]
    alice.create('team/plans', [])
    expect(bob.open('Other Users/alice/team/plans')).toEqual({ no: 'nonexistent' })
    expect(alice.setAcl('team/plans', 'BOB', 'lr')).toBe('done')
    expect(alice.acl('team/plans')).toEqual([
      { identifier: 'alice', rights: 'lrswipkxtea' },
      { identifier: 'bob', rights: 'lr' },
    ])
    expect(bob.mailboxes().filter(({ name }) => name.startsWith('Other'))).toMatchObject([
      { name: 'Other Users', selectable: false, hasChildren: true },
      { name: 'Other Users/alice', selectable: false },
      { name: 'Other Users/alice/team', selectable: false },
      { name: 'Other Users/alice/team/plans', selectable: true, hasChildren: false },
    ])
    expect(names(session('carol'))).not.toContain('Other Users')
    const open = opened(bob, 'Other Users/alice/team/plans')
    expect(open).toMatchObject({ name: 'Other Users/alice/team/plans', rights: 'lr' })
    expect(bob.myRights('Other Users/alice/team/plans')).toBe('lr')
    expect(bob.mayAppend('Other Users/alice/team/plans', 1)).toEqual({ no: 'noPermission' })
    expect(bob.acl('Other Users/alice/team/plans')).toEqual({ no: 'noPermission' })
    expect(bob.delete('Other Users/alice/team/plans')).toEqual({ no: 'noPermission' })
    // Without `l` nobody is told that there is something (RFC 4314 6).
    alice.setAcl('team/plans', 'bob', 'i')
    expect(bob.open('Other Users/alice/team/plans')).toEqual({ no: 'nonexistent' })
    expect(bob.mayAppend('Other Users/alice/team/plans', 1)).toBe('done')
    expect(open.rights).toBe('i')
  })

  test('add up, and are taken away by -user and -anyone', () => {
    const { session } = house()
    const [alice, bob] = [session('alice'), session('bob')]
    const mine = () => bob.myRights('Other Users/alice/Sent')
    alice.setAcl('Sent', 'anyone', 'lrs')
    alice.setAcl('Sent', 'bob', 'w')
    expect(mine()).toBe('lrsw')
    alice.setAcl('Sent', '-bob', 's')
    expect(mine()).toBe('lrw')
    alice.setAcl('Sent', 'bob', '+c')
    expect(mine()).toBe('lrwkx')
    alice.setAcl('Sent', 'bob', '-wk')
    expect(mine()).toBe('lrx')
    alice.deleteAcl('Sent', 'bob')
    expect(mine()).toBe('lr')
    expect(alice.setAcl('Sent', 'bob', 'q')).toEqual({ no: 'cannot' })
    expect(alice.listRights('Sent', 'alice')).toMatchObject({ always: 'la' })
    expect(alice.listRights('Sent', 'bob')).toMatchObject({ always: '', optional: [...'lrswipkxtea'] })
  })

  test('the owner keeps l and a whatever is done', () => {
    const alice = house().session('alice')
    expect(alice.setAcl('Sent', 'alice', '')).toBe('done')
    expect(alice.myRights('Sent')).toBe('la')
    expect(alice.open('Sent')).toEqual({ no: 'noPermission' })
    expect(alice.setAcl('Sent', 'alice', 'lrswipkxtea')).toBe('done')
    expect(opened(alice, 'Sent').rights).toBe('lrswipkxtea')
  })

  test('children begin with the list of their parent', () => {
    const { session } = house()
    const [alice, bob] = [session('alice'), session('bob')]
    alice.create('team', [])
    alice.setAcl('team', 'bob', 'lrk')
    expect(bob.create('Other Users/alice/team/sub', [])).toBe('done')
    expect(bob.myRights('Other Users/alice/team/sub')).toBe('lrk')
    expect(bob.create('Other Users/alice/top', [])).toEqual({ no: 'noPermission' })
    expect(bob.create('Other Users/nobody/top', [])).toEqual({ no: 'cannot' })
    expect(alice.open('Other Users/alice/Sent')).toEqual({ no: 'nonexistent' })
  })

  test('what is shared belongs to nobody, and counts against nobody', () => {
    const { store, session } = house({ quota: 10 })
    store.put(store.share('lists/imap', { anyone: 'lr', bob: 'lri' }), 'x'.repeat(100), 0)
    const [alice, bob] = [session('alice'), session('bob')]
    expect(names(alice)).toEqual(expect.arrayContaining(['Shared', 'Shared/lists', 'Shared/lists/imap']))
    expect(opened(alice, 'Shared/lists/imap').uids()).toEqual([1])
    expect(alice.quotaRoots('Shared/lists/imap')).toEqual([])
    expect(alice.mayAppend('Shared/lists/imap', 1)).toEqual({ no: 'noPermission' })
    expect(bob.mayAppend('Shared/lists/imap', 1000)).toBe('done')
    expect(bob.create('Shared/lists/x', [])).toEqual({ no: 'noPermission' })
  })

  test('a copy keeps the flags that one might set there', () => {
    const { store, session } = house()
    const [alice, bob] = [session('alice'), session('bob')]
    alice.setAcl('Archive', 'bob', 'lrwi')
    store.deliver('bob', 'INBOX', 'x', 0, ['\\Seen', '\\Flagged', '\\Deleted'])
    bob.copy(opened(bob).key, [1], 'Other Users/alice/Archive')
    expect(opened(alice, 'Archive').message(1)).toMatchObject({ flags: ['\\Flagged'] })
  })
})

describe('quota', () => {
  test('counts copies, and is told in units of 1024 octets', () => {
    const { store, session } = house({ quota: 3000 })
    const alice = session('alice')
    store.deliver('alice', 'INBOX', 'x'.repeat(1200), 0)
    const { key } = opened(alice)
    expect(alice.copy(key, [1], 'Sent')).toMatchObject({ from: [1], to: [1] })
    expect(alice.copy(key, [1], 'Sent')).toEqual({ no: 'overQuota' })
    expect(alice.move(key, [1], 'Sent')).toMatchObject({ from: [1], to: [2] })
    expect(alice.quota('')).toEqual([{ name: 'STORAGE', used: 3, limit: 3 }])
    expect(alice.quotaRoots('Sent')).toEqual([''])
    expect(alice.append('Sent', [{ octets: 'x'.repeat(601), flags: [], internalDate: null }])).toEqual({
      no: 'overQuota',
    })
    expect(alice.setQuota('', [{ name: 'message', limit: 2 }])).toBe('done')
    expect(alice.mayAppend('Sent', 1)).toEqual({ no: 'overQuota' })
    expect(alice.quota('')).toEqual([{ name: 'MESSAGE', used: 2, limit: 2 }])
    expect(alice.setQuota('', [{ name: 'MAILBOX', limit: 2 }])).toEqual({ no: 'cannot' })
    expect(alice.quota('bob')).toEqual({ no: 'nonexistent' })
    session('bob').setAcl('Sent', 'alice', 'lr')
    expect(alice.quotaRoots('Other Users/bob/Sent')).toEqual(['bob'])
    expect(alice.quota('bob')).toEqual([{ name: 'STORAGE', used: 0, limit: 3 }])
    expect(alice.setQuota('bob', [])).toEqual({ no: 'noPermission' })
  })

  test('in memory a copy costs nothing but itself, until the last of them is gone', () => {
    const { store, session } = house({ limit: 100 })
    const alice = session('alice')
    store.deliver('alice', 'INBOX', 'x'.repeat(60), 0)
    const inbox = opened(alice)
    expect(alice.copy(inbox.key, [1], 'Sent')).toMatchObject({ to: [1] })
    expect(store.usage()).toBe(60)
    inbox.expunge([1])
    alice.release(inbox.key)
    expect(store.usage()).toBe(60)
    expect(alice.mayAppend('INBOX', 41)).toEqual({ no: 'noSpace' })
    const sent = opened(alice, 'Sent')
    sent.expunge([1])
    expect(store.usage()).toBe(60)
    sent.forget(sent.highestModseq)
    expect(sent.message(1)).toBeNull()
    expect(store.usage()).toBe(0)
    expect(alice.mayAppend('INBOX', 100)).toBe('done')
  })
})

describe('several sessions', () => {
  test('what is expunged can be fetched by those who had it open, and by nobody else', () => {
    const space = new Space()
    const { store, connect } = house({ space })
    const [one, two] = [connect(), connect()]
    deliver(store, 3)
    const first = opened(one.account('alice'))
    const second = opened(two.account('alice'))
    expect(first.expunge([2, 9])).toEqual([2])
    const late = opened(connect().account('alice'))
    expect(second.has(2)).toBe(false)
    expect(second.message(2)?.content.octets).toBe('message 1\r\n')
    expect(late.message(2)).toBeNull()
    expect(store.usage('alice')).toBe(22)
    expect(store.usage()).toBe(33)
    one.close()
    expect(second.message(2)).not.toBeNull()
    two.close()
    expect(store.usage()).toBe(22)
  })

  test('each hears of what others change, while it heeds', () => {
    const { store, connect } = house()
    const [one, two] = [connect(), connect()]
    const heard: string[] = []
    one.watch(() => heard.push('one'))
    const stop = two.watch(() => heard.push('two'))
    const [first, second] = [opened(one.account('alice')), opened(two.account('alice'))]
    deliver(store, 1)
    expect(heard).toEqual([])
    one.heed(true)
    two.heed(true)
    deliver(store, 1)
    expect(heard.splice(0)).toEqual(['one', 'two'])
    first.setFlags([1], 'add', ['\\Seen'], null)
    expect(heard.splice(0)).toEqual(['two'])
    first.setFlags([1], 'add', ['\\seen'], null)
    expect(heard).toEqual([])
    second.expunge([1])
    expect(heard.splice(0)).toEqual(['one'])
    stop()
    deliver(store, 1)
    one.heed(false)
    deliver(store, 1)
    expect(heard).toEqual(['one'])
  })

  test('\\Recent goes to one of them', () => {
    const { store, session } = house()
    deliver(store, 2)
    const [first, second] = [opened(session('alice')), opened(session('alice'))]
    expect(first.recent(false)).toEqual([1, 2])
    expect(second.recent(true)).toEqual([1, 2])
    expect(first.recent(true)).toEqual([])
    deliver(store, 2)
    second.expunge([3])
    expect(session('alice').status('INBOX')).toMatchObject({ recent: 1, messages: 3, unseen: 3 })
    expect(first.recent(true)).toEqual([4])
  })

  test('a mailbox that is deleted is gone for those who have it open', () => {
    const { store, session } = house()
    const [one, two] = [session('alice'), session('alice')]
    store.deliver('alice', 'Sent', 'x', 0)
    const open = opened(two, 'Sent')
    expect(one.delete('Sent')).toBe('done')
    expect(open).toMatchObject({ gone: true, rights: '' })
    expect(open.uids()).toEqual([])
    expect(open.message(1)?.content.octets).toBe('x')
    one.create('Sent', [])
    expect(opened(two, 'Sent').key).not.toBe(open.key)
    two.release(open.key)
    expect(store.usage()).toBe(0)
    expect(() => two.opened(open.key)).toThrow()
  })

  test('changes are known one by one, and not for ever', () => {
    const { store, session } = house()
    const alice = session('alice')
    const mailbox = opened(alice)
    const since = mailbox.highestModseq
    deliver(store, 2)
    mailbox.setFlags([1, 2], 'add', ['\\Seen'], null)
    mailbox.expunge([1])
    expect(mailbox.changesSince(since)?.map(({ uid, what }) => `${what} ${uid}`)).toEqual([
      'arrived 1',
      'arrived 2',
      'flags 1',
      'flags 2',
      'expunged 1',
    ])
    expect(mailbox.changesSince(mailbox.highestModseq)).toEqual([])
    alice.release(mailbox.key)
    const again = opened(alice)
    expect(again.changesSince(since)).toBeNull()
    expect(again.expungedSince(since)).toEqual({ uids: [1], all: true })
    expect(again.expungedSince(again.highestModseq)).toEqual({ uids: [], all: true })
    expect(again.expungedSince(0)).toEqual({ uids: [1], all: false })
  })

  test('a conditional STORE fails where somebody else was first (RFC 7162 3.1.3)', () => {
    const { store, session } = house()
    deliver(store, 3)
    const [mine, theirs] = [opened(session('alice')), opened(session('alice'))]
    const known = mine.highestModseq
    theirs.setFlags([2], 'add', ['\\Flagged'], null)
    expect(mine.setFlags([1, 2, 3, 9], 'add', ['\\Seen'], known)).toEqual({ changed: [1, 3], modified: [2] })
    expect(mine.message(2)?.flags).toEqual(['\\Flagged'])
    expect(mine.message(1)?.modseq).toBe(mine.highestModseq)
  })

  test('flags are spelled one way, and \\Recent is none of them', () => {
    const { store, session } = house()
    deliver(store, 1)
    const mailbox = opened(session('alice'))
    mailbox.setFlags([1], 'replace', ['\\sEEN', '\\deleted', '\\Recent', '\\Odd', '$Forwarded', '$FORWARDED'], null)
    expect(mailbox.message(1)?.flags).toEqual(['\\Deleted', '\\Seen', '$Forwarded'])
    mailbox.setFlags([1], 'remove', ['$forwarded', '\\SEEN'], null)
    expect(mailbox.message(1)?.flags).toEqual(['\\Deleted'])
    expect(mailbox.keywords()).toEqual(['$Forwarded'])
  })
})

test('100,000 messages: every command is one, and the log stays short', () => {
  const { session } = house({ limit: 100_000_000 })
  const alice = session('alice')
  const messages = Array.from({ length: 100_000 }, (_, n) => ({ octets: `${n}\r\n`, flags: [], internalDate: n }))
  alice.append('INBOX', messages)
  const inbox = opened(alice)
  const since = inbox.highestModseq
  const uids = [...inbox.uids()]
  for (const flag of ['\\Seen', '\\Flagged', '\\Deleted', 'a', 'b']) inbox.setFlags(uids, 'add', [flag], null)
  // Of each message only the last change is kept.
  expect(inbox.changesSince(since)!.length).toBeLessThanOrEqual(LOG_LIMITS.open)
  expect(alice.copy(inbox.key, uids, 'Archive')).toMatchObject({ to: uids })
  expect(inbox.expunge(uids.slice(0, 60_000))).toHaveLength(60_000)
  expect(alice.status('INBOX')).toMatchObject({ messages: 40_000, deleted: 40_000, unseen: 0 })
  expect(alice.status('Archive')).toMatchObject({ messages: 100_000, deleted: 100_000 })
  for (const uid of uids.slice(60_000, 61_000)) inbox.expunge([uid])
  expect(inbox.changesSince(since) ?? []).not.toHaveLength(0)
  alice.release(inbox.key)
  expect(opened(alice).expungedSince(since).uids).toHaveLength(61_000)
  expect(alice.status('INBOX')).toMatchObject({ messages: 39_000 })
})
