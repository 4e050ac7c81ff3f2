import { describe, expect, test } from 'vitest'
import { isLessonFiles, isOwnName, lessonsIn, nameOf, OWN_LIMITS, tooMuch } from '../../../src/core/lesson/own.ts'
import { readSaved, savedText } from '../../../src/core/lesson/saved.ts'

const at = (...paths: string[]) => paths.map((path) => ({ path, text: `of ${path}\r\n` }))

describe('which files are lessons', () => {
  test('those in a folder with goals.yaml; others and what systems leave are not', () => {
    const found = lessonsIn(
      at(
        'lessons/02-part/03-name/goals.yaml',
        'lessons/02-part/03-name/index.fr.md',
        'lessons/02-part/03-name/.DS_Store',
        '__MACOSX/lessons/02-part/03-name/goals.yaml',
        'lessons/README.md',
        'lessons/my own/goals.yaml',
      ),
      'x',
    )
    expect(found).toEqual([
      {
        name: '02-part/03-name',
        files: {
          'goals.yaml': 'of lessons/02-part/03-name/goals.yaml\n',
          'index.fr.md': 'of lessons/02-part/03-name/index.fr.md\n',
        },
      },
      { name: 'my-own', files: { 'goals.yaml': 'of lessons/my own/goals.yaml\n' } },
    ])
  })

  test('files in no folder are one lesson, named otherwise', () => {
    expect(lessonsIn(at('goals.yaml', './world.yaml'), 'leçon 3.zip')).toMatchObject([{ name: 'lec-on-3-zip' }])
  })

  test('at most so many', () => {
    expect(lessonsIn(at(...Array.from({ length: 150 }, (_x, nth) => `l${nth}/goals.yaml`)), '')).toHaveLength(
      OWN_LIMITS.lessons,
    )
  })

  test('what turns the writing around is made visible', () => {
    const [lesson] = lessonsIn([{ path: 'a/goals.yaml', text: '\ufeffa\u202eb\u001b[2J\rc' }], '')
    expect(lesson!.files['goals.yaml']).toBe('a\\u{202e}b\u241b[2J\nc')
  })
})

test.each([
  ['a/02-part/03-name', '02-part/03-name'],
  ['part/name', 'name'],
  ['../..', 'lesson'],
  ['', 'lesson'],
  ['__proto__', '__proto__'],
  ['x'.repeat(200), 'x'.repeat(60)],
])('%s is called %s', (folder, name) => {
  expect(nameOf(folder)).toBe(name)
  expect(isOwnName(name)).toBe(true)
})

test('how much is too much', () => {
  const many = Object.fromEntries(Array.from({ length: OWN_LIMITS.files + 1 }, (_x, nth) => [`f${nth}`, '']))
  expect(tooMuch({ 'a.txt': 'x' })).toBeNull()
  expect(tooMuch(many)).toBe('files')
  expect(tooMuch({ a: 'x'.repeat(OWN_LIMITS.file + 1) })).toBe('file')
  const half = 'x'.repeat(OWN_LIMITS.file)
  expect(tooMuch({ a: half, b: half, c: 'x' })).toBe('lesson')
  for (const wrong of [null, 5, { '../a': 'x' }, { a: 5 }, many]) expect(isLessonFiles(wrong)).toBe(false)
})

test('a journal brings the files of a lesson of one’s own, and nothing else in their place', () => {
  const journal = { world: 'w', seed: 1, engine: '1', acts: [], until: 0, steps: 0, checksum: '' }
  const saved = { lesson: 'own:a', journal, closed: [], files: { 'goals.yaml': 'x' } }
  expect(readSaved(savedText(saved))).toMatchObject(saved)
  expect(readSaved(JSON.stringify({ facteur: 1, ...saved, files: { '/etc/x': 'x' } }))).toBeNull()
  expect(readSaved(JSON.stringify({ facteur: 1, ...saved, lesson: null }))).toBeNull()
})
