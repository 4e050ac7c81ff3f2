import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

test.use({ viewport: { width: 1440, height: 900 } })

const part = (page: Page, name: string) => page.locator(`section[data-pane=${name}]`)
const box = async (page: Page, name: string) => (await part(page, name).boundingBox())!
const handle = (page: Page, name: string) => page.getByRole('button', { name: `${name}: move, hide …`, exact: true })

test('the page is divided by keyboard and by mouse, and stays so', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const width = async () => (await box(page, 'views')).width
  const before = await width()
  const border = page.getByRole('separator', { name: 'Width: Views' })
  await border.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(width).toBeGreaterThan(before + 20)
  await sound(page)

  const at = (await border.boundingBox())!
  await page.mouse.move(at.x + 4, at.y + 200)
  await page.mouse.down()
  await page.mouse.move(at.x - 100, at.y + 200, { steps: 4 })
  await page.mouse.up()
  const dragged = await width()
  expect(dragged).toBeGreaterThan(before + 80)
  await page.reload()
  await facteur.prints(/\$ /)
  await expect.poll(width).toBeGreaterThan(dragged - 3)
  await border.dblclick()
  await expect.poll(width).toBeLessThan(before + 3)
})

test('parts are moved by keys and by pointer, put away, and brought back; the terminal goes on', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['telnet smtp 25', /220 /])

  await handle(page, 'Views').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'To the left' }).focus()
  await sound(page)
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await box(page, 'views')).x).toBe((await box(page, 'terminals')).x)
  await expect(handle(page, 'Views')).toBeFocused()
  await page.keyboard.press('Escape')

  const grip = (await handle(page, 'Views').boundingBox())!
  const lesson = await box(page, 'lesson')
  await page.mouse.move(grip.x + 8, grip.y + 8)
  await page.mouse.down()
  await page.mouse.move(lesson.x + 5, lesson.y + 300, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => (await box(page, 'views')).x).toBe(0)
  expect((await box(page, 'lesson')).x).toBeGreaterThan(200)
  await page.reload()
  await facteur.prints(/220 /)
  expect((await box(page, 'views')).x).toBe(0)

  await handle(page, 'Lesson').click()
  await page.getByRole('button', { name: 'Hide', exact: true }).click()
  await expect(part(page, 'lesson')).toBeHidden()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['NOOP', /\n250 /])
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name: 'Lesson', exact: true }).click()
  await expect(part(page, 'lesson')).toBeVisible()
  await page.getByRole('button', { name: 'All as it was at first' }).click()
  await expect.poll(async () => (await box(page, 'lesson')).x).toBe(0)
  expect((await box(page, 'views')).x).toBeGreaterThan(700)
})

test('a part has the page to itself', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await handle(page, 'Views').click()
  await page.getByRole('button', { name: 'The page to itself' }).click()
  await expect(part(page, 'terminals')).toBeHidden()
  await expect.poll(async () => (await box(page, 'views')).width).toBeGreaterThan(page.viewportSize()!.width - 5)
  await handle(page, 'Views').click()
  await page.getByRole('button', { name: 'The page to itself' }).click()
  await expect(part(page, 'terminals')).toBeVisible()
})

test('in another page a column that has the lesson in it, too, is divided between those that are seen', async ({
  page,
}) => {
  const column = { parts: ['lesson', 'terminals', 'views'], width: null, heights: [40, 30, 30] }
  await page.addInitScript(
    (kept) =>
      self === top && localStorage.getItem('facteur.layout') === null && localStorage.setItem('facteur.layout', kept),
    JSON.stringify({ arrangement: [column] }),
  )
  const facteur = new Facteur(page)
  await facteur.open('?lang=en&embed=1')
  await expect(part(page, 'lesson')).toBeHidden()
  const height = async (name: string) => (await box(page, name)).height
  const [whole, before] = [(await height('terminals')) + (await height('views')), await height('terminals')]
  expect(Math.abs(before - whole / 2)).toBeLessThan(2)
  const border = page.getByRole('separator', { name: 'Height: Terminals' })
  const at = (await border.boundingBox())!
  await page.mouse.move(at.x + 200, at.y + 4)
  await page.mouse.down()
  await page.mouse.move(at.x + 200, at.y + 104, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => height('terminals')).toBeGreaterThan(before + 90)
  const dragged = await height('terminals')
  expect(dragged).toBeLessThan(before + 110)
  await border.focus()
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => height('terminals')).toBeLessThan(dragged - 5)
  // The lesson has what it had, where it is seen again.
  await page.goto('./?lang=en')
  await facteur.prints(/\$ /)
  const shares = async () => {
    const all = await Promise.all(['lesson', 'terminals', 'views'].map(height))
    return all.map((one) => Math.round((100 * one) / (all[0]! + all[1]! + all[2]!)))
  }
  await expect.poll(async () => (await shares())[0]).toBe(40)
  const [, terminals, views] = await shares()
  expect(terminals).toBeGreaterThan(views! + 5)
})

