/**
 * The Received fields of a message, read from below: each host that took it has put one on top (RFC 5321 4.4). Nobody checks
 * the lower ones, and any of them can be made up; here the trace knows which hosts there were.
 */
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Text } from '../bytes/utf8.ts'
import { field, fieldValues } from '../message/fields.ts'
import { silent } from '../message/problems.ts'
import { readDate } from '../message/read-date.ts'
import type { HostName, Millis } from '../terms.ts'
import { hopKey, type Hop } from './journey.ts'

export interface ReceivedLine {
  /** What the client called itself. */
  helo: string
  /** The name that belongs to its address; '' where there is none. */
  name: string
  address: string
  by: string
  with: string
  id: string
  for: string
  /** Milliseconds since 1970 UTC, as the host's clock had it; null where it cannot be read. */
  date: Millis | null
}

/** `differs` is a lie or a mistake, `unknown` is not known to be true, `literal` is an address and claims no name. */
export type Claim = 'same' | 'differs' | 'unknown' | 'literal' | 'none'

export interface ReceivedLink extends ReceivedLine {
  claim: Claim
  /** The hop at which it was written; null where no host on the way has written it. */
  hop: Hop | null
  /** How far the clock of that host is ahead. */
  skew: Millis
  /** Since the line below, or the Date field, by what is written there; null where one of both says nothing. */
  delay: Millis | null
}

/** A field longer than this is read no further. */
const MOST = 2000
/** More hops than any host lets through. */
const MOST_LINES = 100

export function readReceived(value: Octets): ReceivedLine {
  const text = value.slice(0, MOST)
  const end = text.lastIndexOf(';')
  const hop = end < 0 ? text : text.slice(0, end)
  const comment = /^from\s+\S+\s+\(([^()]*)\)/i.exec(hop)?.[1] ?? ''
  const name = /^[^\s[]+/.exec(comment)?.[0] ?? ''
  const rest = hop.replace(/\([^()]*\)/g, ' ')
  const word = (key: string) => readable(new RegExp(`(?:^|\\s)${key}\\s+(\\S+)`, 'i').exec(rest)?.[1] ?? '')
  const date = end < 0 ? null : readDate(text, { from: end + 1, to: text.length }, silent)
  return {
    helo: word('from'),
    name: /^unknown$/i.test(name) ? '' : readable(name),
    address: readable(/\[([^\][]*)\]/.exec(comment)?.[1] ?? ''),
    by: word('by'),
    with: word('with'),
    id: word('id'),
    for: word('for').replace(/^<(.*)>$/, '$1'),
    date: date?.epochMillis ?? null,
  }
}

/** What a client calls itself, against the name that is known. */
export function claimOf(helo: string, name: string): Claim {
  if (helo === '') return 'none'
  if (helo.startsWith('[')) return 'literal'
  if (name === '') return 'unknown'
  return helo.toLowerCase() === name.toLowerCase() ? 'same' : 'differs'
}

/** From below. `hops` are those of the trace, by host and queue id; `skewOf` says how far a host's clock is ahead. */
export function receivedChain(
  content: Octets,
  hops: ReadonlyMap<string, Hop>,
  skewOf: (host: HostName) => Millis,
): ReceivedLink[] {
  let before = dateOf(content)
  return fieldValues(content, 'Received')
    .slice(0, MOST_LINES)
    .reverse()
    .map((value) => {
      const line = readReceived(value)
      const hop = hops.get(hopKey(line.by, line.id)) ?? null
      const delay = line.date === null || before === null ? null : line.date - before
      before = line.date ?? before
      return { ...line, claim: claimOf(line.helo, line.name), hop, skew: hop === null ? 0 : skewOf(hop.host), delay }
    })
}

/** The Date field: when the writer says it was written. */
export function dateOf(content: Octets): Millis | null {
  const value = field(content, 'Date')
  return value === null ? null : (readDate(value, { from: 0, to: value.length }, silent)?.epochMillis ?? null)
}

const readable = (octets: Octets) => harmless(utf8Text(octets))
