/** What a screen reader gets: the terminal speaks, every picture has its equal in words, and one finds one's way. */
import { expect, test, type Page } from '@playwright/test'
import { viewIds } from '../../src/app/view-ids.ts'
import { inEveryLook, lived, look, openJournal } from './lived.ts'
import { Facteur } from './page.ts'

test.use({ viewport: { width: 1440, height: 900 } })

const inWords = (page: Page, id: string) =>
  page.locator(`#right-${id}-panel`).getByRole('button', { name: 'In words' }).click()

test('the terminal: what comes is announced, the last reply once more, and the rows can be read', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await expect(page.getByRole('textbox', { name: /alice.*pc-alice\.rennes\.example/ })).toBeFocused()
  const announced = page.locator('.xterm [aria-live=assertive]')
  await facteur.say(['dig MX lyon.example', 'Query time'])
  await expect(announced).toContainText('10 mx.lyon.example.')
  await facteur.say(['telnet mx1.rennes.example 25', '220 '])
  await expect(announced).toContainText('220 mx1.rennes.example')
  await facteur.say(['NOOP', /\n250 /])
  await expect(page.locator('[data-spoken=reply]')).toHaveText('250 2.0.0 OK')
  await expect(page.locator('[data-spoken=reply]')).toHaveAttribute('aria-live', 'polite')
  // Row by row, as xterm gives them to a screen reader.
  await expect(page.locator('.xterm').getByRole('listitem').filter({ hasText: '250 2.0.0 OK' })).not.toHaveCount(0)
  // The way out is told when it opens.
  await page.keyboard.press('Escape')
  await expect(page.getByRole('status').filter({ hasText: 'Tab' })).toBeVisible()
})

test('parts, headings and languages of the page; notices and the past are told', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await expect(page.getByRole('banner')).toHaveCount(1)
  await expect(page.getByRole('main')).toHaveCount(1)
  for (const name of ['Lesson', 'Terminals', 'Views'])
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Facteur')
  for (const id of viewIds) {
    const panel = await look(page, id)
    const name = await page.locator(`#right-${id}`).innerText()
    await expect(panel.getByRole('heading', { level: 2, name, exact: true })).toHaveCount(1)
    await expect(page.getByRole('tabpanel', { name, exact: true })).toHaveCount(1)
  }
  await expect(page.getByRole('link', { name: /terminal/i }).first()).toHaveAttribute('href', '#terminal')

  const slider = page.getByRole('slider', { name: 'The moment that is looked at' })
  await slider.focus()
  await page.keyboard.press('Home')
  await expect(page.getByRole('status').filter({ hasText: 'You look at the past.' })).toBeAttached()
  // A live region is heard only if it was there before.
  const notices = await page.locator('.notices').elementHandle()
  await page.getByRole('button', { name: 'Go on from here' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'What came after it was put aside.' })).toBeVisible()
  expect(await notices!.evaluate((element) => element.isConnected && element.textContent)).toContain('put aside')

  await page.getByRole('button', { name: 'FR Français' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  await expect(page.getByRole('button', { name: 'EN English' })).toHaveAttribute('lang', 'en')
  for (const name of ['Leçon', 'Terminaux', 'Vues'])
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible()
})

