/**
 * Encoded words (RFC 2047): `=?charset?encoding?text?=`, how a header of ASCII says é. With the language tag of RFC 2231 5:
 * `=?charset*language?...`.
 *
 * A word counts only where white space (or, in a comment, a parenthesis) stands on both sides; the white space between two
 * words is dropped. What is meant as a word and is none stays as it is, and is reported.
 */
import { base64LinesTrouble, decodeBase64Lines } from '../bytes/base64-lines.ts'
import { decodeText, knowsCharset, type MoreCharsets } from '../bytes/charsets.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Text } from '../bytes/utf8.ts'
import { ADDRESS_ALPHABET, lexer, plain } from './lexer.ts'
import type { Place } from './place.ts'
import { type Report, silent } from './problems.ts'

export interface PlainWords extends Place {
  /** blank: white space between two encoded words, which is not shown. */
  readonly kind: 'text' | 'blank'
}

export interface EncodedWord extends Place {
  readonly kind: 'encoded'
  readonly charset: string
  /** RFC 2231 5; null nearly always. */
  readonly language: string | null
  readonly encoding: 'B' | 'Q'
  /** Where the encoded text stands ... */
  readonly payload: Place
  /** ... and what it is. */
  readonly octets: Octets
}

export type Word = PlainWords | EncodedWord

/** In a comment parentheses end a word too (RFC 2047 5, rule 2). */
export type WordContext = 'text' | 'comment'

const RUNS = { text: /([ \t\r\n]+)|[^ \t\r\n]+/y, comment: /([ \t\r\n]+)|[()]|[^ \t\r\n()]+/y } as const

/** RFC 2047 2. */
const WORD = /^=\?([^?*]+)(?:\*([^?]*))?\?([^?]+)\?([^?]*)\?=$/
const INSIDE = /=\?[^? \t\r\n]+\?[bqBQ]\?[^? \t\r\n]*\?=/
const BEGUN = /^=\?[^?]+\?[bqBQ]\?[^?]*$/
const LONGEST_WORD = 75

/** What stands there, piece by piece: together the pieces cover the place. */
export function readWords(
  source: Octets,
  place: Place,
  report: Report,
  context: WordContext = 'text',
  more?: MoreCharsets,
): Word[] {
  const words: Word[] = []
  const run = RUNS[context]
  let textFrom = place.from
  let blankOnly = true // what stands since the last encoded word
  let begun: Place | null = null
  const text = source.slice(0, place.to) // a run must not reach beyond the place
  for (let at = place.from; at < place.to; at = run.lastIndex) {
    run.lastIndex = at
    const [piece, blank] = run.exec(text) as unknown as [string, string | undefined]
    if (blank !== undefined) continue
    const to = at + piece.length
    const word = piece.startsWith('=?') ? encodedWord(piece, at, report, more) : null
    if (word === null) {
      blankOnly = false
      if (BEGUN.test(piece)) begun = { from: at, to }
      else if (begun !== null && piece.endsWith('?=')) {
        report('word-blank-inside', begun.from, to)
        begun = null
      } else if (INSIDE.test(piece)) report('word-touches', at, to)
      continue
    }
    begun = null
    if (at > textFrom) words.push({ kind: blankOnly && words.length > 0 ? 'blank' : 'text', from: textFrom, to: at })
    words.push(word)
    textFrom = to
    blankOnly = true
  }
  if (place.to > textFrom) words.push({ kind: 'text', from: textFrom, to: place.to })
  reportSplits(words, report)
  return words
}

function encodedWord(piece: Octets, from: number, report: Report, more?: MoreCharsets): EncodedWord | null {
  const parts = WORD.exec(piece)
  if (!parts) return null
  const [, charset, language, encodingWritten, payload] = parts as unknown as [
    string,
    string,
    string?,
    string?,
    string?,
  ]
  const to = from + piece.length
  const encoding = encodingWritten!.toUpperCase()
  if (encoding !== 'B' && encoding !== 'Q') {
    report('word-encoding-unknown', from, to)
    return null
  }
  const payloadPlace = { from: to - 2 - payload!.length, to: to - 2 }
  if (piece.length > LONGEST_WORD) report('word-too-long', from, to)
  if (!knowsCharset(charset, more)) report('word-charset-unknown', from + 2, from + 2 + charset.length)
  if (encoding === 'B' && base64LinesTrouble(payload!).length > 0) {
    report('word-base64', payloadPlace.from, payloadPlace.to)
  }
  if (encoding === 'Q' && /=(?![0-9A-Fa-f]{2})/.test(payload!)) {
    report('word-quoted-printable', payloadPlace.from, payloadPlace.to)
  }
  const octets = encoding === 'B' ? decodeBase64Lines(payload!) : decodeQ(payload!)
  return { kind: 'encoded', charset, language: language ?? null, encoding, payload: payloadPlace, octets, from, to }
}

