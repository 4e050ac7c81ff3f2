/** What the synchronisation and the replay both ask about messages. */
import type { Octets } from '../../bytes/octets.ts'
import type { Task } from '../../task.ts'
import type { Done, ImapConnection } from './connection.ts'
import { numbersIn } from './data.ts'

/** All that a list of messages shows, and what parts they have; no part itself (RFC 4549 4.2.1). */
export function* fetchMessages(connection: ImapConnection, uids: Octets): Task<Done> {
  const modseq = (yield* connection.has('CONDSTORE')) ? ' MODSEQ' : ''
  const items = `UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE${modseq}`
  return yield* connection.command(`UID FETCH ${uids} (${items})`)
}

/**
 * UIDs of a SEARCH, however the server answers it (RFC 9051 6.4.4: with IMAP4rev2 by ESEARCH); null where it did not, which is
 * not the same as finding nothing.
 */
export function searchedUids({ data }: Done): number[] | null {
  let found: number[] | null = null
  for (const response of data) {
    if (response.is === 'search') found = [...(found ?? []), ...response.numbers]
    else if (response.is === 'esearch') found = numbersIn(response.all ?? [])
  }
  return found
}
