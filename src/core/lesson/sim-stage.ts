/** A simulated world as the stage of a script: whatever is in flight arrives, and only `@` lets the clock go further. */
import { run } from '../task.ts'
import type { HostName } from '../terms.ts'
import { checkWorld } from '../world/checks.ts'
import { faultHosts, parseFault } from '../world/faults.ts'
import { loginOf } from '../world/seat.ts'
import type { HostFile, WorldFile } from '../world/schema.ts'
import { servicesOf } from '../world/named-services.ts'
import { Sim, type SimOptions } from '../world/sim.ts'
import { canAnswer } from '../world/tables.ts'
import type { Look } from './checks.ts'
import { runScript, type Listener, type ScriptResult, type Stage, type WorldStage } from './script-run.ts'
import type { ForcedAnswer, Script } from './script.ts'
import { isZoneStep, zoneStep } from './zone-step.ts'

/** The world that a script wants: with the variants and the forced answers of its header. Throws when it has no such. */
export function simFor(script: Script, file: WorldFile, options: SimOptions = {}): Sim {
  const wanted = withAnswers(file, script)
  for (const { message } of checkWorld(wanted)) throw new Error(`${script.file}: ${message}`)
  return new Sim(wanted, { ...options, variants: script.variants })
}

function withAnswers(file: WorldFile, script: Script): WorldFile {
  const hosts = { ...file.hosts }
  for (const forced of script.answers) {
    const host = hosts[forced.host]
    if (!host) throw new Error(`${script.file}: answers: there is no host ${forced.host}`)
    hosts[forced.host] = { ...host, services: withAnswer(host.services, forced) }
  }
  return { ...file, hosts }
}

/** The same services; those of this name, or all that have such a command and outcome, always answer it so. */
function withAnswer(services: HostFile['services'], { service, verb, outcome }: ForcedAnswer): HostFile['services'] {
  const all = servicesOf(services)
  const able = all.filter(({ name, protocol }) =>
    service === null ? canAnswer(protocol, verb, outcome) : name === service,
  )
  // Where none can, the check of the world says what is wrong with it.
  const named = new Set((able.length > 0 ? able : all).map(({ name }) => name))
  const forced = (block: object) =>
    Object.fromEntries(
      Object.entries(block).map(([name, told]: [string, { answers?: object }]) => [
        name,
        named.has(name) ? { ...told, answers: { ...told.answers, [verb]: outcome } } : told,
      ]),
    )
  const { more, ...own } = services
  return { ...forced(own), more: forced(more) } as HostFile['services']
}

/** Runs a script over a world, to its end or to the first thing that is not as it says. */
export function playScript(script: Script, sim: Sim, listener?: Listener): ScriptResult {
  let result: ScriptResult | null = null
  run(runScript(script, simStage(sim, script), listener), (value) => (result = value))
  // Every wait of a simulated stage is over at once, so the run is, too.
  return result!
}

function simStage(sim: Sim, script: Script): Stage {
  return {
    patiently: (waiter) => (resume) => {
      let answer: { value: Parameters<typeof resume>[0] } | null = null
      const giveUp = waiter((value) => (answer = { value }))
      while (answer === null && sim.step());
      if (answer === null) giveUp()
      resume(answer === null ? null : (answer as { value: Parameters<typeof resume>[0] }).value)
      return () => {}
    },
    dial: (from, to) => (resume) => {
      const address = sim.file.hosts[to.host]?.address
      const host = from ?? somewhere(sim, to.host)
      if (address === undefined || host === null || !(host in sim.file.hosts)) {
        resume({ ok: false, why: 'unreachable' })
        return () => {}
      }
      return sim.world.network.machine(host).dial(address, to.port)(resume)
    },
    server: sim.world.services.find(({ protocol }) => protocol === 'smtp') ?? null,
    world: worldStage(sim, script),
  }
}

/** Where nobody says who calls: the first person's machine, or any but the server. */
export function somewhere(sim: Sim, server: HostName | null): HostName | null {
  return sim.file.people[0]?.host ?? Object.keys(sim.file.hosts).find((host) => host !== server) ?? null
}

function worldStage(sim: Sim, script: Script): WorldStage {
  const seated = new Set<number>()
  const shown = new Map<string, string>()
  let read = 0
  const id = (terminal: number) => `script${terminal}`

  /** Somebody sits down when the first line is typed. */
  const seat = (terminal: number) => {
    if (seated.has(terminal)) return
    seated.add(terminal)
    const host = script.host.get(terminal) ?? script.host.get(1) ?? somewhere(sim, null)
    if (host === null) return
    const person = sim.file.people.find((other) => other.host === host)
    sim.open(id(terminal), host, person ? loginOf(sim.world, person.account, person.name) : 'guest')
    sim.drain()
  }

  return {
    type(terminal, text) {
      seat(terminal)
      sim.type(id(terminal), `${text}\n`)
      sim.drain()
    },
    key(terminal, key) {
      seat(terminal)
      sim.key(id(terminal), key)
      sim.drain()
    },
    shown(terminal) {
      for (; read < sim.trace.length; read++) {
        const event = sim.trace[read]!
        if (event.kind === 'typed' || event.kind === 'printed')
          shown.set(event.terminal, (shown.get(event.terminal) ?? '') + event.text)
      }
      return shown.get(id(terminal)) ?? ''
    },
    wait(duration) {
      sim.act({ act: 'wait', for: duration })
      sim.drain()
    },
    skip() {
      const went = sim.skip()
      sim.drain()
      return went
    },
    fault(text) {
      if (isZoneStep(text)) return zoneStep(sim, text)
      const fault = parseFault(text)
      if ('error' in fault) return fault.error
      const stranger = faultHosts(fault).find((host) => !(host in sim.file.hosts))
      if (stranger !== undefined) return `there is no host ${stranger}`
      sim.fault(text)
      sim.drain()
      return null
    },
    messages(account, mailbox) {
      sim.drain()
      return (
        lookAt(sim)
          .mailbox(account, mailbox)
          ?.messages()
          .map(({ octets }) => octets) ?? null
      )
    },
    overheard(from, to, nth) {
      sim.drain()
      const dials = sim.trace.filter(
        (event) =>
          event.kind === 'dial' && event.host === from && event.toHost === to.host && event.to.port === to.port,
      )
      const dial = dials[nth]
      if (dial?.kind !== 'dial') return null
      const heard = { up: '', down: '' }
      for (const event of sim.trace)
        if (event.kind === 'segment' && event.conn === dial.conn) heard[event.dir] += event.data
      return heard
    },
  }
}

/** What goals and scripts may see of a world's mailboxes. */
export function lookAt(sim: Sim): Look {
  return {
    mailbox(account, name) {
      for (const store of sim.world.stores.values()) {
        const found = account.includes('@') ? store.accountAt(account) : store.account(account)
        if (!found) continue
        const mailbox = found.mailboxes.get(name)
        if (!mailbox) return null
        return {
          version: `${mailbox.key} ${mailbox.highestModseq}`,
          messages: () => mailbox.messages.map(({ content, flags }) => ({ octets: content.octets, flags })),
        }
      }
      return null
    },
  }
}
