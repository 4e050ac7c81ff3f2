/**
 * What can be wrong with a message, and which section of which RFC says so. Broken input still yields a tree: a reader
 * takes what it can and reports the rest. `src/texts/message.*.ts` has the words, under `problem.KEY`.
 */
import type { Place } from './place.ts'

export const problems = {
  /** A line in the header that is neither a field nor the continuation of one. */
  'no-colon': { rfc: 5322, section: '2.2' },
  'blank-before-colon': { rfc: 5322, section: '4.5' },
  'bare-cr': { rfc: 5322, section: '2.3' },
  'bare-lf': { rfc: 5322, section: '2.3' },
  nul: { rfc: 5322, section: '4' },
  'control-character': { rfc: 5322, section: '2.2' },
  'not-utf8': { rfc: 6532, section: '3.2' },
  'line-too-long': { rfc: 5322, section: '2.1.1' },
  'blank-line-in-field': { rfc: 5322, section: '4.2' },
  'field-twice': { rfc: 5322, section: '3.6' },
  'date-missing': { rfc: 5322, section: '3.6' },
  'from-missing': { rfc: 5322, section: '3.6' },
  'encapsulated-header': { rfc: 2046, section: '5.2.1' },
  'quote-unclosed': { rfc: 5322, section: '3.2.4' },
  'comment-unclosed': { rfc: 5322, section: '3.2.2' },
  'literal-unclosed': { rfc: 5322, section: '3.4.1' },
  'stray-special': { rfc: 5322, section: '3.2.3' },
  'bracket-unclosed': { rfc: 5322, section: '3.4' },
  'brackets-missing': { rfc: 5322, section: '3.4' },
  'list-empty-member': { rfc: 5322, section: '4.4' },
  'comma-missing': { rfc: 5322, section: '3.4' },
  'semicolon-as-comma': { rfc: 5322, section: '3.4' },
  'route-obsolete': { rfc: 5322, section: '4.4' },
  'route-malformed': { rfc: 5322, section: '4.4' },
  'dot-in-phrase': { rfc: 5322, section: '4.1' },
  'blank-in-address': { rfc: 5322, section: '4.4' },
  'dots-misplaced': { rfc: 5322, section: '3.2.3' },
  'local-missing': { rfc: 5322, section: '3.4.1' },
  'domain-missing': { rfc: 5322, section: '3.4.1' },
  'local-too-long': { rfc: 5321, section: '4.5.3.1.1' },
  'domain-too-long': { rfc: 5321, section: '4.5.3.1.2' },
  'literal-brackets-missing': { rfc: 5321, section: '4.1.3' },
  'group-nested': { rfc: 5322, section: '3.4' },
  'group-unclosed': { rfc: 5322, section: '3.4' },
  'addresses-too-many': { rfc: 5322, section: '3.4' },
  'date-unreadable': { rfc: 5322, section: '3.3' },
  'date-impossible': { rfc: 5322, section: '3.3' },
  'date-weekday': { rfc: 5322, section: '3.3' },
  'date-short-year': { rfc: 5322, section: '4.3' },
  'date-zone-name': { rfc: 5322, section: '4.3' },
  'date-zone-malformed': { rfc: 5322, section: '3.3' },
  'date-zone-missing': { rfc: 5322, section: '3.3' },
  'date-order': { rfc: 5322, section: '3.3' },
  'date-extra': { rfc: 5322, section: '3.3' },
  'id-brackets-missing': { rfc: 5322, section: '3.6.4' },
  'id-unclosed': { rfc: 5322, section: '3.6.4' },
  'id-blank': { rfc: 5322, section: '4.5.4' },
  'id-no-at': { rfc: 5322, section: '3.6.4' },
  'id-phrase': { rfc: 5322, section: '4.5.4' },
  'ids-too-many': { rfc: 5322, section: '3.6.4' },
  'word-too-long': { rfc: 2047, section: '2' },
  'word-blank-inside': { rfc: 2047, section: '2' },
  'word-charset-unknown': { rfc: 2047, section: '2' },
  'word-encoding-unknown': { rfc: 2047, section: '4' },
  'word-base64': { rfc: 2047, section: '4.1' },
  'word-quoted-printable': { rfc: 2047, section: '4.2' },
  'word-touches': { rfc: 2047, section: '5' },
  'word-in-quotes': { rfc: 2047, section: '5' },
  'word-in-parameter': { rfc: 2047, section: '5' },
  'word-splits-character': { rfc: 2047, section: '5' },
  'type-missing': { rfc: 2045, section: '5.1' },
  'subtype-missing': { rfc: 2045, section: '5.1' },
  'parameter-malformed': { rfc: 2045, section: '5.1' },
  'parameter-unquoted': { rfc: 2045, section: '5.1' },
  'parameter-twice': { rfc: 2045, section: '5.1' },
  'parameters-too-many': { rfc: 2045, section: '5.1' },
  'semicolon-missing': { rfc: 2045, section: '5.1' },
  'semicolon-extra': { rfc: 2045, section: '5.1' },
  'value-extra': { rfc: 2045, section: '5.1' },
  'segment-gap': { rfc: 2231, section: '3' },
  'segment-malformed': { rfc: 2231, section: '3' },
  'extended-malformed': { rfc: 2231, section: '4' },
  'parameter-two-forms': { rfc: 2231, section: '4' },
  'disposition-missing': { rfc: 2183, section: '2' },
  'disposition-unknown': { rfc: 2183, section: '2.8' },
  'encoding-missing': { rfc: 2045, section: '6.1' },
  'encoding-unknown': { rfc: 2045, section: '6.4' },
  'mime-version': { rfc: 2045, section: '4' },
  'boundary-missing': { rfc: 2046, section: '5.1.1' },
  'boundary-too-long': { rfc: 2046, section: '5.1.1' },
  'boundary-character': { rfc: 2046, section: '5.1.1' },
  'boundary-blank': { rfc: 2046, section: '5.1.1' },
  'no-parts': { rfc: 2046, section: '5.1.1' },
  'no-closing-delimiter': { rfc: 2046, section: '5.1.1' },
  'too-deep': { rfc: 2046, section: '5.1' },
  'too-many-parts': { rfc: 2046, section: '5.1' },
  'encoded-composite': { rfc: 2045, section: '6.4' },
  'encoding-understated': { rfc: 2045, section: '6.4' },
  'eight-bit-body': { rfc: 2045, section: '6.2' },
  'text-not-ascii': { rfc: 2046, section: '4.1.2' },
  'text-not-utf8': { rfc: 2046, section: '4.1.2' },
  'charset-unknown': { rfc: 2046, section: '4.1.2' },
  'base64-foreign': { rfc: 2045, section: '6.8' },
  'base64-long-line': { rfc: 2045, section: '6.8' },
  'base64-cut': { rfc: 2045, section: '6.8' },
  'base64-after-padding': { rfc: 2045, section: '6.8' },
  'base64-stray-bits': { rfc: 2045, section: '6.8' },
  'quoted-printable-bad-escape': { rfc: 2045, section: '6.7' },
  'quoted-printable-lower-case': { rfc: 2045, section: '6.7' },
  'quoted-printable-long-line': { rfc: 2045, section: '6.7' },
  'quoted-printable-trailing-blank': { rfc: 2045, section: '6.7' },
  'quoted-printable-not-ascii': { rfc: 2045, section: '6.7' },
  'quoted-printable-control': { rfc: 2045, section: '6.7' },
  'mime-version-missing': { rfc: 2045, section: '4' },
  'protocol-missing': { rfc: 1847, section: '2' },
  'micalg-missing': { rfc: 1847, section: '2.1' },
  'related-type-missing': { rfc: 2387, section: '3.1' },
  'report-type-missing': { rfc: 6522, section: '3' },
  'access-type-missing': { rfc: 2046, section: '5.2.3' },
  'partial-number-missing': { rfc: 2046, section: '5.2.2.1' },
  'partial-id-missing': { rfc: 2046, section: '5.2.2.1' },
} as const satisfies Record<string, { rfc: number; section: string }>

export type ProblemKey = keyof typeof problems

export interface Problem extends Place {
  readonly key: ProblemKey
}

/** Readers take one of these; `silent` where nobody wants to hear. */
export type Report = (key: ProblemKey, from: number, to: number) => void

export const silent: Report = () => {}

/** A message that is nothing but mistakes must not fill the memory with them. */
const MOST = 500

/** Keeps what is reported, up to a limit. */
export function collector(): { report: Report; found: Problem[] } {
  const found: Problem[] = []
  const report: Report = (key, from, to) => {
    if (found.length < MOST) found.push({ key, from, to })
  }
  return { report, found }
}
