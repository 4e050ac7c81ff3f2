/**
 * What was done of the course, lesson by lesson, kept in the browser. Each lesson has a place of its own there, and is
 * read again before it is written: two tabs add to it, and neither takes anything away.
 */
import { SvelteMap } from 'svelte/reactivity'
import { openKeeper, type Keeper } from '../keeper.ts'
import { merged, readRecord, type LessonRecord } from './record.ts'

const START = 'progress:'
/** What is on the way in a lesson is kept so (place.ts). */
const LESSON = 'lesson:'

class Progress {
  readonly records = new SvelteMap<string, LessonRecord>()
  /** False: it is gone with the page. */
  lasting = $state(true)
  /** It could not be written: there is no room. */
  full = $state(false)
  /** What was kept has been read. */
  readonly known: Promise<void>
  private readonly opening: Promise<Keeper>
  /** Other tabs. */
  private readonly others = 'BroadcastChannel' in globalThis ? new BroadcastChannel('facteur.progress') : null
  private writing: Promise<void> = Promise.resolve()

  constructor() {
    this.opening = openKeeper()
    this.known = this.read()
    this.others?.addEventListener('message', () => void this.read())
  }

  /** What was there already and what comes are put together. */
  async add(id: string, record: LessonRecord): Promise<void> {
    this.records.set(id, merged(this.records.get(id) ?? null, record))
    // One after the other, or the second would not see what the first has written.
    this.writing = this.writing.then(() => this.write(id, record))
    await this.writing
  }

  /** With what was done in the lessons themselves: each begins anew. */
  async forget(): Promise<void> {
    const keeper = await this.opening
    await this.writing
    for (const start of [START, LESSON])
      for (const key of await keeper.keys(start).catch(() => [])) await keeper.remove(key).catch(() => {})
    this.records.clear()
    this.others?.postMessage('')
  }

  private async write(id: string, record: LessonRecord): Promise<void> {
    const keeper = await this.opening
    const both = merged(await kept(keeper, id), record)
    this.full = await keeper.put(START + id, JSON.stringify(both)).then(
      () => false,
      () => true,
    )
    this.records.set(id, merged(this.records.get(id) ?? null, both))
    this.others?.postMessage('')
  }

  private async read(): Promise<void> {
    const keeper = await this.opening
    this.lasting = keeper.lasting
    const ids = (await keeper.keys(START).catch(() => [])).map((key) => key.slice(START.length))
    for (const id of [...this.records.keys()]) if (!ids.includes(id) && !this.full) this.records.delete(id)
    for (const id of ids) {
      const record = await kept(keeper, id)
      if (record) this.records.set(id, record)
    }
  }
}

async function kept(keeper: Keeper, id: string): Promise<LessonRecord | null> {
  const text = await keeper.get(START + id).catch(() => null)
  try {
    return text === null ? null : readRecord(JSON.parse(text))
  } catch {
    return null
  }
}

export const progress = new Progress()
