/** Says rows in the reader's language, with the world's time. */
import { localMillis, timeOfDay } from '../../core/views/clock.ts'
import type { DrawnRow } from '../../core/views/mermaid.ts'
import type { Row } from '../../core/views/rows.ts'
import { rowWords, wentWrong } from '../../core/views/words.ts'
import type { WorldFile } from '../../core/world/schema.ts'
import type { Translate } from '../../texts/index.ts'

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

  time(row: Row, exact = false): string {
    return timeOfDay(localMillis(this.world.epoch, this.world.zone, row.at), exact)
  }

  /** A whole sentence, for the list in words. */
  sentence(row: Row): string {
    const values = { time: this.time(row), from: row.from, to: row.to, what: this.what(row) }
    if (row.from === '') return this.t('sequence.row.all', values)
    return this.t(row.from === row.to ? 'sequence.row.at' : 'sequence.row', values)
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
    return { from: row.from, to: row.to, text: this.what(row), look }
  }
}
