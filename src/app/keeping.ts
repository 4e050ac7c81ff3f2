/**
 * Keeps what there is now; while it is being written, what comes is written after it, and where the page goes away before,
 * it is put aside, which is done at once. Another tab that shows the same place is not written over.
 */
import { Before } from './before.ts'
import { Claim } from './claim.ts'
import type { Keeper } from './keeper.ts'
import { forget, memorize, recall } from './memory.ts'

interface Kept {
  key: string
  text: string
}

export interface KeepingOptions {
  /** It could not be written: there is no room. */
  failed(): void
  /** It could be written again. */
  healed(): void
  /** Another tab has this place, and keeps it. */
  taken(key: string): void
}

/** Whose page is just going away has not let go yet. */
const PATIENCE = 400

const aside = (key: string) => `last.${key}.`

export class Keeping {
  private readonly before: Before
  private readonly keeper: Keeper
  private readonly options: KeepingOptions
  private readonly claim = new Claim()
  private latest: (() => Kept) | null = null
  private writing: Kept | null = null
  /** All that could be written is. */
  private done: Promise<void> = Promise.resolve()
  /** What is kept of these was put aside, and is newer than what was written. */
  private readonly setAside = new Set<string>()
  private ailing = false
  /** What another tab keeps. */
  private foreign: string | null = null
  /** What is kept of it gives way to something else: before that is written it is put beside. */
  private yielding: string | null = null

  constructor(keeper: Keeper, options: KeepingOptions) {
    this.before = new Before(keeper)
    this.keeper = keeper
    this.options = options
  }

  /** `what` is asked when its turn comes. */
  keep(what: () => Kept): void {
    this.latest = what
    if (!this.writing) this.done = this.write()
  }

  /** What is kept of this place gives way to what will be entered there next; null: nothing does. */
  giveWay(key: string | null): void {
    this.yielding = key
  }

  /** What gave way last; null where there is nothing to go back to. */
  async gaveWay(key: string): Promise<string | null> {
    return this.before.last(key)
  }

  /** One that gave way is let go, or is what is kept again: then that is written first. False: it is still there. */
  async forget(key: string, text: string): Promise<boolean> {
    await this.done
    if (!this.mayWrite(key)) return false
    return this.before.drop(key, text).then(
      () => true,
      () => {
        this.options.failed()
        return false
      },
    )
  }

  /** One that was let go lies there again. */
  async putBack(key: string, text: string): Promise<void> {
    await this.before.add(key, text).catch(() => this.options.failed())
  }

  /** From here on this place is the one that is kept. `steal`: even if another tab has it. */
  async enter(key: string, steal = false): Promise<void> {
    const lost = () => this.lose(key)
    let claimed = await this.claim.take(key, lost, steal)
    if (claimed === 'taken') {
      this.foreign = key
      await new Promise((resolve) => setTimeout(resolve, PATIENCE))
      claimed = await this.claim.take(key, lost)
    }
    if (claimed === 'taken') return this.options.taken(key)
    this.foreign = null
    await this.putBeside(key)
    if (this.latest && !this.writing) this.done = this.write()
  }

  /** The page may go away now. */
  leave(): void {
    const last = this.latest?.() ?? this.writing
    if (last && this.mayWrite(last.key) && memorize(aside(last.key), last.text)) this.setAside.add(last.key)
  }

  async get(key: string): Promise<string | null> {
    const last = recall(aside(key))
    if (last !== null) this.setAside.add(key)
    return last ?? (await this.keeper.get(key).catch(() => null))
  }

  /** Beside what is kept. */
  async put(key: string, text: string): Promise<void> {
    await this.keeper.put(key, text).catch(() => this.options.failed())
  }

  /** What still waits is not written either. */
  async remove(key: string): Promise<void> {
    this.latest = null
    if (key === this.foreign) return
    this.written(key)
    await this.keeper.remove(key)
  }

  private mayWrite(key: string): boolean {
    return key !== this.foreign && key !== this.yielding
  }

  private async putBeside(key: string): Promise<void> {
    const text = key === this.yielding ? await this.get(key) : null
    if (text !== null) await this.before.add(key, text).catch(() => this.options.failed())
    this.yielding = null
  }

  private lose(key: string): void {
    this.foreign = key
    this.options.taken(key)
  }

  private async write(): Promise<void> {
    while (this.latest) {
      const now = this.latest()
      const { key, text } = now
      // It stays at hand, should the place become ours.
      if (!this.mayWrite(key)) break
      this.latest = null
      this.writing = now
      const done = await this.keeper.put(key, text).then(
        () => true,
        () => false,
      )
      if (!done) this.options.failed()
      else {
        // What was put aside may be newer still.
        if (!this.latest) this.written(key)
        if (this.ailing) this.options.healed()
      }
      this.ailing = !done
    }
    this.writing = null
  }

  private written(key: string): void {
    if (this.setAside.delete(key)) forget(aside(key))
  }
}
