/**
 * What one of the courses shows, in its own order: lessons/courses/*.yaml. Each entry is a short quotation with its line,
 * what proves it here, and where a reader can try it. A slip of the course says what the RFC has instead.
 */
import * as v from 'valibot'
import { keys, parseYaml, type FileError } from '../world/yaml.ts'
import { bilingual, type Bilingual } from './goal-schema.ts'

/**
 * Where one can try something: a lesson, a scenario, a script that plays itself, a room of the page, a word of
 * the glossary, a command typed in a world.
 */
export type Place =
  | { lesson: string }
  | { scenario: string }
  | { script: string }
  | { see: 'workshop' }
  | { term: string }
  | { world: string; do: string }

/** `form`: how something is written, or a rule. `history`: a program, a person, the line of an RFC. */
export const entryKinds = ['command', 'code', 'header', 'form', 'dialogue', 'history'] as const

export interface CourseEntry {
  line: number
  /** A dialogue goes on up to this line. */
  to: number | null
  kind: (typeof entryKinds)[number]
  /** As it stands in the course's text. */
  quote: string
  /** The same, where the text has lost what its page showed (columns run together, marks of markdown). */
  says: string | null
  slip: Bilingual | null
  /** Files that show it here: lessons, scripts, tests. */
  shown: string[]
  try: Place[]
}

export interface Course {
  /** The name of its file. */
  seed: string
  title: Bilingual
  text: Bilingual
  sections: { title: Bilingual; shows: CourseEntry[] }[]
}

const name = v.pipe(v.string(), v.regex(/^[\w./-]+$/, 'A name stands here.'))
const line = v.pipe(v.number(), v.integer(), v.minValue(1))

const place = v.union(
  [
    keys({ lesson: name }),
    keys({ scenario: name }),
    keys({ script: name }),
    keys({ see: v.literal('workshop') }),
    keys({ term: name }),
    keys({ world: name, do: v.string() }),
  ],
  'A place is one of { lesson }, { scenario }, { script }, { see: workshop }, { term }, { world, do }.',
)

const entry = v.pipe(
  keys({
    line,
    to: v.optional(v.nullable(line), null),
    kind: v.picklist(entryKinds),
    quote: v.pipe(v.string(), v.minLength(1), v.maxLength(90)),
    says: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1))), null),
    slip: v.optional(v.nullable(bilingual), null),
    shown: v.pipe(v.array(v.string()), v.minLength(1, 'Something shows it.')),
    try: v.pipe(v.array(place), v.minLength(1, 'It can be tried somewhere.')),
  }),
  v.check(({ line: from, to }) => to === null || to >= from, 'It ends before it begins.'),
)

const several = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(v.array(item), v.minLength(1, 'Something stands here.'))

const schema = keys({
  seed: v.pipe(v.string(), v.regex(/^\d{3}_[\da-f]+\.txt$/, 'The name of the course’s file stands here.')),
  title: bilingual,
  text: bilingual,
  sections: several(keys({ title: bilingual, shows: several(entry) })),
})

export function parseCourse(text: string, file: string): { course: Course } | { errors: FileError[] } {
  const read = parseYaml(text, file, schema)
  return 'errors' in read ? read : { course: read.value }
}
