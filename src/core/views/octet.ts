/**
 * What one octet of a message is, said of the octet under the cursor: a colon, a fold, a dash of a delimiter, the third
 * character of a group of base64, the middle of a character in UTF-8. A key of the texts, and what fills it in.
 */
import { BITS } from '../bytes/base64.ts'
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Text } from '../bytes/utf8.ts'
import { isMultipart } from '../message/mime/part.ts'
import { hexOf, visible } from '../message/steps/run.ts'
import type { Region, RegionKind } from './source.ts'

export interface OctetWords {
  readonly key: string
  readonly values: Readonly<Record<string, string | number>>
}

const say = (key: string, values: OctetWords['values'] = {}): OctetWords => ({ key: `octet.${key}`, values })

/** `region` is the innermost that it lies in. */
export function octetWords(source: Octets, at: number, region: Region): OctetWords {
  const octet = source[at]!
  if (octet === '\r' && source[at + 1] === '\n') return lineEnd(source, at, region)
  if (octet === '\n') return source[at - 1] === '\r' ? lineEnd(source, at - 1, region) : say('bare-lf')
  if (octet === '\r') return say('bare-cr')
  if (region.kind === 'body') return inBody(source, at, region)
  const special = ofDelimiter(source, at, region) ?? ofHeader(source, at, region)
  return special ?? ofCharacter(source, at)
}

const HEADER: ReadonlySet<RegionKind> = new Set<RegionKind>([
  'field',
  'field-name',
  'parameter',
  'value',
  'mailbox',
  'group',
])

function lineEnd(source: Octets, at: number, { kind, part }: Region): OctetWords {
  const next = source[at + 2]
  if (kind === 'empty-line') return say('empty-line')
  if ((kind === 'delimiter' || kind === 'closing-delimiter') && source.startsWith('--', at + 2))
    return say('own-line-end')
  if (kind === 'body') {
    if (part.encoding === 'quoted-printable' && source[at - 1] === '=') return say('soft-break')
    return say(part.encoding === 'base64' ? 'base64-line-end' : 'line-end')
  }
  return at < part.header.to && (next === ' ' || next === '\t') ? say('fold') : say('line-end')
}

function ofDelimiter(source: Octets, at: number, { kind, part, from }: Region): OctetWords | null {
  if (kind !== 'delimiter' && kind !== 'closing-delimiter') return null
  const boundary = part.multipart?.boundary ?? ''
  const dashes = source.indexOf('--', from)
  if (at < dashes + 2) return say('dashes')
  if (at < dashes + 2 + boundary.length) return say('boundary', { at: at - dashes - 1, length: boundary.length })
  return kind === 'closing-delimiter' && source[at] === '-' ? say('closing-dashes') : say('padding')
}

function ofHeader(source: Octets, at: number, { kind }: Region): OctetWords | null {
  const octet = source[at]!
  if (kind === 'field-name') return octet === ':' ? say('colon') : null
  if (!HEADER.has(kind) || kind === 'value') return null
  if (octet === ' ' || octet === '\t') return say(source[at - 1] === '\n' ? 'folded-blank' : 'blank')
  const signs: Record<string, string> = {
    ';': 'semicolon',
    '=': 'equals',
    ',': 'comma',
    '<': 'bracket',
    '>': 'bracket',
  }
  if (octet === '@' && kind === 'mailbox') return say('at')
  const sign = signs[octet]
  return sign === undefined ? null : say(sign)
}

function inBody(source: Octets, at: number, { part, from }: Region): OctetWords {
  if (isMultipart(part)) return ofCharacter(source, at)
  if (part.encoding === 'base64') return inBase64(source, at, from)
  if (part.encoding === 'quoted-printable') return inQuotedPrintable(source, at, from)
  return ofCharacter(source, at)
}

/** Four characters of base64 are three octets (RFC 2045 6.8); what stands between them does not count. */
function inBase64(source: Octets, at: number, from: number): OctetWords {
  const octet = source[at]!
  const value = BITS[octet.charCodeAt(0)]!
  if (octet !== '=' && value < 0) return say('base64-foreign', { sign: shown(octet) })
  const before = source.slice(from, at).replace(/[^A-Za-z0-9+/=]/g, '').length
  const group = Math.floor(before / 4) + 1
  const place = (before % 4) + 1
  if (octet === '=') return say('base64-padding', { group, place })
  const bits = value.toString(2).padStart(6, '0')
  return say('base64', { sign: octet, value, bits, group, place })
}

function inQuotedPrintable(source: Octets, at: number, from: number): OctetWords {
  if (source[at] === '=' && /^=[ \t]*(?:\r?\n|$)/.test(source.slice(at, at + 80))) return say('soft-break')
  for (let begin = Math.max(from, at - 2); begin <= at; begin++) {
    const found = /^=([0-9A-Fa-f]{2})/.exec(source.slice(begin, begin + 3))
    if (!found) continue
    const code = Number.parseInt(found[1]!, 16)
    return say('quoted', {
      written: found[0],
      octet: hexOf(code),
      place: at - begin + 1,
      sign: shown(String.fromCharCode(code)),
    })
  }
  return source[at] === '=' ? say('quoted-bad') : ofCharacter(source, at)
}

const shown = (octet: Octets): string =>
  octet < '\x80' ? visible(octet) : '\u2039' + hexOf(octet.charCodeAt(0)) + '\u203a'

/** ASCII, one octet of a character in UTF-8, or neither. */
function ofCharacter(source: Octets, at: number): OctetWords {
  const octet = source[at]!
  const code = octet.charCodeAt(0)
  if (code < 0x80) {
    const kind = code < 0x20 || code === 0x7f ? 'control' : code === 0x20 ? 'space' : 'ascii'
    return say(kind, { sign: visible(octet), octet: hexOf(code), code })
  }
  let begin = at
  while (begin > at - 3 && begin > 0 && (source.charCodeAt(begin) & 0xc0) === 0x80) begin--
  const lead = source.charCodeAt(begin)
  const length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  const text = utf8Text(source.slice(begin, begin + length))
  if (length === 1 || begin + length <= at || text.includes('\ufffd')) return say('eight', { octet: hexOf(code) })
  return say('utf8', {
    octet: hexOf(code),
    sign: harmless(text),
    place: at - begin + 1,
    length,
    code: hexOf(text.codePointAt(0)!, 4),
  })
}
