/** The words of the course, with what they mean: lessons/glossary.yaml. Lessons name them by `[[term: id]]`. */
import * as v from 'valibot'
import { keys, parseYaml, type FileError } from '../world/yaml.ts'
import { bilingual, identifier, type Bilingual } from './goal-schema.ts'
import { inlineHtml } from './markdown.ts'
import { referenceForm, type Reference } from './reading.ts'

export interface Term {
  id: string
  name: Bilingual
  /** HTML. */
  text: Bilingual
  read: Reference[]
}

const schema = keys({
  terms: v.pipe(
    v.array(keys({ id: identifier, name: bilingual, text: bilingual, read: v.optional(v.array(referenceForm), []) })),
    v.check((terms) => new Set(terms.map(({ id }) => id)).size === terms.length, 'Two terms have the same id.'),
  ),
})

export function parseGlossary(text: string, file: string): { terms: Term[] } | { errors: FileError[] } {
  const read = parseYaml(text, file, schema)
  if ('errors' in read) return read
  return {
    terms: read.value.terms.map((term) => ({
      ...term,
      text: { fr: inlineHtml(term.text.fr), en: inlineHtml(term.text.en) },
    })),
  }
}
