/** What holds in every view of the table, in every look, theme and language: nobody is left out, and nothing sticks out. */
import { expect, test, type Page } from '@playwright/test'
import { viewIds } from '../../src/app/view-ids.ts'
import { translator, type Language } from '../../src/texts/index.ts'
import '../../src/texts/later.ts'
import '../../src/texts/views/sequence.ts'
import { complaints, inEveryLook, lived, look, openJournal, SUBJECT } from './lived.ts'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

/** One width for each theme: axe takes its time, and each view has tests of its own. */
const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

const keepsIn = async (page: Page, where: string) =>
  expect([where, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([where, 0])

async function open(page: Page, language: Language, theme: string): Promise<void> {
  await page.setViewportSize(WIDE)
  const facteur = new Facteur(page)
  await facteur.open(`?lang=${language}&theme=${theme}`)
  await openJournal(page, lived(language))
  await facteur.prints(/a3 OK/)
}

for (const [language, theme] of [
  ['en', 'light'],
  ['fr', 'dark'],
] as const) {
  test.describe(`${language}, ${theme}`, () => {
    for (const id of viewIds)
      test(`${id}, wide and on a phone`, async ({ page }) => {
        const heard = complaints(page)
        await open(page, language, theme)
        const panel = await look(page, id)
        await inEveryLook(panel, async (name) => {
          if (theme === 'light') await sound(page, `${id}, ${name}`, `#right-${id}-panel`)
          await keepsIn(page, `${id}, ${name}`)
          await page.setViewportSize(PHONE)
          await expect(panel).toBeVisible()
          // The whole page: there are fewer parts on it, and the headings have to fit.
          if (theme === 'dark') await sound(page, `${id}, ${name}, on a phone`)
          await keepsIn(page, `${id}, ${name}, on a phone`)
          await page.setViewportSize(WIDE)
        })
        expect(heard).toEqual([])
      })

    test('every dialog, wide and on a phone', async ({ page }) => {
      const heard = complaints(page)
      const t = translator(language)
      await open(page, language, theme)
      const button = (name: string) => page.getByRole('button', { name, exact: true })
      const fromMenu = (key: string) => async () => {
        await button(t('bar.menu')).click()
        await page
          .locator('#menu')
          .getByRole('button', { name: t(key) })
          .click()
      }
      const dialogs: Record<string, () => Promise<void>> = {
        help: () => button(t('bar.help')).click(),
        bench: fromMenu('bench.open'),
        link: fromMenu('link.open'),
        reset: fromMenu('bar.reset'),
        composer: () => button(t('compose.open')).click(),
        export: async () => {
          await look(page, 'sequence')
          await button(t('sequence.export')).click()
        },
        steps: async () => {
          const panel = await look(page, 'mailboxes')
          await panel.locator('[data-letter]').filter({ hasText: 'Réunion de rentrée' }).first().click()
          await panel.getByRole('tab', { name: t('look.source'), exact: true }).click()
          await panel.locator('.k-encoded-word').first().click()
          await panel.getByRole('button', { name: t('source.step') }).click()
        },
        file: () =>
          page.locator('input[type=file][multiple]').setInputFiles({
            name: 'letter.eml',
            mimeType: 'message/rfc822',
            buffer: Buffer.from(`From: a@b.example\nSubject: ${SUBJECT}\n\nHello\n`),
          }),
      }
      for (const [name, show] of Object.entries(dialogs)) {
        await show()
        const dialog = page.locator('dialog[open]')
        await expect(dialog).toHaveCount(1)
        if (theme === 'light') await sound(page, name)
        await page.setViewportSize(PHONE)
        if (theme === 'dark') await sound(page, `${name}, on a phone`)
        await keepsIn(page, name)
        const { x, width } = (await dialog.boundingBox())!
        expect([name, x >= 0, x + width <= PHONE.width]).toEqual([name, true, true])
        await page.setViewportSize(WIDE)
        await page.keyboard.press('Escape')
        await expect(dialog).toHaveCount(0)
      }
      expect(heard).toEqual([])
    })
  })
}
