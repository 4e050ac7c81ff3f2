import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

/** A file that is let go over the page. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer()
      data.items.add(new File([text!], name!))
      return data
    },
    [name, text],
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer: files })
}

async function worlds(page: Page, title = 'Worlds of your own') {
  await page
    .getByRole('button', { name: `${title}…` })
    .first()
    .click()
  return page.getByRole('dialog', { name: title })
}

for (const theme of ['light', 'dark'])
  test(`a world is written, checked as it is written, opened, and is there after a reload, ${theme}`, async ({
    page,
  }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    const dialog = await worlds(page)
    await expect(dialog).toContainText('You have none yet.')
    await sound(page)
    await dialog.getByRole('button', { name: 'Write a new one' }).click()
    const text = dialog.getByRole('textbox', { name: 'The world as text' })
    await expect(dialog).toContainText('No errors: 2 hosts, 1 zone, 2 mailboxes.')
    const good = await text.inputValue()
    await text.fill(good.replace("- 'mail A 192.0.2.10'", "- 'mail A 192.0.2.'\n      - <img src=x onerror=alert(1)>"))
    await expect(dialog).toContainText('not an IPv4 address')
    await expect(dialog).toContainText('zones > ici.example > records')
    await expect(dialog.getByRole('button', { name: 'Keep and open' })).toBeDisabled()
    await sound(page)
    await dialog.getByRole('listitem').filter({ hasText: 'not an IPv4 address' }).getByRole('button').click()
    await expect(text).toBeFocused()
    expect(
      await text.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)),
    ).toContain('mail A 192.0.2.')
    // Nothing typed is lost by closing.
    await page.keyboard.press('Escape')
    const again = await worlds(page)
    await expect(again.getByRole('textbox')).toHaveValue(/192\.0\.2\.'\n/)
    await text.fill(good)
    await dialog.getByRole('button', { name: 'Keep and open' }).click()
    await facteur.prints(/jean@pc/)
    await page.locator('.xterm-helper-textarea').focus()
    await facteur.say(['echo Bonjour | mail -s Essai zoe@ici.example', /\$ /])
    await expect(page.getByRole('tab', { name: /Mailboxes/ })).toContainText('1 new')
    await page.reload()
    await facteur.prints(/Essai/)
    expect(new URL(page.url()).searchParams.get('world')).toBe('own:mine')

    // It is taken away only after a question.
    const list = await worlds(page)
    await list.getByRole('button', { name: 'Delete mine' }).click()
    await list.getByRole('button', { name: 'Cancel' }).click()
    await list.getByRole('button', { name: 'Delete mine' }).click()
    await list.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(list).toContainText('You have none yet.')
  })

test('a world that is dropped goes by link and by file, with all that was done in it', async ({ page, browser }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  const campus = readFileSync(new URL('../../src/worlds/campus.yaml', import.meta.url), 'utf8')
  await drop(page, 'salle.yaml', campus.replace(/^name:.*$/m, 'name: salle-3'))
  const dialog = page.getByRole('dialog', { name: 'Mondes à vous' })
  await expect(dialog).toContainText('Pas d’erreur')
  await sound(page)
  await dialog.getByRole('button', { name: 'Garder et ouvrir' }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('world')).toBe('own:salle-3')
  await facteur.prints(/alice@pc-alice/)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['echo un deux', /\nun deux/])

  await page.getByRole('button', { name: 'Plus', exact: true }).click()
  await page.getByRole('button', { name: 'Ce moment en lien' }).click()
  const making = page.getByRole('dialog', { name: 'Ce moment en lien' })
  await expect(making).toContainText('votre propre monde « salle-3 »')
  await sound(page)
  await making.getByRole('button', { name: 'Faire le lien' }).click()
  const link = await making.getByRole('textbox').inputValue()
  await page.keyboard.press('Escape')

  const other = await (await browser.newContext()).newPage()
  const theirs = new Facteur(other)
  await other.goto(link)
  await theirs.prints(/\nun deux/)
  await expect(other.getByText('Vous voyez ce que quelqu’un d’autre a fait')).toBeVisible()
  await other.context().close()

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Plus', exact: true })
      .click()
      .then(() => page.getByRole('button', { name: 'Enregistrer dans un fichier…' }).click()),
  ])
  const third = await (await browser.newContext()).newPage()
  await new Facteur(third).open('?lang=fr')
  await drop(third, 'journal.json', readFileSync(await file.path(), 'utf8'))
  await new Facteur(third).prints(/\nun deux/)
  await third.context().close()
})

for (const [what, text, said] of [
  ['a bomb of aliases', `hosts: &a [x]\nb: &b [${'*a,'.repeat(60)}]\nc: [${'*b,'.repeat(60)}]`, 'Aliases'],
  ['what is too deep', `hosts: ${'['.repeat(20_000)}`, 'lists or blocks'],
  [
    'too many hosts',
    `hosts:\n${Array.from({ length: 300 }, (_, at) => `  h${at}.example: { address: 192.0.2.${at % 250} }\n`).join('')}`,
    'at most 200 hosts',
  ],
  [
    'too much mail',
    'hosts: { a.example: { address: 192.0.2.1, mail: { domains: [a.example] } } }\naccounts:\n  - { address: b@a.example, password: x, name: B, host: a.example, mail: [{ from: c@a.example, to: b@a.example, subject: s, date: "2026-01-01T00:00:00Z", text: t, times: 99999999 }] }',
    'at most 20000 messages',
  ],
] as const)
  test(`${what} is an error, and nothing more`, async ({ page }) => {
    const facteur = new Facteur(page)
    await facteur.open('?lang=en')
    await drop(page, 'bomb.yaml', `name: bomb\ntitle: { en: x, fr: x }\nepoch: "2026-09-07T08:00:00Z"\n${text}`)
    await expect(page.getByRole('dialog', { name: 'Worlds of your own' })).toContainText(said)
    await page.keyboard.press('Escape')
    await facteur.prints(/\$ /)
  })

test('on a phone, and with hostile text in its names', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const hostile = '<img src=x onerror=document.title=1>\u202e'
  await drop(
    page,
    'w.yaml',
    `name: w\ntitle: { en: "${hostile}", fr: "${hostile}" }\nepoch: "2026-09-07T08:00:00Z"\nhosts: { a.example: { address: 192.0.2.1 } }\npeople: [{ name: "${hostile}", host: a.example }]\n`,
  )
  const dialog = page.getByRole('dialog', { name: 'Worlds of your own' })
  await expect(dialog).toContainText('No errors')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await sound(page)
  await dialog.getByRole('button', { name: 'Keep and open' }).click()
  await facteur.prints(/@a/)
  await expect(page.locator('main img, header img')).toHaveCount(0)
  expect(await page.title()).not.toBe('1')
})

test('a world that is being written and was not kept is there again: after the way back to the list, another one, and a reload', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  let dialog = await worlds(page)
  await dialog.getByRole('button', { name: 'Write a new one' }).click()
  const text = dialog.getByRole('textbox', { name: 'The world as text' })
  const first = (await text.inputValue()).replace(/^name:.*$/m, 'name: mine')
  await text.fill(`${first}# the first\n`)
  await dialog.getByRole('button', { name: 'To the list' }).click()
  const drafts = () => dialog.getByRole('list', { name: 'Written, but not kept' })
  await expect(drafts()).toContainText('mine')
  await sound(page)
  await dialog.getByRole('button', { name: 'Write a new one' }).click()
  await text.fill(`${first}# the second\n`)
  await expect(dialog).toContainText('No errors')
  await page.reload()
  await facteur.prints(/\$ /)
  dialog = await worlds(page)
  await drafts().getByRole('button', { name: 'Edit mine', exact: true }).click()
  await expect(text).toHaveValue(/# the first/)
  await dialog.getByRole('button', { name: 'Keep it in the browser' }).click()
  await expect(dialog.getByRole('status')).toContainText('“mine” is kept.')
  await dialog.getByRole('button', { name: 'To the list' }).click()
  await expect(drafts().getByRole('listitem')).toHaveCount(1)

  // One of the same name takes nothing away.
  await drafts().getByRole('button', { name: 'Edit mine-2' }).click()
  await expect(text).toHaveValue(/# the second/)
  await dialog.getByRole('button', { name: 'Keep it in the browser' }).click()
  await expect(dialog.getByRole('status')).toContainText('What had this name before')
  await dialog.getByRole('button', { name: 'To the list' }).click()
  await drafts().getByRole('button', { name: /^Edit/ }).click()
  await expect(text).toHaveValue(/# the first/)
})
