/** Where what was delivered has come to lie: IMAP copies and moves it from mailbox to mailbox (RFC 9051 6.4.7 and 6.4.8). */
import type { Seq } from '../terms.ts'
import type { Fold, StoredMessages } from '../trace/events.ts'
import { letterKey, type LetterPlace } from './mailboxes.ts'

export interface Whereabouts {
  /** The `delivered` event of each letter, by its `letterKey`. */
  readonly origins: Map<string, Seq>
  /** All places at which it lay since, the mailbox to which it was delivered first. */
  readonly places: Map<Seq, LetterPlace[]>
}

/** Places of one delivery that are known; and of one command, so many messages are followed. */
const MOST_PLACES = 100
const MOST_MESSAGES = 10_000

export const whereabouts: Fold<Whereabouts> = {
  empty: () => ({ origins: new Map(), places: new Map() }),
  add(view, event) {
    if (event.kind === 'delivered') return lay(view, event, event.seq)
    if (event.kind !== 'reply' || !event.messages?.into) return
    const { host, messages } = event
    const { into } = event.messages
    const uids = [uidsOf(messages), uidsOf(into)] as const
    for (const [at, uid] of uids[0].entries()) {
      const origin = view.origins.get(letterKey({ host, ...messages, uid }))
      const to = uids[1][at]
      if (origin !== undefined && to !== undefined) lay(view, { host, ...into, uid: to }, origin)
    }
  },
}

function lay({ origins, places }: Whereabouts, place: LetterPlace, seq: Seq): void {
  origins.set(letterKey(place), seq)
  const known = places.get(seq)
  if (!known) places.set(seq, [place])
  else if (known.length < MOST_PLACES) known.push(place)
}

function uidsOf({ uids }: StoredMessages): number[] {
  const list: number[] = []
  for (const [from, to] of uids) for (let uid = from; uid <= to && list.length < MOST_MESSAGES; uid++) list.push(uid)
  return list
}
