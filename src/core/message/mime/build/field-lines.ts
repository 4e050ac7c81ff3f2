/**
 * The lines of one header field while it is written (RFC 5322 2.2.3). It is folded before white space that is there
 * already, so that a reader who takes the CRLFs out again has the same text to the last blank.
 */
import type { Octets } from '../../../bytes/octets.ts'

/** RFC 5322 2.1.1: lines should have at most 78 characters; with an encoded word in it, 76 (RFC 2047 2). */
const WIDTH = 78
const ENCODED_WIDTH = 76
/** And they must have at most 998. */
const LONGEST = 998

export class FieldLines {
  readonly #pieces: Octets[]
  #column: number
  #first = true
  #prefix = ''

  constructor(name: string) {
    this.#pieces = [`${name}:`]
    this.#column = name.length + 1
  }

  /** What stands in front of the next piece, with nothing between them: the parenthesis of a comment. */
  prefix(text: Octets): void {
    this.#prefix += text
  }

  /** How many characters an encoded word may have that stands in this line behind `space`. */
  room(space: Octets): number {
    return ENCODED_WIDTH - this.#column - space.length - this.#prefix.length
  }

  /** A piece that is not cut, behind its white space; in a new line where it does not fit in this one. */
  add(text: Octets, space: Octets = ' '): void {
    const piece = this.#prefix + text
    this.#prefix = ''
    const length = space.length + piece.length
    // Right behind the colon nothing is folded if it need not: an empty first line puzzles some readers.
    const fits = this.#column + length <= (this.#first ? LONGEST : WIDTH)
    this.#put(piece, space, fits)
  }

  addEncodedWord(word: Octets, space: Octets): void {
    const fits = word.length <= this.room(space)
    const piece = this.#prefix + word
    this.#prefix = ''
    this.#put(piece, space, fits)
  }

  #put(piece: Octets, space: Octets, fits: boolean): void {
    const folds = !fits && space !== ''
    this.#pieces.push(folds ? `\r\n${space}` : space, piece)
    this.#column = (folds ? 0 : this.#column) + space.length + piece.length
    this.#first = false
  }

  /** With its CRLF. */
  end(): Octets {
    this.#pieces.push(this.#prefix, '\r\n')
    return this.#pieces.join('')
  }
}
