/** What the list says of a packet, in the words of Wireshark: `[SYN] Seq=0`, `C: EHLO pc-alice`, `Standard query 0x0001 MX lyon.example`. */
import type { Octets } from '../../bytes/octets.ts'
import { harmless, utf8Text } from '../../bytes/utf8.ts'
import { decodeMessage } from '../../dns/wire.ts'
import { dataText } from '../../dns/zonefile.ts'
import type { TcpFlags } from '../../net/packets.ts'
import { typeName } from '../../shell/question.ts'
import { httpInfo, HTTP_START } from './http.ts'
import type { PacketRow } from './packets.ts'
import { recordNames } from './tls.ts'

/** More of a line than this does not fit anywhere. */
const LONGEST = 300

export const flagNames: Readonly<Record<TcpFlags, string>> = {
  S: 'SYN',
  'S.': 'SYN, ACK',
  '.': 'ACK',
  'P.': 'PSH, ACK',
  'F.': 'FIN, ACK',
  'R.': 'RST, ACK',
}

/** How many octets it carries for whoever the ports belong to. */
export const payloadLength = ({ packet, span }: PacketRow): number =>
  packet?.data.length ?? (span === null ? 0 : span[3] - span[2])

export const packetInfo = (row: PacketRow): string => (row.info ??= written(row))

function written(row: PacketRow): string {
  const { packet, protocol, from, to } = row
  switch (protocol) {
    case 'DNS':
      return dnsInfo(packet?.data ?? '')
    case 'UDP':
      return `${from.port} → ${to.port} Len=${payloadLength(row)}`
    case 'TLS':
      return recordNames(packet?.data ?? '').join(', ')
    case 'HTTP':
      return readable(httpInfo(packet?.data ?? '', row.http ?? HTTP_START))
    case 'TCP':
      return tcpInfo(row)
    default: {
      const who = row.speaker === 'client' ? 'C: ' : 'S: '
      if (row.content) return `${who}DATA fragment, ${payloadLength(row)} bytes`
      return who + readable(linesOf(packet?.data ?? '').join(' | '))
    }
  }
}

function tcpInfo(row: PacketRow): string {
  const { packet, from, to, place } = row
  const length = payloadLength(row)
  const flags = packet?.flags ? `[${flagNames[packet.flags]}] ` : ''
  const ack = packet === null || packet.flags === 'S' ? '' : ` Ack=${place.ack}`
  return `${from.port} → ${to.port} ${flags}Seq=${place.seq}${ack} Len=${length}`
}

function linesOf(data: Octets): string[] {
  const lines = data.slice(0, 2 * LONGEST).split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

const readable = (octets: Octets) => {
  const text = harmless(utf8Text(octets))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

const RCODES: Readonly<Record<string, string>> = {
  NOERROR: '',
  FORMERR: ' Format error',
  SERVFAIL: ' Server failure',
  NXDOMAIN: ' No such name',
  NOTIMP: ' Not implemented',
  REFUSED: ' Refused',
}

function dnsInfo(data: Octets): string {
  const message = decodeMessage(data)
  if (message === null) return 'Malformed packet'
  const { id, reply, question, rcode, answers } = message
  const asked = question === null ? '' : ` ${typeName(question.type)} ${question.name || '<Root>'}`
  const what = `Standard query${reply ? ' response' : ''} 0x${id.toString(16).padStart(4, '0')}`
  if (!reply) return readable(what + asked)
  const records = answers.map((record) => ` ${record.type} ${dataText(record).replace(/\.$/, '')}`)
  return readable(what + RCODES[rcode] + asked + records.join(''))
}
