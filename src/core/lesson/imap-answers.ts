/**
 * What an IMAP server says, as scripts compare it: not lines but responses, which may hold literals of many lines (RFC 3501
 * 2.2.2), and which come untagged and in any order until the tagged one.
 *
 * A script writes a response as RFCs print it: a line that ends with `{46}`, then 46 octets as lines, then what follows
 * the literal. `...` alone within a literal is all the rest of it.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets, utf8Text } from '../bytes/utf8.ts'
import { fits, type Bindings } from './expect.ts'

type Piece = { readonly text: string } | { readonly literal: readonly string[] }

/** Text and literals in turn, as they stand in a response. */
export type Response = readonly Piece[]

const textOf = (response: Response): string => (response[0] && 'text' in response[0] ? response[0].text : '')

/** A command's own answer, or the server's word to go on: what comes after it belongs to the next step. */
export const isLast = (response: Response): boolean => !textOf(response).startsWith('* ')

/** As it stands on a screen. */
export const responseLines = (response: Response): string[] => {
  const lines: string[] = ['']
  for (const piece of response) {
    if ('text' in piece) lines[lines.length - 1] += piece.text
    else lines.push(...piece.literal)
  }
  return lines
}

/** One response of a script, read line by line. */
export class ResponseReader {
  private readonly pieces: (Piece & { literal?: string[] })[] = []
  /** Octets of the open literal that are still to come; null where none is open. */
  private missing: number | null = null

  /** `more`: it goes on in the next line. */
  add(line: string): 'done' | 'more' | { error: string } {
    if (this.missing === null) return this.text(line)
    const { literal } = this.pieces.at(-1) as { literal: string[] }
    if (line === '...') {
      literal.push(line)
      this.missing = null
      return 'more'
    }
    const octets = utf8Octets(line)
    if (octets.length >= this.missing) {
      literal.push(utf8Text(octets.slice(0, this.missing)))
      const rest = utf8Text(octets.slice(this.missing))
      this.missing = null
      return this.text(rest)
    }
    literal.push(line)
    this.missing -= octets.length + 2
    if (this.missing < 0) return { error: 'this literal ends between CR and LF: its number of octets is wrong' }
    if (this.missing > 0) return 'more'
    literal.push('')
    this.missing = null
    return 'more'
  }

  get response(): Response {
    return this.pieces
  }

  private text(text: string): 'done' | 'more' {
    this.pieces.push({ text })
    const size = literalSize(text)
    if (size === null) return 'done'
    this.pieces.push({ literal: [] } as Piece & { literal: string[] })
    this.missing = size === 0 ? null : size
    return 'more'
  }
}

/** The number of octets that follow this line as a literal, or as a literal8 (RFC 3516 4.4). */
function literalSize(line: string): number | null {
  const [, size] = /~?\{(\d+)\+?\}$/.exec(line) ?? []
  return size === undefined ? null : Number(size)
}

/** The first whole response in `pending`, and what lies behind it; null while there is none. */
export function takeResponse(pending: Octets): { response: Response; rest: Octets } | null {
  const pieces: Piece[] = []
  for (let at = 0; ;) {
    const end = pending.indexOf('\r\n', at)
    if (end < 0) return null
    const text = utf8Text(pending.slice(at, end))
    at = end + 2
    pieces.push({ text })
    const size = literalSize(text)
    if (size === null) return { response: pieces, rest: pending.slice(at) }
    if (pending.length < at + size) return null
    pieces.push({ literal: size === 0 ? [] : utf8Text(pending.slice(at, at + size)).split('\r\n') })
    at += size
  }
}

/** Binds nothing unless the whole response fits. */
export function responseFits(expected: Response, got: Response, bindings: Bindings): boolean {
  const bound: Bindings = new Map(bindings)
  const open = textOf(expected.slice(-1)).endsWith('...')
  if (open ? expected.length > got.length : expected.length !== got.length) return false
  for (const [at, piece] of expected.entries()) {
    const other = got[at]!
    const same =
      'text' in piece
        ? 'text' in other && fits(blankless(piece.text), blankless(other.text), bound)
        : 'literal' in other && literalFits(piece.literal, other.literal, bound)
    if (!same) return false
  }
  for (const [name, word] of bound) bindings.set(name, word)
  return true
}

/** An empty challenge is `+` and a blank (RFC 3501 7.5), which editors cut off. */
const blankless = (text: string) => (text === '+ ' ? '+' : text)

function literalFits(expected: readonly string[], got: readonly string[], bindings: Bindings): boolean {
  const open = expected.at(-1) === '...'
  const lines = open ? expected.slice(0, -1) : expected
  if (open ? got.length < lines.length : got.length !== lines.length) return false
  return lines.every((line, at) => fits(line, got[at]!, bindings))
}
