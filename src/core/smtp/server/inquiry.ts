/** VRFY, EXPN and HELP: questions that change nothing (RFC 5321 3.5, 4.1.1.6 to 4.1.1.8). */
import type { Octets } from '../../bytes/octets.ts'
import { utf8Octets, utf8Text } from '../../bytes/utf8.ts'
import type { CommandRow } from '../../engine.ts'
import { withoutBlanks } from '../../message/fields.ts'
import type { SmtpBackend } from '../backend.ts'
import { localRow, offered, smtpCommands, spokenIn, typedVerbs } from '../commands.ts'
import { isAscii } from '../grammar.ts'
import { pathText } from '../path.ts'
import type { SmtpSession } from '../session.ts'
import type { SmtpState } from '../states.ts'
import type { Handler, Turn } from './turn.ts'

const SYNTAX = { outcome: 'syntax' } as const

interface Question {
  word: string
  /** The answer may hold UTF-8 (RFC 6531 3.7.4.2). */
  utf8: boolean
}

/** `VRFY <smith@foo.com>` is asked as often as `VRFY smith`. */
function question(turn: Turn, argument: Octets): Question {
  const { session, backend } = turn
  const isUtf8 = session.client.esmtp && backend.profile.capabilities.includes('SMTPUTF8')
  const asked = withoutBlanks(argument)
  const plain = isUtf8 ? asked.replace(/ +SMTPUTF8$/i, '') : asked
  return { word: utf8Text(plain.replace(/^<(.*)>$/, '$1')), utf8: plain !== asked }
}

/** The person's name goes where the client has not asked for it in UTF-8; null where the address would, too. */
function person(who: { name: string; address: string }, { utf8 }: Question): Octets | null {
  const address = utf8Octets(who.address)
  const name = utf8Octets(who.name)
  if (!utf8 && !isAscii(address)) return null
  return name === '' || (!utf8 && !isAscii(name)) ? `<${address}>` : `${name} <${address}>`
}

const persons = (all: readonly { name: string; address: string }[], asked: Question): Octets[] =>
  all.flatMap((who) => person(who, asked) ?? [])

export const vrfy: Handler<'VRFY'> = (turn, argument) => {
  const asked = question(turn, argument)
  if (asked.word === '') return SYNTAX
  const { utf8 } = asked
  const found = turn.backend.verify(asked.word)
  switch (found.verdict) {
    case 'user': {
      const answer = person(found, asked)
      return answer === null ? { outcome: 'unverifiable' } : { outcome: 'user', values: { person: answer }, utf8 }
    }
    case 'forward':
    case 'moved': {
      const address = utf8Octets(found.address)
      return !utf8 && !isAscii(address)
        ? { outcome: 'unverifiable' }
        : { outcome: found.verdict, values: { address }, utf8 }
    }
    case 'ambiguous':
      return { outcome: 'ambiguous', more: persons(found.candidates, asked), utf8 }
    case 'list':
    case 'unverifiable':
      return { outcome: 'unverifiable' }
    case 'unknown':
      return { outcome: 'unknown' }
  }
}

export const expn: Handler<'EXPN'> = (turn, argument) => {
  const asked = question(turn, argument)
  if (asked.word === '') return SYNTAX
  const found = turn.backend.expand(asked.word)
  if (found.verdict === 'unverifiable') return { outcome: 'unverifiable' }
  // RFC 5321 3.5.2: EXPN of a user's mailbox tells that mailbox, as a list of one.
  const members = found.verdict === 'list' ? found.members : 'address' in found ? [found] : []
  if (members.length === 0) return { outcome: 'unknown' }
  const [first, ...more] = persons(members, asked)
  return first === undefined
    ? { outcome: 'unverifiable' }
    : { outcome: 'list', values: { first }, more, utf8: asked.utf8 }
}

export const help: Handler<'HELP'> = ({ session, backend }, argument) => {
  const topic = withoutBlanks(argument).toUpperCase()
  const here = verbsOf(backend)
  if (topic === '') {
    return {
      outcome: 'help',
      values: { first: 'Commands on this host:' },
      more: [...inRows(here), 'For more: HELP <command>, HELP STATUS'],
    }
  }
  if (topic === 'STATUS')
    return { outcome: 'status', values: { first: `State: ${session.state}` }, more: status(session) }
  if (!here.includes(topic)) return { outcome: 'unknownTopic', values: { topic: withoutBlanks(argument) } }
  const row = rowOf(topic, backend)!
  return { outcome: 'help', values: { first: row.syntax }, more: explain(row, backend.profile.capabilities) }
}

/** The row of a verb: of the table, or of what only this host knows. */
export function rowOf(verb: string, { profile }: SmtpBackend): CommandRow<SmtpState> | null {
  const local = profile.local[verb]
  if (local) return localRow(local)
  return Object.hasOwn(smtpCommands, verb) ? smtpCommands[verb as keyof typeof smtpCommands] : null
}

function verbsOf({ profile }: SmtpBackend): string[] {
  const { capabilities, role, local } = profile
  const all = typedVerbs.filter((verb) => offered(verb, capabilities) && spokenIn(verb, role))
  return [...all, ...Object.keys(local)]
}

function inRows(verbs: readonly string[]): string[] {
  const rows: string[] = []
  for (let at = 0; at < verbs.length; at += 6) rows.push(`  ${verbs.slice(at, at + 6).join(' ')}`)
  return rows
}

function explain({ rfc, parameters }: CommandRow<SmtpState>, capabilities: readonly string[]): string[] {
  const lines = parameters
    .filter((row) => row.extension === null || capabilities.includes(row.extension))
    .map((row) => `  ${row.syntax} (RFC ${row.rfc.rfc})`)
  return [...lines, `RFC ${rfc.rfc} section ${rfc.section}`]
}

/** RFC 5321 4.1.1.8 leaves open what HELP tells; 211 is "system status". */
function status(session: SmtpSession): string[] {
  const { client, envelope } = session
  const facts = [
    client.helo === '' ? 'No HELO yet' : `${client.esmtp ? 'EHLO' : 'HELO'} ${client.helo}`,
    client.secure ? 'TLS is on' : 'TLS is off',
    client.user === null ? 'Nobody is logged in' : `Logged in as ${client.user}`,
    envelope ? `From <${pathText(envelope.from)}>` : 'No transaction',
    ...(envelope ? envelope.recipients.map(({ path }) => `To <${pathText(path)}>`) : []),
    `Messages taken: ${session.taken}`,
    'Said so far:',
  ]
  return [...facts, ...session.history.map((line) => `  ${line}`)]
}
