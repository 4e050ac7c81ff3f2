import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

const rows = (page: Page) => page.locator('svg [data-row]')
const picture = (page: Page) => page.getByRole('group', { name: 'What happened, in order' })

/** Two letters: one by hand, which is refused, and one that arrives. */
async function begin(page: Page, query = '?lang=en'): Promise<Facteur> {
  const facteur = new Facteur(page)
  await facteur.open(query)
  await facteur.say(
    ['telnet mx1.rennes.example 25', '220 '],
    ['EHLO pc-alice.rennes.example', '250 '],
    ['MAIL FROM:<alice@rennes.example>', '250 2.1.0'],
    ['RCPT TO:<nobody@rennes.example>', '550 5.1.1'],
    ['QUIT', 'Connection closed'],
    'echo Hello | mail -s Lunch claire@lyon.example',
  )
  await expect(page.getByRole('tab', { name: /Mailboxes|Boîtes/ })).toContainText('1')
  return facteur
}

test('filters by protocol, host, session and message; each can be taken off again', async ({ page }) => {
  const facteur = await begin(page)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const filters = page.getByRole('region', { name: 'What is shown' })
  const chips = page.getByRole('group', { name: 'Filters that are set' })
  await expect(filters).toBeVisible()
  await sound(page)

  await filters.getByRole('checkbox', { name: 'DNS', exact: true }).check()
  await expect(page.locator('svg [data-row]:not([data-row=dns])')).toHaveCount(0)
  await expect(rows(page)).not.toHaveCount(0)
  await chips.getByRole('button', { name: 'Without this filter: DNS' }).click()
  await expect(chips).toHaveCount(0)

  await filters.getByRole('checkbox', { name: 'store.lyon.example' }).check()
  const said = await facteur.words()
  await expect(said).toContainText(['store.lyon.example'])
  await expect(said.filter({ hasText: 'RCPT TO:<nobody' })).toHaveCount(0)
  await expect(said.filter({ hasNotText: 'store.lyon.example' })).toHaveCount(0)
  await sound(page)
  await chips.getByRole('button', { name: 'Clear' }).click()

  await filters.getByRole('combobox', { name: 'Session' }).selectOption('c1')
  const listed = page.getByRole('region', { name: 'What happened, in order' }).getByRole('listitem')
  await expect(listed.filter({ hasText: 'RCPT TO:<nobody@rennes.example>' })).toHaveCount(1)
  await expect(listed.filter({ hasText: 'DATA' })).toHaveCount(0)
  await expect(chips.getByRole('status')).toHaveText(/^\d+ of \d+ rows$/)
  await chips.getByRole('button', { name: 'Clear' }).click()

  await filters.getByRole('combobox', { name: 'Message' }).selectOption({ index: 1 })
  await expect(listed.filter({ hasText: 'delivered to claire/INBOX' })).toHaveCount(1)
  await expect(listed.filter({ hasText: '+ Received: from pc-alice' })).toHaveCount(1)
  await expect(listed.filter({ hasText: 'nobody@rennes.example' })).toHaveCount(0)
  const ofMessage = await listed.count()

  // It stays while another pane is in front, and at a moment of the past.
  await page.getByRole('tab', { name: 'Network' }).click()
  await page.getByRole('tab', { name: 'Sequence' }).click()
  await expect(listed).toHaveCount(ofMessage)
  await page.getByRole('slider', { name: 'The moment that is looked at' }).focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Home')
  await expect(
    page.getByText('Nothing that has happened is like that.').or(page.getByText('Here you will see')),
  ).toBeVisible()
  await page.keyboard.press('End')
  await expect(listed).toHaveCount(ofMessage)
})

test('from a row to its session, message or host; what is picked and left out is said', async ({ page }) => {
  await begin(page)
  await picture(page).focus()
  await page.keyboard.press('End')
  const details = page.getByRole('region', { name: 'Details' })
  await details
    .getByRole('button', { name: 'Only this session' })
    .or(details.getByRole('button', { name: /^Only / }))
    .first()
    .waitFor()
  const slip = page.locator('.details')
  for (let up = 0; up < 60 && !(await slip.getByRole('button', { name: 'Only this message' }).isVisible()); up++)
    await page.keyboard.press('ArrowUp')
  await slip.getByRole('button', { name: 'Only this message' }).click()
  await expect(page.getByRole('group', { name: 'Filters that are set' })).toContainText('message 1')

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('checkbox', { name: 'IMAP', exact: true }).check()
  await expect(page.getByText('Nothing that has happened is like that.')).toBeVisible()
  await expect(page.getByText(/^Picked, but filtered out: /)).toBeVisible()
  await sound(page)
  await page.getByRole('button', { name: 'Show it' }).click()
  await expect(page.locator('svg .picked[data-row]').first()).toBeVisible()
  await expect(page.getByText(/^Picked, but filtered out: /)).toHaveCount(0)
})

