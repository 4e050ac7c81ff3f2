/** The page in a real browser. It builds and serves the app itself, on any free port. */
import { defineConfig } from '@playwright/test'
import { browserArguments, findBrowser } from '../../src/node/tools/browser.mjs'

const executablePath = process.env['CHROMIUM_PATH'] ?? findBrowser()
if (!executablePath) throw new Error('No Chromium: set CHROMIUM_PATH, or run `npm test` once, which installs one')
// The workers, which read this file again, need not look for it.
process.env['CHROMIUM_PATH'] = executablePath

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: `http://127.0.0.1:${process.env['FACTEUR_PORT']}/`,
    launchOptions: { executablePath, args: browserArguments },
    screenshot: 'only-on-failure',
    // Each test would fetch the whole page into a cache of its own. Where that is what is looked at, it is allowed.
    serviceWorkers: 'block',
  },
  webServer: {
    command: 'node src/node/tools/start.mjs',
    cwd: '../..',
    env: { PORT: '0' },
    // The group's name becomes FACTEUR_PORT.
    wait: { stdout: /http:\/\/127\.0\.0\.1:(?<facteur_port>\d+)/ },
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
})
