/**
 * Reads the arguments of a command (RFC 3501 9). Methods that begin with `try` take what is there or leave it; the others
 * expect it and throw `Malformed`, which the dispatcher answers with BAD and the reason. A literal stands in the text as it
 * came, `{5}` CRLF and its octets: the dispatcher has waited for all of them.
 */
import type { Octets } from '../../bytes/octets.ts'
import { decodeModifiedUtf7 } from '../../bytes/utf7.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import { readSequenceSet, type SequenceSet } from './sequence-set.ts'

/** What is wrong with a command, in a few words. */
export class Malformed extends Error {}

/** What stands for a mailbox name cannot be one: no mailbox bears it. */
export class Misnamed extends Malformed {}

/** RFC 3501 9: atom-specials end an atom; `]` may be in an astring. Octets above 127 are no atom, but for lenient names. */
const ATOM = /[^\x00-\x20(){%*"\\\]\x7f-\xff]+/y
const ASTRING = /[^\x00-\x20(){%*"\\\x7f-\xff]+/y
/** list-char: also the wildcards. */
const LIST_MAILBOX = /[^\x00-\x20(){"\\\x7f-\xff]+/y
const NUMBER = /\d{1,20}/y
const SET = /[$\d:*,]+/y
const LITERAL = /~?\{(\d{1,20})\+?\}\r?\n/y

export class Reader {
  readonly text: Octets
  at: number
  /** UTF8=ACCEPT or IMAP4rev2 was enabled: quoted strings hold UTF-8, mailbox names are no modified UTF-7. */
  readonly utf8: boolean

  constructor(text: Octets, at = 0, utf8 = false) {
    this.text = text
    this.at = at
    this.utf8 = utf8
  }

  get atEnd(): boolean {
    return this.at >= this.text.length
  }

  /** What comes next, one octet; '' at the end. */
  get next(): Octets {
    return this.text.charAt(this.at)
  }

  fail(what: string): never {
    throw new Malformed(what)
  }

  end(): void {
    if (!this.atEnd) this.fail('there is more than expected')
  }

  /** One blank. Several are taken where people type. */
  sp(): void {
    if (this.next !== ' ') this.fail(this.atEnd ? 'something is missing' : 'a space was expected')
    while (this.next === ' ') this.at++
  }

  trySp(): boolean {
    if (this.next !== ' ') return false
    this.sp()
    return true
  }

  take(octet: Octets): void {
    if (!this.try(octet)) this.fail(octet === '"' ? 'a quote was expected' : `"${octet}" was expected`)
  }

  try(octet: Octets): boolean {
    if (!this.text.startsWith(octet, this.at)) return false
    this.at += octet.length
    return true
  }

  /** A word in any case, where it stands alone: `try('ALL')` does not take the beginning of `ALLES`. */
  tryWord(word: string): boolean {
    const end = this.at + word.length
    if (this.text.slice(this.at, end).toUpperCase() !== word) return false
    if (/[A-Za-z0-9.\-=]/.test(this.text.charAt(end))) return false
    this.at = end
    return true
  }

  atom(what = 'an atom'): Octets {
    return this.match(ATOM) ?? this.fail(`${what} was expected`)
  }

  /** An atom in capitals: names of items, keys and options. */
  word(what = 'a word'): string {
    return this.atom(what).toUpperCase()
  }

  astring(what = 'a string'): Octets {
    return this.match(ASTRING) ?? this.string(what)
  }

  string(what = 'a string'): Octets {
    return this.tryString() ?? this.fail(`${what} was expected`)
  }

  tryString(): Octets | null {
    if (this.next === '"') return this.quoted()
    return this.next === '{' || this.next === '~' ? this.literal() : null
  }

  nstring(what = 'a string or NIL'): Octets | null {
    return this.tryWord('NIL') ? null : this.string(what)
  }

  /** RFC 3501 4.3, and `~{n}` of RFC 3516 (literal8). */
  literal(): Octets {
    LITERAL.lastIndex = this.at
    const found = LITERAL.exec(this.text)
    if (!found) this.fail('a literal was expected')
    const from = LITERAL.lastIndex
    this.at = from + Number(found[1])
    return this.text.slice(from, this.at)
  }

  number(what = 'a number'): number {
    const digits = this.match(NUMBER) ?? this.fail(`${what} was expected`)
    const value = Number(digits)
    if (!Number.isSafeInteger(value)) this.fail(`${digits} is too large`)
    return value
  }

  /** RFC 3501 9: unsigned 32 bits. */
  number32(what?: string): number {
    const value = this.number(what)
    return value > 0xffffffff ? this.fail(`${value} is too large`) : value
  }

  sequenceSet(): SequenceSet {
    const text = this.match(SET) ?? this.fail('a sequence set was expected')
    return readSequenceSet(text) ?? this.fail(`${text} is no sequence set`)
  }

  /** A mailbox name, as Unicode; INBOX in any case is INBOX. */
  mailbox(): string {
    return this.nameOf(this.astring('a mailbox name'))
  }

  /** Of LIST, LSUB: with wildcards. */
  listMailbox(): string {
    const text = this.match(LIST_MAILBOX) ?? this.string('a mailbox pattern')
    // What is no name matches none, unless its `&` was meant as it stands.
    return this.unicode(text) ?? text
  }

  nameOf(octets: Octets): string {
    const name = this.unicode(octets)
    if (name === null) throw new Misnamed('the mailbox name is no modified UTF-7')
    return name.toUpperCase() === 'INBOX' ? 'INBOX' : name
  }

  /** `(\Seen $Forwarded)`, or without brackets as STORE allows; spelled as they came. */
  flags(): string[] {
    const flags: string[] = []
    const bracketed = this.try('(')
    if (bracketed && this.try(')')) return flags
    do flags.push(this.flag())
    while (this.trySp())
    if (bracketed) this.take(')')
    return flags
  }

  private flag(): string {
    return this.try('\\') ? `\\${this.atom('a flag')}` : this.atom('a flag')
  }

  /** Items in brackets, at least one. */
  list<Item>(item: () => Item): Item[] {
    this.take('(')
    const items = [item()]
    while (this.trySp()) items.push(item())
    this.take(')')
    return items
  }

  /** What matches there, and is passed; null where nothing does. */
  match(pattern: RegExp): Octets | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found === undefined) return null
    this.at += found.length
    return found
  }

  private quoted(): Octets {
    let text = ''
    let from = this.at + 1
    for (let at = from; ; at++) {
      const octet = this.text.charAt(at)
      if (octet === '' || octet === '\r' || octet === '\n') this.fail('a quoted string does not end')
      if (octet === '"') {
        this.at = at + 1
        return text + this.text.slice(from, at)
      }
      if (octet !== '\\') continue
      const next = this.text.charAt(at + 1)
      if (next !== '"' && next !== '\\')
        this.fail('a backslash in a quoted string stands only before a quote or another one')
      text += this.text.slice(from, at)
      from = ++at
    }
  }

  /** Null where it is no modified UTF-7 (RFC 3501 5.1.3). */
  private unicode(octets: Octets): string | null {
    return this.utf8 || /[\x80-\xff]/.test(octets) ? utf8Text(octets) : decodeModifiedUtf7(octets)
  }
}
