import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { connections } from '../../../src/core/views/connections.ts'
import {
  hostsOf,
  isLossy,
  isSlow,
  mappedLink,
  networkMap,
  type MappedLink,
} from '../../../src/core/views/network-map.ts'
import { linkKey, network } from '../../../src/core/views/network.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'
import { command, greeted, reply, Traced } from './trace.ts'

const accepted = (id: string, ...to: string[]) =>
  ({ kind: 'accepted', id, from: 'a@x.example', to, octets: 10, messageId: null, role: 'mx' }) as const
const content = { kind: 'content', conn: 'c1', protocol: 'smtp', octets: 10, lines: 2 } as const
const fault = (what: string) => ({ kind: 'fault', what }) as const
const hops = (traced: Traced) =>
  traced.fold(network).hops.map(({ what, from, to, outcome }) => [what, from, to, outcome].join(' '))

/** pc-alice has said DATA, and the message is there. */
const handed = () => greeted().note('mx1', command('DATA', 'DATA'), reply('DATA', '354', 'content', 'go on'), content)

describe('connections', () => {
  test('are on the map from the first packet until they are over', () => {
    const traced = greeted()
    const view = traced.fold(network)
    expect([...view.connections.values()]).toMatchObject([{ client: 'pc-alice', server: 'mx1', state: 'open' }])
    expect(traced.events[view.dialled.get('c1')!]).toMatchObject({ kind: 'dial' })
    traced.note('mx1', { kind: 'fin', conn: 'c1', dir: 'down' })
    expect(traced.fold(network).connections.size).toBe(1)
    traced.note('pc-alice', { kind: 'fin', conn: 'c1', dir: 'up' })
    const over = traced.fold(network)
    expect([over.connections.size, over.dialled.size]).toEqual([0, 0])
    expect(over.ties.get(linkKey('mx1', 'pc-alice'))).toMatchObject({ streams: true, packets: 1, lost: 0 })
  })

  test('that fail are gone, too', () => {
    const traced = new Traced().note(
      'pc',
      {
        kind: 'dial',
        conn: 'c1',
        from: { address: '192.0.2.1', port: 5 },
        to: { address: '192.0.2.2', port: 25 },
        toHost: 'mx',
      },
      { kind: 'lost', conn: 'c1', why: 'down' },
      { kind: 'dial-failed', conn: 'c1', why: 'timeout' },
    )
    const view = traced.fold(network)
    expect(view.connections.size).toBe(0)
    expect(view.ties.get('mx--pc')).toMatchObject({ packets: 1, lost: 1 })
  })

  test('of which no end is left, because both hosts were stopped, are over', () => {
    const traced = handed().note('mx1', fault('down mx1'))
    expect(traced.fold(network).connections.size).toBe(1)
    traced.note('pc-alice', fault('down pc-alice'))
    const view = traced.fold(network)
    expect([view.connections.size, view.handing.size]).toEqual([0, 0])
    expect(view.hosts.get('mx1')).toEqual({ seq: traced.events.length - 2, up: false })
  })
})

