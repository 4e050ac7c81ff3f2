import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'

const DIALOGUE =
  'S: 220 ready\nC: EHLO pc-alice.rennes.example\nS: 250 XCLOCK\nC: MAIL FROM:<alice@rennes.example>\nS: 250 OK\n'

test('a dialogue of a course is taken as it is meant, or as it is, as one likes', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['telnet mx1.rennes.example 25', /220 mx1/])
  const paste = async (text: string) => {
    await page.locator('.xterm-helper-textarea').focus()
    await page.evaluate((given) => navigator.clipboard.writeText(given), text)
    await page.keyboard.press('Control+Shift+V')
  }
  await paste(DIALOGUE)
  await expect(page.getByText('What you paste is a dialogue')).toBeVisible()
  expect(await facteur.still()).not.toContain('EHLO')
  await page.getByRole('button', { name: 'Paste what is meant' }).click()
  await facteur.prints(/250 XCLOCK[^]*250 2\.1\.0 OK/)
  expect(await facteur.still()).not.toContain('C: EHLO')

  await paste('NOOP \u201chello\u201d')
  await page.getByRole('button', { name: 'Paste it as it is' }).click()
  await facteur.prints(/NOOP \u201chello\u201d/)
})
