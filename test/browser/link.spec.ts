import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

async function linkOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'This moment as a link' }).click()
  const dialog = page.getByRole('dialog', { name: 'This moment as a link' })
  await expect(dialog).toContainText('1 line that was typed')
  await sound(page)
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const field = dialog.getByRole('textbox')
  await expect(field).toHaveValue(/#moment=2\./)
  return field.inputValue()
}

test('a moment goes to somebody else, who goes on from there, and has his own back', async ({ page, browser }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say('echo Hello | mail -s Lunch bruno@rennes.example')
  await expect(page.getByRole('tab', { name: /Mailboxes/ })).toContainText('1 new')
  const link = await linkOf(page)

  const other = await (await browser.newContext()).newPage()
  const theirs = new Facteur(other)
  await other.addInitScript(() => localStorage.setItem('facteur.speed', '0'))
  await other.goto('./?lang=en')
  await theirs.prints(/\$ /)
  await theirs.say(['echo mine', /\nmine/])
  await other.goto('about:blank')
  await other.goto(link)
  await theirs.prints(/Lunch/)
  expect(new URL(other.url()).hash).toBe('')
  await expect(other.getByText('You see what somebody else has done')).toBeVisible()
  await theirs.say(['echo further', /\nfurther/])
  await other.getByRole('button', { name: 'Back to your own' }).click()
  await theirs.prints(/\nmine/)
  expect(await theirs.still()).not.toContain('Lunch')
  await other.context().close()
})

/** A link to where `one` was said, and then `two`. */
async function linkedThenOn(page: Page) {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['echo one', /\none/])
  const link = await linkOf(page)
  await page.keyboard.press('Escape')
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['echo two', /\ntwo/])
  return { facteur, link }
}

test('a link that is put into the address of the open page is opened, too', async ({ page }) => {
  const { facteur, link } = await linkedThenOn(page)
  await page.evaluate((to) => (location.href = to), link)
  await expect(page.getByText('You see what somebody else has done')).toBeVisible()
  await facteur.prints(/\none/)
  expect(await facteur.still()).not.toContain('two')
  await page.getByRole('button', { name: 'Back to your own' }).click()
  await facteur.prints(/\ntwo/)
})

test('the way back from a link stays, also after a reload, until one has gone it or forgets it', async ({ page }) => {
  const { facteur, link } = await linkedThenOn(page)
  const open = async () => {
    await page.goto('about:blank')
    await page.goto(link)
    await expect(page.getByText('You see what somebody else has done')).toBeVisible()
    await facteur.prints(/\none/)
    await page.locator('.xterm-helper-textarea').focus()
  }
  const reload = async () => {
    await page.reload()
    await facteur.prints(/\none/)
  }
  const still = page.getByText('What you had done here before you opened a link is still kept.')
  const back = page.getByRole('button', { name: 'Back to your own' })

  await open()
  await facteur.say(['echo three', /\nthree/])
  await reload()
  await facteur.prints(/\nthree/)
  await expect(still).toBeVisible()
  await sound(page)
  // What is only looked away from comes again.
  await page.getByRole('status').getByRole('button', { name: 'Close' }).click()
  await expect(still).toBeHidden()
  await reload()
  await back.click()
  await facteur.prints(/\ntwo/)
  expect(await facteur.still()).not.toContain('three')
  await expect(still).toBeHidden()

  // What was made of the link can be had back, too, and then the own one once more.
  await page.getByRole('button', { name: 'Have it back' }).click()
  await facteur.prints(/\nthree/)
  await reload()
  await facteur.prints(/\nthree/)
  await back.click()
  await facteur.prints(/\ntwo/)
  await reload()
  await facteur.prints(/\ntwo/)
  await expect(page.getByRole('tab', { name: /Sequence/ })).toBeVisible()
  await expect(still).toBeHidden()

  // A link over a link: the last comes back first.
  await open()
  await facteur.say(['echo four', /\nfour/])
  await open()
  await reload()
  await back.click()
  await facteur.prints(/\nfour/)
  await expect(still).toBeVisible()
  const forgotten = page.getByText('What you had done here before you opened a link is forgotten.')
  await page.getByRole('button', { name: 'Forget it' }).click()
  await expect(forgotten).toBeVisible()
  await expect(still).toBeHidden()
  await page.getByRole('button', { name: 'Have it back' }).last().click()
  await expect(still).toBeVisible()
  await expect(forgotten).toBeHidden()
  await page.getByRole('button', { name: 'Forget it' }).click()
  await expect(forgotten).toBeVisible()
  await reload()
  await facteur.prints(/\nfour/)
  await expect(still).toBeHidden()
})

