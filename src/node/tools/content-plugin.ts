/**
 * Worlds and lessons become modules: read and checked when the page is built, so that the page has neither YAML nor
 * markdown to read, and a wrong file stops the build with its place. Each is a chunk of its own, and so are the list of the
 * lessons and the glossary: the page begins without them.
 *
 *     import { worlds } from 'virtual:content'
 *     import { lessons } from 'virtual:lessons'
 *     import { terms } from 'virtual:glossary'
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { lessonFromFiles, type Around, type Lesson } from '../../core/lesson/lesson.ts'
import { parOf } from '../../core/lesson/par.ts'
import { parseParts, type CoursePart } from '../../core/lesson/parts.ts'
import { parseWorld } from '../../core/world/parse.ts'
import type { WorldFile } from '../../core/world/schema.ts'
import { lessonFiles, lessonIds, readAround, readGlossary, told } from '../lessons.ts'

const CONTENT = 'virtual:content'
const LESSONS = 'virtual:lessons'
const GLOSSARY = 'virtual:glossary'
const WORLD = 'virtual:world/'
const LESSON = 'virtual:lesson/'

export function content(): Plugin {
  let root = ''
  // The glossary is read once for all lessons.
  let known: Around | null = null
  const around = (lessons: string) => (known ??= readAround(lessons))
  return {
    name: 'facteur-content',
    configResolved(config) {
      root = config.root
    },
    watchChange() {
      known = null
    },
    resolveId: (id) =>
      [CONTENT, LESSONS, GLOSSARY].includes(id) || [WORLD, LESSON].some((start) => id.startsWith(start))
        ? `\0${id}`
        : null,
    load(id) {
      const watch = (file: string) => this.addWatchFile(file)
      if (id === `\0${CONTENT}`) return worldList(root)
      const lessons = join(root, 'lessons')
      if (id === `\0${LESSONS}`) return lessonList(lessons, around(lessons), watch)
      if (id === `\0${GLOSSARY}`) {
        watch(join(lessons, 'glossary.yaml'))
        return `export const terms = ${parsed(readGlossary(lessons) ?? [])}`
      }
      if (id.startsWith(`\0${WORLD}`)) return asModule(readWorld(root, id.slice(WORLD.length + 1)))
      if (id.startsWith(`\0${LESSON}`)) {
        const lesson = readLesson(lessons, id.slice(LESSON.length + 1), around(lessons), watch)
        return asModule({ lesson: { ...lesson, wrong: {}, world: '' }, world: worldOf(lesson.world, lesson.id) })
      }
      return null
    },
  }
}

type Watch = (file: string) => void

function worldList(root: string): string {
  const worlds = readdirSync(join(root, 'src/worlds')).flatMap((file) =>
    file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : [],
  )
  return `export const worlds = {
${worlds.map((name) => `  ${JSON.stringify(name)}: () => import('${WORLD}${name}').then((m) => m.default),`).join('\n')}
}`
}

function lessonList(folder: string, known: Around, watch: Watch): string {
  const lessons = lessonIds(folder).map((id) => {
    const { pages, minutes, solution } = readLesson(folder, id, known, watch)
    const head = (language: 'en' | 'fr') => ({ title: pages[language].title, summary: pages[language].summary })
    const load = `() => import('${LESSON}${id}').then((m) => m.default)`
    const entry = JSON.stringify({ id, minutes, par: parOf(solution), en: head('en'), fr: head('fr') })
    return `{ ...${entry}, load: ${load} }`
  })
  return `export const lessons = [
${lessons.map((lesson) => `  ${lesson},`).join('\n')}
]
export const parts = ${JSON.stringify(readParts(folder, watch))}`
}

function readLesson(lessons: string, id: string, known: Around, watch: Watch): Lesson {
  const files = lessonFiles(lessons, id)
  for (const file of Object.keys(files)) watch(join(lessons, id, file))
  const read = lessonFromFiles(files, id, known)
  if ('errors' in read) throw new Error(told(read.errors))
  return read.lesson
}

function readParts(folder: string, watch: Watch): CoursePart[] {
  const file = join(folder, 'parts.yaml')
  watch(file)
  const read = parseParts(readFileSync(file, 'utf8'), 'lessons/parts.yaml')
  if ('errors' in read) throw new Error(told(read.errors))
  return read.parts
}

const readWorld = (root: string, name: string) =>
  worldOf(readFileSync(join(root, 'src/worlds', `${name}.yaml`), 'utf8'), name)

function worldOf(text: string, file: string): WorldFile {
  const read = parseWorld(text, file)
  if ('errors' in read) throw new Error(told(read.errors))
  return read.world
}

/** Faster for a browser than the same as program text. */
const parsed = (value: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`
const asModule = (value: unknown) => `export default ${parsed(value)}`
