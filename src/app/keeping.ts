/** Keeps what there is now; while it is being written, what comes is written after it. */
import type { Keeper } from './keeper.ts'

interface Kept {
  key: string
  text: string
}

export class Keeping {
  private readonly keeper: Keeper
  private readonly failed: () => void
  private latest: (() => Kept) | null = null
  private writing = false

  constructor(keeper: Keeper, failed: () => void) {
    this.keeper = keeper
    this.failed = failed
  }

  /** `what` is asked when its turn comes. */
  keep(what: () => Kept): void {
    this.latest = what
    if (!this.writing) void this.write()
  }

  async get(key: string): Promise<string | null> {
    return this.keeper.get(key).catch(() => null)
  }

  /** What still waits is not written either. */
  async remove(key: string): Promise<void> {
    this.latest = null
    await this.keeper.remove(key)
  }

  private async write(): Promise<void> {
    this.writing = true
    while (this.latest) {
      const { key, text } = this.latest()
      this.latest = null
      await this.keeper.put(key, text).catch(this.failed)
    }
    this.writing = false
  }
}
