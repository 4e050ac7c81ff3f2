import { describe, expect, it } from 'vitest'
import type { Octets } from '../../../src/core/bytes/octets.ts'
import { Random } from '../../../src/core/net/random.ts'
import { Authority } from '../../../src/core/net/tls/certificate.ts'
import { TlsLayer } from '../../../src/core/net/tls/layer.ts'
import { HEADER } from '../../../src/core/net/tls/records.ts'
import { collect, Lab } from './lab.ts'

const authority = new Authority(new Random(2), 0)

/** Two layers and a wire between them that somebody may tamper with. */
function pair(tamper: (records: Octets, from: 'client' | 'server') => Octets = (records) => records) {
  const log: string[] = []
  const wire: { to: 'client' | 'server'; records: Octets }[] = []
  const layer = (role: 'client' | 'server', other: 'client' | 'server') =>
    new TlsLayer(
      {
        put: (records) => wire.push({ to: other, records: tamper(records, role) }),
        got: (data) => log.push(`${role} got ${data}`),
        established: () => log.push(`${role} established`),
        ended: () => log.push(`${role} ended`),
        broke: (why) => log.push(`${role}: ${why}`),
        note: (step, detail) => log.push(`${role} ${step}: ${detail}`),
      },
      {
        random: new Random(1).fork(role),
        ...(role === 'client'
          ? { role, name: 'mx1.rennes.example' }
          : { role, identity: authority.identity('mx1.rennes.example') }),
      },
    )
  const layers = { client: layer('client', 'server'), server: layer('server', 'client') }
  const carry = () => {
    for (let next = wire.shift(); next; next = wire.shift()) layers[next.to].receive(next.records)
  }
  layers.server.start()
  layers.client.start()
  carry()
  return { ...layers, log, carry, wire }
}

const flip = (octets: Octets, at: number) =>
  octets.slice(0, at) + String.fromCharCode(octets.charCodeAt(at) ^ 1) + octets.slice(at + 1)

describe('the TLS layer', () => {
  it('shakes hands, carries data both ways and says goodbye', () => {
    const { client, server, log, carry } = pair()
    const parameters = 'TLS 1.3, TLS_AES_128_GCM_SHA256, X25519'
    expect(log.splice(0)).toEqual([
      'client client-hello: mx1.rennes.example',
      `server server-hello: ${parameters}`,
      `client established: ${parameters}, certificate of mx1.rennes.example`,
      'client established',
      'server established',
    ])
    server.receive(client.seal('EHLO a\r\n'))
    client.receive(server.seal('250 b\r\n'))
    client.close()
    carry()
    server.close()
    carry()
    expect(log).toEqual(['server got EHLO a\r\n', 'client got 250 b\r\n', 'server ended', 'client ended'])
  })

  it('takes records in pieces and several at once', () => {
    const { client, server, log } = pair()
    log.length = 0
    const records = client.seal('one') + client.seal('two')
    for (const octet of records) server.receive(octet)
    server.receive(client.seal('three') + client.seal('four'))
    expect(log).toEqual(['one', 'two', 'three', 'four'].map((data) => `server got ${data}`))
  })

  it('answers a tampered record with bad_record_mac and hears no more', () => {
    const { client, server, log, carry } = pair()
    log.length = 0
    server.receive(flip(client.seal('MAIL FROM:<a@b>'), HEADER + 3))
    server.receive(client.seal('RCPT'))
    carry()
    expect(log).toEqual([
      'server alert: bad_record_mac',
      'server: TLS failed: bad_record_mac',
      'client: the far end answered with a TLS alert: bad_record_mac',
    ])
  })

  it('never gets through a handshake in which one octet of a body was changed', () => {
    let first = ''
    pair((records, from) => {
      if (from === 'server') first ||= records
      return records
    })
    // The header's version is to be ignored (RFC 8446 5.1), so is a session that nobody resumes.
    const serverHello = HEADER + first.charCodeAt(3) * 256 + first.charCodeAt(4)
    for (let at = serverHello + HEADER; at < first.length; at += 7) {
      const { log } = pair((records, from) => (from === 'server' && records === first ? flip(records, at) : records))
      expect(log.filter((line) => line.endsWith('established'))).toEqual([])
      expect(log).toContain('client alert: bad_record_mac')
    }
    for (let at = HEADER; at < serverHello; at++) {
      const { log } = pair((records, from) => (from === 'server' && records === first ? flip(records, at) : records))
      expect(log.filter((line) => line.endsWith('established'))).toEqual([])
    }
  })

  it.each([
    ['a line in the clear', 'EHLO a\r\n', 'unexpected_message'],
    ['data before the handshake', '\x17\x03\x03\x00\x01x', 'unexpected_message'],
    ['a Finished first', '\x16\x03\x03\x00\x04\x14\x00\x00\x00', 'unexpected_message'],
    ['an endless record', '\x16\x03\x03\xff\xff', 'record_overflow'],
    ['a Hello that is cut', '\x16\x03\x03\x00\x05\x01\x00\x00\x01\x03', 'decode_error'],
    ['an endless message', '\x16\x03\x03\x00\x04\x01\xff\xff\xff', 'decode_error'],
    ['half an alert', '\x15\x03\x03\x00\x01\x02', 'decode_error'],
  ])('answers %s with an alert', (_what, heard, alert) => {
    const log: string[] = []
    const server = new TlsLayer(
      {
        put: (records) => log.push(records),
        got: () => log.push('got'),
        established: () => log.push('established'),
        ended: () => log.push('ended'),
        broke: () => log.push('broke'),
        note: (step, detail) => log.push(`${step} ${detail}`),
      },
      { role: 'server', random: new Random(1), identity: authority.identity('b') },
    )
    server.receive(heard)
    expect(log).toEqual([`alert ${alert}`, expect.stringMatching(/^\x15\x03\x03\x00\x02\x02.$/s), 'broke'])
  })
})

