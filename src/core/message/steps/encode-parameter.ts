/**
 * A parameter beyond ASCII (RFC 2231): charset'language'value, each octet that may not stand there as % and two digits; in
 * numbered sections where a line would grow too long.
 */
import type { Octets } from '../../bytes/octets.ts'
import { characterAt } from './character.ts'
import { escaped, escapingPicture, valuesOf } from './escape.ts'
import { sign, unchanged, type Recorder } from './run.ts'

/** With the blank in front and the `;` behind, a line of 78. */
const LONGEST = 76

/** attribute-char (RFC 2231 7): a token without `*`, `'` and `%`. */
const LITERAL = /[!#$&+.^_`{|}~0-9A-Za-z-]/

const percent = (octet: Octets): string => (LITERAL.test(octet) ? octet : escaped(octet, '%'))

export interface ParameterForm {
  readonly attribute: string
  readonly charset: string
  readonly language: string
}

/** Each character's width as it will be written. */
function widths(input: Octets, charset: string): number[] {
  const found: number[] = []
  for (let at = 0; at < input.length;) {
    const end = at + characterAt(input, at, charset).length
    let width = 0
    for (; at < end; at++) width += percent(input[at]!).length
    found.push(width)
  }
  return found
}

export function encodeParameter(input: Octets, form: ParameterForm, recorder: Recorder): void {
  const { attribute, charset, language } = form
  const head = `${charset}'${language}'`
  const characters = widths(input, charset)
  const whole = `${attribute}*=${head}`.length + characters.reduce((sum, width) => sum + width, 0) <= LONGEST
  let section = 0
  const start = () => (whole ? `${attribute}*=` : `${attribute}*${section}*=`)
  recorder.add(0, 0, start(), whole ? 'rfc2231.begin' : 'rfc2231.begin-first', () => ({ after: [sign(start())] }))
  recorder.add(0, 0, head, language === '' ? 'rfc2231.charset' : 'rfc2231.charset-language', () => ({
    values: { charset, language },
    after: [sign(head)],
  }))
  let column = start().length + head.length
  let empty = false
  let at = 0
  for (const width of characters) {
    if (!whole && column + width > LONGEST && !empty) {
      recorder.add(at, at, ';\r\n ', 'rfc2231.fold')
      section++
      recorder.add(at, at, start(), 'rfc2231.next', () => ({ values: { section }, after: [sign(start())] }))
      column = start().length
      empty = true
    }
    const end = at + characterAt(input, at, charset).length
    for (; at < end; at++) addOctet(input[at]!, at, recorder)
    column += width
    empty = false
  }
}

function addOctet(octet: Octets, at: number, recorder: Recorder): void {
  const written = percent(octet)
  if (written === octet) {
    recorder.add(at, at + 1, octet, 'rfc2231.literal', () => unchanged(octet, valuesOf(octet)))
  } else recorder.add(at, at + 1, written, 'rfc2231.escaped', () => escapingPicture(octet, written))
}
