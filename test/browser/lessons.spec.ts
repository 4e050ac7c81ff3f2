import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'

test('a lesson is chosen, its goals are ticked, its hints come one by one', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await page.locator('section.lesson li button').first().click()
  await expect(page).toHaveURL(/lesson=01-/)
  await facteur.prints(/\$ /)
  const goals = page.getByRole('region', { name: 'Goals' })
  await expect(goals.locator('li[data-state=earned]')).toHaveCount(0)
  await goals
    .getByRole('button', { name: /^A hint for/ })
    .first()
    .click()
  await expect(goals.locator('.hint')).toHaveCount(1)
  await goals
    .getByRole('button', { name: /^A hint for/ })
    .first()
    .click()
  await expect(goals.locator('.hint')).toHaveCount(2)

  // The lesson's own button types the command.
  await page.locator('.text button[data-do^=telnet]').first().click()
  await facteur.prints('220 ')
  await expect(goals.locator('li[data-state=earned]')).not.toHaveCount(0)
  await expect(page.locator('[data-spoken=goal]')).toContainText('Goal reached')

  await page.reload()
  await facteur.prints('220 ')
  await expect(goals.locator('li[data-state=earned]')).not.toHaveCount(0)
})

test('a lesson is finished by hand, and the next one is offered', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en&lesson=02-premier-message')
  await facteur.say(
    ['telnet mx1.rennes.example 25', '220 '],
    ['HELO pc-alice.rennes.example', '250 '],
    ['MAIL FROM:<alice@rennes.example>', /MAIL FROM[^]*250 /],
    ['RCPT TO:<bob@rennes.example>', /RCPT TO[^]*250 /],
    ['DATA', '354 '],
    ...['From: alice@rennes.example', 'To: bob@rennes.example', 'Subject: Hello', '', 'Hello Bob'],
    ['.', /\n\.\n250 /],
    ['QUIT', 'Connection closed'],
  )
  await expect(page.getByText('All goals are reached. Well done!')).toBeVisible()
  await page.getByRole('button', { name: 'Next lesson' }).click()
  await expect(page).toHaveURL(/lesson=[^&]*03-/)
  await facteur.prints(/\$ /)
})

test('an unknown lesson says so, and the world opens', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en&lesson=nonsense')
  await expect(page.getByText('There is no lesson “nonsense” here.')).toBeVisible()
})

test('who lives here: a click types it, another machine opens in a tab of its own', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await page.getByRole('tab', { name: 'Who lives here' }).click()
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('dig ')
  await page.locator('#side').getByRole('button', { name: 'mx1.rennes.example', exact: true }).click()
  await facteur.prints(/dig mx1\.rennes\.example/)
  await page.getByRole('button', { name: 'Sit at pc-claire' }).click()
  await facteur.prints(/claire@pc-claire:~\$ /)
  await expect(page.getByRole('tab', { name: /claire/ })).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('tab', { name: /alice@/ }).click()
  await facteur.prints(/dig mx1\.rennes\.example/)
})
