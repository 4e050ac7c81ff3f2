/**
 * The states of an SMTP session (RFC 5321 4.1.4). Whether TLS runs and who is logged in are facts beside the state.
 *
 * - `connected`: the greeting is out, the client has not said HELO or EHLO
 * - `ready`: no transaction is open
 * - `mail`: MAIL was taken, no recipient yet
 * - `recipients`: at least one recipient was taken
 * - `content`: lines belong to the message until the lone dot
 * - `chunk`: so many octets belong to the message as BDAT has said (RFC 3030)
 * - `chunks`: a chunk was taken, and was not the last
 * - `challenge`: lines belong to an AUTH exchange
 * - `rejected`: the greeting was 554, and nothing but QUIT is wanted (RFC 5321 3.1)
 * - `turned`: TURN has made this server the client of its client (RFC 821 3.8)
 * - `closing`: 221 or 421 was said
 *
 * Every move but one comes with a reply, and the table has it (`to` of an outcome). The one: a well-formed BDAT leads
 * into `chunk` in silence, wherever it is said; when the octets are there, its outcome is told and makes its move from
 * the state in which BDAT came.
 */
export type SmtpState =
  | 'connected'
  | 'rejected'
  | 'ready'
  | 'mail'
  | 'recipients'
  | 'content'
  | 'chunk'
  | 'chunks'
  | 'challenge'
  | 'turned'
  | 'closing'

/** Where a command leads that is answered later. */
export const SILENTLY = { BDAT: 'chunk' } as const satisfies Record<string, SmtpState>
