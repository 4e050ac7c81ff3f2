/** Where journals are kept: IndexedDB, else localStorage, else only as long as the page is open. */
import { openDB } from 'idb'

export interface Keeper {
  /** False: all is lost when the page is closed. */
  readonly lasting: boolean
  get(key: string): Promise<string | null>
  put(key: string, text: string): Promise<void>
  remove(key: string): Promise<void>
  /** Those that begin so. */
  keys(start: string): Promise<string[]>
}

const STORE = 'journals'

export async function openKeeper(): Promise<Keeper> {
  for (const open of [inDatabase, inStorage]) {
    try {
      const keeper = await open()
      await keeper.put('probe', '')
      await keeper.remove('probe')
      return keeper
    } catch {
      // Blocked, full or broken: the next one.
    }
  }
  return inMemory()
}

async function inDatabase(): Promise<Keeper> {
  const database = await openDB('facteur', 1, { upgrade: (fresh) => void fresh.createObjectStore(STORE) })
  return {
    lasting: true,
    get: async (key) => ((await database.get(STORE, key)) as string | undefined) ?? null,
    put: async (key, text) => void (await database.put(STORE, text, key)),
    remove: (key) => database.delete(STORE, key),
    keys: async (start) => startingWith((await database.getAllKeys(STORE)).map(String), start),
  }
}

async function inStorage(): Promise<Keeper> {
  const place = (key: string) => `facteur.${STORE}.${key}`
  return {
    lasting: true,
    get: (key) => Promise.resolve(localStorage.getItem(place(key))),
    put: (key, text) => Promise.resolve(localStorage.setItem(place(key), text)),
    remove: (key) => Promise.resolve(localStorage.removeItem(place(key))),
    keys: (start) =>
      Promise.resolve(startingWith(Object.keys(localStorage), place(start)).map((key) => key.slice(place('').length))),
  }
}

function inMemory(): Keeper {
  const texts = new Map<string, string>()
  return {
    lasting: false,
    get: (key) => Promise.resolve(texts.get(key) ?? null),
    put: (key, text) => Promise.resolve(void texts.set(key, text)),
    remove: (key) => Promise.resolve(void texts.delete(key)),
    keys: (start) => Promise.resolve(startingWith([...texts.keys()], start)),
  }
}

const startingWith = (keys: readonly string[], start: string) => keys.filter((key) => key.startsWith(start))
