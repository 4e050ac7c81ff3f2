import { expect, test, type Page } from '@playwright/test'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readZip, zipOf } from '../../src/app/lesson/own/zip.ts'
import { gradeFolder } from '../../src/node/lesson/grade.ts'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

const LESSON = new URL('../../lessons/01-premiers-pas/01-premier-contact/', import.meta.url).pathname
const filesOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]))

async function dialogOf(page: Page, title = 'Lessons of your own', more = 'More') {
  await page.getByRole('button', { name: more, exact: true }).click()
  await page
    .getByRole('button', { name: `${title}…` })
    .last()
    .click()
  return page.getByRole('dialog', { name: title })
}

/** A zip that is let go over the page. */
async function drop(page: Page, name: string, octets: Uint8Array): Promise<void> {
  const data = await page.evaluateHandle(
    ([name, octets]) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(octets)], name))
      return data
    },
    [name, [...octets]] as const,
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer: data })
}

for (const theme of ['light', 'dark'])
  test(`a lesson is written, its errors are shown where they are, it is proved, saved and played, ${theme}`, async ({
    page,
  }) => {
    const facteur = new Facteur(page)
    await facteur.open(`?lang=en&theme=${theme}`)
    const dialog = await dialogOf(page)
    await expect(dialog).toContainText('You have none yet.')
    await sound(page)
    await dialog.getByRole('button', { name: 'Write a new one' }).click()
    await expect(dialog).toContainText('No errors in the form.')
    await dialog.getByRole('textbox', { name: 'Name of the lesson' }).fill('09-mine/01-hello')

    // An error leads to its file and line.
    await dialog.getByRole('button', { name: 'goals.yaml', exact: true }).click()
    const text = dialog.getByRole('textbox', { name: 'The text of goals.yaml' })
    const good = await text.inputValue()
    await text.fill(good.replace('verb: HELO', 'word: HELO'))
    await dialog.getByRole('button', { name: 'index.en.md', exact: true }).click()
    const error = dialog.getByRole('listitem').filter({ hasText: 'word' })
    await expect(error).toContainText('is not known here')
    await expect(dialog.getByRole('button', { name: 'Keep and open' })).toBeDisabled()
    await sound(page)
    await error.getByRole('button', { name: /^goals\.yaml, line \d+$/ }).click()
    await expect(text).toBeFocused()
    const selected = await text.evaluate((area: HTMLTextAreaElement) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    )
    expect(selected).toContain('word: HELO')
    await text.fill(good)

    // The solution is not written yet, and the proof says so.
    const prove = dialog.getByRole('button', { name: 'Check the solution and the wrong ways' })
    await prove.click()
    await expect(dialog).toContainText('3 problems')
    await expect(dialog).toContainText('hello is not met.')
    await prove.click()
    await dialog.getByRole('button', { name: 'solution.txt', exact: true }).click()
    const solution = dialog.getByRole('textbox', { name: 'The text of solution.txt' })
    await solution.fill(
      'host: pc-alice.rennes.example\n\n$ telnet mx1.rennes.example 25\n> 220 ...\n$ HELO pc-alice.rennes.example\n> 250 ...\n$ QUIT\n> 221 ...\n',
    )
    await expect(prove).toBeEnabled()
    await prove.click()
    await expect(dialog).toContainText('It is as it should be')
    await dialog.getByText('solution.txt', { exact: true }).last().click()
    await expect(dialog).toContainText('hello is earned (line 5)')
    await sound(page)

    await dialog.getByRole('button', { name: 'Preview' }).click()
    await expect(dialog.locator('section')).toContainText('1. Introduce yourself')
    await expect(dialog.locator('section').getByRole('button')).toHaveCount(0)
    await sound(page)

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save as a zip' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('09-mine-01-hello.zip')
    const entries = await readZip(new Uint8Array(readFileSync(await file.path())))
    expect(entries?.map(({ path }) => path)).toContain('09-mine/01-hello/solution.txt')

    await dialog.getByRole('button', { name: 'Keep and open' }).click()
    await expect(page.getByRole('heading', { name: 'The title' })).toBeVisible()
    await expect.poll(() => new URL(page.url()).searchParams.get('lesson')).toBe('own:09-mine/01-hello')
    await page.locator('.xterm-helper-textarea').focus()
    await facteur.say(['telnet mx1.rennes.example 25', /220 /], ['HELO pc-alice.rennes.example', /250 /])
    await expect(page.getByText('1 of 1').first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Next lesson' })).toHaveCount(0)

    // What is handed in is done again by the teacher, in the lesson as it lies in the teacher's folder.
    await page.getByRole('button', { name: 'All lessons' }).click()
    const [results] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save results to a file' }).click(),
    ])
    const teacher = mkdtempSync(join(tmpdir(), 'facteur-teacher-'))
    try {
      for (const { path, octets } of entries!) {
        mkdirSync(join(teacher, 'lessons', path, '..'), { recursive: true })
        writeFileSync(join(teacher, 'lessons', path), octets)
      }
      mkdirSync(join(teacher, 'in'))
      cpSync(await results.path(), join(teacher, 'in', 'alice.json'))
      const rows = gradeFolder(join(teacher, 'in'), join(teacher, 'lessons'))
      expect(rows).toMatchObject([{ lesson: '09-mine/01-hello', done: true, helped: false, commands: 2, remark: '' }])
    } finally {
      rmSync(teacher, { recursive: true })
    }

    await page.goto('./?lang=en&lesson=own:09-mine/01-hello')
    await facteur.prints(/250 /)
    await expect(page.getByRole('heading', { name: 'The title' })).toBeVisible()
  })

