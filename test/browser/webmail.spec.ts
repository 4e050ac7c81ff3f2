import { expect, test, type Locator, type Page } from '@playwright/test'
import { savedText } from '../../src/core/lesson/saved.ts'
import { Sim } from '../../src/core/world/sim.ts'
import { readWorld } from '../../src/node/worlds.ts'
import { Facteur } from './page.ts'
import { replayed } from './replayed.ts'
import { sound } from './sound.ts'

async function webmail(page: Page, words: { where: string; password: string; enter: string }): Promise<Locator> {
  await page.locator('#right-mailer').click()
  const mailer = page.locator('.mailer')
  await mailer.getByLabel(words.where).selectOption('web')
  await expect(mailer.locator('.address')).toContainText('https://webmail.rennes.example/')
  await mailer.getByLabel(words.password, { exact: true }).fill('tournesol')
  await mailer.locator('form').getByRole('button', { name: words.enter }).click()
  await expect(mailer.getByRole('listbox').getByRole('option')).toHaveCount(2)
  await expect(mailer.locator('.address')).toContainText('https://webmail.rennes.example/mail/INBOX')
  return mailer
}

const ENGLISH = { where: 'Mail is read in', password: 'Password', enter: 'Log in' }

test.describe('with room', () => {
  test.use({ viewport: { width: 2000, height: 1000 } })

  test('one logs in, reads and sends; the wire goes from the browser over the web host to the mail host', async ({
    page,
  }) => {
    await new Facteur(page).open('?lang=en')
    const mailer = await webmail(page, ENGLISH)
    await expect(mailer.locator('.address')).toContainText('Secure')
    await sound(page)
    await mailer
      .getByRole('listbox')
      .getByRole('option', { name: /Monday's meeting/ })
      .click()
    await expect(mailer.getByText('Will you bring the list?')).toBeVisible()
    await expect(mailer.getByRole('button', { name: /^Show in the sequence/ })).toContainText('GET /mail/INBOX/1')

    await mailer.getByRole('button', { name: 'Write', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('To', { exact: true }).fill('bruno@rennes.example')
    await dialog.getByLabel('Subject', { exact: true }).fill('From the web')
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(mailer.getByText('Sent; a copy lies among what was sent.')).toBeVisible()

    await mailer.getByRole('button', { name: /^Show in the sequence/ }).click()
    const sequence = page.locator('section[data-pane=more]')
    await expect(sequence.getByText('POST /mail/send HTTP/1.1').first()).toBeVisible()
    await expect(sequence.getByText('webmail').first()).toBeVisible()
    await sound(page)

    const sim = await replayed(page)
    const dials = sim.trace.flatMap((event) => (event.kind === 'dial' ? [`${event.host} ${event.to.port}`] : []))
    expect(new Set(dials)).toEqual(
      new Set(['pc-alice.rennes.example 443', 'webmail.rennes.example 143', 'webmail.rennes.example 587']),
    )
  })

  test('a long folder is turned page by page', async ({ page }) => {
    const sim = new Sim(readWorld('campus'))
    sim.open('t1', 'pc-alice.rennes.example', 'alice')
    const seat = { host: 'pc-alice.rennes.example', user: 'alice' }
    for (let n = 3; n <= 60; n++) {
      const message = `To: alice@rennes.example\r\nSubject: Letter ${n}\r\n\r\nText ${n}\r\n`
      sim.act({ act: 'mail', ...seat, request: { ask: 'send', message, answers: null, draft: null } })
      sim.drain()
    }
    const text = savedText({ lesson: null, journal: sim.journal(), closed: [] })
    await new Facteur(page).open('?lang=en')
    await page.getByRole('button', { name: 'More' }).click()
    await page
      .locator('input[type=file][accept^=".json"]')
      .setInputFiles({ name: 'many.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await expect(page.getByRole('tab', { name: /Mailboxes/ })).toContainText('58 new')
    await page.locator('#right-mailer').click()
    const mailer = page.locator('.mailer')
    await mailer.getByLabel(ENGLISH.where).selectOption('web')
    await mailer.getByLabel('Password', { exact: true }).fill('tournesol')
    await mailer.getByLabel('Password', { exact: true }).press('Enter')
    const rows = mailer.getByRole('listbox').getByRole('option')
    await expect(rows).toHaveCount(50)
    await expect(mailer.getByRole('button', { name: /^Inbox/ })).toContainText('60')
    const pages = mailer.getByRole('navigation', { name: 'Pages of this folder' })
    await expect(pages).toContainText('Page 1 of 2')
    await expect(pages.getByRole('button', { name: 'Newer' })).toBeDisabled()
    await pages.getByRole('button', { name: 'Older' }).click()
    await expect(rows).toHaveCount(10)
    await expect(pages).toContainText('Page 2 of 2')
    await expect(mailer.locator('.address')).toContainText('/mail?page=2')
    await rows.filter({ hasText: /Letter 7/ }).click()
    await expect(mailer.getByText('Text 7', { exact: true })).toBeVisible()
    await sound(page)
    await pages.getByRole('button', { name: 'Newer' }).click()
    await expect(rows).toHaveCount(50)
  })

  test('a wrong password is refused, by the mail host and so by the webmail', async ({ page }) => {
    await new Facteur(page).open('?lang=en')
    await page.locator('#right-mailer').click()
    const mailer = page.locator('.mailer')
    await mailer.getByLabel(ENGLISH.where).selectOption('web')
    await mailer.getByLabel('Password', { exact: true }).fill('wrong')
    await mailer.getByLabel('Password', { exact: true }).press('Enter')
    await expect(mailer.getByText('The webmail does not let you in: wrong name or password.')).toBeVisible()
    await expect(mailer.getByRole('listbox')).toHaveCount(0)
    await sound(page)
  })
})

test.describe('on a telephone, in French', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('it is the same', async ({ page }) => {
    await new Facteur(page).open('?lang=fr')
    await page.getByRole('button', { name: 'Séquence' }).click()
    await webmail(page, { where: 'Le courrier se lit dans', password: 'Mot de passe', enter: 'Se connecter' })
    await sound(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})
