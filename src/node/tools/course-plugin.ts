/**
 * The courses, and what the lessons meet, become modules, as worlds and lessons do; and the scripts that a course names
 * can be played in the page.
 *
 *     import { courses, occurrences, scripts } from 'virtual:courses'
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { parseCourse, type Course } from '../../core/lesson/course.ts'
import { occurrences } from '../../core/lesson/occurrences.ts'
import { parseScript, type Script } from '../../core/lesson/script.ts'
import { lessonIds, told } from '../lessons.ts'

const COURSES = 'virtual:courses'
const COURSE = 'virtual:course/'
const OCCURRENCES = 'virtual:occurrences'
const SCRIPT = 'virtual:script/'
const ALL = [COURSES, COURSE, OCCURRENCES, SCRIPT]

export function courses(): Plugin {
  let root = ''
  return {
    name: 'facteur-courses',
    configResolved(config) {
      root = config.root
    },
    resolveId: (id) => (ALL.some((start) => id.startsWith(start)) ? `\0${id}` : null),
    load(asked) {
      if (!asked.startsWith('\0virtual:')) return null
      const id = asked.slice(1)
      const read = (file: string) => {
        this.addWatchFile(join(root, file))
        return readFileSync(join(root, file), 'utf8')
      }
      if (id === COURSES) return list(root, read)
      if (id.startsWith(COURSE)) {
        const { seed, sections } = courseOf(id.slice(COURSE.length), read)
        // What proves an entry is for the tests.
        const shows = sections.map((section) => ({
          ...section,
          shows: section.shows.map((entry) => ({ ...entry, shown: [] })),
        }))
        return asModule({ seed, sections: shows })
      }
      if (id === OCCURRENCES) return asModule(occurrencesOf(root, read))
      if (id.startsWith(SCRIPT)) return asModule(read(`test/scripts/${id.slice(SCRIPT.length)}.txt`))
      return null
    },
  }
}

type Read = (file: string) => string

function list(root: string, read: Read): string {
  const ids = readdirSync(join(root, 'lessons/courses'))
    .flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []))
    .sort()
  const all = ids.map((id) => ({ id, ...courseOf(id, read) }))
  const scripts = new Set(
    all.flatMap(({ sections }) =>
      sections.flatMap(({ shows }) =>
        shows.flatMap((entry) => entry.try.flatMap((place) => ('script' in place ? [place.script] : []))),
      ),
    ),
  )
  const module = (name: string) => `() => import('${name}').then((m) => m.default)`
  return `export const courses = [
${all
  .map(({ id, title, text }) => `  { ...${JSON.stringify({ id, title, text })}, load: ${module(COURSE + id)} },`)
  .join('\n')}
]
export const scripts = {
${[...scripts]
  .sort()
  .map((name) => `  ${JSON.stringify(name)}: ${module(SCRIPT + name)},`)
  .join('\n')}
}
export const occurrences = ${module(OCCURRENCES)}`
}

function courseOf(id: string, read: Read): Course {
  const file = `lessons/courses/${id}.yaml`
  const parsed = parseCourse(read(file), file)
  if ('errors' in parsed) throw new Error(told(parsed.errors))
  return parsed.course
}

/** What is met, and in which lessons. */
function occurrencesOf(root: string, read: Read): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const id of lessonIds(join(root, 'lessons')))
    for (const what of occurrences(scriptOf(`lessons/${id}/solution.txt`, read))) (found[what] ??= []).push(id)
  return found
}

function scriptOf(file: string, read: Read): Script {
  const parsed = parseScript(read(file), file)
  if ('errors' in parsed)
    throw new Error(parsed.errors.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n'))
  return parsed.script
}

const asModule = (value: unknown) => `export default JSON.parse(${JSON.stringify(JSON.stringify(value))})`
