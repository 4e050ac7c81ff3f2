/**
 * From a typed line to words: the part of a POSIX shell's grammar that a mail course needs (quotes, backslash, `;`, `|`,
 * `$USER`, comments). What else a shell knows is recognized, so that it can be said not to be here.
 */
import type { Octets } from '../bytes/octets.ts'

/** A pipeline is a list of commands, a command a list of words. */
export type Pipeline = readonly (readonly Octets[])[]

export type Parsed =
  | { ok: true; pipelines: readonly Pipeline[] }
  /** A quote is still open: more lines belong to it. */
  | { ok: false; why: 'open'; quote: string }
  /** As bash says it: a token that cannot stand there. */
  | { ok: false; why: 'unexpected'; token: string }
  /** Something that real shells have and this one has not. */
  | { ok: false; why: 'operator'; token: string }

type Token = { word: Octets } | { operator: ';' | '|' }

export function parseLine(line: Octets, variables: Readonly<Record<string, Octets>>): Parsed {
  const tokens = tokenize(line, variables)
  if (!Array.isArray(tokens)) return tokens
  const pipelines: Octets[][][] = []
  let commands: Octets[][] = []
  let words: Octets[] = []
  for (const token of tokens) {
    if ('word' in token) words.push(token.word)
    else {
      if (words.length === 0) return { ok: false, why: 'unexpected', token: token.operator }
      commands.push(words)
      words = []
      if (token.operator === ';') {
        pipelines.push(commands)
        commands = []
      }
    }
  }
  if (words.length > 0) commands.push(words)
  else if (commands.length > 0) return { ok: false, why: 'open', quote: '|' }
  if (commands.length > 0) pipelines.push(commands)
  return { ok: true, pipelines }
}

function tokenize(line: Octets, variables: Readonly<Record<string, Octets>>): Token[] | Extract<Parsed, { ok: false }> {
  const tokens: Token[] = []
  let word: Octets | null = null
  const endWord = () => {
    if (word !== null) tokens.push({ word })
    word = null
  }
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!
    if (' \t\n'.includes(character)) {
      endWord()
      if (character === '\n' && tokens.length > 0 && 'word' in tokens.at(-1)!) tokens.push({ operator: ';' })
    } else if (character === ';' || character === '|') {
      endWord()
      if (line[at + 1] === character) return { ok: false, why: 'operator', token: character + character }
      tokens.push({ operator: character })
    } else if ('<>&()`'.includes(character)) {
      const double = line[at + 1] === character && '<>&'.includes(character)
      return { ok: false, why: 'operator', token: double ? character + character : character }
    } else if (character === '#' && word === null) {
      const lf = line.indexOf('\n', at)
      at = (lf < 0 ? line.length : lf) - 1
    } else if (character === '\\') {
      at++
      if (at >= line.length) return { ok: false, why: 'open', quote: '\\' }
      // A backslash takes the line end away (POSIX 2.2.1).
      if (line[at] !== '\n') word = (word ?? '') + line[at]!
    } else if (character === "'") {
      const end = line.indexOf("'", at + 1)
      if (end < 0) return { ok: false, why: 'open', quote: "'" }
      word = (word ?? '') + line.slice(at + 1, end)
      at = end
    } else if (character === '"') {
      const quoted = doubleQuoted(line, at + 1, variables)
      if (quoted === null) return { ok: false, why: 'open', quote: '"' }
      if (typeof quoted === 'string') return { ok: false, why: 'operator', token: quoted }
      word = (word ?? '') + quoted.text
      at = quoted.end
    } else if (character === '$') {
      const found = variable(line, at, variables)
      if (found === null) return { ok: false, why: 'operator', token: line.slice(at, at + 2) }
      if (found.text !== '' || word !== null) word = (word ?? '') + found.text
      at = found.end
    } else word = (word ?? '') + character
  }
  endWord()
  return tokens
}

/** Between double quotes: `\` only before `$ " \` and a grave accent (POSIX 2.2.3). A string is an operator not known here. */
function doubleQuoted(
  line: Octets,
  from: number,
  variables: Readonly<Record<string, Octets>>,
): { text: Octets; end: number } | string | null {
  let text = ''
  for (let at = from; at < line.length; at++) {
    const character = line[at]!
    if (character === '"') return { text, end: at }
    if (character === '`') return '`'
    if (character === '\\' && at + 1 < line.length && '$"\\`\n'.includes(line[at + 1]!)) {
      at++
      if (line[at] !== '\n') text += line[at]!
    } else if (character === '$') {
      const found = variable(line, at, variables)
      if (found === null) return line.slice(at, at + 2)
      text += found.text
      at = found.end
    } else text += character
  }
  return null
}

/** `$NAME` and `${NAME}`; a lone `$` is itself; null for `$(`, `$'` and the like. `end` is the last character taken. */
function variable(
  line: Octets,
  at: number,
  variables: Readonly<Record<string, Octets>>,
): { text: Octets; end: number } | null {
  const [taken, braced, plain] = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(line.slice(at, at + 100)) ?? []
  const name = braced ?? plain
  if (taken !== undefined && name !== undefined)
    return { text: Object.hasOwn(variables, name) ? variables[name]! : '', end: at + taken.length - 1 }
  return /^[({'"]/.test(line.slice(at + 1, at + 2)) && line[at + 1] !== '"' ? null : { text: '$', end: at }
}
