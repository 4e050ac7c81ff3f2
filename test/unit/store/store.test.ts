import { describe, expect, test } from 'vitest'
import { mboxText } from '../../../src/core/store/mbox.ts'
import { Space } from '../../../src/core/store/space.ts'
import { Store, type StoreChange } from '../../../src/core/store/store.ts'

function storeWith(options: { limit?: number; quota?: number | null } = {}) {
  const store = new Store({ limit: options.limit ?? 1000, uidValidity: 7 })
  const addresses = ['Alice@rennes.example', 'a.martin@rennes.example']
  const account = store.add({ user: 'alice', password: 'x', name: 'Alice', addresses, quota: options.quota ?? null })
  store.add({ user: 'bob', password: 'y', name: 'Bob', addresses: ['bob@rennes.example'], quota: null })
  return { store, account, inbox: account.mailboxes.get('INBOX')! }
}

describe('the store', () => {
  test('shares its space with others', () => {
    const space = new Space(1000)
    const stores = [1, 2].map(() => new Store({ limit: 1000, uidValidity: 1, space }))
    for (const store of stores) store.add({ user: 'a', password: '', name: '', addresses: [], quota: null })
    const [one, other] = stores as [Store, Store]
    expect(one.deliver('a', 'INBOX', 'x'.repeat(500), 0)).toEqual({ uid: 1 })
    expect(other.deliver('a', 'INBOX', 'x'.repeat(500), 0)).toBe('no-space')
    expect(other.usage()).toBe(0)
  })

  test('gives growing UIDs and remembers when', () => {
    const { store, inbox } = storeWith()
    expect(store.deliver('alice', 'INBOX', 'one', 5)).toEqual({ uid: 1 })
    expect(store.deliver('ALICE', 'inbox', 'two', 6)).toEqual({ uid: 2 })
    expect(inbox).toMatchObject({ name: 'INBOX', uidValidity: 7, uidNext: 3 })
    expect(inbox.messages).toMatchObject([
      { uid: 1, internalDate: 5, flags: [], content: { octets: 'one' } },
      { uid: 2, internalDate: 6, flags: [], content: { octets: 'two' } },
    ])
    expect(store.usage('alice')).toBe(6)
  })

  test('finds accounts by name and by address, in any case', () => {
    const { store, account } = storeWith()
    expect(store.account('Alice')).toBe(account)
    expect(store.accountAt('A.Martin@RENNES.example')).toBe(account)
    expect(store.accountAt('alice')).toBeNull()
  })

  test('keeps the quota to the octet', () => {
    const { store, account, inbox } = storeWith({ quota: 10 })
    expect(store.deliver('alice', 'INBOX', '12345678', 0)).toEqual({ uid: 1 })
    expect(store.deliver('alice', 'INBOX', '123', 0)).toBe('over-quota')
    expect(store.deliver('alice', 'INBOX', '12', 0)).toEqual({ uid: 2 })
    expect(store.room(account, 1)).toBe('over-quota')
    expect(store.room(account, 11)).toBe('never')
    expect(inbox.messages).toHaveLength(2)
  })

  test('keeps its own limit over all accounts', () => {
    const { store } = storeWith({ limit: 10 })
    expect(store.deliver('alice', 'INBOX', '123456', 0)).toEqual({ uid: 1 })
    expect(store.deliver('bob', 'INBOX', '12345', 0)).toBe('no-space')
    expect(store.deliver('bob', 'INBOX', '1234', 0)).toEqual({ uid: 1 })
    expect(store.usage()).toBe(10)
    expect(store.deliver('nobody', 'INBOX', '', 0)).toBe('no-such-account')
  })

  test('tells who listens, until he has heard enough', () => {
    const { store } = storeWith({ quota: 3 })
    const heard: StoreChange[] = []
    const stop = store.listen((change) => heard.push(change))
    store.deliver('alice', 'Junk', 'a', 0)
    store.deliver('alice', 'INBOX', 'too long', 0)
    stop()
    store.deliver('alice', 'INBOX', 'b', 0)
    expect(heard).toEqual([{ user: 'alice', mailbox: 'Junk', what: 'arrived', uids: [1] }])
  })
})

describe('mbox', () => {
  test('shows messages one below the other, and quotes From_', () => {
    const { store, inbox } = storeWith()
    const at = Date.UTC(1986, 10, 24, 18, 22, 48)
    store.deliver('alice', 'INBOX', 'Return-Path: <bob@rennes.example>\r\n\r\nFrom here\r\n>From there\r\n', at)
    store.deliver('alice', 'INBOX', 'Return-Path: <>\r\n\r\nno end', at)
    expect(mboxText(inbox, { minutes: 60, name: null })).toBe(
      'From bob@rennes.example Mon Nov 24 19:22:48 1986\n' +
        'Return-Path: <bob@rennes.example>\n\n>From here\n>>From there\n\n' +
        'From MAILER-DAEMON Mon Nov 24 19:22:48 1986\nReturn-Path: <>\n\nno end\n\n',
    )
  })
})
