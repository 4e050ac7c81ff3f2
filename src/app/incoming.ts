/** Files that come onto the page from outside: what they are called on a machine of the world, and what they hold. */
import { toOctets, type Octets } from '../core/bytes/octets.ts'
import { utf8Text } from '../core/bytes/utf8.ts'
import { crlfLines } from '../core/message/build.ts'
import { readSaved } from '../core/lesson/saved.ts'
import { lastDone } from '../core/world/journal.ts'
import { FILE_LIMITS } from '../core/world/files.ts'
import type { HostName } from '../core/terms.ts'
import { bringZip } from './lesson/own/bring.ts'
import type { Notices } from './notices.svelte.ts'
import { placeOf, type Place } from './place.ts'
import type { Run } from './run.svelte.ts'
import { opened } from './worlds/opened.svelte.ts'

/** The workbench, as far as files come to it. */
interface Taker {
  readonly run: Run | null
  readonly seats: readonly { terminal: string; host: HostName; user: string }[]
  readonly terminal: string
  readonly notices: Notices
  file: { name: string; content: Octets; host: HostName; user: string } | null
  import(text: string): Promise<void>
  keptText(place: Place): Promise<string | null>
}

interface Incoming {
  name: string
  octets: Octets
  /** More than a machine of the world takes. */
  tooLarge: boolean
  /** As a letter is shown; null where it is none. */
  letter: Octets | null
  /** The text of a world of one's own; null where it is none. */
  world: string | null
}

/** Megabytes. */
const LARGEST = FILE_LIMITS.octets / 1_000_000

async function incoming(file: File): Promise<Incoming> {
  const octets = toOctets(new Uint8Array(await file.arrayBuffer()))
  const name = file.name.replace(/[^\p{L}\p{N}_.+-]/gu, '_').replace(/^\.+/, '') || 'file'
  const tooLarge = octets.length > FILE_LIMITS.octets
  const letter = /\.eml$/i.test(name) ? crlfLines(octets) : null
  const world = /\.ya?ml$/i.test(name) && /^hosts[ \t]*:/m.test(octets) ? utf8Text(octets) : null
  return { name, octets, tooLarge, letter, world }
}

/** A journal from a file takes the place of what was done there, which can be had back. */
export async function openJournal(page: Taker, text: string): Promise<void> {
  const saved = readSaved(text)
  const place = saved && (await placeOf(saved))
  const before = place ? await page.keptText(place) : null
  await page.import(text)
  const acts = (before !== null && before !== text && readSaved(before)?.journal.acts) || []
  if (before !== null && lastDone(acts) >= 0)
    page.notices.tell('notice.import.kept', {}, { key: 'notice.forked.undo', act: () => void page.import(before) })
}

/** A lesson, a journal or a world is opened; anything else lies at home on the machine in front, and a letter is shown as well. */
export async function takeFiles(page: Taker, files: readonly File[]): Promise<void> {
  for (const file of files) {
    if (/\.zip$/i.test(file.name) && (await bringZip(file, true))) continue
    const { name, octets, tooLarge, letter, world } = await incoming(file)
    if (/\.json$/i.test(name) && readSaved(octets)) {
      await openJournal(page, octets)
      continue
    }
    if (world !== null) {
      opened.edit(world)
      continue
    }
    const { run } = page
    const seat = page.seats.find(({ terminal }) => terminal === page.terminal)
    if (!run || !seat) return
    const { host, user } = seat
    if (tooLarge) {
      page.notices.tell('notice.file.large', { name, most: LARGEST })
      continue
    }
    run.do({ act: 'file', host, user, path: `/home/${user}/${name}`, data: octets })
    if (run.until !== null) return
    page.notices.tell('notice.file', { name, user, host })
    if (letter !== null) page.file = { name, content: letter, host, user }
  }
}
