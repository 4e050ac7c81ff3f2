/**
 * What of the trace crosses a network card, as the packet that it is. tcpdump prints it, the page's capture takes it apart.
 * The acknowledgement of each segment goes without saying: it is noted nowhere, and no packet here. That of the handshake
 * alone is known to the moment, and whoever lists the packets may add it (`thirdOf`).
 */
import type { Octets } from '../bytes/octets.ts'
import { addressOctets } from '../dns/address.ts'
import type { ConnId, Direction, Endpoint } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import { SEGMENT } from './flow.ts'

export interface Ends {
  from: Endpoint
  to: Endpoint
}

/** As tcpdump writes them: the dot is ACK. */
export type TcpFlags = 'S' | 'S.' | '.' | 'P.' | 'F.' | 'R.'

export interface Packet extends Ends {
  /** Null: a datagram. */
  flags: TcpFlags | null
  data: Octets
  tls: boolean
}

/** Null for what is no packet. `endsOf` knows the connections that were dialled; `from` is who did. */
export function packetOf(event: TraceEvent, endsOf: (conn: ConnId) => Ends | null): Packet | null {
  const tcp = (conn: ConnId, dir: Direction, flags: TcpFlags, data: Octets = '', tls = false): Packet | null => {
    const ends = endsOf(conn)
    if (ends === null) return null
    const { from, to } = dir === 'up' ? ends : { from: ends.to, to: ends.from }
    return { from, to, flags, data, tls }
  }
  switch (event.kind) {
    case 'datagram':
      return { from: event.from, to: event.to, flags: null, data: event.data, tls: false }
    case 'dial':
      return { from: event.from, to: event.to, flags: 'S', data: '', tls: false }
    case 'connected':
      return tcp(event.conn, 'down', 'S.')
    case 'dial-failed':
      return event.why === 'refused' ? tcp(event.conn, 'down', 'R.') : null
    case 'segment':
      return tcp(event.conn, event.dir, 'P.', event.data, event.tls)
    case 'fin':
      return tcp(event.conn, event.dir, 'F.')
    case 'reset':
      return tcp(event.conn, event.dir, 'R.')
    default:
      return null
  }
}

/** The caller's ACK, which sets out as soon as the answer to its SYN is there (RFC 9293 3.5). */
export const thirdOf = ({ from, to }: Packet): Packet => ({ from: to, to: from, flags: '.', data: '', tls: false })

export const IP_HEADER = 20
/** Without options. */
const TCP_HEADER = 20
export const UDP_HEADER = 8
const TCP = 6
const UDP = 17
const TTL = 64
const DO_NOT_FRAGMENT = 0x4000
const BITS: Readonly<Record<TcpFlags, number>> = {
  S: 0x02,
  'S.': 0x12,
  '.': 0x10,
  'P.': 0x18,
  'F.': 0x11,
  'R.': 0x14,
}
/** Windows are not simulated: whoever listens always has room, the most that can be said (RFC 7323 2). */
const WINDOW = 65_535
const SHIFT = 14
/** What a SYN agrees on: the largest segment, as the network cuts them (flow.ts), a filling octet, and the unit of the window. */
const SYN_OPTIONS: Octets = `\x02\x04${String.fromCharCode(SEGMENT >> 8, SEGMENT & 255)}\x01\x03\x03${String.fromCharCode(SHIFT)}`

/** Where a packet stands: its own number, and what has gone before it in both directions of its connection. */
export interface PacketPlace {
  number: number
  seq: number
  ack: number
}

/** The packet as it lies on the wire: IPv4 (RFC 791) around TCP (RFC 9293) or UDP (RFC 768), with their checksums. */
export function packetOctets({ from, to, flags, data }: Packet, { number, seq, ack }: PacketPlace): Octets {
  const [source, destination] = [from, to].map(({ address }) => addressOctets(address) ?? '\0\0\0\0')
  const ends = `${source}${destination}`
  const ports = u16(from.port) + u16(to.port)
  const protocol = flags === null ? UDP : TCP
  const options = flags === 'S' || flags === 'S.' ? SYN_OPTIONS : ''
  const length = (flags === null ? UDP_HEADER : TCP_HEADER) + options.length + data.length
  const pseudoHeader = ends + u16(protocol) + u16(length)
  const before = flags === null ? ports + u16(length) : tcpHeader(ports, flags, seq, ack, options)
  const behind = flags === null ? data : `\0\0${options}${data}`
  const whole = before + u16(checksum(`${pseudoHeader}${before}\0\0${behind}`)) + behind
  const start = `\x45\0${u16(IP_HEADER + length)}${u16(number)}${u16(DO_NOT_FRAGMENT)}${String.fromCharCode(TTL, protocol)}`
  return start + u16(checksum(`${start}\0\0${ends}`)) + ends + whole
}

/** Its length is told in words of four octets; the last six octets, checksum and urgent pointer, and the options are left out. */
function tcpHeader(ports: Octets, flags: TcpFlags, seq: number, ack: number, options: Octets): Octets {
  const words = (TCP_HEADER + options.length) / 4
  return `${ports}${u32(seq)}${u32(flags === 'S' ? 0 : ack)}${String.fromCharCode(words << 4, BITS[flags])}${u16(WINDOW)}`
}

/** RFC 1071: the sum of all pairs of octets in ones' complement, turned round. */
export function checksum(octets: Octets): number {
  let sum = 0
  for (let at = 0; at < octets.length; at += 2)
    sum += octets.charCodeAt(at) * 256 + (at + 1 < octets.length ? octets.charCodeAt(at + 1) : 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return ~sum & 0xffff
}

const u16 = (n: number): Octets => String.fromCharCode((n >> 8) & 255, n & 255)
const u32 = (n: number): Octets => u16(Math.floor(n / 0x10000)) + u16(n)
