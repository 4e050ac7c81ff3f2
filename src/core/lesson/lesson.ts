/**
 * A lesson, put together from the files of its folder and checked: what the app shows and the tests play. All of it is
 * plain data. See lessons/README.md for how to write one.
 */
import * as v from 'valibot'
import { parseWorld } from '../world/parse.ts'
import type { WorldFile } from '../world/schema.ts'
import { keys, parseYaml, type FileError } from '../world/yaml.ts'
import { directivesOf, seen, wrongWith, type Known } from './directives.ts'
import type { Term } from './glossary.ts'
import { goalsSchema, type Bilingual, type Goal, type GoalsFile, type Question } from './goal-schema.ts'
import { inlineHtml, ownLinks, structureOf, type Label } from './markdown.ts'
import type { Reference } from './reading.ts'
import { parseScript } from './script.ts'
import { stepsOf, type Step } from './steps.ts'

export const languages = ['fr', 'en'] as const
export type Language = (typeof languages)[number]

export const panes = ['terminal', ...seen, 'people'] as const

export interface LessonPage {
  title: string
  summary: string
  /** What one knows at the end: HTML. */
  learned: string
  /** What is on the screen beside the text. */
  panes: (typeof panes)[number][]
  steps: Step[]
}

export interface Lesson {
  /** Its folder: `01-premiers-pas/02-premier-message`. */
  id: string
  pages: Record<Language, LessonPage>
  /** World file, as text that `parseWorld` took. */
  world: string
  minutes: number
  read: Reference[]
  /** Asks, answers and their becauses are HTML. */
  questions: Question[]
  /** Texts and hints are HTML. */
  goals: Goal[]
  /** A script that meets all goals. */
  solution: string
  /** Scripts that do not, by file name. */
  wrong: Record<string, string>
}

/** What a lesson may name beside what is in it; what is left out is not looked at. */
export interface Around {
  lessons?: readonly string[]
  terms?: readonly Term[]
  /** Words on buttons. */
  label?: (language: Language, what: string) => string
}

const frontSchema = keys({
  title: v.pipe(v.string(), v.minLength(1)),
  summary: v.pipe(v.string(), v.minLength(1)),
  learned: v.pipe(v.string(), v.minLength(1)),
  panes: v.array(v.picklist(panes)),
})

/** More cards than that are a reference, not a lesson. */
const MOST_CARDS = 2

/** `files`: name within the folder, and text. All errors come at once. */
export function lessonFromFiles(
  files: Readonly<Record<string, string>>,
  id: string,
  around: Around = {},
): { lesson: Lesson } | { errors: FileError[] } {
  return new Reader(files, id, around).read()
}

const known = ['index.fr.md', 'index.en.md', 'world.yaml', 'goals.yaml', 'solution.txt']

interface PageRead {
  front: v.InferOutput<typeof frontSchema>
  markdown: string
  /** So many lines stand before the text. */
  above: number
}

class Reader {
  private readonly files: Readonly<Record<string, string>>
  private readonly id: string
  private readonly around: Around
  private readonly errors: FileError[] = []

  constructor(files: Readonly<Record<string, string>>, id: string, around: Around) {
    this.files = files
    this.id = id
    this.around = around
  }

  read(): { lesson: Lesson } | { errors: FileError[] } {
    const { errors, id } = this
    const world = this.world()
    const goals = this.goals(world?.file ?? null)
    const names: Known = {
      world: world?.file ?? null,
      terms: this.around.terms ?? null,
      questions: goals?.questions ?? null,
    }
    const pages = { fr: this.page('fr', names), en: this.page('en', names) }
    this.hints(names)
    if (pages.fr && pages.en) this.compare(pages.fr.markdown, pages.en.markdown)
    const solution = this.script('solution.txt')
    const wrong = this.wrong()
    if (errors.length > 0 || !pages.fr || !pages.en || !world || !goals) return { errors }
    const shown = (text: Bilingual): Bilingual => ({
      fr: inlineHtml(text.fr, this.label('fr')),
      en: inlineHtml(text.en, this.label('en')),
    })
    return {
      lesson: {
        id,
        pages: { fr: this.shown(pages.fr, 'fr'), en: this.shown(pages.en, 'en') },
        world: world.text,
        minutes: goals.minutes,
        read: goals.read,
        questions: goals.questions.map(({ ask, answers, ...rest }) => ({
          ...rest,
          ask: shown(ask),
          answers: answers.map((answer) => ({ ...answer, ...shown(answer), because: shown(answer.because) })),
        })),
        goals: goals.goals.map((goal) => ({
          ...goal,
          text: shown(goal.text),
          hints: goal.hints.map((hint) => ({ ...hint, ...shown(hint) })),
        })),
        solution,
        wrong,
      },
    }
  }

  private at(file: string, message: string, line = 1): void {
    this.errors.push({ file: `${this.id}/${file}`, line, column: 1, key: '', message })
  }

  private text(file: string): string | null {
    const text = this.files[file]
    if (text === undefined) this.at(file, 'This file is missing.')
    return text?.replaceAll('\r\n', '\n') ?? null
  }

  private world(): { text: string; file: WorldFile } | null {
    const text = this.text('world.yaml')
    if (text === null) return null
    const parsed = parseWorld(text, `${this.id}/world.yaml`)
    if ('world' in parsed) return { text, file: parsed.world }
    this.errors.push(...parsed.errors)
    return null
  }

