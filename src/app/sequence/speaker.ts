/** Says rows in the reader's language, with the world's time. */
import { localMillis, timeOfDay } from '../../core/views/clock.ts'
import type { Millis } from '../../core/terms.ts'
import type { Connections } from '../../core/views/connections.ts'
import type { ShownRows } from '../../core/views/folding.ts'
import type { DrawnRow } from '../../core/views/mermaid.ts'
import type { Row } from '../../core/views/rows.ts'
import { isSealed, rowWords, wentWrong } from '../../core/views/words.ts'
import type { WorldFile } from '../../core/world/schema.ts'
import { isKey, type Translate } from '../../texts/index.ts'

export class Speaker {
  readonly t: Translate
  private readonly world: WorldFile

  constructor(t: Translate, world: WorldFile) {
    this.t = t
    this.world = world
  }

  what(row: Row): string {
    const words = rowWords(row)
    return 'text' in words ? words.text : this.t(words.key, words.values)
  }

  time(row: { at: Millis }, exact = false): string {
    return timeOfDay(localMillis(this.world.epoch, this.world.zone, row.at), exact)
  }

  /** The state into which a reply has brought its session, by its name; '' where it stays. */
  moved(row: Row): string {
    return row.row === 'reply' ? (row.moved ?? '') : ''
  }

  /** What a folded session says of itself; null where it is not folded. */
  folded(row: Row, shown: ShownRows, connections: Connections): string | null {
    const session = shown.folded(row.conn)
    if (!session || row.conn === null) return null
    const { commands, messages } = session
    return this.t('sequence.folded', { service: connections.get(row.conn)?.service ?? '', commands, messages })
  }

  /** A whole sentence, for the list in words. */
  sentence(row: Row, what = this.what(row)): string {
    const values = { time: this.time(row), from: row.from, to: row.to, what }
    if (row.from === '') return this.t('sequence.row.all', values)
    return this.t(row.from === row.to ? 'sequence.row.at' : 'sequence.row', values)
  }

  /** In words, with the state that comes of it. */
  noted(row: Row): string {
    const state = this.moved(row)
    const key = `hint.state.${state}`
    return state === '' ? this.what(row) : `${this.what(row)} → ${isKey(key) ? this.t(key) : state}`
  }

  drawn(row: Row): DrawnRow {
    const look =
      row.from === ''
        ? 'over-all'
        : row.from === row.to
          ? 'note'
          : row.row === 'reply'
            ? 'dashed'
            : wentWrong(row)
              ? 'cross'
              : 'solid'
    return { from: row.from, to: row.to, text: this.what(row), look, sealed: isSealed(row) }
  }
}
