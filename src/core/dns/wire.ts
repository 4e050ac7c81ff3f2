/**
 * DNS messages as packets (RFC 1035 section 4): what really travels to port 53.
 *
 * Reading never throws and never runs in circles, whatever came in. Records of a class or type that the house has no
 * use for are stepped over; EDNS(0) is understood as far as the size of answers goes (RFC 6891).
 */
import type { Octets } from '../bytes/octets.ts'
import { addressOctets, octetsAddress } from './address.ts'
import { PacketReader } from './reader.ts'
import type { Rcode, RecordType, ResourceRecord } from './records.ts'
import { PacketWriter } from './writer.ts'

/** A type that the house has no records of is called by its number (RFC 3597 section 5). */
export type QuestionType = RecordType | `TYPE${number}`

export interface Question {
  name: string
  type: QuestionType
  class: number
}

export interface DnsMessage {
  id: number
  /** QR: an answer, not a question. */
  reply: boolean
  opcode: number
  /** AA */
  authoritative: boolean
  /** TC: the answer was too long for a datagram. */
  truncated: boolean
  /** RD */
  recursionDesired: boolean
  /** RA */
  recursionAvailable: boolean
  rcode: Rcode
  /** Never more than one (RFC 9619). */
  question: Question | null
  answers: readonly ResourceRecord[]
  authorities: readonly ResourceRecord[]
  additionals: readonly ResourceRecord[]
  /** EDNS(0): how long a datagram the sender takes; null where it says nothing, which means 512. */
  udpSize: number | null
}

export const INTERNET = 1
export const QUERY = 0
/** `*`, all types (RFC 1035 3.2.3). */
export const ANY: QuestionType = 'TYPE255'
/** What a datagram holds without EDNS(0) (RFC 1035 2.3.4), and what we take: it passes every path in one piece. */
export const SMALLEST_UDP = 512
export const LARGEST_UDP = 1232

const OPT = 41
const NUMBERS: Readonly<Record<RecordType, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  SRV: 33,
}
const TYPES: ReadonlyMap<number, RecordType> = new Map(
  Object.entries(NUMBERS).map(([type, number]) => [number, type as RecordType]),
)
const RCODES: readonly Rcode[] = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED']

/** RFC 2181 section 8: what looks negative is zero. */
const LARGEST_TTL = 0x7fffffff

/** A message of which only what matters is said. */
export function dnsMessage(parts: Partial<DnsMessage>): DnsMessage {
  return {
    id: 0,
    reply: false,
    opcode: QUERY,
    authoritative: false,
    truncated: false,
    recursionDesired: false,
    recursionAvailable: false,
    rcode: 'NOERROR',
    question: null,
    answers: [],
    authorities: [],
    additionals: [],
    udpSize: null,
    ...parts,
  }
}

/** Throws where a name is no name, an address no address or a text too long: who makes records sees to that. */
export function encodeMessage(message: DnsMessage): Octets {
  const out = new PacketWriter()
  out.number(message.id, 2)
  out.number(
    (message.reply ? 0x8000 : 0) |
      (message.opcode << 11) |
      (message.authoritative ? 0x0400 : 0) |
      (message.truncated ? 0x0200 : 0) |
      (message.recursionDesired ? 0x0100 : 0) |
      (message.recursionAvailable ? 0x0080 : 0) |
      RCODES.indexOf(message.rcode),
    2,
  )
  out.number(message.question === null ? 0 : 1, 2)
  out.number(message.answers.length, 2)
  out.number(message.authorities.length, 2)
  out.number(message.additionals.length + (message.udpSize === null ? 0 : 1), 2)
  if (message.question !== null) {
    out.name(message.question.name)
    out.number(typeNumber(message.question.type), 2)
    out.number(message.question.class, 2)
  }
  for (const record of [...message.answers, ...message.authorities, ...message.additionals]) writeRecord(out, record)
  if (message.udpSize !== null) {
    out.name('')
    out.number(OPT, 2)
    out.number(message.udpSize, 2)
    out.number(0, 4)
    out.number(0, 2)
  }
  return out.packet()
}

/** As `encodeMessage`, cut to what a datagram may hold: first the additional records go, then all (RFC 2181 section 9). */
export function encodeWithin(message: DnsMessage, size: number): Octets {
  const whole = encodeMessage(message)
  if (whole.length <= size) return whole
  const bare = encodeMessage({ ...message, additionals: [] })
  if (bare.length <= size) return bare
  return encodeMessage({ ...message, truncated: true, answers: [], authorities: [], additionals: [] })
}

