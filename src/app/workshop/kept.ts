/** What lies in the workshop, kept in the browser: closing the workshop or the page loses nothing that was typed. */
import * as v from 'valibot'
import type { Octets } from '../../core/bytes/octets.ts'
import { memorize, recall } from '../memory.ts'

const keptForm = v.array(v.object({ name: v.string(), original: v.string(), text: v.string() }))

export interface Kept {
  name: string
  /** As it came, so that there is a way back. */
  original: Octets
  /** As it stands in the text field. */
  text: string
}

const MOST = 8
/** Characters of all together; the browser gives the page little room. */
const ROOM = 1_500_000
const PLACE = 'workshop'

export function recallKept(): Kept[] {
  try {
    const read = v.safeParse(keptForm, JSON.parse(recall(PLACE) ?? '[]'))
    return read.success ? read.output : []
  } catch {
    return []
  }
}

/** The first is what lies in hand. False where it is not kept. */
export function memorizeKept(all: readonly Kept[]): boolean {
  const kept: Kept[] = []
  let room = ROOM
  for (const one of all.slice(0, MOST)) {
    room -= one.text.length + one.original.length
    if (room >= 0) kept.push(one)
  }
  return memorize(PLACE, JSON.stringify(kept)) && (all.length === 0 || kept[0] === all[0])
}