test('two views are seen at once, and change places', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['telnet smtp 25', /220 /], ['EHLO me.example', /\n250 /])
  await handle(page, 'Views').click()
  await page.getByRole('button', { name: 'A second view beside it' }).click()
  const more = part(page, 'more')
  await more.getByRole('tab', { name: 'States' }).click()
  await expect(more.getByRole('button', { name: /^MAIL/ }).first()).toBeVisible()
  await sound(page)
  await page.reload()
  await facteur.prints(/\n250 /)
  await expect(more.getByRole('button', { name: /^MAIL/ }).first()).toBeVisible()
  // What the other place shows changes places with it.
  await more.getByRole('tab', { name: 'Sequence' }).click()
  await expect(part(page, 'views').getByRole('tab', { name: 'States' })).toHaveAttribute('aria-selected', 'true')
  await expect(more.locator('svg [data-row]').first()).toBeAttached()
})

test('several terminals side by side, each with its own line', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await page.locator('[popovertarget=seats]').click()
  await page.locator('#seats button').nth(1).click()
  await expect(page.getByRole('tab', { name: 'bruno@pc-bruno' })).toBeVisible()
  await page.getByRole('button', { name: 'Terminals to be seen at once: 1' }).click()
  const screens = part(page, 'terminals').locator('.xterm-place')
  await expect(screens).toHaveCount(2)
  await screens.nth(0).click()
  await page.keyboard.type('echo from alice')
  await screens.nth(1).click()
  await page.keyboard.type('echo from bruno')
  await page.keyboard.press('Enter')
  const text = (at: number) => screens.nth(at).locator('.xterm-rows').innerText()
  await expect.poll(() => text(1)).toMatch(/\nfrom bruno/)
  expect(await text(0)).not.toMatch(/\nfrom alice/)
  await expect(page.getByRole('tab', { name: 'bruno@pc-bruno' })).toHaveAttribute('aria-selected', 'true')
  await screens.nth(0).click()
  await expect(page.getByRole('tab', { name: 'alice@pc-alice' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect.poll(() => text(0)).toMatch(/\nfrom alice/)
  await sound(page)
})

test.describe('on a page of middle width', () => {
  test.use({ viewport: { width: 900, height: 700 } })

  const separator = (page: Page, name: string) => page.getByRole('separator', { name, exact: true })
  const now = async (page: Page, name: string) => Number(await separator(page, name).getAttribute('aria-valuenow'))
  const height = async (page: Page) => (await box(page, 'views')).height
  const width = async (page: Page, name = 'lesson') => (await box(page, name)).width

  test('its borders are moved by keyboard, stay so, and go back', async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    const [tall, wide] = [await height(page), await width(page)]
    // The views take 42 percent of what is below the bars, the lesson 32 of the width.
    await expect.poll(() => now(page, 'Height: Views')).toBe(42)
    await expect.poll(() => now(page, 'Width: Lesson')).toBe(32)
    await expect(separator(page, 'Height: Views')).toHaveAttribute('aria-orientation', 'horizontal')
    await expect(separator(page, 'Width: Lesson')).toHaveAttribute('aria-orientation', 'vertical')

    await separator(page, 'Height: Views').focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => now(page, 'Height: Views')).toBe(46)
    expect(await height(page)).toBeGreaterThan(tall + 15)
    await expect(separator(page, 'Height: Views')).toBeFocused()
    await sound(page)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => now(page, 'Height: Views')).toBe(44)
    // Sideways it is not moved.
    await page.keyboard.press('ArrowLeft')
    expect(await now(page, 'Height: Views')).toBe(44)

    await separator(page, 'Width: Lesson').focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => width(page)).toBeGreaterThan(wide + 12)
    const [taller, wider] = [await height(page), await width(page)]
    expect((await box(page, 'terminals')).x).toBeCloseTo(wider, 0)
    await page.reload()
    await facteur.prints(/\$ /)
    await expect.poll(() => height(page)).toBeCloseTo(taller, 0)
    expect(await width(page)).toBeCloseTo(wider, 0)

    await separator(page, 'Width: Lesson').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => width(page)).toBeCloseTo(wide, 0)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('button', { name: 'All as it was at first' }).click()
    await expect.poll(() => height(page)).toBeCloseTo(tall, 0)
  })

  test('its borders are dragged by mouse; on a wide page the parts have their own sizes', async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    const [tall, wide] = [await height(page), await width(page)]
    const drag = async (name: string, x: number, y: number) => {
      const at = (await separator(page, name).boundingBox())!
      const [from, to] = [at.x + Math.min(4, at.width / 2), at.y + Math.min(4, at.height / 2)]
      await page.mouse.move(from, to)
      await page.mouse.down()
      await page.mouse.move(from + x, to + y, { steps: 4 })
      await page.mouse.up()
    }
    await drag('Height: Views', 0, -100)
    await expect.poll(() => height(page)).toBeGreaterThan(tall + 94)
    expect(await height(page)).toBeLessThan(tall + 106)
    await drag('Width: Lesson', 80, 0)
    await expect.poll(() => width(page)).toBeGreaterThan(wide + 74)
    expect(await width(page)).toBeLessThan(wide + 86)
    // Something of the terminal is left, however far one pulls.
    await drag('Width: Lesson', 900, 0)
    await expect.poll(() => width(page, 'terminals')).toBeGreaterThan(100)
    await separator(page, 'Height: Views').dblclick()
    await expect.poll(() => height(page)).toBeCloseTo(tall, 0)

    const lesson = await width(page)
    await page.setViewportSize({ width: 1440, height: 700 })
    await expect.poll(() => width(page)).toBeLessThan(400)
    expect((await box(page, 'views')).y).toBe((await box(page, 'terminals')).y)
    await page.setViewportSize({ width: 600, height: 700 })
    await expect(part(page, 'lesson')).toBeHidden()
    await expect.poll(() => width(page, 'terminals')).toBe(600)
    await expect(page.getByRole('separator')).toHaveCount(0)
    await page.setViewportSize({ width: 900, height: 700 })
    await expect.poll(() => width(page)).toBeCloseTo(lesson, 0)
  })

  test('two views stand side by side below, and parts are moved, put away, and have the page to themselves', async ({
    page,
  }) => {
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    await handle(page, 'Views').click()
    await sound(page)
    await page.getByRole('button', { name: 'A second view beside it' }).click()
    await expect.poll(async () => (await box(page, 'more')).x).toBeCloseTo(450, 0)
    await separator(page, 'Width: Views').focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => (await box(page, 'more')).x).toBeCloseTo(468, 0)
    await sound(page)

    await handle(page, 'Lesson').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'To the right' }).click()
    await expect.poll(async () => (await box(page, 'terminals')).x).toBe(0)
    await expect(handle(page, 'Lesson')).toBeFocused()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Down', exact: true }).click()
    await expect.poll(() => width(page)).toBe(900)
    expect(await width(page, 'terminals')).toBe(900)
    await page.keyboard.press('Escape')

    const grip = (await handle(page, 'Lesson').boundingBox())!
    const terminals = await box(page, 'terminals')
    await page.mouse.move(grip.x + 8, grip.y + 8)
    await page.mouse.down()
    await page.mouse.move(terminals.x + 5, terminals.y + terminals.height / 2, { steps: 5 })
    await page.mouse.up()
    await expect.poll(async () => (await box(page, 'lesson')).y).toBe(terminals.y)
    expect((await box(page, 'lesson')).x).toBe(0)

    await handle(page, 'Views').click()
    await page.getByRole('button', { name: 'The page to itself' }).click()
    await expect(part(page, 'terminals')).toBeHidden()
    await expect.poll(() => width(page, 'views')).toBe(900)
    await expect(page.getByRole('separator')).toHaveCount(0)
    await handle(page, 'Views').click()
    await page.getByRole('button', { name: 'The page to itself' }).click()
    await expect(part(page, 'terminals')).toBeVisible()

    await handle(page, 'Lesson').click()
    await page.getByRole('button', { name: 'Hide', exact: true }).click()
    await expect.poll(() => width(page, 'terminals')).toBe(900)
    // What is put away here is so on a wide page, too.
    await page.setViewportSize({ width: 1440, height: 700 })
    await expect.poll(async () => (await box(page, 'terminals')).x).toBe(0)
    await expect(part(page, 'lesson')).toBeHidden()
  })

  test('in another page there is no lesson, and the borders move', async ({ page }) => {
    await new Facteur(page).open('?lang=en&embed=1')
    await expect(part(page, 'lesson')).toBeHidden()
    expect(await width(page, 'terminals')).toBe(900)
    const tall = await height(page)
    await separator(page, 'Height: Views').focus()
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => height(page)).toBeGreaterThan(tall + 5)
  })

  test('the first screen stands where the terminal will', async ({ page }) => {
    // Each place of it, as it comes and goes.
    await page.addInitScript(() => {
      const places: DOMRect[] = []
      Object.assign(window, { places })
      new MutationObserver(() => {
        const early = document.querySelector('.early')
        if (early) places.push(early.getBoundingClientRect())
      }).observe(document, { subtree: true, childList: true, attributes: true })
    })
    const facteur = new Facteur(page)
    const stays = async () => {
      const places = await page.evaluate(() =>
        (window as unknown as { places: DOMRect[] }).places.map((at) => at.toJSON()),
      )
      const { x, y, width, height } = await box(page, 'terminals')
      expect(places.length).toBeGreaterThan(0)
      for (const place of places as DOMRect[]) {
        expect(place.x).toBeCloseTo(x, 0)
        expect(place.width).toBeCloseTo(width, 0)
        // The bar above grows by a hair with the clock.
        expect(Math.abs(place.y - y)).toBeLessThan(4)
        expect(Math.abs(place.height - height)).toBeLessThan(4)
      }
    }
    await facteur.open('?lang=en')
    await stays()
    await separator(page, 'Width: Lesson').focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => width(page)).toBeGreaterThan(300)
    await page.reload()
    await facteur.prints(/\$ /)
    await stays()
  })
})

