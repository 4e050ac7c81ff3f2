import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { anyCommand, pop3Commands, typedVerbs } from '../../../src/core/pop3/commands.ts'
import { isKey } from '../../../src/texts/index.ts'

const rows = [anyCommand, ...Object.values(pop3Commands).map(({ outcomes }) => outcomes)]

test('every verb and every code that the server has is explained', () => {
  for (const verb of [...typedVerbs, 'response']) expect([verb, isKey(`pop3.${verb}`)]).toEqual([verb, true])
  const codes = new Set(rows.flatMap((outcomes) => Object.values(outcomes).map(({ code }) => code as string)))
  for (const code of codes) expect([code, isKey(`pop3.code.${code}`)]).toEqual([code, true])
})

test('the coach has a word for every refusal', () => {
  for (const [verb, { outcomes }] of Object.entries(pop3Commands))
    for (const [outcome, { code }] of Object.entries(outcomes)) {
      if (code !== '-ERR' || verb === 'greeting') continue
      const known = [`coach.pop3.${verb}.${outcome}`, `coach.pop3.${outcome}`].some(isKey)
      expect([verb, outcome, known]).toEqual([verb, outcome, true])
    }
})

test('whatever the server remarks on, the coach has a word for', () => {
  const folder = new URL('../../../src/core/pop3/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const source = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n')
  const keys = [...source.matchAll(/remark\('([\w-]+)'/g)].map(([, key]) => key!)
  expect(keys.length).toBeGreaterThan(3)
  for (const key of keys) expect([key, isKey(`coach.${key}`)]).toEqual([key, true])
})
