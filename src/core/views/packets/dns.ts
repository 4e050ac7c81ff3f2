/** A DNS message field by field, decoded from its octets (RFC 1035 4.1). */
import { PacketReader } from '../../dns/reader.ts'
import { readRecord, typeOf } from '../../dns/wire.ts'
import { dataText } from '../../dns/zonefile.ts'
import { typeName } from '../../shell/question.ts'
import { type Dissection, hex, hexOctets } from './dissect.ts'

const MOST_RECORDS = 100
const OPT = 41
const OPCODES: Readonly<Record<number, string>> = { 0: 'Standard query' }
const RCODES = ['No error', 'Format error', 'Server failure', 'No such name', 'Not implemented', 'Refused']
const SECTIONS = [
  ['Answers', 'dns.answers'],
  ['Authorities', 'dns.authorities'],
  ['Additional records', 'dns.additionals'],
] as const

/** The message stands from where the dissection is to its end: names point back into it (RFC 1035 4.1.4). */
export function dnsFields(of: Dissection): void {
  const start = of.at
  const message = of.octets.slice(start)
  of.number('Transaction ID', 'dns.id', 2, (n) => hex(n, 4))
  flags(of)
  const questions = of.number('Questions', 'dns.count', 2)
  const counts = SECTIONS.map(([name]) => of.number(name, 'dns.count', 2))
  for (let k = 0; k < Math.min(questions, 1) && of.left > 0; k++)
    of.group('Question', 'dns.question', () => question(of, message, start))
  SECTIONS.forEach(([name, why], section) => {
    const count = Math.min(counts[section]!, MOST_RECORDS)
    if (count === 0 || of.left <= 0) return
    of.group(name, why, () => {
      for (let k = 0; k < count && of.left > 0; k++) record(of, message, start)
      return String(counts[section])
    })
  })
  if (of.left > 0) of.bytes('Data', 'data', of.left, hexOctets)
}

function flags(of: Dissection): void {
  const bits = of.peek(2)
  const says = (bit: number, yes: string, no: string) => ((bits & bit) === 0 ? no : yes)
  const reply = (bits & 0x8000) !== 0
  of.group(
    'Flags',
    'dns.flags',
    () => {
      of.number('QR, Opcode, AA, TC, RD', 'dns.flags', 1, (n) => hex(n, 2))
      of.again('Response (QR)', 'dns.qr', says(0x8000, 'response', 'query'), 1)
      of.again('Opcode', 'dns.opcode', OPCODES[(bits >> 11) & 15] ?? String((bits >> 11) & 15), 1)
      if (reply) of.again('Authoritative (AA)', 'dns.aa', says(0x0400, 'yes', 'no'), 1)
      of.again('Truncated (TC)', 'dns.tc', says(0x0200, 'yes', 'no'), 1)
      of.again('Recursion desired (RD)', 'dns.rd', says(0x0100, 'yes', 'no'), 1)
      of.number('RA, Z, RCODE', 'dns.flags', 1, (n) => hex(n, 2))
      if (reply) {
        of.again('Recursion available (RA)', 'dns.ra', says(0x0080, 'yes', 'no'), 1)
        of.again('Reply code (RCODE)', 'dns.rcode', `${RCODES[bits & 15] ?? '?'} (${bits & 15})`, 1)
      }
      return `${hex(bits, 4)} ${reply ? 'response' : 'query'}`
    },
    2,
  )
}

function question(of: Dissection, message: string, start: number): string {
  const asked = name(of, message, start)
  const type = of.number('Type', 'dns.type', 2, (n) => `${typeName(typeOf(n))} (${n})`)
  of.number('Class', 'dns.class', 2, (n) => (n === 1 ? 'IN (1)' : String(n)))
  return `${asked} ${typeName(typeOf(type))}`
}

function name(of: Dissection, message: string, start: number): string {
  const reader = new PacketReader(message, of.at - start)
  const text = reader.name() || '<Root>'
  const length = reader.at + start - of.at
  // Two octets that are a pointer, or labels that end in one.
  const compressed =
    length >= 2 && (message.charCodeAt(reader.at - 2) & 0xc0) === 0xc0 && message[reader.at - 1] !== '\0'
  of.bytes('Name', compressed ? 'dns.pointer' : 'dns.name', length, () => text)
  return text
}

function record(of: Dissection, message: string, start: number): void {
  const read = readRecord(new PacketReader(message, of.at - start))
  of.group('Record', 'dns.record', () => {
    const owner = name(of, message, start)
    const number = of.number('Type', 'dns.type', 2, (n) => (n === OPT ? 'OPT (41)' : `${typeName(typeOf(n))} (${n})`))
    if (number === OPT) {
      of.number('UDP payload size', 'dns.size', 2)
      of.number('Extended RCODE and flags', 'dns.edns', 4, (n) => hex(n, 8))
      of.bytes('Options', 'dns.edns', 2 + of.peek(2), hexOctets)
      return 'OPT'
    }
    of.number('Class', 'dns.class', 2, (n) => (n === 1 ? 'IN (1)' : String(n)))
    of.number('Time to live', 'dns.ttl', 4, (n) => `${n} s`)
    const length = of.number('Data length', 'dns.length', 2)
    const text = read !== null && 'type' in read ? dataText(read) : ''
    if (read !== null && 'type' in read && read.type === 'MX') {
      of.number('Preference', 'dns.preference', 2)
      of.bytes('Mail exchange', 'dns.exchange', length - 2, () => `${read.exchange || '.'}`)
    } else {
      of.bytes(
        'Data',
        `dns.data.${read !== null && 'type' in read ? read.type : 'other'}`,
        length,
        (octets) => text || hexOctets(octets),
      )
    }
    return `${owner} ${typeName(typeOf(number))} ${text}`
  })
}
