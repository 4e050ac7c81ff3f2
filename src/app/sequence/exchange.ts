/** An exchange that is taken along: which rows, and what each of them says in text and picture. */
import type { Connections } from '../../core/views/connections.ts'
import { asOf, type ShownRows } from '../../core/views/folding.ts'
import type { DrawnRow } from '../../core/views/mermaid.ts'
import type { Row } from '../../core/views/rows.ts'
import type { PictureLine } from './picture-svg.ts'
import type { Speaker } from './speaker.ts'

export interface Exchange {
  rows: readonly Row[]
  shown: ShownRows
  connections: Connections
  notes: boolean
  speaker: Speaker
}

export function pictureLines({ rows, shown, connections, notes, speaker }: Exchange): PictureLine[] {
  return rows.map((each) => {
    const row = asOf(each, shown.until)
    return {
      row,
      time: speaker.time(row),
      text: speaker.folded(row, shown, connections) ?? speaker.what(row),
      moved: notes ? speaker.moved(row) : '',
      folded: shown.folded(row.conn),
    }
  })
}

/** For mermaid a state is a note over its server. */
export function mermaidRows(exchange: Exchange): DrawnRow[] {
  return pictureLines(exchange).flatMap(({ row, text, moved }): DrawnRow[] => [
    { ...exchange.speaker.drawn(row), text },
    ...(moved === '' ? [] : [{ from: row.from, to: row.from, text: moved, look: 'note' as const, sealed: false }]),
  ])
}

export function sentences({ rows, shown, connections, notes, speaker }: Exchange): string[] {
  return rows.map((each) => {
    const row = asOf(each, shown.until)
    return speaker.sentence(
      row,
      speaker.folded(row, shown, connections) ?? (notes ? speaker.noted(row) : speaker.what(row)),
    )
  })
}

/** `facteur-campus-c3.svg`: a world's name may come from a teacher's file. */
export const fileName = (world: string, what: string, ending: string) =>
  `facteur-${`${world}-${what}`
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 60)}.${ending}`
