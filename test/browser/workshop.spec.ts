import { expect, test, type Locator, type Page } from '@playwright/test'
import { issue, makeAuthority } from '../../src/smime/authority.ts'
import { sign } from '../../src/smime/sign.ts'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

async function openWorkshop(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^(More|Plus)$/ }).click()
  await page.getByRole('button', { name: /MIME workshop|Atelier MIME/ }).click()
  const dialog = page.getByRole('dialog', { name: /MIME workshop|Atelier MIME/ })
  await expect(dialog.getByRole('tree')).toBeVisible()
  return dialog
}

const sourceOf = (dialog: Locator) => dialog.getByRole('textbox').first()

/** Puts the cursor before (or `by` characters behind the beginning of) a piece of the source. */
const cursorAt = (dialog: Locator, piece: string, by = 0) =>
  sourceOf(dialog).evaluate(
    (field: HTMLTextAreaElement, [text, more]) => {
      const at = field.value.lastIndexOf(text) + more
      field.focus()
      field.setSelectionRange(at, at)
    },
    [piece, by] as const,
  )

const cursor = (dialog: Locator) => sourceOf(dialog).evaluate((field: HTMLTextAreaElement) => field.selectionStart)

for (const theme of ['light', 'dark'])
  test(`a boundary that is broken is told, and the way there is one click, ${theme}`, async ({ page }) => {
    await new Facteur(page).open(`?lang=en&theme=${theme}`)
    const dialog = await openWorkshop(page)
    await expect(dialog.getByRole('treeitem')).toHaveCount(3)
    await expect(dialog).toContainText('Nothing is wrong with it.')
    await sound(page)

    await cursorAt(dialog, '_workshop--', '_workshop'.length)
    await page.keyboard.press('Delete')
    await page.keyboard.press('Delete')
    await page.keyboard.type('x')
    const problem = dialog
      .getByRole('list', { name: 'What is wrong' })
      .getByRole('button')
      .filter({ hasText: 'RFC 2046, 5.1.1' })
    await expect(problem).toHaveCount(1)
    await expect(dialog).toContainText('lines that are not the original’s: 1')
    await cursorAt(dialog, 'From: ')
    await problem.click()
    await expect(sourceOf(dialog)).toBeFocused()
    const { length } = await sourceOf(dialog).inputValue()
    expect(await cursor(dialog)).toBe(length)
    await sound(page)

    // The browser's own undo takes it back.
    for (let k = 0; k < 3; k++) await page.keyboard.press('Control+z')
    await expect(dialog).toContainText('Nothing is wrong with it.')
  })

test('both ways, by keyboard: the cursor picks the part, the part lights its lines, an octet is said', async ({
  page,
}) => {
  await new Facteur(page).open('?lang=en')
  const dialog = await openWorkshop(page)
  const said = dialog.getByRole('region', { name: 'What stands here' })
  const chosen = dialog.locator('[role=treeitem][aria-selected=true]')
  await cursorAt(dialog, 'caf=E9', 4)
  await expect(said).toContainText('character 2 of =E9: the octet E9')
  await expect(chosen).toContainText('text/plain')
  await cursorAt(dialog, 'iVBOR')
  await expect(said).toContainText('“i” is 34: the bits 100010. Character 1 of 4 in group 1')
  await expect(chosen).toContainText('image/png')
  await page.keyboard.press('ArrowRight')
  await expect(said).toContainText('Character 2 of 4')
  await cursorAt(dialog, '--=_1_workshop--')
  await expect(said).toContainText('the two dashes that every delimiter begins with')
  await cursorAt(dialog, 'Subject', 'Subject'.length)
  await expect(said).toContainText('the colon between name and value')

  await chosen.focus()
  await page.keyboard.press('End')
  await expect(dialog.getByRole('treeitem').last()).toBeFocused()
  await expect(dialog.locator('.lit').first()).toHaveText('Content-Type:')
  await expect(dialog.locator('.lit').last()).toHaveText(/=$/)
  await cursorAt(dialog, 'iVBOR')
  await said.getByRole('button', { name: 'Step by step: base64' }).click()
  await expect(page.getByRole('dialog').last().getByRole('slider')).toBeVisible()
})

