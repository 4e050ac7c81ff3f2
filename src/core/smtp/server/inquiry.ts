/** VRFY, EXPN and HELP: questions that change nothing (RFC 5321 3.5, 4.1.1.6 to 4.1.1.8). */
import { offered, smtpCommands, typedVerbs, type Verb } from '../commands.ts'
import { pathText } from '../path.ts'
import type { SmtpSession } from '../session.ts'
import type { Handler } from './turn.ts'

const SYNTAX = { outcome: 'syntax' } as const
const person = (who: { name: string; address: string }) =>
  who.name === '' ? `<${who.address}>` : `${who.name} <${who.address}>`

/** `VRFY <smith@foo.com>` is asked as often as `VRFY smith`. */
const word = (argument: string) => argument.trim().replace(/^<(.*)>$/, '$1')

export const vrfy: Handler<'VRFY'> = ({ backend }, argument) => {
  if (word(argument) === '') return SYNTAX
  const found = backend.verify(word(argument))
  switch (found.verdict) {
    case 'user':
      return { outcome: 'user', values: { person: person(found) } }
    case 'forward':
      return { outcome: 'forward', values: { address: found.address } }
    case 'moved':
      return { outcome: 'moved', values: { address: found.address } }
    case 'ambiguous':
      return { outcome: 'ambiguous', more: found.candidates.map(person) }
    case 'list':
    case 'unverifiable':
      return { outcome: 'unverifiable' }
    case 'unknown':
      return { outcome: 'unknown' }
  }
}

export const expn: Handler<'EXPN'> = ({ backend }, argument) => {
  if (word(argument) === '') return SYNTAX
  const found = backend.expand(word(argument))
  if (found.verdict === 'unverifiable') return { outcome: 'unverifiable' }
  // RFC 5321 3.5.2: EXPN of a user's mailbox tells that mailbox, as a list of one.
  const members = found.verdict === 'list' ? found.members : 'address' in found ? [found] : []
  if (members.length === 0) return { outcome: 'unknown' }
  const [first, ...more] = members.map(person)
  return { outcome: 'list', values: { first: first! }, more }
}

export const help: Handler<'HELP'> = ({ session, backend }, argument) => {
  const { capabilities } = backend.profile
  const topic = argument.trim().toUpperCase()
  const here = typedVerbs.filter((verb) => offered(verb, capabilities))
  if (topic === '') {
    return {
      outcome: 'help',
      values: { first: 'Commands on this host:' },
      more: [...inRows(here), 'For more: HELP <command>, HELP STATUS'],
    }
  }
  if (topic === 'STATUS')
    return { outcome: 'status', values: { first: `State: ${session.state}` }, more: status(session) }
  const verb = here.find((other) => other === topic)
  if (!verb) return { outcome: 'unknownTopic', values: { topic: argument.trim() } }
  return { outcome: 'help', values: { first: smtpCommands[verb].syntax }, more: explain(verb, capabilities) }
}

function inRows(verbs: readonly Verb[]): string[] {
  const rows: string[] = []
  for (let at = 0; at < verbs.length; at += 6) rows.push(`  ${verbs.slice(at, at + 6).join(' ')}`)
  return rows
}

function explain(verb: Verb, capabilities: readonly string[]): string[] {
  const { rfc, parameters } = smtpCommands[verb]
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
    ...(envelope ? envelope.recipients.map((path) => `To <${pathText(path)}>`) : []),
    `Messages taken: ${session.taken}`,
    'Said so far:',
  ]
  return [...facts, ...session.history.map((line) => `  ${line}`)]
}
