/**
 * A long lecture in Chromium: a journal of tens of thousands of events is opened, more happens, and the line of time is drawn
 * from one end to the other, with each view in front.
 */
import type { CDPSession, Page } from '@playwright/test'
import { Sim } from '../../core/world/sim.ts'
import { translator, type Values } from '../../texts/index.ts'
import { readWorld } from '../worlds.ts'
import { FRAME, frameCosts } from './frames.ts'
import { eventOnScreen } from './live.ts'

export interface Long {
  /** Milliseconds an event on the screen, the sequence in front, where few have happened. */
  short: number
  /** The same where ten times as many have, by the view in front. */
  event: Record<string, number>
  /**
   * While the line is drawn: milliseconds from frame to frame of the screen, the middle one, and that of which one in twenty
   * is longer; and what a frame costs the page's own thread, which other programs on the machine change less: likewise.
   */
  scrub: Record<string, Scrub>
  /** Octets of memory that an event takes, with all that was made of it. */
  octets: number
}

interface Scrub {
  median: number
  late: number
  work: number
  hard: number
}

const FEW = 3_000
const MANY = 30_000
/** There and back, so many frames each way. */
const FRAMES = 150
/** To whom the letters go. */
const READER = 'Claire Petit'

/** A file as the page saves it. What is done is what a person can do: letters, one after the other. */
function lived(events: number): string {
  const say = (_language: string, key: string, values?: Values) => translator('en')(key, values)
  const sim = new Sim(readWorld('campus'), { say })
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  for (let letter = 1; sim.trace.length < events; letter++) {
    sim.type('t1', `echo x | mail -s ${letter} claire@lyon.example\n`)
    sim.drain()
  }
  return JSON.stringify({ facteur: 1, lesson: null, journal: sim.journal(), closed: [] })
}

/** The page is one that is ready, at the speed `at once`. */
export async function longLecture(page: Page): Promise<Long> {
  const devtools = await page.context().newCDPSession(page)
  await open(page, FEW)
  const few = await heap(devtools)
  await front(page, 'sequence')
  const short = await eventOnScreen(page)
  await open(page, MANY)
  const octets = ((await heap(devtools)) - few) / (MANY - FEW)
  const views = await viewsOf(page)
  const event: Long['event'] = {}
  for (const view of views) {
    if (view === 'mailer') await getMail(page)
    await front(page, view)
    event[view] = await eventOnScreen(page)
  }
  // Last: who has looked at the past has paused what happens.
  const scrub: Long['scrub'] = {}
  for (const view of views) {
    await front(page, view)
    scrub[view] = await drawn(page)
  }
  return { short, event, scrub, octets }
}

/** By their tabs. */
const viewsOf = (page: Page): Promise<string[]> =>
  page.locator('[role=tab][id^=right-]').evaluateAll((tabs) => tabs.map(({ id }) => id.slice('right-'.length)))

/** Puts a view in front, and the keyboard into the terminal. */
async function front(page: Page, view: string): Promise<void> {
  await page.locator(`#right-${view}`).click()
  await page.locator(`#right-${view}-panel .loading`).waitFor({ state: 'detached' })
  await page.locator('.clock[data-state=quiet]').waitFor()
  await page.locator('.xterm-helper-textarea').first().focus()
}

/** The mail program of the one who reads the letters has them all. */
async function getMail(page: Page): Promise<void> {
  const program = page.locator('#right-mailer-panel')
  await page.locator('#right-mailer').click()
  await program.getByRole('combobox', { name: 'Whose mail program' }).selectOption({ label: READER })
  await program.getByRole('button', { name: 'Get mail' }).first().click()
  await program.getByRole('option').nth(100).waitFor()
}

async function open(page: Page, events: number): Promise<void> {
  const buffer = Buffer.from(lived(events))
  await page
    .locator('input[type=file][accept*=json]')
    .setInputFiles({ name: 'long.json', mimeType: 'application/json', buffer })
  await page.waitForFunction(
    (wanted) => Number(document.querySelector<HTMLInputElement>('input[type=range]')?.max) >= wanted,
    events,
    { timeout: 120_000 },
  )
  // The terminal of what was there before has gone.
  await page.waitForFunction(() => /\$\s*$/.test(document.querySelector('.xterm-rows')?.textContent.trim() ?? ''))
}

async function heap(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  return (await devtools.send('Runtime.getHeapUsage')).usedSize
}

/** The thumb goes from now to the beginning and back, a piece each frame. */
async function drawn(page: Page): Promise<Scrub> {
  await page.locator('.clock[data-state=quiet]').waitFor()
  let times: number[] = []
  const costs = await frameCosts(page, async () => {
    times = await page.evaluate(draw, [FRAMES, FRAME] as const)
  })
  return { median: share(times, 0.5), late: share(times, 0.95), work: share(costs, 0.5), hard: share(costs, 0.95) }
}

const share = (times: readonly number[], part: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * part)]!

/** In the page: milliseconds from frame to frame. */
function draw([frames, mark]: readonly [number, string]): Promise<number[]> {
  return new Promise((resolve) => {
    const line = document.querySelector<HTMLInputElement>('input[type=range]')!
    const most = Number(line.max)
    const taken: number[] = []
    let frame = 0
    let before = 0
    // The time of the frame: when in it the page is called has to do with what else runs on the machine.
    const move = (now: number) => {
      if (frame > 0) taken.push(now - before)
      before = now
      if (frame === 2 * frames) {
        line.value = line.max
        line.dispatchEvent(new Event('input', { bubbles: true }))
        return resolve(taken)
      }
      performance.mark(mark)
      frame++
      const part = Math.abs(1 - frame / frames)
      line.value = String(Math.max(1, Math.round(most * part)))
      line.dispatchEvent(new Event('input', { bubbles: true }))
      requestAnimationFrame(move)
    }
    requestAnimationFrame(move)
  })
}
