/** The name under which a part is saved (RFC 2183 2.3): what the letter suggests is a wish of a stranger. */
import { parameter, parameterText } from '../content-fields.ts'
import type { Part } from './part.ts'

/** No longer name is taken from a letter. */
const LONGEST = 100

/** The name, of which nothing remains that could lead elsewhere or mean something to a shell. */
export function safeFileName(part: Part): string | null {
  const given = parameter(part.disposition, 'filename') ?? parameter(part.contentType, 'name')
  const name = given === null ? '' : (parameterText(given).split(/[/\\]/).at(-1) ?? '')
  const safe = name
    .slice(0, LONGEST)
    .replace(/[^\p{L}\p{N}_.+-]/gu, 'X')
    .replace(/^[.-]+/, (start) => 'X'.repeat(start.length))
  return safe === '' ? null : safe
}
