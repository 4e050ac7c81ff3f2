/**
 * Parameters of Content-Type and Content-Disposition (RFC 2045 5.1), with the extensions of RFC 2231: values in pieces
 * (`boundary*0=`, `boundary*1=`), in a charset and a language (`title*=us-ascii'en-us'This%20is`), or both.
 */
import { decodeText, type MoreCharsets } from '../bytes/charsets.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Text } from '../bytes/utf8.ts'
import { lexer, MIME_ALPHABET, type Token } from './lexer.ts'
import { isSpecial } from './mailbox.ts'
import type { Place } from './place.ts'
import type { Report } from './problems.ts'
import { decodeWords, holdsEncodedWord } from './words.ts'

/** One `attribute=value` as it stands. */
export interface ParameterSegment {
  readonly attribute: Place
  /** Quotes included. */
  readonly value: Place
  /** Which piece it is (RFC 2231 3); null where the value is whole. */
  readonly number: number | null
  /** Percent-encoded (RFC 2231 4). */
  readonly extended: boolean
}

export interface Parameter extends Place {
  /** In small letters, without the asterisks. */
  readonly name: string
  /** Put together, without quotes and percent signs. */
  readonly value: Octets
  /** RFC 2231 4; null where it does not say. */
  readonly charset: string | null
  readonly language: string | null
  /** The segments that the value is made of, in their order. */
  readonly segments: readonly ParameterSegment[]
}

/** The value as a person reads it. Encoded words do not belong here, but many programs put names of files so. */
export function parameterText({ value, charset }: Parameter, more?: MoreCharsets): string {
  if (charset !== null) return decodeText(value, charset, more)
  return holdsEncodedWord(value) ? decodeWords(value, more) : utf8Text(value)
}

/** The parameter of that name. */
export const parameter = (of: { readonly parameters: readonly Parameter[] } | null, name: string): Parameter | null =>
  of?.parameters.find((each) => each.name === name.toLowerCase()) ?? null

/** Far more than anybody writes: a field of nothing but semicolons must not fill the memory. */
const MOST_TOKENS = 20_000

/** The tokens of a MIME field, comments left out. */
export function mimeTokens(source: Octets, place: Place, report: Report): Token[] {
  const next = lexer(source, place, report, MIME_ALPHABET)
  const tokens: Token[] = []
  for (let token = next(); token !== null; token = next()) {
    if (token.kind === 'comment') continue
    if (tokens.length === MOST_TOKENS) {
      report('parameters-too-many', token.from, place.to)
      break
    }
    tokens.push(token)
  }
  return tokens
}

/** What stands from token `at` on: `; attribute=value ...`. */
export function readParameters(tokens: readonly Token[], at: number, report: Report): Parameter[] {
  return assemble(written(tokens, at, report), report)
}

interface Written extends ParameterSegment {
  readonly name: string
  readonly octets: Octets
}

function written(tokens: readonly Token[], first: number, report: Report): Written[] {
  const found: Written[] = []
  let at = first
  while (at < tokens.length) {
    const token = tokens[at]!
    if (isSpecial(token, ';')) {
      const following = tokens[at + 1]
      if (following === undefined || isSpecial(following, ';')) report('semicolon-extra', token.from, token.to)
      at++
    } else if (isAttribute(tokens, at)) {
      if (at > 0 && !isSpecial(tokens[at - 1], ';')) report('semicolon-missing', token.from, token.from)
      const end = valueEnd(tokens, at + 2)
      found.push(segmentOf(tokens, at, end, report))
      at = end
    } else {
      const from = at
      while (at < tokens.length && !isSpecial(tokens[at], ';') && (at === from || !isAttribute(tokens, at))) at++
      const key = from > 0 && isSpecial(tokens[from - 1], ';') ? 'parameter-malformed' : 'value-extra'
      report(key, token.from, tokens[at - 1]!.to)
    }
  }
  return found
}

const isAttribute = (tokens: readonly Token[], at: number) =>
  tokens[at]?.kind === 'atom' && isSpecial(tokens[at + 1], '=')

/**
 * Where the value ends: a quoted string alone; else at the semicolon, for people forget the quotes (`name=a b.txt`), but
 * `charset=us-ascii name=x` lacks a semicolon.
 */
