/** World files from the disk: by name from src/worlds, or a file of one's own. */
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseWorld } from '../core/world/parse.ts'
import type { WorldFile } from '../core/world/schema.ts'

const folder = fileURLToPath(new URL('../worlds/', import.meta.url))

export const worldNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))

/** Throws with all that is wrong with it, one line each: file, line, key, what. */
export function readWorld(nameOrFile: string): WorldFile {
  const file = worldNames().includes(nameOrFile) ? `${folder}${nameOrFile}.yaml` : nameOrFile
  const parsed = parseWorld(textOf(file), file)
  if ('world' in parsed) return parsed.world
  throw new Error(
    parsed.errors.map((error) => `${error.file}:${error.line}: ${error.key}: ${error.message}`).join('\n'),
  )
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error)
    throw new Error(`${file}: ${why}, and no world of that name (there are ${worldNames().join(', ')})`, {
      cause: error,
    })
  }
}
