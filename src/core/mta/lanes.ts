/**
 * Lanes: what waits for the same hosts. So many connections to them are open at once as the configuration allows; one that
 * has delivered its message takes the next that waits, before it says QUIT (RFC 5321 3.3 lets a session have any number of
 * transactions). A lane without work is gone.
 */
import { run, type Running, type Task } from '../task.ts'
import { wayOf, type Consignment } from './consignment.ts'
import { handOver, type OpenConnection } from './handover.ts'
import type { Delivery } from './delivery.ts'
import type { MailSystem } from './system.ts'

interface Parcel {
  consignment: Consignment
  done: () => void
}

interface Lane {
  /** Those before `first` are taken. */
  waiting: Parcel[]
  first: number
  connections: number
}

export class Lanes {
  private readonly system: MailSystem
  private readonly delivery: Delivery
  private readonly lanes = new Map<string, Lane>()
  private readonly working = new Set<Running>()

  constructor(system: MailSystem, delivery: Delivery) {
    this.system = system
    this.delivery = delivery
  }

  add(consignment: Consignment, done: () => void): void {
    const key = wayOf(consignment)
    const lane = this.lanes.get(key) ?? { waiting: [], first: 0, connections: 0 }
    this.lanes.set(key, lane)
    lane.waiting.push({ consignment, done })
    if (lane.connections >= this.system.config.connections) return
    lane.connections++
    const working: { work: Running | null; over: boolean } = { work: null, over: false }
    working.work = run(this.work(lane), () => {
      working.over = true
      lane.connections--
      if (lane.connections === 0) this.lanes.delete(key)
      if (working.work) this.working.delete(working.work)
    })
    // It may be over before it has begun: where no host can be asked, nothing is waited for.
    if (!working.over) this.working.add(working.work)
  }

  /** The host has gone down. */
  stop(): void {
    for (const work of this.working) work.stop()
    this.working.clear()
    this.lanes.clear()
  }

  private *work(lane: Lane): Task<void> {
    for (let parcel = take(lane); parcel; parcel = take(lane)) {
      let open: OpenConnection | null = null
      for (let next: Parcel | null = parcel; next; next = open && take(lane)) {
        open = yield* handOver(this.system, this.delivery, next.consignment, open)
        next.done()
      }
      if (open) yield* open.connection.quit()
    }
  }
}

function take(lane: Lane): Parcel | null {
  const parcel = lane.waiting[lane.first]
  if (!parcel) return null
  lane.first++
  if (lane.first > 1000 && lane.first * 2 > lane.waiting.length) {
    lane.waiting.splice(0, lane.first)
    lane.first = 0
  }
  return parcel
}
