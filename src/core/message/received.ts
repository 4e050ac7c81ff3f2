/** The Received field: who took the message from whom (RFC 5321 4.4). Every server puts one on top. */
import type { Octets } from '../bytes/octets.ts'
import type { HostName, Ipv4 } from '../terms.ts'
import { folded } from './fold.ts'

export interface Reception {
  /** What the client said it is called ... */
  helo: string
  /** ... and what is known of it: its name by PTR, and the address that it came from. */
  name: HostName | null
  address: Ipv4
  by: HostName
  /** The link, which nearly nobody writes (RFC 821 4.1.2, RFC 5321 4.4). */
  via: 'TCP' | null
  with: ReceptionProtocol
  id: string
  /** Only where the message has one recipient, for the others would learn of each other (RFC 5321 7.2). */
  for: string | null
  /** As `mailDate` writes it. */
  date: string
}

/** RFC 3848: S under TLS, A after AUTH; RFC 6531 3.7.3 where SMTPUTF8 was asked for. */
export type ReceptionProtocol = 'SMTP' | `${'ESMTP' | 'LMTP' | 'UTF8SMTP' | 'UTF8LMTP'}${'' | 'S'}${'' | 'A'}`

export function receptionProtocol(
  esmtp: boolean,
  secure: boolean,
  authenticated: boolean,
  lmtp = false,
  utf8 = false,
): ReceptionProtocol {
  // Whoever said HELO has neither: TLS and AUTH are extensions.
  if (!lmtp && !esmtp && !secure && !authenticated) return 'SMTP'
  const spoken = utf8 ? (lmtp ? 'UTF8LMTP' : 'UTF8SMTP') : lmtp ? 'LMTP' : 'ESMTP'
  return `${spoken}${secure ? 'S' : ''}${authenticated ? 'A' : ''}`
}

/** With its CRLF. */
export function receivedField(reception: Reception): Octets {
  const { helo, name, address, by, via, id, date } = reception
  const lines = [[`Received: from ${plain(helo)}`, `(${name === null ? 'unknown' : plain(name)} [${address}])`]]
  const hop = [`by ${by}`, ...(via === null ? [] : [`via ${via}`]), `with ${reception.with}`]
  if (reception.for === null) lines.push([...hop, `id ${id};`, date])
  else lines.push([...hop, `id ${id}`], [`for <${reception.for}>;`, date])
  return `${lines.map(folded).join('\r\n\t')}\r\n`
}

/** What a client says of itself must not look like another part of the field. */
const plain = (word: string) => word.replace(/[^!-~]|[()<>@,;\\"]/g, '?') || '?'
