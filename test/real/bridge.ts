/** Starts the bridge as a user does, and reads the line that it prints when it is ready. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Bridge {
  world: string
  endpoints: { host: string; service: string; port: number }[]
  accounts: { address: string; user: string; password: string; ports: Record<string, number> }[]
  facts: Record<string, unknown>
  stdout(): string
  /** SIGTERM; resolves with how it ended and how long that took. */
  stop(): Promise<{ code: number | null; signal: string | null }>
}

const root = fileURLToPath(new URL('../..', import.meta.url))

export async function startBridge(...args: string[]): Promise<Bridge> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/node/bridge/main.ts', '--json', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('exit', (code, signal) => resolve({ code, signal })),
  )
  child.stderr.on('data', (chunk) => (err += chunk))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      out += chunk
      if (out.includes('\n')) resolve()
    })
    child.on('exit', () => reject(new Error(`the bridge ended: ${err}`)))
  })
  return {
    ...(JSON.parse(out) as Omit<Bridge, 'stop' | 'stdout'>),
    stdout: () => out,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
