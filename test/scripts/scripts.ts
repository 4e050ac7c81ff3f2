/** The scripts of this folder, and how each is played over its world. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseScript, type Script } from '../../src/core/lesson/script.ts'
import { playScript, simFor } from '../../src/core/lesson/sim-stage.ts'
import type { ScriptResult } from '../../src/core/lesson/script-run.ts'
import type { WorldFile } from '../../src/core/world/schema.ts'
import type { Sim } from '../../src/core/world/sim.ts'
import { readWorld } from '../../src/node/worlds.ts'

export const scriptFiles = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.txt'))
  .sort()

export function readScript(file: string): Script {
  const parsed = parseScript(readFileSync(join(import.meta.dirname, file), 'utf8'), file)
  if ('script' in parsed) return parsed.script
  throw new Error(parsed.errors.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n'))
}

const worlds = new Map<string, WorldFile>()

export function simOf(script: Script): Sim {
  const name = script.world
  if (name === null) throw new Error(`${script.file}: world: is missing`)
  const world = worlds.get(name) ?? readWorld(name)
  worlds.set(name, world)
  return simFor(script, world)
}

export function play(script: Script): { sim: Sim; result: ScriptResult } {
  const sim = simOf(script)
  return { sim, result: playScript(script, sim) }
}