test.describe('by a finger', () => {
  test.use({ viewport: { width: 900, height: 1100 }, hasTouch: true, isMobile: true })

  test('the borders of a tablet are moved, also from beside their line', async ({ page }) => {
    await new Facteur(page).open('?lang=en')
    const before = await box(page, 'views')
    const client = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number | null) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: y === null ? [] : [{ x: 400, y }] })
    await touch('touchStart', before.y - 10)
    for (const moved of [20, 60, 100, 150]) await touch('touchMove', before.y - 10 - moved)
    await touch('touchEnd', null)
    await expect.poll(async () => (await box(page, 'views')).height).toBeGreaterThan(before.height + 130)
    expect(await page.evaluate(() => scrollY)).toBe(0)
  })
})

test('views whose tabs do not fit are in a list beside them; where all fit there is none', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await new Facteur(page).open('?lang=en')
  const views = part(page, 'views')
  const all = views.getByRole('button', { name: 'All views' })
  await all.focus()
  await page.keyboard.press('Enter')
  const list = views.getByRole('group', { name: 'All views' })
  await expect(list.getByRole('button')).toHaveCount(10)
  await expect(list.getByRole('button', { name: 'Sequence' })).toHaveAttribute('aria-current', 'true')
  await sound(page)
  await list.getByRole('button', { name: 'Log' }).press('Enter')
  const log = views.getByRole('tab', { name: 'Log' })
  await expect(log).toHaveAttribute('aria-selected', 'true')
  await expect(log).toBeFocused()
  await expect(log).toBeInViewport({ ratio: 0.9 })
  await expect(list).toBeHidden()
  await views.getByRole('button', { name: /^Views: / }).click()
  await views.getByRole('button', { name: 'The page to itself' }).click()
  await expect(all).toHaveCount(0)
  for (const tab of await views.getByRole('tab').all()) await expect(tab).toBeInViewport({ ratio: 0.9 })
})
