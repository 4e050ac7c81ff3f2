import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

const LETTER = 'From: Ann <ann@far.example>\nSubject: Dropped\n\n<script>document.title = "no"</script>\n'

test('a letter comes in as a file, by drop or by button, is shown, and lies on the machine in front', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const title = await page.title()
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], '../odd name.eml', { type: 'message/rfc822' }))
    return data
  }, LETTER)
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Dropped')
  expect(await page.title()).toBe(title)
  await sound(page, 'the letter', 'dialog')
  await dialog.getByRole('button', { name: 'Close' }).first().click()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['ls', /_odd_name\.eml/], ['cat _odd_name.eml', /Subject: Dropped/])

  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Bring in a letter' }).click()
  await (await chooser).setFiles({ name: 'big.bin', mimeType: 'x/y', buffer: Buffer.alloc(5_100_000) })
  await expect(page.getByText('big.bin is too large')).toBeVisible()
})
