/** What commands and tests share while a script runs: the message, its envelope, variables, flags, and what was decided. */
import type { Octets } from '../bytes/octets.ts'
import { LIMITS } from './limits.ts'
import { FilteredMessage } from './message.ts'
import { Outcome } from './outcome.ts'
import type { SieveNode, SieveString } from './script.ts'
import { expanded, wholeCharacters } from './strings.ts'

/** What is known of the message that the script is run for. All octets. */
export interface SieveFacts {
  /** The whole message, lines ended with CRLF. */
  content: Octets
  /** The envelope's addresses; '' for `<>`. */
  from: string
  to: string
  /**
   * True when this key was seen before, and remembers it for so many seconds: for `duplicate`. `last`: seen again, it is
   * remembered so long from now (RFC 7352 3.3).
   */
  seen?: (key: string, seconds: number, last: boolean) => boolean
  /** Whether such a mailbox is there to deliver to: for `mailboxexists`. */
  mailboxExists?: (mailbox: Octets) => boolean
}

export class Context {
  readonly facts: SieveFacts
  readonly requires: ReadonlySet<string>
  readonly message: FilteredMessage
  readonly outcome = new Outcome()
  readonly variables = new Map<string, Octets>()
  /** Of the last `:matches` that was true: the whole, and what each wildcard stood for. */
  matches: readonly Octets[] = []
  /** RFC 5232 3: the internal variable. */
  flags: readonly Octets[] = []
  /** How much was compared so far: see `LIMITS.work`. */
  work = 0
  /** What `duplicate` has found of a key: all such tests of one run say the same (RFC 7352 3). */
  readonly duplicates = new Map<string, boolean>()

  constructor(facts: SieveFacts, requires: readonly string[]) {
    this.facts = facts
    this.requires = new Set(requires)
    this.message = new FilteredMessage(facts.content)
  }

  text(string: SieveString): Octets {
    return expanded(string, this.variables, this.matches)
  }

  /** A positional argument, variables filled in. */
  strings(node: SieveNode, name: string): Octets[] {
    return (node.strings[name] ?? []).map((string) => this.text(string))
  }

  string(node: SieveNode, name: string): Octets {
    return this.strings(node, name)[0] ?? ''
  }

  /** What a tag has taken; null where the tag is not given. */
  option(node: SieveNode, group: string): Octets[] | null {
    const option = node.options[group]
    return option === undefined ? null : option.strings.map((string) => this.text(string))
  }

  /** RFC 5229 6: what is too long is cut, and is no error. */
  set(name: Octets, value: Octets): void {
    this.variables.set(name.toLowerCase(), wholeCharacters(value, LIMITS.variable))
  }
}
