import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

const room = (page: Page) => page.locator('section.lesson .room')

test('a course is read in its own order, searched, and what it shows is tried beside it', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await page.getByRole('button', { name: 'The courses' }).click()
  await expect(page).toHaveURL(/read=courses/)
  await room(page)
    .getByRole('button', { name: /Course 000/ })
    .click()
  await expect(page).toHaveURL(/read=courses%2F000/)
  await expect(room(page).getByRole('heading', { name: 'Scenario: abort' })).toBeVisible()
  await sound(page)

  await page.getByRole('searchbox').fill('bad sequence')
  await expect(room(page).locator('li')).toHaveCount(1)
  await expect(room(page).getByText('A command out of turn gets 503')).toBeVisible()
  // A script of the course plays itself, and is looked at from its beginning; the course is still there.
  await room(page).getByRole('button', { name: 'Play the dialogue' }).click()
  const slider = page.getByRole('slider', { name: 'The moment that is looked at' })
  await expect(slider).toHaveAttribute('aria-valuetext', /event 1 of/)
  await expect(page).toHaveURL(/scenario=script%3A/)
  await expect(room(page)).toBeVisible()
  await page.getByRole('tab', { name: /S.quence/ }).press('Escape')
  await facteur.prints(/503 Bad sequence/)
  await page.reload()
  await expect(slider).toHaveAttribute('aria-valuetext', /event 1 of/)

  // A word of the glossary, and back to the same line.
  await page.getByRole('searchbox').fill('elm')
  await room(page).getByRole('button', { name: 'In the glossary: pine and elm' }).click()
  await expect(page.locator('#term-pine-elm')).toBeFocused()
  await page.getByRole('button', { name: 'The courses' }).click()
  await expect(page.locator('#course-000-132')).toBeFocused()

  await page.getByRole('searchbox').fill('HELO <serveur>')
  await room(page)
    .getByRole('button', { name: /^Lesson: / })
    .first()
    .click()
  await expect(page).toHaveURL(/lesson=0/)
  await expect(page).not.toHaveURL(/read=/)
  await expect(room(page)).toHaveCount(0)
})

test('a line of a course has an address, and a command types itself in its world', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr&read=courses/002/483')
  const here = page.locator('#course-002-483')
  await expect(here).toBeFocused()
  await expect(here).toBeInViewport()
  await here.getByRole('button', { name: 'Jouer le dialogue' }).click()
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /événement 1 sur/)
  await page.getByRole('tab', { name: /S.quence/ }).press('Escape')
  await facteur.prints(/im@liti:~\$ mail -s panne/)
  await page.goto('./?lang=fr&read=courses/000/236')
  await page.locator('#course-000-236').getByRole('button', { name: 'Taper dig MX rennes.example' }).click()
  await facteur.prints(/MX\s+10 mx1\.rennes\.example/)
})

test('the glossary is searched without accents, and a word has an address', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr&read=glossary/queue')
  await expect(page.locator('#term-queue')).toBeFocused()
  await expect(page.locator('#term-queue')).toBeInViewport()
  await page.getByRole('searchbox').fill('cle publique')
  await expect(page.locator('#term-certificate')).toBeVisible()
  await expect(room(page).locator('dt')).toHaveCount(1)
  await page.getByRole('searchbox').fill('zzz')
  await expect(room(page).getByText('Rien ne correspond')).toBeVisible()
})

test('the reference goes by keyboard: a command, one of its replies, and to the terminal', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en&read=reference')
  await page.getByRole('searchbox').fill('names one recipient')
  const rcpt = page.locator('#ref-smtp-RCPT')
  await rcpt.locator('summary').focus()
  await page.keyboard.press('Enter')
  await expect(rcpt.getByText('RCPT TO:<forward-path>')).toBeVisible()
  await expect(rcpt.getByRole('link', { name: /RFC 5321, 4.1.1.3/ })).toHaveAttribute(
    'href',
    'https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.3',
  )
  await expect(rcpt.getByText('Lessons in which it is met')).toBeVisible()
  await sound(page)
  // One of its replies, although it is not what was searched for; and back.
  await rcpt.getByRole('button', { name: '452', exact: true }).press('Enter')
  await expect(page.locator('#ref-smtp-452')).toBeFocused()
  await page.locator('#ref-smtp-452').getByRole('button', { name: 'RCPT', exact: true }).press('Enter')
  await expect(rcpt).toBeFocused()
  await rcpt.getByRole('button', { name: 'Try it at the terminal' }).press('Enter')
  await facteur.prints(/220 mx1\.rennes\.example[^]*RCPT TO:</)

  await page.goto('./?lang=en&read=reference/smtp 550')
  const code = page.locator('#ref-smtp-550')
  await expect(code).toBeFocused()
  await code.getByRole('button', { name: 'VRFY', exact: true }).press('Enter')
  await expect(page).toHaveURL(/read=reference%2Fsmtp\+VRFY/)
  await expect(page.locator('#ref-smtp-VRFY')).toBeFocused()
})

const onPhone = {
  light: ['courses', 'courses/004', 'reference/imap FETCH'],
  dark: ['courses/001', 'glossary/mx', 'reference/field Received'],
} as const

for (const theme of ['light', 'dark'] as const)
  test(`on a phone, in the ${theme}, the pages of the room are sound`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: theme })
    for (const read of onPhone[theme]) {
      await page.goto(`./?lang=fr&read=${read}`)
      await expect(room(page)).toBeVisible()
      await expect(room(page).getByText('Cela arrive…', { exact: true })).toHaveCount(0)
      await sound(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      expect(await room(page).evaluate((all) => all.scrollWidth - all.clientWidth)).toBeLessThanOrEqual(0)
    }
  })
