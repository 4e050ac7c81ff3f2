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

/** The first step from the current one on in which this line stands; null: in none. */
export function stepOfCommand(steps: readonly Step[], line: string, current: number): number | null {
  const wanted = plain(line)
  if (wanted === '') return null
  const at = steps.findIndex((step, at) => at >= current && commandsOf(step).includes(wanted))
  return at < 0 ? null : at
}
