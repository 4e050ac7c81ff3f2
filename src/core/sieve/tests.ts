/** The tests of Sieve, by name: RFC 5228 5, and those of extensions behind them. Evaluated left to right, no further than needed. */
import type { Octets } from '../bytes/octets.ts'
import { addressPart, holdsAddresses } from './address-of.ts'
import type { Context } from './context.ts'
import { flagsOf, words } from './flags.ts'
import { LIMITS } from './limits.ts'
import { caseMapped, matched, type MatchType } from './match.ts'
import { SieveTrouble } from './outcome.ts'
import type { SieveNode } from './script.ts'
import { shown } from './tokens.ts'

type Test = (node: SieveNode, context: Context) => boolean

export const isTrue: Test = (node, context) => handlers[node.name]!(node, context)

/** RFC 7352 3.3: about a week where the script says nothing. */
const DAYS_7 = 7 * 24 * 60 * 60

const handlers: Readonly<Record<string, Test>> = {
  true: () => true,
  false: () => false,
  not: ({ tests }, context) => !isTrue(tests[0]!, context),
  allof: ({ tests }, context) => tests.every((test) => isTrue(test, context)),
  anyof: ({ tests }, context) => tests.some((test) => isTrue(test, context)),
  exists: (node, context) => context.strings(node, 'header names').every((name) => context.message.has(name)),

  size({ options, numbers }, { facts: { content } }) {
    const limit = numbers['limit']!
    return options['size']!.tag === 'over' ? content.length > limit : content.length < limit
  },

  header: (node, context) =>
    anyMatches(
      node,
      context,
      context.strings(node, 'header names').flatMap((name) => context.message.values(name)),
      context.strings(node, 'key list'),
    ),

  address(node, context) {
    const part = partOf(node)
    const values = context.strings(node, 'header list').flatMap((name) => {
      if (!holdsAddresses(name))
        throw new SieveTrouble(node.line, `specified header '${shown(name)}' is not allowed for the address test`)
      return context.message.mailboxes(name).flatMap(({ local, domain }) => addressPart(local, domain, part) ?? [])
    })
    return anyMatches(node, context, values, context.strings(node, 'key list'))
  },

  envelope(node, context) {
    const part = partOf(node)
    const values = context.strings(node, 'envelope part').flatMap((name) => {
      const which = name.toLowerCase()
      if (which !== 'from' && which !== 'to')
        throw new SieveTrouble(
          node.line,
          `specified envelope part '${shown(name)}' is not supported by the envelope test`,
        )
      return envelopePart(context.facts[which], part) ?? []
    })
    return anyMatches(node, context, values, context.strings(node, 'key list'))
  },

  /** RFC 5173 6: its wildcards set no variables. */
  body(node, context) {
    const { message } = context
    const transform = node.options['transform']?.tag ?? 'text'
    const values =
      transform === 'raw'
        ? message.rawBody()
        : transform === 'text'
          ? message.bodyTexts()
          : message.bodyContents(context.option(node, 'transform') ?? [])
    return anyMatches(node, context, values, context.strings(node, 'key list'), false)
  },

  string: (node, context) =>
    anyMatches(node, context, context.strings(node, 'source'), context.strings(node, 'key list')),

  hasflag(node, context) {
    const names = node.strings['variable list'] && context.strings(node, 'variable list')
    const flags = names ? flagsOf(names.map((name) => context.variables.get(name.toLowerCase()) ?? '')) : context.flags
    return anyMatches(node, context, flags, words(context.strings(node, 'list of flags')))
  },

  mailboxexists: (node, context) =>
    context.strings(node, 'mailbox names').every((name) => context.facts.mailboxExists?.(name) ?? false),

  duplicate(node, context) {
    const id = uniqueId(node, context)
    const seconds = node.options['seconds']?.number ?? DAYS_7
    if (id === null || seconds === 0) return false
    const key = `${context.option(node, 'handle')?.[0] ?? ''}\0${id}`
    const known = context.duplicates.get(key)
    if (known !== undefined) return known
    const seen = context.facts.seen?.(key, seconds, node.options['last'] !== undefined) ?? false
    context.duplicates.set(key, seen)
    return seen
  },
}

/** Any of the values with any of the keys. */
function anyMatches(
  node: SieveNode,
  context: Context,
  values: readonly Octets[],
  keys: readonly Octets[],
  setsVariables = true,
): boolean {
  const type = (node.options['match']?.tag ?? 'is') as MatchType
  const exactCase = context.option(node, 'comparator')?.[0] === 'i;octet'
  if (type === 'matches' && keys.some(({ length }) => length > LIMITS.pattern))
    throw new SieveTrouble(node.line, `a pattern for :matches is longer than ${LIMITS.pattern} octets`)
  for (const value of values) {
    const mapped = exactCase ? value : caseMapped(value)
    for (const key of keys) {
      if (type !== 'is') context.work += value.length * key.length
      if (context.work > LIMITS.work) throw new SieveTrouble(node.line, 'the script compares more than it may')
      const found = matched(value, key, type, exactCase, mapped)
      if (found === null) continue
      if (type === 'matches' && setsVariables && context.requires.has('variables')) context.matches = found
      return true
    }
  }
  return false
}

const partOf = ({ options }: SieveNode): string => options['part']?.tag ?? 'all'

/** The null path is empty whatever part is asked for; a source route is dropped (RFC 5228 5.4). */
function envelopePart(path: Octets, part: string): Octets | null {
  if (path === '') return ''
  const address = path[0] === '@' ? path.slice(path.indexOf(':') + 1) : path
  const at = address.lastIndexOf('@')
  return at < 0 ? addressPart(address, null, part) : addressPart(address.slice(0, at), address.slice(at + 1), part)
}

/** RFC 7352 3.1: the first such field; no test without one. */
function uniqueId(node: SieveNode, context: Context): Octets | null {
  const given = context.option(node, 'id')?.[0]
  if (given !== undefined && node.options['id']!.tag === 'uniqueid') return given
  return context.message.values(given ?? 'message-id')[0] ?? null
}
