// Finds a Chromium to test in, and where there is none gets one: playwright's own, else the system's.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { run, runScript } from './run.mjs'

/** @returns {string | null} one that is there and starts (a library may be missing, a snap's place-holder may stand there) */
export function findBrowser() {
  const told = process.env['CHROMIUM_PATH']
  return (told ? [told] : candidates()).find(starts) ?? null
}

function candidates() {
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser']
  return [chromium.executablePath(), ...names.flatMap((name) => folders.map((folder) => join(folder, name)))]
}

function starts(path) {
  return existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

/** @returns {Promise<{ path: string } | { missing: string }>} what to start, or one line that says what to do */
export async function needBrowser() {
  let path = findBrowser()
  if (path) return { path }
  const told = process.env['CHROMIUM_PATH']
  if (told) return { missing: `CHROMIUM_PATH names no browser that starts: ${told}` }
  console.log('No browser here: installing one ...')
  const options = { show: true, minutes: 5, env: { DEBIAN_FRONTEND: 'noninteractive' } }
  await runScript('node_modules/@playwright/test/cli.js', ['install', '--no-shell', 'chromium'], options)
  path = findBrowser()
  if (!path && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await run('apt-get', ['update'], options)
    await run('apt-get', ['install', '-y', 'chromium'], options)
    path = findBrowser()
  }
  if (path) return { path }
  return { missing: 'No browser: install Chromium (on Debian: apt install chromium) or set CHROMIUM_PATH to one.' }
}

/** As root Chromium refuses its sandbox; the rest keeps it from talking to anybody but the page. */
export const browserArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]
