/** Worlds of one's own that the browser keeps, each under its name: texts, which may have errors as long as they are written. */
import { openKeeper, type Keeper } from '../keeper.ts'

const START = 'yaml:'

class Shelf {
  names = $state<readonly string[]>([])
  /** False: what is kept here is gone with the page. */
  lasting = $state(true)
  private readonly opening: Promise<Keeper>

  constructor() {
    this.opening = openKeeper()
    void this.list()
  }

  async get(name: string): Promise<string | null> {
    return (await this.opening).get(START + name).catch(() => null)
  }

  /** False: there is no room. */
  async put(name: string, text: string): Promise<boolean> {
    const kept = await (await this.opening).put(START + name, text).then(
      () => true,
      () => false,
    )
    await this.list()
    return kept
  }

  async remove(name: string): Promise<void> {
    await (await this.opening).remove(START + name)
    await this.list()
  }

  private async list(): Promise<void> {
    const keeper = await this.opening
    this.lasting = keeper.lasting
    this.names = (await keeper.keys(START).catch(() => [])).map((key) => key.slice(START.length)).sort()
  }
}

export const shelf = new Shelf()
