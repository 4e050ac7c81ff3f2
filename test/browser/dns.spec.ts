import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { Facteur } from './page.ts'

async function sound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([])
}

for (const theme of ['light', 'dark'])
  test(`zones that can be asked for, look-ups as they happened, and what is remembered, ${theme}`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    await page.getByRole('tab', { name: 'DNS' }).click()
    const lyon = page.getByRole('table', { name: 'Zone lyon.example' })
    await expect(lyon.getByRole('row', { name: /MX.*10 mx\.lyon\.example\..*3600 s/ })).toBeVisible()
    await sound(page)
    await lyon.getByRole('button', { name: 'Ask for MX of lyon.example' }).click()
    await facteur.prints('dig lyon.example MX')
    await page.keyboard.press('Enter')
    await facteur.prints('Query time')

    await page.getByRole('button', { name: 'Look-ups' }).click()
    const list = page.getByRole('region', { name: /^Look-ups/ })
    const asked = list.getByRole('button', { name: /pc-alice\.rennes\.example asks dns\.rennes\.example/ })
    await expect(asked).toContainText('MX lyon.example?')
    await expect(asked).toContainText('10 mx.lyon.example.')
    await asked.click()
    await expect(asked).toHaveAttribute('aria-pressed', 'true')
    await sound(page)

    await page.getByRole('button', { name: 'Memories' }).click()
    const known = page.getByRole('table', { name: 'What dns.rennes.example remembers' })
    await expect(known.getByRole('row', { name: /lyon\.example.*MX/ }).first()).toBeVisible()
    await sound(page)
    await page.getByRole('searchbox').fill('no such record')
    await expect(known).toHaveCount(0)
  })

test('on a phone, in French', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await new Facteur(page).open('?lang=fr')
  await page.getByRole('navigation').getByRole('button', { name: 'Séquence' }).click()
  await page.getByRole('tab', { name: 'DNS' }).click()
  const table = page.getByRole('table', { name: 'Zone rennes.example' })
  await expect(table).toBeVisible()
  // A name that is too long for its column goes on behind a dot.
  const halved = await table.getByRole('rowheader').evaluateAll((cells) =>
    cells.flatMap((cell) =>
      [...cell.childNodes].flatMap((node) => {
        if (node.nodeType !== Node.TEXT_NODE) return []
        const range = document.createRange()
        range.selectNodeContents(node)
        return range.getClientRects().length > 1 && !node.textContent?.includes('-') ? [node.textContent] : []
      }),
    ),
  )
  expect(halved).toEqual([])
  await expect(table.getByRole('rowheader', { name: 'webmail.rennes.example' })).toHaveCount(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.getByRole('button', { name: 'Questions' }).click()
  await expect(page.getByText('Personne n’a encore demandé')).toBeVisible()
  await sound(page)
})

test('a zone is edited by keyboard, put in force, remembered otherwise by others, undone; what is wrong is said', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await facteur.say(['dig lyon.example MX', 'Query time'])
  await page.getByRole('tab', { name: 'DNS' }).click()
  await page.getByRole('button', { name: 'Edit the zone lyon.example' }).press('Enter')
  const editor = page.getByRole('group', { name: 'Editing the zone lyon.example' })
  await editor.getByRole('button', { name: 'Edit lyon.example MX' }).press('Enter')
  const form = editor.getByRole('form', { name: 'A record' })
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused()
  const preference = form.getByRole('textbox', { name: 'Preference' })
  await preference.fill('ten')
  await expect(form).toContainText('Preference is a number from 0 to 65535, not “ten”.')
  await expect(preference).toHaveAttribute('aria-invalid', 'true')
  await preference.press('Enter')
  // What is wrong is not taken, and not lost.
  await expect(preference).toHaveValue('ten')
  await preference.fill('5')
  await form.getByRole('textbox', { name: 'Mail exchanger' }).fill('mx.lyon.example')
  await expect(form).toContainText('= mx.lyon.example.lyon.example.')
  await preference.press('Enter')
  await expect(editor).toContainText('is its final dot missing?')
  await sound(page)

  await editor.getByRole('button', { name: 'Zone file' }).click()
  const text = editor.getByRole('textbox', { name: /^Zone file of lyon\.example/ })
  await text.fill((await text.inputValue()).replace('5 mx.lyon.example', '5 mx') + 'nosuch A 192.0.2.\n')
  await expect(editor).toContainText('“192.0.2.” is not an IPv4 address')
  await expect(editor.getByRole('button', { name: 'Put it in force' })).toBeDisabled()
  // Another view is looked at, and nothing typed is lost.
  await page.getByRole('tab', { name: 'Log' }).click()
  await page.getByRole('tab', { name: 'DNS' }).click()
  await editor.getByRole('button', { name: 'Remove line' }).click()
  await expect(editor).toContainText('+ lyon.example. 3600 IN MX 5 mx.lyon.example.')
  await editor.getByRole('button', { name: 'Put it in force' }).press('Enter')
  await expect(page.getByText(/lyon\.example is in force, serial \d+\./)).toBeVisible()
  const undo = page.getByRole('button', { name: 'Undo' })
  await expect(undo).toBeFocused()
  const lyon = page.getByRole('region', { name: 'Zone lyon.example' })
  await expect(lyon.getByRole('row', { name: /MX.*5 mx\.lyon\.example\./ })).toBeVisible()
  await expect(lyon).toContainText('dns.rennes.example: MX lyon.example, 3600 s more')
  await sound(page)
  await undo.press('Enter')
  await expect(lyon.getByRole('row', { name: /MX.*10 mx\.lyon\.example\./ })).toBeVisible()
  await expect(lyon).not.toContainText('Still remembered')
  await page.getByRole('tab', { name: 'Sequence' }).click()
  expect((await facteur.words()).join('\n')).toContain('zone lyon.example: - lyon.example. 3600 IN MX 10')
})

