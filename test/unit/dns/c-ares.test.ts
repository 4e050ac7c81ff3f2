/** A second opinion on our packets: Node's resolver (c-ares) asks our name server over a real socket. */
import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toBytes, toOctets } from '../../../src/core/bytes/octets.ts'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import { emptyCache } from '../../../src/core/dns/cache.ts'
import { nameServer } from '../../../src/core/dns/server.ts'
import { SimulatedNet, zone } from './simulated.ts'

const zones = [
  zone('rennes.example', [
    '@ SOA dns first\\.last 2024010101 7200 900 1209600 300',
    '@ NS dns',
    '@ MX 10 mx1',
    '@ MX 20 mx2',
    '@ TXT "v=spf1 " "-all"',
    '@ TXT "é; \\"quoted\\""',
    'dns A 192.0.2.53',
    'mx1 A 192.0.2.10',
    'mx1 A 192.0.2.11',
    'www CNAME mx1',
    'null MX 0 .',
  ]),
  zone('2.0.192.in-addr.arpa', ['10 PTR mx1.rennes.example.']),
]
const socket = createSocket('udp4')
const resolver = new Resolver({ timeout: 2000, tries: 2 })

beforeAll(async () => {
  const machine = new SimulatedNet().machine('dns', '127.0.0.1')
  const serve = nameServer({ zones, authorities: () => null, cache: emptyCache(), machine })
  socket.on('message', (data, from) =>
    serve(toOctets(data), from, (reply) => socket.send(toBytes(reply), from.port, from.address)),
  )
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
})
afterAll(() => new Promise<void>((resolve) => socket.close(resolve)))

it('reads every type as we mean it', async () => {
  expect(await resolver.resolve4('www.rennes.example', { ttl: true })).toEqual([
    { address: '192.0.2.10', ttl: 3600 },
    { address: '192.0.2.11', ttl: 3600 },
  ])
  expect(await resolver.resolveMx('rennes.example')).toEqual([
    { exchange: 'mx1.rennes.example', priority: 10 },
    { exchange: 'mx2.rennes.example', priority: 20 },
  ])
  expect(await resolver.resolveMx('null.rennes.example')).toEqual([{ exchange: '', priority: 0 }])
  expect(await resolver.resolveNs('rennes.example')).toEqual(['dns.rennes.example'])
  expect(await resolver.resolveCname('www.rennes.example')).toEqual(['mx1.rennes.example'])
  expect(await resolver.resolveTxt('rennes.example')).toEqual([['v=spf1 ', '-all'], [utf8Octets('é; "quoted"')]])
  expect(await resolver.reverse('192.0.2.10')).toEqual(['mx1.rennes.example'])
  expect(await resolver.resolveSoa('rennes.example')).toEqual({
    nsname: 'dns.rennes.example',
    hostmaster: 'first\\.last.rennes.example',
    serial: 2024010101,
    refresh: 7200,
    retry: 900,
    expire: 1209600,
    minttl: 300,
  })
})

it('tells the ways of finding nothing apart as we mean them', async () => {
  await expect(resolver.resolveMx('nobody.rennes.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  await expect(resolver.resolveMx('mx1.rennes.example')).rejects.toMatchObject({ code: 'ENODATA' })
  await expect(resolver.resolveMx('other.test')).rejects.toMatchObject({ code: 'ENOTFOUND' })
})
