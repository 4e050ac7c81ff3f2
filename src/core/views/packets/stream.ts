/**
 * A connection from its first octet to its last, twice: what its two ends say to each other, and what anybody on the way
 * reads. They are the same until TLS begins. From there on the ends are known by their own account, the notes of the
 * server, and the wire by its octets.
 */
import type { Octets } from '../../bytes/octets.ts'
import { harmless, utf8Text } from '../../bytes/utf8.ts'
import type { Direction, Millis, Seq } from '../../terms.ts'
import { hexOctets } from './dissect.ts'
import type { PacketRow, SaidEvent, Stream } from './packets.ts'
import { isAlert, recordNames } from './tls.ts'

export interface Piece {
  readonly seq: Seq
  readonly at: Millis
  readonly speaker: 'client' | 'server'
  /** What the ends know of it: text; '' where they only shake hands, or end TLS. */
  readonly said: string
  /** An alert, sealed or not: TLS ends here. */
  readonly alert: boolean
  /** Octets of a message, of which the server's notes tell no more. */
  readonly message: number
  /** Null: all the world reads it as it is said. */
  readonly sealed: { readonly records: string; readonly hex: string; readonly octets: number } | null
}

/** More of one piece than this is cut. */
const LONGEST = 4000

/** The last `most` pieces. */
export function streamPieces({ packets, said }: Stream, most: number): { pieces: Piece[]; before: number } {
  const spoken = packets.filter(({ packet }) => packet !== null && packet.data !== '')
  const before = Math.max(0, spoken.length - most)
  const words: Record<Direction, SaidEvent[]> = { up: [], down: [] }
  for (const event of said) if (event.span) words[event.span[1]].push(event)
  for (const dir of ['up', 'down'] as const) words[dir].sort((one, other) => one.span![2] - other.span![2])
  const at: Record<Direction, number> = { up: 0, down: 0 }
  const pieces = spoken.slice(before).map((row): Piece => {
    const { seq, at: time, speaker } = row
    const { data, tls } = row.packet!
    if (!tls) return { seq, at: time, speaker, said: shown(data), alert: false, message: 0, sealed: null }
    const sealed = { records: recordNames(data).join(', '), hex: hexOctets(data), octets: data.length }
    const what = within(row, words[row.dir!], at)
    // Its two octets are nothing that the ends say with TLS, and shorter than any message of the handshake (RFC 8446 6).
    const alert = what.said === '' && what.message === 0 && isAlert(data)
    return { seq, at: time, speaker, ...what, alert, sealed }
  })
  return { pieces, before }
}

/** What the notes say of the octets inside this segment. Notes and segments go forward together. */
function within(row: PacketRow, words: readonly SaidEvent[], at: Record<Direction, number>) {
  const [, , from, to] = row.span ?? ['', 'up', 0, 0]
  const dir = row.dir!
  if (to <= from) return { said: '', message: 0 }
  while (at[dir] < words.length && words[at[dir]]!.span![2] < from) at[dir]++
  const lines: string[] = []
  let message = 0
  for (; at[dir] < words.length && words[at[dir]]!.span![2] < to; at[dir]++) {
    const event = words[at[dir]]!
    if (event.kind === 'content' || event.kind === 'chunk') message += Math.min(event.octets, to - from)
    else lines.push(textOf(event))
  }
  const text = lines.join('\n')
  return { said: shown(text), message: text === '' ? Math.max(message, to - from) : message }
}

function textOf(event: SaidEvent & { kind: 'command' | 'reply' | 'data' }): Octets {
  switch (event.kind) {
    case 'command':
      return event.line
    case 'data':
      return event.lines.join('\n') + (event.count > event.lines.length ? '\n...' : '')
    case 'reply':
      if (event.protocol === 'imap') return event.lines.join('\n')
      if (event.protocol === 'pop3') return [event.code, ...event.lines].join(' ')
      return event.lines.map((line, k, { length }) => `${event.code}${k === length - 1 ? ' ' : '-'}${line}`).join('\n')
  }
}

function shown(octets: Octets): string {
  const text = harmless(utf8Text(octets.slice(0, LONGEST).replaceAll('\r\n', '\n'))).replace(/\n$/, '')
  return octets.length > LONGEST ? `${text}…` : text
}