test('a domain of one’s own, in French, hostile text and all; it is looked up, and gone again', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  await page.getByRole('tab', { name: 'DNS' }).click()
  await page.getByRole('button', { name: 'Un domaine à vous' }).click()
  const form = page.getByRole('form', { name: 'Une nouvelle zone' })
  await form.getByRole('textbox').fill('<b>\u202e.example')
  await form.getByRole('textbox').press('Enter')
  await expect(form).toContainText('n’est pas un nom de domaine')
  await form.getByRole('textbox').fill('moi.example')
  await form.getByRole('textbox').press('Enter')
  const editor = page.getByRole('group', { name: 'Modification de la zone moi.example' })
  await editor.getByRole('button', { name: 'Fichier de zone' }).click()
  const text = editor.getByRole('textbox')
  await text.fill(
    `${await text.inputValue()}@ TXT "<img src=x onerror=alert(1)> \u202e \x1b[2J"\n@ MX 10 mx1.rennes.example.\n`,
  )
  await sound(page)
  await editor.getByRole('button', { name: 'Mettre en vigueur' }).click()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['dig +short moi.example MX', /10 mx1\.rennes\.example\./])
  const zone = page.getByRole('region', { name: 'Zone moi.example' })
  await expect(zone.getByRole('row', { name: /TXT.*<img src=x/ })).toBeVisible()
  await expect(zone.locator('img')).toHaveCount(0)
  await page.getByRole('button', { name: 'Modifier la zone moi.example' }).click()
  await editor.getByRole('button', { name: 'Retirer la zone du DNS' }).click()
  await expect(zone).toHaveCount(0)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['dig +short moi.example SOA', /SOA\n.*:~\$\s*$/])
  await sound(page)
})

test('a zone of the past is shown as it was, and cannot be changed there', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await page.getByRole('tab', { name: 'DNS' }).click()
  await page.getByRole('button', { name: 'Edit the zone rennes.example' }).click()
  const editor = page.getByRole('group', { name: 'Editing the zone rennes.example' })
  await editor.getByRole('button', { name: 'Remove rennes.example TXT' }).click()
  await editor.getByRole('button', { name: 'Put it in force' }).click()
  const zone = page.getByRole('region', { name: 'Zone rennes.example' })
  await expect(zone.getByRole('row', { name: /TXT/ })).toHaveCount(0)
  await page.keyboard.press('ArrowLeft')
  await expect(zone.getByRole('row', { name: /TXT.*v=spf1/ })).toBeVisible()
  await page.getByRole('button', { name: 'Edit the zone rennes.example' }).click()
  await expect(editor).toContainText('You look at the past')
  await sound(page)
})

test('from a host on the map to its zones, its log and its mailboxes', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const about = (host: string) => page.getByRole('region', { name: `About ${host}` })
  const pick = async (host: string) => {
    await page.getByRole('tab', { name: 'Network', exact: true }).click()
    await page.locator(`[data-host="${host}"]`).focus()
    await page.keyboard.press('Enter')
  }
  await pick('dns.lyon.example')
  await about('dns.lyon.example').getByRole('button', { name: 'Show the zones' }).click()
  await expect(page.getByRole('heading', { name: /^lyon\.example/ })).toBeFocused()
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['echo x | mail -s y claire@lyon.example', /\$ /])
  await expect(page.getByRole('tab', { name: /Mailboxes/ })).toContainText('1 new')
  await pick('store.lyon.example')
  await about('store.lyon.example').getByRole('button', { name: 'Show the mailboxes' }).click()
  await expect(page.getByRole('heading', { name: 'store.lyon.example' })).toBeFocused()
  await pick('mx.lyon.example')
  await about('mx.lyon.example').getByRole('button', { name: 'Show the logs' }).click()
  await expect(page.getByRole('combobox').locator('option:checked', { hasText: 'mx.lyon.example' })).toBeAttached()
})
