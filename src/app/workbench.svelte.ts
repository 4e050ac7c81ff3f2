/** What is on the page: a world or a lesson in its run, the terminals, what is picked, and what has to be said. */
import { worlds } from 'virtual:content'
import { SvelteSet } from 'svelte/reactivity'
import type { Lesson } from '../core/lesson/lesson.ts'
import type { Octets } from '../core/bytes/octets.ts'
import type { Key } from '../core/shell/terminal.ts'
import type { HostName, Seq } from '../core/terms.ts'
import { reader } from '../core/views/terminals.ts'
import type { WorldFile } from '../core/world/schema.ts'
import type { Sim } from '../core/world/sim.ts'
import type { Saved } from '../core/lesson/saved.ts'
import { download } from './download.ts'
import { openKeeper } from './keeper.ts'
import type { Keeping } from './keeping.ts'
import { layout } from './layout.svelte.ts'
import { Notices } from './notices.svelte.ts'
import { breath } from './paced.ts'
import {
  DEFAULT,
  findLesson,
  inAddress,
  keyOf,
  loaded,
  named,
  ownText,
  placeIn,
  placeOf,
  SCRIPT,
  type Place,
} from './place.ts'
import { MOST_EVENTS, Run } from './run.svelte.ts'
import { keepingFor, rescue } from './safety.ts'
import { say } from './say.ts'
import { settings } from './settings.svelte.ts'
import { Lines } from './terminal/lines.ts'
import type { LineEditor } from './terminal/line-editor.ts'
import { Paste } from './terminal/paste.svelte.ts'
import { isViewId, type ViewId } from './view-ids.ts'

export type Pane = 'lesson' | 'terminal' | ViewId

type Engine = typeof import('./engine.ts')

const FIRST = 't1'

class Workbench {
  run = $state.raw<Run | null>(null)
  lesson = $state.raw<Lesson | null>(null)
  place = $state.raw<Place>({ world: DEFAULT, lesson: null })
  /** The terminal that is in front. */
  terminal = $state(FIRST)
  /** Where a narrow screen looks. */
  pane = $state<Pane>('terminal')
  left = $state<'lesson' | 'scenarios' | 'people'>('lesson')
  right = $state<ViewId>('sequence')
  /** The row that is picked, by the event that began it. */
  selected = $state<Seq | null>(null)
  /** The message that is open in the mailboxes, by its `letterKey`. */
  letter = $state<string | null>(null)
  /** A letter that came as a file, and is shown. */
  file = $state.raw<{ name: string; content: Octets; host: HostName; user: string } | null>(null)
  /** Messages that came and were opened. */
  readonly read = new SvelteSet<string>()
  /** What stands in the line that is being typed. */
  line = $state('')
  readonly paste = new Paste(this)
  readonly notices = new Notices()
  /** The screens on the page, by their terminals: each puts the keyboard into itself and draws its line anew. */
  readonly screens = new Map<string, () => void>()
  /** Terminals whose tabs were closed. */
  private readonly closed = new SvelteSet<string>()
  readonly lines = new Lines()
  private keeping: Keeping | null = null
  private entered: Promise<void> | undefined
  private engine: Engine | null = null

