import { beforeAll, describe, expect, test } from 'vitest'
import { decodeMessage, dnsMessage, encodeMessage } from '../../../src/core/dns/wire.ts'
import { checksum } from '../../../src/core/net/packets.ts'
import { toOctets } from '../../../src/core/bytes/octets.ts'
import { Folder } from '../../../src/core/views/folder.ts'
import type { Field } from '../../../src/core/views/packets/dissect.ts'
import { PacketFilter } from '../../../src/core/views/packets/filter.ts'
import { packetInfo } from '../../../src/core/views/packets/info.ts'
import { flatFields, layersOf, leavesOf } from '../../../src/core/views/packets/layers.ts'
import { packets, packetsOf, type PacketRow, type PacketsView } from '../../../src/core/views/packets/packets.ts'
import { pcapng } from '../../../src/core/views/packets/pcapng.ts'
import { streamPieces } from '../../../src/core/views/packets/stream.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { campusInClear, WEB } from '../../in-clear.ts'
import { packetsEnglish } from '../../../src/texts/views/packets.en.ts'
import { greeted, Traced } from './trace.ts'

const CLIENT = { address: '192.0.2.30', port: 49152 }
const SERVER = { address: '192.0.2.10', port: 25 }
const NOBODY = { host: null, protocol: null, conn: null, text: '' } as const

const all = (fields: readonly Field[]): Field[] => fields.flatMap((field) => [field, ...all(field.children)])
const fieldsOf = (view: PacketsView, number: number) => all(layersOf(view.rows[number - 1]!)!.fields)
const said = (view: PacketsView, number: number) =>
  Object.fromEntries(fieldsOf(view, number).map(({ name, value }) => [name, value]))

function dialogue(): Traced {
  return greeted()
    .note('mx1', { kind: 'segment', conn: 'c1', dir: 'down', data: '220 mx1 ESMTP\r\n', tls: false })
    .note('pc-alice', { kind: 'segment', conn: 'c1', dir: 'up', data: 'EHLO <b>\x1b\r\n', tls: false })
    .note('mx1', { kind: 'fin', conn: 'c1', dir: 'down' })
    .note('pc-alice', { kind: 'fin', conn: 'c1', dir: 'up' })
}

