import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

for (const theme of ['light', 'dark'])
  test(`the log of a host: what is written comes, is searched, and leads to its event, ${theme}`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    await page.getByRole('tab', { name: 'Log', exact: true }).click()
    await expect(page.getByText('Nothing stands in this log yet.')).toBeVisible()
    await page.locator('.xterm').click()
    await facteur.say('mail -s hello claire@lyon.example', '<i>Is this a test?</i>', '.')
    const list = page.getByRole('region', { name: 'Mail log of mx1.rennes.example' })
    await expect(list.getByRole('button', { name: /status=sent/ })).toBeVisible()
    await sound(page)
    await page.getByRole('searchbox', { name: 'Search in the log' }).fill('QUEUE active')
    await expect(list.getByRole('listitem')).toHaveCount(1)
    const line = list.getByRole('button', { name: /queue active/ })
    await line.focus()
    await page.keyboard.press('Enter')
    await expect(line).toHaveAttribute('aria-pressed', 'true')
    await page.getByRole('tab', { name: 'Sequence' }).click()
    await expect(page.locator('svg .picked[data-row=mail]')).toBeInViewport()

    await page.getByRole('tab', { name: 'Log', exact: true }).click()
    await page.getByRole('combobox', { name: 'Mail log of' }).selectOption('mx.lyon.example')
    await expect(page.getByRole('region', { name: 'Mail log of mx.lyon.example' })).toContainText('connect from')

    // What is picked in another view brings the log in which it stands.
    await page.getByRole('tab', { name: 'Mailboxes' }).click()
    await page.getByRole('region', { name: 'Mailbox claire/INBOX' }).getByRole('button', { name: /hello/ }).click()
    await page.getByRole('tab', { name: 'Log', exact: true }).click()
    const delivered = page.getByRole('region', { name: 'Mail log of store.lyon.example' })
    await expect(delivered.getByRole('button', { pressed: true })).toContainText('delivered to mailbox')
  })

test('on a phone, in French', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.locator('.xterm').click()
  await facteur.say(['telnet mx1.rennes.example 25', '220 '])
  await page.getByRole('navigation').getByRole('button', { name: 'Séquence' }).click()
  await page.getByRole('tab', { name: 'Journal', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Journal de courrier de mx1' })).toContainText('connect from')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await sound(page)
})
