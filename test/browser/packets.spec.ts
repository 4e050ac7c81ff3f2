import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { campusInClear } from '../in-clear.ts'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

for (const theme of ['light', 'dark'])
  test(`a packet down to its octets, by keyboard; filters; the file for Wireshark, ${theme}`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    await page.getByRole('tab', { name: 'Packets' }).click()
    await expect(page.getByText('No packet has crossed a wire yet.')).toBeVisible()
    await sound(page)
    await page.locator('.xterm').click()
    await facteur.say(['dig MX lyon.example', 'Query time'], ['telnet mx1.rennes.example 25', '220 '])
    await facteur.say(['EHLO <b>pc-alice', '250 '])

    const list = page.getByRole('listbox', { name: 'Packets' })
    await expect(list.getByRole('option', { name: /C: EHLO <b>pc-alice/ })).toBeVisible()
    await page.getByRole('combobox', { name: 'Protocol' }).selectOption('DNS')
    await page.getByRole('searchbox').fill('response')
    await list.focus()
    await page.keyboard.press('Home')
    const details = page.getByRole('region', { name: /^Packet \d+/ })
    await expect(details).toContainText('Standard query response')
    await sound(page)

    const tree = details.getByRole('tree', { name: 'Layers of the packet' })
    await tree.focus()
    await page.keyboard.press('End')
    await expect(tree.getByRole('treeitem', { selected: true })).toBeVisible()
    await tree
      .getByRole('treeitem', { name: /^Mail exchange/ })
      .first()
      .click()
    await expect(details).toContainText('The host that takes the mail of this domain.')
    await expect(details.locator('.bytes .lit').first()).toBeVisible()
    await details.locator('.bytes [data-leaf]').first().hover()
    await expect(details).toContainText('Which Internet Protocol this is')

    await page.getByRole('searchbox').fill('')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: /^Save the capture/ }).click()
    const file = await saved
    expect(file.suggestedFilename()).toBe('facteur-campus.pcapng')
    expect(readFileSync(await file.path()).readUInt32LE(0)).toBe(0x0a0d0d0a)
  })

test('a stream as its ends hear it, and as an eavesdropper does, before and after STARTTLS', async ({ page }) => {
  await page.setViewportSize({ width: 2300, height: 1000 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await page.locator('.xterm').click()
  await facteur.say(['openssl s_client -starttls smtp -crlf -connect mx1.rennes.example:587', '250 HELP'])
  await facteur.say(['VRFY secret', /\n5\d\d /])
  await page.getByRole('tab', { name: 'Packets' }).click()
  await page.getByRole('searchbox').fill('client hello')
  await page.getByRole('option', { name: /Client Hello/ }).click()
  const details = page.getByRole('region', { name: /^Packet \d+/ })
  await expect(details.getByRole('treeitem', { name: /Transport Layer Security/ })).toBeVisible()
  await details.getByRole('button', { name: 'Follow stream' }).click()
  const stream = page.getByRole('region', { name: 'Follow stream' })
  await expect(stream).toContainText('From here on TLS')
  const listened = stream.locator('.pair > .eavesdropper')
  await expect(listened.filter({ hasText: 'STARTTLS' }).first()).toBeVisible()
  await expect(stream.locator('.pair > .ends').filter({ hasText: 'VRFY secret' })).toBeVisible()
  await expect(listened.filter({ hasText: 'VRFY secret' })).toHaveCount(0)
  await expect(listened.filter({ hasText: /170303/ }).first()).toBeVisible()
  await sound(page)
  await page.getByRole('button', { name: 'Back to the packets' }).click()
  await expect(page.getByRole('listbox')).toBeVisible()
})

test('the handshake is there in its three packets, one by one by keyboard; what is otherwise in Wireshark is told', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await page.locator('.xterm').click()
  await facteur.say(['telnet mx1.rennes.example 25', '220 '])
  await page.getByRole('tab', { name: 'Packets' }).click()
  const list = page.getByRole('listbox', { name: 'Packets' })
  await page.getByRole('combobox', { name: 'Protocol' }).selectOption('TCP')
  await list.focus()
  const picked = list.getByRole('option', { selected: true })
  for (const [key, flags] of [
    ['Home', '[SYN]'],
    ['ArrowDown', '[SYN, ACK]'],
    ['ArrowDown', '[ACK]'],
    ['ArrowUp', '[SYN, ACK]'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(picked).toContainText(flags)
    await expect(page.getByRole('region', { name: /^Packet \d+/ })).toContainText(flags)
  }
  await page.getByRole('button', { name: 'Compared with Wireshark' }).click()
  await expect(page.getByRole('region', { name: 'Compared with Wireshark' })).toContainText('bare ACK')
  await sound(page)
})

test('a webmail without TLS speaks HTTP in the clear: the form that was filled in, field by field', async ({
  page,
}) => {
  await page.setViewportSize({ width: 2000, height: 1000 })
  await page.route(/\/assets\/campus-/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: `export default ${JSON.stringify(campusInClear())}` }),
  )
  await new Facteur(page).open('?lang=en')
  await page.locator('#right-mailer').click()
  const mailer = page.locator('.mailer')
  await mailer.getByLabel('Mail is read in').selectOption('web')
  await mailer.getByLabel('Password', { exact: true }).fill('tournesol')
  await mailer.locator('form').getByRole('button', { name: 'Log in' }).click()
  await expect(mailer.getByRole('listbox').getByRole('option')).toHaveCount(2)
  await page.locator('#right-packets').click()
  await page.getByRole('combobox', { name: 'Protocol' }).selectOption('HTTP')
  await page.getByRole('option', { name: /POST \/login HTTP\/1\.1/ }).click()
  const details = page.getByRole('region', { name: /^Packet \d+/ })
  await details.getByRole('treeitem').filter({ hasText: 'password = tournesol' }).hover()
  await expect(details).toContainText('A field of a form, as it was filled in')
  await sound(page)
  await details.getByRole('button', { name: 'Follow stream' }).click()
  const stream = page.getByRole('region', { name: 'Follow stream' })
  await expect(stream.locator('.pair > .eavesdropper').filter({ hasText: 'password=tournesol' })).toHaveCount(1)
  await expect(stream).toContainText('HTTP/1.1 303 See Other')
})

test('what is picked in the sequence is lit here; on a phone and in French', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.locator('.xterm').click()
  await facteur.say(['telnet mx1.rennes.example 25', '220 '], ['NOOP', '250 '])
  await page.getByRole('navigation').getByRole('button', { name: 'Séquence' }).click()
  await page.getByRole('button', { name: 'En mots' }).click()
  await page.getByRole('button', { name: /: NOOP$/ }).click()
  await page.getByRole('tab', { name: 'Paquets' }).click()
  await expect(page.getByRole('listbox').getByRole('option', { selected: true })).toContainText('C: NOOP')
  await expect(page.getByRole('region', { name: /^Paquet \d+/ })).toContainText('Pointez un champ')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  // Each choice says all of what it has, and none is cut off.
  for (const choice of await page.getByRole('tabpanel', { name: 'Paquets' }).getByRole('combobox').all()) {
    const [has, needs] = await choice.evaluate((select: HTMLSelectElement) => {
      const natural = select.cloneNode(true) as HTMLSelectElement
      natural.style.cssText = 'position: absolute; flex: none; width: max-content; max-width: none'
      select.after(natural)
      const width = natural.offsetWidth
      natural.remove()
      return [select.offsetWidth, width]
    })
    expect(has).toBeGreaterThanOrEqual(needs!)
    await expect(choice).toBeInViewport({ ratio: 1 })
  }
  await sound(page)
})