describe('a capture by hand', () => {
  test('has what crosses the wire, in order, with its place in the stream', () => {
    const view = dialogue().fold(packets)
    expect(view.rows.map(({ number, source, protocol }) => [number, source, protocol])).toEqual([
      [1, 'pc-alice', 'TCP'],
      [2, 'mx1', 'TCP'],
      [3, 'pc-alice', 'TCP'],
      [4, 'mx1', 'SMTP'],
      [5, 'pc-alice', 'SMTP'],
      [6, 'mx1', 'TCP'],
      [7, 'pc-alice', 'TCP'],
    ])
    expect(view.rows.map(packetInfo)).toEqual([
      '49152 → 25 [SYN] Seq=0 Len=0',
      '25 → 49152 [SYN, ACK] Seq=0 Ack=1 Len=0',
      '49152 → 25 [ACK] Seq=1 Ack=1 Len=0',
      'S: 220 mx1 ESMTP',
      'C: EHLO <b>␛',
      '25 → 49152 [FIN, ACK] Seq=16 Ack=12 Len=0',
      '49152 → 25 [FIN, ACK] Seq=12 Ack=17 Len=0',
    ])
    expect([...view.hosts]).toEqual(['pc-alice', 'mx1'])
  })

  test('a packet is taken apart down to its octets, and its checksums are right', () => {
    const view = dialogue().fold(packets)
    expect(said(view, 4)).toMatchObject({
      'Source address': '192.0.2.10 (mx1)',
      'Sequence number': '1',
      'Acknowledgment number': '1',
      'Reply code': '220',
      Text: 'mx1 ESMTP',
      'End of line': 'CR LF',
    })
    for (const syn of [1, 2])
      expect(said(view, syn)).toMatchObject({
        'Total length': '48',
        'Header length': '28 (7)',
        'Maximum segment size': '16384',
        'Window scale': '14 (× 16384)',
      })
    expect(said(view, 1)).toMatchObject({ Flags: '0x02 (SYN)', 'Acknowledgment number': '0' })
    expect(said(view, 3)).toMatchObject({ Flags: '0x10 (ACK)', 'Total length': '40' })
    for (const row of view.rows) {
      const { octets, fields } = layersOf(row)!
      expect(checksum(octets.slice(0, 20))).toBe(0)
      const tcp = octets.slice(20)
      expect(
        checksum(`${octets.slice(12, 20)}\0\x06${String.fromCharCode(tcp.length >> 8, tcp.length & 255)}${tcp}`),
      ).toBe(0)
      // Nothing is left out, and nothing stands outside of what it belongs to.
      expect(fields[0]!.from).toBe(0)
      expect(fields.at(-1)!.to).toBe(octets.length)
      for (const field of all(fields))
        for (const child of field.children) expect(child.from >= field.from && child.to <= field.to).toBe(true)
    }
  })

  test('an octet leads to the innermost field, a field to the one around it', () => {
    const { octets, fields } = layersOf(dialogue().fold(packets).rows[3]!)!
    const flat = flatFields(fields)
    const leaves = leavesOf(flat, octets.length)
    expect(leaves).not.toContain(-1)
    const name = (at: number) => flat[at]!.field.name
    expect([0, 12, 20, 33, 40, 43].map((at) => name(leaves[at]!))).toEqual([
      'Version',
      'Source address',
      'Source port',
      'Flags',
      'Reply code',
      'Separator',
    ])
    expect(name(flat[leaves[40]!]!.within)).toBe('Response')
  })

  test('losses are told, those of datagrams where they belong', () => {
    const question = { name: 'lyon.example', type: 'MX', class: 1 } as const
    const data = encodeMessage(dnsMessage({ id: 1, recursionDesired: true, question }))
    const traced = new Traced()
      .note('pc-alice', {
        kind: 'datagram',
        from: CLIENT,
        to: { address: '192.0.2.53', port: 53 },
        toHost: 'dns',
        data,
      })
      .note('pc-alice', { kind: 'dial', conn: 'c1', from: CLIENT, to: SERVER, toHost: 'mx1' })
      .note('pc-alice', { kind: 'lost', conn: 'c1', why: 'cut' }, { kind: 'lost', conn: 'c1', why: 'cut' })
      .note('mx1', { kind: 'lost', conn: 'c1', why: 'loss' })
      .note('pc-alice', { kind: 'connected', conn: 'c1' }, { kind: 'lost', conn: 'c1', why: 'loss' })
      .note('mx1', { kind: 'lost', conn: 'c1', why: 'loss' }, { kind: 'dial-failed', conn: 'c1', why: 'refused' })
    traced.events.push({ seq: 9, at: 9, host: 'pc-alice', cause: 0, span: null, kind: 'lost', conn: null, why: 'loss' })
    const view = traced.fold(packets)
    expect(view.rows.map((row) => [packetInfo(row), row.lost])).toEqual([
      ['Standard query 0x0001 MX lyon.example', 'loss'],
      ['49152 → 25 [SYN] Seq=0 Len=0', 'cut'],
      ['49152 → 25 [SYN] Seq=0 Len=0', 'cut'],
      ['25 → 49152 [SYN, ACK] Seq=0 Ack=1 Len=0', 'loss'],
      ['25 → 49152 [SYN, ACK] Seq=0 Ack=1 Len=0', null],
      ['49152 → 25 [ACK] Seq=1 Ack=1 Len=0', 'loss'],
      ['25 → 49152 Seq=1 Len=0', 'loss'],
      ['25 → 49152 [RST, ACK] Seq=1 Ack=1 Len=0', null],
    ])
    expect(layersOf(view.rows[6]!)).toBeNull()
    expect(said(view, 1)).toMatchObject({ Question: 'lyon.example MX', 'Recursion desired (RD)': 'yes' })
  })

  test('garbage in any protocol has its layers and ends', () => {
    for (const tls of [true, false])
      for (let cut = 0; cut < 60; cut++) {
        const noise = String.fromCharCode(...Array.from({ length: cut }, (_, k) => (k * 73 + cut * 31) & 255))
        const traced = greeted().note('mx1', { kind: 'segment', conn: 'c1', dir: 'down', data: `\x16${noise}`, tls })
        traced.note('x', {
          kind: 'datagram',
          from: CLIENT,
          to: { address: '192.0.2.53', port: 53 },
          toHost: null,
          data: noise,
        })
        const view = traced.fold(packets)
        for (const row of view.rows)
          expect([layersOf(row)!.fields.length > 1, packetInfo(row) !== '']).toEqual([true, true])
      }
  })
})

