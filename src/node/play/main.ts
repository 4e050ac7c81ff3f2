/**
 * `npm run -s play -- FILE`: a script or a journal, without a page and without sockets. It prints the dialogue, and ends
 * with 1 at the place where something is not as the script says.
 */
import { writeFileSync } from 'node:fs'
import { diagram } from './diagram.ts'
import { readOptions, USAGE } from './options.ts'
import { playFile } from './play.ts'

function main(): void {
  const options = readOptions(process.argv.slice(2))
  if ('error' in options) {
    process.stderr.write(`${options.error}\n\n${USAGE}\n`)
    process.exitCode = 1
    return
  }
  const { sim, failure } = playFile(options.file, options.world, (line) => process.stdout.write(`${line}\n`))
  if (options.trace !== null)
    writeFileSync(options.trace, sim.trace.map((event) => `${JSON.stringify(event)}\n`).join(''))
  if (options.mermaid !== null) writeFileSync(options.mermaid, diagram(sim))
  if (failure === null) return
  process.stderr.write(`${failure}\n`)
  process.exitCode = 1
}

try {
  main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
