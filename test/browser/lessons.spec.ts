import { expect, test, type Page } from '@playwright/test'
import { lessonFromFiles } from '../../src/core/lesson/lesson.ts'
import { parOf } from '../../src/core/lesson/par.ts'
import { playLesson } from '../../src/core/lesson/prove.ts'
import { savedText } from '../../src/core/lesson/saved.ts'
import { parseWorld } from '../../src/core/world/parse.ts'
import { lessonFiles, root } from '../../src/node/lessons.ts'
import { say } from '../../src/node/play/play.ts'
import { complaints } from './lived.ts'
import { Facteur } from './page.ts'
import { sound } from './sound.ts'

test.use({ viewport: { width: 1440, height: 900 } })

const first = '01-premiers-pas/01-premier-contact'
/** Without its markup. */
const plain = (html: string) =>
  html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity]!)
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
}
const goalsOf = (page: Page) => page.getByRole('region', { name: 'Goals' })

/** The first lesson, whole. */
const SOLUTION: [string, string | RegExp][] = [
  ['telnet mx1.rennes.example 25', '220 '],
  ['HELO pc-alice.rennes.example', /\n250 mx1/],
  ['NOOP', /NOOP\n250 /],
  ['HELP', /\n214 /],
  ['BONJOUR', /\n500 /],
  ['QUIT', 'Connection closed'],
]

test('a lesson is chosen, its goals are ticked, its hints come one by one', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await page.getByRole('button', { name: /^Begin with/ }).click()
  await expect(page).toHaveURL(/lesson=01-/)
  await facteur.prints(/\$ /)
  const goals = goalsOf(page)
  await expect(goals.locator('li[data-state=earned]')).toHaveCount(0)
  await goals
    .getByRole('button', { name: /^A hint for/ })
    .first()
    .click()
  await expect(goals.locator('.hint')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(goals.locator('.hint')).toHaveCount(2)

  // The lesson's own button types the command.
  await page.locator('.text button[data-do^=telnet]').first().click()
  await facteur.prints('220 ')
  await expect(goals.locator('li[data-state=earned]')).not.toHaveCount(0)
  await expect(page.locator('[data-spoken=goal]')).toContainText('Goal reached')

  await page.reload()
  await facteur.prints('220 ')
  await expect(goals.locator('li[data-state=earned]')).not.toHaveCount(0)
})

test('a lesson is finished by hand, and the next one is offered', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en&lesson=02-premier-message')
  await facteur.say(
    ['telnet mx1.rennes.example 25', '220 '],
    ['HELO pc-alice.rennes.example', '250 '],
    ['MAIL FROM:<alice@rennes.example>', /MAIL FROM[^]*250 /],
    ['RCPT TO:<bob@rennes.example>', /RCPT TO[^]*250 /],
    ['DATA', '354 '],
    ...['From: alice@rennes.example', 'To: bob@rennes.example', 'Subject: Hello', '', 'Hello Bob'],
    ['.', /\n\.\n250 /],
    ['QUIT', 'Connection closed'],
  )
  await expect(page.getByText('All goals are reached. Well done!')).toBeVisible()
  const summary = page.getByRole('region', { name: 'What you have learned' })
  await expect(summary).toBeInViewport()
  await expect(summary).toContainText('a dot alone on its line')
  await expect(summary.locator('code').first()).toHaveText('MAIL')
  await expect(summary).toContainText('Lines typed: 12')
  const outside = summary.getByRole('link', { name: /^RFC 5321/ }).first()
  await expect(outside).toHaveAttribute('href', /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc5321#section-\d/)
  await expect(outside).toContainText('leads out of Facteur')
  await page.getByRole('button', { name: 'Next lesson' }).press('Enter')
  await expect(page).toHaveURL(/lesson=[^&]*03-/)
  await facteur.prints(/\$ /)
})

