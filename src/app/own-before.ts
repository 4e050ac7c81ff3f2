/** One's own, which gave way to a link: the way back to it. It comes when a link was opened, and as long as one's own is kept. */
import { keyOf, type Place } from './place.ts'
import { readSaved, savedText, type Saved } from '../core/lesson/saved.ts'
import { lastDone } from '../core/world/journal.ts'
import type { Notices } from './notices.svelte.ts'

/** The workbench, as far as the way back is about it. */
export interface OwnBench {
  readonly saved: Saved | null
  readonly place: Place
  readonly notices: Notices
  import(text: string): Promise<void>
  giveWay(place: Place | null): void
  offerBefore(): Promise<void>
  /** False: it cannot be let go here, another tab has the place, or the storage refuses. */
  letGo(place: Place, text: string): Promise<boolean>
  putBack(place: Place, text: string): Promise<void>
}

/** Whether nothing was done there but what is told here, too. */
export function tellsNoMore(text: string, { journal }: Saved): boolean {
  const acts = readSaved(text)?.journal.acts ?? []
  return lastDone(acts) < 0 || JSON.stringify(acts) === JSON.stringify(journal.acts)
}

/** What gave way to a link is a button away, as long as it is there. */
export async function offerOwn(bench: OwnBench, place: Place, own: string): Promise<void> {
  // It is there again, and the page went away before it was let go.
  if (bench.saved && tellsNoMore(own, bench.saved)) return void (await bench.letGo(place, own))
  bench.notices.tellOnce(
    'notice.before',
    {},
    { key: 'notice.link.own', act: () => void goBack(bench, place, own) },
    { key: 'notice.before.forget', act: () => void forget(bench, place, own) },
  )
}

async function forget(bench: OwnBench, place: Place, own: string): Promise<void> {
  if (!(await bench.letGo(place, own))) return offerOwn(bench, place, own)
  const again = () => {
    bench.notices.drop('notice.before')
    void bench.putBack(place, own)
  }
  bench.notices.tell('notice.before.gone', {}, { key: 'notice.forked.undo', act: again })
}

/** To what gave way to a link; what was made of the link gives way to it, as long as the page is open. */
export async function goBack(bench: OwnBench, place: Place, own: string): Promise<void> {
  const now = keyOf(bench.place) === keyOf(place) ? bench.saved : null
  bench.giveWay(null)
  await bench.import(own)
  await bench.letGo(place, own)
  if (!now) return
  const again = async () => {
    bench.giveWay(place)
    await bench.import(savedText(now))
    await bench.offerBefore()
  }
  bench.notices.tell('notice.link.left', {}, { key: 'notice.forked.undo', act: () => void again() })
}
