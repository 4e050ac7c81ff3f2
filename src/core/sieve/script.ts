/**
 * A Sieve script (RFC 5228) once it is read and found good: a tree of plain data, commands with their tests and blocks.
 *
 * Every string in this room is a string of octets, text in UTF-8: RFC 5228 2.7.2 compares octets, and scripts, messages
 * and envelopes come as octets. What is to be read by a person (problems, troubles) is text.
 */
import type { Octets } from '../bytes/octets.ts'

export interface SieveScript {
  /** What it declares with `require`. */
  readonly requires: readonly string[]
  readonly commands: readonly SieveNode[]
}

/** What is wrong with a script. Line and column begin with 1; a column is a character. */
export interface SieveProblem {
  line: number
  column: number
  message: string
}

/** A command or a test: they look alike (RFC 5228 8.2). */
export interface SieveNode {
  /** In lower case. */
  readonly name: string
  readonly line: number
  /** By its group in the table: `match` may hold `:contains`. */
  readonly options: Readonly<Partial<Record<string, SieveOption>>>
  /** Positional arguments by their names in the table. */
  readonly strings: Readonly<Partial<Record<string, readonly SieveString[]>>>
  readonly numbers: Readonly<Partial<Record<string, number>>>
  readonly tests: readonly SieveNode[]
  readonly block: readonly SieveNode[]
}

export interface SieveOption {
  /** In lower case, without its colon. */
  readonly tag: string
  readonly strings: readonly SieveString[]
  readonly number: number | null
}

/** What stands for itself, and variables between it (RFC 5229 3). A string without variables is one piece. */
export type SieveString = readonly SievePiece[]

/** A variable has its name in lower case; a wildcard's match has its number. */
export type SievePiece = Octets | { readonly variable: string } | { readonly match: number }
