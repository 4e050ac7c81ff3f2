/** A packet taken apart: IP, then TCP or UDP, then what travels in it, every field with its octets. */
import type { Octets } from '../../bytes/octets.ts'
import { octetsAddress } from '../../dns/address.ts'
import { IP_HEADER, packetOctets, UDP_HEADER, type Packet } from '../../net/packets.ts'
import { Dissection, hex, readable, type Field } from './dissect.ts'
import { dnsFields } from './dns.ts'
import { httpFields, HTTP_START } from './http.ts'
import { flagNames } from './info.ts'
import { lineLength, messageLines, MOST_LINES, readableLine, rest, word } from './lines.ts'
import type { PacketRow } from './packets.ts'
import { tlsFields } from './tls.ts'

export interface Layers {
  octets: Octets
  fields: readonly Field[]
}

/** A field in one list of all, each after the one that it lies in. */
export interface FlatField {
  readonly field: Field
  readonly index: number
  /** The index of the field around it; -1 where that is the packet. */
  readonly within: number
  /** From 1. */
  readonly level: number
}

export function flatFields(fields: readonly Field[]): FlatField[] {
  const all: FlatField[] = []
  const visit = (field: Field, within: number, level: number): void => {
    const index = all.push({ field, index: all.length, within, level }) - 1
    for (const child of field.children) visit(child, index, level + 1)
  }
  for (const field of fields) visit(field, -1, 1)
  return all
}

/** For each octet the innermost field in which it lies, -1 where none does; of those that share an octet the first. */
export function leavesOf(fields: readonly FlatField[], octets: number): number[] {
  const leaves = new Array<number>(octets).fill(-1)
  for (const { field, index } of fields)
    for (let at = field.from; at < field.to; at++) {
      const other = fields[leaves[at]!]?.field
      if (!other || field.to - field.from < other.to - other.from) leaves[at] = index
    }
  return leaves
}

/** Null where the packet was lost and nobody knows what was in it. */
export function layersOf(row: PacketRow): Layers | null {
  const { packet } = row
  if (packet === null) return null
  const octets = packetOctets(packet, { number: row.number, ...row.place })
  const of = new Dissection(octets)
  of.group('Internet Protocol (IPv4)', 'ip', () => ip(of, row), IP_HEADER)
  if (packet.flags === null) of.group('User Datagram Protocol', 'udp', () => udp(of, row), UDP_HEADER)
  else
    of.group('Transmission Control Protocol', 'tcp', () => tcp(of, packet, row), 4 * (of.peek(1, TCP_LENGTH_AT) >> 4))
  if (packet.data !== '') payload(of, row)
  return { octets, fields: of.done() }
}

function ip(of: Dissection, { source, destination }: PacketRow): string {
  of.number('Version', 'ip.version', 1, (n) => String(n >> 4))
  of.again('Header length', 'ip.header', '20 (5)', 1)
  of.number('Type of service', 'ip.service', 1, (n) => hex(n, 2))
  of.number('Total length', 'ip.length', 2)
  of.number('Identification', 'ip.id', 2, (n) => hex(n, 4))
  of.number('Flags, fragment offset', 'ip.fragment', 2, (n) => `${hex(n, 4)} (DF)`)
  of.number('Time to live', 'ip.ttl', 1)
  of.number('Protocol', 'ip.protocol', 1, (n) => (n === 6 ? 'TCP (6)' : 'UDP (17)'))
  of.number('Header checksum', 'ip.checksum', 2, (n) => hex(n, 4))
  of.bytes('Source address', 'ip.source', 4, (octets) => named(octetsAddress(octets), source))
  of.bytes('Destination address', 'ip.destination', 4, (octets) => named(octetsAddress(octets), destination))
  return `${source} → ${destination}`
}

const named = (address: string, host: string) => (host === address ? address : `${address} (${host})`)

function tcp(of: Dissection, { flags }: Packet, { from, to, place }: PacketRow): string {
  of.number('Source port', 'tcp.source', 2)
  of.number('Destination port', 'tcp.destination', 2)
  of.number('Sequence number', 'tcp.seq', 4)
  of.number('Acknowledgment number', 'tcp.ack', 4)
  of.number('Header length', 'tcp.header', 1, (n) => `${(n >> 4) * 4} (${n >> 4})`)
  of.number('Flags', `tcp.flags.${FLAGS[flags ?? 'P.']}`, 1, (n) => `${hex(n, 2)} (${flagNames[flags ?? 'P.']})`)
  of.number('Window', 'tcp.window', 2)
  of.number('Checksum', 'tcp.checksum', 2, (n) => hex(n, 4))
  of.number('Urgent pointer', 'tcp.urgent', 2)
  while (of.left > 0) option(of)
  return `${from.port} → ${to.port}, [${flagNames[flags ?? 'P.']}] Seq=${place.seq}`
}

