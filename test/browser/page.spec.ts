import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

const wrongMail: [string, string | RegExp][] = [
  ['telnet mx1.rennes.example 25', '220 '],
  ['EHLO me.example', '250 XCLOCK'],
  ['MAIL FROM:<alice@rennes.example>', '250 2.1.0'],
  ['RCPT TO:<nobody@rennes.example>', '550 '],
  ['RCPT TO:<bruno@rennes.example>', '250 2.1.5'],
  ['DATA', '354 '],
  ['.', '250 2.0.0'],
]

for (const theme of ['light', 'dark'])
  test(`every view is accessible, ${theme}`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    await sound(page)
    await facteur.say(...wrongMail, ['RCPT TO:<x@y>', '503 '])
    await expect(page.locator('aside .coach')).toBeVisible()
    await page.locator('svg [data-row=mail]').last().click()
    await expect(page.getByRole('region', { name: 'Details' })).toBeVisible()
    await sound(page)
    await page.getByRole('button', { name: 'In words' }).click()
    await page.getByRole('tab', { name: 'Who lives here' }).click()
    await expect(page.locator('section.lesson').getByText('claire@lyon.example').first()).toBeVisible()
    await sound(page)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(page.getByRole('dialog').getByRole('img', { name: 'Picture of the exchange' })).toBeVisible()
    await sound(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Help', exact: true }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await sound(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'New terminal' }).click()
    await expect(page.locator('#seats')).toBeVisible()
    await sound(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Begin anew …' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await sound(page)
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'Lessons' }).click()
    await page.locator('section.lesson .parts li button').first().click()
    await expect(page.getByRole('region', { name: 'Goals' })).toBeVisible()
    await sound(page)
  })

test('the language is switched without losing anything', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(...wrongMail.slice(0, 2))
  await page.keyboard.type('MAIL FR')
  await page.getByRole('button', { name: 'FR Français' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  await expect(page.getByRole('tab', { name: 'Séquence' })).toBeVisible()
  await expect(page.locator('aside')).toContainText('prêt pour un message')
  await facteur.prints(/250 XCLOCK\nMAIL FR/)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['OM:<alice@rennes.example>', '250 2.1.0'])
  await page.getByRole('button', { name: 'EN English' }).click()
  await expect(page.getByRole('tab', { name: 'Sequence' })).toBeVisible()
})

test('on a phone one pane at a time, and nothing sticks out', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open()
  const narrow = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
  expect(await narrow()).toBe(true)
  await page.locator('.xterm').click()
  await facteur.say(...wrongMail.slice(0, 3))
  const views = page.getByRole('navigation', { name: 'Parts of the page' })
  await views.getByRole('button', { name: 'Sequence' }).click()
  await expect(page.locator('svg [data-row=command]').first()).toBeVisible()
  await expect(page.locator('section.terminals')).toBeHidden()
  expect(await narrow()).toBe(true)
  await sound(page)
  await views.getByRole('button', { name: 'Lesson' }).click()
  await expect(page.getByRole('button', { name: 'Begin with First contact' })).toBeVisible()
  expect(await narrow()).toBe(true)
})

test('a page enlarged four times is as a very narrow one: nothing lies on another', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await new Facteur(page).open()
  const bar = page.getByRole('banner')
  const controls = [...(await bar.getByRole('button').all()), bar.getByRole('combobox'), bar.locator('time')]
  const boxes = await Promise.all(controls.map(async (control) => (await control.boundingBox())!))
  boxes.sort((a, b) => a.x - b.x)
  expect(boxes.length).toBeGreaterThan(6)
  for (const [at, { x, width }] of boxes.entries()) expect(x + width).toBeLessThanOrEqual(boxes[at + 1]?.x ?? 320)
})

test('keys of the page: help, play and pause; never while one types', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await page.keyboard.type('? ')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await page.locator('#side').focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible()
})

test('hostile text shows as text, in every view', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  const evil = '<img src=x onerror=alert(1)>; %%{init}%% end #quot;'
  await facteur.say(...wrongMail.slice(0, 2), [`NOOP ${evil}`, '250 '], [evil, '500 '])
  await expect(page.locator('section.views img')).toHaveCount(0)
  await expect(await facteur.words()).toContainText([evil])
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const exchange = page.getByRole('dialog')
  await expect(exchange.locator('ol')).toContainText('onerror=alert(1)')
  await expect(exchange.getByRole('textbox', { name: 'Mermaid text' })).toHaveValue(/onerror#61;alert#40;1#41;/)
  await expect(exchange.locator('img[onerror]')).toHaveCount(0)
})

test('what was done can be saved, forgotten and opened again', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(...wrongMail.slice(0, 3))
  await page.getByRole('button', { name: 'More' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save to a file …' }).click(),
  ])
  const saved = await file.path()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Begin anew …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Begin anew' }).click()
  await expect.poll(() => facteur.screen()).not.toContain('250 2.1.0')
  await page.locator('input[type=file][accept*=json]').setInputFiles(saved)
  await facteur.prints('250 2.1.0')
  await page
    .locator('input[type=file][accept*=json]')
    .setInputFiles({ name: 'x', mimeType: 'text/plain', buffer: Buffer.from('{}') })
  await expect(page.getByText('This file is not a journal of Facteur.')).toBeVisible()
})

test('one can type before the world is there', async ({ page }) => {
  let release = () => {}
  const held = new Promise<void>((resume) => (release = resume))
  await page.route(/engine-/, async (route) => {
    await held
    await route.continue()
  })
  await page.goto('./?lang=en')
  await page.locator('.xterm-helper-textarea').waitFor({ state: 'attached' })
  await page.keyboard.type('dig MX lyon.example')
  await page.keyboard.press('Enter')
  await page.keyboard.type('whoa')
  release()
  await new Facteur(page).prints(/ANSWER SECTION[^]*\$ whoa/)
  await page.keyboard.press('Backspace')
  await page.keyboard.type('mi')
  await page.keyboard.press('Enter')
  await new Facteur(page).prints(/command not found/)
})

test('without storage the page works, and says so', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      value: {
        open: () => {
          throw new Error('blocked')
        },
      },
    })
    Storage.prototype.setItem = () => {
      throw new Error('blocked')
    }
  })
  await page.goto('./?lang=en')
  await expect(page.getByText('This browser does not let the page keep anything')).toBeVisible()
  await new Facteur(page).prints(/\$ /)
})

test('the page begins with little; what it takes in after that has no file larger than a key can wait for', async ({
  page,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await new Facteur(page).open()
  const named = await page.evaluate(() =>
    [...document.head.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')].map(({ href }) => href),
  )
  const chunk = (address: string) => /(\w+)-[\w-]{8}\.js$/.exec(address)?.[1]
  expect(
    named
      .map(chunk)
      .filter((name) => name !== 'runtime')
      .slice(0, 5),
  ).toEqual(['page', 'libraries', 'core', 'rest', 'engine'])
  const stages = ['page', 'terminal', 'libraries', 'core', 'rest', 'engine']
  const at = stages.map((stage) => asked.findIndex((path) => chunk(path) === stage))
  expect(at).toEqual(at.toSorted((one, other) => one - other))
  for (const stage of stages) {
    const addresses = asked.filter((path) => chunk(path) === stage)
    expect(addresses).toHaveLength(1)
    const text = await (await page.request.get(addresses[0]!)).text()
    expect(text.length).toBeLessThan(400_000)
    expect(text.startsWith('//# allFunctionsCalledOnLoad\n')).toBe(stage === 'page' || stage === 'terminal')
    // Safari runs what imports a file that waits too early.
    expect(text).not.toMatch(/^await /m)
  }
})
