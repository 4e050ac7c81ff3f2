/** Plays a script or a journal over a world, as fast as it goes; what `main.ts` prints and writes comes from here. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { failureText } from '../../core/lesson/script-run.ts'
import { parseScript } from '../../core/lesson/script.ts'
import { playScript, simFor } from '../../core/lesson/sim-stage.ts'
import { Folder } from '../../core/views/folder.ts'
import { terminals } from '../../core/views/terminals.ts'
import type { Journal } from '../../core/world/journal.ts'
import { Sim } from '../../core/world/sim.ts'
import type { Say } from '../../core/world/world.ts'
import { translator } from '../../texts/index.ts'
import { readWorld } from '../worlds.ts'

export interface Played {
  sim: Sim
  /** What went wrong, with its place; null when all is as the file says. */
  failure: string | null
}

/** The shell's own sentences, as the page says them: they are part of what is replayed. */
export const say: Say = (language, key, values) => translator(language === 'fr' ? 'fr' : 'en')(key, values)

/** Throws with what is wrong with the file or the world. */
export function playFile(file: string, world: string | null, tell: (line: string) => void): Played {
  const text = readFileSync(file, 'utf8')
  return text.trimStart().startsWith('{') ? playJournal(text, file, world, tell) : playText(text, file, world, tell)
}

function playText(text: string, file: string, world: string | null, tell: (line: string) => void): Played {
  const parsed = parseScript(text, file)
  if ('errors' in parsed)
    throw new Error(parsed.errors.map((error) => `${error.file}:${error.line}: ${error.message}`).join('\n'))
  const { script } = parsed
  const sim = simFor(script, readWorld(world ?? script.world ?? besides(file)), { say })
  const result = playScript(script, sim, { tell })
  return { sim, failure: result.ok ? null : failureText(result) }
}

function playJournal(text: string, file: string, world: string | null, tell: (line: string) => void): Played {
  const journal = JSON.parse(text) as Journal
  const { sim, same } = Sim.replay(readWorld(world ?? journal.world), journal, { say })
  const view = new Folder(terminals).catchUp(sim.trace)
  for (const [id, { host, pieces }] of view.terminals) {
    tell(`# ${id} on ${host}`)
    for (const line of pieces
      .map((piece) => piece.text)
      .join('')
      .split('\n'))
      tell(line)
  }
  return { sim, failure: same ? null : `${file}: the replay does not come out as it was recorded` }
}

function besides(file: string): string {
  const world = join(dirname(file), 'world.yaml')
  if (existsSync(world)) return world
  throw new Error(`${file}: no world: header, no world.yaml beside it, and no --world`)
}
