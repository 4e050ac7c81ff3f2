/**
 * Worlds and lessons become modules: read and checked when the page is built, so that the page has neither YAML nor
 * markdown to read, and a wrong file stops the build with its place. Each is a chunk of its own.
 *
 *     import { worlds, lessons } from 'virtual:content'
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { lessonFromFiles, type Lesson } from '../../core/lesson/lesson.ts'
import { parseWorld } from '../../core/world/parse.ts'
import type { WorldFile } from '../../core/world/schema.ts'
import type { FileError } from '../../core/world/yaml.ts'

const CONTENT = 'virtual:content'
const WORLD = 'virtual:world/'
const LESSON = 'virtual:lesson/'

export function content(): Plugin {
  let root = ''
  return {
    name: 'facteur-content',
    configResolved(config) {
      root = config.root
    },
    resolveId: (id) => ([CONTENT, WORLD, LESSON].some((start) => id.startsWith(start)) ? `\0${id}` : null),
    load(id) {
      if (id === `\0${CONTENT}`) return contents(root, (file) => this.addWatchFile(file))
      if (id.startsWith(`\0${WORLD}`)) return asModule(readWorld(root, id.slice(WORLD.length + 1)))
      if (id.startsWith(`\0${LESSON}`)) {
        const lesson = readLesson(root, id.slice(LESSON.length + 1), (file) => this.addWatchFile(file))
        return asModule({ lesson: { ...lesson, wrong: {}, world: '' }, world: worldOf(lesson.world, lesson.id) })
      }
      return null
    },
  }
}

type Watch = (file: string) => void

/** The list of all there is: small, for it is loaded with the page. */
function contents(root: string, watch: Watch): string {
  const worlds = readdirSync(join(root, 'src/worlds')).flatMap((file) =>
    file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : [],
  )
  const lessons = lessonIds(root).map((id) => {
    const { pages } = readLesson(root, id, watch)
    const head = (language: 'en' | 'fr') => ({ title: pages[language].title, summary: pages[language].summary })
    const load = `() => import('${LESSON}${id}').then((m) => m.default)`
    return `{ id: ${JSON.stringify(id)}, en: ${JSON.stringify(head('en'))}, fr: ${JSON.stringify(head('fr'))}, load: ${load} }`
  })
  return `export const worlds = {
${worlds.map((name) => `  ${JSON.stringify(name)}: () => import('${WORLD}${name}').then((m) => m.default),`).join('\n')}
}
export const lessons = [
${lessons.map((lesson) => `  ${lesson},`).join('\n')}
]`
}

function lessonIds(root: string): string[] {
  const folder = join(root, 'lessons')
  return folders(folder).flatMap((part) => folders(join(folder, part)).map((name) => `${part}/${name}`))
}

const folders = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

function readLesson(root: string, id: string, watch: Watch): Lesson {
  const folder = join(root, 'lessons', id)
  const files: Record<string, string> = {}
  for (const file of readdirSync(folder)) {
    watch(join(folder, file))
    files[file] = readFileSync(join(folder, file), 'utf8')
  }
  const read = lessonFromFiles(files, id)
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

const asModule = (value: unknown) => `export default JSON.parse(${JSON.stringify(JSON.stringify(value))})`
