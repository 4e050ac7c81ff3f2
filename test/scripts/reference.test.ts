/** The reference of README.md is what command tables, worlds and scripts say now. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { EXTENSIONS } from './reference-extensions.ts'
import { offeredIn } from './reference-places.ts'
import { README, reference, withReference } from './reference.ts'

const tables = reference()

describe.each(tables)('$protocol', ({ protocol, commands, extensions, codes }) => {
  test('each command, extension and code has hosts where it can be met, and a script that shows it', () => {
    const rows = [...commands, ...extensions, ...codes]
    expect(rows.length).toBeGreaterThan(30)
    expect(rows.filter(([, , hosts, script]) => hosts === '' || script === '').map(([what]) => what)).toEqual([])
  })

  test('each extension that a host of a world offers is there', () => {
    const known = Object.keys(EXTENSIONS[protocol]).map((keyword) => keyword.toUpperCase())
    expect(offeredIn(protocol).filter((keyword) => !known.includes(keyword.toUpperCase()))).toEqual([])
  })
})

test('README.md holds it (npm run reference)', async () => {
  const readme = readFileSync(README, 'utf8')
  expect(readme).toBe(await withReference(readme, tables))
})