function writeRecord(out: PacketWriter, record: ResourceRecord): void {
  out.name(record.name)
  out.number(NUMBERS[record.type], 2)
  out.number(INTERNET, 2)
  out.number(record.ttl, 4)
  out.counted(() => writeData(out, record))
}

function writeData(out: PacketWriter, record: ResourceRecord): void {
  switch (record.type) {
    case 'A': {
      const octets = addressOctets(record.address)
      if (octets === null) throw new RangeError(`not an IPv4 address: ${record.address}`)
      return out.octets(octets)
    }
    case 'NS':
      return out.name(record.server)
    case 'CNAME':
    case 'PTR':
      return out.name(record.target)
    case 'MX':
      out.number(record.preference, 2)
      return out.name(record.exchange)
    case 'TXT':
      if (record.texts.length === 0) throw new RangeError('a TXT record without a text')
      return record.texts.forEach((text) => out.text(text))
    case 'SRV':
      for (const value of [record.priority, record.weight, record.port]) out.number(value, 2)
      return out.wholeName(record.target)
    case 'SOA':
      out.name(record.primary)
      out.name(record.mailbox)
      for (const value of [record.serial, record.refresh, record.retry, record.expire, record.minimum])
        out.number(value, 4)
  }
}

/** Null for what is no DNS message. */
export function decodeMessage(octets: Octets): DnsMessage | null {
  const from = new PacketReader(octets)
  const id = from.number(2)
  const flags = from.number(2)
  const questions = from.number(2)
  const counts = [from.number(2), from.number(2), from.number(2)]
  if (questions > 1) return null
  const question = questions === 1 ? readQuestion(from) : null
  const sections: ResourceRecord[][] = []
  let udpSize: number | null = null
  for (const count of counts) {
    const records: ResourceRecord[] = []
    for (let at = 0; at < count && !from.failed; at++) {
      const read = readRecord(from)
      if (read === null) continue
      if ('udpSize' in read) udpSize = read.udpSize
      else records.push(read)
    }
    sections.push(records)
  }
  if (from.failed || !from.atEnd()) return null
  return {
    id,
    reply: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 15,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    // Codes that came later (RFC 2136 ...) all say that the server did not do it.
    rcode: RCODES[flags & 15] ?? 'SERVFAIL',
    question,
    answers: sections[0]!,
    authorities: sections[1]!,
    additionals: sections[2]!,
    udpSize,
  }
}

function readQuestion(from: PacketReader): Question {
  return { name: from.name(), type: typeOf(from.number(2)), class: from.number(2) }
}

/** Null for a record that is of no use here. */
export function readRecord(from: PacketReader): ResourceRecord | { udpSize: number } | null {
  const name = from.name()
  const number = from.number(2)
  const recordClass = from.number(2)
  const seconds = from.number(4)
  return from.counted((length) => {
    const type = TYPES.get(number)
    if (type === undefined || recordClass !== INTERNET) {
      from.octets(length)
      return number === OPT ? { udpSize: recordClass } : null
    }
    return readData(from, name, seconds > LARGEST_TTL ? 0 : seconds, type, length)
  })
}

function readData(from: PacketReader, name: string, ttl: number, type: RecordType, length: number): ResourceRecord {
  switch (type) {
    case 'A':
      return { name, ttl, type, address: octetsAddress(from.octets(4)) }
    case 'NS':
      return { name, ttl, type, server: from.name() }
    case 'CNAME':
    case 'PTR':
      return { name, ttl, type, target: from.name() }
    case 'MX':
      return { name, ttl, type, preference: from.number(2), exchange: from.name() }
    case 'TXT':
      return { name, ttl, type, texts: from.texts(length) }
    case 'SRV':
      return {
        name,
        ttl,
        type,
        priority: from.number(2),
        weight: from.number(2),
        port: from.number(2),
        target: from.name(),
      }
    case 'SOA':
      return {
        name,
        ttl,
        type,
        primary: from.name(),
        mailbox: from.name(),
        serial: from.number(4),
        refresh: from.number(4),
        retry: from.number(4),
        expire: from.number(4),
        minimum: from.number(4),
      }
  }
}

function typeNumber(type: QuestionType): number {
  return type in NUMBERS ? NUMBERS[type as RecordType] : Number(type.slice('TYPE'.length))
}

export function typeOf(number: number): QuestionType {
  return TYPES.get(number) ?? `TYPE${number}`
}
