/** The last line that went wrong, as it was probably meant. */
import { meant } from '../../core/views/help/meant.ts'
import { heard } from '../../core/views/help/heard.ts'
import { sceneOf, type Seat } from '../../core/views/help/known.ts'
import { historyKey, type TerminalView } from '../../core/views/terminals.ts'
import type { Run } from '../run.svelte.ts'

export function lineThatWasMeant(run: Run, terminal: TerminalView | null, seat: Seat): string | null {
  const line = terminal && lastLine(run, terminal)
  if (!line) return null
  const outcome = outcomeOf(terminal)
  const scene = sceneOf(run.world, run.folded(heard), run.terminals, seat)
  // A server that had nothing against it is right.
  if (scene.listener.to === 'server' && outcome === null) return null
  return meant(scene, line, outcome)
}

/** Why it was refused, or that a name was not found. */
function outcomeOf({ speaking }: TerminalView): string | null {
  for (const advice of speaking.advice) {
    if (advice.advice === 'code') return advice.outcome
    if (advice.advice === 'dial' && advice.why === 'unknown') return 'dial'
    if (advice.advice === 'remark' && (advice.key === 'blank-after-colon' || advice.key === 'no-brackets'))
      return advice.key
  }
  return null
}

/** What was typed last, if it was typed to whoever listens now, and was no secret: those are in no history. */
function lastLine(run: Run, terminal: TerminalView): string | null {
  const typed = terminal.pieces.findLast((piece) => piece.typed)?.text.replace(/\r?\n$/, '')
  const line = run.terminals.history.get(historyKey(terminal))?.at(-1)
  return typed !== undefined && typed === line ? line : null
}
