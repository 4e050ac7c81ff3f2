/**
 * What a relay does to the octets of a body that is sent as it is: 7bit, 8bit and binary are no encodings, they only say
 * what kind of octets are there (RFC 2045 6.2). A relay of seven bits has nowhere to put the eighth.
 */
import type { Octets } from '../../bytes/octets.ts'
import { valuesOf } from './escape.ts'
import { bitsOf, hexOf, octetCells, unchanged, visible, type Picture, type Recorder } from './run.ts'

/** RFC 2045 2.7 and 2.8: so many octets in a line, its CRLF not counted. */
const LINE = 998

export function relay7bit(input: Octets, recorder: Recorder): void {
  for (let at = 0; at < input.length; at++) {
    const octet = input[at]!
    const given = String.fromCharCode(octet.charCodeAt(0) & 0x7f)
    recorder.add(at, at + 1, given, octet === given ? '7bit.same' : '7bit.stripped', () => stripping(octet, given))
  }
}

function stripping(octet: Octets, given: Octets): Picture {
  const [cell] = octetCells(given)
  return {
    values: { ...valuesOf(octet), given: hexOf(given.charCodeAt(0)), becomes: visible(given) },
    bits: bitsOf(octet.charCodeAt(0), 8),
    before: octetCells(octet),
    after: [{ ...cell!, from: 1, mark: '0' }],
  }
}

/** Line by line: within a line every octet may be there but NUL, and CR and LF go together only. */
export function relay8bit(input: Octets, recorder: Recorder): void {
  for (let at = 0; at < input.length;) {
    const lineEnd = input.indexOf('\r\n', at)
    const end = lineEnd < 0 ? input.length : lineEnd
    const next = lineEnd < 0 ? end : end + 2
    const line = input.slice(at, end)
    const why = line.includes('\0')
      ? '8bit.nul'
      : /[\r\n]/.test(line)
        ? '8bit.bare'
        : line.length > LINE
          ? '8bit.long-line'
          : '8bit.line'
    recorder.add(at, next, input.slice(at, next), why, () => ({ values: { octets: line.length } }))
    at = next
  }
}

/** Octet by octet it would be the same news each time. */
export function relayBinary(input: Octets, recorder: Recorder): void {
  const CHUNK = 3
  for (let at = 0; at < input.length; at += CHUNK) {
    const octets = input.slice(at, at + CHUNK)
    recorder.add(at, at + octets.length, octets, 'binary.same', () => unchanged(octets))
  }
}