  private goals(world: WorldFile | null): GoalsFile | null {
    const text = this.text('goals.yaml')
    if (text === null) return null
    const parsed = parseYaml(text, `${this.id}/goals.yaml`, goalsSchema(world))
    if ('value' in parsed) return parsed.value
    this.errors.push(...parsed.errors)
    return null
  }

  private page(language: Language, names: Known): PageRead | null {
    const file = `index.${language}.md`
    const text = this.text(file)
    if (text === null) return null
    const [, front, markdown] = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text) ?? []
    if (front === undefined || markdown === undefined) {
      this.at(file, 'A page begins with ---, its title, summary, learned and panes, and --- again.')
      return null
    }
    // The empty line stands for the first ---, so that errors name the right one.
    const parsed = parseYaml(`\n${front}`, `${this.id}/${file}`, frontSchema)
    if ('errors' in parsed) {
      for (const { key, message, line } of parsed.errors)
        this.at(file, key === '' ? message : `${key}: ${message}`, line)
      return null
    }
    const page = { front: parsed.value, markdown, above: front.split('\n').length + 1 }
    this.directives(file, page, names)
    this.links(file, page)
    this.learned(file, front, page.front.learned)
    return page
  }

  private directives(file: string, { markdown, above }: PageRead, names: Known): void {
    const all = directivesOf(markdown)
    for (const directive of all) {
      const wrong = wrongWith(directive, names, 'text')
      if (wrong !== null) this.at(file, wrong, above + directive.line)
    }
    const cards = all.filter(({ name }) => name === 'card')
    const tooMany = cards[MOST_CARDS]
    if (tooMany) this.at(file, `A lesson shows at most ${MOST_CARDS} cards.`, above + tooMany.line)
    for (const { id } of names.questions ?? []) {
      const count = all.filter(({ name, value }) => name === 'ask' && value === id).length
      if (count !== 1) this.at(file, `The question ${id} stands here ${count} times; [[ask: ${id}]] shows it once.`)
    }
  }

  /** Within the project a lesson may link to another one: `?lesson=01-premiers-pas/02-premier-message`. */
  private links(file: string, { markdown, above }: PageRead): void {
    const { lessons } = this.around
    for (const href of ownLinks(markdown)) {
      const lesson = /^\?lesson=([\w/-]+)$/.exec(href)?.[1]
      const line = above + 1 + markdown.slice(0, Math.max(markdown.indexOf(href), 0)).split('\n').length - 1
      if (lesson === undefined)
        this.at(file, `The link ${href} leads nowhere; to another lesson leads ?lesson=PART/NAME.`, line)
      else if (lessons && !lessons.includes(lesson)) this.at(file, `There is no lesson ${lesson}.`, line)
    }
  }

  /** It stands below the text, where the lesson is over: there is nothing left to type or to open. */
  private learned(file: string, front: string, learned: string): void {
    if (directivesOf(learned).length === 0 && ownLinks(learned).length === 0) return
    const line = front.split('\n').findIndex((text) => text.startsWith('learned:')) + 2
    this.at(file, 'learned: There are no buttons here, and no links to other lessons.', line)
  }

  private hints(names: Known): void {
    for (const directive of directivesOf(this.files['goals.yaml'] ?? '')) {
      const wrong = wrongWith(directive, names, 'hint')
      if (wrong !== null) this.at('goals.yaml', wrong, directive.line)
    }
  }

  private script(file: string): string {
    const text = this.text(file)
    if (text === null) return ''
    const parsed = parseScript(text, `${this.id}/${file}`)
    if ('errors' in parsed) for (const { line, message } of parsed.errors) this.at(file, message, line)
    return text
  }

  private wrong(): Record<string, string> {
    const wrong: Record<string, string> = {}
    for (const file of Object.keys(this.files).sort()) {
      if (/^wrong-[\w-]+\.txt$/.test(file)) wrong[file] = this.script(file)
      else if (!known.includes(file))
        this.at(file, `A lesson has no such file; it has ${known.join(', ')} and wrong-*.txt.`)
    }
    return wrong
  }

  /** Both languages tell the same: the same headings, lists, code and commands, in the same order. */
  private compare(fr: string, en: string): void {
    const [one, other] = [structureOf(fr), structureOf(en)]
    const at = [...Array(Math.max(one.length, other.length)).keys()].find((place) => one[place] !== other[place])
    if (at === undefined) return
    const [inFrench, inEnglish] = [one[at] ?? 'nothing more', other[at] ?? 'nothing more']
    this.at('index.en.md', `The two languages differ: ${inFrench} in French, ${inEnglish} in English.`)
  }

  private label(language: Language): Label {
    const { label, terms } = this.around
    return (what) => {
      const [, term] = /^term\.(.*)$/.exec(what) ?? []
      if (term !== undefined) return terms?.find(({ id }) => id === term)?.name[language] ?? term.replaceAll('-', ' ')
      return label?.(language, what) ?? what.replace(/^see\./, '')
    }
  }

  private shown({ front, markdown }: PageRead, language: Language): LessonPage {
    return { ...front, learned: inlineHtml(front.learned), steps: stepsOf(markdown, this.label(language)) }
  }
}
