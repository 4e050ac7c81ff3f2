/** What stands out on the time line: what people did, mail that arrived or came back, faults, waits that were skipped. */
import type { Seq } from '../terms.ts'
import type { Fold } from '../trace/events.ts'

type MarkKind = 'typed' | 'delivered' | 'failed' | 'fault' | 'skipped'

export interface Mark {
  readonly seq: Seq
  readonly kind: MarkKind
}

export interface Marks {
  /** Those that one may want to jump to: all but what people did, in their order. */
  readonly events: Mark[]
  /** Those that can be told apart on a line: of several in one place, the one that matters most. */
  readonly places: Map<number, Mark>
  /** How many events share a place. */
  share: number
  /** How often `places` has changed. */
  changes: number
}

/** More marks than that cannot be told apart. */
export const PLACES = 160

const KINDS: Readonly<Record<string, MarkKind>> = {
  typed: 'typed',
  delivered: 'delivered',
  shown: 'delivered',
  failed: 'failed',
  bounced: 'failed',
  dropped: 'failed',
  fault: 'fault',
  zone: 'typed',
  skipped: 'skipped',
}

export const marks: Fold<Marks> = {
  empty: () => ({ events: [], places: new Map(), share: 1, changes: 0 }),
  add(view, { kind, seq }) {
    if (seq >= view.share * PLACES) widen(view)
    const known = KINDS[kind]
    if (!known) return
    const mark = { seq, kind: known }
    if (known !== 'typed') view.events.push(mark)
    place(view, mark)
  },
}

/** The line has grown: two places become one. It happens ever more seldom, so a mark costs the same however many there are. */
function widen(view: Marks): void {
  const all = [...view.places.values()]
  view.places.clear()
  view.share *= 2
  view.changes++
  for (const mark of all) place(view, mark)
}

function place(view: Marks, mark: Mark): void {
  const at = Math.floor(mark.seq / view.share)
  const other = view.places.get(at)
  if (other && WEIGHT[mark.kind] <= WEIGHT[other.kind]) return
  view.places.set(at, mark)
  view.changes++
}

const WEIGHT: Readonly<Record<MarkKind, number>> = { typed: 0, skipped: 1, delivered: 2, failed: 3, fault: 4 }