/** Where a TCP header says how long it is. */
const TCP_LENGTH_AT = 12

const scaled = (shift: number) => `${shift} (× ${2 ** shift})`

/** RFC 9293 3.2 and RFC 7323 2.2: those that a SYN bears here. */
function option(of: Dissection): void {
  const kind = of.peek(1)
  if (kind === 1) return void of.number('No-operation', 'tcp.option.nop', 1)
  const [name, why] = kind === 2 ? ['Maximum segment size', 'tcp.option.mss'] : ['Window scale', 'tcp.option.scale']
  of.group(
    `Option: ${name}`,
    why,
    () => {
      of.number('Kind', 'tcp.option.kind', 1)
      of.number('Length', 'tcp.option.length', 1)
      return kind === 2 ? String(of.number(name, why, 2)) : String(of.number(name, why, 1, scaled))
    },
    of.peek(1, 1),
  )
}

const FLAGS = { S: 'syn', 'S.': 'syn-ack', '.': 'ack', 'P.': 'push', 'F.': 'fin', 'R.': 'reset' } as const

function udp(of: Dissection, { from, to }: PacketRow): string {
  of.number('Source port', 'udp.source', 2)
  of.number('Destination port', 'udp.destination', 2)
  of.number('Length', 'udp.length', 2)
  of.number('Checksum', 'udp.checksum', 2, (n) => hex(n, 4))
  return `${from.port} → ${to.port}`
}

function payload(of: Dissection, row: PacketRow): void {
  switch (row.protocol) {
    case 'DNS':
      return of.group('Domain Name System', 'dns', () => (dnsFields(of), ''))
    case 'HTTP':
      return of.group(
        'Hypertext Transfer Protocol',
        'http',
        () => (httpFields(of, row.http ?? HTTP_START, row.speaker), ''),
      )
    case 'TLS':
      return of.group('Transport Layer Security', 'tls', () => (tlsFields(of), ''))
    case 'TCP':
    case 'UDP':
      of.bytes('Data', 'data', of.left, readable)
      return
    case 'SMTP':
    case 'LMTP':
      return of.group(NAMES[row.protocol], row.protocol.toLowerCase(), () => lines(of, row, 'smtp'))
    case 'POP3':
      return of.group(NAMES[row.protocol], 'pop3', () => lines(of, row, 'pop3'))
    case 'IMAP':
      return of.group(NAMES[row.protocol], 'imap', () => lines(of, row, 'imap'))
  }
}

const NAMES = {
  SMTP: 'Simple Mail Transfer Protocol',
  LMTP: 'Local Mail Transfer Protocol',
  POP3: 'Post Office Protocol',
  IMAP: 'Internet Message Access Protocol',
} as const

function lines(of: Dissection, row: PacketRow, protocol: 'smtp' | 'pop3' | 'imap'): string {
  if (row.content) messageLines(of, 'line')
  for (let count = 0; of.left > 0 && count < MOST_LINES; count++) {
    const length = lineLength(of)
    if (row.speaker === 'server') of.group('Response', 'response', () => response(of, protocol), length)
    else of.group('Command', 'command', () => command(of, protocol), length)
  }
  if (of.left > 0) of.bytes('More lines', 'line', of.left, (octets) => `${octets.length}`)
  return ''
}

function command(of: Dissection, protocol: 'smtp' | 'pop3' | 'imap'): string {
  const line = readableLine(of.octets.slice(of.at, of.at + of.left))
  if (protocol === 'imap') word(of, 'Tag', 'imap.tag')
  word(of, 'Verb', `${protocol}.verb`)
  rest(of, 'Parameters', 'parameters')
  return line
}

function response(of: Dissection, protocol: 'smtp' | 'pop3' | 'imap'): string {
  const line = readableLine(of.octets.slice(of.at, of.at + of.left))
  if (protocol === 'smtp' && /^\d{3}/.test(line)) {
    of.bytes('Reply code', 'smtp.code', 3, readable)
    of.bytes('Separator', 'smtp.separator', /^\d{3}[ -]/.test(line) ? 1 : 0, (octets) => `"${octets}"`)
  } else if (protocol === 'pop3' && /^(?:\+OK|-ERR)/.test(line)) word(of, 'Status', 'pop3.status')
  else if (protocol === 'imap') word(of, 'Tag', 'imap.tag')
  rest(of, 'Text', 'text')
  return line
}
