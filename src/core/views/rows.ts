/** What one row of the sequence may be. A row is data; `words.ts` says it in words, and the page draws it. */
import type { ConnId, HostName, Millis, Seq } from '../terms.ts'
import type { MailNote, Protocol, ProtocolNote } from '../trace/events.ts'
import type { DialFailure } from './connections.ts'

interface Place {
  /** Its number in the sequence. */
  readonly id: number
  /** The event that began it, and the last that belongs to it. */
  readonly seq: Seq
  last: Seq
  readonly at: Millis
  readonly conn: ConnId | null
  /** Where the arrow starts and ends; the same host twice for what happens on one host. */
  readonly from: HostName
  readonly to: HostName
  /** Inside TLS. */
  readonly secure: boolean
}

/** Things that a host does with a message, as far as the sequence shows them; the arrows show the rest. */
export type MailRowNote =
  Exclude<MailNote, { kind: 'attempt' | 'sent' | 'removed' }> | Extract<ProtocolNote, { kind: 'checkpoint' | 'turned' }>

export type DnsResult = 'found' | 'no-data' | 'nxdomain' | 'servfail' | 'timeout' | 'refused'

export type Row = Place &
  (
    | { row: 'dns'; name: string; type: string; result: DnsResult | null; answers: readonly string[]; cached: boolean }
    | { row: 'connect'; service: string; port: number; outcome: 'open' | DialFailure | null }
    | { row: 'command'; protocol: Protocol; verb: string | null; line: string }
    /** `moved`: the state that the session is in from now on; null where it stays. */
    | { row: 'reply'; protocol: Protocol; code: string; lines: readonly string[]; moved: string | null }
    | { row: 'content'; protocol: Protocol; octets: number; lines: number }
    | { row: 'chunk'; protocol: Protocol; octets: number; final: boolean }
    /** What came beside a reply: untagged lines, messages, lists. */
    | { row: 'data'; protocol: Protocol; verb: string | null; lines: readonly string[]; count: number; octets: number }
    /** A request to a web server, or its answer. */
    | { row: 'http'; line: string; octets: number }
    | { row: 'tls'; outcome: 'established' | 'alert' | null; detail: string }
    | { row: 'lost'; why: 'loss' | 'cut' | 'down'; times: number; seqs: Seq[] }
    | { row: 'close'; how: 'fin' | 'reset' | 'timeout' }
    | { row: 'mail'; note: MailRowNote }
    /** What a host has written on top of a message: as it stands there, and as one line. */
    | { row: 'received'; field: string; text: string }
    | { row: 'file'; path: string; octets: number }
    | { row: 'zone'; origin: string; serial: number | null; changes: readonly string[]; count: number }
    | { row: 'fault'; what: string }
    | { row: 'skipped'; until: Millis }
  )

export type RowOf<Kind extends Row['row']> = Extract<Row, { row: Kind }>
