import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

/** Alice is a liar, and her letter comes from somebody else. */
async function lie(facteur: Facteur, ...recipients: string[]): Promise<void> {
  await facteur.say(['telnet mx1.rennes.example 25', '220 '], ['EHLO liar.example', '250 XCLOCK'])
  await facteur.say(['MAIL FROM:<alice@rennes.example>', '250 2.1.0'])
  for (const recipient of recipients) await facteur.say([`RCPT TO:<${recipient}>`, '250 2.1.5'])
  await facteur.say(['DATA', '354 '])
  await facteur.say(
    'Received: from the.moon (the.moon [203.0.113.9])',
    '\tby nowhere.example id 7; 1 Sep 2026 10:00 +0200',
  )
  await facteur.say('From: Boss <boss@brest.example>', 'To: emma@brest.example')
  await facteur.say('Subject: <img src=x onerror=alert(1)>', '', 'Hello', ['.', '250 2.0.0'], ['QUIT', 'closed by'])
}

for (const theme of ['light', 'dark'])
  test(`a journey, hop by hop, by keyboard: lies and forgeries stand out, ${theme}`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    await page.getByRole('tab', { name: 'Journey' }).click()
    const panel = page.getByRole('tabpanel', { name: 'Journey' })
    await expect(panel).toContainText('No message is under way yet.')
    await sound(page)
    await page.locator('.xterm').click()
    await lie(facteur, 'emma@brest.example', 'profs@rennes.example', 'nobody@lyon.example')

    // The newest is the report; the message leads to it, and it leads back.
    await expect(panel).toContainText('This message tells that another one failed.')
    await panel.getByRole('button', { name: 'Journey of that one' }).focus()
    await page.keyboard.press('Enter')
    await expect(panel).toContainText('<img src=x onerror=alert(1)>')
    await expect(panel).toContainText('In the mailbox emma/INBOX of mail.brest.example, for emma@brest.example')
    await expect(panel).toContainText('Could not be delivered to nobody@lyon.example')
    await expect(panel).toContainText('It calls itself liar.example; in truth it is pc-alice.rennes.example.')
    await expect(panel).toContainText('The envelope and the letter name different senders.')
    await expect(panel).toContainText('The letter has its writer, the envelope the list')
    const first = panel.getByRole('table', { name: 'Envelope and letter at mx1.rennes.example' }).first()
    await expect(first.getByRole('row', { name: 'From' })).toHaveText(/alice@rennes\.example\s*boss@brest\.example/)
    await expect(panel).toContainText('Not named in the letter: profs@rennes.example')

    await panel.getByLabel('Copy').selectOption({ label: 'emma/INBOX at mail.brest.example' })
    await expect(panel).toContainText('HELO said liar.example, but the address belongs to pc-alice.rennes.example.')
    await expect(panel).toContainText('No host on the way has written this line')
    await expect(panel).toContainText('The clock of mail.brest.example is 7 min slow.')
    await expect(panel).toContainText('BEFORE the line below')
    const writer = panel.getByRole('listitem').filter({ hasText: /^by the writer/ })
    await expect(writer).toContainText('looks like the mark of a host, but came with the message')
    await expect(writer).toContainText('Subject:')
    await sound(page)

    // Picked in one view, lit in the other.
    await panel
      .getByRole('button', { name: /could not be delivered|cannot be delivered/i })
      .first()
      .click()
    await panel.getByRole('button', { name: 'Show in the sequence', exact: true }).first().click()
    await expect(page.getByRole('region', { name: 'Details' })).toContainText('nobody@lyon.example')
    await page.getByRole('tab', { name: 'Journey' }).click()
    await expect(panel.locator('[aria-pressed=true]').first()).toBeVisible()

    await panel.getByRole('searchbox').fill('nothing like that')
    await expect(panel.getByRole('status')).toHaveText('No journey has that.')
    await panel.getByRole('searchbox').fill('@mx.lyon.example')
    await expect(panel).toContainText('This message tells that another one failed.')
  })

test('on a phone, in French: nothing is wider than the screen, and a letter that is opened is the one meant', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.locator('.xterm').click()
  await lie(facteur, 'emma@brest.example', 'nobody@lyon.example')
  await page.getByRole('navigation').getByRole('button', { name: 'Boîtes' }).click()
  await page.getByRole('region', { name: 'Boîte emma/INBOX' }).getByRole('button', { name: 'nouveau' }).click()
  await page.getByRole('navigation').getByRole('button', { name: 'Séquence' }).click()
  await page.getByRole('tab', { name: 'Voyage' }).click()
  const panel = page.getByRole('tabpanel', { name: 'Voyage' })
  await expect(panel).toContainText('Dans la boîte emma/INBOX de mail.brest.example')
  await expect(panel).toContainText('Elle se dit liar.example')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(await panel.locator('.scroller').evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true)
  await sound(page)
})
