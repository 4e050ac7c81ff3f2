/**
 * Recursion: a name server that asks others for its client (RFC 1034 5.3.3).
 *
 * A real one walks from the root over the TLD down to the server of the zone, by the NS records of each. Here the table
 * `authorities` stands for the root's and the TLDs' delegations and says at once who that server is. The walk is not
 * what mail is about, and it would put a dozen datagrams before every MX that a learner wants to see.
 */
import type { Machine } from '../machine.ts'
import type { Task } from '../task.ts'
import type { Ipv4 } from '../terms.ts'
import type { Reply } from './authority.ts'
import { answerFrom, bareReply } from './authority.ts'
import type { DnsCache } from './cache.ts'
import { recall, remember, rememberAbsence } from './cache.ts'
import { followAliases } from './chain.ts'
import { isWithin } from './names.ts'
import { query, resolutionOf } from './query.ts'
import type { Resolution, ResourceRecord, Zone } from './records.ts'
import type { DnsMessage, Question } from './wire.ts'
import { recordText } from './zonefile.ts'

export interface NameServer {
  /** What it answers for itself. */
  zones: readonly Zone[]
  /** The server that is authoritative for the longest zone around a name; null where no zone is. */
  authorities: (name: string) => Ipv4 | null
  cache: DnsCache
  machine: Machine
}

/** Two tries of this must be over before the client, who waits 5 s, has lost its patience: so it hears SERVFAIL. */
const PATIENCE = 2000
/** Who is led through more aliases than this is led astray. */
const MOST_STEPS = 16

/** Null where one of its own zones is struck dumb. */
export function* recurse(server: NameServer, question: Question): Task<Reply | null> {
  const whole = bareReply('NOERROR')
  let name = question.name
  for (let step = 0; step < MOST_STEPS; step++) {
    const reply = yield* answerStep(server, { ...question, name })
    if (reply === null) return null
    if (reply.rcode !== 'NOERROR' && reply.rcode !== 'NXDOMAIN') return bareReply(reply.rcode)
    const answers = [...whole.answers, ...reply.answers]
    // The flag speaks of the name asked for, the rest of the end of the chain (RFC 1035 4.1.1, RFC 2308 2.1).
    Object.assign(whole, reply, { answers, authoritative: step === 0 ? reply.authoritative : whole.authoritative })
    const chain = followAliases(answers, question.name, question.type)
    if (chain.circular) break
    if (chain.records.length > 0 || chain.end === name || hasSoa(reply)) return whole
    name = chain.end
  }
  return bareReply('SERVFAIL')
}

/** From its own zones, from the cache, or from another server, as far as that one knows. */
function* answerStep(server: NameServer, question: Question): Task<Reply | null> {
  const { zones, cache, machine, authorities } = server
  const { name, type } = question
  const own = answerFrom(zones, question, machine.now())
  const delegated = own?.rcode === 'NOERROR' && !own.authoritative
  if (own?.rcode !== 'REFUSED' && !delegated) return own

  const known = recall(cache, machine.now(), question)
  const address = known === null ? authorities(name) : null
  const lookup = machine.note({ kind: 'lookup', name, type, server: address })
  if (known !== null) return noted(machine, question, resultOf(known), known, true)
  if (address === null) return noted(machine, question, 'nxdomain', bareReply('NXDOMAIN'))
  // Delegated to this very host, which has no such zone: a lame delegation (RFC 1912 2.8).
  if (address === machine.address) return noted(machine, question, 'servfail', bareReply('SERVFAIL'))
  const message = yield* query(machine, address, question, { lookup, recursionDesired: false, patience: PATIENCE })
  return digest(server, address, question, message)
}

/** What is taken over from another server's answer, and remembered. */
function digest(server: NameServer, address: Ipv4, question: Question, message: DnsMessage | null): Reply {
  const { machine, cache, authorities } = server
  // A server is believed in what is delegated to it and nothing else, or it could speak for everybody.
  const believed = (record: ResourceRecord) => authorities(record.name) === address
  const answers = message?.answers.filter(believed) ?? []
  const { result, aliases, records } = resolutionOf(message && { ...message, answers }, question)
  if (message === null || (result !== 'found' && result !== 'no-data' && result !== 'nxdomain')) {
    return noted(machine, question, result, bareReply('SERVFAIL'))
  }
  if (!message.authoritative) return noted(machine, question, 'servfail', bareReply('SERVFAIL'))

  const reply: Reply = { ...bareReply('NOERROR'), answers: [...aliases, ...records] }
  remember(cache, machine.now(), reply.answers)
  const end = followAliases(answers, question.name, question.type).end
  // Where the aliases have left its zones, somebody else knows how it goes on.
  if (authorities(end) !== address) return noted(machine, question, 'found', reply)
  reply.additionals = message.additionals.filter(believed)
  if (result === 'found') return noted(machine, question, result, reply)

  if (result === 'nxdomain') reply.rcode = 'NXDOMAIN'
  const soa = message.authorities.find((record) => record.type === 'SOA' && isWithin(end, record.name))
  if (soa?.type === 'SOA') {
    reply.authorities = [soa]
    rememberAbsence(cache, machine.now(), end, result === 'nxdomain' ? null : question.type, soa)
  }
  return noted(machine, question, result, reply)
}

function noted(
  machine: Machine,
  question: Question,
  result: Resolution['result'],
  reply: Reply,
  cached = false,
): Reply {
  const { name, type } = question
  machine.note({ kind: 'looked-up', name, type, result, answers: reply.answers.map(recordText), cached })
  return reply
}

function resultOf(reply: Reply): Resolution['result'] {
  return reply.rcode === 'NXDOMAIN' ? 'nxdomain' : hasSoa(reply) ? 'no-data' : 'found'
}

/** A SOA in its authority section marks an answer as negative (RFC 2308 section 2.2). */
function hasSoa(reply: Reply): boolean {
  return reply.authorities.some((record) => record.type === 'SOA')
}
