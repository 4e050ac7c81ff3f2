/** What fails in one part of the page stays there: it is said, the rest goes on, and a way out is offered. */
import { expect, test } from '@playwright/test'
import { viewIds } from '../../src/app/view-ids.ts'
import { look } from './lived.ts'
import { Facteur } from './page.ts'

test.use({ viewport: { width: 1440, height: 900 } })

test('a view that throws says so, the rest goes on, and another try may succeed', async ({ page }) => {
  const body = `let tries = 0
export default (anchor) => {
  if (tries++ < 2) throw new Error('stumbled')
  const text = document.createElement('p')
  text.textContent = 'recovered'
  anchor.before(text)
}`
  await page.route(/\/assets\/QueuePane-[^/]*\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body }))
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const panel = await look(page, 'queue')
  const alert = panel.getByRole('alert')
  await expect(alert).toContainText('This part of the page has stumbled. The rest goes on.')
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['telnet mx1.rennes.example 25', '220 '], ['NOOP', /\n250 /])
  await alert.getByRole('button', { name: 'Try again' }).click()
  await expect(alert).toBeVisible()
  await alert.getByRole('button', { name: 'Try again' }).click()
  await expect(panel).toContainText('recovered')
  await expect(await look(page, 'log')).toContainText('connect from')
})

for (const [why, fail] of [
  ['is not there any more', { status: 404 }],
  ['cannot be fetched', { abort: true }],
] as const)
  test(`where a part of the page ${why}, that is said; what was done is there after a reload`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    await facteur.say(['telnet mx1.rennes.example 25', '220 '])
    await page.route(/\.js$/, (route) => ('abort' in fail ? route.abort() : route.fulfill(fail)))
    // What has no place of its own on the page is told of, too.
    await page.getByRole('button', { name: 'Write a message' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'could not be fetched' })).toBeVisible()
    for (const id of viewIds.filter((id) => id !== 'sequence')) {
      const panel = await look(page, id)
      await expect(panel.getByRole('alert'), id).toContainText('This part of the page could not be fetched')
    }
    await page.locator('.xterm-helper-textarea').focus()
    await facteur.say(['NOOP', /\n250 /])
    await expect((await look(page, 'sequence')).locator('svg [data-row=reply]').last()).toBeVisible()

    const panel = await look(page, 'queue')
    await expect(panel.getByRole('alert')).toBeVisible()
    await page.unroute(/\.js$/)
    await panel.getByRole('button', { name: 'Load the page again' }).click()
    await facteur.prints(/\n250 /)
    await expect(await look(page, 'queue')).toContainText('Every queue is empty')
    await page.locator('.xterm-helper-textarea').focus()
    await facteur.say(['QUIT', 'closed by foreign host'])
  })
