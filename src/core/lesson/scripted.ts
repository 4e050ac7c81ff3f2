/**
 * A script as something that people do: what it says over connections of its own is typed at a terminal instead, through
 * telnet, so that it can be looked at in the page step by step as a scenario is. What the servers answer is theirs.
 */
import type { Octets } from '../bytes/octets.ts'
import { faultHosts, parseFault } from '../world/faults.ts'
import type { WorldFile } from '../world/schema.ts'
import { loginOf } from '../world/seat.ts'
import type { Sim, SimOptions } from '../world/sim.ts'
import type { Script, Step } from './script.ts'
import { simFor, somewhere } from './sim-stage.ts'
import { isZoneStep, zoneStep } from './zone-step.ts'

/** More of what is in flight than a script ever has. */
const MOST = 20_000

/** Whole lines of text, and nothing that only a program can do to a connection. */
export const typable = (script: Script): boolean => script.steps.every((step) => step.step !== 'act' && lines(step))

const lines = (step: Step): boolean => step.step !== 'say' || /^[^\r\n\0]*\r\n$/.test(step.octets)

/** The script, typed to its end in the world that it wants. */
export function typed(script: Script, file: WorldFile, options: SimOptions & { language?: string } = {}): Sim {
  const sim = simFor(script, file, options)
  if (options.language !== undefined) sim.act({ act: 'language', language: options.language })
  const typist = new Typist(sim, script)
  for (const step of script.steps) {
    typist.take(step)
    for (let left = MOST; left > 0 && sim.step(); left--);
  }
  return sim
}

class Typist {
  private readonly sim: Sim
  private readonly script: Script
  /** The terminal of each session, and of each shell that is typed at. */
  private readonly seats = new Map<string, string>()

  constructor(sim: Sim, script: Script) {
    this.sim = sim
    this.script = script
  }

  take(step: Step): void {
    const { sim } = this
    switch (step.step) {
      case 'say':
        return this.type(this.session(step.session), step.octets.slice(0, -2))
      case 'hear':
      case 'answers':
        this.session(step.session)
        return
      case 'type':
        return sim.type(this.shell(step.terminal), `${step.text}\n`)
      case 'key':
        return sim.key(this.shell(step.terminal), step.key)
      case 'wait':
        return sim.act({ act: 'wait', for: step.duration })
      case 'skip':
        sim.skip()
        return
      case 'fault':
        return this.fault(step.fault)
      // What the script expects is compared where it is tested; here the answers speak for themselves.
      case 'act':
      case 'closed':
      case 'printed':
      case 'mailbox':
        return
    }
  }

  private type(terminal: string | null, line: Octets): void {
    if (terminal !== null) this.sim.act({ act: 'type', terminal, data: `${line}\n` })
  }

  private fault(text: string): void {
    if (isZoneStep(text)) return void zoneStep(this.sim, text)
    const fault = parseFault(text)
    if (!('error' in fault) && faultHosts(fault).every((host) => host in this.sim.file.hosts)) this.sim.fault(text)
  }

  /** The terminal from which this session is dialled; null where it is only overheard. */
  private session(session: number): string | null {
    const { script, sim, seats } = this
    if (script.watch.has(session)) return null
    const known = seats.get(`session ${session}`)
    if (known !== undefined) return known
    const service = script.connect.get(session) ?? script.connect.get(1)
    if (!service) return null
    const host = script.host.get(session) ?? script.host.get(1) ?? somewhere(sim, service.host)
    const terminal = this.sit(`session ${session}`, host)
    sim.type(terminal, `telnet ${service.host} ${service.port}\n`)
    for (let left = MOST; left > 0 && sim.step(); left--);
    return terminal
  }

  private shell(terminal: number): string {
    const { script, sim } = this
    const host = script.host.get(terminal) ?? script.host.get(1) ?? somewhere(sim, null)
    return this.seats.get(`shell ${terminal}`) ?? this.sit(`shell ${terminal}`, host)
  }

  private sit(what: string, host: string | null): string {
    const { sim, seats } = this
    const terminal = `t${seats.size + 1}`
    seats.set(what, terminal)
    const person = sim.file.people.find((other) => other.host === host)
    if (host !== null) sim.open(terminal, host, person ? loginOf(sim.world, person.account, person.name) : 'guest')
    return terminal
  }
}
