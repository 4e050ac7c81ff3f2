/**
 * The queue runner: tries what is due, and sleeps until the next thing is. It holds nothing that a crash of the host
 * could lose: everything is read from the queue, and `start` begins anew.
 */
import { ask, run, type Running, type Task } from '../task.ts'
import type { Millis } from '../terms.ts'
import { Attempt } from './attempt.ts'
import { isWaiting, type Delivery } from './delivery.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import type { MailSystem } from './system.ts'

/** Messages that are on their way to one domain at the same time: a host that does not answer holds up no others. */
const AT_ONCE = 20

export class Runner {
  private readonly system: MailSystem
  private readonly delivery: Delivery
  private readonly attempts = new Map<string, Attempt>()
  /** How many of them for each domain; a message counts for that of its first recipient. */
  private readonly busy = new Map<string, number>()
  private up = true
  private turn: Running | null = null
  private alarm: { at: Millis; task: Running } | null = null

  constructor(system: MailSystem, delivery: Delivery) {
    this.system = system
    this.delivery = delivery
  }

  /** The host has come up. */
  start(): void {
    this.up = true
    this.wake()
  }

  /** The host has gone down: everything stops in the middle, and nobody is told. */
  stop(): void {
    this.up = false
    this.turn?.stop()
    this.turn = null
    this.sleepUntil(Infinity)
    for (const attempt of this.attempts.values()) attempt.stop()
    this.attempts.clear()
    this.busy.clear()
  }

  /** Something may be due. It is looked at in a moment, when whoever called has said what it has to say. */
  wake(): void {
    if (!this.up || this.turn) return
    this.turn = run(sleep(this.system, 0, 'soon'), () => {
      this.turn = null
      this.tryWhatIsDue()
    })
  }

  private tryWhatIsDue(): void {
    const now = this.system.machine.now()
    let next = Infinity
    for (const entry of this.system.queue.entries()) {
      if (this.attempts.has(entry.id)) continue
      let first: Recipient | null = null
      for (const recipient of entry.recipients) {
        if (!isWaiting(recipient)) continue
        if (recipient.next > now) next = Math.min(next, recipient.next)
        else first ??= recipient
      }
      if (first) this.attempt(entry, first.path.domain.toLowerCase(), now)
    }
    this.sleepUntil(next)
  }

  /** Unless so many are on their way there already; the end of each of them wakes the runner again. */
  private attempt(entry: QueueEntry, domain: string, now: Millis): void {
    const { attempts, busy } = this
    const others = busy.get(domain) ?? 0
    if (others >= AT_ONCE) return
    busy.set(domain, others + 1)
    const attempt = new Attempt(this.system, this.delivery, entry, () => {
      attempts.delete(entry.id)
      const left = busy.get(domain)! - 1
      if (left > 0) busy.set(domain, left)
      else busy.delete(domain)
      this.wake()
    })
    attempts.set(entry.id, attempt)
    attempt.start(entry.recipients.filter((recipient) => isWaiting(recipient) && recipient.next <= now))
  }

  private sleepUntil(at: Millis): void {
    if (this.alarm?.at === at) return
    this.alarm?.task.stop()
    this.alarm = null
    if (at === Infinity) return
    const task = run(sleep(this.system, at - this.system.machine.now(), 'distant'), () => {
      this.alarm = null
      this.wake()
    })
    this.alarm = { at, task }
  }
}

function* sleep({ machine }: MailSystem, duration: Millis, kind: 'soon' | 'distant'): Task<void> {
  yield* ask(machine.sleep(duration, kind))
}
