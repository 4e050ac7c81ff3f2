import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseParts } from '../../../src/core/lesson/parts.ts'
import { lessonIds, root } from '../../../src/node/lessons.ts'

it('names every part that has lessons, in the order of their numbers', () => {
  const read = parseParts(readFileSync(join(root, 'parts.yaml'), 'utf8'), 'parts.yaml')
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  const ids = read.parts.map(({ id }) => id)
  expect([...ids].sort()).toEqual(ids)
  for (const id of lessonIds(root)) expect(ids).toContain(id.split('/')[0])
})

it.each([
  ['parts: [{ id: First, name: { fr: a, en: a }, text: { fr: a, en: a } }]', 'called as its folder'],
  ['parts: [{ id: 01-a, name: { fr: a }, text: { fr: a, en: a } }]', 'en'],
  [
    'parts:\n  - { id: 01-a, name: { fr: a, en: a }, text: { fr: a, en: a } }\n  - { id: 01-a, name: { fr: a, en: a }, text: { fr: a, en: a } }',
    'same id',
  ],
])('says what is wrong: %s', (text, said) => {
  expect(JSON.stringify(parseParts(text, 'parts.yaml'))).toContain(said)
})
