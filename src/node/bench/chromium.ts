/** A part of the bench in a browser: bundled as the app is, and run in an empty page. */
import { chromium } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { browserArguments, findBrowser } from '../tools/browser.mjs'

interface Benches {
  'engine.ts': typeof import('./engine.ts')
  'message.ts': typeof import('./message.ts')
}

/** What such a file exports and gives a rate. */
type Rate<Args extends unknown[]> = (...args: Args) => number | Promise<number>
type Rates<File extends keyof Benches> = {
  [Name in keyof Benches[File]]: Benches[File][Name] extends Rate<infer Args> ? Args : never
}

export interface Page<File extends keyof Benches> {
  run<Name extends keyof Rates<File> & string>(bench: Name, ...args: Rates<File>[Name]): Promise<number>
  end(): Promise<void>
}

/** Null where no browser is found. */
export async function openPage<File extends keyof Benches>(file: File): Promise<Page<File> | null> {
  const executablePath = findBrowser()
  if (executablePath === null) return null
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL(file, import.meta.url)), formats: ['iife'], name: 'bench' },
    },
  })
  const [output] = [built].flat()
  if (output === undefined || !('output' in output)) throw new Error('vite built nothing')
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  const page = await browser.newPage()
  await page.addScriptTag({ content: output.output[0].code })
  return {
    run: (bench, ...args) =>
      page.evaluate(
        ([name, given]) => (globalThis as unknown as { bench: Record<string, Rate<unknown[]>> }).bench[name]!(...given),
        [bench, args as unknown[]] as const,
      ),
    end: () => browser.close(),
  }
}
