/**
 * The words of a server's response (RFC 3501 9): atoms, strings, numbers, lists. A client is lenient where servers are known
 * to be careless (a blank too many, `]` in an atom), and strict where a slip would change the meaning.
 */
import type { Octets } from '../../bytes/octets.ts'
import { decodeModifiedUtf7 } from '../../bytes/utf7.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import type { Ranges } from './data.ts'

/** What is wrong with a response, in a few words. */
export class Garbled extends Error {}

const ATOM = /[^\x00-\x20(){"\x7f]+/y
/** Of a FETCH item: up to its section. */
const ITEM = /[^\x00-\x20(){"\x7f[\]<>]+/y
const NUMBER = /\d{1,20}/y
const SET = /\d{1,10}(?::\d{1,10})?(?:,\d{1,10}(?::\d{1,10})?)*/y
/** Also the literal8 of RFC 3516. */
const LITERAL = /~?\{(\d{1,15})\+?\}\r?\n/y
/** RFC 5258 and others let anything follow in brackets; nobody nests as deep as this. */
const DEEPEST = 100

export class Scanner {
  readonly text: Octets
  at = 0
  private depth = 0
  /** UTF8=ACCEPT or IMAP4rev2 was enabled: mailbox names are UTF-8. */
  private readonly utf8: boolean

  constructor(text: Octets, utf8: boolean) {
    this.text = text
    this.utf8 = utf8
  }

  fail(what: string): never {
    throw new Garbled(what)
  }

  get next(): Octets {
    return this.text.charAt(this.at)
  }

  get atEnd(): boolean {
    return this.at >= this.text.length
  }

  get rest(): Octets {
    return this.text.slice(this.at)
  }

  try(octets: Octets): boolean {
    if (!this.text.startsWith(octets, this.at)) return false
    this.at += octets.length
    return true
  }

  take(octets: Octets): void {
    if (!this.try(octets)) this.fail(`"${octets}" was expected`)
  }

  sp(): void {
    if (!this.trySp()) this.fail('a space was expected')
  }

  trySp(): boolean {
    if (this.next !== ' ') return false
    while (this.next === ' ') this.at++
    return true
  }

  /** Nothing more comes, but for blanks. */
  end(): void {
    this.trySp()
    if (!this.atEnd) this.fail('there is more than expected')
  }

  atom(what = 'an atom'): Octets {
    return this.match(ATOM) ?? this.fail(`${what} was expected`)
  }

  word(what = 'a word'): string {
    return this.atom(what).toUpperCase()
  }

  /** The name of a FETCH item, without its section. */
  itemName(): string {
    return (this.match(ITEM) ?? this.fail('a FETCH item was expected')).toUpperCase()
  }

  number(what = 'a number'): number {
    return Number(this.match(NUMBER) ?? this.fail(`${what} was expected`))
  }

  numberOrNil(): number | null {
    return this.tryNil() ? null : this.number()
  }

  set(): Ranges {
    return rangesOf(this.match(SET) ?? this.fail('a set was expected'))
  }

  tryNil(): boolean {
    if (!/^NIL(?![^\x00-\x20(){"\x7f\]])/i.test(this.text.slice(this.at, this.at + 4))) return false
    this.at += 3
    return true
  }

  astring(what = 'a string'): Octets {
    const { next } = this
    return next === '"' || next === '{' ? this.string() : this.atom(what)
  }

  string(what = 'a string'): Octets {
    const { next } = this
    if (next === '"') return this.quoted()
    if (next === '{' || next === '~') return this.literal()
    return this.fail(`${what} was expected`)
  }

  /** An atom too, where a server forgets the quotes. */
  nstring(what?: string): Octets | null {
    return this.tryNil() ? null : this.astring(what)
  }

  nstring8(): Octets | null {
    return this.next === '~' ? this.literal() : this.nstring()
  }

  mailbox(): string {
    const octets = this.astring('a mailbox name')
    if (octets.toUpperCase() === 'INBOX') return 'INBOX'
    if (this.utf8 || /[\x80-\xff]/.test(octets)) return utf8Text(octets)
    return decodeModifiedUtf7(octets) ?? octets
  }

  /** `(\Seen \* $Forwarded)` */
  flags(): string[] {
    return this.list(() => this.atom('a flag'))
  }

  /** Items in brackets; none is allowed. */
  list<Item>(item: () => Item): Item[] {
    this.take('(')
    this.deeper()
    const items: Item[] = []
    this.trySp()
    while (!this.try(')')) {
      items.push(item())
      this.trySp()
    }
    this.depth--
    return items
  }

  deeper(): void {
    if (++this.depth > DEEPEST) this.fail('it is nested too deeply')
  }

  higher(): void {
    this.depth--
  }

  /** Passes over a value that nobody asks for: a string, an atom or anything in brackets. */
  skip(): void {
    let open = 0
    do {
      if (this.try('(')) open++
      else if (this.try(')')) open--
      else if (open === 0 || !this.trySp()) this.astring8()
      if (open < 0) this.fail('a bracket closes that was never opened')
    } while (open > 0)
  }

  match(pattern: RegExp): Octets | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found === undefined) return null
    this.at += found.length
    return found
  }

  private astring8(): Octets {
    return this.next === '~' ? this.literal() : this.astring('a value')
  }

  private literal(): Octets {
    LITERAL.lastIndex = this.at
    const found = LITERAL.exec(this.text)
    if (!found) this.fail('a literal was expected')
    const from = LITERAL.lastIndex
    this.at = from + Number(found[1])
    if (this.at > this.text.length) this.fail('a literal does not end')
    return this.text.slice(from, this.at)
  }

  private quoted(): Octets {
    const from = this.at + 1
    for (let at = from; at < this.text.length; at++) {
      const octet = this.text.charAt(at)
      if (octet === '"') {
        this.at = at + 1
        return this.text.slice(from, at).replace(/\\(.)/gs, '$1')
      }
      if (octet === '\\') at++
      else if (octet === '\r' || octet === '\n') break
    }
    return this.fail('a quoted string does not end')
  }
}

/** `a:b` means the same as `b:a` (RFC 3501 9, seq-range). */
function rangesOf(text: Octets): Ranges {
  return text.split(',').map((item): readonly [number, number] => {
    const [a = '', b = a] = item.split(':')
    const [from, to] = [Number(a), Number(b)]
    return from <= to ? [from, to] : [to, from]
  })
}
