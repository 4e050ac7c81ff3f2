/** What is on the page: a world or a lesson in its run, the terminals, what is picked, and what has to be said. */
import { lessons, worlds, type LessonEntry } from 'virtual:content'
import type { Lesson } from '../core/lesson/lesson.ts'
import { LessonRun } from '../core/lesson/goals.ts'
import type { Key } from '../core/shell/terminal.ts'
import type { Seq } from '../core/terms.ts'
import type { Journal } from '../core/world/journal.ts'
import type { WorldFile } from '../core/world/schema.ts'
import { loginOf } from '../core/world/seat.ts'
import { Sim } from '../core/world/sim.ts'
import { translator, type Language, type Values } from '../texts/index.ts'
import { readSaved, savedText } from './journal-file.ts'
import { openKeeper, type Keeper } from './keeper.ts'
import { Run } from './run.svelte.ts'
import { settings } from './settings.svelte.ts'
import { LineEditor } from './terminal/line-editor.ts'
import { pastedLines } from './terminal/keys.ts'

export type Pane = 'lesson' | 'terminal' | 'sequence'

interface Place {
  world: string
  lesson: LessonEntry | null
}

interface Notice {
  key: string
  values: Values
}

const DEFAULT = 'campus'
const FIRST = 't1'

const say = (language: string, key: string, values?: Values) => translator(language === 'fr' ? 'fr' : 'en')(key, values)

class Workbench {
  run = $state.raw<Run | null>(null)
  lesson = $state.raw<Lesson | null>(null)
  place = $state.raw<Place>({ world: DEFAULT, lesson: null })
  /** The terminal that is in front. */
  terminal = $state(FIRST)
  /** Where a narrow screen looks. */
  pane = $state<Pane>('terminal')
  left = $state<'lesson' | 'people'>('lesson')
  /** The row that is picked, by the event that began it. */
  selected = $state<Seq | null>(null)
  /** What stands in the line that is being typed. */
  line = $state('')
  /** Pasted lines that still wait. */
  pasting = $state(0)
  notices = $state<Notice[]>([])
  /** Puts the keyboard into the terminal and draws its line anew; set by the terminal. */
  focusTerminal: () => void = () => {}
  private readonly editors = new Map<string, LineEditor>()
  private keeper: Keeper | null = null
  private paste = { cancelled: false }

  /** Begins with what the address names. */
  async start(): Promise<void> {
    this.keeper = await openKeeper()
    if (!this.keeper.lasting) this.tell('notice.memory')
    const query = new URLSearchParams(location.search)
    const wanted = query.get('lesson')
    const lesson =
      wanted === null ? null : (lessons.find(({ id }) => id === wanted || id.endsWith(`/${wanted}`)) ?? null)
    if (wanted !== null && !lesson) this.tell('notice.lesson.unknown', { lesson: wanted })
    await this.open({ world: known(query.get('world')), lesson })
  }

  async open(place: Place, journal: Journal | null = null): Promise<void> {
    const { lesson, world } = place.lesson
      ? await place.lesson.load()
      : { lesson: null, world: await worlds[place.world]!() }
    const kept = journal ?? (await this.kept(place, world))
    this.run?.end()
    this.stopPaste()
    this.editors.clear()
    this.place = place
    this.lesson = lesson
    this.selected = null
    this.left = 'lesson'
    inAddress(place)
    this.run = this.begin(world, kept)
    this.terminal = this.run.seats.at(-1)?.terminal ?? FIRST
    this.line = ''
  }

  /** Forgets what was done here. */
  async reset(): Promise<void> {
    await this.keeper?.remove(keyOf(this.place))
    this.notices = []
    await this.open(this.place)
  }

  exported(): { name: string; text: string } | null {
    if (!this.run) return null
    const journal = this.run.sim.journal()
    return { name: `facteur-${journal.world}.json`, text: savedText(this.place.lesson?.id ?? null, journal) }
  }

  async import(text: string): Promise<void> {
    const saved = readSaved(text)
    if (!saved) return this.tell('notice.import.bad')
    const lesson = lessons.find(({ id }) => id === saved.lesson) ?? null
    if (saved.lesson === null ? !(saved.journal.world in worlds) : !lesson)
      return this.tell('notice.import.world', { world: saved.lesson ?? saved.journal.world })
    await this.open({ world: lesson ? this.place.world : saved.journal.world, lesson }, saved.journal)
    this.keep()
  }

  setLanguage(language: Language): void {
    settings.setLanguage(language)
    this.run?.do({ act: 'language', language })
  }

  tell(key: string, values: Values = {}): void {
    this.notices.push({ key, values })
  }

  editor(terminal = this.terminal): LineEditor {
    const editor = this.editors.get(terminal) ?? new LineEditor()
    this.editors.set(terminal, editor)
    return editor
  }