  /** Begins with what the address names. */
  async start(): Promise<void> {
    const engine = import('./engine.ts')
    const keeper = await openKeeper()
    this.keeping = keepingFor(this, keeper)
    this.engine = await engine
    if (!keeper.lasting) this.notices.tell('notice.memory', {}, { key: 'bar.export', act: () => this.toFile() })
    const query = new URLSearchParams(location.search)
    const wanted = query.get('lesson')
    const lesson = wanted === null ? null : await findLesson(wanted)
    if (wanted !== null && !lesson) this.notices.tell('notice.lesson.unknown', { lesson: wanted })
    const place = await named(query.get('world'), lesson)
    if (query.get('world')?.startsWith('own:') && ownText(place) === null) this.notices.tell('notice.world.unknown')
    if (/^#(moment|lesson)=/.test(location.hash))
      await (await import('./moment.ts')).openLink(this, location.hash, place)
    else if (query.has('scenario') && !lesson) await this.resume(query.get('scenario')!)
    else await this.open(place)
    if (query.has('read')) this.showText()
    if (this.run) await this.paste.begin(this.run, this.terminal)
  }

  /** Plays a scenario, or a script, and shows it from its beginning. */
  async play(id: string): Promise<void> {
    const { played } = await import('./playing.ts')
    const sim = await played(id, { say, language: settings.language })
    if (!sim) {
      if (!this.run) await this.open({ world: DEFAULT, lesson: null })
      return this.notices.tell('notice.scenario.unknown', { scenario: id })
    }
    const place: Place = { world: sim.file.name, lesson: null, scenario: id }
    const before = id.startsWith(SCRIPT) ? null : await this.keptText(place)
    this.notices.drop()
    await this.open(place, null, sim)
    this.left = 'scenarios'
    this.run?.lookAt(1)
    // Who has gone on from it by himself has that back, too.
    const kept = before === null ? null : this.engine!.readSaved(before)
    if (kept && kept.journal.acts.length !== sim.acts.length)
      this.notices.tell('notice.reset', {}, { key: 'notice.forked.undo', act: () => void this.open(place, kept) })
  }

  /** A scenario as it was left; played, where it was not looked at yet, or where its world is no world of the page. */
  private async resume(id: string): Promise<void> {
    const place: Place = { world: DEFAULT, lesson: null, scenario: id }
    const text = id.startsWith(SCRIPT) ? null : await this.keptText(place)
    const kept = text === null ? null : this.engine!.readSaved(text)
    if (!kept || !Object.hasOwn(worlds, kept.journal.world)) return this.play(id)
    await this.open({ ...place, world: kept.journal.world }, kept)
    this.left = 'scenarios'
  }

  /** `sim`: a simulation that is there already; else what was kept of the place, or a new one. */
  async open(place: Place, saved: Saved | null = null, sim: Sim | null = null): Promise<void> {
    const { lesson, world } = await loaded(place)
    const kept = saved ?? (sim ? null : await this.kept(place, world))
    const made = sim ?? (await this.made(place, world, kept))
    // A world is made in two tasks, and shown in another.
    if (!this.run) await breath()
    this.run?.end()
    this.paste.queue.stop()
    this.place = place
    this.lines.enter(keyOf(place), saved === null && sim === null)
    this.lesson = lesson
    this.selected = null
    this.letter = null
    this.read.clear()
    this.left = 'lesson'
    this.right = lesson?.pages.en.panes.flatMap((pane) => (isViewId(pane) ? [pane] : []))[0] ?? 'sequence'
    // Where one pane fills the screen, a lesson begins with its text.
    if (lesson && !kept) this.show('lesson')
    inAddress(place)
    this.notices.drop('notice.taken')
    this.notices.drop('notice.before')
    this.entered = this.keeping?.enter(keyOf(place))
    if (saved === null && sim === null) void this.offerBefore()
    this.closed.clear()
    for (const terminal of kept?.closed ?? []) this.closed.add(terminal)
    this.run = this.begin(made)
    this.terminal = this.seats.at(-1)?.terminal ?? FIRST
    this.line = this.editor().text
  }

  /** Forgets what was done here. */
  async reset(): Promise<void> {
    const before = this.run && this.savedText(this.run)
    this.run?.end()
    await this.keeping?.remove(keyOf(this.place))
    this.lines.clear()
    this.notices.drop()
    if (this.place.scenario) await this.play(this.place.scenario)
    else await this.open(this.place)
    if (before !== null)
      this.notices.tell('notice.reset', {}, { key: 'notice.forked.undo', act: () => void this.import(before) })
  }

  toFile(): void {
    if (this.run) download(`facteur-${this.run.sim.file.name}.json`, this.savedText(this.run), 'application/json')
  }

  async import(text: string): Promise<void> {
    const saved = this.engine!.readSaved(text)
    if (!saved) return this.notices.tell('notice.import.bad')
    const place = await placeOf(saved)
    if (!place && saved.own !== undefined) return this.notices.tell('notice.world.broken')
    if (!place) return this.notices.tell('notice.import.world', { world: saved.lesson ?? saved.journal.world })
    await this.open(place, saved)
    this.keep()
  }

  /** Files that were dropped on the page or chosen: they lie at home on the machine in front; a letter is shown as well. */
  async takeFiles(files: readonly File[]): Promise<void> {
    const { takeFiles } = await import('./incoming.ts')
    await takeFiles(this, files)
  }

  /** Goes on from the moment that is looked at, as if nothing after it had been; what was can be had back. */
  fork(): void {
    const then = this.run?.fork()
    if (!then) return
    this.turnTo(then, 'notice.forked')
    this.focusTerminal()
  }

  /** Goes on with this simulation of the same world; what there was can be had back. */
  turnTo(sim: Sim, notice: string): void {
    const before = this.savedText(this.run!)
    this.notices.drop(notice)
    this.succeed(this.begin(sim))
    this.notices.tell(notice, {}, { key: 'notice.forked.undo', act: () => void this.import(before) })
  }

  /** Another run of the same world takes the place of this one. */
  private succeed(next: Run): void {
    this.paste.queue.stop()
    this.run?.end()
    this.notices.drop('notice.past')
    this.selected = null
    this.letter = null
    this.run = next
    const seats = this.seats
    if (!seats.some(({ terminal }) => terminal === this.terminal)) this.terminal = seats.at(-1)?.terminal ?? FIRST
    this.keep()
  }

  editor(terminal = this.terminal): LineEditor {
    return this.lines.of(terminal)
  }

  /** Terminals that have a tab, in the order in which they were opened. */
  get seats() {
    const seats = new Map(this.run?.seats.map((seat) => [seat.terminal, seat]))
    return [...seats.values()].filter(({ terminal }) => !this.closed.has(terminal))
  }

  /** What is to be read is in front, also where one part fills the screen. */
  showText(): void {
    this.left = 'lesson'
    this.show('lesson')
  }

  /** Puts a part of the page in front, wherever it stands. */
  show(pane: Pane): void {
    this.pane = pane
    const there = isViewId(pane) && layout.has('more') && layout.more === pane
    if (isViewId(pane) && !there) this.right = pane
    layout.reveal(there ? 'more' : pane === 'lesson' ? pane : pane === 'terminal' ? 'terminals' : 'views')
  }

  focusTerminal(): void {
    this.screens.get(this.terminal)?.()
  }

  /** Messages that came and were not opened yet. */
  get unread(): number {
    return (this.run?.arrivals.size ?? 0) - this.read.size
  }

  openLetter(key: string): void {
    this.letter = key
    if (this.run?.arrivals.has(key)) this.read.add(key)
    this.show('mailboxes')
  }

  /** A row of the sequence, wherever it was mentioned. */
  openRow(seq: Seq): void {
    this.selected = seq
    this.show('sequence')
  }

  /** Sits down at a machine: at the terminal that is there already, or at a new one. */
  sit(host: string, user: string): void {
    const { run } = this
    if (!run) return
    const seat = this.seats.find((other) => other.host === host && other.user === user)
    if (seat) this.terminal = seat.terminal
    else this.newTerminal(host, user)
    this.show('terminal')
    this.focusTerminal()
  }

  /** False where the run takes nothing now. */
  newTerminal(host: string, user: string): boolean {
    if (!this.run) return false
    const terminal = `t${new Set(this.run.seats.map((seat) => seat.terminal)).size + 1}`
    this.run.open(terminal, host, user)
    if (!this.run.seats.some((seat) => seat.terminal === terminal)) return false
    this.terminal = terminal
    this.show('terminal')
    return true
  }

  /** Closes a terminal's tab, but never the last one. What still runs there is stopped, as by closing its window. */
  closeTerminal(terminal: string): void {
    const { run, seats } = this
    const at = seats.findIndex((seat) => seat.terminal === terminal)
    if (!run || at < 0 || seats.length < 2) return
    this.paste.queue.stop()
    const view = run.terminals.terminals.get(terminal)
    if (view && reader(view) !== 'shell') for (const key of ['interrupt', 'eof'] as const) run.key(terminal, key)
    this.closed.add(terminal)
    this.lines.delete(terminal)
    if (terminal === this.terminal) this.terminal = this.seats[Math.min(at, seats.length - 2)]!.terminal
    this.keep()
  }

  /** Puts text where the cursor stands; nothing is sent. */
  insert(text: string): void {
    this.editor().insert(text)
    this.show('terminal')
    this.focusTerminal()
  }

  /** What Enter sends, or Ctrl-D. */
  type(terminal: string, text: string): void {
    // Nothing can be said to the past, and nothing typed is lost.
    if (this.run?.refuses) this.editor(terminal).set(text.replace(/\n$/, ''))
    if (this.run) this.run.type(terminal, text)
    else this.paste.keep(text.replace(/\n$/, ''))
  }

  /** Sits down where a person has their place. */
  sitAs({ account, name, host }: WorldFile['people'][number], anew = false): void {
    const user = this.login(account, name)
    if (anew) this.newTerminal(host, user)
    else this.sit(host, user)
  }

  /** A whole line, as if it had been typed. */
  enter(line: string): void {
    const editor = this.editor()
    if (this.run?.refuses && editor.text === '') editor.set(line)
    this.run?.type(this.terminal, `${line}\n`)
    this.show('terminal')
    this.focusTerminal()
  }

  /** Types a whole line at a user's shell: in the terminal in front where it is theirs and free, else in a new one. */
  command(host: string, user: string, line: string): void {
    const { run, terminal } = this
    const seat = this.seats.find((each) => each.terminal === terminal)
    const view = run?.terminals.terminals.get(terminal)
    const free = view && reader(view) === 'shell' && this.editor().text === ''
    const there = free && seat?.host === host && seat.user === user
    if (there || this.newTerminal(host, user)) this.enter(line)
  }

  key(key: Key): void {
    if (key === 'interrupt') {
      this.paste.queue.stop()
      this.editor().set('')
    }
    this.run?.key(this.terminal, key)
    this.focusTerminal()
  }

  private login(account: string | null, name: string): string {
    return this.run && this.engine ? this.engine.loginOf(this.run.sim.world, account, name) : name
  }

  /** As it was kept, else anew. */
  private async made(place: Place, world: WorldFile, saved: Saved | null): Promise<Sim> {
    if (saved) {
      try {
        const { sim, same } = this.engine!.Sim.replay(world, saved.journal, { say })
        if (!same) rescue(this, this.keeping, keyOf(place), 'notice.differs', JSON.stringify(saved))
        return sim
      } catch {
        rescue(this, this.keeping, keyOf(place), 'notice.broken', JSON.stringify(saved))
      }
    }
    const storage = this.engine!.makeStorage(world)
    await breath()
    return new this.engine!.Sim(world, { say, storage })
  }

  /** Where nothing was done yet, somebody sits down. */
  private begin(sim: Sim): Run {
    const fresh = sim.acts.length === 0
    if (fresh) sim.act({ act: 'language', language: settings.language })
    const run = new Run(sim, {
      pace: () => settings.pace,
      language: () => settings.language,
      settled: () => this.keep(),
      refused: () => this.notices.tellOnce('notice.past'),
      most: MOST_EVENTS,
      full: () => this.notices.tellOnce('notice.long', { events: MOST_EVENTS }),
      grain: () => settings.grain,
      rewind: () => new this.engine!.Rewind(sim.file, sim, { say }),
      lesson: this.lesson ? this.engine!.watchGoals(this.lesson.goals, sim, { say }) : null,
    })
    const [person] = sim.file.people
    if (fresh && person) run.open(FIRST, person.host, this.engine!.loginOf(sim.world, person.account, person.name))
    return run
  }

  /** What was there before a link was opened is a button away, as long as it is there. */
  async offerBefore(): Promise<void> {
    const { place, keeping } = this
    await this.entered
    const own = (await keeping?.gaveWay(keyOf(place))) ?? null
    if (own === null || this.place !== place) return
    const { offerOwn } = await import('./own-before.ts')
    await offerOwn(this, place, own)
  }

  /** What is kept of this place gives way to what is opened there next, and can be had back; null: nothing does. */
  giveWay(place: Place | null): void {
    this.keeping?.giveWay(place && keyOf(place))
  }

  /** What gave way is not wanted any more, or is there again. */
  async letGo(place: Place, text: string): Promise<boolean> {
    const gone = (await this.keeping?.forget(keyOf(place), text)) ?? true
    if (gone) await this.offerBefore()
    return gone
  }

  /** What was let go is wanted all the same. */
  async putBack(place: Place, text: string): Promise<void> {
    await this.keeping?.putBack(keyOf(place), text)
    await this.offerBefore()
  }

  async keptText(place: Place): Promise<string | null> {
    return (await this.keeping?.get(keyOf(place))) ?? null
  }

  /** What was kept of this place; null where there is nothing, or nothing that can be read. */
  private async kept(place: Place, world: WorldFile): Promise<Saved | null> {
    const text = await this.keptText(place)
    if (text === null) return null
    const saved = this.engine!.readSaved(text)
    const sound = saved?.journal.world === world.name
    if (sound && (saved.own ?? null) === ownText(place)) return saved
    rescue(this, this.keeping, keyOf(place), sound ? 'notice.world.changed' : 'notice.broken', text)
    return null
  }

  keep(): void {
    if (this.run) this.keeping?.keep(() => ({ key: keyOf(this.place), text: this.savedText(this.run!) }))
  }

  /** What there is now, as it is kept and given away. */
  get saved(): Saved | null {
    return this.run && this.engine!.readSaved(this.savedText(this.run))
  }

  private savedText({ sim }: Run): string {
    return this.engine!.savedText({ ...placeIn(this.place), journal: sim.journal(), closed: [...this.closed] })
  }
}

export const workbench = new Workbench()
