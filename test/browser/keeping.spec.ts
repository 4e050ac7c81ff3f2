import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

/** What the browser keeps of a place, changed: what was put aside when the page went away in the midst of writing, too. */
const change = (page: Page, key: string, from: string, to: string) =>
  page.evaluate(
    ([key, from, to]) =>
      new Promise<void>((resolve, reject) => {
        const aside = `facteur.last.${key}.`
        const put = localStorage.getItem(aside)
        if (put !== null) localStorage.setItem(aside, put.replace(from!, to!))
        const opening = indexedDB.open('facteur')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const store = opening.result.transaction('journals', 'readwrite').objectStore('journals')
          const reading = store.get(key!)
          reading.onsuccess = () => {
            const text = reading.result as string
            if (!text.includes(from!)) return reject(new Error(`no ${from} in ${text.slice(0, 200)}`))
            store.put(text.replace(from!, to!), key).onsuccess = () => {
              opening.result.close()
              resolve()
            }
          }
        }
      }),
    [key, from, to],
  )

test('a tab is killed in mid-dialogue; another one goes on', async ({ context }) => {
  const page = await context.newPage()
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['telnet mx1.rennes.example 25', '220 mx1'], ['HELO pc-alice.rennes.example', /\n250 /])
  await facteur.say(['MAIL FROM:<alice@rennes.example>', '250 2.1.0'])
  const killed = page.waitForEvent('crash').catch(() => null)
  await page.goto('chrome://crash').catch(() => null)
  await killed
  await page.close()
  const after = await context.newPage()
  const again = new Facteur(after)
  await after.goto('./?lang=en')
  await again.prints('250 2.1.0')
  await after.locator('.xterm-helper-textarea').focus()
  await again.say(['RCPT TO:<bruno@rennes.example>', '250 2.1.5'])
})

test('what was done last is undone by key and by button, and can be had back', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['echo one', /\none/], ['echo two', /\ntwo/])
  await page.getByRole('tab', { name: 'Lessons' }).focus()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('The last thing that you did is undone.')).toBeVisible()
  await expect.poll(() => facteur.screen()).not.toMatch(/\ntwo/)
  await facteur.prints(/\none/)
  await sound(page)
  await page.getByRole('button', { name: 'Have it back' }).click()
  await facteur.prints(/\ntwo/)
  for (const gone of [/\ntwo/, /\none/]) {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.poll(() => facteur.screen()).not.toMatch(gone)
  }
  // Who sits where at first cannot be undone.
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled()
  await page.reload()
  await facteur.prints(/\$ /)
  expect(await facteur.still()).not.toMatch(/\none/)
})

test('two tabs do not write over each other: the second says so, and may take it over', async ({ context }) => {
  const first = await context.newPage()
  const one = new Facteur(first)
  await one.open('?lang=en')
  await one.say(['echo first', /\nfirst/])
  const second = await context.newPage()
  const two = new Facteur(second)
  await two.open('?lang=en')
  await two.prints(/\nfirst/)
  await expect(second.getByText('Another tab keeps this place')).toBeVisible()
  await sound(second)
  await second.locator('.xterm-helper-textarea').focus()
  await two.say(['echo second', /\nsecond/])
  await first.bringToFront()
  await first.reload()
  await one.prints(/\nfirst/)
  expect(await one.still()).not.toContain('second')

  await second.bringToFront()
  await second.getByRole('button', { name: 'Keep this one instead' }).click()
  await expect(first.getByText('Another tab keeps this place')).toBeVisible()
  await second.reload()
  await two.prints(/\nsecond/)
})

test('a full storage is told, and the page goes on; when there is room again it keeps', async ({ page }) => {
  const facteur = new Facteur(page)
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: [unknown, IDBValidKey?]) {
      if ((window as { full?: boolean }).full) throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, given)
    } as typeof put
  })
  await facteur.open('?lang=en')
  await page.evaluate(() => ((window as { full?: boolean }).full = true))
  await facteur.say(['echo one', /\none/])
  const told = page.getByText('The browser has no room left')
  await expect(told).toBeVisible()
  await sound(page)
  await facteur.say(['echo two', /\ntwo/])
  await expect(told).toHaveCount(1)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('status').getByRole('button', { name: 'Save to a file' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('facteur-campus.json')
  await page.evaluate(() => ((window as { full?: boolean }).full = false))
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['echo three', /\nthree/])
  await expect(told).toHaveCount(0)
  await page.reload()
  await facteur.prints(/\nthree/)
})

for (const [what, from, to, said] of [
  ['of a program that was otherwise', '"checksum":"', '"checksum":"0', 'does not come out as it was recorded'],
  ['that is broken', '"facteur":1', '"facteur":0', 'What was kept could not be read'],
] as const)
  test(`a journal ${what} is told of, and can be had as a file`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    await facteur.say(['echo kept', /\nkept/])
    await page.goto('about:blank')
    await page.goto('./?lang=en&world=rfc')
    await facteur.prints(/\$ /)
    await change(page, 'world:campus', from, to)
    await page.goto('./?lang=en')
    await expect(page.getByText(said)).toBeVisible()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save what there was to a file' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('facteur-world-campus-old.json')
    await sound(page)
  })

test('a line that was not sent yet stands there again after a reload, and in its own place; a password does not', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['telnet mx1.rennes.example 110', /\+OK/])
  await page.keyboard.type('USER ali')
  await page.reload()
  await facteur.prints(/USER ali/)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['ce', /USER alice\n\+OK/])
  await page.keyboard.type('PASS wonder')
  await facteur.prints(/PASS/)
  await page.goto('./?lang=en&world=rfc')
  await facteur.prints(/\$ /)
  expect(await facteur.still()).not.toContain('PASS')
  await page.goto('./?lang=en')
  await facteur.prints(/USER alice\n\+OK/)
  expect(await facteur.still()).not.toContain('PASS')
})

test('a journal that is opened from a file gives back what it took the place of', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['echo one', /\none/])
  const more = () => page.getByRole('button', { name: 'More', exact: true }).click()
  await more()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save to a file' }).click(),
  ])
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['echo two', /\ntwo/])
  await more()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a file' }).click(),
  ])
  await chooser.setFiles(await file.path())
  await expect(page.getByText('The journal of the file is open.')).toBeVisible()
  expect(await facteur.still()).not.toContain('two')
  await page.getByRole('button', { name: 'Have it back' }).click()
  await facteur.prints(/\ntwo/)
})

test('the language is changed while one looks at the past, too, and nothing is said against it', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['echo one', /\none/])
  await page.getByRole('slider', { name: 'The moment that is looked at' }).focus()
  await page.keyboard.press('Home')
  await page.getByRole('button', { name: 'Français' }).click()
  await expect(page.getByRole('slider', { name: 'Le moment regardé' })).toHaveAttribute('aria-valuetext', /1 sur/)
  await expect(page.getByText('rien ne peut s’y faire')).toHaveCount(0)
  await page.getByRole('button', { name: 'Revenir à maintenant' }).click()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['help exit', /termine/])
  // What was kept in another language goes on in this one.
  await page.goto('./?lang=en')
  await facteur.prints(/termine/)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['help exit', /ends this session/])
})
