import { expect, test, type Locator, type Page } from '@playwright/test'
import { Sim } from '../../src/core/world/sim.ts'
import { Facteur } from './page.ts'
import { replayed } from './replayed.ts'
import { sound } from './sound.ts'

/** Room for folders, list and message side by side. */
test.use({ viewport: { width: 2000, height: 1000 } })

/** The mail program of whoever is first. */
async function mailer(page: Page, get = 'Get mail'): Promise<Locator> {
  await page.locator('#right-mailer').click()
  const program = page.locator('.mailer')
  await program.getByRole('button', { name: get }).first().click()
  await expect(program.getByRole('listbox').getByRole('option')).toHaveCount(2)
  return program
}

const field = (dialog: Locator, name: string) => dialog.getByLabel(name, { exact: true })

const inbox = (sim: Sim, host: string, user: string) =>
  sim.world.stores
    .get(host)!
    .account(user)!
    .mailboxes.get('INBOX')!
    .messages.map(({ content }) => content.octets)

test('by IMAP: reading, answering with a file, a blind copy and a receipt; the journal tells it all again', async ({
  page,
}) => {
  await new Facteur(page).open('?lang=en')
  const program = await mailer(page)
  await expect(program.getByRole('button', { name: /^Inbox/ })).toHaveAttribute('aria-current', 'true')
  await program
    .getByRole('listbox')
    .getByRole('option', { name: /Monday's meeting/ })
    .click()
  await expect(program.getByText('Will you bring the list?')).toBeVisible()
  await expect(program.getByRole('listbox').getByRole('option', { name: /Monday's meeting/ })).not.toHaveAccessibleName(
    /unread/,
  )
  await expect(program.getByRole('button', { name: /^Show in the sequence/ })).toContainText('IDLE')
  await sound(page)

  await program.getByRole('button', { name: 'Reply', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(field(dialog, 'To')).toHaveValue('Claire Petit <claire@lyon.example>')
  await expect(field(dialog, 'Subject')).toHaveValue("Re: Monday's meeting")
  await expect(field(dialog, 'Text')).toHaveValue(/Claire Petit wrote:\n> Alice,\n>\n> we meet on Monday/)
  await field(dialog, 'Bcc').fill('bruno@rennes.example')
  await dialog.getByLabel('Priority').selectOption('high')
  await dialog.getByLabel('Ask for a receipt').check()
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('one\ntwo\n') })
  await expect(dialog.getByText('It is handed in by SMTP to mx1.rennes.example, port 587.')).toBeVisible()
  await sound(page)
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(program.getByText('Sent; a copy lies among what was sent.')).toBeVisible()
  await expect(program.getByRole('listbox').getByRole('option', { name: /answered, Claire Petit/ })).toBeVisible()
  await program.getByRole('button', { name: /^Sent/ }).click()
  await program
    .getByRole('listbox')
    .getByRole('option', { name: /with attachment, urgent, Claire Petit\s*Re: Monday/ })
    .click()
  await expect(program.getByText('list.txt')).toBeVisible()
  await expect(program.getByText('bruno@rennes.example')).toBeVisible()

  const sim = await replayed(page)
  const claire = inbox(sim, 'store.lyon.example', 'claire').at(-1)!
  expect(claire).toContain('In-Reply-To: <')
  expect(claire).toContain('X-Priority: 1')
  expect(claire).toContain('Disposition-Notification-To: alice@rennes.example')
  expect(claire).not.toContain('bruno')
  expect(inbox(sim, 'mx1.rennes.example', 'bruno').at(-1)).toContain("Subject: Re: Monday's meeting")

  // Whom it was written to decides about the receipt.
  await page.keyboard.press('Escape')
  await program.getByLabel('Whose mail program').selectOption({ label: 'Claire Petit' })
  await program.getByRole('button', { name: 'Get mail' }).first().click()
  await program
    .getByRole('listbox')
    .getByRole('option', { name: /urgent, Alice Martin/ })
    .click()
  await expect(program.getByText('The sender calls this urgent.')).toBeVisible()
  await program.getByRole('button', { name: 'Send the receipt' }).click()
  await expect(program.getByText('The receipt is sent.')).toBeVisible()
  await expect(program.getByRole('button', { name: 'Send the receipt' })).toHaveCount(0)
})

test('a letter that was begun waits while another one is answered; one begins to write where one would', async ({
  page,
}) => {
  await new Facteur(page).open('?lang=en')
  const program = await mailer(page)
  const dialog = page.getByRole('dialog')
  await program.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(field(dialog, 'To')).toBeFocused()
  await page.keyboard.type('bruno@rennes.example')
  await field(dialog, 'Text').fill('Half a letter')
  await page.keyboard.press('Escape')
  await program
    .getByRole('listbox')
    .getByRole('option', { name: /Monday's meeting/ })
    .click()
  await program.getByRole('button', { name: 'Reply', exact: true }).click()
  await expect(field(dialog, 'Text')).toBeFocused()
  await page.keyboard.type('Yes.')
  await expect(field(dialog, 'Text')).toHaveValue(/^Yes\.\n\nOn /)
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(program.getByText('Sent; a copy lies among what was sent.')).toBeVisible()
  await program.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(field(dialog, 'To')).toHaveValue('bruno@rennes.example')
  await expect(field(dialog, 'Text')).toHaveValue('Half a letter')
})

test('by POP3, deleting and taking back, and what is said leads to the sequence', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  await page.locator('#right-mailer').click()
  const program = page.locator('.mailer')
  await program.getByLabel('Mail is read by').selectOption('pop3')
  await program.getByRole('button', { name: 'Get mail' }).first().click()
  await expect(program.getByText('New messages: 2.')).toBeVisible()
  await expect(program.getByRole('listbox').getByRole('option')).toHaveCount(2)
  await program.getByRole('listbox').getByRole('option').first().click()
  await expect(program.getByText('The machine on the second floor works again.')).toBeVisible()
  await program.getByRole('listbox').getByRole('option').first().press('Delete')
  await expect(program.getByRole('listbox').getByRole('option')).toHaveCount(1)
  await expect(program.getByText('In the trash: 1.')).toBeVisible()
  await program.getByRole('button', { name: 'Undo' }).click()
  await expect(program.getByRole('listbox').getByRole('option')).toHaveCount(2)
  await program.getByRole('button', { name: /^Show in the sequence: QUIT/ }).click()
  await expect(page.getByRole('tab', { name: 'Sequence', selected: true })).toBeVisible()
  // The program stays where it is: the wire is seen beside it.
  await expect(program.getByRole('listbox')).toBeVisible()
})

test('by keyboard, in French: from message to message, search, a folder, and the past', async ({ page }) => {
  await new Facteur(page).open('?lang=fr')
  const program = await mailer(page, 'Relever')
  await program.getByRole('listbox').getByRole('option').first().focus()
  await page.keyboard.press('Enter')
  await expect(program.getByText('The machine on the second floor works again.')).toBeVisible()
  await program.getByRole('listbox').getByRole('option', { selected: true }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(program.getByText('Will you bring the list?')).toBeVisible()
  await program.getByRole('button', { name: 'Marquer comme non lu' }).click()
  const second = program.getByRole('listbox').getByRole('option').nth(1)
  await expect(second).toHaveAccessibleName(/non lu/)
  await program.getByRole('button', { name: 'Marquer comme lu' }).click()
  await expect(second).not.toHaveAccessibleName(/non lu/)
  // What is deleted leaves the keyboard at the next one.
  await program.getByRole('listbox').getByRole('option').first().focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Delete')
  await expect(program.getByRole('listbox').getByRole('option')).toHaveCount(1)
  await expect(program.getByRole('listbox').getByRole('option', { selected: true })).toBeFocused()
  await program.getByRole('button', { name: 'Annuler' }).click()
  await expect(program.getByRole('listbox').getByRole('option')).toHaveCount(2)
  await program.getByRole('searchbox').fill('second floor')
  await page.keyboard.press('Enter')
  await expect(program.getByText('Trouvés pour « second floor » : 1')).toBeVisible()
  await program.getByRole('button', { name: 'Terminer la recherche' }).click()
  await expect(program.getByRole('listbox').getByRole('option')).toHaveCount(2)
  await sound(page)
  await program.getByRole('button', { name: 'Nouveau dossier' }).click()
  await page.keyboard.type('Été')
  await page.keyboard.press('Enter')
  await expect(program.getByRole('button', { name: 'Été' })).toBeVisible()
  // At its beginning there was no program.
  await page.getByRole('slider').focus()
  await page.keyboard.press('Home')
  await expect(program.getByText('n’a pas encore ouvert')).toBeVisible()
})

test('what takes too long is broken off; disconnecting says good-bye', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  await page.locator('#right-mailer').click()
  const program = page.locator('.mailer')
  await program.getByLabel('Whose mail program').selectOption({ label: 'Emma Le Goff' })
  await page.getByRole('button', { name: 'Pause' }).click()
  await program.getByRole('button', { name: 'Get mail' }).first().click()
  await expect(program.getByText('Looking for mail …')).toBeVisible()
  await program.getByRole('button', { name: 'Stop' }).click()
  await expect(program.getByText('It was stopped.')).toBeVisible()
  await page.getByRole('button', { name: 'Play' }).click()
  await program.getByRole('button', { name: 'Get mail' }).first().click()
  await expect(program.getByText('connected', { exact: true })).toBeVisible()
  await program.getByRole('button', { name: 'Account' }).click()
  await program.getByRole('button', { name: 'Disconnect' }).click()
  await expect(program.getByText('not connected')).toBeVisible()
  await expect(program.getByRole('button', { name: /LOGOUT/ })).toBeVisible()
})

test('on a phone: the list, a message, and back; nothing is wider than the screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.addInitScript(() => localStorage.setItem('facteur.theme', 'dark'))
  await new Facteur(page).open('?lang=en')
  await page.getByRole('button', { name: 'Sequence' }).click()
  const program = await mailer(page)
  await program.getByRole('listbox').getByRole('option').first().click()
  await expect(program.getByText('The machine on the second floor works again.')).toBeVisible()
  await expect(program.getByRole('listbox')).toBeHidden()
  await expect(program.getByRole('button', { name: 'Back to the list' })).toBeFocused()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await sound(page)
  await program.getByRole('button', { name: 'Back to the list' }).click()
  await expect(program.getByRole('listbox').getByRole('option').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await program.getByRole('button', { name: 'Delete' }).click()
  await expect(program.getByRole('listbox').getByRole('option')).toHaveCount(1)
  await expect(program.getByRole('listbox').getByRole('option')).toBeFocused()
})

test('what a stranger writes shows as text in the list and in the folders', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say([
    `printf 'From: "<img src=x onerror=alert(1)>" <alice@rennes.example>\\nTo: alice@rennes.example\\nSubject: <b>bold</b>\\n\\nText\\n' | sendmail -t`,
    /sendmail -t\s[^]*\$\s*$/,
  ])
  await page.locator('#right-mailer').click()
  const program = page.locator('.mailer')
  await program.getByRole('button', { name: 'Get mail' }).first().click()
  await expect(program.getByRole('listbox').getByRole('option', { name: /<b>bold<\/b>/ })).toBeVisible()
  await expect(program.locator('img, b:not(.high)')).toHaveCount(0)
})

test('from the list of people: hers, and the wire beside it', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  await page.getByRole('tab', { name: 'Who lives here' }).click()
  const claire = page.locator('section.lesson li').filter({ hasText: 'claire@lyon.example' })
  await claire.getByRole('button', { name: 'Open the mail program' }).click()
  const program = page.locator('.mailer')
  await expect(program.getByRole('heading', { name: 'The mail program of Claire Petit' })).toBeVisible()
  await program.getByRole('button', { name: 'Get mail' }).first().click()
  await expect(program.getByText('connected', { exact: true })).toBeVisible()
  await expect(page.locator('section.more').getByText(/IDLE/).first()).toBeVisible()
  await expect(program).toBeVisible()
})
