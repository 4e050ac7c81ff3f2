/**
 * The queue runner: tries what is due, and sleeps until the next thing is. It holds nothing that a crash of the host
 * could lose: everything is read from the queue, and `start` begins anew.
 *
 * What is due stands in line for its next host, so many of each line are on their way at once, and the others wait without
 * being looked at: the cost of a message does not grow with the queue.
 */
import { ask, run, type Running, type Task } from '../task.ts'
import type { Millis } from '../terms.ts'
import { Attempt } from './attempt.ts'
import { isWaiting, type Delivery } from './delivery.ts'
import { Lanes } from './lanes.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import { nextDomain, nextHop } from './routing.ts'
import { Schedule } from './schedule.ts'
import type { MailSystem } from './system.ts'

/** Messages that are on their way to one domain at the same time: a host that does not answer holds up no others. */
const AT_ONCE = 20

/** What is due for one domain or host, in order; those before `first` are on their way or done. */
interface Line {
  entries: QueueEntry[]
  first: number
  busy: number
  advancing: boolean
}

export class Runner {
  private readonly system: MailSystem
  private readonly delivery: Delivery
  private readonly lanes: Lanes
  private readonly schedule = new Schedule()
  private readonly lines = new Map<string, Line>()
  /** In a line, or on its way; null while it is not an attempt that can be stopped. */
  private readonly taken = new Map<QueueEntry, Attempt | null>()
  /** Their host has asked for them (ETRN): they do not wait for it any more. */
  private readonly released = new Set<Recipient>()
  private up = true
  private turn: Running | null = null
  private alarm: { at: Millis; task: Running } | null = null

  constructor(system: MailSystem, delivery: Delivery) {
    this.system = system
    this.delivery = delivery
    this.lanes = new Lanes(system, delivery)
  }

  /** The host has come up. */
  start(): void {
    this.up = true
    for (const entry of this.system.queue.entries()) this.plan(entry)
    this.wake()
  }

  /** The host has gone down: everything stops in the middle, and nobody is told. */
  stop(): void {
    this.up = false
    this.turn?.stop()
    this.turn = null
    this.sleepUntil(Infinity)
    this.lanes.stop()
    for (const attempt of this.taken.values()) attempt?.stop()
    this.taken.clear()
    this.lines.clear()
    this.schedule.clear()
    this.released.clear()
  }

  /** Something may be due. It is looked at in a moment, when whoever called has said what it has to say. */
  wake(): void {
    if (!this.up || this.turn) return
    this.turn = run(sleep(this.system, 0, 'soon'), () => {
      this.turn = null
      this.tryWhatIsDue()
    })
  }

  /** `mailq -q`: this message is tried as soon as it can be. */
  hurry(entry: QueueEntry): void {
    const now = this.system.machine.now()
    for (const recipient of entry.recipients) if (isWaiting(recipient)) recipient.next = Math.min(recipient.next, now)
    this.schedule.put(entry, now)
    this.wake()
  }

  /** Their host has asked for them. */
  release(entry: QueueEntry, recipients: readonly Recipient[]): void {
    const now = this.system.machine.now()
    for (const recipient of recipients) {
      this.released.add(recipient)
      recipient.next = now
    }
    this.schedule.put(entry, now)
    this.wake()
  }

  /** Takes a message out of the runner's hands, for somebody else to deliver; false where it is on its way already. */
  claim(entry: QueueEntry): boolean {
    if (this.taken.has(entry)) return false
    this.taken.set(entry, null)
    return true
  }

  giveBack(entry: QueueEntry): void {
    this.taken.delete(entry)
    this.plan(entry)
    this.wake()
  }

  stateOf(entry: QueueEntry): 'active' | 'hold' | 'deferred' | 'incoming' {
    if (this.taken.has(entry)) return 'active'
    const waiting = entry.recipients.filter(isWaiting)
    if (waiting.some((recipient) => this.isHeld(recipient))) return 'hold'
    return waiting.some(({ reason }) => reason !== '') ? 'deferred' : 'incoming'
  }

  /** Its host comes for its mail itself, and has not asked yet. */
  private isHeld(recipient: Recipient): boolean {
    return (
      recipient.account === null &&
      !this.released.has(recipient) &&
      Object.hasOwn(this.system.config.waiting, nextDomain(recipient.path))
    )
  }

