import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

const line = (page: Page) => page.getByRole('slider', { name: 'The moment that is looked at' })

/** By the keys of the slider: to the beginning, and where it is said so, on from there by a tenth or so. */
async function lookBack(page: Page, ...on: readonly 'PageUp'[]): Promise<void> {
  await line(page).focus()
  for (const key of ['Home', ...on]) await page.keyboard.press(key)
}

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

  await lookBack(page)
  await expect(slider).toHaveAttribute('aria-valuetext', /event 1 of/)
  await expect(bruno).toContainText('empty')
  await expect(page.getByText('You look at the past.')).toBeAttached()
  expect(await facteur.still()).not.toContain('Lunch')
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
  await lookBack(page, 'PageUp')
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('echo later')
  await page.keyboard.press('Enter')
  await expect(page.getByText('nothing can be done there')).toBeVisible()
  await facteur.prints(/echo later/)

  await lookBack(page)
  await page.getByRole('button', { name: 'Go on from here' }).click()
  await expect(slider).toHaveAttribute('aria-valuetext', /^now/)
  await expect(page.getByText('What came after it was put aside.')).toBeVisible()
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.press('Control+U')
  await facteur.say(['echo otherwise', /\notherwise/])
  expect(await facteur.still()).not.toContain('Lunch')
  await page.reload()
  await facteur.prints(/\notherwise/)
})

test('lines pasted into the past wait for a word: now, or from that moment on', async ({ page }) => {
  const facteur = await begin(page)
  const slider = line(page)
  const paste = async () => {
    await lookBack(page, 'PageUp')
    await page.locator('.xterm-helper-textarea').evaluate((element) => {
      const data = new DataTransfer()
      data.setData('text/plain', 'echo one\necho two\n')
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    })
    await expect(page.getByText('What you paste can be typed now')).toBeVisible()
  }
  await paste()
  await page.getByRole('button', { name: 'Type them now' }).click()
  await facteur.prints(/Lunch[^]*\none\n[^]*\ntwo\n/)
  await expect(slider).toHaveAttribute('aria-valuetext', /^now/)
  // The keyboard goes there when all lines were typed.
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused()
  await paste()
  await page.getByRole('button', { name: 'Go on from here and type them' }).click()
  await facteur.prints(/\none\n[^]*\ntwo\n/)
  // What had been pasted before came after that moment.
  expect((await facteur.still()).match(/echo one/g)).toHaveLength(1)
})

test('a terminal is not opened in the past, and a language chosen there is the shell’s from now on', async ({
  page,
}) => {
  const facteur = await begin(page)
  await lookBack(page, 'PageUp')
  await page.getByRole('button', { name: 'New terminal' }).click()
  await page.locator('#seats button').last().click()
  await expect(page.getByText('nothing can be done there')).toBeVisible()
  await expect(page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab')).toHaveCount(1)
  await page.getByRole('button', { name: 'Close' }).first().click()
  await page.getByRole('button', { name: 'FR Français' }).click()
  await expect(page.getByText('rien ne peut s’y faire')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['help', /donne la liste des commandes/])
})

test('what was put aside is had back by its button', async ({ page }) => {
  const facteur = await begin(page)
  await lookBack(page)
  await page.getByRole('button', { name: 'Go on from here' }).click()
  await page.getByRole('button', { name: 'Have it back' }).click()
  await facteur.prints(/Lunch/)
  await expect(page.getByRole('tab', { name: /Mailboxes/ })).toContainText('1 new')
})

const eventsSeen = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLInputElement>('input[type=range]')!.valueAsNumber)

test('a step is what the reader chooses, forward and back, and the choice is kept', async ({ page }) => {
  await begin(page)
  const slider = line(page)
  const choice = page.getByLabel('A step is')
  const back = page.getByRole('button', { name: /^Back/ }).first()
  await choice.selectOption('an event')
  const events = Number(await slider.getAttribute('max'))
  await back.click()
  await back.click()
  await expect.poll(() => eventsSeen(page)).toBe(events - 2)
  await page.getByRole('button', { name: 'Forward by an event' }).click()
  await expect.poll(() => eventsSeen(page)).toBe(events - 1)
  await page.locator('body').click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => eventsSeen(page)).toBe(events - 2)

  // From reply to reply: what stands there last is the reply.
  await choice.selectOption('a reply')
  const words = page.locator('section.views ol li')
  await page.getByRole('button', { name: 'In words' }).click()
  await page.getByRole('button', { name: 'Back by a reply' }).click()
  await expect(words.last()).toContainText('221')
  await page.getByRole('button', { name: 'Back by a reply' }).click()
  await expect(words.last()).toContainText('250')
  await choice.selectOption('a command')
  await page.getByRole('button', { name: 'Forward by a command' }).click()
  await expect(words.last()).toContainText('QUIT')
  await sound(page)
  await page.reload()
  await expect(page.getByLabel('A step is')).toHaveValue('command')
})

