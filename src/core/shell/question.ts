/** What dig, host and nslookup share: a question of their own to one server, and the types that people name. */
import { normalName } from '../dns/names.ts'
import { query, resolutionOf } from '../dns/query.ts'
import { recordText } from '../dns/zonefile.ts'
import { INTERNET, type DnsMessage, type QuestionType } from '../dns/wire.ts'
import type { Task } from '../task.ts'
import type { Ipv4 } from '../terms.ts'
import { readable, type Context } from './command.ts'
import { resolveHost } from './names.ts'

const PATIENCE = 5000

/** Types that the house has no records of can be asked for all the same (IANA's numbers). */
const TYPES: Readonly<Record<string, QuestionType>> = {
  A: 'A',
  NS: 'NS',
  CNAME: 'CNAME',
  SOA: 'SOA',
  PTR: 'PTR',
  MX: 'MX',
  TXT: 'TXT',
  SRV: 'SRV',
  AAAA: 'TYPE28',
  DS: 'TYPE43',
  DNSKEY: 'TYPE48',
  TLSA: 'TYPE52',
  CAA: 'TYPE257',
  ANY: 'TYPE255',
}

export const questionType = (word: string): QuestionType | null =>
  Object.hasOwn(TYPES, word.toUpperCase()) ? TYPES[word.toUpperCase()]! : null

/** As people call it. */
export const typeName = (type: QuestionType): string =>
  Object.entries(TYPES).find(([, known]) => known === type)?.[0] ?? type

/** The server to ask: the one that was named, or the machine's own resolver. */
export function* serverFor(context: Context, named: string | null): Task<{ address: Ipv4; name: string } | null> {
  const { resolver } = context.host
  if (named === null) return resolver === null ? null : { address: resolver, name: resolver }
  const found = yield* resolveHost(context.host, named)
  return found.ok ? { address: found.addresses[0]!, name: named } : null
}

/** Sends the question; null where no answer came. The trace tells of it as of any look-up. */
export function* askServer(
  { host: { machine } }: Context,
  server: Ipv4,
  name: string,
  type: QuestionType,
  recursionDesired = true,
): Task<DnsMessage | null> {
  const question = { name, type, class: INTERNET }
  const lookup = machine.note({ kind: 'lookup', name, type: typeName(type), server })
  const reply = yield* query(machine, server, question, { lookup, recursionDesired, patience: PATIENCE })
  const { result } = resolutionOf(reply, question)
  const answers = reply?.answers.map(recordText) ?? []
  machine.note({ kind: 'looked-up', name, type: typeName(type), result, answers, cached: false }, lookup)
  return reply
}

/** The name as DNS has it; null where it is no name, which is complained of. */
export function legalName(context: Context, typed: string): string | null {
  const name = normalName(typed)
  if (name === null) context.complain(`${context.name}: '${readable(typed)}' is not a legal name\n`)
  return name
}

export const noAnswer = (server: Ipv4): string =>
  `;; communications error to ${server}#53: timed out\n;; no servers could be reached\n`
