import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'

async function sound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([])
}

for (const theme of ['light', 'dark'])
  test(`zones that can be asked for, look-ups as they happened, and what is remembered, ${theme}`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    await page.getByRole('tab', { name: 'DNS' }).click()
    const lyon = page.getByRole('table', { name: 'Zone lyon.example' })
    await expect(lyon.getByRole('row', { name: /MX.*10 mx\.lyon\.example\..*3600 s/ })).toBeVisible()
    await sound(page)
    await lyon.getByRole('button', { name: 'Ask for MX of lyon.example' }).click()
    await facteur.prints('dig lyon.example MX')
    await page.keyboard.press('Enter')
    await facteur.prints('Query time')

    await page.getByRole('button', { name: 'Look-ups' }).click()
    const list = page.getByRole('region', { name: /^Look-ups/ })
    const asked = list.getByRole('button', { name: /pc-alice\.rennes\.example asks dns\.rennes\.example/ })
    await expect(asked).toContainText('MX lyon.example?')
    await expect(asked).toContainText('10 mx.lyon.example.')
    await asked.click()
    await expect(asked).toHaveAttribute('aria-pressed', 'true')
    await sound(page)

    await page.getByRole('button', { name: 'Memories' }).click()
    const known = page.getByRole('table', { name: 'What dns.rennes.example remembers' })
    await expect(known.getByRole('row', { name: /lyon\.example.*MX/ }).first()).toBeVisible()
    await sound(page)
    await page.getByRole('searchbox').fill('no such record')
    await expect(known).toHaveCount(0)
  })

test('on a phone, in French', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await new Facteur(page).open('?lang=fr')
  await page.getByRole('navigation').getByRole('button', { name: 'Séquence' }).click()
  await page.getByRole('tab', { name: 'DNS' }).click()
  await expect(page.getByRole('table', { name: 'Zone rennes.example' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.getByRole('button', { name: 'Questions' }).click()
  await expect(page.getByText('Personne n’a encore demandé')).toBeVisible()
  await sound(page)
})
