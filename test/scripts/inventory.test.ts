/**
 * The inventory of the courses (lessons/courses): what each of them shows, where it is shown here, and where a reader can
 * try it. The courses are not in this repository; where they lie beside it, the quotations are checked against them, too.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseCourse, type Place } from '../../src/core/lesson/course.ts'
import { scenarios } from '../../src/core/lesson/scenarios.ts'
import { typable, typed } from '../../src/core/lesson/scripted.ts'
import { commandEntries } from '../../src/core/views/reference.ts'
import { Sim } from '../../src/core/world/sim.ts'
import { readGlossary } from '../../src/node/lessons.ts'
import { readWorld } from '../../src/node/worlds.ts'
import { readScript, scriptFiles } from './scripts.ts'

const root = join(import.meta.dirname, '../..')
const beside = join(root, '../shared/seeds')
const folder = 'lessons/courses'
const files = readdirSync(join(root, folder)).sort()
const parsed = files.map((file) => parseCourse(readFileSync(join(root, folder, file), 'utf8'), `${folder}/${file}`))

test('is well-formed', () => {
  expect(parsed.flatMap((one) => ('errors' in one ? one.errors : []))).toEqual([])
})

const courses = parsed.flatMap((one) => ('course' in one ? [one.course] : []))
const entriesOf = ({ sections }: (typeof courses)[number]) => sections.flatMap(({ shows }) => shows)
const entries = courses.flatMap((course) => entriesOf(course).map((one) => ({ seed: course.seed, ...one })))
const places = entries.flatMap(({ seed, line, try: all }) => all.map((place) => ({ where: `${seed}:${line}`, place })))

test('all five courses are there, and all that is in them has its proof', () => {
  expect(courses.map(({ seed }) => seed.slice(0, 3))).toEqual(files.map((file) => file.replace('.yaml', '')))
  expect(courses).toHaveLength(5)
  expect(entries.length).toBeGreaterThan(400)
})

test('each follows the order of its course', () => {
  for (const course of courses) {
    const lines = entriesOf(course).map(({ line }) => line)
    expect(lines).toEqual(lines.toSorted((a, b) => a - b))
  }
})

test('nothing stands there twice', () => {
  const quotes = entries.map(({ seed, line, quote }) => `${seed}:${line} ${quote}`)
  expect(quotes.filter((quote, index) => quotes.indexOf(quote) !== index)).toEqual([])
})

test('what shows it is there', () => {
  const missing = entries.flatMap(({ seed, line, shown }) =>
    shown.filter((path) => !existsSync(join(root, path))).map((path) => `${seed}:${line}: ${path}`),
  )
  expect(missing).toEqual([])
})

test('a reply code is really given by the script that shows it', () => {
  const wrong: string[] = []
  for (const { seed, line, kind, quote, shown } of entries) {
    const code = kind === 'code' ? /(?<![\d.])[2-5]\d\d(?![\d-])/.exec(quote)?.[0] : undefined
    if (code === undefined || quote.includes('bad sequence')) continue // the course's slip: 503 is what it means
    for (const path of shown)
      if (!new RegExp(`^\\d?S: ${code}[ -]`, 'm').test(readFileSync(join(root, path), 'utf8')))
        wrong.push(`${seed}:${line}: ${code} in ${path}`)
  }
  expect(wrong).toEqual([])
})

test('every script from a course is in it', () => {
  const shown = new Set(entries.flatMap((one) => one.shown))
  const own = scriptFiles.filter((name) => /^(course|slip)-/.test(name)).map((name) => `test/scripts/${name}`)
  expect(own.filter((path) => !shown.has(path))).toEqual([])
})

describe('where it can be tried', () => {
  const terms = new Set((readGlossary(join(root, 'lessons')) ?? []).map(({ id }) => id))

  test('the lessons, scenarios and words are there', () => {
    const gone = places.filter(({ place }) => {
      if ('lesson' in place) return !existsSync(join(root, 'lessons', place.lesson, 'goals.yaml'))
      if ('term' in place) return !terms.has(place.term)
      return 'scenario' in place && !scenarios.some(({ id }) => id === place.scenario)
    })
    expect(gone).toEqual([])
  })

  test('a command or code can be met where the course says to try it', () => {
    const verbs = new Set(commandEntries.map(({ verb }) => verb))
    const nowhere = entries.flatMap(({ seed, line, kind, quote, try: all }) => {
      const code = kind === 'code' ? /(?<![\d.])[2-5]\d\d(?![\d-])/.exec(quote)?.[0] : undefined
      const said = kind === 'command' ? (quote.match(/[A-Z]{3,}/g) ?? []).filter((word) => verbs.has(word)) : []
      const wanted = [...said, ...(code === undefined || quote.includes('bad sequence') ? [] : [code])]
      const missing = wanted.filter((word) => !all.some((place) => met(place).has(word)))
      return missing.map((word) => `${seed}:${line}: ${word}`)
    })
    expect(nowhere).toEqual([])
  })

  const scripts = [...new Set(places.flatMap(({ place }) => ('script' in place ? [place.script] : [])))].sort()

  test.each(scripts)('%s is answered when it is typed as it is when it is sent', (name) => {
    const script = readScript(`${name}.txt`)
    expect(typable(script)).toBe(true)
    expect(['campus', 'courses', 'rfc']).toContain(script.world)
    const screens = new Map<string, string>()
    for (const event of typed(script, readWorld(script.world!)).trace)
      if (event.kind === 'printed') screens.set(event.terminal, (screens.get(event.terminal) ?? '') + event.text)
    const printed = [...screens.values()].map((text) => text.split(/\r?\n/))
    for (const session of new Set(script.steps.flatMap((step) => ('session' in step ? [step.session] : [])))) {
      if (script.watch.has(session)) continue
      const wanted = script.steps.flatMap((step) => (step.step === 'hear' && step.session === session ? step.reply : []))
      expect(printed.some((lines) => inOrder(lines, wanted))).toBe(true)
    }
  })

  const commands = places.flatMap(({ place }) => ('world' in place ? [place] : []))

  test.each([...new Map(commands.map((place) => [place.do, place])).values()])('$do works in $world', (place) => {
    const sim = new Sim(readWorld(place.world))
    sim.open('t1', sim.file.people[0]!.host, 'alice')
    sim.type('t1', `${place.do}\n`)
    sim.drain()
    const printed = sim.trace.flatMap((event) => (event.kind === 'printed' ? [event.text] : [])).join('')
    expect(printed).not.toMatch(/not found|No such|could not|refused|unknown|usage/i)
    expect(printed.replaceAll(/shell\.welcome|alice@\S+ |\s/g, '')).not.toBe('')
  })
})

const known = new Map<string, Set<string>>()

/** The verbs and codes that a place brings, as the reader of its script meets them. */
function met(place: Place): Set<string> {
  const file = 'lesson' in place ? `lessons/${place.lesson}/solution.txt` : 'script' in place ? scriptFile(place) : null
  if (file === null) return new Set()
  const words = known.get(file) ?? new Set<string>()
  known.set(file, words)
  if (words.size > 0) return words
  for (const line of readFileSync(join(root, file), 'utf8').split('\n')) {
    const said = /^\d?(?:C:|\$) (?:([\w.]+)(?: |$))?(?:uid )?([A-Za-z]+)?/i.exec(line)
    const answered = /^\d?(?:S:|>) (\d{3})/.exec(line)
    for (const word of [said?.[1], said?.[2], answered?.[1]]) if (word !== undefined) words.add(word.toUpperCase())
  }
  return words
}

const scriptFile = ({ script }: { script: string }) => `test/scripts/${script}.txt`

/** Does each of these lines stand there, one after the other? `...` and `$id` are whatever they are. */
function inOrder(lines: readonly string[], wanted: readonly string[]): boolean {
  let at = 0
  for (const one of wanted) {
    const pattern = new RegExp(`^${one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\\\.\\\.\\\.$/, '.*')}$`.replace(/\\\$[a-z]\w*/g, '.*'))
    const found = lines.findIndex((line, nth) => nth >= at && pattern.test(line))
    if (found < 0) return false
    at = found + 1
  }
  return true
}

if (existsSync(beside))
  describe('beside the courses', () => {
    test.each(courses)('$seed holds what is quoted, at its line', (course) => {
      const lines = readFileSync(join(beside, course.seed), 'utf8').split('\n')
      expect(entriesOf(course).filter(({ line, quote }) => !lines[line - 1]?.includes(quote))).toEqual([])
      expect(entriesOf(course).filter(({ to }) => to !== null && to > lines.length)).toEqual([])
    })
  })
