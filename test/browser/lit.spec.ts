/** One event, lit wherever it is seen: a message is picked in the mailboxes and looked for in every other view. */
import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

test.use({ viewport: { width: 2000, height: 1000 } })

/** A letter has come, and views are gone to by their tabs. */
async function begin(page: Page) {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say('echo Hello | mail -s Lit alice@rennes.example')
  return { facteur, view: (name: string) => page.locator(`#right-${name}`) }
}

/** The mail program gets it: its row. */
async function getMail(page: Page) {
  await page.locator('.mailer').getByRole('button', { name: 'Get mail' }).first().click()
  const row = page.locator('.mailer').getByRole('option', { name: /Lit/ })
  await expect(row).toBeVisible()
  return row
}

test('a message that is picked in one view is lit in all of them', async ({ page }) => {
  const { view } = await begin(page)
  const picked = page.locator('section[data-pane=views] [aria-pressed=true]')

  await view('mailer').click()
  const row = await getMail(page)
  await expect(row).not.toHaveClass(/lit/)

  await view('mailboxes').click()
  const letter = page.getByRole('region', { name: 'Mailbox alice/INBOX' }).getByRole('button', { name: /Lit/ })
  await letter.click()
  await expect(letter).toHaveClass(/lit/)

  await view('sequence').click()
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('alice')
  for (const name of ['journey', 'queue', 'log', 'network']) {
    await view(name).click()
    await expect(picked.first(), name).toBeVisible()
  }
  await view('mailer').click()
  await expect(row).toHaveClass(/lit/)

  // Its way goes on where the mail program lays it.
  await row.click()
  await page.locator('.mailer').getByRole('combobox', { name: 'Copy to' }).selectOption('Archive')
  await row.press('Delete')
  await expect(row).toHaveCount(0)
  await view('journey').click()
  await expect(page.getByRole('button', { name: 'Open: alice/Archive' })).toBeVisible()
  await page.getByRole('button', { name: 'Open: alice/Trash' }).click()
  await expect(page.getByRole('region', { name: 'Mailbox alice/Trash' }).locator('.lit')).toContainText('Lit')
})

test('one line of the dialogue is enough: the message that it is about is lit in all views', async ({ page }) => {
  const { facteur, view } = await begin(page)
  const panel = page.locator('section[data-pane=views]')
  const lit = panel.locator('.scroller [aria-current=true]')

  await view('sequence').click()
  await facteur.words()
  await panel.getByRole('button', { name: /RCPT TO:<alice@rennes.example>/ }).click()
  for (const [name, text] of [
    ['journey', /mx1\.rennes\.example/],
    ['queue', /alice@rennes\.example/],
    ['log', /from=<alice@rennes\.example>/],
  ] as const) {
    await view(name).click()
    await expect(lit, name).toHaveCount(1)
    await expect(lit, name).toContainText(text)
    await expect(lit, name).toBeInViewport()
  }
  await view('mailboxes').click()
  const letter = page.getByRole('region', { name: 'Mailbox alice/INBOX' }).getByRole('button', { name: /Lit/ })
  await expect(letter).toHaveClass(/lit/)
  await sound(page)

  await view('log').click()
  await lit.click()
  // Whatever the log says leads to the sequence, what is drawn there as an arrow, too.
  await panel
    .getByRole('button', { name: /removed$/ })
    .first()
    .click()
  await view('sequence').click()
  await expect(panel.locator('li [aria-pressed=true]')).toHaveCount(1)

  await panel
    .getByRole('button', { name: /A mx1\.rennes\.example\?|MX rennes\.example\?/ })
    .first()
    .click()
  await view('dns').click()
  await expect(panel.locator('[aria-pressed=true]', { hasText: 'rennes.example?' })).toBeInViewport()
})

test('a command that asks for a letter lights it where it lies, and its way; and the letter is shown', async ({
  page,
}) => {
  const { facteur, view } = await begin(page)
  const panel = page.locator('section[data-pane=views]')
  await view('mailer').click()
  const program = page.locator('.mailer')
  await getMail(page)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(
    ['telnet mx1.rennes.example 110', /\+OK/],
    ['USER alice', /\+OK/],
    ['PASS tournesol', /3 messages/],
    ['RETR 3', /Hello/],
  )
  await view('sequence').click()
  await facteur.words()
  await panel.getByRole('button', { name: /RETR 3/ }).click()
  const details = page.getByRole('region', { name: 'Details' })
  await expect(details.getByRole('heading', { name: /alice\/INBOX/ })).toBeVisible()
  await expect(details).toContainText('Subject: Lit')
  await view('journey').click()
  await expect(panel.locator('.scroller [aria-current=true]')).toContainText('mx1.rennes.example')
  await view('mailer').click()
  await expect(program.locator('.lit')).toHaveCount(1)
  await expect(program.locator('.lit')).toContainText('Lit')
  await view('sequence').click()
  await details.getByRole('button', { name: 'Open in the mailbox' }).click()
  await expect(page.getByRole('region', { name: 'Mailbox alice/INBOX' }).locator('.lit')).toContainText('Lit')
  await sound(page)

  // What DELE marks is seen at once, and that it is not gone yet.
  const marked = page.getByRole('button', { name: /Lit DELE: goes at QUIT/ })
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['DELE 3', /deleted/])
  await expect(marked).toBeVisible()
  await facteur.say(['RSET', /maildrop has 3/])
  await expect(marked).toHaveCount(0)
})
