/** The whole page by keyboard: nothing holds one fast, and what has the keyboard is always seen. The same by touch. */
import { expect, test, type Page } from '@playwright/test'
import { viewIds } from '../../src/app/view-ids.ts'
import { lived, look, openJournal } from './lived.ts'
import { Facteur } from './page.ts'

/** Where the keyboard is: a name for it, and whether one sees that. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body) return { name: 'body', seen: true, terminal: false, box: true }
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at)
    const terminal = at.closest('.xterm') !== null
    const { width, height } = at.getBoundingClientRect()
    return {
      name: at.outerHTML.replace(/>[^]*/, '>'),
      // The terminal shows it by its cursor.
      seen: terminal || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none',
      terminal,
      box: terminal || (width > 0 && height > 0),
    }
  })

const leave = async (page: Page) => {
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
}

test.describe('by keyboard', () => {
  test.use({ viewport: { width: 1440, height: 900 } })

  test('in every view Tab goes all around the page, and one sees where', async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    await openJournal(page, lived('en'))
    await facteur.prints(/a3 OK/)
    for (const id of viewIds) {
      await look(page, id)
      await page.locator('.xterm-helper-textarea').focus()
      await leave(page)
      const passed: string[] = []
      const unseen = new Set<string>()
      let back = false
      for (let tabs = 0; tabs < 400 && !back; tabs++) {
        const { name, seen, terminal, box } = await focus(page)
        if (!seen || !box) unseen.add(name)
        passed.push(name)
        back = terminal
        await page.keyboard.press('Tab')
      }
      expect([id, [...unseen]]).toEqual([id, []])
      expect([id, back ? '' : passed.slice(-5)]).toEqual([id, ''])
      expect(
        passed.some((name) => name.includes(`id="right-${id}"`)),
        id,
      ).toBe(true)
    }
  })

  test('a mail is begun, the terminal left, views changed, a row picked, dialogs opened and closed', async ({
    page,
  }) => {
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    // From the first key on: one is in the terminal.
    await facteur.say(['telnet mx1.rennes.example 25', '220 '], ['HELO pc-alice', '250 '])
    await leave(page)
    expect((await focus(page)).terminal).toBe(false)
    await page.locator('.xterm-helper-textarea').focus()
    await page.keyboard.press('Shift+Tab')
    expect((await focus(page)).terminal).toBe(false)

    await page.locator('#right-sequence').focus()
    for (const id of [...viewIds.slice(1), viewIds[0]]) {
      await page.keyboard.press('ArrowRight')
      await expect(page.locator(`#right-${id}`)).toBeFocused()
      await expect(page.locator(`#right-${id}`)).toHaveAttribute('aria-selected', 'true')
      await expect(page.locator(`#right-${id}-panel`)).toBeVisible()
    }

    const picture = page.getByRole('group', { name: 'What happened, in order' })
    for (let tabs = 0; tabs < 40; tabs++) {
      if (await picture.evaluate((element) => element === document.activeElement)) break
      await page.keyboard.press('Tab')
    }
    await expect(picture).toBeFocused()
    await page.keyboard.press('End')
    await expect(page.getByRole('region', { name: 'Details' })).toContainText('250 ')

    for (const name of ['Help', 'Write a message']) {
      const opener = page.getByRole('button', { name, exact: true })
      await opener.focus()
      await page.keyboard.press('Enter')
      const dialog = page.locator('dialog[open]')
      await expect(dialog).toBeVisible()
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
      await page.keyboard.press('Escape')
      await expect(dialog).toHaveCount(0)
      await expect(opener).toBeFocused()
    }
    const menu = page.getByRole('button', { name: 'More', exact: true })
    for (const name of ['This moment as a link…', 'Begin anew …']) {
      await menu.focus()
      await page.keyboard.press('Enter')
      const entry = page.locator('#menu').getByRole('button', { name })
      for (let tabs = 0; tabs < 30; tabs++) {
        if (await entry.evaluate((element) => element === document.activeElement)) break
        await page.keyboard.press('Tab')
      }
      await expect(entry).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(page.locator('dialog[open]')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.locator('dialog[open]')).toHaveCount(0)
      await expect(menu).toBeFocused()
    }

    const slider = page.getByRole('slider', { name: 'The moment that is looked at' })
    await slider.focus()
    await page.keyboard.press('Home')
    await expect(slider).toHaveAttribute('aria-valuetext', /event 1 of/)
    await page.keyboard.press('End')
    await expect(slider).toHaveAttribute('aria-valuetext', /^now/)

    const border = page.getByRole('separator', { name: 'Width: Views' })
    const width = async () => (await page.locator('section.views').boundingBox())!.width
    const before = await width()
    await border.focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(width).toBeGreaterThan(before)
  })
})

test.describe('by touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('on a phone: a mail is begun, views looked at, a row picked, a dialog opened and closed', async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    await page.locator('.xterm').tap()
    await facteur.say(['telnet mx1.rennes.example 25', '220 '], ['HELO pc-alice', '250 '])
    const parts = page.getByRole('navigation', { name: 'Parts of the page' })
    await parts.getByRole('button', { name: 'Sequence' }).tap()
    const inside = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
    for (const id of viewIds) {
      await page.locator(`#right-${id}`).tap()
      await expect(page.locator(`#right-${id}-panel`)).toBeVisible()
      expect([id, await inside()]).toEqual([id, true])
    }
    await page.locator('#right-sequence').tap()
    const panel = page.locator('#right-sequence-panel')
    await panel.getByRole('button', { name: 'In words' }).tap()
    await panel.getByRole('button', { name: /: HELO pc-alice$/ }).tap()
    await expect(page.getByRole('region', { name: 'Details' })).toContainText('HELO pc-alice')
    await page.getByRole('button', { name: 'Help', exact: true }).tap()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().tap()
    await expect(page.locator('dialog[open]')).toHaveCount(0)
    await parts.getByRole('button', { name: 'Terminal' }).tap()
    await page.locator('.xterm').tap()
    await facteur.say(['QUIT', 'closed by foreign host'])
    // Fingers are wide.
    const small = await parts
      .getByRole('button')
      .evaluateAll((all) => all.filter((one) => one.clientHeight < 44).length)
    expect(small).toBe(0)
  })
})
