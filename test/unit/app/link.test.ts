import { deflateRawSync } from 'node:zlib'
import fc from '../../fast-check.ts'
import { describe, expect, it } from 'vitest'
import type { Saved } from '../../../src/core/lesson/saved.ts'
import { linkTo, readLink, type Moment } from '../../../src/app/link.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const sim = new Sim(readWorld('campus'), { seed: 1 })
sim.open('t1', 'pc-alice.rennes.example', 'alice')
sim.type('t1', 'echo déjà vu\n')
sim.drain()
const saved: Saved = { facteur: 1, lesson: null, journal: sim.journal(), closed: ['t2'] }
const layout = { page: { alone: 'views', tiles: 2 }, side: 'people', terminal: 't1' }
const moment: Moment = { saved, until: 7, view: 'mailboxes', layout, language: 'fr' }
const noLayout = { page: null, side: 'lesson', terminal: null }
const hashOf = (link: string) => new URL(link).hash
const packed = (text: string) => `#moment=1.${deflateRawSync(Buffer.from(text)).toString('base64url')}`

describe('a link to a moment', () => {
  it('comes back as it was, and fits in a mail', async () => {
    const link = await linkTo(moment, 'https://facteur.example/?world=campus')
    expect(link).toMatch(/^https:\/\/facteur\.example\/\?world=campus#moment=2\.[\w-]+$/)
    expect(link.length).toBeLessThan(800)
    expect(await readLink(hashOf(link))).toEqual(moment)
    const read = (await readLink(hashOf(link))) as Moment
    expect(Sim.replay(readWorld('campus'), read.saved.journal).same).toBe(true)
  })

  it.each([
    ['cut off', async () => hashOf(await linkTo(moment, 'https://a.example/')).slice(0, -20)],
    ['not base64', async () => '#moment=1.!!!'],
    ['nothing', async () => '#moment=1.'],
    ['no version', async () => '#moment=x'],
    ['no JSON', async () => packed('hello')],
    ['null', async () => packed('null')],
    ['no journal', async () => packed('{"saved":{}}')],
    [
      'an act that is none',
      async () => packed(JSON.stringify({ saved: { ...saved, journal: { ...saved.journal, acts: [1] } } })),
    ],
    ['a bomb', async () => packed(' '.repeat(20_000_000))],
  ])('%s is not read', async (_what, hash) => {
    expect(await readLink(await hash())).toBeNull()
  })

  it('of another version says so; what it may leave out has a sense', async () => {
    expect(await readLink('#moment=3.abc')).toBe('foreign')
    expect(await readLink('#moment=0.abc')).toBe('foreign')
    expect(await readLink(`#moment=2.${'a'.repeat(3_000_001)}`)).toBe('large')
    const layout = { side: {}, terminal: [] }
    expect(await readLink(packed(JSON.stringify({ saved, layout })))).toMatchObject({ layout: noLayout })
    expect(await readLink(packed(JSON.stringify({ saved, until: -3, view: 7, language: 'xx' })))).toEqual({
      saved,
      until: null,
      view: 'sequence',
      layout: noLayout,
      language: 'en',
    })
  })

  it('takes any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.base64String()), async (text) => {
        const read = await readLink(`#moment=1.${text}`)
        expect(read === null || read === 'foreign').toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
