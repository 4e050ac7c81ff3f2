/**
 * Quick resynchronization (RFC 7162 3.2.5): a client that comes back is told in one go what was expunged and whose flags
 * changed since it was last there.
 */
import { flagsLines } from '../server/report.ts'
import type { Turn } from '../server/turn.ts'
import { settled, writeSet } from '../wire/sequence-set.ts'
import type { Ranges, Resync } from './parameters.ts'

export function resynchronize(turn: Turn, { uidValidity, modseq, known, match }: Resync): void {
  const { mailbox, view } = turn
  // RFC 7162 3.2.5: then nothing of what the client remembers counts.
  if (uidValidity !== mailbox.uidValidity) return
  const last = mailbox.uidNext - 1
  const isKnown = within(settled(known ?? [[1, Math.max(1, last)]], last))
  const heard = match ? lastMatch(view.uids, match.numbers, match.uids) : 0
  const vanished = mailbox
    .expungedSince(modseq)
    .uids.filter((uid) => uid > heard && isKnown(uid))
    .sort((a, b) => a - b)
  if (vanished.length > 0) turn.untagged(`VANISHED (EARLIER) ${writeSet(vanished)}`)
  const line = flagsLines(turn)
  for (const [place, uid] of view.uids.entries())
    if (mailbox.message(uid)!.modseq > modseq && isKnown(uid)) turn.untagged(line(uid, place + 1))
}

/** RFC 7162 3.2.5.2: up to the last pair that fits, the client knows what was expunged. */
function lastMatch(uids: readonly number[], numbers: Ranges, known: Ranges): number {
  const pairs = members(known)
  let heard = 0
  for (const number of members(numbers)) {
    if (number > uids.length) break
    const next = pairs.next()
    if (next.done) break
    if (uids[number - 1] === next.value) heard = next.value
  }
  return heard
}

function* members(ranges: Ranges): Generator<number, void> {
  for (const [from, to] of ranges) for (let number = from; number <= to; number++) yield number
}

/** Rising ranges, searched by halves. */
function within(ranges: Ranges): (uid: number) => boolean {
  return (uid) => {
    let low = 0
    let high = ranges.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (ranges[middle]![1] < uid) low = middle + 1
      else high = middle
    }
    return low < ranges.length && ranges[low]![0] <= uid
  }
}
