/**
 * From what the grammar read to a script that can run: each command and test is held against its row (`commands.ts`) and,
 * where strings stand for something, against what they may be (`check-values.ts`). RFC 5228 2.10.6 calls what is found here
 * compile-time errors; their wording follows the compiler most people use, Pigeonhole's sievec.
 */
import { checkValues } from './check-values.ts'
import { CAPABILITIES, commandRows, type Kind, type NodeRow, type ParameterRow, testRows } from './commands.ts'
import type { RawArgument, RawNode, RawString, Tell } from './grammar.ts'
import type { SieveNode, SieveOption, SieveScript, SieveString } from './script.ts'
import { readString } from './strings.ts'
import { shown } from './tokens.ts'

export const checkScript = (nodes: readonly RawNode[], tell: Tell, lineOf: (at: number) => number): SieveScript =>
  new Checker(tell, lineOf).script(nodes)

type Sort = 'command' | 'test'
type Values = Pick<SieveNode, 'strings' | 'numbers'>

class Checker {
  readonly tell: Tell
  readonly lineOf: (at: number) => number
  readonly requires = new Set<string>()
  readonly variables = new Set<string>()
  /** Unknown names that were told of: once is enough. */
  readonly unknown = new Set<string>()

  constructor(tell: Tell, lineOf: (at: number) => number) {
    this.tell = tell
    this.lineOf = lineOf
  }

  script(nodes: readonly RawNode[]): SieveScript {
    const commands = this.commands(nodes, true)
    return { requires: [...this.requires], commands }
  }

  commands(nodes: readonly RawNode[], top: boolean): SieveNode[] {
    const checked: SieveNode[] = []
    let before: string | null = null
    let requiring = top
    for (const each of nodes) {
      for (const node of this.separated(each)) {
        if (node.name === 'require') this.require(node, requiring)
        else {
          requiring = false
          if (/^els(e|if)$/.test(node.name) && before !== 'if' && before !== 'elsif')
            this.tell(node.at, `the ${node.name} command must follow an if or elsif command`)
          const command = this.node(node, 'command')
          if (command !== null) checked.push(command)
        }
        before = node.name
      }
    }
    return checked
  }

  /** `keep fileinto "a";` reads as a command with a test, and is two commands of which the first lacks its semicolon. */
  separated(node: RawNode): RawNode[] {
    const [test] = node.tests
    const row = commandRows.get(node.name)
    if (test === undefined || row === undefined || row.tests !== 'none' || row.block || node.listed) return [node]
    if (!commandRows.has(test.name)) return [node]
    this.tell(node.at, `missing semicolon ';' after ${node.name} command`)
    return [{ ...node, tests: [], block: null }, ...this.separated({ ...test, block: node.block })]
  }

  /** RFC 5228 3.2. */
  require(node: RawNode, allowed: boolean): void {
    if (!allowed) this.tell(node.at, 'require commands can only be placed at top level at the beginning of the file')
    this.shape(node, commandRows.get('require')!, 'command')
    const [argument, more] = node.arguments
    if (argument === undefined || !('strings' in argument) || more !== undefined) {
      this.tell(node.at, 'the require command accepts a single string or string list argument')
      return
    }
    for (const { value, at } of argument.strings) {
      if (CAPABILITIES.has(value)) this.requires.add(value)
      else this.tell(at, `require command: unknown Sieve capability '${shown(value)}'${commandHint(value)}`)
    }
  }

  node(node: RawNode, sort: Sort): SieveNode | null {
    const row = (sort === 'command' ? commandRows : testRows).get(node.name)
    const usable = row !== undefined && (row.extension === null || this.requires.has(row.extension))
    if (usable && this.bareWord(node, row)) return null
    if (!usable) this.unknownName(node, sort, row?.extension ?? null)
    else this.shape(node, row, sort)
    // What stands within is looked at all the same.
    const tests = node.tests.flatMap((test) => this.node(test, 'test') ?? [])
    const block = this.commands(node.block ?? [], false)
    if (!usable) return null
    const options: Record<string, SieveOption> = {}
    const positional = this.options(node, row, sort, options)
    const values = this.positional(node, row, sort, positional)
    const checked = { name: node.name, line: this.lineOf(node.at), options, ...values, tests, block }
    checkValues(checked, { at: node.at, requires: this.requires, variables: this.variables, tell: this.tell })
    return checked
  }

  /** `redirect bob;` reads as a command with a test that nobody knows. Said once, and not what follows from it. */
  bareWord({ arguments: given, tests, listed }: RawNode, row: NodeRow): boolean {
    const [test] = tests
    if (test === undefined || row.tests !== 'none' || row.block || listed || testRows.has(test.name)) return false
    if (given.length >= row.parameters.length || test.arguments.length > 0) return false
    this.tell(test.at, `expecting a string, but found identifier '${shown(test.name)}' (missing quotation marks?)`)
    return true
  }

  unknownName({ name, at, tests }: RawNode, sort: Sort, extension: string | null): void {
    if (this.unknown.has(name)) return
    const other = sort === 'command' ? testRows : commandRows
    if (extension === null && other.has(name)) {
      const hint = tests.length === 0 && name === 'if' ? " ('else if' is written 'elsif')" : ''
      this.tell(at, `attempted to use ${sort === 'command' ? 'test' : 'command'} '${name}' as ${sort}${hint}`)
      return
    }
    this.unknown.add(name)
    const hint = extension === null ? '' : ` (missing require "${extension}"?)`
    this.tell(at, `unknown ${sort} '${shown(name)}'${hint}`)
  }

