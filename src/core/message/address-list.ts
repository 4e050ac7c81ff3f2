/**
 * Lists of addresses (RFC 5322 3.4): mailboxes and groups, with all that old and careless programs write (4.4). From, To,
 * Cc, Sender and whatever else holds addresses is read here.
 *
 * One pass over the tokens. What a member is made of is gathered first; what it is shows at its end: at a comma, at the
 * semicolon of a group, or where the field ends.
 */
import type { MoreCharsets } from '../bytes/charsets.ts'
import type { Octets } from '../bytes/octets.ts'
import { ADDRESS_ALPHABET, lexer, type Token } from './lexer.ts'
import { bareMailboxes, bracketMailbox, isSpecial, type Mailbox, nameOf, phraseTroubles } from './mailbox.ts'
import type { Place } from './place.ts'
import type { Report } from './problems.ts'
import { commentText, phraseText } from './words.ts'

export type { Mailbox }

export interface Group extends Place {
  readonly kind: 'group'
  readonly name: Octets
  readonly namePlace: Place
  readonly members: readonly Mailbox[]
}

export type AddressItem = Mailbox | Group

/** More than anybody writes to; a field of nothing but commas must not fill the memory. */
const MOST = 20_000

export function readAddressList(source: Octets, place: Place, report: Report): AddressItem[] {
  return new ListReader(source, place, report).read()
}

/** All mailboxes, those of groups too. */
export const mailboxesOf = (items: readonly AddressItem[]): Mailbox[] =>
  items.flatMap((item) => (item.kind === 'group' ? item.members : [item]))

/** The name as a person reads it: encoded words decoded. '' where there is none. */
export function nameText(source: Octets, { namePlace, nameFrom }: Mailbox, more?: MoreCharsets): string {
  if (namePlace === null) return ''
  if (nameFrom === 'phrase') return phraseText(source, namePlace, more)
  const closed = source[namePlace.to - 1] === ')'
  return commentText(source, { from: namePlace.from + 1, to: namePlace.to - (closed ? 1 : 0) }, more)
}

class ListReader {
  readonly source: Octets
  readonly place: Place
  readonly report: Report
  readonly next: () => Token | null
  readonly items: AddressItem[] = []
  count = 0
  group: { name: readonly Token[]; from: number; members: Mailbox[] } | null = null
  /** The words of the member at hand ... */
  words: Token[] = []
  /** The first of them that is no comment: kept, for to look for it at each colon would take the square of the time. */
  first: Token | null = null
  /** ... what stands between its brackets ... */
  bracket: (Place & { inside: readonly Token[] }) | null = null
  /** ... and the comments behind them. */
  behind: Token[] = []
  /** The comma before this member; null at the beginning and behind a group. */
  comma: Token | null = null

  constructor(source: Octets, place: Place, report: Report) {
    this.source = source
    this.place = place
    this.report = report
    this.next = lexer(source, place, report, ADDRESS_ALPHABET)
  }

  read(): AddressItem[] {
    for (let token = this.next(); token !== null;) {
      if (this.count >= MOST) {
        this.report('addresses-too-many', token.from, this.place.to)
        return this.items
      }
      if (isSpecial(token, '<')) token = this.openBracket(token)
      else {
        this.take(token)
        token = this.next()
      }
    }
    this.endOfMember(null)
    if (this.group !== null) {
      this.report('group-unclosed', this.group.from, this.place.to)
      this.endOfGroup(this.group, this.place.to)
    }
    return this.items
  }

  private take(token: Token): void {
    if (token.kind !== 'special' || token.text === '@') this.word(token)
    else if (token.text === ',') this.endOfMember(token)
    else if (token.text === ';') this.semicolon(token)
    else if (token.text === ':') this.colon(token)
    else this.report('stray-special', token.from, token.to)
  }

  private word(token: Token): void {
    if (this.bracket !== null && token.kind !== 'comment') this.forgottenComma(token)
    if (this.bracket !== null) this.behind.push(token)
    else {
      this.words.push(token)
      if (token.kind !== 'comment') this.first ??= token
    }
  }

  private forgottenComma(token: Token): void {
    this.report('comma-missing', token.from, token.from)
    this.finish()
  }

  /** From `<` to `>`. Where that is missing, a comma behind a whole address ends it, and the next `<` does. */
  private openBracket(open: Token): Token | null {
    if (this.bracket !== null) this.forgottenComma(open)
    const inside: Token[] = []
    let whole = false
    let token = this.next()
    for (; token !== null && !isSpecial(token, '>') && !isSpecial(token, '<'); token = this.next()) {
      if (whole && isSpecial(token, ',')) break
      if (isSpecial(token, ':')) whole = false
      if (isSpecial(token, '@') && inside.length > 0 && !isSpecial(inside.at(-1), ',')) whole = true
      inside.push(token)
    }
    const closed = token !== null && isSpecial(token, '>')
    const to = closed ? token!.to : (inside.at(-1)?.to ?? open.to)
    if (!closed) this.report('bracket-unclosed', open.from, to)
    this.bracket = { inside, from: open.from, to }
    return closed ? this.next() : token
  }

  /** Behind a phrase it opens a group; behind `@a.example` it ends a route that lacks its brackets. */
  private colon(token: Token): void {
    const { first } = this
    if (this.bracket !== null || first === null) return this.report('stray-special', token.from, token.to)
    if (isSpecial(first, '@')) return this.word(token)
    if (this.group === null) {
      phraseTroubles(this.source, this.words, this.report)
      this.group = { name: this.words, from: first.from, members: [] }
    } else this.report('group-nested', first.from, token.to)
    this.words = []
    this.first = null
    this.comma = null
  }

  private semicolon(token: Token): void {
    if (this.group !== null) {
      this.endOfMember(null)
      this.endOfGroup(this.group, token.to)
    } else {
      this.report('semicolon-as-comma', token.from, token.to)
      this.endOfMember(null)
    }
  }

  private endOfGroup(
    { name, from, members }: { name: readonly Token[]; from: number; members: Mailbox[] },
    to: number,
  ) {
    const spoken = name.filter(({ kind }) => kind !== 'comment')
    const namePlace = { from, to: spoken.at(-1)?.to ?? from }
    this.items.push({ kind: 'group', name: nameOf(name), namePlace, members, from, to })
    this.count++
    this.group = null
    this.comma = null
  }

  /** At a comma, or where no more members come. */
  private endOfMember(comma: Token | null): void {
    if (this.bracket !== null || this.first !== null) this.finish()
    else {
      const lone = this.comma ?? comma
      const behindGroup = this.comma === null && this.group === null && this.items.at(-1)?.kind === 'group'
      if (lone !== null && !behindGroup) this.report('list-empty-member', lone.from, lone.to)
    }
    this.words = []
    this.first = null
    this.comma = comma
  }

  private finish(): void {
    const { source, report, words, bracket, behind } = this
    const found =
      bracket === null
        ? bareMailboxes(source, words, report)
        : [bracketMailbox(source, words, bracket, bracket.inside, behind, report)]
    for (const mailbox of found) {
      if (this.group === null) this.items.push(mailbox)
      else this.group.members.push(mailbox)
    }
    this.count += found.length
    this.words = []
    this.first = null
    this.bracket = null
    this.behind = []
  }
}
