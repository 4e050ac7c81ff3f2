/** Help at the prompt: completion, the line looked at, did you mean, meanings, and none of it in an exam. */
import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

const MX = 'mx1.rennes.example'

const list = (page: Page) => page.getByRole('listbox', { name: /What could stand here|Ce qui pourrait/ })
/** The help has come: it does a moment after one can type. */
const ready = (page: Page) => expect(page.locator('.row select, .row p.label')).toBeVisible()

async function connected(page: Page, query = '?lang=en'): Promise<Facteur> {
  const facteur = new Facteur(page)
  await facteur.open(query)
  await ready(page)
  await facteur.say([`telnet ${MX} 25`, /220 mx1/], ['EHLO pc-alice.rennes.example', /250 XCLOCK/])
  return facteur
}

test('Tab completes what is certain, shows the rest, and the keyboard chooses', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await ready(page)
  await expect(async () => {
    await page.keyboard.press('Control+U')
    await page.keyboard.type('tel')
    await page.keyboard.press('Tab')
    expect(await facteur.screen()).toMatch(/\$ telnet/)
  }).toPass()
  await page.keyboard.type('mx')
  await page.keyboard.press('Tab')
  await expect(list(page))
    .toBeHidden({ timeout: 100 })
    .catch(() => {})
  // Typing on narrows the list.
  await page.keyboard.type('1')
  await expect(list(page).getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Tab')
  await facteur.prints(`telnet ${MX}`)
  await page.keyboard.type(' 25')
  await page.keyboard.press('Enter')
  await facteur.prints(/220 mx1/)
  await page.keyboard.type('EH')
  await page.keyboard.press('Tab')
  await facteur.prints(/^EHLO/m)
  // Several: the list shows them, and the terminal keeps the keyboard.
  await page.keyboard.press('Tab')
  await expect(list(page)).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: /possibilities/ })).toBeAttached()
  const field = page.locator('.xterm-helper-textarea')
  await page.keyboard.press('ArrowDown')
  const active = await field.getAttribute('aria-activedescendant')
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute('aria-selected', 'true')
  await expect(page.locator(`[id="${active}"]`)).toContainText('pc-alice.rennes.example')
  await sound(page)
  await page.keyboard.press('Enter')
  await expect(list(page)).toBeHidden()
  await facteur.prints(/^EHLO pc-alice\.rennes\.example/m)
  // It was put there, not sent.
  expect(await facteur.still()).not.toContain('250 XCLOCK')
  await page.keyboard.press('Enter')
  await facteur.prints(/250 XCLOCK/)
})

test('Esc closes the list, and Esc then Tab still leaves the terminal; a pointer chooses, too', async ({ page }) => {
  const facteur = await connected(page)
  await page.keyboard.press('Tab')
  await expect(list(page)).toBeVisible()
  await page.getByRole('option', { name: /^MAIL FROM:/ }).click()
  await facteur.prints(/^MAIL FROM:</m)
  await page.keyboard.press('Tab')
  await expect(list(page).getByRole('option').first()).toContainText('alice@rennes.example')
  await page.keyboard.press('Escape')
  await expect(list(page)).toBeHidden()
  await page.keyboard.press('Tab')
  await expect(page.locator('.xterm-helper-textarea')).not.toBeFocused()
  expect(await facteur.still()).toMatch(/^MAIL FROM:<\s*$/m)
})

test('nothing of a password is completed, and in a message a tab is a tab', async ({ page }) => {
  const facteur = await connected(page)
  await facteur.say(
    ['MAIL FROM:<alice@rennes.example>', /250 2\.1\.0/],
    ['RCPT TO:<bruno@rennes.example>', /250 2\.1\.5/],
  )
  await facteur.say(['DATA', /354/])
  await page.keyboard.type('Subj')
  await page.keyboard.press('Tab')
  await facteur.prints(/^Subject:/m)
  await facteur.say('long', '')
  await page.keyboard.press('Tab')
  await page.keyboard.type('x')
  await expect(list(page)).toBeHidden()
  await facteur.prints(/\u2409x/)
})

test('the piece of the grammar that one is in is marked, and what is wrong is said before Enter', async ({ page }) => {
  await connected(page)
  const hint = page.getByRole('complementary', { name: 'The coach' })
  await page.keyboard.type('MAIL FROM:<a')
  await expect(hint.locator('mark')).toHaveText('FROM:<reverse-path>')
  await page.keyboard.type('@b.example> SIZ=1')
  await expect(hint.locator('mark')).toHaveText('[SP Mail-parameters]')
  await expect(hint).toContainText('MAIL has no parameter SIZ.')
  await page.keyboard.press('Control+U')
  await page.keyboard.type('RCPT TO:<')
  await expect(hint).toContainText('RCPT is not allowed now. It may be said when: sender named, recipients named.')
})

