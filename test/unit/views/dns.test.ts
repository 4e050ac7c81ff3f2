import { expect, test } from 'vitest'
import { worldZones } from '../../../src/core/world/naming.ts'
import { lookups, memories, zoneTables } from '../../../src/core/views/dns.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'
import { Traced } from './trace.ts'

const ask = (name: string, server: string | null) => ({ kind: 'lookup', name, type: 'MX', server }) as const
const heard = (name: string, answers: string[], cached = false) =>
  ({ kind: 'looked-up', name, type: 'MX', result: answers.length > 0 ? 'found' : 'nxdomain', answers, cached }) as const

test('a question and its answer are one row, whoever asks meanwhile', () => {
  const traced = new Traced()
    .note('pc', ask('lyon.example', '192.0.2.53'))
    .note('dns', ask('lyon.example', '198.51.100.53'))
    .note('dns', heard('lyon.example', ['lyon.example. 60 IN MX 10 mx.\x1b']))
    .note('pc', heard('lyon.example', ['lyon.example. 60 IN MX 10 mx.']), ask('nowhere.example', null))
    .note('dns', heard('never asked', []))
  expect(traced.fold(lookups).rows).toMatchObject([
    { number: 1, seq: 0, last: 3, host: 'pc', server: '192.0.2.53', result: 'found', cached: false },
    { number: 2, host: 'dns', answers: ['lyon.example. 60 IN MX 10 mx.␛'] },
    { number: 3, name: 'nowhere.example', result: null, cached: true },
  ])
})

test('look-ups are bounded, and numbers go on', () => {
  const view = lookups.empty()
  for (let seq = 0; seq < 12_000; seq++)
    lookups.add(view, { seq, at: seq, host: 'pc', cause: null, span: null, ...ask('x.example', null) })
  expect(view.rows.length).toBeLessThan(10_000)
  expect(view.rows.at(-1)!.number).toBe(12_000)
})

test('zones are tables, and what name servers remember has its time', () => {
  const sim = new Sim(readWorld('src/worlds/campus.yaml'))
  const lyon = zoneTables(sim.world.naming.zones, 0).find(({ origin }) => origin === 'lyon.example')!
  expect(lyon.records).toContainEqual({ name: 'lyon.example', type: 'MX', data: '10 mx.lyon.example.', ttl: 3600 })
  expect(lyon.records.map(({ type }) => type)).toContain('SOA')

  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  for (const name of ['lyon.example', 'nosuch.lyon.example']) {
    sim.type('t1', `dig MX ${name}\n`)
    sim.drain()
  }
  const known = () => memories(sim.world.naming.caches, sim.now, 50).find(({ host }) => host === 'dns.rennes.example')!
  expect(known().rows).toMatchObject([
    { name: 'nosuch.lyon.example', type: null, result: 'nxdomain', data: '', ttl: 300 },
    { name: 'lyon.example', type: 'MX', result: 'found', data: '10 mx.lyon.example.', ttl: 3600 },
  ])
  sim.act({ act: 'wait', for: 301_000 })
  expect(known().rows).toMatchObject([{ name: 'lyon.example', ttl: 3299 }])
  expect(memories(sim.world.naming.caches, sim.now, 0).find(({ host }) => host === 'dns.rennes.example')).toMatchObject(
    {
      more: 1,
    },
  )
  // Looking has not made it forget.
  expect(sim.world.naming.caches.get('dns.rennes.example')!.entries.size).toBe(2)
  for (const fault of ['down dns.rennes.example', 'up dns.rennes.example']) sim.fault(fault)
  expect(known().rows).toEqual([])
})

test('a zone says that its server is out of order for it', () => {
  const file = structuredClone(readWorld('src/worlds/campus.yaml'))
  file.zones['lyon.example']!.faults = [{ answer: 'silence', from: 10, until: 20 }]
  const fault = (now: number) =>
    zoneTables(worldZones(file), now).find(({ origin }) => origin === 'lyon.example')!.fault
  expect([fault(5), fault(15), fault(25)]).toEqual([null, 'silence', null])
})
