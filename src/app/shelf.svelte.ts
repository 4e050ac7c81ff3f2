/** Texts of one's own that the browser keeps, each under its name: worlds and lessons, which may have errors as long as they are written. */
import { openKeeper, type Keeper } from './keeper.ts'

export class Shelf {
  names = $state<readonly string[]>([])
  /** False: what is kept here is gone with the page. */
  lasting = $state(true)
  private readonly opening: Promise<Keeper>
  private readonly start: string

  /** `start`: what stands before each name where it is kept. */
  constructor(start: string) {
    this.start = start
    this.opening = openKeeper()
    void this.list()
  }

  async get(name: string): Promise<string | null> {
    return (await this.opening).get(this.start + name).catch(() => null)
  }

  /** False: there is no room. */
  async put(name: string, text: string): Promise<boolean> {
    const kept = await (await this.opening).put(this.start + name, text).then(
      () => true,
      () => false,
    )
    await this.list()
    return kept
  }

  async remove(name: string): Promise<void> {
    await (await this.opening).remove(this.start + name)
    await this.list()
  }

  private async list(): Promise<void> {
    const keeper = await this.opening
    this.lasting = keeper.lasting
    this.names = (await keeper.keys(this.start).catch(() => [])).map((key) => key.slice(this.start.length)).sort()
  }
}
