/** What happened in a world, as the text of a mermaid sequence diagram. */
import { Folder } from '../../core/views/folder.ts'
import { mermaidText, type DrawnRow } from '../../core/views/mermaid.ts'
import type { Row } from '../../core/views/rows.ts'
import { sequence } from '../../core/views/sequence.ts'
import { isSealed, rowWords, wentWrong } from '../../core/views/words.ts'
import type { Sim } from '../../core/world/sim.ts'
import { translator } from '../../texts/index.ts'

export function diagram(sim: Sim): string {
  const view = new Folder(sequence((address) => sim.world.network.hostAt(address))).catchUp(sim.trace)
  return mermaidText(view.rows.map(drawn))
}

const say = translator('en')

function drawn(row: Row): DrawnRow {
  const words = rowWords(row)
  const { from, to } = row
  const text = 'text' in words ? words.text : say(words.key, words.values)
  return { from, to, text, look: look(row), sealed: isSealed(row) }
}

function look(row: Row): DrawnRow['look'] {
  if (row.row === 'fault' || row.row === 'skipped') return 'over-all'
  if (row.from === row.to) return 'note'
  if (row.row === 'lost' || (row.row === 'connect' && wentWrong(row))) return 'cross'
  return row.row === 'reply' || row.row === 'dns' ? 'dashed' : 'solid'
}
