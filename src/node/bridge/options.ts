/** What stands behind `npm run bridge --`. */
import { parseArgs } from 'node:util'

export interface BridgeOptions {
  /** A world's name, or a file. */
  world: string
  json: boolean
  /** `HOST:SERVICE` to the port that was asked for. */
  ports: ReadonlyMap<string, number>
  /** Mail of this machine to be read in: an account's address, and a file or Maildir. */
  mail: readonly { address: string; path: string }[]
  /** How many times faster than the wall's clock the world's runs. */
  clock: number
}

export const USAGE = `npm run bridge -- [--world NAME|FILE] [--json] [--port HOST:SERVICE=PORT ...] [--clock RATE]
                  [--mail ADDRESS=PATH ...]

  --world   campus (the default), rfc, courses, or a world file of one's own
  --json    one line of JSON on stdout when all is ready, nothing else
  --port    this service on that port; free ports are taken otherwise
  --clock   the world's clock runs RATE times faster than the wall's
  --mail    reads an mbox, a Maildir or a message into the mailbox of that account; PATH itself is only read`

export function readOptions(args: readonly string[]): BridgeOptions | { error: string } {
  let values
  try {
    values = parseArgs({
      args: [...args],
      options: {
        world: { type: 'string', default: 'campus' },
        json: { type: 'boolean', default: false },
        port: { type: 'string', multiple: true, default: [] },
        clock: { type: 'string', default: '1' },
        mail: { type: 'string', multiple: true, default: [] },
      },
    }).values
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
  const ports = new Map<string, number>()
  for (const text of values.port) {
    const [, service, port] = /^([^=]+:[^=:]+)=(\d{1,5})$/.exec(text) ?? []
    if (service === undefined || Number(port) > 65_535)
      return { error: `--port ${text}: HOST:SERVICE=PORT was expected` }
    ports.set(service, Number(port))
  }
  const mail = []
  for (const text of values.mail) {
    const [, address, path] = /^([^=]+@[^=@]+)=(.+)$/.exec(text) ?? []
    if (address === undefined || path === undefined) return { error: `--mail ${text}: ADDRESS=PATH was expected` }
    mail.push({ address, path })
  }
  const clock = Number(values.clock)
  if (!Number.isFinite(clock) || clock <= 0) return { error: `--clock ${values.clock}: a number above 0 was expected` }
  return { world: values.world, json: values.json, ports, mail, clock }
}
