/**
 * Quoted-printable (RFC 2045 6.7): text that stays readable on its way through seven bits. Most characters stand for
 * themselves, an octet that may not is `=` and two hexadecimal digits, and a line that is too long goes on behind a soft
 * break, which is `=` at the end of a line.
 *
 * What comes in has crossed relays and editors: the decoder takes it all, and what was wrong can be asked for apart.
 */
import { CHUNK, fromCodes, type Octets } from './octets.ts'
import { MOST_TROUBLES, type Trouble } from './trouble.ts'

/** The hexadecimal digits: upper case, RFC 2045 6.7 (1) will have no other. */
export const HEX = '0123456789ABCDEF'

const HEX_CODES = Uint8Array.from(HEX, (digit) => digit.charCodeAt(0))

/** The value of a hexadecimal digit by its code, in lower case too; -1 for what is none. */
const HEX_VALUES = new Int8Array(256).fill(-1)
for (let value = 0; value < 16; value++) {
  HEX_VALUES[HEX.charCodeAt(value)] = value
  HEX_VALUES[HEX.toLowerCase().charCodeAt(value)] = value
}

/** RFC 2045 6.7 (5): no line is longer, the `=` of its soft break counted. */
const LINE = 76
const TAB = 0x09
const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const EQUALS = 0x3d

/** The most characters that one octet becomes: a soft break and an escape. */
const WIDEST = 6

/** What stands for itself wherever it is, and what does so unless it ends a line; the rest, 0, is to be escaped. */
const PLAIN = 1
const BLANK = 2
const KINDS = new Uint8Array(256).fill(PLAIN, 0x21, 0x7f)
KINDS[EQUALS] = 0
KINDS[TAB] = KINDS[SPACE] = BLANK

/** Text: its CRLFs stay the ends of its lines; a CR or LF alone is none, and is escaped. */
export const encodeQuotedPrintable = (octets: Octets): Octets => encode(octets, true)

/** Anything else: CR and LF mean no line there, and come back as they were only if they are escaped. */
export const encodeQuotedPrintableBinary = (octets: Octets): Octets => encode(octets, false)

function encode(octets: Octets, linesStay: boolean): Octets {
  const parts: Octets[] = []
  const codes: number[] = []
  let to = 0
  let column = 0
  for (let at = 0; at < octets.length; at++) {
    if (to > CHUNK - WIDEST) {
      parts.push(fromCodes(codes.slice(0, to)))
      to = 0
    }
    const code = octets.charCodeAt(at) & 0xff
    const kind = KINDS[code]!
    if (kind === PLAIN && column < LINE - 1) {
      codes[to++] = code
      column++
      continue
    }
    if (code === CR && lineEndsAt(octets, at, linesStay)) {
      codes[to++] = CR
      codes[to++] = LF
      column = 0
      at++
      continue
    }
    // A blank at the end of a line would be lost: relays add and take such blanks (RFC 2045 6.7 (3)).
    const plain = kind === PLAIN || (kind === BLANK && !lineEndsAt(octets, at + 1, linesStay))
    const width = plain ? 1 : 3
    // The last column is for the `=` of a soft break, unless the line ends here by itself.
    if (column + width >= LINE && (column + width > LINE || !lineEndsAt(octets, at + 1, linesStay))) {
      codes[to++] = EQUALS
      codes[to++] = CR
      codes[to++] = LF
      column = 0
    }
    column += width
    if (plain) codes[to++] = code
    else {
      codes[to++] = EQUALS
      codes[to++] = HEX_CODES[code >> 4]!
      codes[to++] = HEX_CODES[code & 15]!
    }
  }
  parts.push(fromCodes(codes.slice(0, to)))
  return parts.join('')
}

const lineEndsAt = (octets: Octets, at: number, linesStay: boolean): boolean =>
  at >= octets.length || (linesStay && lineEndWidth(octets, at) === 2)

/**
 * The octets of quoted-printable text. Blanks at the end of a line were added on the way and are dropped, also behind the
 * `=` of a soft break; an LF alone ends a line too, as in a file of Unix; a `=` that means nothing stays as it is.
 *
 * Between two `=` the text is what it decodes to, and is taken in one piece.
 */
export function decodeQuotedPrintable(text: Octets): Octets {
  const lines = text.search(TRAILING) < 0 ? text : text.replace(TRAILING, '')
  const parts: Octets[] = []
  let codes: number[] = []
  let from = 0
  for (let at = lines.indexOf('='); at >= 0; at = lines.indexOf('=', at)) {
    let octet = octetAt(lines, at + 1)
    if (octet >= 0) {
      if (at > from) parts.push(lines.slice(from, at))
      // A character of UTF-8 is two escapes or more, a word of another script many.
      for (
        ;
        octet >= 0 && codes.length < CHUNK;
        octet = lines.charCodeAt(at) === EQUALS ? octetAt(lines, at + 1) : -1
      ) {
        codes.push(octet)
        at += 3
      }
      parts.push(fromCodes(codes))
      codes = []
      from = at
      continue
    }
    const width = lineEndWidth(lines, at + 1)
    if (width >= 0) {
      if (at > from) parts.push(lines.slice(from, at))
      from = at + 1 + width
    }
    at++
  }
  if (from === 0) return lines
  parts.push(lines.slice(from))
  return parts.join('')
}