test('did you mean: the mended line is a button away', async ({ page }) => {
  const facteur = await connected(page)
  await facteur.say(['MIAL FROM:<alice@rennes.example>', /500 5\.5\.2/])
  await page.getByRole('button', { name: 'Put it at the prompt: MAIL FROM:<alice@rennes.example>' }).click()
  await page.keyboard.press('Enter')
  await facteur.prints(/250 2\.1\.0/)
  await facteur.say(['QUIT', /221/], ['tlenet x', /command not found/])
  await expect(page.getByRole('button', { name: 'Put it at the prompt: telnet x' })).toBeVisible()
  await facteur.say([`telnet mx1.renes.example 25`, /could not resolve/])
  await expect(page.getByRole('button', { name: `Put it at the prompt: telnet ${MX} 25` })).toBeVisible()
})

test('did you mean: what was being typed meanwhile is had back by the up arrow', async ({ page }) => {
  const facteur = await connected(page)
  await facteur.say(['MIAL FROM:<alice@rennes.example>', /500 5\.5\.2/])
  await page.keyboard.type('RCPT TO:<br')
  await page.getByRole('button', { name: /^Put it at the prompt: MAIL FROM.*The up arrow brings back/ }).click()
  await facteur.prints(/\nMAIL FROM:<alice@rennes\.example>\s*$/)
  await page.keyboard.press('ArrowUp')
  await facteur.prints(/\nRCPT TO:<br\s*$/)
  await page.keyboard.press('ArrowDown')
  await facteur.say(['', /250 2\.1\.0/])
  await page.keyboard.press('ArrowUp')
  await facteur.say(['uno@rennes.example>', /250 2\.1\.5/])
})

test('what words mean: on pointing, and by F1 for whoever does not point', async ({ page }) => {
  const facteur = await connected(page)
  await facteur.say(['RCPT TO:<bruno@rennes.example>', /503/])
  await facteur.still()
  const place = await page.evaluate(() => {
    const rows = [...document.querySelectorAll('.xterm-rows > div')]
    const { left, top, height } = rows.find((row) => row.textContent?.startsWith('503'))!.getBoundingClientRect()
    return { x: left + 8, y: top + height / 2 }
  })
  await page.mouse.move(place.x, place.y)
  await expect(page.getByRole('tooltip')).toContainText('first digit 5')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tooltip')).toBeHidden()
  await page.keyboard.press('F1')
  const words = page.getByRole('status', { name: 'The words of the last answer' })
  await expect(words).toContainText('503')
  await expect(words).toContainText('second digit 0: about the syntax of the command')
  await sound(page)
})

test('help goes down to the coach, and to nothing; it is kept', async ({ page }) => {
  const facteur = await connected(page)
  await page.getByLabel('Hints').selectOption('coach')
  await facteur.page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['HLEO x', /500/])
  const hint = page.getByRole('complementary', { name: 'The coach' })
  await expect(hint).toContainText('Did you mean')
  await expect(hint).not.toContainText('RFC')
  await page.keyboard.type('EH')
  await page.keyboard.press('Tab')
  await expect(list(page)).toBeHidden()
  await page.getByLabel('Hints').selectOption('none')
  await expect(hint).toBeHidden()
  await page.reload()
  await ready(page)
  await expect(page.getByLabel('Hints')).toHaveValue('none')
  await expect(hint).toBeHidden()
})

test('in an exam there is no help, in either language, and no way to it', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr&exam=1')
  await expect(page.getByText('Examen : aucune aide.')).toBeVisible()
  await facteur.say([`telnet ${MX} 25`, /220 mx1/], ['HLEO x', /500/])
  await page.keyboard.type('EH')
  await page.keyboard.press('Tab')
  await page.keyboard.press('F1')
  await expect(page.getByRole('complementary', { name: 'Le moniteur' })).toBeHidden()
  await expect(list(page)).toBeHidden()
  await expect(page.getByRole('button', { name: /à l’invite/ })).toBeHidden()
  await facteur.prints(/^EH\s*$/m)
})

test('in French, on a phone: a key for Tab, and a list that fits', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.getByRole('button', { name: 'Terminal', exact: true }).click()
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('telnet ')
  await expect(async () => {
    await page.getByRole('button', { name: 'Tab compléter' }).click()
    await expect(list(page)).toBeVisible({ timeout: 500 })
  }).toPass()
  const box = (await list(page).boundingBox())!
  expect(box.x).toBeGreaterThanOrEqual(0)
  expect(box.x + box.width).toBeLessThanOrEqual(390)
  await expect(list(page).getByRole('option').first()).toContainText('écoute aux ports')
})
