/** The parts of the course: lessons/parts.yaml. A lesson is of the part that its folder lies in. */
import * as v from 'valibot'
import { keys, parseYaml, type FileError } from '../world/yaml.ts'
import { bilingual, type Bilingual } from './goal-schema.ts'

export interface CoursePart {
  id: string
  name: Bilingual
  /** What it is about. */
  text: Bilingual
}

const schema = keys({
  parts: v.pipe(
    v.array(
      keys({
        id: v.pipe(v.string(), v.regex(/^\d\d-[a-z0-9-]+$/, 'A part is called as its folder: 01-premiers-pas.')),
        name: bilingual,
        text: bilingual,
      }),
    ),
    v.check((parts) => new Set(parts.map(({ id }) => id)).size === parts.length, 'Two parts have the same id.'),
  ),
})

export function parseParts(text: string, file: string): { parts: CoursePart[] } | { errors: FileError[] } {
  const read = parseYaml(text, file, schema)
  return 'errors' in read ? read : { parts: read.value.parts }
}
