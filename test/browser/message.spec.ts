import { readFile } from 'node:fs/promises'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { issue, makeAuthority } from '../../src/smime/authority.ts'
import { sign } from '../../src/smime/sign.ts'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

/** Opens a message by what its line in the mailboxes says. */
async function openLetter(page: Page, subject: string | RegExp): Promise<Locator> {
  await page.getByRole('tab', { name: /Mailboxes|Boîtes/ }).click()
  await page.locator('[data-letter]').filter({ hasText: subject }).first().click()
  return page.getByRole('region', { name: /The open message|Le message ouvert/ })
}

/** Whole lines at once: a letter is long. */
async function put(page: Page, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    await page.keyboard.insertText(line)
    await page.keyboard.press('Enter')
  }
}

const look = (where: Locator | Page, name: string | RegExp) => where.getByRole('tab', { name, exact: true })

for (const theme of ['light', 'dark'])
  test(`a letter with é and a picture is read, taken apart and stepped through, ${theme}`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    const letter = await openLetter(page, 'Réunion de rentrée')
    await expect(letter).toContainText('é')
    await expect(letter).not.toContainText('=C3=A9')
    await sound(page)

    await look(letter, 'Structure').click()
    const tree = letter.getByRole('tree')
    await tree.getByRole('treeitem').first().focus()
    await page.keyboard.press('End')
    await expect(tree.getByRole('treeitem').last()).toBeFocused()
    await expect(letter).toContainText('Nothing is wrong with it.')
    await sound(page)

    await look(letter, 'Source').click()
    await letter.locator('.k-encoded-word').first().click()
    await expect(letter.locator('.said')).toContainText('an encoded word (RFC 2047)')
    await expect(letter.locator('.said')).toContainText('reads as “')
    await sound(page)
    await letter.getByRole('button', { name: 'Step through its decoding' }).click()
    await expect(page.getByRole('dialog')).toContainText('an encoded word (RFC 2047), step by step')
    await expect(page.getByRole('dialog').getByRole('slider')).toBeVisible()
    await sound(page)
    await page.keyboard.press('Escape')

    await letter.locator('pre').focus()
    await page.keyboard.press('ArrowLeft')
    await expect(letter.locator('.said .here')).toHaveText('Subject')
    await expect(letter.locator('.said')).toContainText('RFC 5322, 3.6.5')
    await page.keyboard.press('ArrowRight')
    await expect(letter.locator('.said .here')).toHaveText('the name of the field, and its colon')
    await page.keyboard.press('ArrowDown')
    await expect(letter.locator('.said .here')).toHaveText('an encoded word (RFC 2047)')
    await letter.getByRole('button', { name: 'CR LF' }).click()
    await expect(letter.locator('pre')).toContainText('␍␊')
  })

test('a picture is shown, its base64 is stepped through, and the part is saved octet by octet', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  const letter = await openLetter(page, 'The envelope for the web page')
  await letter.getByText('Afficher ici').click()
  await expect(letter.getByRole('img').first()).toBeVisible()
  const natural = await letter
    .locator('img')
    .first()
    .evaluate((img: HTMLImageElement) => img.naturalWidth)
  expect(natural).toBeGreaterThan(0)
  await look(letter, 'Structure').click()
  await letter.getByRole('treeitem').filter({ hasText: 'image/png' }).click()
  await letter.getByText('Ce que coûterait chaque encodage').click()
  await expect(letter.getByRole('row', { name: /^base64/ })).toContainText('+')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    letter.getByRole('button', { name: /^Enregistrer (?!en \.eml)/ }).click(),
  ])
  const octets = await readFile(await file.path())
  expect(octets.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  await letter.getByRole('button', { name: 'Décoder pas à pas' }).click()
  await expect(page.getByRole('dialog')).toContainText('image/png, pas à pas')
})