describe('HTTP', () => {
  const WEB = { address: '192.0.2.25', port: 80 }
  const REQUEST = [
    'POST /login HTTP/1.1',
    'Host: web.example',
    'Cookie: session=00ff',
    'X-Odd : <b>\x1b',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Length: 42',
    '',
    'user=alice%40rennes.example&password=a+b%0',
  ].join('\r\n')

  function web(...said: readonly (readonly [dir: 'up' | 'down', data: string])[]): PacketRow[] {
    const traced = new Traced().note(
      'pc',
      { kind: 'dial', conn: 'c1', from: CLIENT, to: WEB, toHost: 'web' },
      { kind: 'connected', conn: 'c1' },
    )
    for (const [dir, data] of said)
      traced.note(dir === 'up' ? 'pc' : 'web', { kind: 'segment', conn: 'c1', dir, data, tls: false })
    return traced.fold(packets).rows.filter(({ protocol }) => protocol === 'HTTP')
  }
  const found = (row: PacketRow) => all(layersOf(row)!.fields).filter(({ why }) => why.startsWith('http.'))

  test('a request has its line, its fields, and what was typed into a form', () => {
    const [request] = web(['up', REQUEST])
    expect(packetInfo(request!)).toBe('POST /login HTTP/1.1  (application/x-www-form-urlencoded)')
    const why = Object.fromEntries(found(request!).map((field) => [field.why, field.value]))
    expect(why).toMatchObject({
      'http.request': 'POST /login HTTP/1.1',
      'http.method': 'POST',
      'http.target': '/login',
      'http.version': 'HTTP/1.1',
      'http.field.host': 'Host: web.example',
      'http.field.cookie': 'Cookie: session=00ff',
      'http.field.other': 'X-Odd : <b>␛',
      'http.body': '42 bytes',
      'http.form': 'password = a b%0',
    })
    expect(found(request!).map(({ why: key }) => key)).toContain('http.end')
    expect(leavesOf(flatFields(layersOf(request!)!.fields), layersOf(request!)!.octets.length)).not.toContain(-1)
  })

  test('an answer goes on over packets as long as its length says, and another begins behind it', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: message/rfc822\r\ncontent-length: 10\r\n\r\n'
    const rows = web(['down', `${head}abc\r\n`], ['down', 'de\r\nf'], ['down', 'HTTP/1.1 404 Not Found\r\n\r\n'])
    expect(rows.map(packetInfo)).toEqual([
      'HTTP/1.1 200 OK  (message/rfc822)',
      'Continuation, 5 bytes',
      'HTTP/1.1 404 Not Found',
    ])
    expect(found(rows[0]!).map(({ why, value }) => `${why} ${value}`)).toEqual(
      expect.arrayContaining(['http.status HTTP/1.1 200 OK', 'http.code 200', 'http.phrase OK', 'http.line abc']),
    )
    expect(found(rows[1]!).map(({ value }) => value)).toEqual(['5 bytes', 'de', 'f'])
    expect(found(rows[2]!).map(({ why }) => why)).toContain('http.code')
  })

  test('who types a request line by line is understood, however the lines are cut', () => {
    const whole = found(web(['up', REQUEST])[0]!).map(({ why }) => why)
    const lines = web(...REQUEST.split(/(?<=\n)/).map((line) => ['up', line] as const))
    expect(lines.map(packetInfo)).toEqual([
      'POST /login HTTP/1.1',
      'Host: web.example',
      'Cookie: session=00ff',
      'X-Odd : <b>␛',
      'Content-Type: application/x-www-form-urlencoded',
      'Content-Length: 42',
      'End of header fields',
      'Continuation, 42 bytes',
    ])
    expect(lines.flatMap((row) => found(row)).map(({ why }) => why)).toEqual(whole)
    for (let at = 1; at < REQUEST.length; at++) {
      const rows = web(['up', REQUEST.slice(0, at)], ['up', REQUEST.slice(at)], ['up', 'GET / HTTP/1.1\r\n\r\n'])
      expect(rows.map(packetInfo).at(-1)).toBe('GET / HTTP/1.1')
      for (const row of rows) {
        const { octets, fields } = layersOf(row)!
        expect(leavesOf(flatFields(fields), octets.length)).not.toContain(-1)
      }
    }
  })
})

