/** Which step of a lesson somebody is at, by what they type. */
import type { Step } from '../../core/lesson/steps.ts'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** As they are compared: case and the number of blanks do not matter. */
const plain = (line: string) => line.trim().replace(/\s+/g, ' ').toLowerCase()

/** The commands that a step offers to click. */
function commandsOf({ blocks }: Step): string[] {
  const html = blocks.map((block) => (block.block === 'text' ? block.html : '')).join('')
  return [...html.matchAll(/ data-do="([^"]*)"/g)].map(([, text = '']) =>
    plain(text.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => ENTITIES[name]!)),
  )
}

/**
 * The current step or the next, where this line stands in one of them; null: in none. Not further: a line of a message, or
 * QUIT, may stand anywhere, and nobody has read what lies in between.
 */
export function stepOfCommand(steps: readonly Step[], line: string, current: number): number | null {
  const wanted = plain(line)
  if (wanted === '') return null
  const within = steps.slice(current, current + 2).findIndex((step) => commandsOf(step).includes(wanted))
  return within < 0 ? null : current + within
}