function valueEnd(tokens: readonly Token[], from: number): number {
  if (tokens[from]?.kind === 'quoted') return from + 1
  let at = from
  while (at < tokens.length && !isSpecial(tokens[at], ';')) {
    if (at > from && tokens[at]!.spaced && isAttribute(tokens, at)) break
    at++
  }
  return at
}

const ATTRIBUTE = /^([^*]+)(?:\*(\d{1,6}))?(\*)?$/

function segmentOf(tokens: readonly Token[], at: number, end: number, report: Report): Written {
  const attribute = tokens[at]!
  const equals = tokens[at + 1]!
  const value = tokens.slice(at + 2, end)
  const place = { from: value[0]?.from ?? equals.to, to: value.at(-1)?.to ?? equals.to }
  if (value.length === 0) report('parameter-malformed', attribute.from, equals.to)
  else if (value.length > 1) report('parameter-unquoted', place.from, place.to)
  const octets = value.map(({ text, spaced }, k) => (spaced && k > 0 ? ` ${text}` : text)).join('')
  const [, name, digits, star] = (ATTRIBUTE.exec(attribute.text) ?? []) as (string | undefined)[]
  if (attribute.text.includes('*') && (name === undefined || /^0\d/.test(digits ?? ''))) {
    report('segment-malformed', attribute.from, attribute.to)
  }
  return {
    name: (name ?? attribute.text).toLowerCase(),
    octets,
    attribute: { from: attribute.from, to: attribute.to },
    value: place,
    number: digits === undefined ? null : Number(digits),
    extended: star !== undefined,
  }
}

/** By name, in the order in which the names appear. */
function assemble(all: readonly Written[], report: Report): Parameter[] {
  const byName = new Map<string, Written[]>()
  for (const segment of all) {
    const same = byName.get(segment.name)
    if (same) same.push(segment)
    else byName.set(segment.name, [segment])
  }
  const found: Parameter[] = []
  for (const [name, segments] of byName) {
    const chosen = choose(segments, report)
    if (chosen.length > 0) found.push(join(name, chosen, report))
  }
  return found
}

/** The extended form counts before the plain one, whole before pieces; of two that are alike the first. */
function choose(segments: readonly Written[], report: Report): readonly Written[] {
  const plain = segments.filter(({ number, extended }) => number === null && !extended)
  const extended = segments.filter(({ number, extended }) => number === null && extended)
  const pieces = new Map<number, Written>()
  const again: Written[] = [...plain.slice(1), ...extended.slice(1)]
  for (const segment of segments) {
    if (segment.number === null) continue
    if (pieces.has(segment.number)) again.push(segment)
    else pieces.set(segment.number, segment)
  }
  for (const { attribute, value } of again) report('parameter-twice', attribute.from, value.to)
  const joined: Written[] = []
  for (let piece; (piece = pieces.get(joined.length)) !== undefined;) joined.push(piece)
  if (joined.length < pieces.size) {
    const behind = [...pieces.values()].find(({ number }) => number! > joined.length)!
    report('segment-gap', behind.attribute.from, behind.value.to)
  }
  const forms = [extended.slice(0, 1), joined, plain.slice(0, 1)].filter((form) => form.length > 0)
  if (forms.length > 1) {
    const { attribute, value } = forms[1]![0]!
    report('parameter-two-forms', attribute.from, value.to)
  }
  return forms[0] ?? []
}

function join(name: string, segments: readonly Written[], report: Report): Parameter {
  const first = segments[0]!
  let charset: string | null = null
  let language: string | null = null
  const values = segments.map((segment, k) => {
    const { from, to } = segment.value
    if (!segment.extended) {
      if (holdsEncodedWord(segment.octets)) report('word-in-parameter', from, to)
      return segment.octets
    }
    let text = segment.octets
    if (k === 0) {
      const quote = text.indexOf("'")
      const second = text.indexOf("'", quote + 1)
      if (quote < 0 || second < 0) report('extended-malformed', from, to)
      else {
        charset = text.slice(0, quote) || null
        language = text.slice(quote + 1, second) || null
        text = text.slice(second + 1)
      }
    }
    if (/%(?![0-9A-Fa-f]{2})/.test(text)) report('extended-malformed', from, to)
    return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  })
  return {
    name,
    value: values.join(''),
    charset,
    language,
    segments: segments.map(({ attribute, value, number, extended }) => ({ attribute, value, number, extended })),
    from: first.attribute.from,
    to: first.value.to,
  }
}
