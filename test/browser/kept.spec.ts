/** What was done, and how the page was arranged, outlives the tab; and once loaded the page needs no network. */
import { expect, test } from '@playwright/test'
import { viewIds } from '../../src/app/view-ids.ts'
import { look } from './lived.ts'
import { Facteur } from './page.ts'

test.use({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'allow' })

test('a tab that crashes in mid-dialogue: one goes on in another, in the same language, colours and arrangement', async ({
  page,
  context,
}) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await page.getByRole('button', { name: 'FR Français' }).click()
  await page.getByRole('combobox', { name: 'Couleurs' }).selectOption('sombres')
  await page.getByRole('button', { name: /^Leçon.: déplacer/ }).click()
  await page.getByRole('button', { name: 'Masquer', exact: true }).click()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['telnet mx1.rennes.example 25', '220 '], ['HELO pc-alice', '250 '])
  await facteur.say(['MAIL FROM:<alice@rennes.example>', '250 2.1.0'], ['RCPT TO:<claire@lyon.example>', '250 2.1.5'])
  await facteur.say(['DATA', '354 '], 'Subject: half', '', 'a first line')
  await facteur.prints(/a first line\n/)
  const before = await facteur.still()
  const crashed = page.waitForEvent('crash')
  const devtools = await context.newCDPSession(page)
  devtools.send('Page.crash').catch(() => {})
  await crashed
  await page.close()

  const next = await context.newPage()
  const again = new Facteur(next)
  await next.goto('./')
  await again.prints(/a first line/)
  expect((await again.still()).trimEnd()).toBe(before.trimEnd())
  await expect(next.locator('html')).toHaveAttribute('lang', 'fr')
  await expect(next.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(next.locator('section[data-pane=lesson]')).toBeHidden()
  await next.locator('.xterm-helper-textarea').focus()
  await again.say('and a second', ['.', /\n250 2\.0\.0/], ['QUIT', 'Connection closed'])
  await expect(await look(next, 'mailboxes')).toContainText('half')
})

test('once loaded, all of it is there without a network', async ({ page, context }) => {
  // Every lesson is opened.
  test.setTimeout(180_000)
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated')
  await context.setOffline(true)
  await page.reload()
  await facteur.prints(/\$ /)
  expect(await page.evaluate(() => fetch('./not-there').catch(() => 'offline'))).toBe('offline')
  for (const id of viewIds) {
    const panel = await look(page, id)
    await expect(panel).not.toBeEmpty()
    await expect(panel.getByRole('alert')).toHaveCount(0)
  }
  await page.getByRole('button', { name: 'Write a message' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  const lessons = page.locator('section.lesson .parts li button')
  const count = await lessons.count()
  expect(count).toBeGreaterThan(3)
  for (let at = 0; at < count; at++) {
    if (at > 0) await page.locator('section.lesson .back').click()
    // The parts of the course that one is not at are folded.
    await lessons.nth(at).evaluate((button) => (button.closest('details')!.open = true))
    await lessons.nth(at).click()
    await expect(page.getByRole('region', { name: 'Goals' })).toBeVisible()
    await facteur.prints(/\$ /)
  }
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['echo alone', /\nalone/])
})
