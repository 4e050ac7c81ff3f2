/**
 * What a server can say to a client, as plain data (RFC 3501 7, RFC 9051 7, and the extensions that this client knows). The
 * reader of responses makes it; nothing here is shared with the server's side but the words of the RFCs.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Envelope } from '../../message/mime/envelope.ts'
import type { Structure } from '../../message/mime/structure.ts'

/** As they stand in a set, each end included; a set of a server never holds `*`. */
export type Ranges = readonly (readonly [from: number, to: number])[]

/** What stands in brackets before the text of a condition (RFC 3501 7.1, RFC 5530). */
export type Code =
  | { code: 'CAPABILITY'; names: readonly string[] }
  | { code: 'PERMANENTFLAGS'; flags: readonly string[] }
  | { code: 'BADCHARSET'; charsets: readonly Octets[] }
  | { code: 'UIDNEXT' | 'UIDVALIDITY' | 'UNSEEN' | 'HIGHESTMODSEQ'; number: number }
  | { code: 'APPENDUID'; uidValidity: number; uids: Ranges }
  | { code: 'COPYUID'; uidValidity: number; from: Ranges; to: Ranges }
  | { code: 'MODIFIED'; set: Ranges }
  /** Any other: its name in capitals, and what follows it. */
  | { code: 'other'; name: string; text: Octets }

export type Condition = 'OK' | 'NO' | 'BAD' | 'BYE' | 'PREAUTH'

/** One section of a message that FETCH brought. */
export interface FetchedSection {
  item: 'BODY' | 'BINARY'
  /** As IMAP names it, in capitals: '' for the whole message, `1.2`, `HEADER.FIELDS (FROM TO)`. */
  section: Octets
  /** Where it begins, for a partial fetch. */
  origin: number | null
  /** Null where there is no such section. */
  octets: Octets | null
}

/** Null where the response did not say. */
export interface FetchData {
  uid: number | null
  flags: readonly string[] | null
  modseq: number | null
  internalDate: Octets | null
  size: number | null
  envelope: Envelope | null
  structure: Structure | null
  sections: readonly FetchedSection[]
  /** BINARY.SIZE (RFC 3516), by part. */
  binarySizes: readonly (readonly [section: Octets, size: number])[]
}

export interface Namespace {
  prefix: string
  delimiter: string | null
}

/** `[3, 6, [4, 23], [44, 7, 96]]`: each answers the one before it; a list in it is one of several answers (RFC 5256 4). */
export type Thread = readonly (number | Thread)[]

/** What CONTEXT=SEARCH tells later (RFC 5267 4.3). */
export interface SearchUpdate {
  what: 'ADDTO' | 'REMOVEFROM'
  position: number
  set: Ranges
}

export type Response =
  | { is: 'tagged'; tag: Octets; condition: 'OK' | 'NO' | 'BAD'; code: Code | null; text: Octets }
  /** `+`: the rest of the line is a challenge, or words for people. */
  | { is: 'continue'; text: Octets }
  | { is: 'condition'; condition: Condition; code: Code | null; text: Octets }
  | { is: 'capability'; names: readonly string[] }
  | { is: 'enabled'; names: readonly string[] }
  | {
      is: 'list'
      kind: 'LIST' | 'LSUB'
      attributes: readonly string[]
      delimiter: string | null
      name: string
      /** Selection options that children match (RFC 5258 3.5). */
      childInfo: readonly Octets[]
      oldName: string | null
    }
  | { is: 'status'; name: string; items: Readonly<Record<string, number | null>> }
  | { is: 'flags'; flags: readonly string[] }
  | { is: 'exists' | 'recent' | 'expunge'; number: number }
  | { is: 'fetch'; number: number; data: FetchData }
  | { is: 'search' | 'sort'; numbers: readonly number[]; modseq: number | null }
  | { is: 'thread'; threads: readonly Thread[] }
  | {
      is: 'esearch'
      tag: Octets | null
      byUid: boolean
      min: number | null
      max: number | null
      count: number | null
      all: Ranges | null
      modseq: number | null
      partial: { range: readonly [number, number]; set: Ranges } | null
      updates: readonly SearchUpdate[]
    }
  | { is: 'vanished'; earlier: boolean; uids: Ranges }
  | { is: 'namespace'; personal: readonly Namespace[]; others: readonly Namespace[]; shared: readonly Namespace[] }
  | { is: 'id'; fields: readonly (readonly [name: Octets, value: Octets | null])[] }
  | { is: 'quota'; root: Octets; resources: readonly { name: string; used: number; limit: number }[] }
  | { is: 'quotaroot'; name: string; roots: readonly Octets[] }
  | { is: 'acl'; name: string; entries: readonly (readonly [identifier: Octets, rights: Octets])[] }
  | { is: 'listrights'; name: string; identifier: Octets; always: Octets; optional: readonly Octets[] }
  | { is: 'myrights'; name: string; rights: Octets }
  /** An untagged response that this client has no use for (RFC 3501 7: it must live with it). */
  | { is: 'unknown'; keyword: string; text: Octets }
  /** What is against the grammar; `why` in a few words. */
  | { is: 'garbled'; why: string; text: Octets }

/** All numbers of a set, in its order; null where it is larger than an honest server's could be. */
export function numbersIn(ranges: Ranges, most = 1_000_000): number[] | null {
  const numbers: number[] = []
  for (const [from, to] of ranges) {
    if (numbers.length + to - from >= most) return null
    for (let number = from; number <= to; number++) numbers.push(number)
  }
  return numbers
}
