import { expect, test, type Page } from '@playwright/test'
import { readWorld } from '../../src/node/worlds.ts'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

const MX = 'mx1.rennes.example'
const FAR = 'mx.lyon.example'

const dialogue: [string, string | RegExp][] = [
  [`telnet ${MX} 25`, '220 '],
  ['EHLO pc-alice.rennes.example', '250 XCLOCK'],
  ['MAIL FROM:<alice@rennes.example>', '250 2.1.0'],
  ['RCPT TO:<claire@lyon.example>', '250 2.1.5'],
  ['DATA', '354 '],
]

async function send(facteur: Facteur): Promise<void> {
  await facteur.say(...dialogue, 'Subject: hello', '', 'Hello.', ['.', '250 2.0.0'])
}

const card = (page: Page, host: string) => page.locator(`[data-host="${host}"]`)
const slip = (page: Page) => page.locator('section.views section.slip')

async function openMap(page: Page, name = 'Network'): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click()
  await expect(card(page, MX)).toBeVisible()
}

for (const theme of ['light', 'dark'])
  test(`the map, by keyboard: a machine, its services, its way to another; sound, ${theme}`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    await openMap(page)
    await expect(page.locator('[data-host]')).toHaveCount(Object.keys(readWorld('campus').hosts).length)
    await card(page, MX).focus()
    await page.keyboard.press('ArrowRight')
    await expect(card(page, 'mx2.rennes.example')).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    const about = page.getByRole('region', { name: `About ${MX}` })
    await expect(about).toContainText('submission (MSA), relay (MTA), mail exchanger (MX), mailboxes (MDA)')
    await expect(about).toContainText('No mail waits here.')
    await sound(page)
    await about.getByRole('button', { name: `telnet ${MX} 25` }).click()
    await facteur.prints(`telnet ${MX} 25`)
    await about.getByLabel('Way to').selectOption(FAR)
    const way = page.getByRole('region', { name: /About the link/ })
    await expect(way).toContainText('over the Internet')
    await sound(page)
    await way.getByRole('button', { name: 'Close' }).click()
    await expect(slip(page)).toHaveCount(0)
  })

test('mail moves over the map: an open connection, an envelope, counts; what is picked is lit', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(...dialogue)
  await openMap(page)
  await expect(page.getByText('No mail has moved yet.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Link .* smtp from pc-alice\.rennes\.example$/ })).toBeVisible()
  await expect(card(page, 'store.lyon.example')).toHaveAccessibleName(/in mailboxes: 1$/)
  await page.locator('.xterm').click()
  await facteur.say('Subject: hello', '', '.')
  await expect(page.locator('.sky .envelope').first()).toBeAttached()
  await expect(card(page, 'store.lyon.example')).toHaveAccessibleName(/in mailboxes: 2$/)
  await expect(page.locator('.sky .envelope')).toHaveCount(0)
  await page.getByRole('button', { name: 'store.lyon.example laid a message into claire/INBOX' }).click()
  await expect(page.locator('[data-host].lit')).toHaveAttribute('data-host', 'store.lyon.example')
  await page.getByRole('tab', { name: 'Sequence' }).click()
  await expect(page.getByRole('heading', { name: /delivered to claire\/INBOX/ })).toBeVisible()
})

test('a machine is stopped, mail waits; it is started, and the mail goes on; all of it survives a reload', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await openMap(page)
  await card(page, FAR).click()
  await page.getByRole('button', { name: 'Stop this machine' }).click()
  await expect(card(page, FAR)).toHaveAccessibleName(/stopped/)
  await page.locator('.xterm').click()
  await send(facteur)
  await expect(card(page, MX)).toHaveAccessibleName(/in the queue: 1/)
  await card(page, MX).click()
  await expect(slip(page)).toContainText(`is being handed to ${FAR}`)
  await page.getByRole('button', { name: /^Skip/ }).click()
  await expect(slip(page)).toContainText('waits until')
  await sound(page)

  await page.reload()
  await openMap(page)
  await expect(card(page, FAR)).toHaveAccessibleName(/stopped/)
  await card(page, FAR).click()
  await page.getByRole('button', { name: 'Start this machine' }).click()
  await page.getByRole('button', { name: /^Skip/ }).click()
  await expect(card(page, 'store.lyon.example')).toHaveAccessibleName(/in mailboxes: 2/)
  await expect(card(page, MX)).not.toHaveAccessibleName(/in the queue/)
})

test('a link is cut, made slow, made to lose packets, and mended; the map and the words say so', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await openMap(page)
  await card(page, MX).click()
  await slip(page)
    .getByRole('button', { name: /^Link mx1\.rennes\.example – pc-alice/ })
    .click()
  await slip(page).getByRole('button', { name: 'Cut' }).click()
  await slip(page).getByLabel('Takes').selectOption('5 s')
  await slip(page).getByLabel('Loses').selectOption('30 %')
  await expect(slip(page)).toContainText('cut, slow: 5 s, loses 30 %')
  await expect(page.locator('.mark.broken')).toContainText('5 s 30 %')
  await sound(page)
  await slip(page).getByRole('button', { name: 'Close' }).click()
  const panel = page.getByRole('tabpanel', { name: 'Network' })
  await panel.getByRole('button', { name: 'In words' }).click()
  const row = panel.getByRole('row', { name: /mx1\.rennes\.example – pc-alice\.rennes\.example/ })
  await expect(row).toContainText('cut, slow: 5 s, loses 30 %')
  await expect(panel.getByRole('row', { name: /^mail\.panne\.example/ })).toContainText('stopped')
  await sound(page)
  await row.getByRole('button').click()
  await slip(page).getByRole('button', { name: 'Mend' }).click()
  await slip(page).getByLabel('Takes').selectOption('1 ms (as built)')
  await slip(page).getByLabel('Loses').selectOption('0 % (as built)')
  await expect(row).toContainText('quiet')
})

test.describe('without movement', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('on a phone and in French the map fits, and the envelope rests where mail went last', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    const facteur = new Facteur(page)
    await facteur.open('?lang=fr')
    await page.locator('.xterm').click()
    await send(facteur)
    await page.getByRole('navigation').getByRole('button', { name: 'Séquence' }).click()
    await openMap(page, 'Réseau')
    await expect(page.locator('.sky .envelope')).toHaveCSS('opacity', '1')
    await expect(page.getByRole('button', { name: 'store.lyon.example a déposé un message' })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    const boxes = await page.locator('[data-host]').evaluateAll((cards) =>
      cards.map((one) => {
        const { left, right } = one.getBoundingClientRect()
        return left >= 0 && right <= innerWidth
      }),
    )
    expect(boxes).not.toContain(false)
    await sound(page)
  })
})