describe('mail', () => {
  test('goes from host to host, and what becomes of it is known by the reply', () => {
    expect(hops(handed())).toEqual(['handed pc-alice mx1 going'])
    expect(hops(handed().note('mx1', reply('.', '550', 'ready', 'no')))).toEqual(['handed pc-alice mx1 refused'])
    expect(hops(handed().note('mx1', reply('.', '250', 'ready', 'OK')))).toEqual(['handed pc-alice mx1 taken'])
  })

  test('is taken where LMTP says so for one of several, and no later reply changes it', () => {
    const no = reply('.', '550', 'ready', 'no')
    const yes = reply('.', '250', 'ready', 'OK')
    expect(hops(handed().note('mx1', no, yes, no))).toEqual(['handed pc-alice mx1 taken'])
    expect(hops(handed().note('mx1', no, command('RCPT', 'RCPT'), yes))).toEqual(['handed pc-alice mx1 refused'])
  })

  test('waits in queues until it is removed', () => {
    const traced = new Traced()
      .note('mx1', accepted('A1', 'b@y.example'), accepted('B2', 'c@z.example'))
      .note('mx2', accepted('A1', 'd@y.example'))
      .note('mx1', { kind: 'attempt', id: 'A1', server: 'mx.y', address: '192.0.2.9', recipients: [] })
    expect(traced.fold(network).queues.get('mx1')!.get('A1')).toMatchObject({ trying: 'mx.y', waits: null })
    traced.note('mx1', { kind: 'deferred', id: 'A1', recipients: [], why: 'busy', until: 60 })
    expect(traced.fold(network).queues.get('mx1')!.get('A1')).toMatchObject({
      trying: null,
      waits: { until: 60, why: 'busy' },
    })
    traced.note('mx1', { kind: 'removed', id: 'A1' }, { kind: 'removed', id: 'never seen' })
    const { queues } = traced.fold(network)
    expect([...queues.get('mx1')!.keys()]).toEqual(['B2'])
    expect([...queues.get('mx2')!.keys()]).toEqual(['A1'])
  })

  test('goes back to who reads it, but lists and headings do not count', () => {
    const data = (protocol: 'pop3' | 'imap', verb: string, line: string) =>
      ({ kind: 'data', conn: 'c1', protocol, verb, lines: [line], count: 1, octets: 99 }) as const
    const traced = greeted().note(
      'mx1',
      data('pop3', 'LIST', '1 99'),
      data('imap', 'FETCH', '* 1 FETCH (FLAGS (\\Seen) RFC822.SIZE 99)'),
      data('imap', 'FETCH', '* 1 FETCH (BODY[HEADER.FIELDS (Subject)] {20}'),
    )
    expect(hops(traced)).toEqual([])
    traced.note(
      'mx1',
      data('pop3', 'RETR', 'From: x'),
      data('imap', 'FETCH', '* 1 FETCH (BODY[1] {20}'),
      data('imap', 'UID FETCH', '* 1 FETCH (UID 1 RFC822 {20}'),
    )
    expect(hops(traced)).toEqual(Array(3).fill('fetched mx1 pc-alice taken'))
  })

  test('of all that moved the last few are kept, and all are counted', () => {
    const traced = new Traced()
    for (let uid = 1; uid <= 100; uid++)
      traced.note('mx1', {
        kind: 'delivered',
        id: `A${uid}`,
        address: 'b@y.example',
        account: 'b',
        mailbox: 'INBOX',
        uid,
        octets: 1,
      })
    const view = traced.fold(network)
    expect([view.hops.length, view.moved]).toEqual([40, 100])
    expect(view.hops.at(-1)).toMatchObject({ number: 99, detail: 'b/INBOX', from: 'mx1', to: 'mx1' })
  })
})

