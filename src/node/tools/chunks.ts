/**
 * Into how few files the page is cut: what it begins with, the terminal, the rest of the page that stands there at once, the
 * simulated Internet, and after that what each view wants for itself. Left to itself the bundler makes a file of each set of
 * modules that several of them share, forty where six will do: each is asked for, and announced to the browser, by
 * itself, and on a slow machine that takes longer than the modules.
 *
 * Each begins in a task of its own, and none is so large that taking it in holds a key up. What the rest of the page and the
 * simulated Internet share lies apart, and the libraries that both use.
 */
interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

interface Stage {
  chunk: string
  entry: string
  /** What of it lies apart, by its place: it stands on that. */
  beneath?: Readonly<Record<string, string>>
}

/** In the order in which they are wanted: what comes with one is there for the next. */
const STAGES: readonly Stage[] = [
  { chunk: 'page', entry: '/src/app/main.ts' },
  { chunk: 'terminal', entry: '/src/app/terminal/TerminalScreen.svelte' },
  {
    chunk: 'rest',
    entry: '/src/app/rest.ts',
    beneath: { '/node_modules/': 'libraries', '/src/core/': 'core' },
  },
  { chunk: 'engine', entry: '/src/app/engine.ts', beneath: { '/node_modules/': 'libraries' } },
]

/** The first screen: nothing of it is left for later. */
const FIRST = ['page', 'terminal']
/** What is taken in while one types, in this order. */
export const BEHIND = ['libraries', 'core', 'rest', 'engine']

export const isFirst = (chunk: string): boolean => FIRST.includes(chunk)

/** What a view asks for beside itself: not what was taken in long before. */
export const asksFor = (_file: string, needs: string[], { hostType }: { hostType: 'html' | 'js' }): string[] =>
  hostType === 'html' ? needs : needs.filter((need) => !TAKEN_IN.test(need))

const TAKEN_IN = new RegExp(`(^|/)(${[...FIRST, ...BEHIND].join('|')})-[\\w-]{8}\\.js$`)

let known: Map<string, string> | null = null

/** The module's file, or null where the bundler may choose. */
export function chunkOf(id: string, modules: Modules, root: string): string | null {
  known ??= stages(modules, root)
  return known.get(id) ?? null
}

function stages(modules: Modules, root: string): Map<string, string> {
  const chunks = new Map<string, string>()
  for (const { chunk, entry, beneath = {} } of STAGES) {
    const open = [root + entry]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (chunks.has(id)) continue
      const place = Object.keys(beneath).find((part) => id.includes(part))
      chunks.set(id, place === undefined ? chunk : beneath[place]!)
      open.push(...(modules.getModuleInfo(id)?.importedIds ?? []))
    }
  }
  return chunks
}
