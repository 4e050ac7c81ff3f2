/** Each scenario shows what it is there for, and is played the same way each time. */
import { describe, expect, test } from 'vitest'
import { played, scenarios } from '../../../src/core/lesson/scenarios.ts'
import type { TraceEvent } from '../../../src/core/trace/events.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'
import { english } from '../../../src/texts/views/scenarios.en.ts'

type Seen = (trace: readonly TraceEvent[], text: string) => boolean
const has =
  (kind: TraceEvent['kind'], where: Record<string, unknown> = {}): Seen =>
  (trace) =>
    trace.some(
      (event) =>
        event.kind === kind &&
        Object.entries(where).every(([key, value]) => (event as unknown as Record<string, unknown>)[key] === value),
    )
const prints =
  (wanted: RegExp): Seen =>
  (_, text) =>
    wanted.test(text)

const POINTS: Readonly<Record<string, readonly Seen[]>> = {
  direct: [has('delivered', { account: 'alice' }), prints(/MX\s+10 mx1/)],
  relay: [has('accepted', { role: 'msa' }), has('accepted', { role: 'mda' }), has('delivered', { account: 'claire' })],
  fallback: [has('accepted', { host: 'mx2.rennes.example' }), has('delivered', { account: 'bruno' })],
  queue: [(trace) => trace.filter(({ kind }) => kind === 'deferred').length > 1, has('skipped')],
  bounce: [has('bounced'), has('delivered', { account: 'alice' })],
  loop: [has('filtered', { does: 'redirect' }), has('filtered', { does: 'trouble' }), has('delivered')],
  list: [has('expanded', { by: 'list' }), (trace) => trace.filter(({ kind }) => kind === 'delivered').length === 4],
  'open-relay': [prints(/550 5\.7\.1 Relaying denied/), has('delivered', { account: 'claire' })],
  forged: [
    has('delivered', { account: 'alice' }),
    prints(/from mx1\.rennes\.example \(mx1\.rennes\.example \[203\.0\.113\.66\]\)/),
  ],
  greylist: [has('deferred'), has('delivered', { account: 'lea' })],
  pop: [prints(/\+OK.*deleted|-ERR|\+OK/), prints(/\+OK 1 /)],
  'two-imap': [prints(/\* 1 EXPUNGE[^]*\* 1 EXPUNGE/)],
  tls: [
    prints(/everybody on the way reads this[^]*everybody on the way reads this/),
    has('tls', { step: 'established' }),
  ],
  'eight-bit': [has('touched', { what: 'seven-bit' }), has('touched', { what: 'eighth-bit' })],
  gateway: [has('touched', { what: 'memo' }), has('touched', { what: 'from-memo' }), prints(/This-IPM: /)],
  filter: [has('filtered', { does: 'redirect' }), has('filtered', { does: 'keep' }), prints(/if exists "List-Id"/)],
}

test('each has its point, and its words', () => {
  expect(scenarios.map(({ id }) => id).sort()).toEqual(Object.keys(POINTS).sort())
  for (const { id } of scenarios)
    for (const key of [`scenario.${id}`, `scenario.${id}.text`]) expect([key, key in english]).toEqual([key, true])
})

describe.each(scenarios)('$id', (scenario) => {
  const file = readWorld(scenario.world)
  const sim = played(scenario, file, { seed: 5 })
  const text = sim.trace.flatMap((event) => (event.kind === 'printed' ? [event.text] : [])).join('')

  test('shows what it is there for', () => {
    expect(POINTS[scenario.id]!.map((seen) => seen(sim.trace, text))).toEqual(POINTS[scenario.id]!.map(() => true))
    expect(text).not.toContain('command not found')
  })

  test('is a journal like any other', () => {
    const { sim: again, same } = Sim.replay(file, sim.journal())
    expect(same).toBe(true)
    expect(again.trace).toHaveLength(sim.trace.length)
    if (scenario.id === 'tls') expect(text.match(/nobody on the way reads this/g)).toBeNull()
  })
})