describe('the map of a world', () => {
  const parsed = parseWorld(readFileSync('src/worlds/campus.yaml', 'utf8'), 'campus.yaml')
  if ('errors' in parsed) throw new Error('campus.yaml')
  const { world } = parsed
  const mapOf = (sim: Sim) => {
    const view = network.empty()
    for (const event of sim.trace) network.add(view, event)
    return { view, map: networkMap(sim.file, view) }
  }
  const MX = 'mx1.rennes.example'
  const PC = 'pc-alice.rennes.example'
  const FAR = 'mx.lyon.example'

  test('has every host in its organisation, and what belongs to none last', () => {
    const { map } = mapOf(new Sim(world))
    expect(map.organisations[0]).toMatchObject({ name: 'rennes.example' })
    expect(map.organisations.at(-1)).toMatchObject({ name: null })
    expect(map.organisations.flatMap(({ hosts }) => hosts).sort()).toEqual(Object.keys(world.hosts).sort())
    expect(map.hosts.get(MX)).toMatchObject({
      short: 'mx1',
      domain: 'rennes.example',
      up: true,
      queued: 0,
      zones: null,
    })
    expect(map.hosts.get('dns.rennes.example')!.zones).toContain('rennes.example')
    expect(map.hosts.get('mail.panne.example')).toMatchObject({ up: false, turned: null })
  })

  test('has the links that the world names before anything moves, and no others', () => {
    const { map } = mapOf(new Sim(world))
    expect(map.links.size).toBe(world.links.length)
    expect(map.links.get(linkKey(MX, PC))).toMatchObject({ named: true, delay: 1, loss: 0, cut: false, packets: 0 })
  })

  test('shows what was broken until it is mended', () => {
    const sim = new Sim(world)
    for (const text of [`cut ${FAR}--${MX}`, `slow ${MX}--${FAR} 5s`, `loss ${MX}--${FAR} 0.3`, `down ${FAR}`])
      sim.fault(text)
    const { map } = mapOf(sim)
    const link = map.links.get(linkKey(MX, FAR))!
    expect(link).toMatchObject({ named: false, cut: true, delay: 5000, loss: 0.3, fault: 2 })
    expect([isSlow(link), isLossy(link), map.hosts.get(FAR)!.up]).toEqual([true, true, false])
    const usual: MappedLink['usual'] = link.usual
    for (const text of [
      `mend ${MX}--${FAR}`,
      `slow ${MX}--${FAR} ${usual.delay}ms`,
      `loss ${MX}--${FAR} 0`,
      `up ${FAR}`,
    ])
      sim.fault(text)
    const { map: whole } = mapOf(sim)
    const mended = whole.links.get(linkKey(MX, FAR))!
    expect([mended.cut, isSlow(mended), isLossy(mended), whole.hosts.get(FAR)!.up]).toEqual([false, false, false, true])
  })

  test('leaves out what no world knows, and knows the way between any two', () => {
    const view = new Traced().note('x', fault('cut no.example--where.example'), fault('nonsense')).fold(network)
    expect(networkMap(world, view).links.size).toBe(world.links.length)
    expect(mappedLink(world, view, MX, FAR)).toMatchObject({ named: false, packets: 0, open: [] })
  })

  test('a message on its way: the queue of the host that holds it, the open connection, the hosts of an event', () => {
    const sim = new Sim(world)
    sim.fault(`down ${FAR}`)
    sim.open('t1', PC, 'alice')
    sim.drain()
    const lines = [`telnet ${MX} 25`, 'EHLO x', 'MAIL FROM:<alice@rennes.example>', 'RCPT TO:<claire@lyon.example>']
    for (const line of [...lines, 'DATA', 'Subject: x', '', '.']) {
      sim.type('t1', `${line}\n`)
      sim.drain()
    }
    const { map, view } = mapOf(sim)
    expect(map.hosts.get(MX)).toMatchObject({ queued: 1, queue: [{ trying: FAR, to: ['claire@lyon.example'] }] })
    expect(map.links.get(linkKey(MX, PC))!.open).toMatchObject([{ service: 'smtp', state: 'open' }])
    expect(map.links.get(linkKey(MX, FAR))!.open).toMatchObject([{ state: 'dialling' }])
    expect(view.hops).toMatchObject([{ from: PC, to: MX, outcome: 'taken', detail: map.hosts.get(MX)!.queue[0]!.id }])
    const all = connections.empty()
    for (const event of sim.trace) connections.add(all, event)
    const about = (kind: string) =>
      hostsOf(
        sim.trace.find((event) => event.kind === kind)!,
        all,
        (address) => sim.world.network.hostAt(address),
      )
    expect([...about('content')].sort()).toEqual([MX, PC])
    expect([...about('attempt')]).toEqual([MX, FAR])
    expect([...about('fault')]).toEqual([FAR])
    expect(about('datagram')).toHaveLength(2)
    expect([...about('lookup')].sort()).toEqual([...about('datagram')].sort())
  })
})

test('a web server is told with the services of its host, and answers there', () => {
  const file = readWorld('campus')
  const sim = new Sim(file)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  const { hosts } = networkMap(file, network.empty())
  const { web } = hosts.get('webmail.rennes.example')!
  expect(web).toEqual({ port: 443, secure: true })
  sim.type('t1', `telnet webmail.rennes.example ${web!.port}\n`)
  sim.drain()
  expect(sim.trace.filter(({ kind }) => kind === 'connected').length).toBe(1)
  expect(hosts.get('printer.rennes.example')!.web).toBeNull()
})
