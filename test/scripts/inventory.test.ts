/**
 * The inventory of the courses: what each of them shows, and where it is shown here. The courses are not in this
 * repository; where they lie beside it, the quotations are checked against them, too.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { keys, parseYaml } from '../../src/core/world/yaml.ts'
import { scriptFiles } from './scripts.ts'

const root = join(import.meta.dirname, '../..')
const courses = join(root, '../shared/seeds')

const entry = keys({
  line: v.pipe(v.number(), v.integer(), v.minValue(1)),
  kind: v.picklist(['command', 'code', 'header', 'form', 'dialogue']),
  quote: v.pipe(v.string(), v.minLength(1), v.maxLength(90)),
  /** Nothing that a course shows is left out. */
  shown: v.pipe(v.array(v.string()), v.minLength(1)),
})
const file = 'test/scripts/inventory.yaml'
const read = parseYaml(
  readFileSync(join(root, file), 'utf8'),
  file,
  keys({ seeds: v.record(v.string(), v.array(entry)) }),
)

test('is well-formed', () => {
  expect('errors' in read ? read.errors : []).toEqual([])
})

const seeds = 'value' in read ? Object.entries(read.value.seeds) : []
const entries = seeds.flatMap(([seed, list]) => list.map((one) => ({ seed, ...one })))

test('all five courses are there, and all that is in them has its proof', () => {
  expect(seeds).toHaveLength(5)
  expect(entries.length).toBeGreaterThan(250)
})

test('nothing stands there twice', () => {
  const places = entries.map(({ seed, line, quote }) => `${seed}:${line} ${quote}`)
  expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([])
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
    const code = kind === 'code' ? /\d{3}/.exec(quote)?.[0] : undefined
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

if (existsSync(courses))
  describe('beside the courses', () => {
  test.each(seeds)('%s holds what is quoted, at its line', (seed, list) => {
    const lines = readFileSync(join(courses, seed), 'utf8').split('\n')
    expect(list.filter(({ line, quote }) => !lines[line - 1]?.includes(quote))).toEqual([])
  })
})
