/**
 * YAML that people write, checked: text in, a typed value or all its errors out, each with file, line, column and key.
 *
 * Worlds and lessons are both read through `parseYaml`. A schema of its own cannot tell everything at once (an object
 * names only its first unknown key, and what looks across the file has to wait for the rest to be sound), so what was
 * wrong is taken out and the remainder looked at again, until nothing new is found.
 */
import * as v from 'valibot'
import {
  LineCounter,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLParseError,
} from 'yaml'

export interface FileError {
  file: string
  line: number
  column: number
  /** Where in the file, in its own words: `hosts > mx1.rennes.example > delay`. */
  key: string
  message: string
}

/** A place in the value: keys and places in lists. */
export type Place = readonly (string | number)[]
export interface Problem {
  place: Place
  message: string
}

/** Nobody writes more by hand, and what is larger only ties up the page. */
const LONGEST = 1_000_000
const MOST_ALIASES = 100
const MOST_ERRORS = 200
const MOST_ROUNDS = 30
const TOO_DEEP = 'Here too many lists or blocks stand in one another.'
const TOO_MANY_ALIASES = `Aliases (*name) stand here for more than ${MOST_ALIASES} copies.`

export function parseYaml<T>(
  text: string,
  file: string,
  schema: v.GenericSchema<unknown, T>,
): { value: T } | { errors: FileError[] } {
  const lines = new LineCounter()
  const error = (offset: number, key: string, message: string): FileError => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), key, message }
  }
  if (text.length > LONGEST) return { errors: [error(0, '', `This file is longer than ${LONGEST} characters.`)] }
  const read = readYaml(text, lines)
  if ('failure' in read) return { errors: [error(0, '', read.failure)] }
  const { document, data } = read
  if (document.errors.length > 0) {
    return { errors: document.errors.map((wrong) => error(wrong.pos[0], '', notYaml(wrong))) }
  }
  const checked = check(schema, data)
  if ('value' in checked) return checked
  const errors = checked.problems.map(({ place, message }) => error(offsetOf(document, place), keyText(place), message))
  return { errors: errors.sort((a, b) => a.line - b.line || a.column - b.column) }
}

/** A strict object whose errors name what is known instead. */
export function keys<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, (issue) => {
    if (Array.isArray(issue.path?.[0]?.input)) return 'This must be a block of keys, not a list.'
    if (issue.expected !== 'never') return plain(issue)
    return `The key ${issue.received} is not known here. Known are: ${Object.keys(entries).join(', ')}.`
  })
}

/**
 * What looks across the file, as the last action of a schema's pipe. It runs when all that is there is right; what is
 * missing may still be missing, so it gets the value with every part optional.
 */
export function across<T>(look: (draft: Draft<T>) => Iterable<Problem>) {
  return v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed && !dataset.issues.every((issue) => issue.kind === 'validation' || isMissing(issue))) return
    for (const { place, message } of look(dataset.value as Draft<T>)) {
      const [first, ...rest] = place.map((key) => ({
        type: 'unknown' as const,
        origin: 'value' as const,
        input: null,
        key,
        value: null,
      }))
      addIssue(first ? { message, path: [first, ...rest] } : { message })
    }
  })
}

export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly Draft<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T

function readYaml(
  text: string,
  lineCounter: LineCounter,
): { document: Document.Parsed; data: unknown } | { failure: string } {
  try {
    const document = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true })
    if (document.errors.some((error) => error.message.includes('call stack'))) return { failure: TOO_DEEP }
    return { document, data: document.errors.length > 0 ? null : document.toJS({ maxAliasCount: MOST_ALIASES }) }
  } catch (thrown) {
    if (thrown instanceof RangeError) return { failure: TOO_DEEP }
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    // An alias without an anchor, or a few lines of aliases that would unfold to millions.
    return { failure: why.startsWith('Excessive') ? TOO_MANY_ALIASES : `This cannot be read: ${sentence(why)}` }
  }
}

function check<T>(schema: v.GenericSchema<unknown, T>, data: unknown): { value: T } | { problems: Problem[] } {
  const problems = new Map<string, Problem>()
  const taken = new Set<string>()
  const origins: Origins = new WeakMap()
  for (let rest = data, round = 0; ; round++) {
    const result = v.safeParse(schema, rest, { message: plain })
    if (result.success && problems.size === 0) return { value: result.output }
    const wrong: Place[] = []
    for (const issue of result.issues ?? []) {
      // A list has methods that are called as some of the keys that should stand there.
      if (typeof issue.input === 'function') continue
      const last = issue.path?.at(-1)
      // A list where a block of keys should stand is told of once, as a whole.
      const whole = last?.type === 'object' && Array.isArray(last.input)
      const place = originalPlace(whole ? keysOf(issue).slice(0, -1) : keysOf(issue), rest, origins)
      if (isShortened(issue, origins) || (isMissing(issue) && taken.has(JSON.stringify(place)))) continue
      problems.set(JSON.stringify([place, issue.message]), { place, message: issue.message })
      if (issue.kind === 'validation' || isMissing(issue) || place.length === 0) continue
      taken.add(JSON.stringify(place))
      wrong.push(keysOf(issue))
    }
    if (wrong.length === 0 || round === MOST_ROUNDS) return { problems: [...problems.values()].slice(0, MOST_ERRORS) }
    rest = without(rest, wrong, origins)
  }
}

