import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'

const sound = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

async function linkOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'This moment as a link' }).click()
  const dialog = page.getByRole('dialog', { name: 'This moment as a link' })
  await expect(dialog).toContainText('1 lines that were typed')
  await sound(page)
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const field = dialog.getByRole('textbox')
  await expect(field).toHaveValue(/#moment=2\./)
  return field.inputValue()
}

test('a moment goes to somebody else, who goes on from there, and has his own back', async ({ page, browser }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say('echo Hello | mail -s Lunch bruno@rennes.example')
  await expect(page.getByRole('tab', { name: /Mailboxes/ })).toContainText('1 new')
  const link = await linkOf(page)

  const other = await (await browser.newContext()).newPage()
  const theirs = new Facteur(other)
  await other.addInitScript(() => localStorage.setItem('facteur.speed', '0'))
  await other.goto('./?lang=en')
  await theirs.prints(/\$ /)
  await theirs.say(['echo mine', /\nmine/])
  await other.goto('about:blank')
  await other.goto(link)
  await theirs.prints(/Lunch/)
  expect(new URL(other.url()).hash).toBe('')
  await expect(other.getByText('You see what somebody else has done')).toBeVisible()
  await theirs.say(['echo further', /\nfurther/])
  await other.getByRole('button', { name: 'Back to your own' }).click()
  await theirs.prints(/\nmine/)
  expect(await theirs.screen()).not.toContain('Lunch')
  await other.context().close()
})

for (const [what, hash, said] of [
  ['broken', '#moment=1.abcdef', 'This link cannot be read'],
  ['foreign', '#moment=7.abcdef', 'another version of Facteur'],
] as const)
  test(`a ${what} link says so, and what was there opens`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en${hash}`)
    await expect(page.getByText(said)).toBeVisible()
    await facteur.say(['echo still here', /\nstill here/])
    await sound(page)
  })
