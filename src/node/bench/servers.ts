/** Starts the servers of a round, and the load; each is a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Load } from './client.ts'

export interface Server {
  port: number
  end(): void
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

function start(file: string, args: readonly string[]): ChildProcess {
  // As `npm run bridge` starts it, and the same for the peer.
  const child = spawn(process.execPath, ['--max-semi-space-size=32', '--import', 'tsx', here(file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = () => child.kill()
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  return child
}

/** The first line that it prints; what comes later is read and dropped. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface(child.stdout!).once('line', resolve)
    child.once('exit', (code) => {
      reject(new Error(`${child.spawnargs.at(-1)} ended with ${code} and said nothing`))
    })
  })
}

export async function facteur(): Promise<Server> {
  const child = start('../bridge/main.ts', ['--json', '--world', here('world.yaml')])
  const { endpoints } = JSON.parse(await firstLine(child)) as { endpoints: { service: string; port: number }[] }
  return { port: endpoints.find(({ service }) => service === 'smtp')!.port, end: () => child.kill() }
}

export async function smtpServer(): Promise<Server> {
  const child = start('peer.ts', [])
  return { port: Number(await firstLine(child)), end: () => child.kill() }
}

/** Messages a second. */
export async function load(what: Load): Promise<number> {
  return Number(await firstLine(start('client.ts', [JSON.stringify(what)])))
}
