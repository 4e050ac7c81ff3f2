/** Somebody at a machine of the campus world, for the tests of the help at the prompt. */
import { complete } from '../../../../src/core/views/help/complete.ts'
import { heard } from '../../../../src/core/views/help/heard.ts'
import { sceneOf } from '../../../../src/core/views/help/known.ts'
import type { Scene } from '../../../../src/core/views/help/scene.ts'
import { terminals } from '../../../../src/core/views/terminals.ts'
import { Sim } from '../../../../src/core/world/sim.ts'
import { readWorld } from '../../../../src/node/worlds.ts'

const campus = readWorld('campus')

export class HelpDesk {
  readonly sim = new Sim(campus, { seed: 1 })
  private readonly seat = { terminal: 't1', host: 'pc-alice.rennes.example', user: 'alice' }

  constructor() {
    this.sim.open('t1', this.seat.host, this.seat.user)
    this.sim.drain()
  }

  say(...lines: readonly string[]): this {
    for (const line of lines) {
      this.sim.type('t1', `${line}\n`)
      this.sim.drain()
    }
    return this
  }

  get scene(): Scene {
    const [view, said] = [terminals.empty(), heard.empty()]
    for (const event of this.sim.trace) {
      terminals.add(view, event)
      heard.add(said, event)
    }
    return sceneOf(this.sim.world, said, view, this.seat)
  }

  /** What could stand at the end of this line, as the whole line. */
  offers(line: string): string[] {
    const found = complete(this.scene, line, line.length)
    return found?.options.map(({ text }) => line.slice(0, found.from) + text) ?? []
  }
}
