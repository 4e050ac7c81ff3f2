/** Starts the servers of a round, and the load; each is a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Load } from './client.ts'
import type { MailboxLoad } from './mailbox-client.ts'

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

/** Its ports by service. */
export async function facteur(): Promise<Server & { ports: Record<string, number> }> {
  const child = start('../bridge/main.ts', ['--json', '--world', here('world.yaml')])
  const { endpoints } = JSON.parse(await firstLine(child)) as { endpoints: { service: string; port: number }[] }
  const ports = Object.fromEntries(endpoints.map(({ service, port }) => [service, port]))
  return { port: ports['smtp']!, ports, end: () => child.kill() }
}

export async function hoodiecrow(): Promise<Server> {
  const child = start('imap-peer.ts', [])
  return { port: Number(await firstLine(child)), end: () => child.kill() }
}

export async function smtpServer(): Promise<Server> {
  const child = start('peer.ts', [])
  return { port: Number(await firstLine(child)), end: () => child.kill() }
}

/** Rates by row. */
export async function mailboxLoad(what: MailboxLoad): Promise<Record<string, number>> {
  return JSON.parse(await firstLine(start('mailbox-client.ts', [JSON.stringify(what)]))) as Record<string, number>
}

/** Messages a second. */
export async function load(what: Load): Promise<number> {
  return Number(await firstLine(start('client.ts', [JSON.stringify(what)])))
}