  /** When to look at it again. */
  private plan(entry: QueueEntry): void {
    const { queue, config } = this.system
    if (this.taken.has(entry) || !queue.has(entry)) return
    const { notice } = config.retry
    let next = Infinity
    for (const recipient of entry.recipients) {
      if (!isWaiting(recipient)) continue
      if (recipient.next < next) next = recipient.next
      // What was never tried is not late yet.
      if (notice !== null && !recipient.toldDelay && recipient.reason !== '')
        next = Math.min(next, entry.arrived + notice)
    }
    if (next < Infinity) this.schedule.put(entry, next)
  }

  private tryWhatIsDue(): void {
    const now = this.system.machine.now()
    for (const entry of this.system.queue.takeFresh()) this.plan(entry)
    for (let entry = this.schedule.take(now); entry; entry = this.schedule.take(now)) {
      if (!this.taken.has(entry) && this.system.queue.has(entry)) this.lookAt(entry, now)
    }
    this.sleepUntil(this.schedule.next)
  }

  private lookAt(entry: QueueEntry, now: Millis): void {
    this.tellOfDelay(entry, now)
    this.hold(entry, now)
    const first = entry.recipients.find((recipient) => isWaiting(recipient) && recipient.next <= now)
    if (first) this.queueUp(entry, first)
    else this.plan(entry)
  }

  /** Once for each of them (RFC 3461 4.1 DELAY). */
  private tellOfDelay(entry: QueueEntry, now: Millis): void {
    const { notice } = this.system.config.retry
    if (notice === null || now < entry.arrived + notice) return
    const late = entry.recipients.filter(
      (recipient) => isWaiting(recipient) && !recipient.toldDelay && recipient.reason !== '',
    )
    this.delivery.delayed(entry, late)
    for (const recipient of late) recipient.toldDelay = true
  }

  /** Those whose host comes for its mail itself wait for it, until the message is too old. */
  private hold(entry: QueueEntry, now: Millis): void {
    const { config, machine } = this.system
    const held = entry.recipients.filter(
      (recipient) => isWaiting(recipient) && recipient.next <= now && this.isHeld(recipient),
    )
    if (held.length === 0) return
    const until = entry.arrived + config.retry.expire
    const why = 'waits until its host asks for it'
    if (now >= until) {
      this.delivery.report(entry, held, { is: 'deferred', code: '4.4.1', why }, entry.cause)
      this.delivery.settle(entry)
      return
    }
    const recipients = held.map(({ address }) => address)
    const last = machine.note({ kind: 'deferred', id: entry.id, recipients, why, until }, entry.cause)
    for (const recipient of held) Object.assign(recipient, { next: until, code: '4.4.1', reason: why, last })
  }

  private queueUp(entry: QueueEntry, { path }: Recipient): void {
    const hop = nextHop(this.system.config, path)
    const key = hop.host ?? hop.domain
    const line = this.lines.get(key) ?? { entries: [], first: 0, busy: 0, advancing: false }
    this.lines.set(key, line)
    this.taken.set(entry, null)
    line.entries.push(entry)
    this.advance(key, line)
  }

  /** Unless so many are on their way there already; the end of each of them lets the next one go. */
  private advance(key: string, line: Line): void {
    // One that was over at once has called from below: the loop that started it goes on.
    if (line.advancing) return
    line.advancing = true
    while (line.busy < AT_ONCE && line.first < line.entries.length) {
      const entry = line.entries[line.first++]!
      if (line.first > 1000 && line.first * 2 > line.entries.length) {
        line.entries.splice(0, line.first)
        line.first = 0
      }
      line.busy++
      this.attempt(entry, () => {
        line.busy--
        this.advance(key, line)
      })
    }
    line.advancing = false
    if (line.busy === 0) this.lines.delete(key)
  }

  private attempt(entry: QueueEntry, done: () => void): void {
    const now = this.system.machine.now()
    const due = entry.recipients.filter((recipient) => isWaiting(recipient) && recipient.next <= now)
    const attempt = new Attempt(this.system, this.delivery, this.lanes, entry, () => {
      for (const recipient of due) this.released.delete(recipient)
      this.giveBack(entry)
      done()
    })
    this.taken.set(entry, attempt)
    attempt.start(due)
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