test('in large both sides are seen, and a place in the structure is lit in the source', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en&world=courses')
  const letter = await openLetter(page, 'essai de MIME')
  await letter.getByRole('button', { name: 'Large' }).click()
  const dialog = page.getByRole('dialog')
  await look(dialog, 'Structure').click()
  await dialog.getByRole('treeitem').nth(1).click()
  await dialog.getByRole('button', { name: 'Show in the source' }).click()
  await expect(dialog.locator('.said .here')).toContainText('text/plain')
  await expect(dialog.locator('.said')).toContainText('Beyond 7 bits: è E8')
  await expect(dialog.locator('pre .extent')).toBeVisible()
  await expect(dialog.locator('pre .lit').first()).toBeInViewport()
  await sound(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

for (const [lang, same] of [
  ['en', 'The same as'],
  ['fr', 'La même chose en'],
] as const)
  test(`an alternative and a digest are read as a mail reader shows them, ${lang}`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=${lang}`)
    const lunch = await openLetter(page, 'Déjeuner de septembre')
    await expect(lunch.locator('iframe')).toBeVisible()
    await lunch.getByRole('group', { name: same }).getByRole('button', { name: 'text/plain' }).click()
    await expect(lunch.locator('iframe')).toHaveCount(0)
    await sound(page)
    const digest = await openLetter(page, 'Sailors digest')
    const wind = digest.locator('details').filter({ hasText: 'Re: Wind' })
    await expect(wind.getByRole('term').first()).toBeHidden()
    await wind.locator('summary').click()
    await expect(wind.getByRole('term').first()).toBeVisible()
    await sound(page)
  })

test('the course’s file that lies elsewhere is fetched within the world', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en&world=courses')
  const letter = await openLetter(page, 'essai de MIME')
  await expect(letter).toContainText('ftp.jussieu.fr')
  await letter.getByRole('button', { name: /Fetch/ }).click()
  await expect(letter).toContainText('MIME')
  await expect(letter).toContainText('1341')
})

test('a seal in words: by whom, on which authority it rests; and a text that was altered under it', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const now = Date.UTC(2026, 8, 1)
  const authority = await makeAuthority({ name: 'Nobody knows it', now })
  const by = await issue(authority, { name: 'Alice', address: 'alice@rennes.example', now })
  if (!('key' in by)) throw new Error(by.refused)
  const signed = await sign('Content-Type: text/plain\r\n\r\nten francs\r\n', { by, now, boundary: 'seal' })
  if (!('entity' in signed)) throw new Error(signed.refused)
  const letters = { sealed: signed.entity, altered: signed.entity.replace('ten francs', 'ten million') }
  await put(page, 'telnet mx1.rennes.example 25', 'EHLO pc-alice.rennes.example')
  for (const [subject, entity] of Object.entries(letters)) {
    await put(page, 'MAIL FROM:<alice@rennes.example>', 'RCPT TO:<bruno@rennes.example>', 'DATA')
    await put(page, 'From: alice@rennes.example', `Subject: ${subject}`, 'MIME-Version: 1.0')
    await put(page, ...entity.split('\r\n'), '.')
    await facteur.prints(/\.\s*250 2\.0\.0 OK\s*$/)
  }

  let letter = await openLetter(page, 'sealed')
  let badge = letter.getByRole('region', { name: 'Signature' })
  await expect(badge).toContainText('Signed, but …')
  await expect(badge).toContainText('alice@rennes.example')
  await badge.getByText('Details').click()
  await expect(badge).toContainText('Nobody knows it')
  await expect(letter).toContainText('ten francs')
  await sound(page)

  letter = await openLetter(page, 'altered')
  badge = letter.getByRole('region', { name: 'Signature' })
  await expect(badge).toContainText('The signature does not hold')
  await badge.getByText('Details').click()
  const digests = await badge.locator('code').allTextContents()
  expect(digests).toHaveLength(2)
  expect(digests[0]).not.toBe(digests[1])
  expect(digests[1]).toBe(signed.digest)
  await sound(page)
})

const hostile = [
  'telnet mx1.rennes.example 25',
  'EHLO pc-alice.rennes.example',
  'MAIL FROM:<alice@rennes.example>',
  'RCPT TO:<bruno@rennes.example>',
  'DATA',
  'Subject: =?utf-8?Q?<img_src=3Dx_onerror=3Dalert(1)>_\u202e?= hostile',
  'MIME-Version: 1.0',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<meta http-equiv=refresh content="0;url=https://evil.example/r"><base href="https://evil.example/">',
  '<script>parent.document.title="owned"</script><img src="https://evil.example/a.png" onerror="alert(2)">',
  '<form action="https://evil.example/f"><button id=b>go</button></form><a id=l href="https://evil.example/l">link</a>',
  '<style>body{background:url(https://evil.example/c.png)}</style><p>Bonjour <b>Bruno</b></p>',
  '<svg onload="alert(3)"></svg><iframe src="https://evil.example/i"></iframe><object data="https://evil.example/o">',
  '.',
]

test('hostile HTML runs nothing and loads nothing', async ({ page }) => {
  const alerts: string[] = []
  const outside: string[] = []
  page.on('dialog', (dialog) => {
    alerts.push(dialog.message())
    void dialog.dismiss()
  })
  // What its policy forbids never comes as far as this.
  await page.route(/evil\.example/, async (route) => {
    outside.push(route.request().url())
    await route.abort()
  })
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await put(page, ...hostile)
  await facteur.prints('250 2.0.0')
  const letter = await openLetter(page, 'hostile')
  const frame = letter.frameLocator('iframe').first()
  await expect(frame.getByText('Bonjour Bruno')).toBeVisible()
  await frame
    .locator('#l')
    .click({ force: true, timeout: 2000 })
    .catch(() => undefined)
  await frame
    .locator('#b')
    .click({ force: true, timeout: 2000 })
    .catch(() => undefined)
  await page.waitForTimeout(300)
  await expect(letter.locator('article h2')).toHaveText('<img src=x onerror=alert(1)> \\u{202e} hostile')
  expect(alerts).toEqual([])
  expect(outside).toEqual([])
  expect(await page.title()).not.toBe('owned')
  await look(letter, 'Source').click()
  await expect(letter.locator('pre')).toContainText('<script>parent.document')
  await expect(letter.locator('pre img')).toHaveCount(0)
})

test('on a phone a message is read, taken apart and pointed at without a sideways scroll', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.getByRole('navigation').getByRole('button', { name: 'Boîtes' }).click()
  await page.locator('[data-letter]').filter({ hasText: 'Réunion de rentrée' }).first().click()
  const letter = page.getByRole('region', { name: 'Le message ouvert' })
  for (const name of ['Lire', 'Structure', 'Source']) {
    await look(letter, name).click()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await sound(page)
  }
})

test('the codec bench shows the course’s 23 5C, step by step', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Codec bench…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Hex', { exact: false }).first().click()
  await dialog.getByRole('textbox').first().fill('23 5C')
  await expect(dialog).toContainText('I1w=')
  await sound(page)
})
