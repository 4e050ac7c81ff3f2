import * as v from 'valibot'
import { expect, test } from 'vitest'
import { across, keys, parseYaml, type Problem } from '../../../src/core/world/yaml.ts'

const pet = keys({ name: v.string(), age: v.optional(v.number(), 1), tags: v.optional(v.array(v.string()), []) })
const form = keys({ pets: v.array(pet), boss: v.string() })
const schema = v.pipe(
  form,
  across<v.InferOutput<typeof form>>(function* ({ pets, boss }): Generator<Problem> {
    if (boss !== undefined && !pets?.some((each) => each?.name === boss))
      yield { place: ['boss'], message: `No pet is called ${boss}.` }
  }),
)

/** Errors as `line:column key: message`. */
function errors(text: string): string[] {
  const read = parseYaml(text, 'pets.yaml', schema)
  return 'errors' in read
    ? read.errors.map((error) => `${error.line}:${error.column} ${error.key}: ${error.message}`)
    : []
}

test('a right file becomes a value with its defaults', () => {
  const read = parseYaml('pets: [{ name: Rex }]\nboss: Rex\n', 'pets.yaml', schema)
  expect(read).toEqual({ value: { pets: [{ name: 'Rex', age: 1, tags: [] }], boss: 'Rex' } })
})

test('all errors come at once, in the order of the file, each with its place', () => {
  const text = `colour: red
shape: round
pets:
  - name: Rex
    age: old
    tags: [big, 5, 6]
    owner: me
    house: mine
  - age: 2
  - just text
boss: Tom
`
  expect(errors(text)).toEqual([
    '1:1 colour: The key "colour" is not known here. Known are: pets, boss.',
    '2:1 shape: The key "shape" is not known here. Known are: pets, boss.',
    '5:5 pets > item 1 > age: This must be a number, not "old".',
    '6:17 pets > item 1 > tags > item 2: This must be text, not the number 5.',
    '6:20 pets > item 1 > tags > item 3: This must be text, not the number 6.',
    '7:5 pets > item 1 > owner: The key "owner" is not known here. Known are: name, age, tags.',
    '8:5 pets > item 1 > house: The key "house" is not known here. Known are: name, age, tags.',
    '9:5 pets > item 2 > name: The key "name" is missing here.',
    '10:5 pets > item 3: This must be a block of keys, not "just text".',
    '11:1 boss: No pet is called Tom.',
  ])
})

test('what looks across the file speaks although something is missing or wrong elsewhere', () => {
  expect(errors('pets: [{ name: Rex, age: old }, { age: 3 }]\nboss: Tom\n')).toContain(
    '2:1 boss: No pet is called Tom.',
  )
})

test('places are those of the file although something before them was taken out', () => {
  const list = keys({ words: v.array(keys({ word: v.string() })) })
  const each = v.pipe(
    list,
    across<v.InferOutput<typeof list>>(function* ({ words }): Generator<Problem> {
      for (const [at, word] of (words ?? []).entries())
        if (word?.word === 'bad') yield { place: ['words', at, 'word'], message: 'Bad.' }
    }),
  )
  const read = parseYaml('words:\n  - 1\n  - { word: good }\n  - { word: bad, x: 1 }\n', 'w.yaml', each)
  expect('errors' in read ? read.errors.map(({ line, key }) => `${line} ${key}`) : []).toEqual([
    '2 words > item 1',
    '4 words > item 3 > word',
    '4 words > item 3 > x',
  ])
})

test('a list in the place of a block, and nothing at all', () => {
  expect(errors('- 1\n- 2\n')).toEqual(['1:1 : This must be a block of keys, not a list.'])
  expect(errors('')).toEqual(['1:1 : This must be a block of keys, not empty.'])
})

test('what is no YAML is said in words', () => {
  expect(errors('boss: a\nboss: b\n')).toEqual(['2:1 : This key stands here twice.'])
  expect(errors('boss: a\n---\nboss: b\n')).toEqual(['2:1 : A file holds one document; "---" begins another.'])
  expect(errors('boss: [a\n')[0]).toMatch(/^2:1 : This is not YAML: .*\.$/)
  expect(errors('boss: *nobody\n')[0]).toMatch(/^1:1 : This cannot be read: Unresolved alias/)
})

test('files that only mean to tie up the page are turned away', () => {
  const line = (name: string, of: string) => `${name}: &${name} [${Array.from({ length: 9 }, () => of).join(', ')}]\n`
  expect(errors(line('a', '1') + line('b', '*a') + line('c', '*b') + line('d', '*c') + line('e', '*d'))).toEqual([
    '1:1 : Aliases (*name) stand here for more than 100 copies.',
  ])
  expect(errors('['.repeat(50_000))).toEqual(['1:1 : Here too many lists or blocks stand in one another.'])
  expect(errors('x'.repeat(1_000_001))).toEqual(['1:1 : This file is longer than 1000000 characters.'])
  expect(errors(Array.from({ length: 5000 }, (_, at) => `k${at}: 1\n`).join('')).length).toBeLessThanOrEqual(200)
})

test('an alias stands for what it names, and errors in it have a place', () => {
  expect(errors('pets: [&rex { name: Rex, age: x }, *rex]\nboss: Rex\n')).toHaveLength(2)
  expect(errors('pets: [&rex { name: Rex }, *rex]\nboss: Rex\n')).toEqual([])
})
