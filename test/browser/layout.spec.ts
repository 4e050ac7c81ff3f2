import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'

test('the page is divided by keyboard and by mouse, and stays so; a view may have it to itself', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const right = page.locator('section.right')
  const width = async () => (await right.boundingBox())!.width
  const before = await width()
  const divider = page.getByRole('separator', { name: 'Width of the views' })
  await divider.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(width).toBeGreaterThan(before + 20)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  const box = (await divider.boundingBox())!
  await page.mouse.move(box.x + 4, box.y + 200)
  await page.mouse.down()
  await page.mouse.move(box.x - 100, box.y + 200, { steps: 4 })
  await page.mouse.up()
  const dragged = await width()
  expect(dragged).toBeGreaterThan(before + 80)
  await page.reload()
  await facteur.prints(/\$ /)
  await expect.poll(width).toBeGreaterThan(dragged - 3)

  await page.getByRole('button', { name: 'The view has the page to itself' }).click()
  await expect(page.locator('section.middle')).toBeHidden()
  await expect.poll(width).toBeGreaterThan(page.viewportSize()!.width - 5)
  await page.getByRole('button', { name: 'The view has the page to itself' }).click()
  await expect(page.locator('section.middle')).toBeVisible()
  await page.getByRole('separator', { name: 'Width of the views' }).dblclick()
  await expect.poll(width).toBeLessThan(before + 3)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['echo still here', /\nstill here/])
})
