/** `npm run soak -- [--runs 10000] [--seed 1] [--world campus]`: campaign after campaign; exits 1 where mail was lost. */
import { parseArgs } from 'node:util'
import { readWorld } from '../worlds.ts'
import { campaign } from './campaign.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    world: { type: 'string', default: 'campus' },
  },
})
const file = readWorld(values.world)
const first = Number(values.seed)
const runs = Number(values.runs)
let sent = 0
let events = 0
let bad = 0
const began = performance.now()
for (let seed = first; seed < first + runs; seed++) {
  const outcome = campaign(file, seed)
  sent += outcome.sent
  events += outcome.events
  for (const finding of outcome.findings) {
    bad++
    process.stdout.write(`seed ${seed}: ${finding}\n`)
  }
  if ((seed - first + 1) % 500 === 0) process.stdout.write(`${seed - first + 1} runs, ${bad} findings\n`)
}
const seconds = ((performance.now() - began) / 1000).toFixed(1)
process.stdout.write(`${runs} runs, ${sent} messages, ${events} events, ${bad} findings, ${seconds} s\n`)
process.exitCode = bad > 0 ? 1 : 0
