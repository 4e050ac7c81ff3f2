/** The world of the page, played again here: the same to the last event. */
import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { readSaved } from '../../src/core/lesson/saved.ts'
import { Sim } from '../../src/core/world/sim.ts'
import { readWorld } from '../../src/node/worlds.ts'
import { translator, type Values } from '../../src/texts/index.ts'
import '../../src/texts/later.ts'

const say = (language: string, key: string, values?: Values) => translator(language === 'fr' ? 'fr' : 'en')(key, values)

export async function replayed(page: Page): Promise<Sim> {
  // What is on its way would not have arrived in the file.
  await expect(page.locator('header .clock')).toHaveAttribute('data-state', 'quiet')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Save to a file/ }).click(),
  ])
  const saved = readSaved(await readFile(await file.path(), 'utf8'))
  if (!saved) throw new Error('No journal')
  const { sim, same } = Sim.replay(readWorld('campus'), saved.journal, { say })
  expect(same).toBe(true)
  return sim
}
