import { expect, test } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { readWorld } from '../../src/node/worlds.ts'
import * as node from './core-entry.ts'

type Core = typeof node

test('the core does in Chromium what it does in Node, to the byte', async ({ page }) => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL('core-entry.ts', import.meta.url)), formats: ['iife'], name: 'core' },
    },
  })
  const [output] = [built].flat()
  if (output === undefined || !('output' in output)) throw new Error('vite built nothing')
  await page.addScriptTag({ content: output.output[0].code })

  const codec = await page.evaluate(() => (globalThis as unknown as { core: Core }).core.codec())
  const all = Array.from({ length: 256 }, (_, octet) => octet)
  expect(codec).toEqual({ there: all, back: all, long: true })
  const text = 'é € 😀 \ud800 fin'
  expect(await page.evaluate((given) => (globalThis as unknown as { core: Core }).core.utf8(given), text)).toBe(
    node.utf8(text),
  )

  const campus = readWorld('campus')
  const there = await page.evaluate((file) => (globalThis as unknown as { core: Core }).core.day(file), campus)
  const here = node.day(campus)
  expect(here.events).toBeGreaterThan(500)
  expect(there).toEqual(here)
})
