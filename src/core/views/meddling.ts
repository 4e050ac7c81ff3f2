/**
 * A message as others hand it on: what relays, gateways and mailboxes do to octets that are none of their business, each
 * as a function from source to source, with the section that allows it, forbids it, or warns of it.
 */
import type { Octets } from '../bytes/octets.ts'
import { sevenBit } from '../message/mime/build/seven-bit.ts'
import { parseMessage } from '../message/mime/parse.ts'
import { allParts, isMessage } from '../message/mime/part.ts'
import { isEightBit, sevenBits, withLines } from '../mta/touch.ts'
import { stuffed } from '../pop3/wire.ts'

interface Meddler {
  readonly rfc: number
  readonly section: string
  /** Null: it does not take the message at all. */
  readonly apply: (source: Octets) => Octets | null
}

/** RFC 5321 4.5.3.1.6: a thousand octets in a line, its CRLF counted. */
const LONGEST = 998

export const meddlers = {
  /** An octet has seven bits there. */
  strip: { rfc: 2049, section: '3', apply: sevenBits },
  refuse: { rfc: 6152, section: '3', apply: (source) => (isEightBit(source) ? null : source) },
  convert: { rfc: 6152, section: '3', apply: sevenBit },
  'long-lines': {
    rfc: 5321,
    section: '4.5.3.1.6',
    apply: (source) => source.replace(new RegExp(`[^\\r\\n]{${LONGEST}}(?=[^\\r\\n])`, 'g'), '$&\r\n'),
  },
  blanks: { rfc: 2049, section: '3', apply: (source) => source.replace(/(?<![ \t])[ \t]+(?=\r?\n|$)/g, '') },
  tabs: { rfc: 2049, section: '3', apply: (source) => source.replaceAll('\t', '    ') },
  lf: { rfc: 5321, section: '2.3.8', apply: (source) => source.replaceAll('\r\n', '\n') },
  cr: { rfc: 5321, section: '2.3.8', apply: (source) => source.replaceAll('\r\n', '\r') },
  mbox: { rfc: 4155, section: 'A', apply: (source) => source.replace(/(^|\n)(>*From )/g, '$1>$2') },
  dots: { rfc: 5321, section: '4.5.2', apply: (source) => `${stuffed(source)}.\r\n` },
  header: { rfc: 1847, section: '2.1', apply: rewritten },
  footer: {
    rfc: 1847,
    section: '2.1',
    apply: (source) => withLines(source, '-- \r\nA footer of the mailing list\r\n'),
  },
} as const satisfies Record<string, Meddler>

export type MeddlerId = keyof typeof meddlers
export const meddlerIds = Object.keys(meddlers) as MeddlerId[]

/**
 * The Content-Type fields of parts, unfolded and with their parameters in quotes: nothing that a reader of MIME would
 * mind, but other octets than those that were signed. The header of the message itself is under no signature.
 */
function rewritten(source: Octets): Octets {
  let text = ''
  let at = 0
  for (const part of allParts(parseMessage(source).root)) {
    const field = part.parent !== null && !isMessage(part.parent) ? part.field('content-type') : null
    if (!field || field.from < at) continue
    const value = source
      .slice(field.value.from, field.value.to)
      .replace(/\s*\r?\n[ \t]+/g, ' ')
      .replace(/=([^\s";]+)/g, '="$1"')
    text += `${source.slice(at, field.value.from)}${value}`
    at = field.value.to
  }
  return text + source.slice(at)
}
