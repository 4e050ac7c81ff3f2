/**
 * What is being written and does not lie on its shelf yet: kept as it is typed, so that neither the way back to the list nor a
 * reload loses it, nor another text that is begun.
 */
import { Shelf } from './shelf.svelte.ts'

export class Drafts {
  readonly shelf: Shelf
  /** What still has to be written, by name. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing of the page reads it
  private readonly texts = new Map<string, string>()
  private last: Promise<unknown> = Promise.resolve()

  constructor(start: string) {
    this.shelf = new Shelf(start)
  }

  /** One was changed; null: it is new here. Gives what it is called. */
  write(name: string | null, title: string, text: string): string {
    const own = name ?? this.free(title)
    this.put(own, text)
    return own
  }

  /** It goes on a shelf, where it was called `before`; another one of its name takes its place here. */
  async keep(on: Shelf, name: string, text: string, before: string | null, draft: string | null) {
    const there = before === name ? null : await on.get(name)
    if (!(await on.put(name, text))) return 'full'
    this.done(draft)
    if (before !== null && before !== name) await on.remove(before)
    if (there === null || there === text) return 'kept'
    this.write(null, name, there)
    return 'kept.other'
  }

  private done(name: string | null): void {
    if (name === null) return
    this.texts.delete(name)
    this.last = this.last.then(() => this.shelf.remove(name))
  }

  private put(name: string, text: string): void {
    this.texts.set(name, text)
    this.last = this.last.then(async () => {
      if (this.texts.get(name) !== text) return
      await this.shelf.put(name, text)
    })
  }

  private free(title: string): string {
    const taken = (name: string) => this.texts.has(name) || this.shelf.names.includes(name)
    let name = title
    for (let nth = 2; taken(name); nth++) name = `${title}-${nth}`
    return name
  }
}
