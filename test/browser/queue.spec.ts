import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'

async function sound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([])
}

/** One of them is down, one has a greylist, one fetches its mail itself. */
async function send(facteur: Facteur): Promise<void> {
  await facteur.say(['telnet mx1.rennes.example 25', '220 '], ['EHLO pc-alice.rennes.example', '250 XCLOCK'])
  await facteur.say(['MAIL FROM:<alice@rennes.example>', '250 2.1.0'])
  for (const recipient of ['x@panne.example', 'lea@grey.example', 'y@sein.example'])
    await facteur.say([`RCPT TO:<${recipient}>`, '250 2.1.5'])
  await facteur.say(['DATA', '354 '], 'Subject: x', '', ['.', '250 2.0.0'], ['QUIT', 'closed by'])
}

for (const theme of ['light', 'dark'])
  test(`what waits, why, and until when; the next try is one key away, ${theme}`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    await page.getByRole('tab', { name: 'Queue' }).click()
    const panel = page.getByRole('tabpanel', { name: 'Queue' })
    await expect(panel).toContainText('Every queue is empty')
    await expect(panel).toContainText('Nothing yet.')
    await sound(page)
    await page.locator('.xterm').click()
    await send(facteur)

    const mx1 = panel.getByRole('region', { name: 'Queue of mx1.rennes.example' })
    const mx2 = panel.getByRole('region', { name: 'Queue of mx2.rennes.example' })
    const states = panel.getByRole('list', { name: 'What is in the queues' })
    await expect(mx1).toContainText('alice@rennes.example')
    await expect(mx2).toContainText('waits until its host asks for it')
    await expect(states).toContainText('1 on hold')
    await expect(mx1.getByRole('list', { name: 'Recipients of' }).getByRole('listitem')).toHaveCount(3)
    const skip = panel.getByRole('button', { name: 'Skip to:' })
    await skip.focus()
    await page.keyboard.press('Enter')
    await expect(mx1).toContainText('tries: 1')
    await expect(panel.getByRole('list', { name: 'Messages that left' })).toContainText('delivered to lea@grey.example')
    await skip.click()
    await expect(mx1).toContainText('Connection timed out')
    await sound(page)

    const why = mx1.getByRole('button', { name: 'Connection timed out' })
    await why.click()
    await expect(why).toHaveAttribute('aria-pressed', 'true')
    await page.getByRole('tab', { name: 'Sequence' }).click()
    await expect(page.getByRole('region', { name: 'Details' })).toContainText('Connection timed out')
  })

test('on a phone, in French, nothing is too wide; a host where nobody sits cannot be told to try', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.locator('.xterm').click()
  await send(facteur)
  await page.getByRole('navigation').getByRole('button', { name: 'Séquence' }).click()
  await page.getByRole('tab', { name: 'Files' }).click()
  const panel = page.getByRole('tabpanel', { name: 'Files' })
  await expect(panel.getByRole('region', { name: 'File de mx2.rennes.example' })).toContainText('retenu')
  await expect(panel.getByRole('button', { name: 'Tout tenter maintenant' })).toHaveCount(0)
  expect(await panel.locator('.scroller').evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await sound(page)
})

test('where a terminal sits at the host, its queue is tried at once, by what is typed there', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en&lesson=05-premier-mx-en-panne')
  await page.locator('.xterm').click()
  await facteur.say(['telnet mx2.lyon.example 25', '220 '], ['HELO pc-alice', '250 '])
  await facteur.say(['MAIL FROM:<alice@rennes.example>', '250 2.1.0'], ['RCPT TO:<claire@lyon.example>', '250 2.1.5'])
  await facteur.say(['DATA', '354 '], 'Subject: x', '', ['.', '250 2.0.0'], ['QUIT', 'closed by'])
  await page.getByRole('tab', { name: 'Queue' }).click()
  const panel = page.getByRole('tabpanel', { name: 'Queue' })
  await panel.getByRole('button', { name: 'Skip to:' }).click()
  await expect(panel).toContainText('deferred')
  await expect(panel).toContainText(/again in \d+ min/)
  await page.getByRole('button', { name: 'New terminal' }).click()
  await page.getByRole('button', { name: 'Bruno Leroy on' }).click()
  await facteur.prints(/mx2.*\$ /)
  await panel.getByRole('button', { name: 'Try all now' }).click()
  await facteur.prints('sendmail -q')
  await expect(panel.getByRole('region', { name: 'Queue of mx2.lyon.example' })).toContainText('active')
  await sound(page)
})
