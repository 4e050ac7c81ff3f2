import { afterEach, expect, it } from 'vitest'
import { Clock } from '../../src/core/net/clock.ts'
import { Pace } from '../../src/node/bridge/pace.ts'

const clock = new Clock()
const pace = new Pace(clock, 1)
afterEach(() => pace.stop())

/** Keeps the processor busy, as a handshake does. */
function work(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

it('lets a world with too much to do fall behind, and comes back to it when others had their turn', async () => {
  let done = 0
  const order: string[] = []
  for (let k = 0; k < 100; k++) {
    clock.at(0, 'soon', 'work', () => {
      work(1)
      // What happens in the world may ask for more of it.
      pace.catchUp()
      done++
    })
  }
  pace.catchUp()
  // All of one moment belongs together; what is due a moment later can wait.
  expect(done).toBe(100)
  for (let k = 0; k < 100; k++) clock.at(clock.now + k * 1e-6, 'soon', 'work', () => (work(1), done++))
  work(5)
  pace.catchUp()
  expect(done).toBeGreaterThan(100)
  expect(done).toBeLessThan(200)
  const stood = clock.now
  pace.catchUp()
  expect(clock.now).toBe(stood)
  setTimeout(() => order.push('somebody at the door'), 0)
  await expect.poll(() => done, { timeout: 10_000 }).toBe(200)
  order.push('all done')
  expect(order).toEqual(['somebody at the door', 'all done'])
})