/** Blanks at the end of a line. A blank behind a blank begins no match, or a long run of them would be walked for each. */
const TRAILING = /(?<![ \t])[ \t]+(?=\r?\n|$)/g

function indexOrEnd(text: Octets, character: string, at: number): number {
  const index = text.indexOf(character, at)
  return index < 0 ? text.length : index
}

/** The octet that the two digits at `at` write, negative where there are none. */
export function octetAt(text: Octets, at: number): number {
  if (at + 1 >= text.length) return -1
  return (HEX_VALUES[text.charCodeAt(at) & 0xff]! << 4) | HEX_VALUES[text.charCodeAt(at + 1) & 0xff]!
}

/** The first place from `at` on that is no blank; `inside` of the callers sees to it that no run is walked for each blank. */
function blanksEnd(text: Octets, at: number): number {
  while (at < text.length && KINDS[text.charCodeAt(at) & 0xff] === BLANK) at++
  return at
}

/** How long the end of a line at `at` is: 0 for the end of the text, negative where the line goes on. */
function lineEndWidth(text: Octets, at: number): number {
  if (at >= text.length) return 0
  const code = text.charCodeAt(at)
  if (code === LF) return 1
  return code === CR && at + 1 < text.length && text.charCodeAt(at + 1) === LF ? 2 : -1
}

/**
 * bad-escape: a `=` that is neither escape nor soft break, or has nothing behind it; lower-case: an escape with a to f;
 * long-line: what a line has beyond 76 characters; trailing-blank: blanks at the end of a line; not-ascii: a stretch of
 * octets of eight bits; control: a stretch of control characters, a CR or LF that are no CRLF among them.
 */
export type QuotedPrintableTrouble = Trouble<
  'bad-escape' | 'lower-case' | 'long-line' | 'trailing-blank' | 'not-ascii' | 'control'
>

/** What is wrong with quoted-printable text (RFC 2045 6.7, rules and notes), as one meets it while reading. */
export function quotedPrintableTrouble(text: Octets): readonly QuotedPrintableTrouble[] {
  const troubles: QuotedPrintableTrouble[] = []
  const note = (key: QuotedPrintableTrouble['key'], from: number, to: number) => troubles.push({ key, from, to })
  let line = 0
  // Everything before `done` has been looked at, as a part of what began earlier.
  let done = 0
  for (let at = 0; at < text.length && troubles.length < MOST_TROUBLES; at++) {
    const code = text.charCodeAt(at) & 0xff
    if (code === LF || (code === CR && lineEndWidth(text, at) === 2)) {
      if (code === LF && text.charCodeAt(at - 1) !== CR) note('control', at, at + 1)
      if (code === LF) line = at + 1
      continue
    }
    if (at === line + LINE) note('long-line', at, textEnd(text, at))
    if (at < done || KINDS[code] === PLAIN) continue
    if (code === EQUALS) done = escapeTrouble(text, at, note)
    else if (KINDS[code] === BLANK) {
      done = blanksEnd(text, at)
      if (lineEndWidth(text, done) >= 0) note('trailing-blank', at, done)
    } else {
      const key = code > 0x7f ? 'not-ascii' : 'control'
      done = at + 1
      while (done < text.length && keyOf(text, done) === key) done++
      note(key, at, done)
    }
  }
  return troubles
}

/** Looks at a `=`, and says how far it did. */
function escapeTrouble(
  text: Octets,
  at: number,
  note: (key: 'bad-escape' | 'lower-case' | 'trailing-blank', from: number, to: number) => void,
): number {
  if (octetAt(text, at + 1) >= 0) {
    if (/[a-f]/.test(text.slice(at + 1, at + 3))) note('lower-case', at, at + 3)
    return at + 3
  }
  const blanks = blanksEnd(text, at + 1)
  // With nothing behind it, a soft break joins its line to none.
  if (lineEndWidth(text, blanks) <= 0) note('bad-escape', at, at + 1)
  else if (blanks > at + 1) note('trailing-blank', at + 1, blanks)
  return blanks
}

/** What an octet of the text that is neither plain nor `=` is called as a trouble. */
function keyOf(text: Octets, at: number): 'not-ascii' | 'control' | null {
  const code = text.charCodeAt(at)
  if (code > 0x7f) return 'not-ascii'
  return KINDS[code] === 0 && code !== EQUALS && lineEndWidth(text, at) < 0 ? 'control' : null
}

/** The end of the line, its LF or CRLF left out. */
function textEnd(text: Octets, at: number): number {
  const feed = indexOrEnd(text, '\n', at)
  return feed < text.length && text.charCodeAt(feed - 1) === CR ? feed - 1 : feed
}
