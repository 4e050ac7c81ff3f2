/**
 * The words of a structured field (RFC 5322 3.2): atoms, quoted strings, comments, domain literals and specials, each with
 * its place. White space and folding between them only separate. One pass, no recursion: a comment in a comment is a number.
 *
 * The obsolete forms (RFC 5322 4.1) and UTF-8 (RFC 6532) are taken without a word, for a control character or an é is
 * part of an atom here as any letter is. A dot is too: `Q.` in a phrase, `a.b` in an address; who reads knows where dots
 * belong.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Place } from './place.ts'
import type { Report } from './problems.ts'

export interface Token extends Place {
  readonly kind: 'atom' | 'quoted' | 'comment' | 'literal' | 'special'
  /** Without quotes, outer parentheses and quoted pairs; a literal keeps its brackets. Line ends of folding are gone. */
  readonly text: Octets
  /** White space stands before it. */
  readonly spaced: boolean
}

/** Which characters stand alone. `[` is in neither: where literals are known it opens one. */
export interface Alphabet {
  readonly specials: ReadonlySet<number>
  readonly literals: boolean
}

const alphabet = (specials: string, literals: boolean): Alphabet => ({
  specials: new Set(Array.from(specials, (character) => character.charCodeAt(0))),
  literals,
})

/** RFC 5322 3.2.3, but for the dot. */
export const ADDRESS_ALPHABET = alphabet('()<>[]:;@\\,"', true)

/** RFC 2045 5.1: tspecials. */
export const MIME_ALPHABET = alphabet('()<>@,;:\\"/[]?=', false)

/** Gives the next token, null at the end. */
export function lexer(source: Octets, place: Place, report: Report, { specials, literals }: Alphabet) {
  const { to } = place
  let at = place.from

  return function next(): Token | null {
    const before = at
    while (at < to && isBlank(source.charCodeAt(at))) at++
    if (at >= to) return null
    const from = at
    const spaced = from > before
    const code = source.charCodeAt(at)
    if (code === QUOTE) {
      const closed = closeQuoted()
      if (!closed) report('quote-unclosed', from, to)
      return { kind: 'quoted', text: plain(source.slice(from + 1, closed ? at - 1 : at)), from, to: at, spaced }
    }
    if (code === OPEN) {
      const closed = closeComment()
      if (!closed) report('comment-unclosed', from, to)
      return { kind: 'comment', text: plain(source.slice(from + 1, closed ? at - 1 : at)), from, to: at, spaced }
    }
    if (literals && code === BRACKET) {
      const closed = closeLiteral()
      if (!closed) report('literal-unclosed', from, at)
      return { kind: 'literal', text: plain(source.slice(from, at)).replace(/[ \t]+/g, ''), from, to: at, spaced }
    }
    if (specials.has(code)) {
      at++
      return { kind: 'special', text: source[from]!, from, to: at, spaced }
    }
    while (at < to && !specials.has(source.charCodeAt(at)) && !isBlank(source.charCodeAt(at))) at++
    return { kind: 'atom', text: source.slice(from, at), from, to: at, spaced }
  }

  function closeQuoted(): boolean {
    for (at++; at < to; at++) {
      const code = source.charCodeAt(at)
      if (code === BACKSLASH) at++
      else if (code === QUOTE) return at++ < to
    }
    at = to
    return false
  }

  function closeComment(): boolean {
    for (let depth = 0; at < to; at++) {
      const code = source.charCodeAt(at)
      if (code === BACKSLASH) at++
      else if (code === OPEN) depth++
      else if (code === CLOSE && --depth === 0) return at++ < to
    }
    at = to
    return false
  }

  function closeLiteral(): boolean {
    for (at++; at < to; at++) {
      const code = source.charCodeAt(at)
      if (code === BACKSLASH) at++
      else if (code === BRACKET_END) return at++ < to
      // Nobody means a literal that holds these: what follows is worth more than the bracket.
      else if (code === BRACKET || code === COMMA || code === GREATER) return false
    }
    at = to
    return false
  }
}

const QUOTE = 0x22
const OPEN = 0x28
const CLOSE = 0x29
const COMMA = 0x2c
const GREATER = 0x3e
const BRACKET = 0x5b
const BACKSLASH = 0x5c
const BRACKET_END = 0x5d

const isBlank = (code: number) => code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a

/** Quoted pairs and line ends of folding resolved (RFC 5322 3.2.1, 2.2.3). */
export const plain = (text: Octets): Octets =>
  /[\\\r\n]/.test(text) ? text.replace(/\\([^])|\\$|[\r\n]+/g, (_, character?: string) => character ?? '') : text
