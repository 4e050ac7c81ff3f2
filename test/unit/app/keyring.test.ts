import { expect, test } from 'vitest'
import { keyringOf, sameKeys } from '../../../src/app/message/keyring.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { Sim } from '../../../src/core/world/sim.ts'

const WORLD = `
name: w
title: { en: a, fr: b }
epoch: '2026-09-07T08:00:00Z'
hosts:
  mail.x.example:
    address: 192.0.2.1
    services: { smtp: {} }
    mail: { domains: [x.example] }
    files:
      /etc/ssl/certs/campus.pem: authority
      /etc/ssl/certs/notes.txt: no authority
  pc.x.example:
    address: 192.0.2.2
    files:
      /etc/ssl/certs/campus.pem: authority
  other.x.example:
    address: 192.0.2.3
accounts:
  - { address: ann@x.example, host: mail.x.example, password: x }
people:
  - { name: Ann, host: pc.x.example, account: ann@x.example }
`

function sim(): Sim {
  const read = parseWorld(WORLD, 'w.yaml')
  if (!('world' in read)) throw new Error(read.errors.map(({ message }) => message).join('\n'))
  return new Sim(read.world)
}

const pathIn = (user: string) => `/home/${user}/.smime/ann@x.example.pem`

test('authorities are those of all machines, once each; identities those of the owner, at the machines of the owner', () => {
  const running = sim()
  running.world.layFile('pc.x.example', 'ann', pathIn('ann'), 'own')
  running.world.layFile('pc.x.example', 'bob', pathIn('bob'), 'of another user')
  running.world.layFile('other.x.example', 'ann', pathIn('ann'), 'of another Ann')
  const keys = keyringOf(running, { host: 'mail.x.example', user: 'ann' })
  expect(keys.authorities).toEqual(['authority'])
  expect(keys.identities).toEqual([{ certificate: 'own', key: 'own' }])
  expect(keys.at).toBe(Date.parse('2026-09-07T08:00:00Z'))
  expect(keyringOf(running, null).identities).toEqual([])
  expect(keyringOf(running, { host: 'mail.x.example', user: 'nobody' }).identities).toEqual([])
})

test('keyrings are the same while nothing in them changes', () => {
  const running = sim()
  const reader = { host: 'mail.x.example', user: 'ann' }
  const before = keyringOf(running, reader)
  expect(sameKeys(before, keyringOf(running, reader))).toBe(true)
  expect(sameKeys(before, null)).toBe(false)
  expect(sameKeys(null, null)).toBe(true)
  running.world.layFile('pc.x.example', 'ann', pathIn('ann'), 'own')
  expect(sameKeys(before, keyringOf(running, reader))).toBe(false)
  expect(sameKeys(before, { ...before, at: before.at + 86_400_000 })).toBe(false)
})