test('a folder is brought in, goes on as a link, and stands beside what was done in it', async ({ page, browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'facteur-own-'))
  try {
    cpSync(LESSON, join(folder, '07-mienne', '02-contact'), { recursive: true })
    const facteur = new Facteur(page)
    await facteur.open('?lang=fr')
    const dialog = await dialogOf(page, 'Leçons à vous', 'Plus')
    await dialog.locator('input[webkitdirectory]').setInputFiles(folder)
    await expect(dialog.getByRole('textbox', { name: 'Nom de la leçon' })).toHaveValue('07-mienne/02-contact')
    await expect(dialog).toContainText('Pas d’erreur de forme.')
    await sound(page)
    await dialog.getByRole('button', { name: 'En lien' }).click()
    const link = await dialog.getByRole('textbox', { name: 'Le lien' }).inputValue()
    await dialog.getByRole('button', { name: 'Garder et ouvrir' }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('lesson')).toBe('own:07-mienne/02-contact')
    await facteur.prints(/alice@pc-alice/)
    await page.locator('.xterm-helper-textarea').focus()
    await facteur.say(['echo un deux', /\nun deux/])
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('button', { name: 'Plus', exact: true })
        .click()
        .then(() => page.getByRole('button', { name: 'Enregistrer dans un fichier…' }).click()),
    ])

    // Somebody else opens the link, and keeps the lesson by it.
    const theirs = await (await browser.newContext()).newPage()
    await theirs.goto(link)
    await expect(theirs.getByText('parmi les vôtres').or(theirs.getByText('among your own'))).toBeVisible()
    await expect.poll(() => new URL(theirs.url()).searchParams.get('lesson')).toBe('own:07-mienne/02-contact')
    await expect.poll(() => new URL(theirs.url()).hash).toBe('')
    await theirs.reload()
    await expect(theirs.getByRole('heading', { name: /Premier contact|First contact/ })).toBeVisible()
    await theirs.context().close()

    // And somebody who gets the file has both.
    const third = await (await browser.newContext()).newPage()
    await new Facteur(third).open('?lang=fr')
    await drop(third, 'journal.json', new Uint8Array(readFileSync(await saved.path())))
    await new Facteur(third).prints(/\nun deux/)
    await expect.poll(() => new URL(third.url()).searchParams.get('lesson')).toBe('own:07-mienne/02-contact')
    await third.context().close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a zip that is dropped is opened; one of the same name takes nothing away', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  const files = Object.entries(filesOf(LESSON))
  const zip = (change: (text: string) => string) =>
    zipOf(files.map(([file, text]) => ({ path: `x/${file}`, text: change(text) })))
  await drop(
    page,
    'mine.zip',
    zip((text) => text),
  )
  const dialog = page.getByRole('dialog', { name: 'Lessons of your own' })
  const name = dialog.getByRole('textbox', { name: 'Name of the lesson' })
  await expect(name).toHaveValue('x')
  await page.keyboard.press('Escape')
  await drop(
    page,
    'mine.zip',
    zip((text) => text.replace('First contact', 'Another contact')),
  )
  await expect(name).toHaveValue('x-2')
  await dialog.getByRole('button', { name: 'To the list' }).click()
  await expect(dialog.getByRole('listitem')).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Delete x-2' }).click()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(dialog.getByRole('listitem')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Open x' }).click()
  await expect(page.getByRole('heading', { name: 'First contact' })).toBeVisible()

  // A zip without a lesson lies at home on the machine, as any file.
  await drop(page, 'other.zip', zipOf([{ path: 'a.txt', text: 'x' }]))
  await expect(page.getByText('other.zip').first()).toBeVisible()
})

