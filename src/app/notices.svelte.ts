/** What has to be said outside the terminal, until it is closed. */
import type { Values } from '../texts/index.ts'

interface Action {
  key: string
  act: () => void
}

interface Notice {
  key: string
  values: Values
  /** What can be done about it. */
  actions: readonly Action[]
}

export class Notices {
  all = $state<Notice[]>([])

  tell(key: string, values: Values = {}, ...actions: readonly Action[]): void {
    this.all.push({ key, values, actions })
  }

  tellOnce(key: string, values: Values = {}, ...actions: readonly Action[]): void {
    if (!this.all.some((notice) => notice.key === key)) this.tell(key, values, ...actions)
  }

  /** Those that begin so are over. */
  drop(start = ''): void {
    this.all = this.all.filter(({ key }) => !key.startsWith(start))
  }
}