describe('a world', () => {
  let sim: Sim
  let view: PacketsView

  beforeAll(() => {
    sim = new Sim(campusInClear())
    sim.open('t1', 'pc-alice.rennes.example', 'alice')
    sim.type('t1', 'dig MX lyon.example\n')
    sim.drain()
    for (const request of [
      { ask: 'password', password: 'tournesol' },
      { ask: 'read', folder: 'INBOX', uid: 1 },
    ] as const) {
      sim.act({ act: 'mail', host: 'pc-alice.rennes.example', user: 'alice', web: WEB, request })
      sim.drain()
    }
    sim.type('t1', 'openssl s_client -starttls smtp -crlf -connect mx1.rennes.example:587\n')
    sim.drain()
    for (const line of ['EHLO pc-alice', 'NOOP', 'QUIT']) {
      sim.type('t1', `${line}\n`)
      sim.drain()
    }
    const folder = new Folder(packets)
    view = folder.catchUp(sim.trace)
  })

  test('DNS is decoded from its octets', () => {
    const at = view.rows.findIndex(
      (row) => packetInfo(row).startsWith('Standard query response') && row.destination.startsWith('pc-'),
    )
    expect(packetInfo(view.rows[at]!)).toMatch(
      /^Standard query response 0x[0-9a-f]{4} MX lyon\.example MX 10 mx\.lyon\.example/,
    )
    expect(said(view, at + 1)).toMatchObject({
      'Mail exchange': 'mx.lyon.example',
      'Time to live': '3600 s',
      'Response (QR)': 'response',
      'Reply code (RCODE)': 'No error (0)',
    })
    const names = fieldsOf(view, at + 1).filter(({ name }) => name === 'Name')
    expect(names.map(({ why }) => why)).toContain('dns.pointer')
    expect(decodeMessage(view.rows[at]!.packet!.data)).not.toBeNull()
  })

  test('every field that is found is explained', () => {
    const keys = new Set(view.rows.flatMap((row) => all(layersOf(row)?.fields ?? []).map(({ why }) => why)))
    expect(keys.size).toBeGreaterThan(50)
    expect(keys).toContain('http.field.set-cookie')
    for (const key of keys) expect([key, `packets.why.${key}` in packetsEnglish]).toEqual([key, true])
  })

  test('hellos can be read, and tell the name; the rest is sealed', () => {
    const hello = view.rows.findIndex((row) => packetInfo(row) === 'Client Hello')
    expect(said(view, hello + 1)).toMatchObject({
      'Server name': 'mx1.rennes.example',
      'Public key': expect.any(String),
    })
    expect(packetInfo(view.rows[hello + 1]!)).toMatch(/^Server Hello, Application Data/)
    expect(said(view, hello + 2)).toMatchObject({
      'Handshake: Server Hello': '',
      'Encrypted content': expect.any(String),
    })
  })

  test('the ends know what they say, and who listens on the way does not', () => {
    const stream = [...view.streams.values()].at(-1)!
    const { pieces } = streamPieces(stream, 300)
    const clear = pieces.filter(({ sealed }) => !sealed).map(({ speaker, said }) => `${speaker} ${said.split('\n')[0]}`)
    expect(clear[0]).toMatch(/^server 220 /)
    expect(clear).toContain('client STARTTLS')
    const sealed = pieces.filter((piece) => piece.sealed && piece.said !== '')
    expect(sealed.map(({ speaker, said }) => `${speaker} ${said.split('\n')[0]}`)).toEqual([
      'client EHLO pc-alice',
      expect.stringMatching(/^server 250-mx1/),
      'client NOOP',
      expect.stringMatching(/^server 250 /),
    ])
    expect(sealed[0]!.sealed!.hex).toMatch(/^170303/)
    // What says nothing shakes hands before that, and ends TLS behind it.
    const silent = pieces.filter((piece) => piece.sealed && piece.said === '' && piece.message === 0)
    const spoken = sealed[0]!.seq
    expect(silent.filter(({ alert }) => alert).length).toBeGreaterThan(0)
    expect(silent.map(({ alert }) => alert)).toEqual(silent.map(({ seq }) => seq > spoken))
    expect(streamPieces(stream, 2)).toMatchObject({ before: pieces.length - 2, pieces: pieces.slice(-2) })
  })

  test('filters let through what is wanted, and go on where they stopped', () => {
    expect(new PacketFilter(NOBODY).catchUp(view.rows)).toBe(view.rows)
    const dns = new PacketFilter({ ...NOBODY, protocol: 'DNS', text: ' mx LYON' })
    const rows = view.rows.slice(0, 2)
    dns.catchUp(rows)
    rows.push(...view.rows.slice(2))
    const shown = dns.catchUp(rows)
    expect(shown.length).toBeGreaterThan(1)
    expect(shown.every((row) => row.protocol === 'DNS' && packetInfo(row).includes('MX lyon.example'))).toBe(true)
    const host = new PacketFilter({ ...NOBODY, host: 'mx1.rennes.example' }).catchUp(view.rows)
    expect(host.every(({ source, destination }) => [source, destination].includes('mx1.rennes.example'))).toBe(true)
    const [conn] = view.streams.keys()
    expect(new PacketFilter({ ...NOBODY, conn: conn! }).catchUp(view.rows)).toEqual(view.streams.get(conn!)!.packets)
  })

  test('a filter lets through what an earlier moment had, and again what there is now', () => {
    const filter = new PacketFilter({ ...NOBODY, protocol: 'DNS' })
    const numbers = (rows: ReturnType<PacketFilter['catchUp']>) => rows.map(({ number }) => number)
    const now = [...filter.catchUp(view.rows)]
    expect(now.length).toBeGreaterThan(3)
    const moment = now[now.length >> 1]!.seq + 1
    const then = new Folder(packets).upTo(sim.trace, moment)
    expect(numbers(filter.catchUp(then.rows))).toEqual(numbers(now.filter(({ seq }) => seq < moment)))
    expect(numbers(filter.catchUp(view.rows))).toEqual(numbers(now))
  })

  test('what is picked elsewhere is found: a command by its octets, a look-up by what it caused', () => {
    const command = sim.trace.find(
      (event) => event.kind === 'command' && event.protocol === 'submission' && event.verb === 'NOOP',
    )!
    expect(packetsOf(view, command)).toMatchObject([{ protocol: 'TLS', source: 'pc-alice.rennes.example' }])
    const lookup = sim.trace.find(({ kind }) => kind === 'lookup')!
    expect(packetsOf(view, lookup)).toMatchObject([{ protocol: 'DNS' }])
    const row = view.rows[3]!
    expect(packetsOf(view, { seq: row.seq, span: null })).toEqual([row])
    expect(packetsOf(view, { seq: 1_000_000, span: null })).toEqual([])
    const connected = sim.trace.find(({ kind }) => kind === 'connected')!
    expect(packetsOf(view, connected).map(({ packet }) => packet!.flags)).toEqual(['S.', '.'])
  })

  test('the file for Wireshark has each packet in a block that says its length twice', () => {
    const octets = toOctets(pcapng(view.rows, view.names, sim.file.epoch))
    const u32 = (at: number) => [0, 1, 2, 3].reduce((n, k) => n + octets.charCodeAt(at + k) * 256 ** k, 0)
    const types: number[] = []
    const times: number[] = []
    for (let at = 0; at < octets.length; at += u32(at + 4)) {
      types.push(u32(at))
      expect(u32(at + u32(at + 4) - 4)).toBe(u32(at + 4))
      if (u32(at) === 6) times.push((u32(at + 12) * 2 ** 32 + u32(at + 16)) / 1000)
    }
    expect(types.slice(0, 3)).toEqual([0x0a0d0d0a, 1, 4])
    expect(types.filter((type) => type === 6)).toHaveLength(view.rows.length)
    expect(times[0]).toBe(sim.file.epoch + view.rows[0]!.at)
    expect(octets).toContain('mx1.rennes.example\0')
  })
})
