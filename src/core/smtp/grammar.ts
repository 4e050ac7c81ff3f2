/**
 * Arguments of SMTP commands: paths, parameters and domains (RFC 5321 4.1.2, 4.1.3), and what the lenient dialects take
 * beyond them. Written as a scanner over octets: no input makes it slow.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets, utf8Text } from '../bytes/utf8.ts'
import type { Dialect } from './backend.ts'
import type { Path } from './path.ts'

/**
 * RFC 5321 4.5.3.1; those of RFC 821 4.5.3 are the same, but for the domain. Hosts should take more where they can: a lenient
 * one takes text lines of any length, and any word in HELO that a command line holds; what goes into an envelope must fit
 * into the next host's, too.
 */
export const LIMITS = { local: 64, domain: 255, path: 256, commandLine: 512, authLine: 12_288, textLine: 1000 } as const

export const domainLimit = (dialect: Dialect): number => (dialect === 'rfc821' ? 64 : LIMITS.domain)

export interface PathArgument {
  path: Path | null
  parameters: readonly Parameter[]
  /** What only a lenient host takes; the coach says a word about each. */
  leniencies: readonly ('blank-after-colon' | 'no-brackets')[]
}
export interface Parameter {
  keyword: string
  value: string | null
}
export type Bad = { bad: 'syntax' } | { bad: 'address'; why: string }

const NO_LENIENCY: readonly never[] = []
const NO_PARAMETERS: readonly Parameter[] = []
const NO_ROUTE: readonly string[] = []

/** `FROM:<path> PARAMETERS` or `TO:<path> PARAMETERS`. */
export function pathArgument(argument: Octets, keyword: 'FROM:' | 'TO:', dialect: Dialect): PathArgument | Bad {
  if (argument.slice(0, keyword.length).toUpperCase() !== keyword) return { bad: 'syntax' }
  const strict = dialect === 'rfc5321'
  let at = keyword.length
  let leniencies: PathArgument['leniencies'] = NO_LENIENCY
  if (argument[at] === ' ' || argument[at] === '\t') {
    if (strict) return { bad: 'syntax' }
    leniencies = ['blank-after-colon']
    while (argument[at] === ' ' || argument[at] === '\t') at++
  }
  let inside: Octets
  if (argument[at] === '<') {
    const end = closingBracket(argument, at + 1)
    if (end < 0) return { bad: 'syntax' }
    inside = argument.slice(at + 1, end)
    at = end + 1
  } else {
    if (strict || at >= argument.length) return { bad: 'syntax' }
    leniencies = [...leniencies, 'no-brackets']
    const end = unquotedBlank(argument, at)
    inside = argument.slice(at, end)
    at = end
  }
  const parameters = at === argument.length ? NO_PARAMETERS : parameterList(argument, at)
  if (parameters === null) return { bad: 'syntax' }
  if (inside === '' && keyword === 'FROM:') return { path: null, parameters, leniencies }
  const path = parsePath(inside, true, domainLimit(dialect))
  return 'bad' in path ? path : { path, parameters, leniencies }
}

/** Where the bracket closes: not inside a quoted string. -1 when it does not. */
function closingBracket(text: Octets, from: number): number {
  const close = text.indexOf('>', from)
  const quote = text.indexOf('"', from)
  if (quote < 0 || close < quote) return close
  return skipTo(text, from, '>')
}

const unquotedBlank = (text: Octets, from: number) => {
  const end = skipTo(text, from, ' ')
  return end < 0 ? text.length : end
}

function skipTo(text: Octets, from: number, wanted: string): number {
  let quoted = false
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (quoted && character === '\\') at++
    else if (character === '"') quoted = !quoted
    else if (!quoted && character === wanted) return at
  }
  return -1
}

