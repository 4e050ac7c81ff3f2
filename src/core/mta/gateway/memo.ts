/**
 * A memo: an interpersonal message as X.400 has it (X.420), written so that a student can read it. The heading is fields
 * with X.420's names; behind it stand the body parts, each of which says how many lines it has. Nothing has to be searched
 * for and nothing quoted, as in the ASN.1 of the real thing, where every value says its length.
 *
 *     This-IPM: 4f2.1(a)mx1.rennes.example*
 *     Originator: /DD.RFC-822=alice(a)rennes.example/O=x400/PRMD=facteur/ADMD= /C=FR/ (Alice Martin)
 *     Primary-Recipient: /S=hugo/O=x400/PRMD=facteur/ADMD= /C=FR/
 *     Subject: Bonjour
 *     Body-Parts: 1
 *
 *     Body-Part: ia5-text
 *     Lines: 1
 *
 *     Bonjour, Hugo.
 */
import type { Octets } from '../../bytes/octets.ts'
import { headerField } from '../../message/build.ts'
import { bodyAt, field, headerFields } from '../../message/fields.ts'

export interface Memo {
  heading: readonly Line[]
  parts: readonly BodyPart[]
}

export type Line = readonly [name: string, value: Octets]

/** Text of ISO 646 (ASCII); of another repertoire, here ISO-IR 196, which is UTF-8; a file; a memo within. */
export type PartKind = 'ia5-text' | 'general-text' | 'file-transfer' | 'forwarded-message'

export interface BodyPart {
  kind: PartKind
  /** Of a file: its `Pathname` and its type. */
  about: readonly Line[]
  /** Whole lines, each with its CRLF. */
  lines: Octets
}

const KINDS: readonly string[] = ['ia5-text', 'general-text', 'file-transfer', 'forwarded-message'] satisfies PartKind[]
/** What SMTP carries in a line, its CRLF not counted (RFC 5321 4.5.3.1.6). */
export const LONGEST = 998
/** More parts than anybody writes. */
const MOST_PARTS = 200

export const isMemo = (content: Octets): boolean =>
  field(content, 'This-IPM') !== null && field(content, 'Body-Parts') !== null

export function writeMemo({ heading, parts }: Memo): Octets {
  const lines: Octets[] = []
  for (const [name, value] of [...heading, ['Body-Parts', String(parts.length)] as const])
    lines.push(written(name, value))
  for (const { kind, about, lines: text } of parts) {
    lines.push('\r\n', written('Body-Part', kind))
    for (const [name, value] of about) lines.push(written(name, value))
    lines.push(written('Lines', String(countLines(text))), '\r\n', text)
  }
  return lines.join('')
}

/** `header` and `body` of what came in. A part that is cut off ends where the memo does; what follows the last is no part of it. */
export function readMemo(header: Octets, body: Octets): Memo {
  const heading = headerFields(header).map(({ name, value }): Line => [name, value])
  const count = Number(heading.find(([name]) => name.toLowerCase() === 'body-parts')?.[1] ?? 0)
  const parts: BodyPart[] = []
  let rest = body
  while (parts.length < Math.min(count, MOST_PARTS) && rest !== '') {
    rest = rest.replace(/^(?:\r\n)+/, '')
    const at = bodyAt(rest)
    const about = headerFields(rest).map(({ name, value }): Line => [name, value])
    if (about.length === 0) break
    const word = (wanted: string) => about.find(([name]) => name.toLowerCase() === wanted)?.[1]
    const kind = word('body-part')?.toLowerCase() ?? ''
    const end = afterLines(rest, at, Number(word('lines') ?? 0))
    parts.push({
      kind: KINDS.includes(kind) ? (kind as PartKind) : 'file-transfer',
      about: about.filter(([name]) => !/^(?:body-part|lines)$/i.test(name)),
      lines: rest.slice(at, end),
    })
    rest = rest.slice(end)
  }
  return { heading, parts }
}

/** On one line, for no screen limits a memo; SMTP does, and what does not fit is folded. */
function written(name: string, value: Octets): Octets {
  const line = value === '' ? `${name}:` : `${name}: ${value.replace(/[\r\n]+/g, ' ')}`
  return line.length > LONGEST ? headerField(name, value) : `${line}\r\n`
}

const countLines = (text: Octets) => text.split('\r\n').length - 1

function afterLines(text: Octets, from: number, count: number): number {
  let at = from
  for (let left = count; left > 0; left--) {
    const end = text.indexOf('\r\n', at)
    if (end < 0) return text.length
    at = end + 2
  }
  return at
}
