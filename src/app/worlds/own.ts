/** Worlds of one's own, read and checked as those of the page are. It comes, with the reader of YAML, when one is wanted. */
import { parseWorld } from '../../core/world/parse.ts'
import type { WorldFile } from '../../core/world/schema.ts'
import type { FileError } from '../../core/world/yaml.ts'

type Read = { world: WorldFile } | { errors: FileError[] }

let latest: { text: string; read: Read } | null = null

/** What was read last is remembered: it is asked for again when it is opened. */
export function readOwn(text: string): Read {
  if (latest?.text !== text) latest = { text, read: parseWorld(text, 'world.yaml') }
  return latest.read
}

/** What the world is called; null where it has errors. */
export function soundName(text: string): string | null {
  const read = readOwn(text)
  return 'world' in read ? read.world.name : null
}