test.describe('a lived-in session', () => {
  test.beforeEach(async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    await openJournal(page, lived('en'))
    await facteur.prints(/a3 OK/)
  })

  test('no picture in any view is without a name, unless it is drawn for eyes alone', async ({ page }) => {
    for (const id of viewIds) {
      const panel = await look(page, id)
      await inEveryLook(panel, async (name) => {
        const nameless = await panel.locator('svg, img, canvas').evaluateAll((pictures) =>
          pictures
            .filter((picture) => picture.checkVisibility() && picture.closest('[aria-hidden=true]') === null)
            .filter((picture) => picture.closest('[aria-label], [aria-labelledby], [role=img]') === null)
            .map((picture) => picture.outerHTML.slice(0, 100)),
        )
        expect([id, name, nameless]).toEqual([id, name, []])
        // More than the bar of buttons above it.
        expect((await panel.ariaSnapshot()).length, id).toBeGreaterThan(100)
      })
    }
  })

  test('sequence: each row of the picture is in the list, in its order', async ({ page }) => {
    const panel = await look(page, 'sequence')
    const drawn = new Map<number, string>()
    const scroller = panel.getByRole('group', { name: 'What happened, in order' })
    for (let top = 0, end = false; !end; top += 300) {
      end = await scroller.evaluate((element, to) => {
        element.scrollTop = to
        return element.scrollTop + element.clientHeight >= element.scrollHeight - 1
      }, top)
      await page.evaluate(() => new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(resume))))
      const rows = await panel.locator('svg [data-row]').evaluateAll((elements) =>
        elements.map((element) => ({
          y: Math.round(element.getBoundingClientRect().top + (element.closest('[role=group]')?.scrollTop ?? 0)),
          text: [...element.querySelectorAll('text')].map((text) => text.textContent?.trim() ?? '').join('\n'),
        })),
      )
      for (const { y, text } of rows) drawn.set(y, text)
    }
    expect(drawn.size).toBeGreaterThan(40)
    await inWords(page, 'sequence')
    const words = await panel.getByRole('listitem').allInnerTexts()
    expect(words.length).toBe(drawn.size)
    const inOrder = [...drawn].sort(([one], [other]) => one - other).map(([, text]) => text)
    const plain = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
    const missing = inOrder.filter((text, at) => {
      // What is drawn is cut where there is no room, and has a time beside it.
      const label = text.split('\n').sort((one, other) => other.length - one.length)[0]!
      return !plain(words[at]!).includes(plain(label.split('…')[0]!))
    })
    expect(missing).toEqual([])
  })

  test('network: each machine and each link of the map is in the tables', async ({ page }) => {
    const panel = await look(page, 'network')
    const hosts = await panel
      .locator('[data-host]')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-host') ?? ''))
    const states = await panel.locator('[data-host]').allInnerTexts()
    expect(hosts.length).toBeGreaterThan(20)
    const links = await panel
      .getByRole('button', { name: /^Link / })
      .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label') ?? ''))
    await inWords(page, 'network')
    const rows = await panel.getByRole('row').allInnerTexts()
    expect(hosts.filter((host) => !rows.some((row) => row.startsWith(host)))).toEqual([])
    for (const [at, host] of hosts.entries()) {
      const row = rows.find((each) => each.startsWith(host))!
      const [, queued] = /in the queue: (\d+)/.exec(states[at]!) ?? []
      if (queued) expect(row.split(/\s/)).toContain(queued)
      expect(row.includes('stopped')).toBe(states[at]!.includes('stopped'))
    }
    const ends = links.map((link) => /^Link (\S+) – ([^\s:,]+)/.exec(link)?.slice(1) ?? [link])
    expect(ends.filter((both) => !rows.some((row) => both.every((end) => row.includes(end))))).toEqual([])
  })

  test('states: each state of the chart is in the table, the current one is told', async ({ page }) => {
    const panel = await look(page, 'state')
    const drawn = (await panel.locator('svg .state').allTextContents()).map((text) => text.replace(/\s+/g, ''))
    const current = await panel.locator('svg .state.current').textContent()
    expect(drawn.length).toBeGreaterThan(4)
    await inWords(page, 'state')
    const table = panel.getByRole('table')
    const named = (await table.getByRole('rowheader').allInnerTexts()).map((text) => text.replace(/\s+/g, ''))
    expect(drawn.filter((state) => !named.some((name) => name.startsWith(state)))).toEqual([])
    await expect(table.getByRole('rowheader').filter({ hasText: current!.trim() }).first()).toContainText('now')
  })
})
