/** Looking back in every view of the table: less is to be seen before something happened, all of it again now. */
import { expect, test, type Locator, type Page } from '@playwright/test'
import type { ViewId } from '../../src/app/view-ids.ts'
import { viewIds } from '../../src/app/view-ids.ts'
import { inEveryLook, lived, look, openJournal, SUBJECT } from './lived.ts'
import { Facteur } from './page.ts'

test.use({ viewport: { width: 1440, height: 900 } })

/** What each view tells of a day that was lived, in one of its looks. A new view needs a row here. */
const tells: Readonly<Record<ViewId, RegExp>> = {
  sequence: /a2 SELECT INBOX/,
  network: /laid a message into claire\/INBOX/,
  state: /mailbox open/,
  journey: /alice@rennes\.example → claire@lyon\.example/,
  queue: /from alice@rennes\.example/,
  mailboxes: new RegExp(SUBJECT),
  mailer: /Coffee|Monday's meeting/,
  dns: /MX lyon\.example\?/,
  packets: /C: a2 SELECT INBOX/,
  log: /to=<claire@lyon\.example>/,
}

/** All that a view says, in all its looks. Where the looks go while one is chosen (it has nothing to show any more) it is asked again. */
async function said(panel: Locator): Promise<string> {
  for (;;) {
    const texts: string[] = []
    const whole = await inEveryLook(panel, async () => {
      texts.push(await panel.innerText())
    }).then(
      () => true,
      () => false,
    )
    if (whole) return texts.join('\n')
  }
}

const line = (page: Page) => page.getByRole('slider', { name: 'The moment that is looked at' })

async function begin(page: Page): Promise<Facteur> {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await openJournal(page, lived('en'))
  await facteur.prints(/a3 OK/)
  return facteur
}

test('before it happened no view tells of it; now each does again', async ({ page }) => {
  await begin(page)
  for (const id of viewIds) {
    const panel = await look(page, id)
    await expect.poll(() => said(panel), id).toMatch(tells[id])
    await line(page).focus()
    await page.keyboard.press('Home')
    await expect.poll(() => said(panel), id).not.toMatch(tells[id])
    await page.getByRole('button', { name: 'Back to now' }).click()
    await expect.poll(() => said(panel), id).toMatch(tells[id])
  }
})

test('at the beginning the hint says that nothing has happened yet', async ({ page }) => {
  await begin(page)
  const hint = page.getByRole('complementary', { name: 'The coach' })
  await expect(hint).not.toContainText('Nothing has happened')
  await line(page).focus()
  await page.keyboard.press('Home')
  await expect(hint).toContainText('Nothing has happened at this terminal yet.')
  await expect(hint).not.toContainText('A program is running')
})

test('one goes on from an earlier moment in every view, and has the rest back', async ({ page }) => {
  const facteur = await begin(page)
  for (const id of viewIds) {
    const panel = await look(page, id)
    await line(page).focus()
    await page.keyboard.press('Home')
    await page.getByRole('button', { name: 'Go on from here' }).click()
    await expect(page.getByText('What came after it was put aside.'), id).toBeVisible()
    await expect.poll(() => said(panel), id).not.toMatch(tells[id])
    await page.locator('.xterm-helper-textarea').focus()
    await facteur.say([`echo other ${id}`, new RegExp(`\nother ${id}`)])
    await page.getByRole('button', { name: 'Have it back' }).click()
    await facteur.prints(/a3 OK/)
    await expect.poll(async () => said(await look(page, id)), id).toMatch(tells[id])
  }
})
