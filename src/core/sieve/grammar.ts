/**
 * The grammar of Sieve (RFC 5228 8.2), which knows no command by name: identifiers with arguments, tests and blocks. What
 * they mean, and whether they may, is asked afterwards. Behind a mistake reading goes on at the next command, so that one
 * sees more than the first.
 */
import type { Octets } from '../bytes/octets.ts'
import { LIMITS } from './limits.ts'
import { described, type Token } from './tokens.ts'

export interface RawNode {
  readonly name: string
  readonly at: number
  readonly arguments: readonly RawArgument[]
  readonly tests: readonly RawNode[]
  /** Tests in parentheses, be it one. */
  readonly listed: boolean
  readonly block: readonly RawNode[] | null
}

export type RawArgument =
  | { readonly kind: 'tag'; readonly name: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'string' | 'string list'; readonly strings: readonly RawString[]; readonly at: number }

export interface RawString {
  readonly value: Octets
  readonly at: number
}

export type Tell = (at: number, message: string) => void

/** Thrown where a command cannot be read on; never leaves this file. */
class NoCommand extends Error {}

export const readCommands = (tokens: readonly Token[], tell: Tell): RawNode[] => new Grammar(tokens, tell).start()

class Grammar {
  readonly tokens: readonly Token[]
  readonly tell: Tell
  next = 0

  constructor(tokens: readonly Token[], tell: Tell) {
    this.tokens = tokens
    this.tell = tell
  }

  get token(): Token {
    return this.tokens[this.next]!
  }

  /** A method, for the compiler believes that a property stays what it was. */
  sees(kind: Token['kind']): boolean {
    return this.token.kind === kind
  }

  start(): RawNode[] {
    const commands: RawNode[] = []
    for (;;) {
      commands.push(...this.commands(0))
      if (this.token.kind === 'end') return commands
      this.tell(this.token.at, `unexpected ${described(this.token)} found at (the presumed) end of file`)
      this.next++
    }
  }

  /** Up to the end or to a brace that closes. */
  commands(depth: number): RawNode[] {
    const commands: RawNode[] = []
    while (this.token.kind !== 'end' && this.token.kind !== '}') {
      const command = this.command(depth)
      if (command !== null) commands.push(command)
    }
    return commands
  }

  command(depth: number): RawNode | null {
    const { token } = this
    try {
      if (token.kind !== 'identifier') this.fail(`expecting a command, but found ${described(token)}`)
      const head = this.node(0)
      if (this.token.kind === ';') {
        this.next++
        return head
      }
      if (this.token.kind === '{') return { ...head, block: this.block(depth + 1) }
      return this.fail(
        `expected end of command ';' or the beginning of a compound block '{', but found ${described(this.token)}`,
      )
    } catch (error) {
      if (!(error instanceof NoCommand)) throw error
      this.skip()
      return null
    }
  }

  block(depth: number): RawNode[] {
    const { at } = this.token
    if (depth > LIMITS.blocks) this.fail(`cannot nest command blocks deeper than ${LIMITS.blocks} levels`)
    this.next++
    const commands = this.commands(depth)
    if (this.token.kind === '}') this.next++
    else this.tell(at, "expected end of compound block '}', but found end of file")
    return commands
  }

  /** An identifier with its arguments, and the tests that may follow those. */
  node(depth: number): RawNode {
    const { name, at } = this.token as Token & { kind: 'identifier' }
    this.next++
    const given: RawArgument[] = []
    for (let argument = this.argument(); argument !== null; argument = this.argument()) given.push(argument)
    const listed = this.token.kind === '('
    const tests = listed ? this.testList(depth + 1) : this.token.kind === 'identifier' ? [this.test(depth + 1)] : []
    return { name, at, arguments: given, tests, listed, block: null }
  }

  test(depth: number): RawNode {
    // What the innermost of so many lists holds lies one deeper.
    if (depth > LIMITS.tests + 1) this.fail(`cannot nest tests deeper than ${LIMITS.tests} levels`)
    return this.node(depth)
  }

  testList(depth: number): RawNode[] {
    const tests: RawNode[] = []
    do {
      const after = this.token.kind
      this.next++
      if (this.token.kind !== 'identifier')
        this.fail(`expecting test identifier after '${after}' in test list, but found ${described(this.token)}`)
      tests.push(this.test(depth))
    } while (this.sees(','))
    if (!this.sees(')')) this.fail(`expecting ',' or end of test list ')', but found ${described(this.token)}`)
    this.next++
    return tests
  }

  argument(): RawArgument | null {
    const { token } = this
    if (token.kind === 'bad') this.fail(token.message)
    if (token.kind === '[') return this.stringList(token.at)
    if (token.kind !== 'tag' && token.kind !== 'number' && token.kind !== 'string') return null
    this.next++
    if (token.kind === 'string') return { kind: 'string', strings: [token], at: token.at }
    return token.kind === 'number' ? token : { kind: 'tag', name: token.name, at: token.at }
  }

  stringList(at: number): RawArgument {
    const strings: RawString[] = []
    do {
      const after = this.token.kind
      this.next++
      const { token } = this
      if (token.kind !== 'string')
        return this.fail(`expecting string after '${after}' in string list, but found ${described(token)}`)
      strings.push(token)
      this.next++
    } while (this.sees(','))
    if (!this.sees(']')) this.fail(`expecting ',' or end of string list ']', but found ${described(this.token)}`)
    this.next++
    return { kind: 'string list', strings, at }
  }

  /** A token that is none has its own message, which says more. */
  fail(message: string): never {
    this.tell(this.token.at, this.token.kind === 'bad' ? this.token.message : message)
    throw new NoCommand()
  }

  /** To where the next command may begin: behind a semicolon or a whole block, or at the brace that closes this one. */
  skip(): void {
    for (let open = 0; ;) {
      const { kind } = this.token
      if (kind === 'end' || (kind === '}' && open === 0)) return
      this.next++
      if (kind === '{') open++
      else if (kind === '}') open--
      if (open === 0 && (kind === ';' || kind === '}')) return
    }
  }
}
