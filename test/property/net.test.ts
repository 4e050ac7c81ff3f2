/** Whatever is done to the network: what arrives is a prefix of what was said, in order, and all of it or an end. */
import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { Clock } from '../../src/core/net/clock.ts'
import type { Fault } from '../../src/core/net/network.ts'
import type { Stream } from '../../src/core/stream.ts'
import { collect, Lab } from '../unit/net/lab.ts'

type Act =
  | { act: 'say'; up: boolean; data: string }
  | { act: 'fault'; fault: Fault }
  | { act: 'drain' }
  | { act: 'steps'; count: number }
  | { act: 'wait'; duration: number }

const between = ['a', 'b'] as const
const chunk = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((octet) => String.fromCharCode(octet)), maxLength: 40 }),
  fc.integer({ min: 16_000, max: 50_000 }).map((length) => 'x'.repeat(length)),
)
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>({ fault: 'cut', between }, { fault: 'mend', between }),
  fc.integer({ min: 0, max: 9000 }).map((delay): Fault => ({ fault: 'slow', between, delay })),
  fc.double({ min: 0, max: 0.7, noNaN: true }).map((chance): Fault => ({ fault: 'loss', between, chance })),
)
const reboot = fc.constantFrom<Fault>(
  { fault: 'down', host: 'a' },
  { fault: 'up', host: 'a' },
  { fault: 'down', host: 'b' },
  { fault: 'up', host: 'b' },
)
const act = (faults: fc.Arbitrary<Fault>): fc.Arbitrary<Act> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ act: fc.constant('say' as const), up: fc.boolean(), data: chunk }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('fault' as const), fault: faults }) },
    fc.record({ act: fc.constant('drain' as const) }),
    fc.record({ act: fc.constant('steps' as const), count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ act: fc.constant('wait' as const), duration: fc.integer({ min: 1, max: 200_000 }) }),
  )

function live(seed: number, tls: boolean, acts: readonly Act[]) {
  const lab = new Lab(seed)
  const { client, server } = lab.connect()
  if (tls) {
    server.acceptTls('b')(() => {})
    client.startTls('b')(() => {})
    lab.clock.drain()
  }
  const said = { up: '', down: '' }
  const heard = { up: collect(server), down: collect(client) }
  const say = (stream: Stream, way: 'up' | 'down', data: string) => {
    stream.write(data)
    said[way] += data
  }
  for (const next of acts) {
    if (next.act === 'say') say(next.up ? client : server, next.up ? 'up' : 'down', next.data)
    else if (next.act === 'fault') lab.network.apply(next.fault)
    else if (next.act === 'drain') lab.clock.drain()
    else if (next.act === 'steps') lab.clock.drain(next.count)
    else lab.clock.runUntil(lab.clock.now + next.duration)
  }
  client.close()
  server.close()
  return { lab, said, heard }
}

describe('a connection', () => {
  it('delivers all in order on whatever link, or ends by time-out', () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), fc.array(act(fault), { maxLength: 25 }), (seed, tls, acts) => {
        const { lab, said, heard } = live(seed, tls, acts)
        lab.network.apply({ fault: 'mend', between })
        lab.clock.drain()
        while (lab.clock.skip()) lab.clock.drain()
        for (const way of ['up', 'down'] as const) {
          expect(heard[way].closed).not.toBeNull()
          if (heard[way].closed === 'fin') expect(heard[way].text).toBe(said[way])
          else {
            expect(lab.kinds()).toContain('timed-out')
            expect(said[way].startsWith(heard[way].text)).toBe(true)
          }
        }
        expect(lab.clock.nextAt()).toBeNull()
      }),
      { numRuns: 150 },
    )
  })

  it('notes each octet that was sent once, and in order', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(act(fault), { maxLength: 25 }), (seed, acts) => {
        const { lab, said } = live(seed, false, acts)
        lab.clock.drain()
        for (const way of ['up', 'down'] as const) {
          const segments = lab.events('segment').filter(({ dir }) => dir === way)
          const sent = segments.map(({ data }) => data).join('')
          expect(said[way].startsWith(sent)).toBe(true)
          let at = 0
          for (const { span, data } of segments) {
            expect(span).toEqual(['c1', way, at, at + data.length])
            at += data.length
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('survives reboots of either host without an exception, and leaves no timer behind', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.boolean(),
        fc.array(act(fc.oneof(fault, reboot)), { maxLength: 25 }),
        (seed, tls, acts) => {
          const { lab, said, heard } = live(seed, tls, acts)
          lab.clock.drain()
          while (lab.clock.skip()) lab.clock.drain()
          for (const way of ['up', 'down'] as const) expect(said[way].startsWith(heard[way].text)).toBe(true)
          expect(lab.clock.nextAt()).toBeNull()
        },
      ),
      { numRuns: 150 },
    )
  })

  it('leaves the same trace for the same seed and acts', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.boolean(),
        fc.array(act(fc.oneof(fault, reboot)), { maxLength: 15 }),
        (seed, tls, acts) => {
          const trace = () => {
            const { lab } = live(seed, tls, acts)
            lab.clock.drain()
            return JSON.stringify(lab.tracer.events)
          }
          expect(trace()).toBe(trace())
        },
      ),
      { numRuns: 60 },
    )
  })

  it('ends soundly whatever octets stand where TLS records are expected', () => {
    const octets = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((octet) => String.fromCharCode(octet)),
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(
        fc.oneof(
          octets,
          fc
            .tuple(fc.constantFrom('\x14', '\x15', '\x16', '\x17'), octets)
            .map(([type, rest]) => `${type}\x03\x03\0${rest}`),
        ),
        (data) => {
          const lab = new Lab()
          const { client, server } = lab.connect()
          const results: (string | null)[] = []
          server.acceptTls('b')((failure) => results.push(failure))
          const heard = collect(server)
          client.write(data)
          client.close()
          lab.clock.drain()
          expect(results).toHaveLength(1)
          expect(results[0]).not.toBeNull()
          expect(heard.text).toBe('')
          expect(heard.closed).not.toBeNull()
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('the clock', () => {
  it('runs what is left in the order of time, then of scheduling', () => {
    const timer = fc.record({ at: fc.integer({ min: 0, max: 50 }), soon: fc.boolean(), cancelled: fc.boolean() })
    fc.assert(
      fc.property(fc.array(timer, { maxLength: 300 }), (timers) => {
        const clock = new Clock()
        const ran: number[] = []
        const set = timers.map(({ at, soon }, index) =>
          clock.at(at, soon ? 'soon' : 'distant', '', () => ran.push(index)),
        )
        for (const [index, { cancelled }] of timers.entries()) if (cancelled) clock.cancel(set[index]!)
        clock.runUntil(50)
        const expected = [...timers.keys()].filter((index) => !timers[index]!.cancelled)
        expect(ran).toEqual(expected.sort((one, other) => timers[one]!.at - timers[other]!.at || one - other))
      }),
    )
  })
})
