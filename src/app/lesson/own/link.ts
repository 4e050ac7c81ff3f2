/** A lesson as a link: its files, compressed, behind the `#`, which no browser sends to a server. What it holds is a stranger's. */
import { isLessonFiles, isOwnName, type LessonFiles } from '../../../core/lesson/own.ts'
import { isRecord } from '../../../core/lesson/saved.ts'
import { fromText, through, toText } from '../../link.ts'
import type { Notices } from '../../notices.svelte.ts'
import { DEFAULT, type Place } from '../../place.ts'
import { entryOf } from './own.ts'
import { ownLessons } from './opened.svelte.ts'
import { adopt } from './shelf.svelte.ts'

const FORM = /^#lesson=1\.([\w-]*)$/
const LONGEST = 2_000_000
/** Octets that it may unfold to: all of a lesson, in JSON and UTF-8. */
const MOST = 6_000_000

export async function lessonLink(name: string, files: LessonFiles, address: string): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify({ name, files }))
  const url = new URL(address)
  url.search = ''
  url.hash = `#lesson=1.${toText((await through(new CompressionStream('deflate-raw'), text, Infinity))!)}`
  return url.href
}

/** Null where it cannot be read. */
export async function readLessonLink(hash: string): Promise<{ name: string; files: LessonFiles } | null> {
  const text = hash.length <= LONGEST ? FORM.exec(hash)?.[1] : undefined
  if (text === undefined) return null
  try {
    const octets = await through(new DecompressionStream('deflate-raw'), fromText(text), MOST)
    const value: unknown = octets === null ? null : JSON.parse(new TextDecoder().decode(octets))
    if (!isRecord(value)) return null
    const { name, files } = value
    return typeof name === 'string' && isOwnName(name) && isLessonFiles(files) ? { name, files } : null
  } catch {
    return null
  }
}

interface Bench {
  readonly notices: Notices
  open(place: Place): Promise<void>
}

/** Opens and keeps it; where it cannot be read, what the address names without it. */
export async function openLessonLink(bench: Bench, hash: string, otherwise: Place): Promise<void> {
  const told = await readLessonLink(hash)
  history.replaceState(null, '', location.pathname + location.search)
  const name = told && (await adopt(told.name, told.files))
  const lesson = told && entryOf(name!, told.files)
  await bench.open(lesson ? { world: DEFAULT, lesson } : otherwise)
  if (!told) bench.notices.tell('notice.link.bad')
  else if (lesson) bench.notices.tell('notice.lesson.own', { lesson: name! })
  // One that has errors is shown with them.
  else ownLessons.edit(name!, told.files, name)
}
