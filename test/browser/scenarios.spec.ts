import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

test('a scenario is one click away, is looked at step by step, and goes on as one likes', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await page.getByRole('tab', { name: 'Scenarios' }).click()
  await page.getByRole('button', { name: 'A bounce' }).click()
  const slider = page.getByRole('slider', { name: 'The moment that is looked at' })
  await expect(slider).toHaveAttribute('aria-valuetext', /event 1 of/)
  await expect(page).toHaveURL(/scenario=bounce/)
  await sound(page)

  const forward = page.getByRole('button', { name: 'Forward, to what could be seen next' })
  for (let k = 0; k < 4; k++) await forward.click()
  await expect(page.locator('section.views svg [data-row]').first()).toBeAttached()
  await page.keyboard.press('Escape')
  await expect(slider).toHaveAttribute('aria-valuetext', /^now/)
  await expect(page.getByText(/returns the message|is returned|bounce/i).first()).toBeAttached()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['echo my own', /\nmy own/])
  await page.reload()
  await facteur.prints(/\nmy own/)

  await page.getByRole('button', { name: 'A bounce' }).click()
  await expect(slider).toHaveAttribute('aria-valuetext', /event 1 of/)
  await page.getByRole('button', { name: 'Have it back' }).click()
  await facteur.prints(/\nmy own/)
})

test('an address names a scenario; one that is not there says so', async ({ page }) => {
  const facteur = new Facteur(page)
  await page.addInitScript(() => localStorage.setItem('facteur.speed', '0'))
  await page.goto('./?lang=fr&scenario=relay')
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /événement 1 sur/)
  await expect(page.getByRole('button', { name: 'Un relais en deux temps' })).toHaveAttribute('aria-current', 'true')
  await page.goto('./?lang=en&scenario=nonsense')
  await expect(page.getByText('There is no scenario “nonsense” here.')).toBeVisible()
  await facteur.prints(/\$ /)
})

test('in a frame of another page there is the matter alone, and a way to the whole', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('facteur.speed', '0'))
  await page.goto('./?lang=en&embed=1&scenario=relay')
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', /event 1 of/)
  await expect(page.locator('section.lesson')).toBeHidden()
  await expect(page.getByRole('button', { name: 'More' })).toBeHidden()
  const whole = page.getByRole('link', { name: 'Open in Facteur' })
  await expect(whole).toHaveAttribute('href', /scenario=relay/)
  await expect(whole).not.toHaveAttribute('href', /embed/)
  await sound(page)
})
