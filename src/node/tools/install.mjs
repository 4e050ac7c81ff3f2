// Installs what is missing from the lock file. npm leaves a copy of the lock file in node_modules when it has finished:
// where the two say the same there is nothing to do.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, runScript, top } from './run.mjs'

/** @returns {Promise<boolean>} false when it could not be done; npm has then said why */
export async function install() {
  if (installed(packages('package-lock.json'), packages('node_modules/.package-lock.json'))) return true
  console.log('Installing what the lock file names (npm ci) ...')
  // A production setting of the surrounding must not leave out what builds and tests.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund']
  const npm = process.env['npm_execpath'] ?? ''
  const { code } = npm.endsWith('npm-cli.js')
    ? await runScript(npm, args, { show: true })
    : await run('npm', args, { show: true })
  if (code !== 0) console.error('npm ci did not go through: is the network there?')
  return code === 0
}

function packages(file) {
  try {
    return JSON.parse(readFileSync(join(top, file), 'utf8')).packages
  } catch {
    return null
  }
}

/** Every package at the version that the lock file names; those for other platforms may be absent. */
export function installed(wanted, present) {
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    return path in present ? present[path].version === version : optional === true
  })
}
