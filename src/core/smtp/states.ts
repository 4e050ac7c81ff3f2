/**
 * The states of an SMTP session (RFC 5321 4.1.4). Whether TLS runs and who is logged in are facts beside the state.
 *
 * - `connected`: the greeting is out, the client has not said HELO or EHLO
 * - `ready`: no transaction is open
 * - `mail`: MAIL was taken, no recipient yet
 * - `recipients`: at least one recipient was taken
 * - `content`: lines belong to the message until the lone dot
 * - `challenge`: lines belong to an AUTH exchange
 * - `closing`: 221 or 421 was said
 */
export type SmtpState = 'connected' | 'ready' | 'mail' | 'recipients' | 'content' | 'challenge' | 'closing'
