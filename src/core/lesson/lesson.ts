/**
 * A lesson, put together from the files of its folder and checked: what the app shows and the tests play. All of it is
 * plain data. See lessons/README.md for how to write one.
 */
import * as v from 'valibot'
import { parseWorld } from '../world/parse.ts'
import { keys, parseYaml, type FileError } from '../world/yaml.ts'
import { goalsSchema, type Bilingual, type Goal } from './goal-schema.ts'
import { html, inlineHtml, structureOf } from './markdown.ts'
import { parseScript } from './script.ts'

export const languages = ['fr', 'en'] as const
export type Language = (typeof languages)[number]

export const panes = ['terminal', 'sequence', 'state', 'packets', 'queue', 'mailboxes', 'journey', 'people'] as const

export interface LessonPage {
  title: string
  summary: string
  /** What is on the screen beside the text. */
  panes: (typeof panes)[number][]
  html: string
}

export interface Lesson {
  /** Its folder: `01-premiers-pas/02-premier-message`. */
  id: string
  pages: Record<Language, LessonPage>
  /** World file, as text that `parseWorld` took. */
  world: string
  /** Texts and hints are HTML. */
  goals: Goal[]
  /** A script that meets all goals. */
  solution: string
  /** Scripts that do not, by file name. */
  wrong: Record<string, string>
}

const frontSchema = keys({
  title: v.pipe(v.string(), v.minLength(1)),
  summary: v.pipe(v.string(), v.minLength(1)),
  panes: v.array(v.picklist(panes)),
})

/** `files`: name within the folder, and text. All errors come at once. */
export function lessonFromFiles(
  files: Readonly<Record<string, string>>,
  id: string,
): { lesson: Lesson } | { errors: FileError[] } {
  const errors: FileError[] = []
  const wrong: Record<string, string> = {}
  const at = (file: string, message: string, line = 1) =>
    void errors.push({ file: `${id}/${file}`, line, column: 1, key: '', message })
  const read = (file: string): string | null => {
    const text = files[file]
    if (text === undefined) at(file, 'This file is missing.')
    return text?.replaceAll('\r\n', '\n') ?? null
  }
  const script = (file: string): string => {
    const text = read(file)
    if (text === null) return ''
    const parsed = parseScript(text, `${id}/${file}`)
    if ('errors' in parsed) for (const { line, message } of parsed.errors) at(file, message, line)
    return text
  }

  const fr = page(read, at, id, 'fr')
  const en = page(read, at, id, 'en')
  if (fr && en) for (const difference of differences(fr.markdown, en.markdown)) at('index.en.md', difference)
  const world = read('world.yaml')
  if (world !== null) {
    const parsed = parseWorld(world, `${id}/world.yaml`)
    if ('errors' in parsed) errors.push(...parsed.errors)
  }
  const goals = read('goals.yaml')
  const parsed = goals === null ? null : parseYaml(goals, `${id}/goals.yaml`, goalsSchema)
  if (parsed && 'errors' in parsed) errors.push(...parsed.errors)
  const solution = script('solution.txt')
  for (const file of Object.keys(files).sort()) {
    if (/^wrong-[\w-]+\.txt$/.test(file)) wrong[file] = script(file)
    else if (!known.includes(file)) at(file, `A lesson has no such file; it has ${known.join(', ')} and wrong-*.txt.`)
  }
  if (errors.length > 0 || !fr || !en || world === null || !parsed || !('value' in parsed)) return { errors }
  return {
    lesson: {
      id,
      pages: { fr: fr.page, en: en.page },
      world,
      goals: parsed.value.goals.map((goal) => ({ ...goal, text: shown(goal.text), hints: goal.hints.map(shown) })),
      solution,
      wrong,
    },
  }
}

const known = ['index.fr.md', 'index.en.md', 'world.yaml', 'goals.yaml', 'solution.txt']

const shown = ({ fr, en }: Bilingual): Bilingual => ({ fr: inlineHtml(fr), en: inlineHtml(en) })

function page(
  read: (file: string) => string | null,
  at: (file: string, message: string, line?: number) => void,
  id: string,
  language: Language,
): { page: LessonPage; markdown: string } | null {
  const file = `index.${language}.md`
  const text = read(file)
  if (text === null) return null
  const [, front, markdown] = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text) ?? []
  if (front === undefined || markdown === undefined) {
    at(file, 'A page begins with ---, its title, summary and panes, and --- again.')
    return null
  }
  // The empty line stands for the first ---, so that errors name the right one.
  const parsed = parseYaml(`\n${front}`, `${id}/${file}`, frontSchema)
  if ('errors' in parsed) {
    for (const { key, message, line } of parsed.errors) at(file, key === '' ? message : `${key}: ${message}`, line)
    return null
  }
  return { page: { ...parsed.value, html: html(markdown) }, markdown }
}

/** Both languages tell the same: the same headings, lists, code and commands, in the same order. */
function differences(fr: string, en: string): string[] {
  const [one, other] = [structureOf(fr), structureOf(en)]
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    if (one[at] !== other[at])
      return [
        `The two languages differ: ${one[at] ?? 'nothing more'} in French, ${other[at] ?? 'nothing more'} in English.`,
      ]
  }
  return []
}
