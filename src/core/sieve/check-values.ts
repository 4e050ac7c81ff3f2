/**
 * What strings of a script may be where they name something: comparators, addresses, header fields, parts of the envelope,
 * variables. Only a constant can be looked at before the script runs; the rest is looked at when it does.
 */
import type { Octets } from '../bytes/octets.ts'
import { holdsAddresses, outboundAddress } from './address-of.ts'
import { COMPARATORS } from './commands.ts'
import type { Tell } from './grammar.ts'
import { LIMITS } from './limits.ts'
import type { SieveNode, SieveString } from './script.ts'
import { constantOf, IDENTIFIER } from './strings.ts'
import { shown } from './tokens.ts'

interface Check {
  readonly at: number
  readonly requires: ReadonlySet<string>
  /** Which the script sets. */
  readonly variables: Set<string>
  readonly tell: Tell
}

const constants = (strings: readonly SieveString[] | undefined): Octets[] =>
  (strings ?? []).flatMap((string) => constantOf(string) ?? [])

export function checkValues(node: SieveNode, check: Check): void {
  comparator(node, check)
  if (node.options['match']?.tag === 'matches') {
    const patterns = constants(node.strings['key list'] ?? node.strings['list of flags'])
    if (patterns.some(({ length }) => length > LIMITS.pattern))
      check.tell(check.at, `a pattern for :matches is longer than ${LIMITS.pattern} octets`)
  }
  rows[node.name]?.(node, check)
}

function comparator({ options }: SieveNode, { at, tell }: Check): void {
  const given = options['comparator']?.strings[0]
  if (given === undefined) return
  const name = constantOf(given)
  if (name === null)
    tell(at, 'this Sieve implementation currently only supports a literal string argument for the :comparator tag')
  else if (!COMPARATORS.some((known) => known === name)) tell(at, `unknown comparator '${shown(name)}'`)
}

const rows: Readonly<Partial<Record<string, (node: SieveNode, check: Check) => void>>> = {
  redirect({ strings }, { at, tell }) {
    for (const address of constants(strings['address'])) {
      if (outboundAddress(address) === null) tell(at, `specified redirect address '${shown(address)}' is invalid`)
    }
  },
  fileinto({ strings }, { at, tell }) {
    if (constants(strings['mailbox']).includes(''))
      tell(at, 'invalid mailbox name for the fileinto command: it is empty')
  },
  size({ options }, { at, tell }) {
    if (options['size'] === undefined)
      tell(at, 'the size test requires either the :under or the :over tag to be specified')
  },
  address({ strings }, { at, tell }) {
    const wrong = constants(strings['header list']).find((name) => !holdsAddresses(name))
    if (wrong !== undefined) tell(at, `specified header '${shown(wrong)}' is not allowed for the address test`)
  },
  envelope({ strings }, { at, tell }) {
    const wrong = constants(strings['envelope part']).find((part) => !/^(from|to)$/i.test(part))
    if (wrong !== undefined) tell(at, `specified envelope part '${shown(wrong)}' is not supported by the envelope test`)
  },
  set(node, check) {
    variable(node.strings['name']?.[0], check)
    const value = constants(node.strings['value'])[0]
    if (value !== undefined && value.length > LIMITS.variable)
      check.tell(check.at, `the value is longer than a variable may be (${LIMITS.variable} octets)`)
  },
  setflag: flagVariable,
  addflag: flagVariable,
  removeflag: flagVariable,
  hasflag({ strings }, check) {
    for (const name of strings['variable list'] ?? []) variable(name, check)
  },
}

function flagVariable({ strings }: SieveNode, check: Check): void {
  variable(strings['variable name']?.[0], check)
}

/** RFC 5229 4: a constant, and a name; those of wildcards and of namespaces cannot be set. */
function variable(given: SieveString | undefined, { at, variables, tell }: Check): void {
  if (given === undefined) return
  const name = constantOf(given)
  if (name === null || !IDENTIFIER.test(name) || name.length > LIMITS.variableName) {
    tell(
      at,
      name === null ? 'the name of a variable must be a constant string' : `invalid variable name '${shown(name)}'`,
    )
    return
  }
  if (variables.size === LIMITS.variables && !variables.has(name.toLowerCase()))
    tell(at, `declaration of new variable '${shown(name)}' exceeds the limit (max variables: ${LIMITS.variables})`)
  else variables.add(name.toLowerCase())
}
