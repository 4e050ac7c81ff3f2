import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { Facteur } from './page.ts'

async function sound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([])
}

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
  await sound(page)
})
