/** One question to one server, as a packet over UDP (RFC 1035 4.2.1, RFC 5452 section 4). */
import type { Machine } from '../machine.ts'
import type { Task } from '../task.ts'
import { ask } from '../task.ts'
import type { Ipv4, Millis, Seq } from '../terms.ts'
import { followAliases } from './chain.ts'
import type { Resolution } from './records.ts'
import type { DnsMessage, Question } from './wire.ts'
import { decodeMessage, dnsMessage, encodeMessage, LARGEST_UDP } from './wire.ts'

const DNS_PORT = 53
const TRIES = 2

export interface QueryOptions {
  /** The place of the look-up in the trace, from which the packet's id is made: always another, yet always the same. */
  lookup: Seq
  recursionDesired: boolean
  /** How long each try waits. */
  patience: Millis
}

/** The server's answer; null when none came that answers this very question. */
export function* query(
  machine: Machine,
  server: Ipv4,
  question: Question,
  { lookup, recursionDesired, patience }: QueryOptions,
): Task<DnsMessage | null> {
  const sent = dnsMessage({ id: lookup & 0xffff, question, recursionDesired, udpSize: LARGEST_UDP })
  const packet = encodeMessage(sent)
  for (let tried = 0; tried < TRIES; tried++) {
    const data = yield* ask(machine.exchange(server, DNS_PORT, packet, patience))
    const reply = data === null ? null : decodeMessage(data)
    if (reply !== null && belongsTo(reply, sent.id, question)) return reply
  }
  return null
}

function belongsTo(reply: DnsMessage, id: number, { name, type, class: questionClass }: Question): boolean {
  if (!reply.reply || reply.id !== id) return false
  // Who could not read the question cannot repeat it.
  if (reply.question === null) return reply.rcode === 'FORMERR'
  return reply.question.name === name && reply.question.type === type && reply.question.class === questionClass
}

/** What an answer comes to; null stands for none. */
export function resolutionOf(reply: DnsMessage | null, question: Question): Resolution {
  const failed = (result: Resolution['result']): Resolution => ({ result, records: [], aliases: [], cached: false })
  if (reply === null) return failed('timeout')
  if (reply.rcode === 'REFUSED') return failed('refused')
  // A truncated answer is none (RFC 2181 section 9), and nobody here speaks DNS over TCP, where the whole would be had.
  if ((reply.rcode !== 'NOERROR' && reply.rcode !== 'NXDOMAIN') || reply.truncated) return failed('servfail')
  const { aliases, records, circular } = followAliases(reply.answers, question.name, question.type)
  if (circular) return failed('servfail')
  const result = records.length > 0 ? 'found' : reply.rcode === 'NXDOMAIN' ? 'nxdomain' : 'no-data'
  return { result, records, aliases, cached: false }
}