for (const theme of ['light', 'dark'])
  test(`states and Received fields stand on the picture and in words, and can be left out, ${theme}`, async ({
    page,
  }) => {
    const facteur = await begin(page, `?lang=en&theme=${theme}`)
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('combobox', { name: 'Session' }).selectOption('c1')
    await expect(page.locator('svg .moved').filter({ hasText: 'mail' })).toHaveCount(1)
    await expect(await facteur.words()).toContainText([/250 2\.1\.0 .* → sender named/])
    await page.getByRole('button', { name: 'Picture', exact: true }).click()
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    await page.getByRole('checkbox', { name: 'queues and mailboxes' }).check()
    await expect(page.locator('svg [data-row=received]').first()).toContainText('+ Received: from')
    await sound(page)
    await page.getByRole('checkbox', { name: /^notes/ }).uncheck()
    await expect(page.locator('svg [data-row=received], svg .moved')).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Without this filter: without notes' })).toBeVisible()
  })

test('by keys: a session is folded and unfolded, an exchange marked', async ({ page }) => {
  const facteur = await begin(page)
  await picture(page).focus()
  await page.keyboard.press('Home')
  while ((await page.locator('svg .picked[data-row=connect]').count()) === 0) await facteur.row('ArrowDown')
  const before = await rows(page).count()
  await page.keyboard.press('Enter')
  await expect(page.locator('svg .picked[data-row=connect]')).toContainText('smtp: 4 commands, 0 messages')
  await page.keyboard.press('Enter')
  await expect(page.locator('svg .picked[data-row=connect]')).toContainText('TCP connect')
  expect(before).toBeGreaterThan(0)

  for (let down = 0; down < 4; down++) await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText('Rows marked: 5')).toBeVisible()
  await expect(page.locator('svg .marked')).toHaveCount(5)
  await sound(page)
  await page.getByRole('button', { name: 'Export them' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('combobox', { name: 'Rows' })).toHaveValue('marked')
  await expect(dialog.getByRole('textbox', { name: 'Mermaid text' })).toHaveValue(/^sequenceDiagram\n/)
  await page.keyboard.press('Escape')
  await picture(page).focus()
  await page.keyboard.press('Escape')
  await expect(page.locator('svg .marked')).toHaveCount(0)
})

test('in words: what is picked elsewhere comes into sight, keys go from row to row and mark an exchange', async ({
  page,
}) => {
  const facteur = await begin(page)
  await facteur.words()
  const list = page.getByRole('region', { name: 'What happened, in order' })
  await page.getByRole('tab', { name: 'Log' }).click()
  await page.getByRole('tabpanel', { name: 'Log' }).getByRole('listitem').first().getByRole('button').click()
  await page.getByRole('tab', { name: 'Sequence' }).click()
  const picked = list.getByRole('button', { pressed: true })
  await expect(picked).toHaveCount(1)
  await expect(page.getByRole('region', { name: 'Details' })).toBeVisible()
  await expect(picked).toBeInViewport({ ratio: 1 })

  await picked.focus()
  await page.keyboard.press('ArrowDown')
  await expect(picked).not.toBeFocused()
  for (let down = 0; down < 2; down++) await page.keyboard.press('Shift+ArrowDown')
  await expect(list.locator('.marked')).toHaveCount(3)
  await sound(page)
  await page.keyboard.press('Escape')
  await expect(list.locator('.marked')).toHaveCount(0)
})

