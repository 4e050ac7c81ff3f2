/**
 * A moment as it is on the page (world, journal, time, layout, language) as a link, and back. It comes when one is made or
 * opened.
 */
import { layout } from './layout.svelte.ts'
import { linkTo, readLink } from './link.ts'
import { keyOf, placeOf, type Place } from './place.ts'
import { settings } from './settings.svelte.ts'
import { isViewId, type ViewId } from './view-ids.ts'
import { readSaved, savedText, type Saved } from '../core/lesson/saved.ts'
import { lastDone } from '../core/world/journal.ts'
import type { Notices } from './notices.svelte.ts'
import type { Run } from './run.svelte.ts'

/** The workbench, as far as a moment is about it. */
interface Bench {
  readonly run: Run | null
  readonly saved: Saved | null
  readonly place: Place
  readonly seats: readonly { terminal: string }[]
  readonly notices: Notices
  right: ViewId
  left: 'lesson' | 'scenarios' | 'people'
  terminal: string
  open(place: Place, saved?: Saved | null): Promise<void>
  keptText(place: Place): Promise<string | null>
  import(text: string): Promise<void>
  keep(): void
  giveWay(place: Place | null): void
  offerBefore(): Promise<void>
  letGo(place: Place, text: string): Promise<void>
}

/** This moment, for somebody else. */
export function momentLink({ run, right, terminal, left, saved }: Bench): Promise<string> {
  return linkTo(
    {
      saved: saved!,
      until: run!.until,
      view: right,
      layout: { page: layout.record(), side: left, terminal },
      language: settings.language,
    },
    location.href,
  )
}

/** Opens what a link tells of; where it cannot be read, what the address names without it. */
export async function openLink(bench: Bench, hash: string, otherwise: Place): Promise<void> {
  if (hash.startsWith('#moment=')) return openMoment(bench, hash, otherwise)
  return (await import('./lesson/own/link.ts')).openLessonLink(bench, hash, otherwise)
}

async function openMoment(bench: Bench, hash: string, otherwise: Place): Promise<void> {
  const moment = await readLink(hash)
  // It is opened once: from then on what happens here is kept as always.
  history.replaceState(null, '', location.pathname + location.search)
  const place = moment === null || typeof moment === 'string' ? null : await placeOf(moment.saved)
  if (moment === null || typeof moment === 'string' || !place) {
    await bench.open(otherwise)
    return bench.notices.tell(`notice.link.${typeof moment === 'string' ? moment : 'bad'}`)
  }
  const own = await ownText(bench, place, moment.saved)
  if (own !== null) bench.giveWay(place)
  settings.setLanguage(moment.language)
  await bench.open(place, moment.saved)
  bench.keep()
  const { page, side, terminal } = moment.layout
  layout.apply(page)
  if (isViewId(moment.view)) bench.right = moment.view
  if (side === 'lesson' || side === 'scenarios' || side === 'people') bench.left = side
  if (bench.seats.some((seat) => seat.terminal === terminal)) bench.terminal = terminal!
  bench.run?.lookAt(moment.until)
  const back = own === null ? [] : [{ key: 'notice.link.own', act: () => void goBack(bench, place, own) }]
  bench.notices.tell('notice.link', {}, ...back)
}

/** What was done there; null where that is nothing, or what the link tells itself. */
async function ownText(bench: Bench, place: Place, { journal }: Saved): Promise<string | null> {
  const text = await bench.keptText(place)
  const acts = (text === null ? null : readSaved(text)?.journal.acts) ?? []
  return lastDone(acts) < 0 || JSON.stringify(acts) === JSON.stringify(journal.acts) ? null : text
}

/** To what gave way to a link; what was made of the link gives way to it, as long as the page is open. */
export async function goBack(bench: Bench, place: Place, own: string): Promise<void> {
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
