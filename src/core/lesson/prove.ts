/**
 * The proof of a lesson: its solution meets all goals, with several seeds, and doing nothing, letting time pass and each wrong
 * script do not. The tests of the lessons, `npm run lesson -- check` and the page's own check are this.
 */
import { harmless, utf8Text } from '../bytes/utf8.ts'
import type { Octets } from '../bytes/octets.ts'
import type { Seq } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import type { WorldFile } from '../world/schema.ts'
import { Sim, type SimOptions } from '../world/sim.ts'
import type { GoalState, LessonRun } from './goals.ts'
import type { Lesson } from './lesson.ts'
import { failureText, type Listener } from './script-run.ts'
import { parseScript } from './script.ts'
import { playScript } from './sim-stage.ts'
import { tried, type TrialResult } from './trials.ts'
import { watchGoals } from './watch.ts'

/** What became of a goal, and what it saw. */
export interface GoalSeen extends GoalState {
  /** The line of the script at which it was earned or broken; null for neither, and in a trial. */
  line: number | null
  /** The event that earned or broke it, in words. */
  event: string
  trial: TrialResult | null
}

export interface Played {
  sim: Sim
  run: LessonRun
  /** Where the script stopped, in words; '' where all was as it says. */
  failure: string
  goals: GoalSeen[]
}

/** Plays a script over a lesson's world, and makes the trials where they are due. Throws where the script is none. */
export function playLesson(
  { goals }: Pick<Lesson, 'goals'>,
  world: WorldFile,
  script: { text: string; file: string },
  options: SimOptions = {},
  listener: Listener = {},
): Played {
  const parsed = parseScript(script.text, script.file)
  if ('errors' in parsed)
    throw new Error(parsed.errors.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'))
  const sim = new Sim(world, options)
  const run = watchGoals(goals, sim, options)
  const steps: { line: number; seq: Seq }[] = []
  const result = playScript(parsed.script, sim, {
    ...listener,
    begins(step) {
      steps.push({ line: step.line, seq: sim.trace.length })
      listener.begins?.(step)
    },
  })
  // What must never happen is judged over the whole: what is still in flight belongs to it.
  sim.drain()
  const trials = makeTrials(run, sim, options)
  const seen = run.goals.map((goal): GoalSeen => {
    const event = goal.seq === null ? null : (sim.trace[goal.seq] ?? null)
    return {
      ...goal,
      line: goal.seq === null ? null : (steps.findLast(({ seq }) => seq <= goal.seq!)?.line ?? null),
      event: event ? eventText(event) : '',
      trial: trials.get(goal.id) ?? null,
    }
  })
  return { sim, run, failure: failureText(result), goals: seen }
}

/** Makes the trials that are due, and tells the run of those that came out well. */
export function makeTrials(run: LessonRun, sim: Sim, options: SimOptions = {}): ReadonlyMap<string, TrialResult> {
  const trials = new Map<string, TrialResult>()
  for (const goal of run.due) {
    const result = tried(goal, sim, options)
    trials.set(goal.id, result)
    if (result.earned) run.passed(goal.id)
  }
  return trials
}

export interface Proof {
  /** `solution.txt, seed 2`, `nothing`, `wrong-order.txt`. */
  name: string
  run(): Proved
}

export interface Proved {
  /** What is wrong with the lesson; nothing, where it is as it should be. */
  problems: string[]
  goals: GoalSeen[]
}

const SEEDS = [null, 2, 99]

export function proofsOf(lesson: Lesson, world: WorldFile, options: SimOptions = {}): Proof[] {
  const play = (text: string, file: string, seed: number | null = null) =>
    playLesson(lesson, world, { text, file }, seed === null ? options : { ...options, seed })
  const notDone = ({ run }: Played) => (run.done ? ['This meets all goals.'] : [])
  const asItSays = ({ failure }: Played) => (failure === '' ? [] : [`It does not go as it says. ${failure}`])
  const proof = (name: string, work: () => Played, judge: (played: Played) => string[]): Proof => ({
    name,
    run() {
      const played = work()
      return { problems: judge(played), goals: played.goals }
    },
  })
  return [
    ...SEEDS.map((seed) =>
      proof(
        seed === null ? 'solution.txt' : `solution.txt, seed ${seed}`,
        () => play(lesson.solution, 'solution.txt', seed),
        (played) => [...asItSays(played), ...unmet(played.goals)],
      ),
    ),
    proof(
      'nothing',
      () => play('', 'nothing'),
      ({ goals }) =>
        goals.flatMap(({ id, state }) => (state === 'earned' ? [`${id} is earned by doing nothing.`] : [])),
    ),
    proof('letting time pass', () => play('@ +10d\n', 'time'), notDone),
    ...Object.entries(lesson.wrong).map(([file, text]) =>
      proof(
        file,
        () => play(text, file),
        (played) => [...asItSays(played), ...notDone(played)],
      ),
    ),
  ]
}

/** What the tests want of a lesson beside its proofs. */
export function shortcomings({ wrong }: Lesson): string[] {
  return Object.keys(wrong).length < 2 ? ['A lesson has at least two wrong ways: wrong-*.txt.'] : []
}

const unmet = (goals: readonly GoalSeen[]) =>
  goals.flatMap(({ id, state, event, line, trial }) => {
    if (state === 'open') return [`${id} is not met.${trial && trial.failure !== '' ? ` ${trial.failure}` : ''}`]
    return state === 'broken' ? [`${id} is broken: ${event}${line === null ? '' : ` (line ${line})`}`] : []
  })

/** An event in a line, for the author of a goal. */
function eventText({ kind, host, seq: _seq, at: _at, cause: _cause, span: _span, ...rest }: TraceEvent): string {
  const values = Object.values(rest)
    .flatMap((value: unknown) => (Array.isArray(value) ? value.slice(0, 3) : [value]) as unknown[])
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => harmless(utf8Text(String(value) as Octets)).trim())
    .filter((value) => value !== '')
  const text = `${kind} at ${host}: ${values.join(' ')}`
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

const LONGEST = 160
