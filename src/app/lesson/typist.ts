/** Plays a solution by the same means that a person has: keys, lines, the clock, faults. Whoever types takes over. */
import { bindLatest, fill, type Bindings } from '../../core/lesson/expect.ts'
import type { Lesson } from '../../core/lesson/lesson.ts'
import { parseScript, type Script, type Step } from '../../core/lesson/script.ts'
import { isZoneStep, zoneDeed } from '../../core/lesson/zone-step.ts'
import { settings } from '../settings.svelte.ts'
import { helping } from '../terminal/helping.svelte.ts'
import { workbench } from '../workbench.svelte.ts'

/** What the buttons say, and see. */
interface Show {
  readonly state: 'off' | 'typing' | 'paused'
  at: number
  of: number
}

/** Milliseconds for a key, before Enter, and behind an answer. */
const KEY = 28
const BREATH = 250
const LOOK = 700
const POLL = 60

/** Somebody stopped it, or typed. */
class Stopped extends Error {}

export async function perform(lesson: Lesson, show: Show): Promise<void> {
  const parsed = parseScript(lesson.solution, lesson.id)
  if ('errors' in parsed) return
  try {
    await new Performance(parsed.script, show).play()
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
  }
}

class Performance {
  private readonly script: Script
  private readonly show: Show
  private readonly run = workbench.run!
  /** Words that the world said, and the script says again. */
  private readonly bindings: Bindings = new Map()
  /** The terminals of the page, by those of the script. */
  private readonly terminals = new Map<number, string>()

  constructor(script: Script, show: Show) {
    this.script = script
    this.show = show
  }

  async play(): Promise<void> {
    const steps = this.script.steps.filter(({ step }) => step !== 'mailbox')
    this.show.of = steps.length
    for (const [at, step] of steps.entries()) {
      this.show.at = at
      await this.ready()
      await this.take(step)
      if (step.step === 'printed') continue
      await this.run.quiet()
      await this.rest(LOOK)
    }
    this.show.at = steps.length
  }

  private async take(step: Step): Promise<void> {
    const { run } = this
    switch (step.step) {
      case 'type':
        return this.type(this.seat(step.terminal), fill(step.text, this.bindings))
      case 'printed':
        return bindLatest(step.text, this.shown(this.seat(step.terminal)), this.bindings)
      case 'key':
        return run.key(this.seat(step.terminal), step.key)
      case 'wait':
        return run.do({ act: 'wait', for: step.duration })
      case 'skip':
        return run.skip()
      case 'fault': {
        const deed = isZoneStep(step.fault)
          ? zoneDeed(run.sim, step.fault)
          : ({ act: 'fault', fault: step.fault } as const)
        // Where it is done is seen.
        workbench.show(isZoneStep(step.fault) ? 'dns' : 'network')
        if (typeof deed !== 'string') run.do(deed)
      }
    }
  }

  private async type(terminal: string, text: string): Promise<void> {
    const editor = workbench.editor(terminal)
    workbench.show('terminal')
    editor.set('')
    for (const character of text) {
      await this.rest(settings.pace === 0 ? 0 : KEY)
      await this.ready()
      editor.insert(character)
      this.draw(terminal)
      if (!text.startsWith(editor.text)) throw new Stopped()
    }
    await this.rest(BREATH)
    await this.ready()
    if (editor.text !== text) throw new Stopped()
    workbench.type(terminal, `${editor.take()}\n`)
    this.draw(terminal)
  }

  /** The terminal in front is the one that is typed at; somebody sits down there when it is first wanted. */
  private seat(number: number): string {
    const known = this.terminals.get(number)
    if (known !== undefined) {
      workbench.terminal = known
      return known
    }
    const [first] = workbench.seats
    const host = this.script.host.get(number) ?? this.script.host.get(1) ?? first?.host ?? ''
    const person = this.run.sim.file.people.find((other) => other.host === host)
    const taken = [...this.terminals.values()]
    if (first && first.host === host && !taken.includes(first.terminal)) workbench.terminal = first.terminal
    else if (person) workbench.sitAs(person, true)
    else workbench.newTerminal(host, 'guest')
    this.terminals.set(number, workbench.terminal)
    return workbench.terminal
  }

  /** All that stands at a terminal. */
  private shown(terminal: string): string {
    const pieces = this.run.terminals.terminals.get(terminal)?.pieces ?? []
    return pieces.map(({ text }) => text).join('')
  }

  private draw(terminal: string): void {
    workbench.line = workbench.editor(terminal).text
    helping.cursor = workbench.editor(terminal).cursor
    helping.drawn.get(terminal)?.()
  }

  /** Nothing is typed in a pause, nor while the past is looked at or the clock stands still. */
  private async ready(): Promise<void> {
    for (;;) {
      if (this.show.state === 'off' || workbench.run !== this.run) throw new Stopped()
      if (this.show.state === 'typing' && !this.run.refuses && this.run.playing) return
      await this.rest(POLL)
    }
  }

  private async rest(time: number): Promise<void> {
    if (time > 0) await new Promise((resolve) => setTimeout(resolve, time))
  }
}