test('an exchange is taken along: as text, as SVG and as PNG, by mermaid and as here', async ({ page }) => {
  await begin(page)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('combobox', { name: 'Session' }).selectOption('c1')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('img', { name: 'Picture of the exchange' })).toBeVisible()
  await sound(page)

  const file = async (button: string) => {
    const coming = page.waitForEvent('download')
    await dialog.getByRole('button', { name: button, exact: true }).click()
    const download = await coming
    return { name: download.suggestedFilename(), octets: readFileSync(await download.path()) }
  }
  const mmd = await file('.mmd')
  expect(mmd.name).toBe('facteur-campus-c1.mmd')
  expect(mmd.octets.toString()).toContain('participant p1 as pc#45;alice.rennes.example')
  expect(mmd.octets.toString()).toMatch(/Note over p2: mail\n/)

  for (const form of ['by Mermaid', 'as here']) {
    await dialog.getByRole('button', { name: form }).click()
    await expect(dialog.getByRole('img', { name: 'Picture of the exchange' })).toBeVisible()
    const svg = await file('SVG')
    expect(svg.name).toBe('facteur-campus-c1.svg')
    const read = await page.evaluate((text) => {
      const xml = new DOMParser().parseFromString(text, 'image/svg+xml')
      const outside = [...xml.querySelectorAll('*')].filter((element) =>
        [...element.attributes].some(({ name, value }) => /^on|href$|^src$/.test(name) && !value.startsWith('#')),
      )
      return { root: xml.documentElement.localName, text: xml.documentElement.textContent, outside: outside.length }
    }, svg.octets.toString())
    expect(read).toMatchObject({ root: 'svg', outside: 0 })
    expect(read.text).toContain('MAIL FROM:<alice@rennes.example>')
    const png = await file('PNG')
    expect(png.octets.subarray(1, 4).toString()).toBe('PNG')
    // IHDR: width and height, at twice the size.
    expect(png.octets.readUInt32BE(16)).toBeGreaterThan(1000)
    expect(png.octets.length).toBeGreaterThan(5000)
  }

  await dialog.getByRole('button', { name: 'Print', exact: true }).click()
  await expect(page.frameLocator('iframe[title="What is printed"]').locator('img')).toHaveCount(1)
  await expect(dialog.getByRole('alert')).toHaveCount(0)

  // Fewer rows: text and picture follow.
  await dialog.getByRole('spinbutton', { name: 'to' }).fill('2')
  await expect(dialog.getByRole('textbox', { name: 'Mermaid text' })).not.toHaveValue(/MAIL FROM/)
  await dialog.getByRole('combobox', { name: 'Rows' }).selectOption('all')
  await dialog.getByText('In words').click()
  await expect(dialog.getByRole('listitem').first()).toBeVisible()
  await sound(page)
})

test('hostile text is text, in the pane and in what is taken along', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await page.evaluate(() => Object.assign(globalThis, { alert: () => Object.assign(globalThis, { hit: true }) }))
  await facteur.say(
    ['telnet mx1.rennes.example 25', '220 '],
    ['<img src=x onerror=alert(1)></text><script>alert(1)</script>]]>', '500 '],
    ['%%{init: {}}%%; end; loop #35; \u200f\u061c &amp;', '500 '],
    ['QUIT', 'Connection closed'],
  )
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog')
  for (const form of ['by Mermaid', 'as here']) {
    await dialog.getByRole('button', { name: form }).click()
    await expect(dialog.getByRole('img', { name: 'Picture of the exchange' })).toBeVisible()
    const coming = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'SVG', exact: true }).click()
    const svg = readFileSync(await (await coming).path()).toString()
    const read = await page.evaluate((text) => {
      const xml = new DOMParser().parseFromString(text, 'image/svg+xml')
      return {
        foreign: xml.querySelectorAll('script, img, parsererror, [onerror], [onload]').length,
        text: xml.documentElement.textContent,
      }
    }, svg)
    expect(read.foreign).toBe(0)
    expect(read.text).toContain('<script>alert(1)</script>]]>')
  }
  expect(await page.evaluate(() => 'hit' in globalThis)).toBe(false)
})

test('on a phone, in French', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.locator('.xterm').click()
  await facteur.say(['telnet mx1.rennes.example 25', '220 '])
  await page.getByRole('navigation').getByRole('button', { name: 'Séquence' }).click()
  await page.getByRole('button', { name: 'Filtrer', exact: true }).click()
  await page.getByRole('checkbox', { name: 'SMTP', exact: true }).check()
  await expect(page.getByRole('group', { name: 'Filtres en place' })).toContainText('SMTP')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await sound(page)
  await page.getByRole('button', { name: 'Exporter', exact: true }).click()
  await expect(page.getByRole('img', { name: 'Image de l’échange' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await sound(page)
})
