/**
 * One mailbox of an address list (RFC 5322 3.4, 3.4.1): what of its tokens is the name, the route, the local part and the
 * domain, and what is wrong with each.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Token } from './lexer.ts'
import type { Place } from './place.ts'
import type { Report } from './problems.ts'
import { holdsEncodedWord, readWords } from './words.ts'

export interface Mailbox extends Place {
  readonly kind: 'mailbox'
  /**
   * The display name, or the comment that old programs put behind the address: on one line, without quotes, encoded words
   * as they are (IMAP's ENVELOPE has them so). `nameText` is for people.
   */
  readonly name: Octets | null
  readonly namePlace: Place | null
  readonly nameFrom: 'phrase' | 'comment' | null
  /** Within < and >. */
  readonly bracketed: boolean
  /** `@a.example,@b.example`: where the message was to pass (RFC 5322 4.4), the adl of IMAP's ENVELOPE. */
  readonly route: Octets | null
  readonly routePlace: Place | null
  /** As written, quotes and case kept, but for blanks and comments. */
  readonly local: Octets
  /** A literal keeps its brackets; null where no @ stands. */
  readonly domain: Octets | null
  readonly localPlace: Place
  readonly domainPlace: Place | null
  /** Local part and domain, with what stands between. */
  readonly spec: Place
}

type Name = Pick<Mailbox, 'name' | 'namePlace' | 'nameFrom'>
type Spec = Pick<Mailbox, 'local' | 'domain' | 'localPlace' | 'domainPlace' | 'spec'>

/** RFC 5321 4.5.3.1. */
const LONGEST_LOCAL = 64
const LONGEST_DOMAIN = 255

const isComment = ({ kind }: Token) => kind === 'comment'
export const isSpecial = (token: Token | undefined, character: string) =>
  token?.kind === 'special' && token.text === character

const span = (tokens: readonly Token[], at: number): Place => ({
  from: tokens[0]?.from ?? at,
  to: tokens.at(-1)?.to ?? at,
})

/** `name <spec> (comment)`. `inside` is what stands between the brackets. */
export function bracketMailbox(
  source: Octets,
  words: readonly Token[],
  bracket: Place,
  inside: readonly Token[],
  behind: readonly Token[],
  report: Report,
): Mailbox {
  phraseTroubles(source, words, report)
  const tokens = inside.filter((token) => !isComment(token))
  const colon = tokens.findIndex((token) => isSpecial(token, ':'))
  const route = tokens.slice(0, Math.max(0, colon))
  if (colon >= 0) routeTroubles(route, tokens[colon]!, report)
  const rest = tokens.slice(colon + 1)
  const at = rest.findLastIndex((token) => isSpecial(token, '@'))
  const spec = readSpec(source, at < 0 ? rest : rest.slice(0, at), at < 0 ? null : rest.slice(at + 1), bracket, report)
  // The place of the spec is all that stands there: one who corrects it wants to see the comments too.
  const all = colon < 0 ? inside : inside.slice(inside.indexOf(tokens[colon]!) + 1)
  const comment = [...words, ...behind].find(isComment)
  const phrase = phraseName(words)
  return {
    kind: 'mailbox',
    ...(phrase.name === null ? commentName(comment) : phrase),
    bracketed: true,
    route: route.length === 0 ? null : route.map(({ text }) => text).join(''),
    routePlace: route.length === 0 ? null : span(route, bracket.from),
    ...spec,
    spec: span(all, bracket.to),
    from: Math.min(words[0]?.from ?? bracket.from, bracket.from),
    to: behind.at(-1)?.to ?? bracket.to,
  }
}

/** Addresses without brackets: one, or several where commas were forgotten. Linear in the tokens. */
export function bareMailboxes(source: Octets, tokens: readonly Token[], report: Report): Mailbox[] {
  const words = tokens.filter((token) => !isComment(token))
  const comments = tokens.filter(isComment)
  const found: Mailbox[] = []
  let comment = 0
  for (let from = 0; from < words.length;) {
    const { mailbox, next } = bareMailbox(source, words, from, report)
    const limit = words[next]?.from ?? Infinity
    let behind: Token | undefined
    for (; comment < comments.length && comments[comment]!.from < limit; comment++) {
      if (comments[comment]!.from >= mailbox.spec.to) behind ??= comments[comment]
    }
    const named = mailbox.name === null ? { ...mailbox, ...commentName(behind) } : mailbox
    found.push({ ...named, to: Math.max(named.to, behind?.to ?? 0) })
    if (next < words.length) report('comma-missing', words[next]!.from, words[next]!.from)
    from = next
  }
  return found
}

function bareMailbox(source: Octets, words: readonly Token[], first: number, report: Report) {
  let route: readonly Token[] = []
  let from = first
  if (isSpecial(words[from], '@') && isSpecial(words[from + 2], ':')) {
    route = words.slice(from, from + 2)
    from += 3
    routeTroubles(route, words[from - 1]!, report)
  }
  let at = from
  while (at < words.length && !isSpecial(words[at], '@')) at++
  const here = words[first]!.from
  if (at === words.length) {
    const local = words.slice(from)
    return {
      mailbox: mailboxOf(NO_NAME, route, readSpec(source, local, null, { from: here, to: here }, report)),
      next: at,
    }
  }
  let localFrom = at
  while (localFrom > from && (localFrom === at || belongs(words, localFrom))) localFrom--
  const phrase = words.slice(from, localFrom)
  if (phrase.length > 0) {
    report('brackets-missing', words[localFrom]!.from, words[localFrom]!.to)
    phraseTroubles(source, phrase, report)
  }
  let next = Math.min(at + 2, words.length)
  while (next < words.length && belongs(words, next)) next++
  const spec = readSpec(source, words.slice(localFrom, at), words.slice(at + 1, next), words[at]!, report)
  return { mailbox: mailboxOf(phraseName(phrase), route, spec), next }
}

