/**
 * Which Content-Transfer-Encoding (RFC 2045 6) for these octets on that way, and why: size, expansion, how much of it a
 * person can still read, which relays take it. The composer chooses by this, and the page shows the whole table.
 */
import { encodeBase64Lines } from '../../../bytes/base64-lines.ts'
import type { Octets } from '../../../bytes/octets.ts'
import { encodeQuotedPrintable, encodeQuotedPrintableBinary } from '../../../bytes/quoted-printable.ts'

export const encodings = ['7bit', '8bit', 'binary', 'quoted-printable', 'base64'] as const
export type Encoding = (typeof encodings)[number]

/** What the way accepts: any relay, one with 8BITMIME (RFC 6152), one with BINARYMIME and CHUNKING (RFC 3030). */
export type Way = '7bit' | '8bit' | 'binary'

/** Text has line ends, which every machine may write in its own way; binary octets must come out as they went in. */
export type ContentKind = 'text' | 'binary'

/** What stands in the way of sending the octets as they are (RFC 2045 2.7, 2.8). */
export type Obstacle = 'eight-bit' | 'long-line' | 'nul' | 'bare-cr' | 'bare-lf'

/** The key of the reason in src/texts/mime.*.ts, under `encoding.reason`. */
export type Reason = 'as-it-is' | 'mostly-ascii' | 'mostly-not-ascii' | 'long-lines' | 'line-ends' | 'binary' | 'wish'

export interface Survey {
  size: number
  eightBit: number
  /** Octets that are no characters: controls without tab, CR and LF. */
  controls: number
  nul: boolean
  bareCr: boolean
  bareLf: boolean
  /** The longest line, without its CRLF. */
  longest: number
  /** Blanks before a line end, which gateways drop, and mbox's "From ". */
  fragile: boolean
}

const CR = 13
const LF = 10
const LONGEST_LINE = 998

export function survey(octets: Octets): Survey {
  let eightBit = 0
  let controls = 0
  let nul = false
  let bareCr = false
  let bareLf = false
  let longest = 0
  let lineFrom = 0
  const size = octets.length
  for (let at = 0; at < size; at++) {
    const code = octets.charCodeAt(at)
    if (code > 126) {
      if (code > 127) eightBit++
      else controls++
    } else if (code < 32 && code !== 9) {
      if (code === CR && octets.charCodeAt(at + 1) === LF) {
        longest = Math.max(longest, at - lineFrom)
        at++
        lineFrom = at + 1
      } else if (code === CR) bareCr = true
      else if (code === LF) bareLf = true
      else {
        controls++
        if (code === 0) nul = true
      }
    }
  }
  longest = Math.max(longest, size - lineFrom)
  const fragile = / \r\n|\t\r\n|[ \t]$/.test(octets) || octets.startsWith('From ') || octets.includes('\nFrom ')
  return { size, eightBit, controls, nul, bareCr, bareLf, longest, fragile }
}

/** Why the octets cannot travel as they are with this label; nothing in the list: they can. */
function obstacles(found: Survey, encoding: Encoding): Obstacle[] {
  if (encoding !== '7bit' && encoding !== '8bit') return []
  return [
    ...(found.eightBit > 0 && encoding === '7bit' ? (['eight-bit'] as const) : []),
    ...(found.longest > LONGEST_LINE ? (['long-line'] as const) : []),
    ...(found.nul ? (['nul'] as const) : []),
    ...(found.bareCr ? (['bare-cr'] as const) : []),
    ...(found.bareLf ? (['bare-lf'] as const) : []),
  ]
}

const CARRIED: Readonly<Record<Way, readonly Encoding[]>> = {
  '7bit': ['7bit', 'quoted-printable', 'base64'],
  '8bit': ['7bit', '8bit', 'quoted-printable', 'base64'],
  binary: encodings,
}

/** Quoted-printable writes such an octet as three: above this share of them base64 is the smaller one. */
const MOST_QUOTED = 1 / 6

export interface Choice {
  encoding: Encoding
  reason: Reason
}

