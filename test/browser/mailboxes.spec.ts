import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

const mail: [string, string | RegExp][] = [
  ['telnet mx1.rennes.example 25', '220 '],
  ['EHLO pc-alice.rennes.example', '250 XCLOCK'],
  ['MAIL FROM:<alice@rennes.example>', '250 2.1.0'],
  ['RCPT TO:<claire@lyon.example>', '250 2.1.5'],
  ['DATA', '354 '],
]

async function send(facteur: Facteur): Promise<void> {
  await facteur.say(...mail, 'Subject: <b>Hello</b>', '', 'Is this a test?', ['.', '250 2.0.0'], ['QUIT', 'closed by'])
}

for (const theme of ['light', 'dark'])
  test(`mailboxes, by keyboard: what was there, what came, the whole message, and its arrival, ${theme}`, async ({
    page,
  }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    await send(facteur)
    await page.getByRole('tab', { name: 'Sequence' }).focus()
    for (let k = 0; k < 5; k++) await page.keyboard.press('ArrowRight')
    const tab = page.getByRole('tab', { name: 'Mailboxes 1 new' })
    await expect(tab).toBeFocused()
    const claire = page.getByRole('region', { name: 'Mailbox claire/INBOX' })
    await expect(claire.getByRole('listitem')).toHaveCount(2)
    await expect(page.getByRole('region', { name: 'Mailbox bruno/INBOX' })).toContainText('empty')
    await sound(page)

    const fresh = claire.getByRole('button', { name: 'new' })
    await expect(fresh).toContainText('<b>Hello</b>')
    await fresh.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const message = page.getByRole('region', { name: 'The open message' })
    await expect(message).toContainText('It was here before')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect(message).toContainText('Is this a test?')
    await message.getByRole('tab', { name: 'Source' }).click()
    await expect(message.locator('pre')).toContainText('Is this a test?')
    const stamps = message.locator('pre .stamp')
    await expect(stamps.first()).toHaveText('Return-Path:')
    await expect(stamps.filter({ hasText: 'Received:' })).not.toHaveCount(0)
    await expect(stamps.filter({ hasText: 'Subject:' })).toHaveCount(0)
    await expect(page.getByRole('tab', { name: 'Mailboxes', exact: true })).toBeVisible()
    await sound(page)

    await message.getByRole('button', { name: 'Show in the sequence how it came' }).click()
    await expect(page.getByRole('heading', { name: /delivered to claire\/INBOX/ })).toBeVisible()
    await expect(page.locator('svg .picked[data-row=mail]')).toBeInViewport()
    await page.getByRole('button', { name: 'Open in the mailbox' }).click()
    await expect(message).toBeVisible()
  })

test('on a phone the mailboxes are one touch away, and a message that came is counted', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.locator('.xterm').click()
  await send(facteur)
  await page.getByRole('navigation').getByRole('button', { name: 'Boîtes 1 nouveau' }).click()
  await page.getByRole('button', { name: 'Hello' }).click()
  await expect(page.getByRole('region', { name: 'Le message ouvert' })).toContainText('Is this a test?')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await sound(page)
})

test('terminals are closed by a button or by Delete, never the last; what ran there ends, and a reload keeps it', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open()
  const tabs = page.locator('section.terminals [role=tab]')
  const close = page.getByRole('button', { name: 'Close the terminal of' })
  await expect(close).toHaveCount(0)
  await page.getByRole('button', { name: 'New terminal' }).click()
  await page.getByRole('button', { name: 'Bruno Leroy on' }).click()
  await facteur.say(['telnet mx1.rennes.example 25', '220 '])
  await page.getByRole('button', { name: 'New terminal' }).click()
  await page.getByRole('button', { name: 'Bruno Leroy on' }).click()
  await expect(tabs).toHaveCount(3)
  await sound(page)
  await close.click()
  await expect(tabs).toHaveCount(2)
  await facteur.prints('220 ')
  await tabs.last().focus()
  await page.keyboard.press('Delete')
  await expect(tabs).toHaveCount(1)
  await expect(tabs).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(tabs).toHaveCount(1)
  await expect(await facteur.words()).toContainText(['closes (FIN)'])
  await page.reload()
  await facteur.prints(/\$ /)
  await expect(tabs).toHaveCount(1)
})

test('the coach names the word that nobody knows, and says why plain text behind STARTTLS ends it all', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open()
  const coach = page.locator('aside .coach')
  await facteur.say(['telnet nowhere.example 25', 'not known'])
  await expect(coach).toContainText('The DNS knows no machine of that name')
  await facteur.say(mail[0]!, ['BONJOUR le monde', '500 '])
  await expect(coach).toContainText('does not know the word “BONJOUR”')
  await facteur.say(mail[1]!, ['STARTTLS', /220 2.0.0/])
  await expect(coach).toContainText('telnet knows no TLS')
  await facteur.say(['EHLO again', 'closed by foreign host'])
  await expect(coach).toContainText('got plain text')
})