test('step by step: the next one opens, those read fold away, what is typed leads on, and all can stand open', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open(`?lang=en&lesson=${first}`)
  const steps = page.locator('section[data-step]')
  const open = steps.locator('h3 button[aria-expanded=true]')
  await expect(open).toHaveCount(1)
  await expect(open).toHaveText(/^1\. /)
  await page.getByRole('button', { name: 'Next step' }).press('Enter')
  await expect(open).toHaveText(/^2\. /)
  await expect(open).toBeFocused()
  // One that was read can be looked at again beside it.
  await steps.nth(0).locator('h3 button').press('Enter')
  await expect(open).toHaveCount(2)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['telnet mx1.rennes.example 25', '220 '], ['helo  pc-alice.rennes.example', /\n250 /], 'noop')
  await expect(open).toHaveText(/^3\. /)
  await page.reload()
  await expect(open).toHaveText(/^3\. /)
  await page.getByRole('button', { name: 'All steps' }).press('Enter')
  await expect(open).toHaveCount(await steps.count())
})

test('a hint after a slip says what was wrong with it, as long as nothing better was said; then come the others', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en&lesson=02-premier-message')
  await facteur.say(['telnet mx1.rennes.example 25', '220 '], ['HELO pc-alice.rennes.example', /\n250 /])
  await facteur.say(['RCPT TO:<bob@rennes.example>', /\n503 /])
  const goals = goalsOf(page)
  const slip = goals.locator('.slip-hint')
  await goals
    .getByRole('button', { name: /^A hint for/ })
    .nth(1)
    .press('Enter')
  await expect(slip).toContainText('503')
  await expect(slip).toContainText('is MAIL')
  await expect(goals.locator('.hint')).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(goals.locator('.hint')).toHaveCount(1)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['MAIL FORM:<alice@rennes.example>', /\n501 /])
  await expect(slip).toContainText('MAIL FROM:')
  await facteur.say(['MAIL FROM:<alice@rennes.example>', /\n250 2\.1\.0/])
  await expect(slip).toHaveCount(0)
})

test('the solution is shown only after a word, and then the lesson counts as done with help; anew it is one’s own', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  await facteur.open(`?lang=en&lesson=${first}`)
  await page.getByRole('button', { name: 'Show the solution' }).click()
  await expect(page.getByText('counts as done with help; start')).toBeVisible()
  await expect(page.locator('section.lesson pre')).toHaveCount(0)
  await page.getByRole('button', { name: 'Cancel' }).press('Enter')
  await page.getByRole('button', { name: 'Show the solution' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Show it' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('section.lesson pre')).toContainText('$ telnet mx1.rennes.example 25')
  await page.reload()
  await facteur.prints(/\$ /)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(...SOLUTION)
  await expect(page.getByText('All goals are reached, with the solution’s help.')).toBeVisible()
  await page.getByRole('button', { name: 'All lessons' }).click()
  const row = page.locator('#side li button').first()
  await expect(row).toContainText('done with help')

  await row.click()
  await page.getByRole('button', { name: 'Start the lesson anew' }).click()
  await page.getByRole('button', { name: 'Start anew', exact: true }).press('Enter')
  await expect.poll(() => facteur.screen()).not.toContain('telnet')
  await facteur.prints(/\$ /)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(...SOLUTION)
  await expect(page.getByText('All goals are reached. Well done!')).toBeVisible()
  await page.getByRole('button', { name: 'All lessons' }).click()
  const par = parOf(lessonFiles(root, first)['solution.txt']!)
  await expect(row).toContainText(`6 lines, par ${par}`)
  await expect(row).not.toContainText('with help')
})

test('show me: the solution types itself, pauses, goes on, stops; whoever types takes over', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open(`?lang=en&lesson=${first}`)
  await facteur.say(['echo mine', /\nmine/])
  const show = async () => {
    await page.getByRole('button', { name: 'Show me', exact: true }).click()
    await page.getByRole('button', { name: 'Start anew and show me' }).press('Enter')
  }
  await show()
  const bar = page.getByRole('group', { name: 'The solution types itself' })
  await bar.getByRole('button', { name: 'Pause' }).press('Enter')
  await expect(bar).toContainText('Paused')
  // What was typed before is on the screen a moment later.
  const still = await facteur.still()
  await page.waitForTimeout(400)
  expect(await facteur.screen()).toBe(still)
  expect(still).not.toContain('mine')
  await bar.getByRole('button', { name: 'Go on' }).press('Enter')
  await expect(page.getByText('All goals are reached, with the solution’s help.')).toBeVisible({ timeout: 40_000 })
  await expect(bar).toHaveCount(0, { timeout: 40_000 })

  await show()
  await facteur.prints(/\n220 /)
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('xyz')
  await expect(bar).toHaveCount(0)

  await show()
  await facteur.prints(/\n220 /)
  await bar.getByRole('button', { name: 'Stop' }).press('Enter')
  await expect(bar).toHaveCount(0)
})

