/**
 * The trace: everything that happens in a world, in order. It is derived from the journal, and every pane is a fold over
 * it. Engines and tasks leave notes; the network adds when, where, on which connection and because of what.
 */
import type { Octets } from '../bytes/octets.ts'
import type { ConnId, Direction, Endpoint, HostName, Ipv4, Millis, Seq } from '../terms.ts'

export type Protocol = 'smtp' | 'submission' | 'lmtp' | 'pop3' | 'imap'

/** Octets `from` (included) to `to` (excluded) of one direction of a connection. */
export type Span = readonly [conn: ConnId, dir: Direction, from: number, to: number]

/** Messages that lie in a mailbox, by ranges of their UIDs. */
export interface StoredMessages {
  readonly account: string
  readonly mailbox: string
  readonly uids: readonly (readonly [from: number, to: number])[]
}

export type TraceEvent = {
  readonly seq: Seq
  readonly at: Millis
  readonly host: HostName
  readonly cause: Seq | null
  readonly span: Span | null
} & Note

export type Note = ProtocolNote | MailNote | NetNote | DnsNote | ShellNote | WorldNote

/** What a server heard and said. Only servers note it, so that each command stands in the trace once. */
export type ProtocolNote =
  /** `verb` is null where the line begins with no verb that the server knows. `state` is the one it was heard in. */
  | {
      kind: 'command'
      conn: ConnId
      protocol: Protocol
      verb: string | null
      line: Octets
      state: string
      secret: boolean
    }
  /** `to` is the state after it. `lines` are the texts without code, in order; `messages` are those that were asked about, and where they came to, one by one. */
  | {
      kind: 'reply'
      conn: ConnId
      protocol: Protocol
      verb: string | null
      outcome: string
      code: string
      lines: readonly Octets[]
      from: string
      to: string
      messages?: StoredMessages & { readonly into?: StoredMessages }
    }
  /** A message's content came in: DATA up to its lone dot, or all chunks of it. One event, however long. */
  | { kind: 'content'; conn: ConnId; protocol: Protocol; octets: number; lines: number }
  /** One chunk of a message (RFC 3030). */
  | { kind: 'chunk'; conn: ConnId; protocol: Protocol; octets: number; last: boolean }
  /** The connection broke, and what came before is kept for when the client comes back (RFC 1845). */
  | { kind: 'checkpoint'; conn: ConnId; protocol: Protocol; transid: string; octets: number }
  /** TURN: the two ends of this connection have changed their roles (RFC 821 3.8). `client` was the server. */
  | { kind: 'turned'; conn: ConnId; client: HostName; server: HostName }
  /** What a server sends beside its reply: IMAP's untagged lines, POP3's messages and lists. `lines` are the first few of `count`. */
  | {
      kind: 'data'
      conn: ConnId
      protocol: Protocol
      verb: string | null
      lines: readonly Octets[]
      count: number
      octets: number
    }
  /** Something about the dialogue that a learner should hear; `key` names a text of the coach. */
  | { kind: 'remark'; conn: ConnId; protocol: Protocol; key: string; detail: Octets }

/** What a mail system does with a message. `id` is the queue id on that host; `server` the other end. */
export type MailNote =
  | {
      kind: 'accepted'
      id: string
      from: string
      to: readonly string[]
      octets: number
      messageId: string | null
      /** The Received field that this host has put on top of it; a copy that is made here has none of its own. */
      received?: Octets
      /** As what this host took it (RFC 5598 5): from its writer, as the exchanger of a domain, in passing, for delivery. */
      role: MailRole
    }
  | { kind: 'expanded'; id: string; address: string; into: readonly string[]; by: 'alias' | 'list' | 'forward' }
  | {
      kind: 'routed'
      id: string
      domain: string
      how: 'mx' | 'address' | 'literal' | 'transport' | 'smarthost' | 'null-mx' | 'local' | 'source-route'
      hosts: readonly { preference: number; host: HostName }[]
    }
  /** `port` is there where it is not 25, `conn` where it goes over a connection that is open already. */
  | {
      kind: 'attempt'
      id: string
      server: HostName
      address: Ipv4
      recipients: readonly string[]
      port?: number
      conn?: ConnId
    }
  | { kind: 'sent'; id: string; server: HostName; recipients: readonly string[]; reply: string }
  /** This host, or this way to it, did not take it for them: another one is asked at once (RFC 5321 5.1). */
  | { kind: 'passed'; id: string; server: HostName; recipients: readonly string[]; why: string }
  | { kind: 'deferred'; id: string; recipients: readonly string[]; why: string; until: Millis }
  | { kind: 'failed'; id: string; recipients: readonly string[]; why: string; code: string }
  | { kind: 'bounced'; id: string; bounce: string; to: string }
  | { kind: 'delivered'; id: string; address: string; account: string; mailbox: string; uid: number; octets: number }
  | { kind: 'dropped'; id: string; recipients: readonly string[]; why: string }
  | { kind: 'repeated'; id: string; recipients: readonly string[]; why: string }
  /** A report about a delivery goes back to the sender, where nothing has failed (RFC 3461 4.1). */
  | { kind: 'notified'; id: string; report: string; to: string; what: 'success' | 'relayed' | 'expanded' | 'delayed' }
  /** SEND: the message was written onto the terminal of whoever it is for (RFC 821 3.4). */
  | { kind: 'shown'; id: string; address: string; account: string; octets: number }
  /** The filter of whoever it is for did this; `line` is where its script says so, `detail` is text for a person. */
  | {
      kind: 'filtered'
      id: string
      address: string
      does: 'keep' | 'fileinto' | 'redirect' | 'reject' | 'discard' | 'trouble'
      detail: string
      line: number | null
    }
  /** What this host saw of somebody's mail: the same message once more, or too much of it. */
  | { kind: 'noticed'; id: string; what: 'duplicate' | 'bombing'; detail: string }
  /** A host changed what is in the message. */
  | { kind: 'touched'; id: string; what: Touch }
  | { kind: 'removed'; id: string }