/** What stands between the brackets, route and all; with UTF-8 in it where RFC 6531 3.3 lets it. */
export function parsePath(
  inside: Octets,
  utf8 = false,
  longest: number = LIMITS.domain,
): Path | { bad: 'address'; why: string } {
  if (inside.length + 2 > LIMITS.path) return bad('Path too long')
  if (!isAscii(inside) && !(utf8 && utf8Octets(utf8Text(inside)) === inside))
    return bad('it is neither ASCII nor UTF-8')
  let rest = inside
  let route: readonly string[] = NO_ROUTE
  if (rest[0] === '@') {
    const colon = rest.indexOf(':')
    if (colon < 0) return bad('a source route ends with a colon')
    route = rest.slice(1, colon).split(',@')
    for (const host of route)
      if (!isDomain(host) || host.length > longest) return bad('a host in the source route is malformed')
    rest = rest.slice(colon + 1)
  }
  if (rest === '') return bad('it is empty')
  if (rest.toLowerCase() === 'postmaster') return { route, local: rest, domain: '' }
  const at = rest[0] === '"' ? endOfQuoted(rest) : rest.lastIndexOf('@')
  if (at < 0 || (rest[0] === '"' && rest[at] !== '@'))
    return bad(rest[0] === '"' ? 'the quoted local part is malformed' : 'there is no domain')
  const local = rest.slice(0, at)
  const domain = rest.slice(at + 1)
  if (local.length > LIMITS.local) return bad('the local part has more than 64 octets')
  if (domain.length > longest) return bad(`the domain has more than ${longest} octets`)
  if (!isLocalPart(local)) return bad('the local part is malformed')
  if (!U_DOMAIN.test(domain) && !isLiteral(domain)) return bad('the domain is malformed')
  return { route, local, domain }
}

const bad = (why: string) => ({ bad: 'address', why }) as const

export const isAscii = (text: Octets): boolean => !/[\x80-\xff]/.test(text)

const DOT_STRING = /^[\w!#$%&'*+\-/=?^`{|}~\x80-\xff]+(?:\.[\w!#$%&'*+\-/=?^`{|}~\x80-\xff]+)*$/
const QUOTED_STRING = /^"(?:[\x20-\x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\x20-\x7e])*"$/
const LABEL = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?'
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`)
const U_LABEL = LABEL.replaceAll('A-Za-z', 'A-Za-z\\x80-\\xff')
const U_DOMAIN = new RegExp(`^${U_LABEL}(?:\\.${U_LABEL})*$`)

const isLocalPart = (local: Octets) => (local[0] === '"' ? QUOTED_STRING.test(local) : DOT_STRING.test(local))

/** Just behind the quoted string, or -1. */
function endOfQuoted(text: Octets): number {
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return -1
}

/** Letters, digits and hyphens in labels of at most 63 (RFC 1035 2.3.1; the underscore is taken as everybody does). */
export function isDomain(text: Octets): boolean {
  return text.length <= LIMITS.domain && DOMAIN.test(text)
}

/** `[192.0.2.1]`, `[IPv6:2001:db8::1]` or `[tag:text]` (RFC 5321 4.1.3). */
export function isLiteral(text: Octets): boolean {
  if (text[0] !== '[' || text[text.length - 1] !== ']' || text.length > LIMITS.domain) return false
  const inside = text.slice(1, -1)
  return isIpv4(inside) || /^[A-Za-z0-9-]*[A-Za-z0-9]:[!-Z^-~]+$/.test(inside)
}

export function isIpv4(text: string): boolean {
  const octets = text.split('.')
  return octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)
}

/** ` KEY=value KEY ...` (RFC 5321 4.1.2 esmtp-param), values as they are; null when it is not that. */
function parameterList(text: Octets, from: number): Parameter[] | null {
  const words = text.slice(from).split(' ')
  if (words[0] !== '') return null
  const parameters: Parameter[] = []
  for (const word of words) {
    if (word === '') continue
    const equals = word.indexOf('=')
    const keyword = (equals < 0 ? word : word.slice(0, equals)).toUpperCase()
    const value = equals < 0 ? null : word.slice(equals + 1)
    if (!/^[A-Z0-9][A-Z0-9-]*$/.test(keyword)) return null
    parameters.push({ keyword, value })
  }
  return parameters
}
