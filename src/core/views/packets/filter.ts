/** Packets that somebody wants to see. It goes on where it stopped: a long capture is looked through once for each moment of the past. */
import type { ConnId, HostName } from '../../terms.ts'
import { packetInfo } from './info.ts'
import type { PacketProtocol, PacketRow } from './packets.ts'

/** Null and '' let everything through. */
export interface PacketWish {
  host: HostName | null
  protocol: PacketProtocol | null
  conn: ConnId | null
  text: string
}

export class PacketFilter {
  private readonly wish: PacketWish
  private readonly text: string
  private passed: PacketRow[] = []
  private at = 0
  private of: readonly PacketRow[] = []

  constructor(wish: PacketWish) {
    this.wish = wish
    this.text = wish.text.trim().toLowerCase()
  }

  catchUp(rows: readonly PacketRow[]): readonly PacketRow[] {
    const { host, protocol, conn } = this.wish
    if (host === null && protocol === null && conn === null && this.text === '') return rows
    // Another moment has a capture of its own, with less in it: what has passed already may not have been sent by then.
    if (rows !== this.of) {
      this.of = rows
      this.passed = []
      this.at = 0
    }
    for (; this.at < rows.length; this.at++) if (this.passes(rows[this.at]!)) this.passed.push(rows[this.at]!)
    return this.passed
  }

  private passes(row: PacketRow): boolean {
    const { host, protocol, conn } = this.wish
    return (
      (host === null || row.source === host || row.destination === host) &&
      (protocol === null || row.protocol === protocol) &&
      (conn === null || row.conn === conn) &&
      (this.text === '' ||
        `${row.source} ${row.destination} ${row.protocol} ${packetInfo(row)}`.toLowerCase().includes(this.text))
    )
  }
}
