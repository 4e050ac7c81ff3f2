/** `npm run lesson -- play`: a script of a lesson in the terminal, and the goals that it met. */
import { playLesson } from '../../core/lesson/prove.ts'
import { lessonFiles, told } from '../lessons.ts'
import { say } from '../play/play.ts'
import { readLesson, type Place } from './folder.ts'

export interface PlayedOut {
  /** The dialogue. */
  lines: string[]
  /** What became of the goals. */
  goals: string[]
  failure: string
  done: boolean
}

export function playOut(place: Place, script: string, seed: number | null): PlayedOut {
  const read = readLesson(place)
  if ('errors' in read) throw new Error(told(read.errors))
  const { lesson, world } = read
  const text = lessonFiles(place.lessons, place.id)[script]
  if (text === undefined) throw new Error(`${place.id}: there is no ${script}`)
  const lines: string[] = []
  const { failure, goals, run } = playLesson(
    lesson,
    world,
    { text, file: `${place.id}/${script}` },
    seed === null ? { say } : { say, seed },
    { tell: (line) => lines.push(line) },
  )
  return { lines, goals: goals.map(({ id, state }) => `${state.padEnd(6)}  ${id}`), failure, done: run.done }
}
