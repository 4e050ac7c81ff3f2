/** `npm run lesson -- check`: proves lessons, and says what each goal saw. */
import { proofsOf, shortcomings, type GoalSeen } from '../../core/lesson/prove.ts'
import { told } from '../lessons.ts'
import { say } from '../play/play.ts'
import { readLesson, type Place } from './folder.ts'

/** How many things are wrong. */
export function checkLesson(place: Place, tell: (line: string) => void): number {
  tell(place.id)
  const read = readLesson(place)
  if ('errors' in read) {
    for (const line of told(read.errors).split('\n')) tell(`  ${line}`)
    return read.errors.length
  }
  const { lesson, world } = read
  const missing = shortcomings(lesson)
  for (const problem of missing) tell(`  ${problem}`)
  let count = missing.length
  for (const { name, run } of proofsOf(lesson, world, { say })) {
    const { problems, goals } = run()
    count += problems.length
    tell(`  ${problems.length === 0 ? 'ok    ' : 'FAILED'}  ${name}`)
    for (const problem of problems) tell(indented(problem, '            '))
    // What the others seeds show is the same but for the words of the event.
    if (!name.includes('seed') || problems.length > 0) for (const goal of goals) tellGoal(goal, tell)
  }
  return count
}

function tellGoal({ id, state, line, event, trial }: GoalSeen, tell: (line: string) => void): void {
  if (state === 'kept' || (state === 'open' && !trial)) return
  const where = trial ? 'tried in a copy' : line === null ? '' : `line ${line}`
  tell(`            ${state.padEnd(6)}  ${id}${where === '' ? '' : ` (${where})`}${event === '' ? '' : `: ${event}`}`)
  if (trial && !trial.earned)
    for (const said of [...trial.dialogue, ...(trial.failure === '' ? [] : [trial.failure])])
      tell(indented(said, '                      '))
}

const indented = (text: string, by: string) => by + text.replaceAll('\n', `\n${by}`)
