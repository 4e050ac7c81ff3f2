/** The usual ways to fetch mail, as people set up their mail program. */
import type { Octets } from '../bytes/octets.ts'
import type { Fate, Listed, Plan, Pop3Result } from './client-types.ts'

/** Everything comes; what came goes from the server, or stays. */
export const fetchAll = (after: 'delete' | 'leave'): Plan => ({
  needsIds: false,
  judge: () => (after === 'delete' ? 'take' : 'copy'),
  read: () => 'leave',
})

/** What is new comes, and everything stays. `known` are the ids that came before: see `remembered`. */
export function leaveOnServer(known: Iterable<string>): Plan {
  const ids = new Set(known)
  return {
    needsIds: true,
    judge: ({ id }) => (id !== null && ids.has(id) ? 'leave' : 'copy'),
    read: () => 'leave',
  }
}

/** Ids to know next time: those that came, now or before, and lie there still. */
export function remembered(known: Iterable<string>, result: Pop3Result): string[] {
  const before = new Set(known)
  const came = new Set(result.fetched.map((message) => message.id))
  // Where the dialogue broke off, nobody knows what lies there: what came is known all the same.
  if (result.outcome === 'failed') return [...new Set([...before, ...came])].filter((id) => id !== null)
  return result.left.flatMap(({ id }) => (id !== null && (before.has(id) || came.has(id)) ? [id] : []))
}

/** Each header is read first; `decide` says what becomes of the message. */
export const headersFirst = (decide: (message: Listed, header: Octets) => Fate): Plan => ({
  needsIds: false,
  judge: () => 'look',
  read: decide,
})

/** What has more octets than that goes unread; the rest is for another plan. */
export const dropLarge = (most: number, rest: Plan): Plan => ({
  ...rest,
  judge: (message) => (message.size > most ? 'delete' : rest.judge(message)),
})
