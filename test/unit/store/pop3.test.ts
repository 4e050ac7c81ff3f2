import { describe, expect, test } from 'vitest'
import type { Pop3Profile } from '../../../src/core/pop3/backend.ts'
import { pop3Backend } from '../../../src/core/store/pop3.ts'
import { Store } from '../../../src/core/store/store.ts'

const profile: Pop3Profile = {
  host: 'pop.x.example',
  dialect: 'lenient',
  capabilities: [],
  mechanisms: [],
  passwordNeedsTls: false,
  apop: true,
  tellsUsers: false,
  loginDelay: 0,
  expire: 'NEVER',
  perUser: false,
  texts: {},
  limits: { line: 255, errors: 10, idle: 600_000 },
  answers: {},
}

function house(loginDelay = 0) {
  const store = new Store({ limit: 100_000, uidValidity: 7 })
  for (const user of ['alice', 'bob'])
    store.add({ user, password: `${user}s`, name: user, addresses: [`${user}@x.example`], quota: null })
  const clock = { now: 1_000_000 }
  const connect = () =>
    pop3Backend(
      { ...profile, loginDelay },
      { stores: () => [store], now: () => clock.now, zone: { minutes: 0, name: null }, nonce: () => '<1@x>' },
    )
  return { store, connect, clock, inbox: store.account('alice')!.mailboxes.get('INBOX')! }
}

describe('a maildrop', () => {
  test('is for one POP3 session, until that is over', () => {
    const { connect } = house()
    const [one, two] = [connect(), connect()]
    expect(one.open('alice')).toMatchObject({ verdict: 'open', uidValidity: 7, messages: [] })
    expect(two.open('alice')).toEqual({ verdict: 'in-use' })
    expect(two.open('bob')).toMatchObject({ verdict: 'open' })
    two.close()
    expect(connect().open('alice')).toEqual({ verdict: 'in-use' })
    one.close()
    one.close()
    expect(two.open('alice@x.example')).toMatchObject({ verdict: 'open' })
    expect(two.open('nobody')).toEqual({ verdict: 'unavailable' })
  })

  test('tells sizes as they are sent, and what was read', () => {
    const { store, connect, inbox } = house()
    store.deliver('alice', 'INBOX', 'A: b\r\n\r\nx\r\n', 0)
    store.deliver('alice', 'INBOX', 'A: b\n\nx', 0)
    const pop = connect()
    const messages = [
      { uid: 1, size: 11, seen: false },
      { uid: 2, size: 11, seen: false },
    ]
    expect(pop.open('alice')).toMatchObject({ messages })
    expect(pop.content(2)?.octets).toBe('A: b\n\nx')
    pop.seen([2, 9])
    pop.close()
    expect(inbox.message(2)?.flags).toEqual(['\\Seen'])
    expect(connect().open('alice')).toMatchObject({ messages: [messages[0], { ...messages[1], seen: true }] })
  })

  test('loses what QUIT removes, and lacks what IMAP has expunged meanwhile', () => {
    const { store, connect, inbox } = house()
    for (const text of ['one', 'two', 'three']) store.deliver('alice', 'INBOX', text, 0)
    const pop = connect()
    pop.open('alice')
    inbox.expunge([2], null)
    expect(pop.content(2)).toBeNull()
    expect(pop.remove([1, 2])).toEqual({ kept: 0 })
    expect(inbox.uids()).toEqual([3])
    expect(store.usage('alice')).toBe(5)
  })

  test('makes a second login wait where the host wants that (RFC 2449 6.5)', () => {
    const { connect, clock } = house(60)
    const one = connect()
    expect(one.open('alice')).toMatchObject({ verdict: 'open' })
    one.close()
    clock.now += 15_500
    expect(one.open('alice')).toEqual({ verdict: 'login-delay', seconds: 45 })
    clock.now += 44_500
    expect(one.open('alice')).toMatchObject({ verdict: 'open' })
    one.close()
    // The clock was set back.
    clock.now -= 3_600_000
    expect(one.open('alice')).toMatchObject({ verdict: 'open' })
  })

  test('opens for who has the password', () => {
    const pop = house().connect()
    expect(pop.login('alice@x.example', 'alices')).toBe('alice')
    expect(pop.login('alice', 'bobs')).toBeNull()
    expect(pop.secret('BOB')).toEqual({ account: 'bob', password: 'bobs', transition: false })
    expect(pop.secret('nobody')).toBeNull()
  })
})
