/** World files: YAML in, a checked world or all its errors out. */
import * as v from 'valibot'
import { checkWorld } from './checks.ts'
import { worldForm, type WorldFile } from './schema.ts'
import { across, parseYaml, type FileError } from './yaml.ts'

/** The form, and what has to agree across the file. */
const worldSchema = v.pipe(worldForm, across<WorldFile>(checkWorld))

export function parseWorld(text: string, file: string): { world: WorldFile } | { errors: FileError[] } {
  const read = parseYaml<WorldFile>(text, file, worldSchema)
  return 'value' in read ? { world: read.value } : read
}
