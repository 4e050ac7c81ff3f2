import { expect, test, type Locator, type Page } from '@playwright/test'
import { encodeBase64 } from '../../src/core/bytes/base64.ts'
import type { MessageModel } from '../../src/core/message/mime/model.ts'
import { allParts, type Part } from '../../src/core/message/mime/part.ts'
import { Sim } from '../../src/core/world/sim.ts'
import { decryptPart, verifyPart } from '../../src/smime/message.ts'
import { Facteur } from './page.ts'
import { replayed } from './replayed.ts'
import { sound } from './sound.ts'

/** A picture of one point. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')
const CA = '/etc/ssl/certs/facteur-ca.pem'

async function composer(page: Page, name: string | RegExp = 'Write a message'): Promise<Locator> {
  await page.getByRole('button', { name }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator('textarea').first()).toBeVisible()
  return dialog
}

const field = (dialog: Locator, name: string) => dialog.getByLabel(name, { exact: true })

function delivered(sim: Sim, host: string, user: string, subject: string): MessageModel {
  const messages = sim.world.stores.get(host)!.account(user)!.mailboxes.get('INBOX')!.messages
  const found = messages.map(({ content }) => content.model).find((model) => model.subject === subject)
  if (!found) throw new Error(`No message ${subject}`)
  return found
}

const partOf = (model: MessageModel, type: string): Part =>
  [...allParts(model.tree.root)].find((part) => `${part.type}/${part.subtype}` === type)!

const trust = (sim: Sim, host: string) => ({
  authorities: [sim.world.files.read(host, CA)!],
  at: sim.file.epoch + sim.now,
})

async function write(dialog: Locator, to: string, subject: string, text: string): Promise<void> {
  await field(dialog, 'To').fill(to)
  await field(dialog, 'Subject').fill(subject)
  await field(dialog, 'Text').fill(text)
}

test('é and a picture arrive as they were, and a reload keeps all', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  let dialog = await composer(page)
  await write(dialog, 'Claire Petit <claire@lyon.example>', 'Où est-ce ?', 'Voilà : l’été.\n.\nfin\n')
  await dialog.locator('input[type=file]').setInputFiles({ name: 'été.gif', mimeType: 'image/gif', buffer: GIF })
  await expect(dialog.getByRole('img')).toBeVisible()
  await expect(dialog.locator('pre')).toContainText('multipart/mixed')
  await expect(dialog.getByRole('listitem').filter({ hasText: 'image/gif' })).toContainText('base64')

  // Neither closing nor reloading loses what was written.
  await page.keyboard.press('Escape')
  await page.reload()
  await facteur.prints(/\$ /)
  dialog = await composer(page)
  await expect(field(dialog, 'Subject')).toHaveValue('Où est-ce ?')
  await expect(dialog.getByRole('img')).toBeVisible()

  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await facteur.prints(/sendmail -i -t < message-1\.eml/)
  const sim = await replayed(page)
  const model = delivered(sim, 'store.lyon.example', 'claire', 'Où est-ce ?')
  expect(model.text(partOf(model, 'text/plain')).trim()).toBe('Voilà : l’été.\r\n.\r\nfin')
  const picture = partOf(model, 'image/gif')
  expect(encodeBase64(model.octets(picture))).toBe(GIF.toString('base64'))
  expect(picture.disposition?.parameters.length).toBe(1)

  await page.reload()
  await facteur.prints(/message-1\.eml/)
  await expect(page.getByText('does not come out as it was recorded')).toHaveCount(0)
  expect((await replayed(page)).journal().checksum).toBe(sim.journal().checksum)
})

test('signed, it is good; through a list with a footer it is not any more', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  for (const [to, subject] of [
    ['claire@lyon.example', 'signed'],
    ['annonces@rennes.example', 'signed to all'],
  ] as const) {
    const dialog = await composer(page)
    await write(dialog, to, subject, 'I, Alice, say: é.\n')
    await field(dialog, 'Sign (S/MIME)').check()
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await facteur.prints(/message-2\.eml/)
  const sim = await replayed(page)
  const outcome = async (host: string, user: string, subject: string) => {
    const model = delivered(sim, host, user, subject)
    const part = partOf(model, 'multipart/signed')
    return (await verifyPart(part, trust(sim, 'pc-claire.lyon.example')))?.outcome
  }
  expect(await outcome('store.lyon.example', 'claire', 'signed')).toBe('good')
  const list = sim.world.stores.get('store.lyon.example')!.account('claire')!.mailboxes.get('INBOX')!.messages
  const subject = list.map(({ content }) => content.model.subject).find((one) => one.endsWith('to all'))!
  expect(await outcome('store.lyon.example', 'claire', subject)).toBe('altered')
  // The authority's key is on the machine that made it, and nowhere else.
  const keys = Object.keys(sim.file.hosts).filter((host) =>
    sim.world.files.read(host, '/etc/ssl/private/facteur-ca.pem'),
  )
  expect(keys).toEqual(['pc-alice.rennes.example'])
})

test('encrypted, only her key opens it, and the text stands nowhere on the way', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const dialog = await composer(page)
  await write(dialog, 'claire@lyon.example', 'secret', 'the treasure lies below the oak\n')
  await field(dialog, 'Encrypt (S/MIME)').check()
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await facteur.prints(/message-1\.eml/)
  const sim = await replayed(page)
  const model = delivered(sim, 'store.lyon.example', 'claire', 'secret')
  const pem = (host: string, user: string, address: string) => {
    const text = sim.world.files.read(host, `/home/${user}/.smime/${address}.pem`)!
    return { certificate: text, key: text }
  }
  const part = partOf(model, 'application/pkcs7-mime')
  const opened = await decryptPart(part, pem('pc-claire.lyon.example', 'claire', 'claire@lyon.example'))
  expect(JSON.stringify(opened)).toContain('the treasure lies below the oak')
  expect(JSON.stringify([sim.trace, sim.journal()])).not.toContain('treasure')
})

test('what cannot be is said by the field, and nothing is lost', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const dialog = await composer(page)
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeDisabled()
  await field(dialog, 'To').fill('claire')
  await expect(dialog.locator('form')).toContainText('claire: ')
  await expect(field(dialog, 'To')).toHaveAttribute('aria-invalid', 'true')
  await field(dialog, 'To').fill('profs@rennes.example')
  await field(dialog, 'Encrypt (S/MIME)').check()
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('There is no certificate for profs@rennes.example')
  await expect(field(dialog, 'To')).toHaveValue('profs@rennes.example')
  await dialog.getByRole('button', { name: 'Begin anew' }).click()
  await expect(field(dialog, 'To')).toHaveValue('')
  await dialog.getByRole('button', { name: 'Bring back what was there' }).click()
  await expect(field(dialog, 'To')).toHaveValue('profs@rennes.example')
})

test('a full storage is said, and the letter goes out all the same', async ({ page }) => {
  await page.addInitScript(() => {
    const { setItem } = Storage.prototype
    Storage.prototype.setItem = function (name: string, value: string) {
      if (name.startsWith('facteur.letter.')) throw new DOMException('full', 'QuotaExceededError')
      setItem.call(this, name, value)
    }
  })
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const dialog = await composer(page)
  await expect(dialog).toContainText('This browser lets the page keep nothing')
  await field(dialog, 'To').fill('bruno@rennes.example')
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await facteur.prints('sendmail -t < message-1.eml')
})

test('a busy terminal is left alone: the command is typed in a new one', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['telnet mx1.rennes.example 25', /220 /])
  const dialog = await composer(page)
  await write(dialog, 'bruno@rennes.example', 'aside', 'x')
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await facteur.prints(/\$ sendmail -t < message-1\.eml\s*\n.*\$ /)
  await expect(page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab')).toHaveCount(2)
  delivered(await replayed(page), 'mx1.rennes.example', 'bruno', 'aside')
})

test('by keyboard alone, in French', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.getByRole('button', { name: 'Écrire un message' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Écrire un message' })
  await expect(dialog).toBeVisible()
  const to = async (name: string) => {
    for (let press = 0; press < 20; press++) {
      if (await field(dialog, name).evaluate((at) => at === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`${name} is not reached`)
  }
  await to('À')
  await page.keyboard.type('bruno@rennes.example')
  await to('Objet')
  await page.keyboard.type('été')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await facteur.prints(/sendmail -t < message-1\.eml/)
})

for (const [language, theme, width] of [
  ['en', 'light', 1440],
  ['fr', 'dark', 1440],
  ['en', 'dark', 390],
  ['fr', 'light', 390],
] as const)
  test(`calm in ${language}, ${theme}, ${width} pixels wide`, async ({ page }, { outputDir }) => {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    const facteur = new Facteur(page)
    await facteur.open(`?lang=${language}&theme=${theme}`)
    const dialog = await composer(page, /Write a message|Écrire un message/)
    await dialog.locator('input[type=text]').first().fill('claire@lyon.example, Denis <denis@lyon.example>')
    await dialog.locator('textarea').first().fill('L’été est là.\n'.repeat(4))
    await dialog.locator('select').first().selectOption('html')
    await dialog.locator('input[type=file]').setInputFiles({ name: 'a.gif', mimeType: 'image/gif', buffer: GIF })
    await dialog.locator('input[type=checkbox]').nth(1).check()
    for (const more of await dialog.locator('details > summary').all()) await more.click()
    await dialog.getByRole('button', { name: /Another header field|Un autre champ/ }).click()
    await sound(page)
    const wide = await dialog.evaluate((at) => [
      at.scrollWidth - at.clientWidth,
      document.body.scrollWidth - innerWidth,
    ])
    expect(wide).toEqual([0, 0])
    await dialog.evaluate((at) => (at.scrollTop = 0))
    await page.screenshot({ path: `${outputDir}/compose-${language}-${theme}-${width}.png` })
    await dialog.evaluate((at) => (at.scrollTop = at.scrollHeight))
    await page.screenshot({ path: `${outputDir}/compose-end-${language}-${theme}-${width}.png` })
  })
