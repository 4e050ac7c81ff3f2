/** Replies as they go over the wire (RFC 1939 3, RFC 2449 3 and 8), with the texts that the host's world gives them. */
import type { Octets } from '../../bytes/octets.ts'
import type { Outcome } from '../../engine.ts'
import type { Pop3Backend } from '../backend.ts'
import { tagOf } from '../commands.ts'
import { LIMITS } from '../grammar.ts'
import { countLeft, type Pop3Session } from '../session.ts'
import type { Pop3State } from '../states.ts'

/** What stands behind the code in the first line. */
export function replyText(
  session: Pop3Session,
  backend: Pop3Backend,
  name: string,
  outcome: Outcome<Pop3State>,
  values: Readonly<Record<string, string>> | undefined,
): Octets {
  const { profile } = backend
  const template = profile.texts[name] ?? outcome.text
  const coded = outcome.status !== null && profile.capabilities.some((tag) => tagOf(tag) === 'RESP-CODES')
  const filled = template.includes('{')
    ? template.replace(/\{(\w+)\}/g, (_, word: string) => values?.[word] ?? value(session, backend, word))
    : template
  const text = coded ? `[${outcome.status}] ${filled}` : filled
  // A challenge is base64 of any length (RFC 5034 4), and an empty one is a plus sign and a blank.
  return outcome.code === '+' ? text : clean(text).trimEnd()
}

export const messages = (count: number): string => `${count} ${count === 1 ? 'message' : 'messages'}`

function value(session: Pop3Session, backend: Pop3Backend, word: string): string {
  const { maildrop } = session
  const left = maildrop ? countLeft(maildrop) : 0
  switch (word) {
    case 'host':
      return backend.profile.host
    case 'date':
      return backend.date()
    case 'user':
      return session.user ?? ''
    case 'count':
      return String(left)
    case 'messages':
      return messages(left)
    case 'octets':
      return String(maildrop?.octets ?? 0)
    case 'left':
      return left === 0 ? 'maildrop empty' : `${messages(left)} left`
    case 'seconds':
      return String(backend.profile.loginDelay)
    default:
      // An outcome that the world prescribes has nothing to fill in.
      return ''
  }
}

/** What a client said may be part of a reply; it must not break its line, nor make it longer than RFC 1939 3 allows. */
function clean(text: Octets): Octets {
  const short = text.slice(0, LIMITS.reply - '-ERR \r\n'.length)

  return /[\x00-\x08\x0a-\x1f\x7f]/.test(short) ? short.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, '?') : short
}

export function firstLine(code: string, text: Octets): Octets {
  return text === '' && code !== '+' ? `${code}\r\n` : `${code} ${text}\r\n`
}

/** No line of a listing begins with a dot: they are numbers, tags and names. */
export const listingOctets = (listing: readonly Octets[]): Octets =>
  listing.length === 0 ? '.\r\n' : `${listing.join('\r\n')}\r\n.\r\n`