test('a link that tells what is there already puts nothing aside', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['echo one', /\none/])
  const link = await linkOf(page)
  for (const address of [link, './?lang=en']) {
    await page.goto('about:blank')
    await page.goto(address)
    await facteur.prints(/\none/)
    await expect(page.getByRole('tab', { name: /Sequence/ })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Back to your own' })).toHaveCount(0)
  }
})

for (const [what, hash, said] of [
  ['broken', '#moment=1.abcdef', 'This link cannot be read'],
  ['foreign', '#moment=7.abcdef', 'another version of Facteur'],
] as const)
  test(`a ${what} link says so, and what was there opens`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en${hash}`)
    await expect(page.getByText(said)).toBeVisible()
    await facteur.say(['echo still here', /\nstill here/])
    await sound(page)
  })

test('what a stranger’s link brings is text: a hostile world, zone, file and terminal', async ({ page }) => {
  const hostile = '<img src=x onerror=document.title=1>\u202e\x1b[2J'
  await page.goto('./?lang=en')
  const link = await page.evaluate(async (evil) => {
    const quoted = JSON.stringify(evil)
    const own = `name: w\ntitle: { en: ${quoted}, fr: x }\nepoch: "2026-09-07T08:00:00Z"\nhosts:\n  a.example: { address: 192.0.2.1, resolver: a.example }\nzones: { b.example: { server: a.example } }\npeople: [{ name: x, host: a.example }]\n`
    const place = { at: 0, steps: 0 }
    const acts = [
      { ...place, act: 'open', terminal: evil, host: 'a.example', user: evil },
      { ...place, act: 'open', terminal: 't1', host: 'a.example', user: 'x' },
      {
        ...place,
        act: 'zone',
        origin: 'b.example',
        server: 'a.example',
        text: `@ SOA a. b. 1 1 1 1 1\n@ NS a.example.\n@ TXT ${JSON.stringify(evil.replace('\x1b', ''))}\n`,
      },
      { ...place, act: 'zone', origin: '__proto__', server: evil, text: evil },
      { ...place, act: evil, terminal: 't1' },
    ]
    const journal = { world: 'w', seed: 1, engine: '1', acts, until: 0, steps: 0, checksum: 'x' }
    const moment = {
      saved: { facteur: 1, lesson: null, journal, closed: [evil], own },
      until: null,
      view: 'dns',
      layout: { page: { arrangement: evil, alone: evil, tiles: -1 }, side: evil, terminal: evil },
      language: 'en',
    }
    const packed = new Response(
      new Blob([JSON.stringify(moment)]).stream().pipeThrough(new CompressionStream('deflate-raw')),
    )
    const octets = new Uint8Array(await packed.arrayBuffer())
    const text = btoa(String.fromCharCode(...octets))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
    return `./?lang=en#moment=2.${text}`
  }, hostile)
  await page.goto('about:blank')
  await page.goto(link)
  await expect(page.getByText('You see what somebody else has done')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Zone b.example' })).toContainText('<img src=x')
  await expect(page.locator('main img, header img')).toHaveCount(0)
  expect(await page.title()).not.toBe('1')
})