test('live, a step by commands ends right behind the next one, and one acts from there', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['telnet mx1.rennes.example 25', /220 /])
  await page.getByLabel('A step is').selectOption('a command')
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say('HELO me')
  await page.getByRole('button', { name: 'In words' }).click()
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  const words = page.locator('section.views ol li')
  await expect(words.last()).toContainText('HELO me')
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say('NOOP')
  await expect(page.getByText('nothing can be done there')).toBeHidden()
  await page.getByRole('button', { name: 'Step', exact: true }).click()
  await expect(words.last()).toContainText('NOOP')
  await page.getByRole('button', { name: 'Play' }).click()
  await facteur.prints(/NOOP[\s\S]*250 [\s\S]*250 2\.0\.0/)
})

test('one jumps to a time, to an event and from mark to mark, by keyboard', async ({ page }) => {
  await begin(page)
  const slider = line(page)
  await page.getByRole('button', { name: 'Jump to a moment' }).focus()
  await page.keyboard.press('Enter')
  const field = page.getByLabel('A time, or the number of an event')
  await expect(field).toBeFocused()
  await sound(page)
  const first = await field.inputValue()
  await page.keyboard.type('12')
  await page.keyboard.press('Enter')
  await expect(slider).toHaveAttribute('aria-valuetext', /event 12 of/)
  await field.fill('tomorrow')
  await page.keyboard.press('Enter')
  await expect(page.locator('#jump')).toContainText('or an event from 1 to')
  await field.fill('10:00:00.002')
  await page.keyboard.press('Enter')
  await expect(slider).toHaveAttribute('aria-valuetext', /^10:00:00/)
  expect(first).toMatch(/^\d\d:\d\d:\d\d$/)
  await page.getByRole('button', { name: 'To the next mark' }).click()
  await expect(page.getByRole('tab', { name: /Mailboxes/ })).toContainText('1 new')
  const mark = await slider.inputValue()
  await page.getByRole('button', { name: 'To the mark before' }).click()
  await expect(page.locator('#jump')).toContainText('There is no mark on that side.')
  await expect(slider).toHaveValue(mark)
  await page.keyboard.press('Escape')
  await expect(page.locator('#jump')).toBeHidden()
})

test('en français, sur un téléphone : le pas se choisit, l’heure reste en vue', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 780 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say('echo Salut | mail -s Midi bruno@rennes.example')
  await expect(page.getByRole('button', { name: /Boîtes/ })).toContainText('1')
  await expect(page.locator('header time')).toBeInViewport()
  await expect(page.locator('header time')).toHaveText(/^\d\d:\d\d:\d\d$/)
  await page.getByLabel('Un pas, c’est').selectOption('une commande')
  await page.getByRole('button', { name: 'Plus', exact: true }).click()
  await page.getByRole('button', { name: 'Revenir en arrière' }).click()
  await page.getByRole('button', { name: 'En arrière, d’une commande' }).click()
  await expect(page.locator('header time')).toBeInViewport()
  // A finger finds a moment on it.
  expect((await page.getByRole('slider').boundingBox())!.width).toBeGreaterThan(180)
  await page.getByRole('button', { name: 'Aller à un moment' }).click()
  await page.getByLabel('Une heure, ou le numéro d’un événement').fill('5')
  await page.getByRole('button', { name: 'Y aller' }).click()
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /événement 5 sur/)
  await sound(page)
})

test('in a frame of another page the clock is in sight, too', async ({ page }) => {
  await new Facteur(page).open('?lang=en&embed=1')
  await expect(page.locator('header time')).toBeInViewport()
})
