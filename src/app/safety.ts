/** What is said, and can be done, where something could not be kept or not be gone on with. */
import { download } from './download.ts'
import type { Keeper } from './keeper.ts'
import { Keeping } from './keeping.ts'
import type { Notices } from './notices.svelte.ts'

export interface Safe {
  readonly notices: Notices
  toFile(): void
  keep(): void
}

export function keepingFor(bench: Safe, keeper: Keeper): Keeping {
  const { notices } = bench
  const toFile = { key: 'bar.export', act: () => bench.toFile() }
  const keepHere = async (key: string) => {
    await keeping.enter(key, true)
    bench.keep()
  }
  const keeping = new Keeping(keeper, {
    failed: () => notices.tellOnce(keeper.lasting ? 'notice.full' : 'notice.memory', {}, toFile),
    healed: () => notices.drop('notice.full'),
    taken: (key) => notices.tellOnce('notice.taken', {}, { key: 'notice.taken.keep', act: () => void keepHere(key) }),
  })
  addEventListener('pagehide', () => keeping.leave())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keeping.leave()
  })
  return keeping
}

/** What cannot be gone on with is kept aside, and can be had as a file. */
export function rescue({ notices }: Safe, keeping: Keeping | null, key: string, why: string, text: string): void {
  void keeping?.put(`old:${key}`, text)
  const name = `facteur-${key.replace(/[^\w.-]+/g, '-')}-old.json`
  notices.tell(why, {}, { key: 'notice.old.file', act: () => download(name, text, 'application/json') })
}