  /** Sits down at a machine: at the terminal that is there already, or at a new one. */
  sit(host: string, user: string): void {
    const { run } = this
    if (!run) return
    const seat = run.seats.find((other) => other.host === host && other.user === user)
    if (seat) this.terminal = seat.terminal
    else this.newTerminal(host, user)
    this.pane = 'terminal'
    this.focusTerminal()
  }

  newTerminal(host: string, user: string): void {
    if (!this.run) return
    const terminal = `t${new Set(this.run.seats.map((seat) => seat.terminal)).size + 1}`
    this.run.open(terminal, host, user)
    this.terminal = terminal
    this.pane = 'terminal'
  }

  /** Puts text where the cursor stands; nothing is sent. */
  insert(text: string): void {
    this.editor().insert(text)
    this.pane = 'terminal'
    this.focusTerminal()
  }

  /** A whole line, as if it had been typed. */
  enter(line: string): void {
    this.run?.type(this.terminal, `${line}\n`)
    this.pane = 'terminal'
    this.focusTerminal()
  }

  key(key: Key): void {
    if (key === 'interrupt') {
      this.stopPaste()
      this.editor().set('')
    }
    this.run?.key(this.terminal, key)
    this.focusTerminal()
  }

  /** Pasted lines go one by one, each when the world has answered the one before. */
  async pasted(text: string): Promise<void> {
    const { lines, rest } = pastedLines(text)
    const editor = this.editor()
    const { run, terminal } = this
    if (!run || lines.length === 0) return editor.insert(rest)
    editor.insert(lines[0]!)
    lines[0] = editor.take()
    this.stopPaste()
    const paste = this.paste
    for (const [at, line] of lines.entries()) {
      this.pasting = lines.length - at
      run.type(terminal, `${line}\n`)
      await run.quiet()
      if (paste.cancelled) return
    }
    this.pasting = 0
    this.editor(terminal).insert(rest)
    this.focusTerminal()
  }

  private stopPaste(): void {
    this.paste.cancelled = true
    this.paste = { cancelled: false }
    this.pasting = 0
  }

  private begin(world: WorldFile, journal: Journal | null): Run {
    if (journal) {
      try {
        const { sim, same } = Sim.replay(world, journal, { say })
        if (!same) this.tell('notice.differs')
        return this.running(sim)
      } catch {
        this.tell('notice.broken')
      }
    }
    const sim = new Sim(world, { say })
    sim.act({ act: 'language', language: settings.language })
    const run = this.running(sim)
    const [person] = world.people
    if (person) run.open(FIRST, person.host, loginOf(sim.world, person.account, person.name))
    return run
  }

  private running(sim: Sim): Run {
    const look = {
      messages: (account: string, mailbox: string) => messagesOf(sim, account, mailbox),
    }
    const lesson = this.lesson ? new LessonRun(this.lesson.goals, look) : null
    return new Run(sim, { pace: () => settings.pace, settled: () => this.keep(), lesson })
  }

  /** What was kept of this place; null where there is nothing, or nothing that can be read. */
  private async kept(place: Place, world: WorldFile): Promise<Journal | null> {
    const text = (await this.keeper?.get(keyOf(place)).catch(() => null)) ?? null
    if (text === null) return null
    const saved = readSaved(text)
    if (saved?.journal.world === world.name) return saved.journal
    this.tell('notice.broken')
    return null
  }

  private keep(): void {
    const { run, keeper } = this
    if (!run || !keeper) return
    const text = savedText(this.place.lesson?.id ?? null, run.sim.journal())
    keeper.put(keyOf(this.place), text).catch(() => {
      if (!this.notices.some(({ key }) => key === 'notice.memory')) this.tell('notice.memory')
    })
  }
}

function messagesOf(sim: Sim, name: string, mailbox: string): string[] | null {
  for (const store of sim.world.stores.values()) {
    const account = store.account(name)
    const found = account?.mailboxes.get(mailbox)
    if (found) return found.messages.map(({ content }) => content)
  }
  return null
}

const known = (world: string | null) => (world !== null && Object.hasOwn(worlds, world) ? world : DEFAULT)

const keyOf = ({ world, lesson }: Place) => (lesson ? `lesson:${lesson.id}` : `world:${world}`)

function inAddress({ world, lesson }: Place): void {
  const address = new URL(location.href)
  const set = (name: string, value: string | null) =>
    value === null ? address.searchParams.delete(name) : address.searchParams.set(name, value)
  set('lesson', lesson?.id ?? null)
  set('world', lesson || world === DEFAULT ? null : world)
  if (address.href !== location.href) history.replaceState(null, '', address)
}

export const workbench = new Workbench()