describe('a stream under TLS', () => {
  function secured(lab: Lab) {
    const { client, server } = lab.connect()
    const results: (string | null)[] = []
    server.acceptTls('b')((failure) => results.push(failure))
    client.startTls('b')((failure) => results.push(failure))
    lab.clock.drain()
    expect(results).toEqual([null, null])
    return { client, server }
  }

  it('carries records and no plaintext, one record a segment', () => {
    const lab = new Lab()
    const { client, server } = secured(lab)
    expect([client.secure, server.secure]).toEqual([true, true])
    const heard = collect(server)
    const before = lab.events('segment').length
    client.write('MAIL FROM:')
    client.write('<secret@a.example>\r\n')
    lab.clock.drain()
    expect(heard.text).toBe('MAIL FROM:<secret@a.example>\r\n')
    const segments = lab.events('segment')
    expect(segments).toHaveLength(before + 1)
    expect(segments.every(({ tls, data }) => tls && !data.includes('secret'))).toBe(true)
    const last = segments[before]!
    expect(last.data.slice(0, HEADER)).toBe('\x17\x03\x03\x00\x2f')
    expect(last.span).toEqual(['c1', 'up', 0, 30])
    expect(lab.events('tls').map(({ host, step }) => [host, step])).toEqual([
      ['a', 'client-hello'],
      ['b', 'server-hello'],
      ['a', 'established'],
    ])
  })

  it('carries much, in records and segments that fit', () => {
    const lab = new Lab()
    const { client, server } = secured(lab)
    const heard = collect(client)
    const data = new Random(1).octets(100_000)
    server.write(data)
    server.close()
    lab.clock.drain()
    expect(heard).toEqual({ text: data, closed: 'fin' })
    expect(Math.max(...lab.events('segment').map((event) => event.data.length))).toBe(16_384)
  })

  it('holds what is written until the handshake is over', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    server.write('220 go ahead\r\n')
    server.acceptTls('b')(() => {})
    server.write('early')
    lab.clock.drain()
    const heard = collect(client)
    expect(heard.text).toBe('220 go ahead\r\n')
    client.startTls('b')(() => {})
    lab.clock.drain()
    expect(heard.text).toBe('220 go ahead\r\nearly')
  })

  it('ends with an alert when a client speaks in the clear', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const failures: (string | null)[] = []
    const atServer = collect(server)
    server.acceptTls('b')((failure) => failures.push(failure))
    const heard = collect(client)
    client.write('EHLO a\r\n')
    lab.clock.drain()
    expect(failures).toEqual(['TLS failed: unexpected_message'])
    expect(heard).toEqual({ text: '\x15\x03\x03\x00\x02\x02\x0a', closed: 'fin' })
    expect(atServer).toEqual({ text: '', closed: 'reset' })
    expect(lab.events('tls')).toMatchObject([{ host: 'b', step: 'alert', detail: 'unexpected_message' }])
    client.close()
    lab.clock.drain()
    expect(lab.kinds()).not.toContain('reset')
  })

  it('tells the client when the server knows no TLS, or is gone', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const failures: (string | null)[] = []
    client.startTls('b')((failure) => failures.push(failure))
    server.write('500 What?\r\n')
    lab.clock.drain()
    client.startTls('b')((failure) => failures.push(failure))
    expect(failures).toEqual(['TLS failed: unexpected_message', 'the connection is closed'])
    const second = lab.connect()
    second.client.startTls('b')((failure) => failures.push(failure))
    second.server.close()
    lab.clock.drain()
    expect(failures[2]).toBe('the connection was closed')
  })

  it('uses the same certificate for a host, and other keys for each connection', () => {
    const lab = new Lab()
    secured(lab)
    secured(lab)
    const details = lab.events('tls').filter(({ step }) => step === 'established')
    expect(details[0]?.detail).toBe(details[1]?.detail)
    const hellos = lab.events('segment').filter(({ dir }) => dir === 'up')
    expect(hellos[0]?.data).not.toBe(hellos[2]?.data)
  })
})
