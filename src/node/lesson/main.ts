/** `npm run lesson -- new|check|play|grade`: what an author or a teacher needs on the command line. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lessonTemplate } from '../../core/lesson/template.ts'
import { root } from '../lessons.ts'
import { checkLesson } from './check.ts'
import { allIn, placesOf } from './folder.ts'
import { gradeFolder } from './grade.ts'
import { readOptions, USAGE, type LessonOptions } from './options.ts'
import { playOut } from './play.ts'
import { asCsv, asText } from './table.ts'

const tell = (line: string) => void process.stdout.write(`${line}\n`)

function make(id: string): void {
  const folder = join(root, id)
  if (existsSync(folder)) throw new Error(`${id}: there is a folder of that name`)
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries(lessonTemplate(id))) writeFileSync(join(folder, file), text)
  tell(`lessons/${id} is made. Its solution meets no goal yet: npm run lesson -- check ${id}`)
}

function check(folders: readonly string[]): boolean {
  const places = folders.length === 0 ? allIn(root) : folders.flatMap(placesOf)
  const problems = places.reduce((sum, place) => sum + checkLesson(place, tell), 0)
  tell(`${places.length} lesson${places.length === 1 ? '' : 's'}, ${problems} problem${problems === 1 ? '' : 's'}`)
  return problems === 0
}

/** A line in so many milliseconds, for somebody who reads along. */
const SLOWLY = 400

async function play({ folder, script, seed, slow }: LessonOptions & { do: 'play' }): Promise<boolean> {
  const [place, ...more] = placesOf(folder)
  if (!place || more.length > 0) throw new Error(`${folder}: one lesson was expected`)
  const { lines, goals, failure, done } = playOut(place, script, seed)
  for (const line of lines) {
    tell(line)
    if (slow) await sleep(SLOWLY)
  }
  tell('')
  for (const goal of goals) tell(goal)
  if (failure !== '') tell(`\n${failure}`)
  return done && failure === ''
}

function grade({ folder, lessons, csv }: LessonOptions & { do: 'grade' }): boolean {
  const rows = gradeFolder(folder, lessons ?? root)
  process.stdout.write(csv ? asCsv(rows) : `${asText(rows)}\n`)
  if (rows.length === 0) process.stderr.write(`${folder}: there is no .json file in it\n`)
  return rows.length > 0
}

async function main(): Promise<boolean> {
  const options = readOptions(process.argv.slice(2))
  if ('error' in options) {
    process.stderr.write(`${options.error}\n\n${USAGE}\n`)
    return false
  }
  switch (options.do) {
    case 'new':
      make(options.id)
      return true
    case 'check':
      return check(options.folders)
    case 'play':
      return play(options)
    case 'grade':
      return grade(options)
  }
}

try {
  if (!(await main())) process.exitCode = 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
