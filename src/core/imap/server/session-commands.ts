/** Commands about the session itself, and those that only give the server a chance to tell what is new. */
import type { Octets } from '../../bytes/octets.ts'
import { encodeModifiedUtf7 } from '../../bytes/utf7.ts'
import { utf8Octets } from '../../bytes/utf8.ts'
import type { NamespaceInfo } from '../backend.ts'
import { capabilities } from '../capabilities.ts'
import type { Enabled } from '../session.ts'
import type { Reader } from '../wire/reader.ts'
import { string } from '../wire/writer.ts'
import { enableCondstore } from './report.ts'
import type { Handler, Turn } from './turn.ts'

const OK = { outcome: 'ok' } as const

/** RFC 3501 6.1.1. */
export const capability: Handler<'CAPABILITY'> = (turn, reader) => {
  reader.end()
  const { session, backend } = turn
  const told = capabilities(backend.profile, session)
  turn.untagged(`CAPABILITY ${told.join(' ')}`)
  return OK
}

/** RFC 3501 6.1.2: what has changed is told behind every command, and so behind this one. */
export const noop: Handler<'NOOP'> = (_turn, reader) => {
  reader.end()
  return OK
}

/** RFC 3501 6.4.1: a checkpoint. Nothing is ever only half written here. */
export const check: Handler<'CHECK'> = (_turn, reader) => {
  reader.end()
  return OK
}

/** RFC 3501 6.1.3: BYE comes before the tagged OK. A host's own text for it is `LOGOUT.bye`. */
export const logout: Handler<'LOGOUT'> = (turn, reader) => {
  reader.end()
  const { host, texts } = turn.backend.profile
  const text = texts['LOGOUT.bye'] ?? '{host} IMAP server logging out'
  turn.untagged(`BYE ${utf8Octets(text.replaceAll('{host}', host))}`)
  turn.closeMailbox()
  return OK
}

/** RFC 2971 3.3: so much may be said. */
const ID_LIMITS = { fields: 30, field: 30, value: 1024 } as const

/** RFC 2971 3.1. */
export const id: Handler<'ID'> = (turn, reader) => {
  reader.sp()
  if (!reader.tryWord('NIL')) readIdentity(reader)
  reader.end()
  turn.untagged('ID ("name" "Facteur" "vendor" "Facteur")')
  return OK
}

function readIdentity(reader: Reader): void {
  reader.take('(')
  if (reader.try(')')) return
  const seen = new Set<string>()
  do {
    const field = reader.string('the name of a field').toLowerCase()
    reader.sp()
    const value = reader.nstring('a value or NIL') ?? ''
    if (seen.has(field)) reader.fail(`${field} is said twice`)
    if (field.length > ID_LIMITS.field || value.length > ID_LIMITS.value) reader.fail('a field is too long')
    seen.add(field)
  } while (reader.trySp())
  if (seen.size > ID_LIMITS.fields) reader.fail('there are too many fields')
  reader.take(')')
}

/** What can be switched on, by its name in capitals. */
const SWITCHES: ReadonlyMap<string, Enabled> = new Map([
  ['CONDSTORE', 'CONDSTORE'],
  ['QRESYNC', 'QRESYNC'],
  ['UTF8=ACCEPT', 'UTF8=ACCEPT'],
  ['IMAP4REV2', 'IMAP4rev2'],
])

/** RFC 5161 3.1: what is not known or not offered is passed over. */
export const enable: Handler<'ENABLE'> = (turn, reader) => {
  const names: string[] = []
  reader.sp()
  do names.push(reader.word('a capability'))
  while (reader.trySp())
  reader.end()
  const { enabled } = turn.session
  const now = names.flatMap((name) => {
    const which = SWITCHES.get(name)
    return which !== undefined && turn.offers(name) ? [which] : []
  })
  // RFC 7162 3.2.3: QRESYNC has CONDSTORE within it.
  if (now.includes('CONDSTORE') || now.includes('QRESYNC')) enableCondstore(turn)
  for (const which of now) enabled.add(which)
  turn.untagged(['ENABLED', ...new Set(now)].join(' '))
  return now.includes('IMAP4rev2') && turn.offers('LITERAL+') ? { outcome: 'rev2' } : OK
}

/** RFC 2342 5. */
export const namespace: Handler<'NAMESPACE'> = (turn, reader) => {
  reader.end()
  const { personal, others, shared } = turn.account.namespaces()
  turn.untagged(`NAMESPACE ${namespaces(turn, personal)} ${namespaces(turn, others)} ${namespaces(turn, shared)}`)
  return OK
}

function namespaces({ utf8 }: Turn, infos: readonly NamespaceInfo[]): Octets {
  if (infos.length === 0) return 'NIL'
  const written = infos.map(({ prefix, delimiter }) => {
    const octets = utf8 ? utf8Octets(prefix) : encodeModifiedUtf7(prefix)
    return `(${string(octets, utf8)} ${string(delimiter)})`
  })
  return `(${written.join('')})`
}
