/** The envelope of a message against what its letter says: SMTP goes by the one, people read the other. */
import { harmless, utf8Text } from '../bytes/utf8.ts'
import type { Octets } from '../bytes/octets.ts'
import { bodyAt } from '../message/fields.ts'
import { parseMessage } from '../message/mime/parse.ts'
import { headingOf, type Heading } from './heading.ts'
import type { Hop } from './journey.ts'

export interface LetterHead {
  subject: string
  from: readonly string[]
  to: readonly string[]
}

/** `null` is a report, `list` a list that has put its owner there; `absent` a letter that names nobody; `differs` may be a forgery. */
export interface Comparison {
  from: 'same' | 'null' | 'list' | 'absent' | 'differs'
  /** Recipients that the letter does not name: of a Bcc, a list, an alias. */
  unnamed: readonly string[]
}

export interface Envelope {
  from: string
  to: readonly string[]
}

/** Only its header is read. */
export function letterHead(content: Octets): LetterHead {
  const heading = headingOf(parseMessage(content.slice(0, bodyAt(content))).root)
  return {
    subject: harmless(heading.subject),
    from: [...addresses(heading, 'from'), ...addresses(heading, 'sender')],
    to: [...addresses(heading, 'to'), ...addresses(heading, 'cc'), ...addresses(heading, 'bcc')],
  }
}

const addresses = ({ people }: Heading, field: string) =>
  (people.find((each) => each.field === field)?.addresses ?? []).flatMap(({ address }) =>
    address ? [harmless(address)] : [],
  )

export const envelopeOf = ({ from, to }: Hop): Envelope => ({ from: readable(from), to: to.map(readable) })

export function compared(hop: Hop, head: LetterHead): Comparison {
  const { from, to } = envelopeOf(hop)
  const named = new Set(head.to.map(plain))
  return {
    from: senders(hop, from, head),
    unnamed: to.filter((address) => !named.has(plain(address))),
  }
}

function senders(hop: Hop, from: string, head: LetterHead): Comparison['from'] {
  if (from === '') return 'null'
  if (head.from.length === 0) return 'absent'
  if (head.from.map(plain).includes(plain(from))) return 'same'
  return isListed(hop) ? 'list' : 'differs'
}

/** It has been through a list. */
function isListed(hop: Hop): boolean {
  for (let at: Hop | null = hop; at !== null; at = at.parent) if (at.how === 'list') return true
  return false
}

/** Without a source route. Only domains may be compared without regard to case, but hardly any host has two boxes apart by it. */
const plain = (address: string) => address.replace(/^@[^:]*:/, '').toLowerCase()

const readable = (octets: string) => harmless(utf8Text(octets))