test('what was done is on the map, survives a reload, is in another tab at once, on the certificate, in a file, and can be forgotten', async ({
  context,
  page,
}) => {
  const heard = complaints(page)
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  const other = await context.newPage()
  await new Facteur(other).open('?lang=en')
  const count = (on: Page) => on.locator('#side .all .label')
  await expect(count(other)).toHaveText(/^0 of/)
  await page.bringToFront()
  await page.getByRole('button', { name: /^Begin with/ }).press('Enter')
  await expect(page).toHaveURL(/lesson=/)
  await facteur.prints(/\$ /)
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(...SOLUTION)
  await expect(page.getByText('All goals are reached. Well done!')).toBeVisible()
  await expect(count(other)).toHaveText(/^1 of/)
  // As if the page had been closed before that could be written down.
  const was = await page.evaluate(async () => {
    const [found] = await indexedDB.databases()
    const opening = indexedDB.open(found!.name!, found!.version)
    await new Promise((resolve) => (opening.onsuccess = resolve))
    const store = opening.result.objectStoreNames[0]!
    const writing = opening.result.transaction(store, 'readwrite')
    const key = writing.objectStore(store).getKey('progress:01-premiers-pas/01-premier-contact')
    writing.objectStore(store).delete('progress:01-premiers-pas/01-premier-contact')
    await new Promise((resolve) => (writing.oncomplete = resolve))
    opening.result.close()
    return key.result
  })
  expect(was).toBeDefined()
  await page.reload()
  await facteur.prints('Connection closed')
  await expect(page.getByText('All goals are reached. Well done!')).toBeVisible()
  await page.goto('./?lang=en')
  await facteur.prints(/\$ /)
  await expect(count(page)).toHaveText(/^1 of/)
  await expect(page.getByRole('button', { name: /^Go on with/ })).toContainText('first message')

  await page.getByRole('button', { name: 'Certificate' }).press('Enter')
  const certificate = page.getByRole('dialog', { name: 'Certificate' })
  await certificate.getByLabel('Your name').fill('Zoé <b>Martin</b>')
  await expect(certificate.locator('.name')).toHaveText('Zoé <b>Martin</b>')
  await expect(certificate.getByRole('row', { name: /First contact/ })).toContainText('without help')
  await sound(page, 'certificate', 'dialog.certificate')
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('#app')).toBeHidden()
  await expect(certificate.getByText('Your name, as it shall')).toBeHidden()
  await expect(certificate.locator('table')).toBeVisible()
  await page.emulateMedia({ media: null })
  await page.keyboard.press('Escape')
  await expect(certificate).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Certificate' })).toBeFocused()

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save results to a file' }).click(),
  ])
  const results = (await (await file.createReadStream()).toArray()).join('')
  expect(JSON.parse(results)).toMatchObject({
    facteur: 'results',
    name: 'Zoé <b>Martin</b>',
    lessons: { [first]: { helped: false } },
  })

  await page.getByRole('button', { name: 'Forget what was done' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Delete all of it' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(count(page)).toHaveText(/^0 of/)
  await expect(count(other)).toHaveText(/^0 of/)
  await expect(page.getByRole('button', { name: /^Begin with/ })).toContainText('First contact')
  const bring = async (text: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Read results from a file' }).click(),
    ])
    await chooser.setFiles({ name: 'results.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  }
  await bring('{"facteur":1}')
  await expect(page.getByText('This file holds no results of Facteur.')).toBeVisible()
  await bring(results)
  await expect(page.getByText('Lessons that came with the file: 1.')).toBeVisible()
  await expect(count(page)).toHaveText(/^1 of/)
  expect(heard).toEqual([])
})

for (const [language, theme] of [
  ['en', 'light'],
  ['fr', 'dark'],
] as const)
  test(`map, lesson and certificate are sound, ${language}, ${theme}, wide and on a phone`, async ({ page }) => {
    const heard = complaints(page)
    const facteur = new Facteur(page)
    const keepsIn = async (where: string) =>
      expect([where, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([where, 0])
    await facteur.open(`?lang=${language}&theme=${theme}`)
    await page.locator('#side summary').first().waitFor()
    await sound(page, 'map', '#side')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.locator('nav.switch button').first().click()
    await sound(page, 'map on a phone')
    await keepsIn('map')
    await page.locator('#side .on').click()
    await expect(page.locator('section.goals')).toBeVisible()
    await sound(page, 'lesson on a phone')
    await keepsIn('lesson')
    await page.locator('section.goals button[aria-expanded=false]').click()
    await page.locator('.goals li button').first().click()
    await sound(page, 'goals on a phone')
    await keepsIn('goals')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.locator('.facts button').click()
    await page
      .locator('section.lesson details summary')
      .first()
      .click({ timeout: 500 })
      .catch(() => {})
    for (const button of await page.locator('section[aria-label] .ways button').all()) await button.click()
    await sound(page, 'lesson', '#side')
    expect(heard).toEqual([])
  })

test('a question by keyboard: each wrong answer keeps what was said of it; a card and a word of the glossary explain', async ({
  page,
}) => {
  const facteur = new Facteur(page)
  const id = '02-le-dialogue/01-helo-et-ehlo'
  await facteur.open(`?lang=en&lesson=${id}`)
  await page.getByRole('button', { name: 'All steps' }).press('Enter')
  const read = lessonFromFiles(lessonFiles(root, id), id)
  if ('errors' in read) throw new Error('checked elsewhere')
  const [question] = read.lesson.questions
  const form = page.locator(`[data-question=${question!.id}]`)
  const radios = form.getByRole('radio')
  const check = form.getByRole('button', { name: 'Check' })
  await expect(check).toBeDisabled()
  await radios.first().focus()
  await page.keyboard.press('Space')
  const said: string[] = []
  for (const label of await form.locator('label').allInnerTexts()) {
    const answer = question!.answers.find(({ en }) => plain(en) === label.trim())!
    await page.keyboard.press('Enter')
    await expect(form.getByRole('status')).toContainText(plain(answer.because.en))
    for (const before of said) await expect(form).toContainText(before)
    said.push(plain(answer.because.en))
    if (answer.right) break
    await expect(check).toBeVisible()
    await page.keyboard.press('ArrowDown')
  }
  await expect(check).toHaveCount(0)
  await expect(form.locator('label.right')).toHaveCount(1)

  const card = page.getByRole('complementary', { name: 'Command card: EHLO' })
  await expect(card).toContainText('EHLO SP')
  await card.getByText('Replies').press('Enter')
  await expect(card.locator('dt').filter({ hasText: '250' })).toBeVisible()
  await expect(card.getByRole('link')).toHaveAttribute('href', /rfc5321#section-4\.1\.1\.1$/)

  const word = page.locator('.text .term').first()
  await word.press('Enter')
  const meaning = page.locator('[popover]:popover-open')
  await expect(meaning).toBeVisible()
  await sound(page, 'word', '[popover]:popover-open')
  await page.keyboard.press('Escape')
  await expect(meaning).toHaveCount(0)
  await expect(word).toBeFocused()
  await sound(page, 'lesson', '#side')
})

test('what the text names is looked at, sat down at, and waited for', async ({ page }) => {
  const facteur = new Facteur(page)
  await page.addInitScript(() => localStorage.setItem('facteur.steps', 'all'))
  await facteur.open('?lang=en&lesson=04-le-relais/02-votre-domaine')
  const text = page.locator('.text')
  await text.locator('[data-see=dns]').first().press('Enter')
  await expect(page.locator('#right-dns')).toHaveAttribute('aria-selected', 'true')
  const at = text.locator('[data-at]').first()
  const host = (await at.getAttribute('data-at'))!
  await at.press('Enter')
  await expect(page.locator('.strip [role=tab][aria-selected=true]')).toContainText(host.split('.')[0]!)
  await page.goto('./?lang=en&lesson=04-le-relais/04-stocker-et-reessayer')
  await expect(page.locator('.text [data-skip]').first()).toHaveText('Skip')
})

test('what a trial has shown stays, whatever is done afterwards, and over a reload', async ({ page }) => {
  const id = '04-le-relais/02-votre-domaine'
  const files = lessonFiles(root, id)
  const world = parseWorld(files['world.yaml']!, 'world.yaml')
  if ('errors' in world) throw new Error('checked elsewhere')
  const { sim } = playLesson(
    { goals: [] },
    world.world,
    { text: files['solution.txt']!, file: 'solution.txt' },
    { say },
  )
  const saved = () => ({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from(savedText({ lesson: id, journal: sim.journal(), closed: [] })),
  })
  await new Facteur(page).open(`?lang=en&lesson=${id}`)
  const goals = goalsOf(page).locator('li')
  const journal = page.locator('input[type=file][accept*=json]')
  await journal.setInputFiles(saved())
  await expect(goals.and(page.locator('[data-state=earned]'))).toHaveCount(await goals.count())

  // The trial would fail now: nobody receives for the domain any more.
  sim.act({ act: 'fault', fault: 'down secours.moi.example' })
  sim.drain()
  await journal.setInputFiles(saved())
  await expect(page.getByText('secours.moi.example').first()).toBeVisible()
  await expect(goals.and(page.locator('[data-state=earned]'))).toHaveCount(await goals.count())
  await page.reload()
  await expect(goals).not.toHaveCount(0)
  await expect(goals.and(page.locator('[data-state=earned]'))).toHaveCount(await goals.count())
})

test('on a phone the end of a lesson is told where one types, and not any more in the next one', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const facteur = new Facteur(page)
  await facteur.visit(`?lang=en&lesson=${first}`)
  const parts = page.locator('nav.switch')
  // The lesson comes in front when it is there.
  await expect(parts.getByRole('button', { name: 'Lesson' })).toHaveAttribute('aria-current', 'true')
  await parts.getByRole('button', { name: 'Terminal' }).click()
  await facteur.prints(/\$ /)
  await page.locator('.xterm').click()
  await facteur.say(...SOLUTION)
  const told = page.getByText('All goals of the lesson are reached.')
  await expect(told).toBeVisible()
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await page.getByRole('button', { name: 'Next lesson' }).click()
  await expect(page).toHaveURL(/lesson=[^&]*02-/)
  await expect(told).toHaveCount(0)
})

test('in an exam there are goals and a new start, and no hints and no solution', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open(`?lang=en&exam=1&lesson=${first}`)
  await expect(goalsOf(page).getByRole('listitem')).not.toHaveCount(0)
  await expect(goalsOf(page).getByRole('button', { name: /hint/ })).toHaveCount(0)
  await expect(page.locator('.ways button')).toHaveText(['Start the lesson anew'])
})

test('an unknown lesson says so, and the world opens', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open('?lang=en&lesson=nonsense')
  await expect(page.getByText('There is no lesson “nonsense” here.')).toBeVisible()
})

test('who lives here: a click types it, another machine opens in a tab of its own', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await page.getByRole('tab', { name: 'Who lives here' }).click()
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('dig ')
  await page.locator('#side').getByRole('button', { name: 'mx1.rennes.example', exact: true }).click()
  await facteur.prints(/dig mx1\.rennes\.example/)
  await page.getByRole('button', { name: 'Sit at pc-claire' }).click()
  await facteur.prints(/claire@pc-claire:~\$ /)
  await expect(page.getByRole('tab', { name: /claire/ })).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('tab', { name: /alice@/ }).click()
  await facteur.prints(/dig mx1\.rennes\.example/)
})