  /** Tests and block: those that the row wants, and no others. */
  shape(node: RawNode, row: NodeRow, sort: Sort): void {
    const { name, at, tests, listed } = node
    const what = `the ${name} ${sort}`
    if (row.tests === 'none' && tests.length > 0) {
      const elseIf = name === 'else' && tests[0]!.name === 'if' ? ": 'else if' is written 'elsif'" : ''
      this.tell(at, `${what} accepts no sub-tests, but tests are specified${elseIf}`)
    }
    if (row.tests === 'one' && tests.length === 0) this.tell(at, `${what} requires one sub-test, but none is specified`)
    if (row.tests === 'one' && listed) this.tell(at, `${what} requires one sub-test, but a list of tests is specified`)
    if (row.tests === 'list' && !listed) {
      const found = tests.length === 0 ? 'none' : 'a single test'
      this.tell(at, `${what} requires a list of sub-tests, but ${found} is specified`)
    }
    if (sort === 'test') return
    if (row.block && node.block === null)
      this.tell(at, `the ${name} command requires a command block, but it is missing`)
    if (!row.block && node.block !== null)
      this.tell(at, `the ${name} command does not accept a command block, but one is specified anyway`)
  }

  /** Takes the tags off, each with what it takes, and gives the arguments that remain. */
  options(node: RawNode, row: NodeRow, sort: Sort, options: Record<string, SieveOption>): RawArgument[] {
    const positional: RawArgument[] = []
    const what = `the ${node.name} ${sort}`
    for (let k = 0; k < node.arguments.length; k++) {
      const argument = node.arguments[k]!
      if (argument.kind !== 'tag') {
        positional.push(argument)
        continue
      }
      const { name, at } = argument
      const tag = row.tags.find((each) => each.tag === name)
      if (tag === undefined || (tag.extension !== null && !this.requires.has(tag.extension))) {
        const hint = tag === undefined ? '' : ` (missing require "${tag.extension}"?)`
        this.tell(at, `unknown tagged argument ':${shown(name)}' for ${what}${hint}`)
        // What it would have taken shall not count as the command's own.
        if (tag !== undefined && tag.takes !== null) k++
        continue
      }
      if (positional.length > 0)
        this.tell(
          at,
          `encountered an unexpected tagged argument ':${name}' while validating positional arguments for ${what}`,
        )
      if (options[tag.group] !== undefined) {
        const same = options[tag.group]!.tag === name
        this.tell(
          at,
          same
            ? `encountered duplicate tag ':${name}' for ${what}`
            : `tags ':${options[tag.group]!.tag}' and ':${name}' for ${what} conflict`,
        )
      }
      let given: RawArgument | null = null
      if (tag.takes !== null) {
        given = node.arguments[++k] ?? null
        if (given === null || !isKind(given, tag.takes)) {
          const found = given === null ? 'no parameters were' : `${given.kind} was`
          this.tell(at, `the :${name} tag for ${what} requires ${article(tag.takes)} as parameter, but ${found} found`)
          if (given?.kind === 'tag') k--
          given = null
        }
      }
      options[tag.group] = {
        tag: name,
        strings: this.strings(given),
        number: given?.kind === 'number' ? given.value : null,
      }
    }
    return positional
  }

  positional(node: RawNode, row: NodeRow, sort: Sort, given: readonly RawArgument[]): Values {
    const strings: Record<string, readonly SieveString[]> = {}
    const numbers: Record<string, number> = {}
    const parameters = this.parameters(node, row, given.length)
    const what = `the ${node.name} ${sort}`
    if (given.length !== parameters.length) {
      const [wanted, found] = [parameters.length, given.length]
      this.tell(node.at, `${what} requires ${wanted} positional argument(s), but ${found} is/are specified`)
    }
    parameters.forEach((parameter, k) => {
      const argument = given[k]
      if (argument === undefined) return
      if (!isKind(argument, parameter.kind)) {
        const place = `argument ${k + 1} (${parameter.name})`
        this.tell(
          argument.at,
          `${what} expects ${article(parameter.kind)} as ${place}, but ${article(argument.kind)} was found`,
        )
      } else if (argument.kind === 'number') numbers[parameter.name] = argument.value
      else strings[parameter.name] = this.strings(argument)
    })
    return { strings, numbers }
  }

  /** Without those that may be left out, if as many are given as there would be then. */
  parameters({ name, at }: RawNode, row: NodeRow, given: number): readonly ParameterRow[] {
    const [first] = row.parameters
    if (first?.optionalWith === undefined) return row.parameters
    if (given < row.parameters.length) return row.parameters.slice(1)
    if (!this.requires.has(first.optionalWith))
      this.tell(
        at,
        `${name} only allows for the specification of a ${first.name} when the ${first.optionalWith} extension is active`,
      )
    return row.parameters
  }

  strings(argument: RawArgument | null): SieveString[] {
    if (argument === null || !('strings' in argument)) return []
    return argument.strings.map(({ value, at }: RawString) =>
      readString(value, this.requires, (message) => this.tell(at, message)),
    )
  }
}

/** A string is a list of one (RFC 5228 2.4.2.1). */
const isKind = (argument: RawArgument, kind: Kind): boolean =>
  argument.kind === kind || (kind === 'string list' && argument.kind === 'string')

const article = (kind: RawArgument['kind']): string => `a ${kind}`

/** People require commands by name; most extensions are called like theirs. */
function commandHint(name: string): string {
  const row = commandRows.get(name) ?? testRows.get(name)
  if (row === undefined) return ''
  return row.extension === null ? ' (it is always available)' : ` (it comes with "${row.extension}")`
}
