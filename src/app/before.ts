/**
 * What was there before a link brought something else into its place: it lies beside what is kept, also after a reload, until
 * somebody goes back to it or lets it go. A link over a link puts another one aside: the last comes back first.
 */
import type { Keeper } from './keeper.ts'

/** So many of one place: each may be as large as all that can be done. */
const MOST = 10

const beside = (key: string) => `before.${key}`

export class Before {
  private readonly keeper: Keeper

  constructor(keeper: Keeper) {
    this.keeper = keeper
  }

  async add(key: string, text: string): Promise<void> {
    const all = await this.all(key)
    if (all.at(-1) !== text) await this.set(key, [...all, text].slice(-MOST))
  }

  /** The last one; null where there is nothing to go back to. */
  async last(key: string): Promise<string | null> {
    return (await this.all(key)).at(-1) ?? null
  }

  async drop(key: string, text: string): Promise<void> {
    await this.set(
      key,
      (await this.all(key)).filter((other) => other !== text),
    )
  }

  private async all(key: string): Promise<string[]> {
    const text = await this.keeper.get(beside(key)).catch(() => null)
    return text === null ? [] : (JSON.parse(text) as string[])
  }

  private async set(key: string, all: readonly string[]): Promise<void> {
    if (all.length === 0) await this.keeper.remove(beside(key))
    else await this.keeper.put(beside(key), JSON.stringify(all))
  }
}