/** RFC 2047 4.2: quoted-printable with `_` for the blank. */
const decodeQ = (payload: Octets): Octets =>
  payload.replace(/_|=([0-9A-Fa-f]{2})/g, (_, hex?: string) =>
    hex === undefined ? ' ' : String.fromCharCode(parseInt(hex, 16)),
  )

/** RFC 2047 5 wants whole characters in each word; in UTF-8 it shows where one is cut. */
function reportSplits(words: readonly Word[], report: Report): void {
  words.forEach((word, k) => {
    const next = words[k + 1]?.kind === 'blank' ? words[k + 2] : undefined
    if (word.kind !== 'encoded' || next?.kind !== 'encoded' || !sameCharset(word, next)) return
    if (word.charset.toLowerCase() === 'utf-8' && /[\xc2-\xf4][\x80-\xbf]{0,2}$/.test(word.octets)) {
      if (utf8Text(word.octets).endsWith('\ufffd') && /^[\x80-\xbf]/.test(next.octets)) {
        report('word-splits-character', word.from, next.to)
      }
    }
  })
}

const sameCharset = (one: EncodedWord, other: EncodedWord) => one.charset.toLowerCase() === other.charset.toLowerCase()

/**
 * The text for a person. The octets of adjacent words of one charset are joined before they are decoded: many programs cut
 * characters in two, though RFC 2047 5 forbids it.
 */
export function wordsText(source: Octets, place: Place, more?: MoreCharsets, context: WordContext = 'text'): string {
  // Most text holds none.
  const all = source.slice(place.from, place.to)
  if (!all.includes('=?')) return plainText(all, context)
  let text = ''
  let held: EncodedWord | null = null
  let octets: Octets[] = []
  const flush = () => {
    if (held !== null) text += decodeText(octets.join(''), held.charset, more)
    held = null
    octets = []
  }
  for (const word of readWords(source, place, silent, context, more)) {
    if (word.kind === 'encoded') {
      if (held !== null && !sameCharset(held, word)) flush()
      held = word
      octets.push(word.octets)
    } else if (word.kind === 'text') {
      flush()
      text += plainText(source.slice(word.from, word.to), context)
    }
  }
  flush()
  return text
}

const plainText = (written: Octets, context: WordContext): string =>
  utf8Text(context === 'comment' ? plain(written) : written.replace(/[\r\n]+/g, ''))

/** The same for a value by itself. */
export const decodeWords = (value: Octets, more?: MoreCharsets): string =>
  wordsText(value, { from: 0, to: value.length }, more)

/** Does it hold what would be an encoded word elsewhere? */
export const holdsEncodedWord = (text: Octets): boolean => text.includes('=?') && INSIDE.test(text)

/** The text of a phrase (RFC 5322 3.2.5): quoted strings as they are, words between them decoded, comments dropped. */
export function phraseText(source: Octets, place: Place, more?: MoreCharsets): string {
  const next = lexer(source, place, silent, ADDRESS_ALPHABET)
  const parts: string[] = []
  let words: { from: number; to: number } | null = null
  const flush = () => {
    if (words !== null) parts.push(wordsText(source, words, more).replace(/[ \t]+/g, ' '))
    words = null
  }
  for (let token = next(); token !== null; token = next()) {
    if (token.spaced && words === null && parts.length > 0) parts.push(' ')
    if (token.kind === 'quoted' || token.kind === 'comment') {
      const spaced = token.spaced && words !== null
      flush()
      if (spaced) parts.push(' ')
      if (token.kind === 'quoted') parts.push(utf8Text(token.text))
    } else if (words === null) words = { from: token.from, to: token.to }
    else words.to = token.to
  }
  flush()
  return parts.join('').replace(/ +/g, ' ').trim()
}

/** The text of a comment: `place` is what stands between its outer parentheses. */
export const commentText = (source: Octets, place: Place, more?: MoreCharsets): string =>
  wordsText(source, place, more, 'comment')
