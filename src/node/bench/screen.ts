/**
 * The page itself in Chromium, as a person waits for it: how long from a cold load to a terminal that one can type in, from a
 * key to its echo, and what an event costs on the screen when thousands are there.
 */
import { gzipSync } from 'node:zlib'
import { chromium, type Browser, type Page } from '@playwright/test'
import { browserArguments, findBrowser } from '../tools/browser.mjs'
import { build } from '../tools/build.mjs'
import { listen, readFolder, staticServer } from '../tools/serve.mjs'
import { longLecture, type Long } from './long.ts'

export interface Screen {
  /** Milliseconds to a terminal that has the keyboard, with nothing in any cache. */
  ready: number
  /** Octets of script that must be there for it, compressed as servers do. */
  script: number
  /** Milliseconds. */
  echo: number
  /** What events and looking back at them cost, when thousands are there. */
  long: Long
}

const KEYS = 40

/** Null where no browser is found. */
export async function openScreen(): Promise<{ measure(): Promise<Screen>; end(): Promise<void> } | null> {
  const executablePath = findBrowser()
  const folder = executablePath === null ? null : await build()
  if (executablePath === null || folder === null) return null
  const files = readFolder(folder)
  const server = staticServer(files)
  const port = await listen(server, 0, false)
  const browser = await chromium.launch({ executablePath, args: browserArguments })
  const script = firstScripts(files).reduce((sum, path) => sum + gzipSync(files.get(path)!.body).length, 0)
  return {
    measure: async () => ({ script, ...(await measured(browser, `http://127.0.0.1:${port}/?lang=en`)) }),
    end: async () => {
      await browser.close()
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The page's own, the terminal, and what those import: the rest, which a template names, comes while one can type already. */
function firstScripts(files: ReadonlyMap<string, { body: Buffer }>): string[] {
  const text = (path: string) => files.get(path)!.body.toString()
  const html = text('/').replace(/<template[^]*<\/template>/, '')
  const terminal = [...files.keys()].filter((path) => path.startsWith('/assets/terminal-') && path.endsWith('.js'))
  const first = new Set([...[...html.matchAll(/\/assets\/[\w.-]+\.js/g)].map(([path]) => path), ...terminal])
  for (const path of first)
    for (const [, file] of text(path).matchAll(/\bfrom\s*"\.\/([\w.-]+\.js)"/g)) first.add(`/assets/${file!}`)
  return [...first]
}

async function measured(browser: Browser, address: string): Promise<Omit<Screen, 'script'>> {
  // Waiting for something in the page is evaluated there, which the page's own policy forbids.
  const context = await browser.newContext({ bypassCSP: true })
  const page = await context.newPage()
  // tsx gives functions their names by this; in the page it is not there.
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.addInitScript(() => {
    localStorage.setItem('facteur.speed', '0')
    const look = () => {
      if (document.activeElement?.classList.contains('xterm-helper-textarea'))
        Object.assign(globalThis, { ready: performance.now() })
      else requestAnimationFrame(look)
    }
    look()
  })
  await page.goto(address)
  await page.waitForFunction(() => 'ready' in globalThis)
  const ready = await page.evaluate(() => (globalThis as unknown as { ready: number }).ready)
  await page.waitForFunction(() => document.querySelector('.xterm-rows')?.textContent.includes('$'))
  const echo = await keyToEcho(page)
  const long = await longLecture(page)
  await context.close()
  return { ready, echo, long }
}

/** The median of some keys, each from its event to the screen that shows it. */
async function keyToEcho(page: Page): Promise<number> {
  await page.evaluate(() => {
    const times: number[] = []
    let pressed = 0
    addEventListener('keydown', () => (pressed = performance.now()), { capture: true })
    new MutationObserver(() => {
      if (pressed > 0) times.push(performance.now() - pressed)
      pressed = 0
    }).observe(document.querySelector('.xterm-rows')!, { subtree: true, childList: true, characterData: true })
    Object.assign(globalThis, { echoes: times })
  })
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.press('x')
    await page.waitForFunction((count) => (globalThis as unknown as { echoes: number[] }).echoes.length > count, key)
  }
  await page.keyboard.press('Control+U')
  const times = await page.evaluate(() => (globalThis as unknown as { echoes: number[] }).echoes)
  return times.sort((a, b) => a - b)[times.length >> 1]!
}
