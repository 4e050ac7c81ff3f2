/** `npm run bridge`: the services of a world on real ports of this machine, for real mail programs. */
import { Sim } from '../../core/world/sim.ts'
import { readWorld } from '../worlds.ts'
import { makeCertificate } from './certificate.ts'
import { loadMail } from './load-mail.ts'
import { mountAll } from './mount.ts'
import { readOptions, USAGE } from './options.ts'
import { Pace } from './pace.ts'
import { report, table } from './report.ts'

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if ('error' in options) {
    process.stderr.write(`${options.error}\n\n${USAGE}\n`)
    process.exitCode = 1
    return
  }
  const file = readWorld(options.world)
  // Hours of load must not fill the memory: nobody looks at the trace here.
  const sim = new Sim(file, { keep: 0 })
  for (const { address, path } of options.mail) loadMail(sim.world, address, path)
  const pace = new Pace(sim.world.clock, options.clock)
  const mounts = await mountAll(sim.world, await makeCertificate(Object.keys(file.hosts)), options.ports, pace)
  const end = () => {
    mounts.close()
    pace.stop()
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  if (process.env['npm_lifecycle_event'] !== undefined) endWithParent(end)
  pace.catchUp()
  const found = report(file, mounts.services)
  process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : table(found))
}

/** npm passes SIGTERM and SIGINT on; an npm that was killed by anything else tells nobody. */
function endWithParent(end: () => void): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) end()
  }, 100).unref()
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
