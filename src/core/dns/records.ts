/** Resource records and answers (RFC 1034 3.6, RFC 1035 3.2), as the rest of the house sees them. */
import type { Ipv4, Millis } from '../terms.ts'

export type RecordType = 'A' | 'NS' | 'CNAME' | 'SOA' | 'PTR' | 'MX' | 'TXT' | 'SRV'

/** Names are written in lower case without the final dot; the root is ''. */
export type ResourceRecord = { name: string; ttl: number } & (
  | { type: 'A'; address: Ipv4 }
  | { type: 'NS'; server: string }
  | { type: 'CNAME'; target: string }
  | { type: 'PTR'; target: string }
  | { type: 'MX'; preference: number; exchange: string }
  | { type: 'TXT'; texts: readonly string[] }
  /** RFC 2782: where a service of a domain is, as mail programs look for theirs (RFC 6186). */
  | { type: 'SRV'; priority: number; weight: number; port: number; target: string }
  | {
      type: 'SOA'
      primary: string
      mailbox: string
      serial: number
      refresh: number
      retry: number
      expire: number
      minimum: number
    }
)

export type Rcode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED'

/**
 * What a resolver found. `records` are those of the type asked for, at the end of the CNAME chain `aliases`.
 * `no-data`: the name is there, but has no such record.
 */
export interface Resolution {
  result: 'found' | 'no-data' | 'nxdomain' | 'servfail' | 'timeout' | 'refused'
  records: readonly ResourceRecord[]
  aliases: readonly ResourceRecord[]
  cached: boolean
}

export interface Zone {
  origin: string
  records: readonly ResourceRecord[]
  /** Faults as data: the server answers SERVFAIL for it, or nothing at all, from `from` to `until`. */
  faults?: readonly { answer: 'servfail' | 'silence'; from?: Millis; until?: Millis }[]
}
