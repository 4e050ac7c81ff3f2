/** The mail logs of a world line by line, each with the event that wrote it: what `cat /var/log/mail.log` shows as text. */
import type { HostName, Seq } from '../terms.ts'
import type { Fold, TraceEvent } from '../trace/events.ts'
import { LogWriter } from '../world/mail-logs.ts'
import type { WorldFile } from '../world/schema.ts'
import type { Hop } from './journey.ts'

export interface LogLine {
  /** From 1. */
  readonly number: number
  readonly seq: Seq
  readonly text: string
}

export interface LogView {
  readonly writer: LogWriter
  /** By host, the latest ones. */
  readonly lines: Map<HostName, LogLine[]>
}

/** So many lines of a host are kept at least. */
const KEPT = 5000

export function mailLogs(file: WorldFile): Fold<LogView> {
  return {
    empty() {
      const writer = new LogWriter(file)
      return { writer, lines: new Map(writer.hosts.map((host) => [host, []])) }
    },
    add({ writer, lines }, event) {
      for (const { host, line } of writer.add(event)) {
        const own = lines.get(host)!
        own.push({ number: (own.at(-1)?.number ?? 0) + 1, seq: event.seq, text: line })
        // In blocks: dropping them one by one would move the whole list each time.
        if (own.length >= 2 * KEPT) own.splice(0, own.length - KEPT)
      }
    },
  }
}

/** The last `most` lines that hold this text, upper and lower case being the same, and how many there are in all. */
export function linesWith(lines: readonly LogLine[], text: string, most: number): { shown: LogLine[]; count: number } {
  const wanted = text.trim().toLowerCase()
  const found = wanted === '' ? lines : lines.filter((line) => line.text.toLowerCase().includes(wanted))
  return { shown: found.slice(-most), count: found.length }
}

/**
 * The line that tells of an event: its own; else the next of the same session, or of the message that it is about, for a
 * log says less than is said on the wire; else the last of them.
 */
export function lineAbout(
  { lines }: LogView,
  event: TraceEvent,
  hop: Hop | null,
  eventAt: (seq: Seq) => TraceEvent | undefined,
): { host: HostName; seq: Seq } | null {
  const conn = 'conn' in event ? event.conn : null
  const tells = (host: HostName, seq: Seq) => {
    const other = eventAt(seq)
    if (!other) return false
    if ('id' in other) return hop !== null && other.id === hop.id && host === hop.host
    return conn !== null && 'conn' in other && other.conn === conn
  }
  const hosts = [...new Set([event.host, hop?.host ?? event.host])]
  for (const host of hosts) if (lines.get(host)?.some(({ seq }) => seq === event.seq)) return { host, seq: event.seq }
  for (const host of hosts) {
    const told = (lines.get(host) ?? []).filter(({ seq }) => tells(host, seq))
    const line = told.find(({ seq }) => seq > event.seq) ?? told.at(-1)
    if (line) return { host, seq: line.seq }
  }
  return null
}
