import { describe, expect, test } from 'vitest'
import { masterText, readMaster } from '../../../src/core/dns/masterfile.ts'
import { recordText } from '../../../src/core/dns/zonefile.ts'
import {
  formOf,
  lineOfForm,
  newZoneText,
  outdated,
  wholeName,
  withLine,
  zoneDraft,
} from '../../../src/core/views/zone-draft.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const ORIGIN = 'ici.example'
const TEXT = [
  '$TTL 300 ; short',
  '@ SOA ns h (',
  '  1 7200 900',
  '  1209600 300 )',
  '@ NS ns ; ours',
  'ns A 192.0.2.1',
  '   A 192.0.2.2',
  '@ TXT "a \\"b\\"" "é"',
  '_imap._tcp 60 SRV 0 1 143 ns',
].join('\n')

describe('a record as a form', () => {
  const entries = readMaster(TEXT, ORIGIN)

  test('that nobody changes says the same', () => {
    for (const { record } of entries) {
      const { line, wrong } = lineOfForm(formOf(record!, ORIGIN, 300), ORIGIN)
      expect(wrong).toEqual([])
      const [again] = readMaster(`$TTL 300\n${line}`, ORIGIN)
      // Texts in pieces are one to whoever reads them.
      const whole = (text: string) => text.replace(/" "/g, '')
      expect(whole(recordText(again!.record!))).toBe(whole(recordText(record!)))
    }
  })

  test.each([
    [{ name: '', type: 'A', data: { address: '192.0.2.1' } }, ['name missing']],
    [{ name: 'a b', type: 'A', data: { address: '192.0.2.1' } }, ['name name']],
    [{ name: 'a', type: 'A', data: {} }, ['address missing']],
    [{ name: 'a', type: 'A', data: { address: '192.0.2' } }, ['address address']],
    [{ name: 'a', type: 'MX', data: { preference: '99999', exchange: 'b' } }, ['preference number']],
    [{ name: 'a', type: 'MX', data: { preference: '0', exchange: '.' } }, []],
    [{ name: 'a', type: 'NS', data: { server: 'b ; c' } }, ['server name']],
    [{ name: 'a', type: 'A', ttl: '1h', data: { address: '192.0.2.1' } }, ['ttl number']],
    [{ name: 'a', type: 'A', ttl: '99999999999', data: { address: '192.0.2.1' } }, ['ttl number']],
    [{ name: 'b.la.example.', type: 'A', data: { address: '192.0.2.1' } }, ['name outside']],
    [{ name: 'a', type: 'TXT', data: { texts: '"; ( \\ é '.repeat(90) } }, []],
  ] as const)('%j: what is wrong, and where', (form, expected) => {
    const { wrong } = lineOfForm({ ttl: '', ...form }, ORIGIN)
    expect(wrong.map(({ field, why }) => `${field} ${why}`)).toEqual(expected)
  })

  test('takes the lines of its record, and no others', () => {
    const [soa, , ns] = entries
    expect(withLine(TEXT, soa!, '@ SOA x y 1 1 1 1 1').split('\n').slice(0, 3)).toEqual([
      '$TTL 300 ; short',
      '@ SOA x y 1 1 1 1 1',
      '@ NS ns ; ours',
    ])
    expect(readMaster(withLine(TEXT, null, 'new A 192.0.2.3'), ORIGIN).at(-1)!.record!.name).toBe('new.ici.example')
    // Whose name the next line took over goes, and the next line keeps that name.
    const without = readMaster(withLine(TEXT, ns!, null), ORIGIN)
    expect(without.flatMap(({ record }) => (record?.type === 'A' ? [recordText(record)] : []))).toEqual([
      'ns.ici.example. 300 IN A 192.0.2.2',
    ])
  })

  test('shows what a short name stands for', () => {
    expect(
      ['@', 'www', 'www.ici.example', 'a.la.example.', ' ', 'a..b'].map((name) => wholeName(name, ORIGIN)),
    ).toEqual(['ici.example.', 'www.ici.example.', 'www.ici.example.ici.example.', 'a.la.example.', null, null])
  })
})

test('a draft says what it would change; a new zone is sound from the beginning', () => {
  const sim = new Sim(readWorld('src/worlds/campus.yaml'))
  const { naming } = sim.world
  const { zone, server } = naming.zones.find((served) => served.zone.origin === 'rennes.example')!
  const text = masterText('rennes.example', zone.records)
  expect(zoneDraft(text, 'rennes.example', server, naming, sim.file)).toMatchObject({
    sound: true,
    gone: [],
    come: [],
    findings: [],
  })
  expect(zoneDraft(text.replace(/MX +10 mx1/, 'MX 15 mx1'), 'rennes.example', server, naming, sim.file)).toMatchObject({
    gone: ['rennes.example. 3600 IN MX 10 mx1.rennes.example.'],
    come: ['rennes.example. 3600 IN MX 15 mx1.rennes.example.'],
  })
  for (const host of [server, 'ns.moi.example'])
    expect(
      zoneDraft(newZoneText('moi.example', host, '192.0.2.53', 2026090701), 'moi.example', server, naming, sim.file),
    ).toMatchObject({ sound: true })
})

test('every zone of the worlds is sound as it is', () => {
  for (const world of ['campus', 'courses', 'rfc']) {
    const { file, world: running } = new Sim(readWorld(`src/worlds/${world}.yaml`))
    for (const { zone, server } of running.naming.zones) {
      const draft = zoneDraft(masterText(zone.origin, zone.records), zone.origin, server, running.naming, file)
      expect([zone.origin, draft.sound, draft.gone, draft.come]).toEqual([zone.origin, true, [], []])
    }
  }
})

test('what others remember otherwise is told until its time is over', () => {
  const sim = new Sim(readWorld('src/worlds/campus.yaml'))
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.type('t1', 'dig lyon.example MX\ndig no.lyon.example A\n')
  sim.drain()
  const late = () =>
    outdated(sim.world.naming, 'lyon.example', sim.now).map(({ host, name, type }) => [host, name, type])
  expect(late()).toEqual([])
  const { zone, server } = sim.world.naming.zones.find((served) => served.zone.origin === 'lyon.example')!
  const text = `${masterText('lyon.example', zone.records).replace(/MX +10/, 'MX 11')}no A 192.0.2.1\n`
  sim.act({ act: 'zone', origin: 'lyon.example', server, text })
  expect(late()).toEqual([
    ['dns.rennes.example', 'no.lyon.example', null],
    ['dns.rennes.example', 'lyon.example', 'MX'],
  ])
  sim.act({ act: 'wait', for: 3_601_000 })
  expect(late()).toEqual([])
})
