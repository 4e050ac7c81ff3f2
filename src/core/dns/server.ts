/**
 * The name server of a host: what answers on UDP port 53. It is authoritative for its own zones, and asks around for
 * whoever asks it to (recursion); most real ones do either, a small site's often does both.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Task } from '../task.ts'
import { run } from '../task.ts'
import type { Endpoint } from '../terms.ts'
import type { Reply } from './authority.ts'
import { answerFrom, bareReply } from './authority.ts'
import type { NameServer } from './recursion.ts'
import { recurse } from './recursion.ts'
import type { DnsMessage } from './wire.ts'
import {
  decodeMessage,
  dnsMessage,
  encodeMessage,
  encodeWithin,
  INTERNET,
  LARGEST_UDP,
  QUERY,
  SMALLEST_UDP,
} from './wire.ts'

export type DatagramHandler = (data: Octets, from: Endpoint, reply: (data: Octets) => void) => void

export function nameServer(server: NameServer): DatagramHandler {
  return (data, _from, send) => {
    const asked = decodeMessage(data)
    if (asked === null) return refuseGarbage(data, send)
    // An answer to an answer could go on for ever.
    if (asked.reply) return
    run(answer(server, asked), (reply) => {
      if (reply !== null) send(packetOf(asked, reply))
    })
  }
}

function* answer(server: NameServer, { question, opcode, recursionDesired }: DnsMessage): Task<Reply | null> {
  if (opcode !== QUERY) return bareReply('NOTIMP')
  if (question === null) return bareReply('FORMERR')
  if (/^TYPE(?:249|25[0-4])$/.test(question.type)) return bareReply('NOTIMP')
  if (recursionDesired && question.class === INTERNET) return yield* recurse(server, question)
  return answerFrom(server.zones, question, server.machine.now())
}

function packetOf(asked: DnsMessage, reply: Reply): Octets {
  const { id, opcode, recursionDesired, question } = asked
  const udpSize = asked.udpSize === null ? null : LARGEST_UDP
  const size = Math.max(SMALLEST_UDP, Math.min(asked.udpSize ?? 0, LARGEST_UDP))
  const heading = { id, opcode, recursionDesired, question, udpSize, reply: true, recursionAvailable: true }
  return encodeWithin(dnsMessage({ ...heading, ...reply }), size)
}

/** What cannot be read gets FORMERR, if at least it shows under which id to say so and is not an answer itself. */
function refuseGarbage(data: Octets, send: (data: Octets) => void): void {
  if (data.length < 12 || data.charCodeAt(2) & 0x80) return
  const id = data.charCodeAt(0) * 256 + data.charCodeAt(1)
  send(encodeMessage(dnsMessage({ id, reply: true, recursionAvailable: true, rcode: 'FORMERR' })))
}