/** Where the items of a shortened list stood in the file. */
type Origins = WeakMap<object, readonly number[]>

const keysOf = (issue: v.BaseIssue<unknown>): Place => issue.path?.map(({ key }) => key as string | number) ?? []

/** A place of what is left, as a place of the file. */
function originalPlace(place: Place, rest: unknown, origins: Origins): Place {
  let node = rest
  return place.map((key) => {
    const origin = originsOf(node, origins)?.[key as number]
    node = (node as Record<string | number, unknown> | null | undefined)?.[key]
    return origin ?? key
  })
}

const originsOf = (node: unknown, origins: Origins) => (Array.isArray(node) ? origins.get(node) : undefined)

const isMissing = (issue: v.BaseIssue<unknown>) =>
  issue.kind === 'schema' && issue.received === 'undefined' && issue.path?.at(-1)?.origin === 'key'

/** What is wrong with a list as a whole once items were taken out of it is our own doing. */
const isShortened = ({ path }: v.BaseIssue<unknown>, origins: Origins) =>
  originsOf(path?.at(-1)?.value, origins) !== undefined

function without(value: unknown, places: readonly Place[], origins: Origins): unknown {
  if (places.length === 0 || typeof value !== 'object' || value === null) return value
  const isGone = (key: string | number) => places.some((place) => place.length === 1 && place[0] === key)
  const inside = (key: string | number) => places.filter((place) => place[0] === key).map((place) => place.slice(1))
  if (Array.isArray(value)) {
    const before = origins.get(value)
    const kept = [...value.keys()].filter((at) => !isGone(at))
    const shorter = kept.map((at) => without(value[at], inside(at), origins))
    origins.set(
      shorter,
      kept.map((at) => before?.[at] ?? at),
    )
    return shorter
  }
  const kept = Object.entries(value).filter(([key]) => !isGone(key))
  return Object.fromEntries(kept.map(([key, item]) => [key, without(item, inside(key), origins)]))
}

/** What valibot found, as a sentence; schemas that say it better bring their own. */
function plain(issue: v.BaseIssue<unknown>): string {
  if (isMissing(issue)) return `The key ${issue.expected} is missing here.`
  if (issue.expected === 'never') return `The key ${issue.received} is not known here.`
  const wanted = issue.expected
    ?.replace(/^\((.*)\)$/, '$1')
    .split(' | ')
    .map((name) => kinds[name] ?? name)
  return wanted
    ? `This must be ${wanted.join(' or ')}, not ${shown(issue.input)}.`
    : `This is not right: ${shown(issue.input)}.`
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'a block of keys',
  null: 'null',
}

function shown(input: unknown): string {
  if (input === null || input === undefined) return 'empty'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object') return 'a block of keys'
  return typeof input === 'string' ? `"${input}"` : `the ${typeof input === 'number' ? 'number ' : ''}${String(input)}`
}

function notYaml({ code, message }: YAMLParseError): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'This key stands here twice.'
    case 'MULTIPLE_DOCS':
      return 'A file holds one document; "---" begins another.'
    case 'TAB_AS_INDENT':
      return 'Lines are indented with blanks, not with tabs.'
    case 'NON_STRING_KEY':
      return 'A key is text; put it in quotes.'
    default:
      return `This is not YAML: ${sentence(message)}`
  }
}

function sentence(text: string): string {
  const first = text.split('\n')[0]!.trim()
  return /[.!?]$/.test(first) ? first : `${first}.`
}

const keyText = (place: Place) => place.map((key) => (typeof key === 'number' ? `item ${key + 1}` : key)).join(' > ')

/** Where the last part of the place that is in the file begins: a key, or an item of a list. */
function offsetOf(document: Document.Parsed, place: Place): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const key of place) {
    const here = resolved(document, node)
    if (isMap(here)) {
      const pair: Pair | undefined = here.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      if (!pair) return offset
      offset = startOf(pair.key) ?? offset
      node = pair.value
    } else if (isSeq(here) && typeof key === 'number') {
      node = here.items[key]
      offset = startOf(node) ?? offset
    } else return offset
  }
  return offset
}

const resolved = (document: Document.Parsed, node: unknown): unknown =>
  typeof node === 'object' && node !== null && 'resolve' in node && typeof node.resolve === 'function'
    ? (node as { resolve(document: Document): unknown }).resolve(document)
    : node

const startOf = (node: unknown) => (node as Node | null | undefined)?.range?.[0]
