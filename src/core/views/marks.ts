/** What stands out on the time line: what people did, mail that arrived or came back, faults, waits that were skipped. */
import type { Seq } from '../terms.ts'
import type { Fold } from '../trace/events.ts'

export type MarkKind = 'typed' | 'delivered' | 'failed' | 'fault' | 'skipped'

export interface Mark {
  readonly seq: Seq
  readonly kind: MarkKind
}

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

export const marks: Fold<Mark[]> = {
  empty: () => [],
  add(view, { kind, seq }) {
    const mark = KINDS[kind]
    if (mark) view.push({ seq, kind: mark })
  },
}

/** Those that can be told apart on a line with so many places: of several in one place, the one that matters most. */
export function placed(all: readonly Mark[], events: number, places: number): { at: number; mark: Mark }[] {
  const found = new Map<number, Mark>()
  for (const mark of all) {
    const at = Math.floor((mark.seq / Math.max(1, events)) * places)
    const other = found.get(at)
    if (!other || WEIGHT[mark.kind] > WEIGHT[other.kind]) found.set(at, mark)
  }
  return [...found].map(([at, mark]) => ({ at: at / places, mark }))
}

const WEIGHT: Readonly<Record<MarkKind, number>> = { typed: 0, skipped: 1, delivered: 2, failed: 3, fault: 4 }
