// `npm test`: everything that has to hold, from types to the page in a browser. A failed stage does not stop the next
// one, nothing passes by being skipped, and the last line is the count.
import './node-version.mjs'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const { install } = await import('./install.mjs')
const { runScript, top } = await import('./run.mjs')

const total = { passed: 0, failed: 0 }
const scratch = mkdtempSync(join(tmpdir(), 'facteur-test-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

function count(name, passed, failed, since, details) {
  total.passed += passed
  total.failed += failed
  console.log(`${failed ? 'FAILED' : 'ok    '}  ${name}: ${passed} passed, ${failed} failed (${seconds(since)})`)
  if (failed) console.log(`\n${details.trimEnd()}\n`)
}

/** Each is a tool that says yes or no, and counts as one. What takes longest begins first: two run at a time. */
async function checks() {
  const tools = [
    ['lint', 'eslint/bin/eslint.js', '--config', 'src/node/tools/eslint.config.js', '.'],
    ['types', 'typescript/bin/tsc', '--noEmit'],
    ['types of the core', 'typescript/bin/tsc', '--noEmit', '-p', 'src/core/tsconfig.json'],
    ['types of the components', 'svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
    ['format', 'prettier/bin/prettier.cjs', '--check', '.'],
    ['nothing unused', 'knip/bin/knip.js'],
  ]
  const work = async () => {
    for (let tool = tools.shift(); tool; tool = tools.shift()) {
      const [name, script, ...args] = tool
      const since = Date.now()
      const { code, output } = await runScript(`node_modules/${script}`, args)
      count(name, code === 0 ? 1 : 0, code === 0 ? 0 : 1, since, output)
    }
  }
  await Promise.all([work(), work()])
}

async function vitest() {
  const since = Date.now()
  const file = join(scratch, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code, output } = await runScript('node_modules/vitest/vitest.mjs', args)
  const tests = (readReport(file)?.testResults ?? []).flatMap((suite) => {
    // A file that could not even be read holds no tests, and is a failure of its own.
    const failedWhole = suite.status === 'failed' && suite.assertionResults.every(({ status }) => status === 'passed')
    return [
      ...suite.assertionResults.map(({ status, fullName }) => ({ status, name: fullName, file: suite.name })),
      ...(failedWhole ? [{ status: 'failed', name: suite.name, file: suite.name }] : []),
    ]
  })
  const roomOf = ({ file }) => file.slice(top.length).split('/')[1]
  for (const room of new Set(tests.map(roomOf))) {
    const here = tests.filter((test) => roomOf(test) === room)
    const bad = here.filter((test) => test.status !== 'passed')
    count(`${room} tests`, here.length - bad.length, bad.length, since, listed(bad))
  }
  finish('vitest', tests, code, since, output)
}

async function browser() {
  const since = Date.now()
  const { needBrowser } = await import('./browser.mjs')
  const found = await needBrowser()
  if ('missing' in found) return count('browser tests', 0, 1, since, found.missing)
  const file = join(scratch, 'playwright.json')
  const { code, output } = await runScript(
    'node_modules/@playwright/test/cli.js',
    ['test', '--config', 'test/browser/playwright.config.ts', '--reporter', 'list,json'],
    { env: { CHROMIUM_PATH: found.path, PLAYWRIGHT_JSON_OUTPUT_FILE: file } },
  )
  const tests = (readReport(file)?.suites ?? []).flatMap(function specs(suite) {
    return [
      ...(suite.suites ?? []).flatMap(specs),
      ...suite.specs.flatMap(({ title, tests }) =>
        tests.map(({ status }) => ({
          status: status === 'expected' ? 'passed' : status,
          name: `${suite.file}: ${title}`,
        })),
      ),
    ]
  })
  const bad = tests.filter((test) => test.status !== 'passed')
  if (tests.length > 0) count('browser tests', tests.length - bad.length, bad.length, since, listed(bad))
  finish('playwright', tests, code, since, output)
}

const listed = (tests) => tests.map(({ status, name }) => `  ${status}: ${name}`).join('\n')

/** The tool's own word: its output where something failed, and a failure of its own where no test explains its exit. */
function finish(tool, tests, code, since, output) {
  const explained = tests.some((test) => test.status !== 'passed')
  if (tests.length === 0 || (code !== 0 && !explained)) count(tool, 0, 1, since, output || 'No test ran.')
  else if (explained) console.log(`${output.trim()}\n`)
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

if (await install()) {
  for (const stage of [checks, vitest, browser]) {
    await stage().catch((error) => count(stage.name, 0, 1, Date.now(), String(error.stack)))
  }
} else {
  total.failed++
}
process.exitCode = total.failed === 0 ? 0 : 1
console.log(`${total.passed} passed, ${total.failed} failed`)
