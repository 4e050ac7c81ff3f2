// Runs one other program at a time or several, and leaves none behind: whatever ends this process ends them too.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const top = fileURLToPath(new URL('../../../', import.meta.url))

/** Colours only for eyes: a log wants none. */
const plain = process.stdout.isTTY ? {} : { FORCE_COLOR: undefined, NO_COLOR: '1' }

const running = new Set()

/**
 * @typedef {object} Options
 * @property {boolean} [show] what it prints goes straight to our own stdout and stderr
 * @property {number} [minutes] how long it may take: what hangs is ended, what is only slow is not
 * @property {NodeJS.ProcessEnv} [env] added to ours
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Options} [options]
 * @returns {Promise<{ code: number, output: string }>} the exit code, and what it printed where that was not shown
 */
export function run(command, args, { show = false, minutes = 40, env = {} } = {}) {
  return new Promise((resolve) => {
    const stdio = show ? 'inherit' : 'pipe'
    // A group of its own, so that what it starts can be ended with it.
    const child = spawn(command, args, {
      cwd: top,
      env: { ...process.env, ...plain, ...env },
      stdio: ['ignore', stdio, stdio],
      detached: true,
    })
    running.add(child)
    let output = ''
    const limit = setTimeout(() => {
      output += `\nstopped: it took more than ${minutes} minutes\n`
      end(child)
    }, minutes * 60_000)
    const done = (code) => {
      clearTimeout(limit)
      running.delete(child)
      resolve({ code, output })
    }
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8')
      stream?.on('data', (text) => (output += text))
    }
    child.on('error', (error) => {
      output += `${command}: ${error.message}\n`
      done(127)
    })
    child.on('close', (code) => done(code ?? 1))
  })
}

/** Runs a script of an installed package with this very Node: no shell, no PATH. */
export function runScript(script, args, options) {
  return run(process.execPath, [script, ...args], options)
}

function end(child) {
  try {
    process.kill(-child.pid, 'SIGTERM')
  } catch {
    child.kill('SIGTERM')
  }
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => {
    for (const child of running) end(child)
    if (process.listenerCount(signal) === 1) process.exit(code)
  })
}
