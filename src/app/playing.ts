/** What plays itself: a scenario, or a script of the courses, whose id begins with `script:`. */
import { scripts } from 'virtual:courses'
import { worlds } from 'virtual:content'
import { parseScript } from '../core/lesson/script.ts'
import { played as playedScenario, scenarios } from '../core/lesson/scenarios.ts'
import { typed } from '../core/lesson/scripted.ts'
import type { Sim, SimOptions } from '../core/world/sim.ts'
import { SCRIPT } from './place.ts'

type Options = SimOptions & { language: string }

/** Played to its end; null where there is no such. */
export async function played(id: string, options: Options): Promise<Sim | null> {
  if (id.startsWith(SCRIPT)) return playedScript(id.slice(SCRIPT.length), options)
  const scenario = scenarios.find((other) => other.id === id)
  return scenario ? playedScenario(scenario, await worlds[scenario.world]!(), options) : null
}

async function playedScript(name: string, options: Options): Promise<Sim | null> {
  if (!Object.hasOwn(scripts, name)) return null
  const parsed = parseScript(await scripts[name]!(), name)
  if ('errors' in parsed) return null
  const { script } = parsed
  const world = script.world !== null && Object.hasOwn(worlds, script.world) ? worlds[script.world] : undefined
  return world ? typed(script, await world(), options) : null
}
