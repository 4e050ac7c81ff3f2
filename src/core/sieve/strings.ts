/**
 * What a string of a script means beyond its quotes: encoded characters (RFC 5228 2.4.2.4), filled in as it is read, and
 * variables (RFC 5229 3), filled in when it is used. Each only where the script requires it.
 */
import { fromCodes, type Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { LIMITS } from './limits.ts'
import type { SievePiece, SieveString } from './script.ts'

const HEX = /\$\{hex:[ \t\r\n]*([0-9a-f]{1,2}(?:[ \t\r\n]+[0-9a-f]{1,2})*)[ \t\r\n]*\}/gi
const UNICODE = /\$\{unicode:[ \t\r\n]*([0-9a-f]+(?:[ \t\r\n]+[0-9a-f]+)*)[ \t\r\n]*\}/gi
const BOTH = new RegExp(`${HEX.source}|${UNICODE.source}`, 'gi')
const REFERENCE = /\$\{(\d+|[a-z_][a-z0-9_]*(?:\.(?:\d+|[a-z_][a-z0-9_]*))*)\}/gi

export const IDENTIFIER = /^[a-z_][a-z0-9_]*$/i

/** The string with its variables found; `tell` hears what is wrong with it. */
export function readString(value: Octets, requires: ReadonlySet<string>, tell: (message: string) => void): SieveString {
  const text = requires.has('encoded-character') ? decodedCharacters(value, tell) : value
  return requires.has('variables') ? pieces(text, tell) : [text]
}

function decodedCharacters(value: Octets, tell: (message: string) => void): Octets {
  return value.replace(BOTH, (whole: string, hex?: string, unicode?: string) => {
    const codes = (hex ?? unicode!).split(/[ \t\r\n]+/).map((digits) => parseInt(digits, 16))
    if (hex !== undefined) return codes.map((code) => fromCodes([code])).join('')
    const wrong = codes.find((code) => code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    if (wrong === undefined) return utf8Octets(codes.map((code) => String.fromCodePoint(code)).join(''))
    tell(`invalid unicode character 0x${wrong.toString(16).padStart(8, '0')} in encoded character substitution`)
    return whole
  })
}

function pieces(text: Octets, tell: (message: string) => void): SieveString {
  const found: SievePiece[] = []
  let from = 0
  for (const { 0: whole, 1: name, index } of text.matchAll(REFERENCE)) {
    if (index > from) found.push(text.slice(from, index))
    found.push(reference(name!.toLowerCase(), tell))
    from = index + whole.length
  }
  if (from < text.length || found.length === 0) found.push(text.slice(from))
  return found
}

function reference(name: string, tell: (message: string) => void): SievePiece {
  if (name.includes('.')) tell(`referring to variable in unknown namespace '${name.slice(0, name.indexOf('.'))}'`)
  if (!/^\d/.test(name)) return { variable: name }
  const match = Number(name)
  if (match > LIMITS.matches) tell(`invalid match value index ${match} (max: ${LIMITS.matches})`)
  return { match }
}

/** The string where it holds no variable, or null. */
export function constantOf(string: SieveString): Octets | null {
  const [first] = string
  return string.length === 1 && typeof first === 'string' ? first : null
}

/** With its variables filled in. What nobody has set is empty. */
export function expanded(
  string: SieveString,
  variables: ReadonlyMap<string, Octets>,
  matches: readonly Octets[],
): Octets {
  let text = ''
  for (const piece of string) {
    if (typeof piece === 'string') text += piece
    else if ('match' in piece) text += matches[piece.match] ?? ''
    else text += variables.get(piece.variable) ?? ''
    if (text.length > LIMITS.string) return wholeCharacters(text, LIMITS.string)
  }
  return text
}

/** At most so many octets, no character of UTF-8 cut in two. */
export function wholeCharacters(text: Octets, most: number): Octets {
  if (text.length <= most) return text
  let end = most
  while (end > most - 3 && /[\x80-\xbf]/.test(text[end]!)) end--
  return text.slice(0, end)
}
