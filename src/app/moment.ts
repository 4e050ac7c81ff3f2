/**
 * A moment as it is on the page (world, journal, time, layout, language) as a link, and back. It comes when one is made or
 * opened.
 */
import { layout } from './layout.svelte.ts'
import { linkTo, readLink } from './link.ts'
import { placeOf, type Place } from './place.ts'
import { settings } from './settings.svelte.ts'
import { isViewId, type ViewId } from './view-ids.ts'
import { goBack, tellsNoMore, type OwnBench } from './own-before.ts'
import type { Saved } from '../core/lesson/saved.ts'
import type { Run } from './run.svelte.ts'

/** The workbench, as far as a moment is about it. */
interface Bench extends OwnBench {
  readonly run: Run | null
  readonly seats: readonly { terminal: string }[]
  right: ViewId
  left: 'lesson' | 'scenarios' | 'people'
  terminal: string
  open(place: Place, saved?: Saved | null): Promise<void>
  keptText(place: Place): Promise<string | null>
  keep(): void
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
async function ownText(bench: Bench, place: Place, link: Saved): Promise<string | null> {
  const text = await bench.keptText(place)
  return text === null || tellsNoMore(text, link) ? null : text
}
