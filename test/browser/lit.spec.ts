/** One event, lit wherever it is seen: a message is picked in the mailboxes and looked for in every other view. */
import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'

test.use({ viewport: { width: 2000, height: 1000 } })

test('a message that is picked in one view is lit in all of them', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say('echo Hello | mail -s Lit alice@rennes.example')
  const view = (name: string) => page.locator(`#right-${name}`)
  const picked = page.locator('section[data-pane=views] [aria-pressed=true]')

  await view('mailer').click()
  const row = page.locator('.mailer').getByRole('option', { name: /Lit/ })
  await page.locator('.mailer').getByRole('button', { name: 'Get mail' }).first().click()
  await expect(row).toBeVisible()
  await expect(row).not.toHaveClass(/lit/)

  await view('mailboxes').click()
  const letter = page.getByRole('region', { name: 'Mailbox alice/INBOX' }).getByRole('button', { name: /Lit/ })
  await letter.click()
  await expect(letter).toHaveClass(/lit/)

  await view('sequence').click()
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('alice')
  for (const name of ['journey', 'queue', 'log', 'network']) {
    await view(name).click()
    await expect(picked.first(), name).toBeVisible()
  }
  await view('mailer').click()
  await expect(row).toHaveClass(/lit/)
})