test('the tree rewrites the source: moved, wrapped, encoded anew, put in, and undone', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  const dialog = await openWorkshop(page)
  const rows = dialog.getByRole('treeitem')
  const before = await sourceOf(dialog).inputValue()
  await rows.nth(1).click()
  await dialog.getByRole('button', { name: 'Down' }).click()
  await expect(rows.nth(1)).toContainText('image/png')
  await rows.nth(2).click()
  await dialog.getByLabel('Encode as').selectOption('base64')
  await expect(rows.nth(2)).toContainText('base64')
  await rows.nth(2).click()
  await dialog.getByLabel('Wrap in').selectOption('alternative')
  await expect(rows).toHaveCount(4)
  await expect(dialog).toContainText('Nothing is wrong with it.')
  await rows.nth(0).click()
  await dialog.getByLabel('Insert').selectOption('html')
  await expect(rows.last()).toContainText('text/html')
  await dialog.getByRole('button', { name: 'Back to the original' }).click()
  await expect(sourceOf(dialog)).toHaveValue(before)
  await page.keyboard.press('Control+z')
  await expect(rows.last()).toContainText('text/html')
})

test('as others see it: a 7-bit relay, a refusal, an mbox; and on from there', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  const dialog = await openWorkshop(page)
  await dialog.getByLabel('Begin from').selectOption('plain')
  const rows = dialog.getByRole('treeitem')
  await rows.first().click()
  await dialog.getByLabel('Write in').selectOption('utf-8')
  await rows.first().click()
  await dialog.getByLabel('Encode as').selectOption('8bit')
  await expect(dialog.locator('.under').first()).toContainText('café')
  await dialog.getByLabel('As seen').selectOption('strip')
  const handed = dialog.getByRole('region', { name: 'What becomes of it' })
  await expect(handed).toContainText('Parts that hold something else now')
  await expect(dialog.getByRole('textbox', { name: 'The source as it is handed on' })).toHaveValue(/cafC\)/)
  await expect(dialog.locator('.changed').first()).toBeVisible()
  await sound(page)
  await dialog.getByLabel('As seen').selectOption('refuse')
  await expect(handed).toContainText('It is refused')
  await dialog.getByLabel('As seen').selectOption('convert')
  await expect(handed).toContainText('Every part still holds the same octets.')
  await dialog.getByRole('button', { name: 'Go on from this' }).click()
  await expect(sourceOf(dialog)).toHaveValue(/caf=C3=A9/)
  await expect(rows.first()).toContainText('quoted-printable')
})

test('nothing typed is lost: not by a reload, not by another message', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  let dialog = await openWorkshop(page)
  await cursorAt(dialog, 'Bonjour')
  await page.keyboard.type('Kept! ')
  await page.reload()
  dialog = await openWorkshop(page)
  await expect(sourceOf(dialog)).toHaveValue(/Kept! Bonjour/)
  await dialog.getByLabel('Begin from').selectOption('digest')
  await expect(dialog.getByRole('treeitem').first()).toContainText('multipart/digest')
  await dialog.getByLabel('The message in hand').selectOption({ label: 'a text and a picture (mixed)' })
  await expect(sourceOf(dialog)).toHaveValue(/Kept! Bonjour/)
})

test('a letter of the mailboxes goes into the workshop, and what is made of it is sent', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await page.getByRole('tab', { name: 'Mailboxes' }).click()
  await page.locator('[data-letter]').filter({ hasText: 'Réunion de rentrée' }).first().click()
  await page.getByRole('button', { name: 'Open in the workshop' }).click()
  const dialog = page.getByRole('dialog', { name: 'MIME workshop' })
  await expect(sourceOf(dialog)).toHaveValue(/=\?/)
  await dialog.getByLabel('Begin from').selectOption('plain')
  await dialog.getByRole('button', { name: 'Send it' }).click()
  await expect(dialog).toHaveCount(0)
  await facteur.prints(/sendmail -t < message-1\.eml/)
})

test('in French, on a phone, without a sideways scroll', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await new Facteur(page).open('?lang=fr')
  const dialog = await openWorkshop(page)
  await cursorAt(dialog, 'caf=E9', 3)
  await expect(dialog.getByRole('region', { name: 'Ce qu’il y a ici' })).toContainText('caractère 1 de =E9')
  await dialog.getByLabel('Vu par').selectOption('footer')
  await expect(dialog.getByRole('region', { name: 'Ce qu’il en advient' })).toContainText('La liste met ses lignes')
  expect(await dialog.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true)
  await sound(page)
})

test('what is hostile is text, and a long line does no harm', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  const dialog = await openWorkshop(page)
  await sourceOf(dialog).fill(
    `Subject: <img src=x onerror=alert(1)> \u202e\n\n<script>1</script>${'x'.repeat(100_000)}`,
  )
  await expect(dialog.getByRole('treeitem')).toHaveCount(1)
  await expect(dialog.locator('.under').first()).toContainText('<script>1</script>')
  await expect(dialog.locator('img, script')).toHaveCount(0)
  expect(await dialog.locator('*').count()).toBeLessThan(600)
})

