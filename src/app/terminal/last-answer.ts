/** The words of the last answer on a terminal, each once, with what they mean. */
import { harmless } from '../../core/bytes/utf8.ts'
import { heard } from '../../core/views/help/heard.ts'
import { sceneOf, type Seat } from '../../core/views/help/known.ts'
import { meanings, type Meaning } from '../../core/views/help/meaning.ts'
import type { TerminalView } from '../../core/views/terminals.ts'
import { isKey } from '../../texts/index.ts'
import '../../texts/views/meaning.ts'
import '../../texts/views/terminal.ts'
import { spokenBy } from './pointing.ts'
import type { Run } from '../run.svelte.ts'

/** A message is no answer to be explained word by word. */
const [MOST_LINES, MOST_WORDS] = [20, 24]

export function lastAnswer(run: Run, terminal: TerminalView | null, seat: Seat): Meaning[] {
  if (!terminal) return []
  const { pieces } = terminal
  const asked = pieces.findLastIndex(({ typed }) => typed)
  const lines = pieces
    .slice(Math.max(asked, 0), asked + 200)
    .map(({ text }) => text)
    .join('')
    .split('\n')
    .slice(0, MOST_LINES)
  const { listener, known } = sceneOf(run.world, run.folded(heard), run.terminals, seat)
  const words = new Map<string, Meaning>()
  for (const line of lines)
    for (const meaning of meanings(harmless(line), { known, spoken: spokenBy(listener, line), has: isKey }))
      if (!words.has(meaning.word)) words.set(meaning.word, meaning)
  return [...words.values()].slice(0, MOST_WORDS)
}
