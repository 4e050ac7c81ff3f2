/**
 * The states of an IMAP session (RFC 3501 3). Whether TLS runs and who is logged in are facts beside the state.
 *
 * - `not-authenticated`: the greeting is out
 * - `authenticated`: a user is known, no mailbox is open
 * - `selected`: a mailbox is open
 * - `challenge`: lines belong to an AUTHENTICATE exchange (RFC 3501 6.2.2)
 * - `idle`: the server tells what happens until DONE comes (RFC 2177)
 * - `logout`: BYE was said
 */
export type ImapState = 'not-authenticated' | 'authenticated' | 'selected' | 'challenge' | 'idle' | 'logout'
