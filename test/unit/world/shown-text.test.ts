import { expect, test } from 'vitest'
import { parseWorld } from '../../../src/core/world/parse.ts'

test('titles and names of a world neither steer a terminal nor turn the writing around', () => {
  const read = parseWorld(
    `
name: w
title: { en: "a\\u202eb", fr: "\\e[2J" }
epoch: 2026-09-07T08:00:00Z
hosts:
  mx.w.example: { address: 192.0.2.1, services: { smtp: {} }, mail: { domains: [w.example] } }
accounts:
  - { address: bob@w.example, password: x, name: "B\\u009bob", host: mx.w.example }
people:
  - { name: "\\u2066Bob", host: mx.w.example }
`,
    'w.yaml',
  )
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  const { title, accounts, people } = read.world
  expect(title).toEqual({ en: 'a\\u{202e}b', fr: '\u241b[2J' })
  expect(accounts[0]!.name).toBe('B\\u{9b}ob')
  expect(people[0]!.name).toBe('\\u{2066}Bob')
})