test('a folder that is dropped is walked through', async ({ page }) => {
  await new Facteur(page).open('?lang=en')
  // No script can make a folder to drop: what a browser gives for one is played, its entries in pieces as it gives them.
  await page.evaluate((files) => {
    const file = (name: string, text: string) => ({
      name,
      isFile: true,
      isDirectory: false,
      fullPath: `/08-hers/01-dropped/${name}`,
      file: (done: (file: File) => void) => done(new File([text], name)),
    })
    const folder = (name: string, pieces: unknown[][]) => ({
      name,
      isFile: false,
      isDirectory: true,
      createReader: () => {
        const left = [...pieces, []]
        return { readEntries: (done: (piece: unknown) => void) => done(left.shift()) }
      },
    })
    const entries = Object.entries(files).map(([name, text]) => file(name, text))
    const lesson = folder('01-dropped', [entries.slice(0, 3), entries.slice(3)])
    DataTransferItem.prototype.webkitGetAsEntry = () => folder('08-hers', [[lesson]]) as unknown as FileSystemEntry
  }, filesOf(LESSON))
  await drop(page, '08-hers', new Uint8Array())
  const dialog = page.getByRole('dialog', { name: 'Lessons of your own' })
  await expect(dialog.getByRole('textbox', { name: 'Name of the lesson' })).toHaveValue('08-hers/01-dropped')
  await expect(dialog).toContainText('No errors in the form.')
})

test('what stands in a stranger’s lesson is text, and its errors too', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const files = filesOf(LESSON)
  const attack = '<img src=x onerror="document.title=\'owned\'">'
  const hostile = Object.entries(files).map(([file, text]) => ({
    path: `x/${file}`,
    text: file.endsWith('.md')
      ? text
          .replace(/^title: .*$/m, `title: '${attack.replaceAll("'", "''")}'`)
          .replace('## 1.', `${attack} [x](javascript:document.title='owned')\n\n## 1.`)
      : text,
  }))
  await drop(page, 'x.zip', zipOf(hostile))
  const dialog = page.getByRole('dialog', { name: 'Lessons of your own' })
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(dialog.locator('section').getByText('<img src=x').first()).toBeVisible()
  await expect(dialog.locator('section img, section a[href^="javascript"]')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Keep and open' }).click()
  await expect(page.getByRole('heading', { name: '<img src=x' })).toBeVisible()
  await expect(page.locator('article img')).toHaveCount(0)
  expect(await page.title()).not.toBe('owned')
})

for (const hash of ['#lesson=1.AAAA', '#lesson=9.x', '#lesson=1.', `#lesson=1.${'A'.repeat(5000)}`])
  test(`a link that cannot be read says so: ${hash.slice(0, 20)}`, async ({ page }) => {
    await page.goto(`./?lang=en${hash}`)
    await expect(page.getByText('This link cannot be read')).toBeVisible()
    await expect(page.locator('.xterm-helper-textarea')).toBeAttached()
  })

test('a lesson that is being written and was not kept is there again after a reload', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=fr')
  let dialog = await dialogOf(page, 'Leçons à vous', 'Plus')
  await dialog.getByRole('button', { name: 'En écrire une nouvelle' }).click()
  const text = dialog.getByRole('textbox', { name: 'Le texte de index.fr.md' })
  await text.fill('une heure de travail')
  await dialog.getByRole('button', { name: 'Vers la liste' }).click()
  const drafts = () => dialog.getByRole('list', { name: 'Écrites, mais pas gardées' })
  await expect(drafts()).toContainText('01-part/01-name')
  await sound(page)
  await page.reload()
  await facteur.prints(/\$ /)
  dialog = await dialogOf(page, 'Leçons à vous', 'Plus')
  await drafts().getByRole('button', { name: 'Modifier 01-part/01-name' }).click()
  await expect(text).toHaveValue('une heure de travail')
  await dialog.getByRole('button', { name: 'La garder dans le navigateur' }).click()
  await expect(dialog).toContainText('est gardée')
  await dialog.getByRole('button', { name: 'Vers la liste' }).click()
  await expect(drafts()).toHaveCount(0)
})