/** The least that the way and the content need: as it is where that goes, else what stays readable, else base64. */
export function chooseEncoding(found: Survey, kind: ContentKind, way: Way, wish?: Encoding): Choice {
  const goes = (encoding: Encoding) => CARRIED[way].includes(encoding) && obstacles(found, encoding).length === 0
  if (wish !== undefined && goes(wish)) return { encoding: wish, reason: 'wish' }
  const plain = (['7bit', '8bit'] as const).find(goes)
  if (plain && kind === 'text') return { encoding: plain, reason: 'as-it-is' }
  if (way === 'binary') return { encoding: 'binary', reason: 'as-it-is' }
  // Even where they look like lines: programs write line ends in their own way when nothing keeps them from it.
  if (kind === 'binary') return { encoding: 'base64', reason: 'binary' }
  if (found.eightBit + found.controls > found.size * MOST_QUOTED) {
    return { encoding: 'base64', reason: 'mostly-not-ascii' }
  }
  if (found.bareCr || found.bareLf) return { encoding: 'quoted-printable', reason: 'line-ends' }
  if (found.eightBit === 0 && found.longest > LONGEST_LINE)
    return { encoding: 'quoted-printable', reason: 'long-lines' }
  return { encoding: 'quoted-printable', reason: 'mostly-ascii' }
}

/** What a relay must carry, at the least, for the octets to pass as they are. */
export function needed(found: Survey): Way {
  if (obstacles(found, '8bit').length > 0) return 'binary'
  return found.eightBit > 0 ? '8bit' : '7bit'
}

export const greater = (one: Way, other: Way): Way => (WAYS.indexOf(one) > WAYS.indexOf(other) ? one : other)

const WAYS: readonly Way[] = ['7bit', '8bit', 'binary']

export function encodeBody(octets: Octets, encoding: Encoding, kind: ContentKind): Octets {
  if (encoding === 'base64') return encodeBase64Lines(octets)
  if (encoding !== 'quoted-printable') return octets
  return kind === 'text' ? encodeQuotedPrintable(octets) : encodeQuotedPrintableBinary(octets)
}

export interface EncodingRow {
  encoding: Encoding
  /** Why it cannot be; nothing: it can, if the way carries it. */
  obstacles: readonly Obstacle[]
  carried: boolean
  size: number
  /** In percent of the octets as they are, with the line ends that are added: 37 for base64. */
  expansion: number
  /** The share of the octets that stand there as they were, from 0 to 1. */
  readable: number
  /** The least that a relay must offer. */
  relays: 'any' | '8BITMIME' | 'BINARYMIME'
}

export interface EncodingTable {
  rows: readonly EncodingRow[]
  choice: Choice
}

export function weighEncodings(octets: Octets, kind: ContentKind, way: Way): EncodingTable {
  const found = survey(octets)
  const rows = encodings.map((encoding): EncodingRow => {
    const size = encodeBody(octets, encoding, kind).length
    return {
      encoding,
      obstacles: obstacles(found, encoding),
      carried: CARRIED[way].includes(encoding),
      size,
      expansion: octets.length === 0 ? 0 : ((size - octets.length) / octets.length) * 100,
      readable: readable(octets, encoding),
      relays: encoding === '8bit' ? '8BITMIME' : encoding === 'binary' ? 'BINARYMIME' : 'any',
    }
  })
  return { rows, choice: chooseEncoding(found, kind, way) }
}

/** Nobody reads base64; in quoted-printable what is not ASCII, and `=`, is hidden. */
function readable(octets: Octets, encoding: Encoding): number {
  if (encoding === 'base64') return 0
  if (encoding !== 'quoted-printable' || octets === '') return 1
  let hidden = 0
  for (let at = 0; at < octets.length; at++) {
    const code = octets.charCodeAt(at)
    if (code > 126 || code === 0x3d || (code < 32 && code !== 9 && code !== CR && code !== LF)) hidden++
  }
  return 1 - hidden / octets.length
}
