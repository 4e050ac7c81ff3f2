/**
 * Into how few files the page is cut: what it begins with, the terminal, the rest of the page that stands there at once, the
 * simulated Internet, and after that what each view wants for itself. Left to itself the bundler makes a file of each set of
 * modules that several of them share, forty where three will do: each is asked for, and announced to the browser, by
 * itself, and on a slow machine that takes longer than the modules.
 *
 * Each begins in a task of its own, as soon as it is there. What the rest of the page and the simulated Internet share lies
 * with the first, which has no need to wait for the second then; and neither of them is so large that taking it in holds a key up.
 */
interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

/** In the order in which they are wanted: what comes with one is there for the next. */
const STAGES = [
  { chunk: 'page', entry: '/src/app/main.ts' },
  { chunk: 'terminal', entry: '/src/app/terminal/TerminalScreen.svelte' },
  { chunk: 'rest', entry: '/src/app/rest.ts' },
  { chunk: 'engine', entry: '/src/app/engine.ts' },
]

let known: Map<string, string> | null = null

/** The module's file, or null where the bundler may choose. */
export function chunkOf(id: string, modules: Modules, root: string): string | null {
  known ??= stages(modules, root)
  return known.get(id) ?? null
}

function stages(modules: Modules, root: string): Map<string, string> {
  const chunks = new Map<string, string>()
  for (const { chunk, entry } of STAGES) {
    const open = [root + entry]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (chunks.has(id)) continue
      chunks.set(id, chunk)
      open.push(...(modules.getModuleInfo(id)?.importedIds ?? []))
    }
  }
  return chunks
}
