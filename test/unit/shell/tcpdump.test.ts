import { describe, expect, it } from 'vitest'
import { dnsMessage, encodeMessage, INTERNET } from '../../../src/core/dns/wire.ts'
import type { NetNote } from '../../../src/core/trace/events.ts'
import { Desk } from './fake.ts'

const HEADER =
  'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\nlistening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes\n'
const here = { address: '192.0.2.50', port: 49152 }
const there = { address: '192.0.2.10', port: 25 }

function listening(command: string) {
  const desk = new Desk().start()
  desk.type(command)
  const see = (note: NetNote, at = 10) => {
    desk.packets.put({ seq: 0, at, host: 'x', cause: null, span: null, ...note })
    return desk.read()
  }
  return { desk, see }
}

describe('tcpdump', () => {
  it('prints a line for each packet, and counts them at Ctrl-C', () => {
    const { desk, see } = listening('tcpdump -A port 25')
    expect(desk.screen).toContain(HEADER)
    expect(see({ kind: 'dial', conn: 'c1', from: here, to: there, toHost: null })).toBe(
      '10:00:00.010000 IP 192.0.2.50.49152 > mx1.rennes.example.25: Flags [S], length 0\n',
    )
    expect(see({ kind: 'connected', conn: 'c1' })).toContain(
      'IP mx1.rennes.example.25 > 192.0.2.50.49152: Flags [S.], length 0\n',
    )
    expect(see({ kind: 'segment', conn: 'c1', dir: 'up', data: 'HELO x\r\n\x1b', tls: false }, 1500)).toBe(
      '10:00:01.500000 IP 192.0.2.50.49152 > mx1.rennes.example.25: Flags [P.], length 9: SMTP: HELO x\nHELO x\n.\n',
    )
    expect(see({ kind: 'segment', conn: 'c1', dir: 'down', data: '\x17\x03', tls: true })).toContain(
      'Flags [P.], length 2\n',
    )
    expect(see({ kind: 'fin', conn: 'c1', dir: 'down' })).toContain('Flags [F.], length 0\n')
    expect(see({ kind: 'lost', conn: 'c1', why: 'cut' })).toBe('')
    expect(desk.key('interrupt')).toBe(
      '^C\n5 packets captured\n5 packets received by filter\n0 packets dropped by kernel\nalice@pc-alice:~$ ',
    )
    expect(desk.captures).toBe(0)
  })

  it('knows DNS, and filters', () => {
    const question = { name: 'rennes.example', type: 'MX', class: INTERNET } as const
    const resolver = { address: '192.0.2.1', port: 53 }
    const data = encodeMessage(dnsMessage({ id: 7, recursionDesired: true, question }))
    const datagram: NetNote = { kind: 'datagram', from: here, to: resolver, toHost: null, data }
    const { desk, see } = listening('tcpdump -n udp and port domain')
    expect(see(datagram)).toContain(`IP 192.0.2.50.49152 > 192.0.2.1.53: 7+ MX? rennes.example. (${data.length})\n`)
    const answers = [
      { name: 'rennes.example', ttl: 60, type: 'MX', preference: 10, exchange: 'mx1.rennes.example' },
    ] as const
    const reply = encodeMessage(dnsMessage({ id: 7, reply: true, question, answers }))
    expect(see({ ...datagram, from: resolver, to: here, data: reply })).toContain('7 1/0/0 MX 10 mx1.rennes.example. (')
    expect(see({ kind: 'fin', conn: 'c1', dir: 'up' })).toBe('')
    expect(see({ ...datagram, from: there, to: resolver })).toBe('')
    desk.key('interrupt')
    expect(desk.output('tcpdump port nosuch')).toContain('usage: tcpdump')
  })

  it('stops by itself after -c packets', () => {
    const { see } = listening('tcpdump -c 1 host mx1.rennes.example')
    expect(see({ kind: 'fin', conn: 'c1', dir: 'up' })).toContain('1 packet captured')
  })
})
