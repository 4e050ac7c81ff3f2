import { describe, expect, it } from 'vitest'
import { campaign } from '../../src/node/soak/campaign.ts'
import { readWorld } from '../../src/node/worlds.ts'

describe('what a server took with 250', () => {
  it('is never lost, and comes twice only where the trace says why, in forty campaigns of random faults', () => {
    const file = readWorld('campus')
    const outcomes = Array.from({ length: 40 }, (_, k) => campaign(file, 1000 + k))
    expect(outcomes.flatMap(({ findings }) => findings)).toEqual([])
    expect(outcomes.reduce((sum, { sent }) => sum + sent, 0)).toBe(480)
  }, 120_000)
})
