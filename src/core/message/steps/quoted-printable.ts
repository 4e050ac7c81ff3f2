/**
 * Quoted-printable (RFC 2045 6.7) octet by octet, with the rule that decides: 1 an octet as =XX, 2 literal, 3 white space,
 * 4 line ends, 5 soft line breaks.
 */
import type { Octets } from '../../bytes/octets.ts'
import { escaped, escapingPicture, unescaped, unescapingPicture, valuesOf } from './escape.ts'
import type { ReasonKey } from './reasons.ts'
import { sign, unchanged, type Recorder } from './run.ts'

/** Rule 5: no line is longer, the `=` of a soft line break counted. */
const LINE = 76
const SOFT = '=\r\n'

const isBlank = (octet: Octets): boolean => octet === ' ' || octet === '\t'

/** At `at`, where a line ends or the text does. */
const lineEnds = (text: Octets, at: number): boolean => at === text.length || text.startsWith('\r\n', at)

function encodingReason(octet: Octets, last: boolean): ReasonKey {
  if (isBlank(octet)) return last ? 'qp.blank-last' : 'qp.blank'
  if (octet === '=') return 'qp.equals'
  if (octet > ' ' && octet <= '~') return 'qp.literal'
  if (octet === '\r' || octet === '\n') return 'qp.bare'
  return octet < '\x80' ? 'qp.control' : 'qp.eight-bit'
}

const LITERALS: ReadonlySet<ReasonKey> = new Set(['qp.blank', 'qp.literal'])

export function encodeQuotedPrintable(input: Octets, recorder: Recorder): void {
  let column = 0
  for (let at = 0; at < input.length;) {
    if (input.startsWith('\r\n', at)) {
      recorder.add(at, at + 2, '\r\n', 'qp.line-end', () => unchanged('\r\n'))
      at += 2
      column = 0
      continue
    }
    const octet = input[at]!
    const last = lineEnds(input, at + 1)
    const why = encodingReason(octet, last)
    const literal = LITERALS.has(why)
    const written = literal ? octet : escaped(octet, '=')
    if (column + written.length > (last ? LINE : LINE - 1)) {
      recorder.add(at, at, SOFT, 'qp.soft-break', () => ({ values: { column }, after: [sign('=')] }))
      column = 0
    }
    recorder.add(at, at + 1, written, why, () =>
      literal ? unchanged(octet, valuesOf(octet)) : escapingPicture(octet, written),
    )
    column += written.length
    at++
  }
}

const LINE_END = /\r?\n/y
/** What a soft break is at its widest: blanks may have come behind it on the way, and the line end may have gone. */
const SOFT_BREAK = /=[ \t]*(?:\r?\n|$)/y
const BLANKS = /[ \t]+/y

const matchAt = (pattern: RegExp, text: string, at: number): string => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

export function decodeQuotedPrintable(text: Octets, recorder: Recorder): void {
  let at = 0
  const add = (taken: string, give: Octets, why: ReasonKey) => {
    recorder.add(at, at + taken.length, give, why, () => (give === '' ? {} : unchanged(give, valuesOf(give))))
    at += taken.length
  }
  while (at < text.length) {
    const octet = text[at]!
    if (octet === '=') {
      const given = unescaped(text, at + 1)
      if (given === '') {
        const soft = matchAt(SOFT_BREAK, text, at)
        if (soft === '') add('=', '=', 'qp.read-bad-escape')
        else add(soft, '', /[\r\n]/.test(soft) ? 'qp.read-soft-break' : 'qp.read-cut')
        continue
      }
      const written = text.slice(at, at + 3)
      const why = written === written.toUpperCase() ? 'qp.read-escaped' : 'qp.read-lower-case'
      recorder.add(at, at + 3, given, why, () => unescapingPicture(written, given))
      at += 3
    } else if (isBlank(octet)) {
      const blanks = matchAt(BLANKS, text, at)
      const end = at + blanks.length
      if (end === text.length || matchAt(LINE_END, text, end) !== '') add(blanks, '', 'qp.read-blank-last')
      else for (const blank of blanks) add(blank, blank, 'qp.read-blank')
    } else {
      const lineEnd = matchAt(LINE_END, text, at)
      if (lineEnd !== '') add(lineEnd, lineEnd, lineEnd === '\n' ? 'qp.read-line-feed' : 'qp.read-line-end')
      else add(octet, octet, readingReason(octet))
    }
  }
}

const readingReason = (octet: Octets): ReasonKey =>
  octet > '\x7f' ? 'qp.read-eight-bit' : octet < ' ' || octet > '~' ? 'qp.read-control' : 'qp.read-literal'
