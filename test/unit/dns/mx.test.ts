import { describe, expect, it } from 'vitest'
import { emptyCache } from '../../../src/core/dns/cache.ts'
import { mailRoute } from '../../../src/core/dns/mx.ts'
import type { Zone } from '../../../src/core/dns/records.ts'
import { nameServer } from '../../../src/core/dns/server.ts'
import { SimulatedNet, zone } from './simulated.ts'

const SERVER = '192.0.2.53'

function route(
  domain: string,
  { faults = [], resolver = SERVER }: { faults?: Zone['faults']; resolver?: string | null } = {},
) {
  const zones = [
    zone(
      'rennes.example',
      [
        '@ SOA dns hostmaster 1 7200 900 1209600 300',
        '@ MX 20 mx2',
        '@ MX 10 mx1',
        '@ MX 20 backup.lyon.example.',
        '@ A 192.0.2.1',
        'mx1 A 192.0.2.10',
        'alias CNAME @',
        'small A 192.0.2.20',
        'nick CNAME small',
        'half CNAME other',
        'other TXT "no mail here"',
        'none MX 0 .',
        'odd MX 0 .',
        'odd MX 10 mx1',
        'lost CNAME nowhere',
        '*.wild MX 5 mx1',
      ],
      faults,
    ),
  ]
  const net = new SimulatedNet()
  const server = net.machine('dns', SERVER)
  net.serve(SERVER, nameServer({ zones, authorities: () => null, cache: emptyCache(), machine: server }))
  return net.run(mailRoute(net.machine('mta', '192.0.2.2', resolver), domain))
}

describe('mailRoute', () => {
  it('sorts by preference, and leaves equal ones as the server gave them', () => {
    const hosts = [
      { preference: 10, host: 'mx1.rennes.example' },
      { preference: 20, host: 'mx2.rennes.example' },
      { preference: 20, host: 'backup.lyon.example' },
    ]
    expect(route('rennes.example')).toEqual({ route: 'hosts', how: 'mx', hosts })
    expect(route('Rennes.EXAMPLE')).toEqual({ route: 'hosts', how: 'mx', hosts })
    expect(route('alias.rennes.example')).toEqual({ route: 'hosts', how: 'mx', hosts })
    expect(route('x.wild.rennes.example')).toMatchObject({ hosts: [{ preference: 5, host: 'mx1.rennes.example' }] })
  })

  it('takes the host itself where there is no MX but an address', () => {
    const hosts = [{ preference: 0, host: 'small.rennes.example' }]
    expect(route('small.rennes.example')).toEqual({ route: 'hosts', how: 'address', hosts })
    expect(route('Small.rennes.example.')).toEqual({ route: 'hosts', how: 'address', hosts })
    expect(route('nick.rennes.example')).toEqual({ route: 'hosts', how: 'address', hosts })
  })

  it('knows the null MX, and what is none', () => {
    expect(route('none.rennes.example')).toEqual({ route: 'null-mx' })
    expect(route('odd.rennes.example')).toEqual({
      route: 'hosts',
      how: 'mx',
      hosts: [{ preference: 10, host: 'mx1.rennes.example' }],
    })
  })

  it.each(['nobody.rennes.example', 'lost.rennes.example', 'other.test', 'a..b', 'x'.repeat(64)])(
    'has none for %s, ever',
    (domain) => {
      expect(route(domain)).toEqual({ route: 'none', permanent: true, why: 'no such domain' })
    },
  )

  it.each(['other.rennes.example', 'half.rennes.example', 'wild.rennes.example'])(
    'has none for %s, which is there',
    (domain) => {
      expect(route(domain)).toMatchObject({
        route: 'none',
        permanent: true,
        why: expect.stringContaining('neither a mail exchanger nor'),
      })
    },
  )

  it('has none for now where the name server fails or is silent', () => {
    const none = { route: 'none', permanent: false }
    expect(route('rennes.example', { faults: [{ answer: 'servfail' }] })).toMatchObject({
      ...none,
      why: 'the name server failed',
    })
    expect(route('rennes.example', { faults: [{ answer: 'silence' }] })).toMatchObject({
      ...none,
      why: 'no name server answered',
    })
    expect(route('rennes.example', { resolver: null })).toMatchObject(none)
  })

  it('fails for now where only the second look-up does', () => {
    const faults = [{ answer: 'servfail', from: 20 }] as const
    expect(route('small.rennes.example', { faults })).toMatchObject({ route: 'none', permanent: false })
  })

  it('goes straight to an address literal', () => {
    expect(route('[192.0.2.7]', { resolver: null })).toEqual({
      route: 'hosts',
      how: 'literal',
      hosts: [{ preference: 0, host: '192.0.2.7' }],
    })
  })

  it.each(['[', '[]', '[192.0.2.7', '[192.0.2.256]', '[IPv6:2001:db8::1]', '[mx1.rennes.example]'])(
    'takes %s for no address',
    (domain) => {
      expect(route(domain)).toMatchObject({ route: 'none', permanent: true })
    },
  )
})
