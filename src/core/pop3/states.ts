/**
 * The states of a POP3 session (RFC 1939 3). Whether TLS runs, which name USER gave and whether UTF8 was said are facts
 * beside the state.
 *
 * - `authorization`: the greeting is out, nobody is logged in
 * - `challenge`: lines belong to an AUTH exchange
 * - `transaction`: the maildrop is open and locked
 * - `update`: QUIT was said in `transaction`; what was marked is removed, the connection ends
 * - `closing`: the connection ends without an update
 */
export type Pop3State = 'authorization' | 'challenge' | 'transaction' | 'update' | 'closing'

/** Nothing is heard any more. */
export const isOver = (state: Pop3State): boolean => state === 'update' || state === 'closing'
