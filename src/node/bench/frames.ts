/** What the frames of a page cost its own thread, each of them: other programs on the machine make them late, but hardly dearer. */
import type { Page } from '@playwright/test'

/** Of the trace of a browser, which has many more kinds of events. */
interface Traced {
  name: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** Processor time. */
  tdur?: number
}

/** So each frame marks that it begins, in the page. */
export const FRAME = 'facteur-frame'
const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing']

/** Milliseconds of processor time of each frame that was marked meanwhile. */
export async function frameCosts(page: Page, act: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser()!
  await browser.startTracing(page, { categories: CATEGORIES })
  await act()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: Traced[] }
  const marks = traceEvents.filter(({ name }) => name === FRAME).sort((a, b) => a.ts - b.ts)
  const costs = marks.map(() => 0)
  const [first] = marks
  for (const { name, pid, tid, ts, dur = 0, tdur = 0 } of traceEvents) {
    if (name !== 'RunTask' || pid !== first?.pid || tid !== first.tid) continue
    // A frame's own task has begun before its mark.
    const frame = marks.findLastIndex((mark) => mark.ts <= ts + dur)
    if (frame >= 0) costs[frame]! += tdur / 1000
  }
  return costs
}
