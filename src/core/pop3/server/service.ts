/** What is asked of the server rather than of the maildrop: CAPA, LANG, UTF8, STLS, NOOP. */
import type { Octets } from '../../bytes/octets.ts'
import type { Pop3Backend } from '../backend.ts'
import { tagOf } from '../commands.ts'
import { words } from '../grammar.ts'
import type { Pop3Session } from '../session.ts'
import { usable } from './login.ts'
import type { Handler } from './turn.ts'

const SYNTAX = { outcome: 'syntax' } as const
const OK = { outcome: 'ok' } as const

export const capa: Handler<'CAPA'> = ({ session, backend }, argument) =>
  argument.trim() === ''
    ? { outcome: 'list', listing: backend.profile.capabilities.flatMap((line) => capability(line, session, backend)) }
    : SYNTAX

/** One line of CAPA's answer, or none where it does not hold now. */
function capability(told: string, session: Pop3Session, backend: Pop3Backend): Octets[] {
  const { profile } = backend
  const before = session.maildrop === null
  const open = profile.passwordNeedsTls && !session.secure
  const user = before && profile.perUser ? ' USER' : ''
  switch (tagOf(told)) {
    case 'STLS':
      // RFC 2595 8: AUTHORIZATION state only; 4: permitted in the current state.
      return before && !session.secure ? [told] : []
    case 'USER':
      return open ? [] : [told]
  }
  // What brings its own arguments stands as the world wrote it.
  if (told.includes(' ')) return [told]
  switch (told) {
    case 'SASL': {
      const mechanisms = usable(session, backend)
      return mechanisms.length === 0 ? [] : [`SASL ${mechanisms.join(' ')}`]
    }
    case 'LOGIN-DELAY':
      return [`LOGIN-DELAY ${session.maildrop?.loginDelay ?? profile.loginDelay}${user}`]
    case 'EXPIRE':
      return [`EXPIRE ${session.maildrop?.expire ?? profile.expire}${user}`]
    case 'IMPLEMENTATION':
      return ['IMPLEMENTATION Facteur']
    default:
      return [told]
  }
}

/** RFC 6856 3: the server speaks English, and says so. */
const LANGUAGES: readonly { tag: string; line: Octets }[] = [
  { tag: 'i-default', line: 'i-default' },
  { tag: 'en', line: 'en English' },
]

export const lang: Handler<'LANG'> = ({ backend }, argument) => {
  const [range, ...rest] = words(argument, backend.profile.dialect)
  if (range === undefined) return { outcome: 'list', listing: LANGUAGES.map((language) => language.line) }
  if (range === '' || rest.length > 0) return SYNTAX
  if (range === '*') return { outcome: 'ok', values: { language: 'en' } }
  const found = LANGUAGES.find((language) => matches(range.toLowerCase(), language.tag))
  return found
    ? { outcome: 'ok', values: { language: found.tag } }
    : { outcome: 'unknown', values: { language: range } }
}

/** RFC 4647 3.3.1: a basic range fits a tag that is it, or begins with it and a hyphen. */
const matches = (range: string, tag: string) => tag === range || tag.startsWith(`${range}-`)

export const utf8: Handler<'UTF8'> = ({ session }, argument) => {
  if (argument.trim() !== '') return SYNTAX
  session.utf8 = true
  return OK
}

/** The dispatcher starts the handshake behind the reply and throws away what was pipelined after it. */
export const stls: Handler<'STLS'> = ({ session }, argument) => {
  if (argument.trim() !== '') return SYNTAX
  return { outcome: session.secure ? 'already' : 'go' }
}

export const noop: Handler<'NOOP'> = (_turn, argument) => (argument.trim() === '' ? OK : SYNTAX)
