/**
 * Worlds and lessons become modules: read and checked when the page is built, so that the page has neither YAML nor
 * markdown to read, and a wrong file stops the build with its place. Each is a chunk of its own, and so are the list of the
 * lessons and the glossary: the page begins without them.
 *
 *     import { worlds } from 'virtual:content'
 *     import { lessons } from 'virtual:lessons'
 *     import { terms } from 'virtual:glossary'
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { parseGlossary, type Term } from '../../core/lesson/glossary.ts'
import { lessonFromFiles, type Around, type Lesson } from '../../core/lesson/lesson.ts'
import { parseWorld } from '../../core/world/parse.ts'
import type { WorldFile } from '../../core/world/schema.ts'
import type { FileError } from '../../core/world/yaml.ts'
import { buttonWords } from '../../texts/buttons.ts'

const CONTENT = 'virtual:content'
const LESSONS = 'virtual:lessons'
const GLOSSARY = 'virtual:glossary'
const WORLD = 'virtual:world/'
const LESSON = 'virtual:lesson/'

export function content(): Plugin {
  let root = ''
  return {
    name: 'facteur-content',
    configResolved(config) {
      root = config.root
    },
    resolveId: (id) =>
      [CONTENT, LESSONS, GLOSSARY].includes(id) || [WORLD, LESSON].some((start) => id.startsWith(start))
        ? `\0${id}`
        : null,
    load(id) {
      const watch = (file: string) => this.addWatchFile(file)
      if (id === `\0${CONTENT}`) return worldList(root)
      if (id === `\0${LESSONS}`) return lessonList(root, watch)
      if (id === `\0${GLOSSARY}`) return `export const terms = ${parsed(readGlossary(root, watch) ?? [])}`
      if (id.startsWith(`\0${WORLD}`)) return asModule(readWorld(root, id.slice(WORLD.length + 1)))
      if (id.startsWith(`\0${LESSON}`)) {
        const lesson = readLesson(root, id.slice(LESSON.length + 1), around(root, watch), watch)
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

function lessonList(root: string, watch: Watch): string {
  const known = around(root, watch)
  const lessons = lessonIds(root).map((id) => {
    const { pages, minutes } = readLesson(root, id, known, watch)
    const head = (language: 'en' | 'fr') => ({ title: pages[language].title, summary: pages[language].summary })
    const load = `() => import('${LESSON}${id}').then((m) => m.default)`
    const entry = JSON.stringify({ id, minutes, en: head('en'), fr: head('fr') })
    return `{ ...${entry}, load: ${load} }`
  })
  return `export const lessons = [
${lessons.map((lesson) => `  ${lesson},`).join('\n')}
]`
}

/** What lessons may name beside what is in them. */
function around(root: string, watch: Watch): Around {
  const terms = readGlossary(root, watch)
  return { lessons: lessonIds(root), label: buttonWords, ...(terms ? { terms } : {}) }
}

function readGlossary(root: string, watch: Watch): Term[] | null {
  const file = join(root, 'lessons/glossary.yaml')
  if (!existsSync(file)) return null
  watch(file)
  const read = parseGlossary(readFileSync(file, 'utf8'), 'lessons/glossary.yaml')
  if ('errors' in read) throw new Error(told(read.errors))
  return read.terms
}

function lessonIds(root: string): string[] {
  const folder = join(root, 'lessons')
  return folders(folder).flatMap((part) => folders(join(folder, part)).map((name) => `${part}/${name}`))
}

const folders = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map((entry) => entry.name)
    .sort()

function readLesson(root: string, id: string, known: Around, watch: Watch): Lesson {
  const folder = join(root, 'lessons', id)
  const files: Record<string, string> = {}
  for (const file of readdirSync(folder)) {
    watch(join(folder, file))
    files[file] = readFileSync(join(folder, file), 'utf8')
  }
  const read = lessonFromFiles(files, id, known)
  if ('errors' in read) throw new Error(told(read.errors))
  return read.lesson
}

const readWorld = (root: string, name: string) =>
  worldOf(readFileSync(join(root, 'src/worlds', `${name}.yaml`), 'utf8'), name)

function worldOf(text: string, file: string): WorldFile {
  const read = parseWorld(text, file)
  if ('errors' in read) throw new Error(told(read.errors))
  return read.world
}

const told = (errors: readonly FileError[]) =>
  errors.map(({ file, line, key, message }) => `${file}:${line}: ${key}: ${message}`).join('\n')

/** Faster for a browser than the same as program text. */
const parsed = (value: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`
const asModule = (value: unknown) => `export default ${parsed(value)}`
