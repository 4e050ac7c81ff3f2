/** Replies as they go over the wire (RFC 5321 4.2, RFC 2034), with the texts that the host's world gives them. */
import type { Octets } from '../../bytes/octets.ts'
import type { Outcome } from '../../engine.ts'
import type { SmtpBackend } from '../backend.ts'
import type { SmtpSession } from '../session.ts'
import type { SmtpState } from '../states.ts'

/** RFC 5321 4.5.3.1.5: a reply line has at most 512 octets. */
const LONGEST = 500

/** The texts of a reply, line by line, without codes. */
export function replyLines(
  session: SmtpSession,
  backend: SmtpBackend,
  name: string,
  outcome: Outcome<SmtpState>,
  values: Readonly<Record<string, string>> | undefined,
  more: readonly Octets[] | undefined,
  utf8: boolean,
): Octets[] {
  const { profile } = backend
  const template = profile.texts[name] ?? outcome.text
  const status =
    outcome.status !== null && profile.capabilities.includes('ENHANCEDSTATUSCODES') ? `${outcome.status} ` : ''
  const first = template.includes('{')
    ? template.replace(/\{(\w+)\}/g, (_, word: string) => value(session, backend, word, values))
    : template
  // A world's text may have several lines; then the reply has them too.
  const lines = first.includes('\n') ? first.trimEnd().split('\n') : [first]
  if (more) for (const line of more) lines.push(line)
  return lines.map((line) => clean(status + line, utf8))
}

function value(
  session: SmtpSession,
  backend: SmtpBackend,
  word: string,
  values: Readonly<Record<string, string>> | undefined,
): string {
  const given = values?.[word]
  if (given !== undefined) return given
  switch (word) {
    case 'host':
      return backend.profile.host
    case 'helo':
      return session.client.helo
    case 'peer':
      return session.client.peer.address
    case 'date':
      return backend.date()
    case 'reason':
      return 'Service not available'
    default:
      // An outcome that the world prescribes has nothing to fill in.
      return ''
  }
}

const CONTROLS = /[\x00-\x08\x0a-\x1f\x7f]/g
const UNPRINTABLE = /[^\t\x20-\x7e]/g

/**
 * What a client said may be part of a reply; it must not break its line, and nothing of it may be more than ASCII, unless
 * SMTPUTF8 was asked for (RFC 5321 4.2, RFC 6531 3.7.4.2).
 */
function clean(line: Octets, utf8: boolean): Octets {
  const short = line.length > LONGEST ? line.slice(0, LONGEST) : line
  return short.replace(utf8 ? CONTROLS : UNPRINTABLE, '?')
}

export function replyOctets(code: string, lines: readonly Octets[]): Octets {
  if (lines.length === 1) return `${code} ${lines[0]}\r\n`
  let octets = ''
  for (let at = 0; at < lines.length; at++) octets += `${code}${at === lines.length - 1 ? ' ' : '-'}${lines[at]}\r\n`
  return octets
}