/** Part of the same address as the word before it: no blank between them, or one beside a dot (RFC 5322 4.4). */
function belongs(words: readonly Token[], k: number): boolean {
  const word = words[k]!
  return !word.spaced || (word.kind === 'atom' && word.text.startsWith('.')) || words[k - 1]!.text.endsWith('.')
}

function mailboxOf(name: Name, route: readonly Token[], spec: Spec): Mailbox {
  return {
    kind: 'mailbox',
    ...name,
    bracketed: false,
    route: route.length === 0 ? null : route.map(({ text }) => text).join(''),
    routePlace: route.length === 0 ? null : span(route, 0),
    ...spec,
    from: name.namePlace?.from ?? route[0]?.from ?? spec.spec.from,
    to: spec.spec.to,
  }
}

function readSpec(
  source: Octets,
  local: readonly Token[],
  domain: readonly Token[] | null,
  around: Place,
  report: Report,
): Spec {
  const localPlace = span(local, around.from)
  const localText = specText(source, local, domain === null)
  if (local.length === 0) report('local-missing', around.from, around.to)
  else {
    partTroubles(localText, local, localPlace, report)
    if (localText.length > LONGEST_LOCAL) report('local-too-long', localPlace.from, localPlace.to)
  }
  if (domain === null || domain.length === 0) {
    if (local.length > 0) report('domain-missing', localPlace.from, localPlace.to)
    const domainPlace = domain === null ? null : { from: around.to, to: around.to }
    return { local: localText, localPlace, domain: domain === null ? null : '', domainPlace, spec: localPlace }
  }
  const domainPlace = span(domain, around.to)
  const domainText = specText(source, domain, false)
  partTroubles(domainText, domain, domainPlace, report)
  if (domainText.length > LONGEST_DOMAIN) report('domain-too-long', domainPlace.from, domainPlace.to)
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(domainText)) {
    report('literal-brackets-missing', domainPlace.from, domainPlace.to)
  }
  const spec = { from: Math.min(localPlace.from, domainPlace.from), to: domainPlace.to }
  const blank = [...local.slice(1), ...domain].some(({ spaced }) => spaced)
  if (blank) report('blank-in-address', spec.from, spec.to)
  return { local: localText, localPlace, domain: domainText, domainPlace, spec }
}

/** As written; the blanks are passed over, but for those of something that is no address anyway. */
function specText(source: Octets, tokens: readonly Token[], blanks: boolean): Octets {
  return tokens
    .map(({ kind, text, from, to, spaced }, k) => {
      const written = kind === 'quoted' ? source.slice(from, to).replace(/[\r\n]+/g, '') : text
      return blanks && spaced && k > 0 ? ` ${written}` : written
    })
    .join('')
}

function partTroubles(text: Octets, tokens: readonly Token[], place: Place, report: Report): void {
  for (const { kind, from, to } of tokens) if (kind === 'special') report('stray-special', from, to)
  if (
    text.startsWith('.') ||
    text.endsWith('.') ||
    tokens.some(({ kind, text: word }) => kind === 'atom' && word.includes('..'))
  ) {
    report('dots-misplaced', place.from, place.to)
  }
}

/** Domains with an @ before each, commas between them, some of them perhaps forgotten (RFC 5322 4.4). */
function routeTroubles(route: readonly Token[], colon: Token, report: Report): void {
  const from = route[0]?.from ?? colon.from
  report('route-obsolete', from, colon.to)
  const domains = route.filter((token) => token.kind !== 'special')
  const signed = route.filter((token, k) => token.kind !== 'special' && isSpecial(route[k - 1], '@'))
  if (domains.length === 0 || signed.length < domains.length) report('route-malformed', from, colon.to)
}

const NO_NAME: Name = { name: null, namePlace: null, nameFrom: null }

/** The words of a phrase on one line. */
export function nameOf(words: readonly Token[]): Octets {
  let name = ''
  words.forEach((word, k) => {
    const before = words[k - 1]
    if (isComment(word)) return
    name += name !== '' && (word.spaced || (before && isComment(before))) ? ` ${word.text}` : word.text
  })
  return name
}

function phraseName(words: readonly Token[]): Name {
  const spoken = words.filter((word) => !isComment(word))
  const name = nameOf(words)
  return name === '' ? NO_NAME : { name, namePlace: span(spoken, 0), nameFrom: 'phrase' }
}

function commentName(comment: Token | undefined): Name {
  const name = comment?.text.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '') ?? ''
  if (comment === undefined || name === '') return NO_NAME
  return { name, namePlace: { from: comment.from, to: comment.to }, nameFrom: 'comment' }
}

/** What is wrong with a display name (RFC 5322 3.2.5, 4.1; RFC 2047 5). */
export function phraseTroubles(source: Octets, words: readonly Token[], report: Report): void {
  for (const word of words) {
    const { kind, text, from, to } = word
    if (kind === 'special' || kind === 'literal') report('stray-special', from, to)
    if (kind === 'quoted' && holdsEncodedWord(text)) report('word-in-quotes', from, to)
    if (kind !== 'atom') continue
    if (text.includes('=?')) readWords(source, word, report)
    else if (text.includes('.')) report('dot-in-phrase', from, to)
  }
}