/** Mail submission, exchange of a domain, transfer, delivery (RFC 5598 4 and 5). */
export type MailRole = 'msa' | 'mx' | 'mta' | 'mda'

/**
 * `footer` of a list, `disclaimer` of a company, `eighth-bit` cleared; `seven-bit`: 8-bit parts were encoded for a next host
 * that has seven; `base64`: binary parts were, for a mailbox or host that takes none; `memo` and `from-memo`: a gateway
 * has translated it.
 */
export type Touch = 'footer' | 'disclaimer' | 'eighth-bit' | 'seven-bit' | 'base64' | 'memo' | 'from-memo'

export type NetNote =
  | { kind: 'dial'; conn: ConnId; from: Endpoint; to: Endpoint; toHost: HostName | null }
  | { kind: 'connected'; conn: ConnId }
  | { kind: 'dial-failed'; conn: ConnId; why: 'refused' | 'timeout' | 'unreachable' | 'reset' }
  | { kind: 'segment'; conn: ConnId; dir: Direction; data: Octets; tls: boolean }
  | { kind: 'lost'; conn: ConnId | null; why: 'loss' | 'cut' | 'down' }
  | { kind: 'fin'; conn: ConnId; dir: Direction }
  | { kind: 'reset'; conn: ConnId; dir: Direction }
  | { kind: 'timed-out'; conn: ConnId }
  /** A web server heard a request, or answered it: its first line, and how much came behind the head. */
  | { kind: 'http'; conn: ConnId; dir: Direction; line: Octets; octets: number }
  | { kind: 'tls'; conn: ConnId; step: 'client-hello' | 'server-hello' | 'established' | 'alert'; detail: string }
  | { kind: 'datagram'; from: Endpoint; to: Endpoint; toHost: HostName | null; data: Octets }

export type DnsNote =
  /** A question that somebody on this host has; `server` is who is asked, null when the cache knew. */
  | { kind: 'lookup'; name: string; type: string; server: Ipv4 | null }
  | {
      kind: 'looked-up'
      name: string
      type: string
      result: 'found' | 'no-data' | 'nxdomain' | 'servfail' | 'timeout' | 'refused'
      /** In zone file form: "rennes.example. 3600 IN MX 10 mx1.rennes.example." */
      answers: readonly string[]
      cached: boolean
    }

export type ShellNote =
  /** What was typed, as the terminal shows it, with its line end. A `secret` line stays out of history and links. */
  | { kind: 'typed'; terminal: string; text: string; secret: boolean }
  | { kind: 'printed'; terminal: string; text: string }
  /** A connection opened by what was typed at this terminal. */
  | { kind: 'terminal-conn'; terminal: string; conn: ConnId }

export type WorldNote =
  | { kind: 'fault'; what: string }
  | { kind: 'skipped'; to: Millis }
  /** A zone was put in force on this server, or taken away (no serial); `changes` are records, `-` before what went and `+` before what came, the first of `count`. */
  | { kind: 'zone'; origin: string; serial: number | null; changes: readonly string[]; count: number }
  /** A person laid a file onto this machine from outside. */
  | { kind: 'file'; path: string; octets: number }

/** Who takes notes. The network's tracer does; a test may bring its own. */
export interface Notebook {
  note(host: HostName, note: Note, span?: Span | null, cause?: Seq | null): Seq
}

/** A pane is a fold over the trace: `add` changes the view in place. */
export interface Fold<View> {
  empty(): View
  add(view: View, event: TraceEvent): void
}
