import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { anyCommand, imapCommands, typedVerbs } from '../../../src/core/imap/commands.ts'
import { isKey } from '../../../src/texts/index.ts'

const rows = [anyCommand, ...Object.values(imapCommands).map(({ outcomes }) => outcomes)]

test('every command and every condition that the server has is explained', () => {
  for (const verb of [...typedVerbs, 'response']) expect([verb, isKey(`imap.${verb}`)]).toEqual([verb, true])
  const codes = new Set(rows.flatMap((outcomes) => Object.values(outcomes).map(({ code }) => code as string)))
  for (const code of codes) expect([code, isKey(`imap.code.${code}`)]).toEqual([code, true])
})

test('the coach has a word for every refusal', () => {
  const states = ['not-authenticated', 'authenticated', 'selected']
  for (const [verb, outcomes] of [
    ['any', anyCommand],
    ...Object.entries(imapCommands).map(([verb, row]) => [verb, row.outcomes]),
  ] as const)
    for (const [outcome, { code }] of Object.entries(outcomes as Record<string, { code: string }>)) {
      if ((code !== 'NO' && code !== 'BAD') || verb === 'greeting') continue
      const places = [`coach.imap.${verb as string}.${outcome}`, `coach.imap.${outcome}`]
      const known = places.some(isKey) || states.every((state) => isKey(`coach.imap.${outcome}.${state}`))
      expect([verb, outcome, known]).toEqual([verb, outcome, true])
    }
})

test('whatever the server remarks on, the coach has a word for', () => {
  const folder = new URL('../../../src/core/imap/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const source = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n')
  const keys = [...source.matchAll(/remark\('([\w-]+)'/g)].map(([, key]) => key!)
  expect(keys.length).toBeGreaterThan(1)
  for (const key of keys) expect([key, isKey(`coach.${key}`)]).toEqual([key, true])
})
