import { expect, test } from 'vitest'
import { belongsTo } from '../../../src/core/mta/access.ts'
import { Directory } from '../../../src/core/mta/directory.ts'
import { Policy } from '../../../src/core/mta/policy.ts'
import { Store } from '../../../src/core/store/store.ts'
import { config, MINUTE, path } from './bench.ts'

test('ten thousand invented senders do not make a known one wait again', () => {
  const policy = new Policy({ greylist: MINUTE, rate: null, bombing: null })
  const known = (now: number) => policy.greylisted('203.0.113.1', 'ann@far.example', 'bob@foo.com', now)
  expect(known(0)).toBe(MINUTE)
  for (let k = 0; k < 12_000; k++) {
    if (k % 5000 === 0) expect(known(MINUTE + k)).toBe(0)
    policy.greylisted('203.0.113.66', `x${k}@spam.example`, 'bob@foo.com', MINUTE + k)
  }
  expect(known(3 * MINUTE)).toBe(0)
})

test('whose an address is, is known though aliases lead in circles', () => {
  const names = Array.from({ length: 12 }, (_, k) => `a${k}@foo.com`)
  const store = new Store({ limit: 1e6, uidValidity: 1 })
  const add = (user: string) =>
    store.add({ user, password: 'x', name: user, addresses: [`${user}@foo.com`], quota: null })
  const [ann, bob] = [add('ann'), add('bob')]
  const aliases = Object.fromEntries(names.map((name) => [name, [...names, 'ann@foo.com']]))
  const directory = new Directory(config({ domains: ['foo.com'], aliases }), 'mx.foo.com', '192.0.2.1', store)
  expect(belongsTo([directory], ann, path('a3@foo.com'))).toBe(true)
  expect(belongsTo([directory], bob, path('a3@foo.com'))).toBe(false)
})
