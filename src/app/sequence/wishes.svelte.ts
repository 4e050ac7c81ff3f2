/**
 * What of the sequence its reader wants to see: kept while other panes are in front, and from one run of a world to the
 * next. What only one run has (sessions, messages) is forgotten where the next does not have it.
 */
import { SvelteSet } from 'svelte/reactivity'
import type { ConnId, HostName, Seq } from '../../core/terms.ts'
import type { Fold } from '../../core/trace/events.ts'
import type { Concern, isOnTheWay } from '../../core/views/concern.ts'
import type { Reason, RowKind, Wish } from '../../core/views/folding.ts'
import type { WorldFile } from '../../core/world/schema.ts'
import type { Run } from '../run.svelte.ts'

interface Telling {
  concern: Fold<Concern>
  isOnTheWay: typeof isOnTheWay
}

export class Wishes {
  inWords = $state(false)
  /** What name servers ask each other is shown, too. */
  resolving = $state(false)
  notes = $state(true)
  readonly folded = new SvelteSet<ConnId>()
  readonly hosts = new SvelteSet<HostName>()
  readonly kinds = new SvelteSet<RowKind>()
  session = $state<ConnId | null>(null)
  message = $state<number | null>(null)
  /** What tells rows by message: it comes with the choice of one. */
  telling = $state.raw<Telling | null>(null)
  /** The choice of filters is open. */
  choosing = $state(false)
  /** An exchange that is marked, from one event to another; the second may stand before the first. */
  marked = $state.raw<{ from: Seq; to: Seq } | null>(null)
  /** How far the picture is scrolled; null: it follows what comes. */
  scrolled: number | null = null
  private readonly resolvers: ReadonlySet<HostName>
  private run: Run | null = null

  constructor(file: WorldFile) {
    this.resolvers = still(Object.keys(file.hosts).filter((name) => file.hosts[name]!.roles.includes('dns')))
  }

  /** Whether anything but name servers is left out. */
  get filtered(): boolean {
    return this.hosts.size > 0 || this.kinds.size > 0 || this.session !== null || this.message !== null || !this.notes
  }

  /** As it is now: a set that is asked later would tell of later wishes. */
  wish(): Wish {
    const { resolving, resolvers, notes, session, message } = this
    return {
      ...{ notes, session, message },
      folded: still(this.folded),
      // Who picks a message, or the servers themselves, wants their look-ups.
      resolvers:
        resolving || message !== null || [...this.hosts].some((host) => resolvers.has(host)) ? NOBODY : resolvers,
      hosts: still(this.hosts),
      kinds: still(this.kinds),
    }
  }

  fold(conn: ConnId): void {
    if (!this.folded.delete(conn)) this.folded.add(conn)
  }

  /** Marks an exchange that ends here; where one is marked already, it begins where it began. */
  mark(from: Seq, to: Seq): void {
    this.marked = { from: this.marked?.from ?? from, to }
  }

  /** Only this message is wanted. */
  follow(message: number | null, telling: Telling): void {
    this.telling = telling
    this.message = message
  }

  clear(): void {
    this.hosts.clear()
    this.kinds.clear()
    this.session = null
    this.message = null
    this.notes = true
  }

  /** Wants whatever would leave this out no more. */
  allow(reasons: readonly Reason[], conn: ConnId | null): void {
    if (reasons.includes('resolvers')) this.resolving = true
    if (reasons.includes('notes')) this.notes = true
    if (reasons.includes('hosts')) this.hosts.clear()
    if (reasons.includes('kinds')) this.kinds.clear()
    if (reasons.includes('session')) this.session = null
    if (reasons.includes('message')) this.message = null
    if (conn !== null) this.folded.delete(conn)
  }

  /** Another run of this world is on the page. */
  enter(run: Run): this {
    if (this.run === run) return this
    if (this.run !== null) {
      const { connections, rows } = run.sequence
      for (const conn of this.folded) if (!connections.has(conn)) this.folded.delete(conn)
      if (this.session !== null && !connections.has(this.session)) this.session = null
      if (rows.length === 0) this.message = null
      this.marked = null
      this.scrolled = null
    }
    this.run = run
    return this
  }
}

/** A set that does not change any more. */
const still = <Each>(all: Iterable<Each>): ReadonlySet<Each> => new Set(all)

const NOBODY = still<HostName>([])

const kept = new WeakMap<WorldFile, Wishes>()

export function wishesFor(file: WorldFile): Wishes {
  const wishes = kept.get(file) ?? new Wishes(file)
  kept.set(file, wishes)
  return wishes
}
