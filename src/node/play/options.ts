/** What stands behind `npm run -s play --`. */
import { parseArgs } from 'node:util'

export interface PlayOptions {
  /** A script, or a journal. */
  file: string
  /** A world's name, or a file; null: the one that the file names. */
  world: string | null
  trace: string | null
  mermaid: string | null
}

export const USAGE = `npm run -s play -- FILE [--world NAME|FILE] [--trace OUT.jsonl] [--mermaid OUT.mmd]

  FILE       a script (see lessons/README.md) or a journal saved by the page
  --world    a world's name or file; else the file names it, or world.yaml lies beside it
  --trace    writes what happened, one event a line
  --mermaid  writes the sequence as a mermaid diagram`

export function readOptions(args: readonly string[]): PlayOptions | { error: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { world: { type: 'string' }, trace: { type: 'string' }, mermaid: { type: 'string' } },
    })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return { error: 'one FILE was expected' }
    return { file, world: values.world ?? null, trace: values.trace ?? null, mermaid: values.mermaid ?? null }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
