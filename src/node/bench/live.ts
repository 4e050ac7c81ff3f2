/** What an event costs on the screen: letters are sent in the page, one after the other. */
import type { Page } from '@playwright/test'

/** The stretch that is measured. */
const MORE = 300

/** From letter to letter the time line grows; it says how many events there are. */
export async function eventOnScreen(page: Page): Promise<number> {
  const count = () => page.evaluate(() => Number(document.querySelector<HTMLInputElement>('input[type=range]')!.max))
  const mail = async () => {
    const there = await count()
    await page.keyboard.type('echo x | mail -s x claire@lyon.example')
    await page.keyboard.press('Enter')
    await page.waitForFunction(
      (before) => Number(document.querySelector<HTMLInputElement>('input[type=range]')!.max) > before + 100,
      there,
      { timeout: 120_000 },
    )
  }
  await page.evaluate(() => {
    const line = document.querySelector<HTMLInputElement>('input[type=range]')!
    const changes: [at: number, events: number][] = []
    const look = () => {
      const events = Number(line.max)
      if (changes.at(-1)?.[1] !== events) changes.push([performance.now(), events])
      requestAnimationFrame(look)
    }
    look()
    Object.assign(globalThis, { changes })
  })
  const from = await count()
  while ((await count()) < from + MORE) await mail()
  const changes = await page.evaluate(() => (globalThis as unknown as { changes: [number, number][] }).changes)
  // Only while something happens: between two letters the page waits for the one who types.
  let time = 0
  let events = 0
  for (let k = 1; k < changes.length; k++) {
    const [at, there] = changes[k]!
    const [earlier, fewer] = changes[k - 1]!
    if (at - earlier > 200) continue
    time += at - earlier
    events += there - fewer
  }
  return time / Math.max(1, events)
}