test('a file that is dropped is opened in the workshop, and not laid onto a machine', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  const dialog = await openWorkshop(page)
  await dialog.evaluate((one) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['Subject: dropped\n\ntext\n'], 'one.eml'))
    one.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  await expect(sourceOf(dialog)).toHaveValue('Subject: dropped\n\ntext\n')
  await expect(dialog.getByLabel('The message in hand')).toContainText('one.eml')
  await page.keyboard.press('Escape')
  await expect(page.getByText('one.eml')).toHaveCount(0)
})

test('a header that is written anew breaks the seal of a part, and that is said', async ({ page }) => {
  const now = Date.UTC(2026, 8, 1)
  const authority = await makeAuthority({ name: 'Somebody', now })
  const by = await issue(authority, { name: 'Alice', address: 'alice@rennes.example', now })
  if (!('key' in by)) throw new Error(by.refused)
  const signed = await sign('Content-Type: text/plain; charset=utf-8\r\n\r\nten francs\r\n', {
    by,
    now,
    boundary: 'seal',
  })
  if (!('entity' in signed)) throw new Error(signed.refused)
  await new Facteur(page).open('?lang=en')
  const dialog = await openWorkshop(page)
  const text = `From: alice@rennes.example\nMIME-Version: 1.0\n${signed.entity.replaceAll('\r\n', '\n')}`
  await sourceOf(dialog).fill(text)
  const handed = dialog.getByRole('region', { name: 'What becomes of it' })
  await dialog.getByLabel('As seen').selectOption('dots')
  await expect(handed).toContainText('The signature, before')
  await expect(handed).not.toContainText('After: The text is not the one that was signed')
  await dialog.getByLabel('As seen').selectOption('header')
  await expect(handed).toContainText('After: The text is not the one that was signed')
})

test('a picture goes through the bench and is shown again; what a 7-bit relay leaves of it is not', async ({
  page,
}) => {
  await new Facteur(page).open('?lang=en')
  const png = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 12
    canvas.height = 7
    canvas.getContext('2d')!.fillRect(2, 2, 5, 3)
    const blob = await new Promise<Blob | null>((then) => canvas.toBlob(then))
    return [...new Uint8Array(await blob!.arrayBuffer())]
  })
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Codec bench…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'p.png', mimeType: 'image/png', buffer: Buffer.from(png) })
  const trip = dialog.getByRole('region', { name: 'There and back' })
  await expect(trip).toContainText('it is the same, octet for octet')
  await expect(trip).toContainText('image/png, 12 × 7')
  expect(await trip.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(12)
  await sound(page)
  await dialog.getByRole('button', { name: 'The other way with the result' }).click()
  await expect(trip).toContainText('12 × 7')
  await dialog.getByRole('button', { name: 'The other way with the result' }).click()
  await dialog.getByRole('combobox').first().selectOption('7bit')
  await expect(trip).toContainText('It does not come back the same')
  await expect(trip.locator('img')).toHaveCount(0)
})

test('what was written from an example is at hand when the same example is begun anew', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  const dialog = await openWorkshop(page)
  await sourceOf(dialog).fill('Subject: mine\n\nhello\n')
  const hand = dialog.getByLabel('The message in hand')
  const name = await hand.locator('option').first().innerText()
  await dialog.getByLabel('Begin from').selectOption(name)
  await expect(sourceOf(dialog)).not.toHaveValue(/mine/)
  await expect(hand.locator('option')).toHaveText([name, name])
  await hand.selectOption({ index: 1 })
  await expect(sourceOf(dialog)).toHaveValue('Subject: mine\n\nhello\n')
})

test('what was typed at the bench stands there again, with its codec, also after a reload', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  const open = async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('button', { name: 'Codec bench…' }).click()
    return page.getByRole('dialog')
  }
  let bench = await open()
  await bench.getByRole('button', { name: 'hexadecimal', exact: true }).click()
  await bench.getByRole('textbox').first().fill('23 5C')
  await bench.getByLabel('Codec').selectOption('quoted-printable')
  await page.keyboard.press('Escape')
  bench = await open()
  await expect(bench.getByRole('textbox').first()).toHaveValue('23 5C')
  await page.reload()
  bench = await open()
  await expect(bench.getByRole('textbox').first()).toHaveValue('23 5C')
  await expect(bench.getByLabel('Codec')).toHaveValue('quoted-printable')
  await expect(bench.getByRole('button', { name: 'hexadecimal', exact: true })).toHaveAttribute('aria-pressed', 'true')
})
