import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'

const sound = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
const line = (page: Page) => page.getByRole('slider', { name: 'The moment that is looked at' })

/** Something to look back at: a letter that arrives. */
async function begin(page: Page, query = '?lang=en'): Promise<Facteur> {
  const facteur = new Facteur(page)
  await facteur.open(query)
  await facteur.say('echo Hello | mail -s Lunch bruno@rennes.example')
  await expect(page.getByRole('tab', { name: /Mailboxes/ })).toContainText('1 new')
  return facteur
}

test('one looks back, at any moment, in every view, and comes to now again', async ({ page }) => {
  const facteur = await begin(page)
  const slider = line(page)
  await expect(slider).toHaveAttribute('aria-valuetext', /^now, \d+ events$/)
  await sound(page)
  await page.getByRole('tab', { name: /Mailboxes/ }).click()
  const bruno = page.getByRole('region', { name: 'Mailbox bruno/INBOX' })
  await expect(bruno).toContainText('Lunch')

  await slider.focus()
  await page.keyboard.press('Home')
  await expect(slider).toHaveAttribute('aria-valuetext', /event 1 of/)
  await expect(bruno).toContainText('empty')
  await expect(page.getByText('You look at the past.')).toBeAttached()
  expect(await facteur.screen()).not.toContain('Lunch')
  await sound(page)

  await page.getByRole('button', { name: 'Forward, to what could be seen next' }).click()
  await page.keyboard.press('Escape')
  await expect(slider).toHaveAttribute('aria-valuetext', /^now/)
  await expect(bruno).toContainText('Lunch')
  await facteur.prints(/Lunch/)
})

test('by keys: back and forth step by step, played from there', async ({ page }) => {
  await begin(page)
  const slider = line(page)
  const rows = page.locator('section.views svg [data-row]')
  await page.getByRole('tab', { name: 'Lessons' }).focus()
  await page.locator('body').click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('ArrowLeft')
  await expect(slider).toHaveAttribute('aria-valuetext', /event/)
  const before = await slider.inputValue()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => slider.inputValue()).not.toBe(before)
  await expect(rows.first()).toBeAttached()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => slider.inputValue()).toBe(before)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('button', { name: 'Play' }).click()
  await expect(slider).toHaveAttribute('aria-valuetext', /^now/)
})

test('nothing is done to the past and nothing typed is lost; one goes on from there, and has the rest back', async ({
  page,
}) => {
  const facteur = await begin(page)
  const slider = line(page)
  await slider.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('PageUp')
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('echo later')
  await page.keyboard.press('Enter')
  await expect(page.getByText('nothing can be done there')).toBeVisible()
  await facteur.prints(/echo later/)

  await slider.focus()
  await page.keyboard.press('Home')
  await page.getByRole('button', { name: 'Go on from here' }).click()
  await expect(slider).toHaveAttribute('aria-valuetext', /^now/)
  await expect(page.getByText('What came after it was put aside.')).toBeVisible()
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.press('Control+U')
  await facteur.say(['echo otherwise', /\notherwise/])
  expect(await facteur.screen()).not.toContain('Lunch')
  await page.reload()
  await facteur.prints(/\notherwise/)
})

test('what was put aside is had back by its button', async ({ page }) => {
  const facteur = await begin(page)
  const slider = line(page)
  await slider.focus()
  await page.keyboard.press('Home')
  await page.getByRole('button', { name: 'Go on from here' }).click()
  await page.getByRole('button', { name: 'Have it back' }).click()
  await facteur.prints(/Lunch/)
  await expect(page.getByRole('tab', { name: /Mailboxes/ })).toContainText('1 new')
})
