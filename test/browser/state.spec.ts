import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

const begun: [string, string | RegExp][] = [
  ['telnet mx1.rennes.example 25', '220 '],
  ['EHLO pc-alice.rennes.example', '250 XCLOCK'],
  ['MAIL FROM:<alice@rennes.example>', '250 2.1.0'],
]

for (const theme of ['light', 'dark'])
  test(`states: the chart follows the session, commands are typed by a click, moves lead to the sequence, ${theme}`, async ({
    page,
  }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    await page.getByRole('tab', { name: 'States' }).click()
    const panel = page.getByRole('tabpanel', { name: 'States' })
    await expect(panel).toContainText('Nobody has spoken with a server yet')
    await page.locator('.xterm').click()
    await facteur.say(...begun)
    const chart = panel.getByRole('img', { name: 'State chart of SMTP: now sender named' })
    await expect(chart).toBeVisible()
    await expect(chart.locator('.state.current')).toHaveText('mail')
    // The same state by both its names: what it means, and as the chart has it.
    await expect(panel.getByText(/^Now: sender named$/)).toBeVisible()
    await expect(panel.locator('.now .box')).toHaveText('mail')
    await expect(chart.locator('.arrow.taken')).toHaveCount(3)
    await expect(chart.locator('.state.missing')).toHaveText(['challenge', 'turned'])
    await sound(page)

    const legal = panel.getByRole('region', { name: 'What can be said now' })
    const rcpt = legal.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'RCPT', exact: true }) })
    await expect(rcpt).toContainText('RCPT TO:<forward-path> [SP Rcpt-parameters] CRLF')
    await expect(rcpt).toContainText('RFC 5321, 4.1.1.3')
    await rcpt.getByRole('button', { name: 'Replies to RCPT' }).focus()
    await page.keyboard.press('Enter')
    await expect(rcpt).toContainText('550')
    await expect(rcpt).toContainText('No such user here')
    await legal.getByText(/What cannot be said now/).click()
    await expect(legal.getByRole('listitem').filter({ hasText: 'STARTTLS' })).toContainText(
      'only in: ready for a message',
    )
    await expect(legal.getByRole('listitem').filter({ hasText: 'TURN' }).first()).toContainText('does not offer TURN')
    await sound(page)
    await rcpt.getByRole('button', { name: 'RCPT', exact: true }).focus()
    await page.keyboard.press('Enter')
    await facteur.say(['claire@lyon.example>', '250 2.1.5'])
    await expect(panel).toContainText('Now: recipients named')

    const history = panel.getByRole('region', { name: 'What was said so far' })
    const move = history.getByRole('button', { name: /^MAIL 250/ })
    await move.focus()
    await page.keyboard.press('Enter')
    await expect(move).toHaveAttribute('aria-pressed', 'true')
    await expect(panel.locator('.arrow.picked')).toHaveCount(1)
    await history.getByRole('button', { name: 'Show in the sequence: MAIL 250' }).click()
    await expect(page.getByRole('tab', { name: 'Sequence' })).toHaveAttribute('aria-selected', 'true')
    await expect(page.locator('svg .picked[data-row=reply]')).toBeInViewport()
  })

test('states in words say what the picture shows, for each protocol, and any session can be chosen', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(...begun, ['QUIT', /closed by/], ['telnet mx1.rennes.example 110', /\+OK /], 'USER alice')
  await facteur.say(['PASS tournesol', /maildrop has/])
  await page.getByRole('tab', { name: 'States' }).click()
  const panel = page.getByRole('tabpanel', { name: 'States' })
  await panel.getByRole('button', { name: 'In words' }).click()
  const table = panel.getByRole('table', { name: 'States and what leads from one to the other' })
  const row = (name: string) =>
    table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${name}`) }) })
  await expect(row('transaction')).toContainText('now')
  await expect(row('transaction')).toContainText('update')
  await expect(row('authorization')).toContainText('taken 1×')
  await sound(page)
  const session = panel.getByRole('combobox', { name: 'Session' })
  await session.selectOption({ label: 'SMTP, pc-alice.rennes.example to mx1.rennes.example · c1 (over)' })
  await expect(panel).toContainText('Over; the last state was closing')
  await expect(panel).toContainText('The session is over: nothing can be said any more.')
  // A new call brings the terminal's session back.
  await page.locator('.xterm').click()
  await facteur.say(
    ['QUIT', /closed by/],
    ['telnet mx1.rennes.example 143', /\* OK/],
    ['a1 LOGIN alice tournesol', /a1 OK/],
  )
  await expect(row('authenticated logged in')).toContainText('SELECT')
  await expect(panel).toContainText('Now: logged in')
})

test('states on a phone, in French', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.locator('.xterm').click()
  await facteur.say(...begun)
  await page.getByRole('navigation').getByRole('button', { name: 'Séquence' }).click()
  await page.getByRole('tab', { name: 'États' }).click()
  await expect(page.getByRole('img', { name: /Diagramme d’états de SMTP/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Ce qu’on peut dire maintenant' })).toContainText('RCPT TO:<')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await sound(page)
})
