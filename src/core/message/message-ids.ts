/**
 * Message identifiers: Message-ID, In-Reply-To, References, Content-ID (RFC 5322 3.6.4, RFC 2045 7).
 *
 * Old fields have whole sentences around them (4.5.4), quoted parts and blanks within them, or lack the brackets.
 */
import type { Octets } from '../bytes/octets.ts'
import { ADDRESS_ALPHABET, lexer, type Token } from './lexer.ts'
import type { Place } from './place.ts'
import type { Report } from './problems.ts'

export interface MessageId extends Place {
  /** Without brackets, blanks and needless quotes: what two identifiers are compared by (case and all). */
  readonly id: Octets
}

/** A thread of thousands is no thread. */
const MOST = 10_000

export function readMessageIds(source: Octets, place: Place, report: Report): MessageId[] {
  const next = lexer(source, place, report, ADDRESS_ALPHABET)
  const found: MessageId[] = []
  for (let token = next(); token !== null;) {
    if (found.length === MOST) {
      report('ids-too-many', token.from, place.to)
      break
    }
    if (token.text === '<' && token.kind === 'special') token = bracketed(token)
    else token = loose(token)
  }
  return found

  /** From `<` to `>`; where that is missing, to the next `<` or the end. */
  function bracketed(open: Token): Token | null {
    let id = ''
    let blank = false
    let to = open.to
    let token = next()
    for (; token !== null && !isSpecial(token, '<'); token = next()) {
      to = token.to
      if (isSpecial(token, '>')) break
      if (token.spaced || token.kind === 'comment') blank = true
      if (token.kind !== 'comment') id += part(token)
    }
    const closed = token !== null && isSpecial(token, '>')
    if (!closed) report('id-unclosed', open.from, to)
    if (blank) report('id-blank', open.from, to)
    add(id, open.from, to)
    return closed ? next() : token
  }

  /** What stands outside of brackets: an identifier that lacks them if it has an @, else a word of a phrase. */
  function loose(first: Token): Token | null {
    if (first.kind === 'comment') return next()
    let id = ''
    let to = first.to
    let token: Token | null = first
    for (; token !== null && (token === first || !token.spaced) && !isSpecial(token, '<'); token = next()) {
      if (token.kind === 'comment' || isSpecial(token, ',')) {
        token = next()
        break
      }
      id += part(token)
      to = token.to
    }
    if (id.includes('@')) {
      report('id-brackets-missing', first.from, to)
      add(id, first.from, to)
    } else if (id !== '') report('id-phrase', first.from, to)
    return token
  }

  function add(id: Octets, from: number, to: number): void {
    if (id === '') return
    if (!id.includes('@')) report('id-no-at', from, to)
    found.push({ id, from, to })
  }
}

const isSpecial = (token: Token, character: string) => token.kind === 'special' && token.text === character

/** A quoted part is the same as an unquoted one where it could do without quotes (RFC 5322 3.2.4). */
const part = (token: Token): Octets =>
  token.kind === 'quoted' && !/^[\w!#$%&'*+\-/=?^`{|}~.\x80-\xff]+$/.test(token.text)
    ? `"${token.text.replace(/["\\]/g, '\\$&')}"`
    : token.text
