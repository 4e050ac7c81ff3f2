/** A part of the bench in a browser, in an empty page. */
import { chromium } from '@playwright/test'
import { browserArguments, findBrowser } from '../tools/browser.mjs'
import { type Benches, bundled } from './bundle.ts'

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
  const content = await bundled(file)
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  const page = await browser.newPage()
  await page.addScriptTag({ content })
  return {
    run: (bench, ...args) =>
      page.evaluate(
        ([name, given]) => (globalThis as unknown as { bench: Record<string, Rate<unknown[]>> }).bench[name]!(...given),
        [bench, args as unknown[]] as const,
      ),
    end: () => browser.close(),
  }
}
