/** The bench of the engine in a browser: bundled as the app is, and run in an empty page. */
import { chromium } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { browserArguments, findBrowser } from '../tools/browser.mjs'

type Engine = typeof import('./engine.ts')

export interface Page {
  run(bench: keyof Engine, amount: number): Promise<number>
  end(): Promise<void>
}

/** Null where no browser is found. */
export async function openPage(): Promise<Page | null> {
  const executablePath = findBrowser()
  if (executablePath === null) return null
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL('engine.ts', import.meta.url)), formats: ['iife'], name: 'bench' },
    },
  })
  const [output] = [built].flat()
  if (output === undefined || !('output' in output)) throw new Error('vite built nothing')
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  const page = await browser.newPage()
  await page.addScriptTag({ content: output.output[0].code })
  return {
    run: (bench, amount) =>
      page.evaluate(([name, much]) => (globalThis as unknown as { bench: Engine }).bench[name](much), [
        bench,
        amount,
      ] as const),
    end: () => browser.close(),
  }
}
