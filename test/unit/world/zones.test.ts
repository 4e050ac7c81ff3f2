import { describe, expect, test } from 'vitest'
import { masterText } from '../../../src/core/dns/masterfile.ts'
import { raised } from '../../../src/core/world/naming.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const file = readWorld('src/worlds/campus.yaml')
const SERVER = 'dns.rennes.example'

const zoneText = (sim: Sim, origin: string) => {
  const { zone } = sim.world.naming.zones.find((served) => served.zone.origin === origin)!
  return masterText(origin, zone.records)
}
const put = (sim: Sim, origin: string, change: (text: string) => string, server = SERVER) => {
  sim.act({ act: 'zone', origin, server, text: change(zoneText(sim, origin)) })
  sim.drain()
}
const printed = (sim: Sim) => sim.trace.flatMap((event) => (event.kind === 'printed' ? [event.text] : [])).join('')
const dig = (sim: Sim, line: string) => {
  const before = printed(sim).length
  sim.type('t1', `dig +short ${line}\n`)
  sim.drain()
  return printed(sim).slice(before)
}
const campus = () => {
  const sim = new Sim(file)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  return sim
}

describe('a zone that is changed', () => {
  test('is answered from at once by its server, later by who remembers the old one', () => {
    const sim = campus()
    const lyon = sim.world.naming.zones.find(({ zone }) => zone.origin === 'lyon.example')!.server
    expect(dig(sim, 'lyon.example MX')).toContain('10 mx.lyon.example.')
    put(sim, 'lyon.example', (text) => text.replace(/MX +10 mx\b/, 'MX 10 other') + 'other 60 A 203.0.113.10\n', lyon)
    const [change] = sim.trace.filter((event) => event.kind === 'zone')
    expect(change).toMatchObject({
      host: lyon,
      cause: null,
      origin: 'lyon.example',
      changes: expect.arrayContaining(['+ lyon.example. 3600 IN MX 10 other.lyon.example.']) as string[],
    })
    expect(dig(sim, `@${lyon} lyon.example MX`)).toContain('10 other.lyon.example.')
    expect(dig(sim, 'lyon.example MX')).toContain('10 mx.lyon.example.')
    sim.act({ act: 'wait', for: 3_600_000 })
    expect(dig(sim, 'lyon.example MX')).toContain('10 other.lyon.example.')
  })

  test('has its serial raised, once for each change', () => {
    const sim = campus()
    const serial = () => / (\d+) +; serial/.exec(zoneText(sim, 'rennes.example'))![1]
    const before = Number(serial())
    put(sim, 'rennes.example', (text) => `${text}new A 192.0.2.99\n`)
    put(sim, 'rennes.example', (text) => text)
    expect(Number(serial())).toBe(before + 1)
    expect(sim.trace.filter(({ kind }) => kind === 'zone')).toHaveLength(1)
    expect([raised(null, 7), raised(7, 9), raised(9, 9), raised(9, 3), raised(0xffffffff, 0xffffffff)]).toEqual([
      7, 9, 10, 10, 0,
    ])
  })

  test('that no server would load changes nothing', () => {
    const sim = campus()
    const before = zoneText(sim, 'rennes.example')
    for (const text of ['', 'nonsense', `${before}www CNAME mx1\nwww MX 10 mx1\n`])
      sim.act({ act: 'zone', origin: 'rennes.example', server: SERVER, text })
    for (const [origin, server] of [
      ['', SERVER],
      ['Rennes.example', SERVER],
      ['a..b', SERVER],
      ['neu.example', 'nosuch.example'],
      ['neu.example', '__proto__'],
    ] as const)
      sim.act({ act: 'zone', origin, server, text: '@ SOA a b 1 1 1 1 1\n@ NS far.example.\n' })
    expect(zoneText(sim, 'rennes.example')).toBe(before)
    expect(sim.trace.some(({ kind }) => kind === 'zone')).toBe(false)
  })

  test('is the same again when the journal is played again, and as it was when one looks back', () => {
    const sim = campus()
    put(sim, 'rennes.example', (text) => `${text}new A 192.0.2.99\n`)
    const after = sim.trace.length
    dig(sim, 'new.rennes.example A')
    const again = Sim.replay(file, sim.journal())
    expect(again.same).toBe(true)
    expect(zoneText(again.sim, 'rennes.example')).toContain('192.0.2.99')
    const at = sim.trace.findIndex(({ kind }) => kind === 'zone')
    expect(zoneText(Sim.until(file, sim.journal(), at), 'rennes.example')).not.toContain('192.0.2.99')
    expect(zoneText(Sim.until(file, sim.journal(), after), 'rennes.example')).toContain('192.0.2.99')
  })
})

test('a domain of one’s own is found from everywhere, and is gone when it is taken away', () => {
  const sim = campus()
  const origin = 'neu.example'
  const text =
    '@ SOA mx1.rennes.example. h 1 7200 900 1209600 300\n@ NS dns.rennes.example.\n@ MX 10 mx1.rennes.example.\n'
  // On a machine that was no name server before.
  sim.act({ act: 'zone', origin, server: 'mx1.rennes.example', text })
  expect(dig(sim, 'neu.example MX')).toContain('10 mx1.rennes.example.')
  sim.type('t1', 'dig neu.example SOA @mx1.rennes.example\n')
  sim.drain()
  expect(printed(sim)).toMatch(/flags: qr aa/)
  sim.act({ act: 'zone', origin, server: 'mx1.rennes.example', text: null })
  sim.act({ act: 'wait', for: 4_000_000 })
  expect(dig(sim, 'neu.example MX')).not.toContain('mx1')
})

test('mail from outside follows an edited zone, also when the primary is killed', () => {
  const sim = campus()
  put(sim, 'rennes.example', (text) => text.replace(/(MX +)10 mx1/, '$110 backup') + 'backup A 192.0.2.11\n')
  sim.fault('down mx1.rennes.example')
  sim.open('t2', file.people.find(({ account }) => account?.endsWith('@lyon.example'))!.host, 'guest')
  sim.type('t2', 'telnet backup.rennes.example 25\n')
  sim.drain()
  expect(printed(sim)).toContain('Connected to')
  expect(printed(sim)).toMatch(/220 mx2\.rennes\.example/)
})

test('a server has its zones as files, as they are now', () => {
  const sim = campus()
  put(sim, 'rennes.example', (text) => `${text}new A 192.0.2.99\n`)
  sim.open('t3', SERVER, 'root')
  sim.type('t3', 'ls /etc/bind\ncat /etc/bind/db.rennes.example\necho x > /etc/bind/db.rennes.example\n')
  sim.drain()
  expect(printed(sim)).toContain('db.rennes.example')
  expect(printed(sim)).toMatch(/new +IN A +192\.0\.2\.99/)
  expect(printed(sim)).toContain('Permission denied')
})
