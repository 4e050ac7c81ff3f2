/**
 * A parameter of RFC 2231 back to text: its sections are put in order, then read octet by octet. The input is what stands
 * behind the value of a field: `; title*0*=us-ascii'en'This%20is; title*1="it"`. The reader of parameters says where the
 * sections are.
 */
import type { MoreCharsets } from '../../bytes/charsets.ts'
import type { Octets } from '../../bytes/octets.ts'
import { mimeTokens, readParameters, type Parameter, type ParameterSegment } from '../parameters.ts'
import { silent, type Report } from '../problems.ts'
import { Reading } from './character.ts'
import { finishReading } from './decode-words.ts'
import { unescaped, unescapingPicture, valuesOf } from './escape.ts'
import type { ReasonKey } from './reasons.ts'
import { sign, unchanged, type Recorder } from './run.ts'

/** What the segment holds, without quotes. */
const contentOf = (source: Octets, { value }: ParameterSegment): Octets =>
  mimeTokens(source, value, silent)
    .map(({ text, spaced }, k) => (spaced && k > 0 ? ` ${text}` : text))
    .join('')

/** The first parameter that is written in this form, and whether sections of it are missing. */
function find(source: Octets): { parameter: Parameter | undefined; gap: boolean } {
  const gaps: Octets[] = []
  const report: Report = (key, from) => {
    if (key === 'segment-gap') gaps.push(source.slice(from).toLowerCase())
  }
  const tokens = mimeTokens(source, { from: 0, to: source.length }, silent)
  const parameter = readParameters(tokens, 0, report).find(({ segments: [first] }) =>
    first ? first.extended || first.number !== null : false,
  )
  return { parameter, gap: parameter !== undefined && gaps.some((gap) => gap.startsWith(`${parameter.name}*`)) }
}

export function decodeParameter(source: Octets, recorder: Recorder, more?: MoreCharsets): void {
  const { parameter, gap } = find(source)
  if (!parameter) {
    if (source !== '') recorder.add(0, source.length, '', 'rfc2231.read-none')
    return
  }
  const { segments } = parameter
  const charset = parameter.charset ?? 'utf-8'
  const reading = new Reading(charset, more)
  for (const [section, segment] of segments.entries()) {
    const { attribute, value } = segment
    const name = source.slice(attribute.from, value.from)
    recorder.add(attribute.from, value.from, '', beginning(segment), () => ({
      values: { section },
      before: [sign(name)],
    }))
    readSegment(source, segment, section === 0, parameter, reading, recorder)
  }
  const end = segments.at(-1)!.value.to
  finishReading(reading, charset, end, recorder)
  if (gap) recorder.add(end, end, '', 'rfc2231.read-gap', () => ({ values: { section: segments.length } }))
}

const beginning = ({ number }: ParameterSegment): ReasonKey =>
  number === null ? 'rfc2231.read-begin' : number === 0 ? 'rfc2231.read-first' : 'rfc2231.read-next'

function readSegment(
  source: Octets,
  segment: ParameterSegment,
  first: boolean,
  { charset, language }: Parameter,
  reading: Reading,
  recorder: Recorder,
): void {
  const { from, to } = segment.value
  const octets = contentOf(source, segment)
  const asWritten = octets === source.slice(from, to)
  let at = 0
  if (first && segment.extended) {
    const quote = octets.indexOf("'")
    at = octets.indexOf("'", quote + 1) + 1
    if (quote < 0 || at === 0) {
      at = 0
      recorder.add(from, from, '', 'rfc2231.read-no-charset')
    } else if (asWritten) {
      const why = language === null ? 'rfc2231.read-charset' : 'rfc2231.read-charset-language'
      const head = octets.slice(0, at)
      recorder.add(from, from + at, '', charset === null ? 'rfc2231.read-no-charset' : why, () => ({
        values: { charset: charset ?? '', language: language ?? '' },
        before: [sign(head)],
      }))
    }
  }
  if (!asWritten) {
    // Within quotes no place of an octet is sure: quoted pairs and folding are in between.
    const read = segment.extended ? octets.slice(at).replace(/%[0-9A-Fa-f]{2}/g, (all) => unescaped(all, 1)) : octets
    recorder.add(from, to, reading.push(read), 'rfc2231.read-quoted')
  } else if (segment.extended) readExtended(source.slice(0, to), from + at, reading, recorder)
  else recorder.add(from, to, reading.push(octets), 'rfc2231.read-plain')
}

function readExtended(text: Octets, from: number, reading: Reading, recorder: Recorder): void {
  for (let at = from; at < text.length;) {
    const character = text[at]!
    const octet = character === '%' ? unescaped(text, at + 1) : ''
    if (octet === '') {
      const why = character === '%' ? 'rfc2231.read-bad-escape' : 'rfc2231.read-literal'
      recorder.add(at, at + 1, reading.push(character), why, () => unchanged(character, valuesOf(character)))
      at++
      continue
    }
    const written = text.slice(at, at + 3)
    const given = reading.push(octet)
    const why = reading.waiting > 0 ? 'rfc2231.read-escaped-part' : 'rfc2231.read-escaped'
    recorder.add(at, at + 3, given, why, () => unescapingPicture(written, octet))
    at += 3
  }
}
