/** What another host said to this one, or that it is gone, in the words of Postfix: in the log, in notes, in reports. */
import type { ClientFailure, ClientReply, ClientStage, RecipientResult } from '../smtp/client-types.ts'
import type { HostName, Ipv4 } from '../terms.ts'

/** Where it stands, as far as it matters whether another host is asked. */
export interface Said {
  why: string
  /** What it answers; '' where that needs no saying. */
  inReplyTo: string
}

export const replyText = ({ code, lines }: ClientReply) => [code, ...lines].join(' ').trimEnd()

/** Of one recipient (RFC 2033 4.2), or of all. */
export function saidOf({ reply, stage }: RecipientResult, host: HostName, address: Ipv4): Said {
  return { why: `host ${host}[${address}] said: ${replyText(reply)}`, inReplyTo: IN_REPLY_TO[stage] }
}

/** What this client found out by itself is not put into the other's mouth. */
export function failureOf({ reply, stage, own }: ClientFailure, host: HostName, address: Ipv4): Said {
  const who = `${host}[${address}]`
  if (reply === null) return { why: `lost connection with ${who} ${LOST[stage]}`, inReplyTo: '' }
  if (own) return { why: `host ${who}: ${reply.lines.join(' ')}`, inReplyTo: '' }
  return { why: `host ${who} said: ${replyText(reply)}`, inReplyTo: IN_REPLY_TO[stage] }
}

/** Of a host that is passed over nothing else is told, so this says which command it was. */
export const passedWords = ({ why, inReplyTo }: Said) => (inReplyTo === '' ? why : `${why} (in reply to ${inReplyTo})`)

const LOST: Readonly<Record<ClientStage, string>> = {
  greeting: 'while waiting for its greeting',
  hello: 'after EHLO',
  tls: 'during the TLS handshake',
  auth: 'after AUTH',
  next: 'before the envelope',
  mail: 'in the envelope',
  rcpt: 'in the envelope',
  data: 'after DATA',
  content: 'after the end of the message',
}

const IN_REPLY_TO: Readonly<Record<ClientStage, string>> = {
  greeting: '',
  hello: 'EHLO command',
  tls: 'STARTTLS command',
  auth: 'AUTH command',
  next: '',
  mail: 'MAIL FROM command',
  rcpt: 'RCPT TO command',
  data: 'DATA command',
  content: 'end of DATA command',
}
