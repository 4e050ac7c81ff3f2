import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'

const dialogue: [string, string | RegExp][] = [
  ['telnet mx1.rennes.example 25', '220 mx1.rennes.example'],
  ['EHLO pc-alice.rennes.example', '250 XCLOCK'],
  ['MAIL FROM:<alice@rennes.example>', '250 2.1.0'],
  ['RCPT TO:<nobody@rennes.example>', '550 5.1.1'],
  ['RCPT TO:<claire@lyon.example>', '250 2.1.5'],
  ['DATA', '354 '],
]

test('the slice, by keyboard alone: a mail by hand, relayed by MX, found in its mailbox', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(
    ...dialogue,
    'Subject: Hello',
    '',
    'Is this a test?',
    ['.', '250 2.0.0'],
    ['QUIT', 'Connection closed by foreign host'],
  )

  // Esc, then Tab, leaves the terminal; the rest is reached by Tab.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('.xterm'))).toBeNull()
  const picture = page.getByRole('group', { name: 'What happened, in order' })
  for (let tabs = 0; tabs < 40; tabs++) {
    if (await picture.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('End')
  // What is told of a row comes when the first one is picked.
  await expect(page.getByRole('region', { name: 'Details' })).toBeVisible()
  const delivered = page.getByRole('heading', { name: /delivered to claire\/INBOX/ })
  for (let rows = 0; rows < 40 && !(await delivered.isVisible()); rows++) await facteur.row('ArrowUp')
  await expect(delivered).toBeVisible()

  const message = page.locator('.details pre')
  await expect(message).toContainText('Subject: Hello')
  await expect(message).toContainText('Is this a test?')
  await expect(message.locator('.stamp').filter({ hasText: 'Received:' })).not.toHaveCount(0)
  await expect(message).toContainText('by mx1.rennes.example')
  await expect(message).toContainText('by mx.lyon.example')

  await expect(await facteur.words()).toContainText([
    /pc-alice\.rennes\.example to mx1\.rennes\.example: RCPT TO:<claire@lyon\.example>/,
    /on mx1\.rennes\.example: lyon\.example by MX: 10 mx\.lyon\.example/,
    /mx1\.rennes\.example to mx\.lyon\.example: MAIL FROM:<alice@rennes\.example>/,
  ])
})

test('a reload in mid-dialogue brings everything back, and one goes on', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(...dialogue.slice(0, 5))
  const before = await facteur.still()
  await page.reload()
  await facteur.prints('250 2.1.5')
  await expect.poll(async () => (await facteur.screen()).trimEnd()).toBe(before.trimEnd())
  await expect(
    page.getByRole('status').filter({ hasText: 'recipients named' }).or(page.getByText('recipients named')),
  ).toBeVisible()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['DATA', '354 '], 'again', ['.', '250 2.0.0'], ['QUIT', 'Connection closed'])
  await expect(await facteur.words()).toContainText(['delivered to claire/INBOX'])
})

test('the coach explains an error, and the commands that can be said are offered', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(dialogue[0]!, ['MAIL FROM:<alice@rennes.example>', '503 '])
  await expect(page.locator('aside')).toContainText('503 means: Good manners first')
  await page.locator('aside').getByRole('button', { name: 'EHLO' }).click()
  await facteur.say(['me.example', '250 XCLOCK'])
  await expect(page.locator('aside')).not.toContainText('503')
  await expect(page.locator('aside code')).toHaveText(/^MAIL FROM:/)
  await expect(page.locator('[data-spoken=reply]')).toContainText('250')
})

test('pasted text goes line by line and is not changed', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en', '4')
  const text =
    'telnet mx1.rennes.example 25\r\nEHLO me.example\nMAIL FROM:<alice@rennes.example>\nRCPT TO:<claire@lyon.example>\nNOOP “x”\nQUI'
  await page.locator('.xterm-helper-textarea').evaluate((element, pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
  await page.getByRole('button', { name: 'Paste it as it is' }).click()
  await facteur.prints(/NOOP “x”\n250 [^\n]*\nQUI/)
  const screen = await facteur.still()
  expect(screen.indexOf('220 mx1')).toBeLessThan(screen.indexOf('EHLO me.example'))
  await facteur.say(['T', 'Connection closed by foreign host'])
})

test('the line is edited here: history, Ctrl-A, Ctrl-C, the telnet prompt by its button', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(['dig MX lyon.example', /ANSWER/])
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+k')
  await facteur.say(['telnet mx1.rennes.example 25', '220 '], ['EHLO me.example', '250 XCLOCK'])
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await facteur.prints(/250 XCLOCK\nEHLO me\.example/)
  await page.keyboard.press('Control+u')
  await page.getByRole('button', { name: 'Ctrl-]' }).click()
  await facteur.prints(/telnet> /)
  await facteur.say(['close', /Connection closed\.\n.*\$ /])
  await page.keyboard.type('half a li')
  await page.keyboard.press('Control+c')
  await facteur.prints(/\^C\n.*\$ /)
})

test('a password stays out of the history', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(
    ['telnet mail.brest.example 25', '220 '],
    ['EHLO me.example', '250 HELP'],
    ['AUTH LOGIN', '334 '],
    ['ZW1tYQ==', /334 [^\n]*\n[^]*334 /],
    ['c2VjcmV0', '535 '],
  )
  await page.keyboard.press('ArrowUp')
  await facteur.prints(/535 [^\n]*\nEHLO me\.example\s*$/)
})

test('time stands, is stepped and skipped by hand', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say('dig MX lyon.example')
  await expect(page.locator('.clock')).toHaveAttribute('data-state', 'paused')
  await expect(page.locator('svg [data-row=dns]')).toHaveCount(1)
  expect(await facteur.still()).not.toMatch(/ANSWER/)
  await page.getByRole('button', { name: 'Play' }).click()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.prints(/ANSWER/)
  // Whoever does not answer keeps one waiting, but nobody has to wait.
  await facteur.say(['telnet mail.panne.example 25', 'Trying'])
  await page.getByRole('button', { name: /^Skip in .*connect time-out/ }).click()
  await facteur.prints(/timed out/)
  await expect(page.locator('aside')).toContainText('Nobody answers at all')
})
