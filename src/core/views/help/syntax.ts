/**
 * The syntax of a row as pieces, and in which of them a typed line is. The pieces are cut out of the row's own text, so
 * that whoever shows them shows the row; nothing here knows a command.
 */
import type { CommandRow } from '../../engine.ts'

export interface SyntaxPiece {
  readonly text: string
  /** May be left out. */
  readonly optional: boolean
  /** Holds an argument; the others are the verb, blanks and the line's end. */
  readonly argument: boolean
}

/** Cut at the blanks outside of brackets and quotes; a group stays whole, with the sign that repeats it. */
export function syntaxPieces({ syntax }: Pick<CommandRow<string>, 'syntax'>, verb: string): SyntaxPiece[] {
  const words: string[] = []
  let depth = 0
  let quoted = false
  let word = ''
  for (const character of syntax) {
    if (character === '"') quoted = !quoted
    else if (!quoted && /[([]/.test(character)) depth++
    else if (!quoted && /[)\]]/.test(character)) depth--
    if (character === ' ' && depth === 0 && !quoted) {
      words.push(word)
      word = ''
    } else word += character
  }
  words.push(word)
  return joined(words, verb.split(' ').length)
}

/** `"+" / "-"` and the like are one piece, and so is what stands side by side without a blank of its own. */
function joined(words: readonly string[], verbWords: number): SyntaxPiece[] {
  const pieces: SyntaxPiece[] = []
  for (let at = 0; at < words.length; at++) {
    let text = words[at]!
    while (words[at + 1] === '/') {
      text += ` / ${words[at + 2]}`
      at += 2
    }
    const argument = pieces.length >= verbWords && text !== 'SP' && text !== 'CRLF'
    const last = pieces.at(-1)
    if (argument && last?.argument && !OWN_BLANK.test(text))
      pieces[pieces.length - 1] = { text: `${last.text} ${text}`, optional: false, argument }
    else pieces.push({ text, optional: isGroup(text), argument })
  }
  return pieces
}

/** `[SP msg]`, `1*(SP search-key)`: it begins with the blank before it. */
const OWN_BLANK = /^(?:\d?\*)?[[(]\s*\[?SP\b/

const isGroup = (text: string) => text.startsWith('[')

/**
 * The piece that the last of these arguments is in, as its index; -1 where the syntax has no room for it. `typed` are the
 * arguments behind the verb; the last one may be empty, if a blank was typed before it.
 */
export function pieceAt(pieces: readonly SyntaxPiece[], typed: readonly string[]): number {
  const places = pieces.flatMap(({ argument }, at) => (argument ? [at] : []))
  let at = 0
  let inside = 0
  for (const [index, word] of typed.entries()) {
    if (index > 0) {
      const { text } = pieces[places[at]!]!
      inside++
      if (inside >= roomOf(text)) {
        at++
        inside = 0
      }
    }
    while (at < places.length && inside === 0 && isLeftOut(pieces[places[at]!]!, word, at < places.length - 1)) at++
    if (at >= places.length) return -1
  }
  return places[at] ?? -1
}

/** Words that a piece takes: any number of them where it repeats. */
function roomOf(text: string): number {
  if (/^\d?\*\(|^\[SP [\w-]+-parameters\]|String/.test(text)) return Infinity
  if (!isGroup(text)) return 1
  return Math.max(1, [...text.replace(/"[^"]*"/g, '""').matchAll(/\bSP\b/g)].length)
}

/** An optional group that begins with a word or a bracket is there only where that stands; the last one may still come. */
function isLeftOut({ text, optional }: SyntaxPiece, word: string, more: boolean): boolean {
  if (!optional) return false
  const begins = /^\[(?:SP\s+)?"([^"]+)"/.exec(text)?.[1]
  if (begins === undefined) return more && /^\[SP (?:flag-list|date-time)\]/.test(text)
  if (word === '') return more
  const said = word.toUpperCase()
  return !said.startsWith(begins.trim()) && !begins.trim().startsWith(said)
}

/** The words of what stands behind a verb: not cut in quotes, brackets and literals. */
export function argumentsOf(text: string): string[] {
  const words = ['']
  let quoted = false
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (quoted && character === '\\') {
      words[words.length - 1] += character + (text[++at] ?? '')
      continue
    }
    if (character === '"') quoted = !quoted
    else if (!quoted && /[(<[]/.test(character)) depth++
    else if (!quoted && /[)>\]]/.test(character)) depth = Math.max(0, depth - 1)
    if (character === ' ' && !quoted && depth === 0) {
      if (words.at(-1) !== '') words.push('')
    } else words[words.length - 1] += character
  }
  return words
}
