/**
 * The hand on the line of time: while it moves, views may show what was whole last; when it rests, each shows the moment that
 * was meant, as it was seen when that was now.
 */
import { expect, test, type Locator, type Page } from '@playwright/test'
import { viewIds, type ViewId } from '../../src/app/view-ids.ts'
import { look, openJournal, Session } from './lived.ts'
import { Facteur } from './page.ts'

test.use({ viewport: { width: 1440, height: 900 } })

/** What two days say: one as it was at a moment, the other as it went on. */
function days(): { then: string; moment: number; whole: string } {
  const session = new Session('en').sit('alice', 'pc-alice.rennes.example')
  const mail = (from: number, to: number) => {
    for (let letter = from; letter <= to; letter++)
      session.say(`echo x | mail -s Letter-${letter} bruno@rennes.example`)
    session.click('bruno', 'pc-bruno.rennes.example', { ask: 'get' })
  }
  mail(1, 8)
  session.say('echo Where | mail -s Lost nemo@lyon.example')
  const then = session.text()
  const moment = session.sim.trace.length
  mail(9, 14)
  session.say('dig MX lyon.example', 'echo When | mail -s Late x@panne.example')
  return { then, moment, whole: session.text() }
}

/** What is chosen in a view before one looks. */
async function front(page: Page, id: ViewId): Promise<Locator> {
  const panel = await look(page, id)
  if (id === 'packets') await panel.getByRole('combobox', { name: 'Protocol' }).selectOption('DNS')
  if (id === 'dns') await panel.getByRole('button', { name: 'Look-ups' }).click()
  if (id === 'mailer')
    await panel.getByRole('combobox', { name: 'Whose mail program' }).selectOption({ label: 'Bruno Leroy' })
  return panel
}

/** All that stands in it; a label of the sequence is cut where its room ends, which is another one after it has been scrolled. */
async function said(panel: Locator): Promise<string> {
  return (await panel.innerText()).replace(/^(.{30}).*$/gm, '$1')
}

/** The thumb goes a piece each frame through places of the line, given as parts of what has happened. */
async function drag(page: Page, places: readonly number[], to: number): Promise<void> {
  await page.evaluate(
    ([places, to]) =>
      new Promise<void>((resolve) => {
        const line = document.querySelector<HTMLInputElement>('.line input[type=range]')!
        const most = Number(line.max)
        const stops = [...places.map((part) => Math.max(1, Math.round(part * most))), to]
        const move = () => {
          const next = stops.shift()
          if (next === undefined) return resolve()
          line.value = String(next)
          line.dispatchEvent(new Event('input', { bubbles: true }))
          requestAnimationFrame(move)
        }
        requestAnimationFrame(move)
      }),
    [places, to] as const,
  )
}

test('each view shows the moment at which the hand rests, whichever way it came', async ({ page }) => {
  // Ten views, each from now and back twice.
  test.slow()
  const { then, moment, whole } = days()
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await openJournal(page, then)
  await facteur.prints(/mail -s Lost/)
  const seen = new Map<ViewId, string>()
  for (const id of viewIds) seen.set(id, await said(await front(page, id)))
  // The tests would say nothing of a view that says nothing.
  for (const [id, text] of seen) expect(text.length, id).toBeGreaterThan(60)

  await openJournal(page, whole)
  await facteur.prints(/mail -s Late/)
  // The word that the one before can be had back takes room from the views.
  await page.getByRole('button', { name: 'Close', exact: true }).first().click()
  const frames = Array.from({ length: 24 }, (_, frame) => frame / 23)
  const ways = {
    back: frames.map((part) => 1 - part * 0.4),
    forth: [...frames].reverse().map((part) => 0.5 * (1 - part)),
  }
  for (const id of viewIds) {
    const panel = await front(page, id)
    for (const [way, places] of Object.entries(ways)) {
      await drag(page, places, moment)
      await expect.poll(() => said(panel), `${id}, ${way}`).toBe(seen.get(id))
      await page.getByRole('button', { name: 'Back to now' }).click()
      await expect.poll(() => said(panel), `${id}, now`).not.toBe(seen.get(id))
    }
  }
})
