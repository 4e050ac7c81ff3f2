/**
 * Text of strangers (letters, DNS, worlds, links, whatever is typed) is shown as text in every view: nothing in it steers
 * a terminal, becomes an element, turns the writing around, or makes the page slow to use.
 */
import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { linkTo } from '../../src/app/link.ts'
import { readSaved } from '../../src/core/lesson/saved.ts'
import { viewIds } from '../../src/app/view-ids.ts'
import type { WorldFile } from '../../src/core/world/schema.ts'
import { parseWorld } from '../../src/core/world/parse.ts'
import { complaints, inEveryLook, look, openJournal, Session } from './lived.ts'
import { Facteur } from './page.ts'

test.use({ viewport: { width: 1440, height: 900 } })

/** Clears the screen, sets the title, fills the clipboard, makes a link, asks the terminal who it is. */
const ESCAPES =
  '\x1b[2J\x1b[H\x1b]0;stolen\x07\x1b]52;c;c3RvbGVu\x07\x1b]8;;http://evil.example/\x1b\\link\x1b]8;;\x1b\\\x1b[6n\x1bc'
const HTML = '<img src=x onerror=document.title="stolen"><script>document.title="stolen"</script><svg onload=alert(1)>'
const MERMAID = '%%{init: {"theme":"dark"}}%% end ; # note over p1: wrap: `x` &quot; --> x'
/** Override, isolate, mark; and C1 controls, as UTF-8. */
const TURNED = 'a\u202ecod.exe\u202c \u2066b\u2069 \u200f \u009b2J \u0085'
const LONG = 'x'.repeat(100_000)
const EVIL = `${HTML} ${MERMAID} ${TURNED} ${ESCAPES}`

/** As YAML and JSON may write it. */
const ascii = (text: string) =>
  text.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

const utf8 = (text: string) => Buffer.from(text).toString('latin1')

const letter = utf8(
  [
    `From: "${HTML}" <alice@rennes.example>`,
    `To: "${TURNED}" <claire@lyon.example>`,
    `Subject: ${EVIL}`,
    `X-Long: ${LONG.slice(0, 900)}`,
    `Received: from ${HTML} by ${ESCAPES}; never`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `${EVIL}\0`,
    LONG,
    '--b',
    'Content-Type: text/html',
    '',
    HTML,
    '--b',
    `Content-Type: application/x; name="${TURNED}"`,
    `Content-Disposition: attachment; filename="../${HTML.replaceAll('"', '')}${TURNED}"`,
    '',
    EVIL,
    '--b--',
    '',
  ].join('\n'),
)

function session(file?: WorldFile): Session {
  return new Session('en', file)
    .sit('alice', 'pc-alice.rennes.example')
    .lay('alice', 'pc-alice.rennes.example', 'evil.eml', letter)
    .say('sendmail claire@lyon.example < evil.eml', 'sendmail nemo@lyon.example < evil.eml')
    .say('sendmail x@panne.example < evil.eml', `dig TXT '${EVIL}'`, 'dig TXT rennes.example')
    .say(`mail -s '${EVIL}' bruno@rennes.example`, EVIL, '.')
    .say('telnet mx1.rennes.example 25', `EHLO ${HTML}${TURNED}`, `NOOP ${EVIL}`, `MAIL FROM:<"${HTML}"@x>`, LONG)
    .say(EVIL)
}

const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/

/** Where a control character stands in what the page shows or says, or an element that only a stranger would bring. */
function foreign(page: Page): Promise<string[]> {
  return page.evaluate((controls) => {
    const found: string[] = []
    const pattern = new RegExp(controls)
    const where = (element: Element | null) => `${element?.tagName} ${element?.className}`
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const { name, value } of node.attributes) {
          if (pattern.test(value)) found.push(`${where(node)} ${name}`)
          if (/^on/.test(name)) found.push(`${where(node)} has ${name}`)
        }
        if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement)
          if (pattern.test(node.value)) found.push(`${where(node)} value`)
      } else if (pattern.test(node.nodeValue ?? ''))
        found.push(`${where(node.parentElement)}: ${node.nodeValue?.slice(0, 80)}`)
    }
    for (const element of document.body.querySelectorAll(
      'script, img, object, embed, foreignObject, iframe:not([sandbox=""])',
    ))
      found.push(element.outerHTML.slice(0, 120))
    return [...new Set(found)]
  }, CONTROLS.source)
}

async function harmlessEverywhere(page: Page, facteur: Facteur): Promise<void> {
  const title = await page.title()
  for (const id of viewIds) {
    const panel = await look(page, id)
    await inEveryLook(panel, async (name) => {
      expect.soft([id, name, await foreign(page)]).toEqual([id, name, []])
    })
  }
  expect(await page.title()).toBe(title)
  // It is still there to be used.
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['QUIT', 'closed by foreign host'], ['echo still here', /\nstill here/])
}

test('from letters and from what is typed, in every view and look', async ({ page }) => {
  const heard = complaints(page)
  page.on('dialog', (dialog) => heard.push(dialog.message()))
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await openJournal(page, session().text())
  await facteur.prints(/500 [^]*500 /)
  await harmlessEverywhere(page, facteur)

  // The letter itself, in each way of looking at it.
  const panel = await look(page, 'mailboxes')
  const claire = panel.getByRole('region', { name: 'Mailbox claire/INBOX' })
  await claire.locator('[data-letter]').filter({ hasText: '<img' }).first().click()
  const message = page.getByRole('region', { name: 'The open message' })
  for (const tab of await message.getByRole('tab').all()) {
    await tab.click()
    await expect(message).toContainText('onerror')
    expect.soft([await tab.innerText(), await foreign(page)]).toEqual([await tab.innerText(), []])
  }
  // In the terminal nothing of it is obeyed: it stands there to be read, and the title is what it was.
  await page.locator('.xterm-helper-textarea').focus()
  await facteur.say(['cat evil.eml', /␛\s*\[2J[^]*--b--/], ['echo after', /--b--[^]*\nafter/])
  expect(await page.title()).not.toContain('stolen')
  expect(heard).toEqual([])
})

test('from a world file: titles, people, TXT records, host names', async ({ page }) => {
  const heard = complaints(page)
  // Through the door that every world goes through.
  const text = [
    ['{ en: Three organisations, fr: Trois organisations }', { en: EVIL, fr: EVIL }],
    ['Bruno Leroy,', EVIL],
    [`'@ TXT "v=spf1 mx -all"'`, `@ TXT "${HTML.replaceAll('"', '')} ${TURNED} ${ESCAPES.replaceAll('\\', '')}"`],
  ].reduce<string>(
    (yaml, [mild, wild]) =>
      yaml.replaceAll(mild as string, () => ascii(JSON.stringify(wild)) + (/,$/.exec(mild as string)?.[0] ?? '')),
    readFileSync(new URL('../../src/worlds/campus.yaml', import.meta.url), 'utf8'),
  )
  const read = parseWorld(text, 'evil.yaml')
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  const evil = read.world
  await page.route(/\/assets\/campus-/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: `export default ${JSON.stringify(evil)}` }),
  )
  const facteur = new Facteur(page)
  await facteur.open('?lang=en')
  await openJournal(page, session(evil).text())
  await facteur.prints(/500 [^]*500 /)
  for (const tab of await page.locator('section.lesson').getByRole('tab').all()) {
    await tab.click()
    expect(await foreign(page)).toEqual([])
  }
  await harmlessEverywhere(page, facteur)
  expect(heard).toEqual([])
})

test('from a link', async ({ page, baseURL }) => {
  const heard = complaints(page)
  const saved = readSaved(session().text())!
  const link = await linkTo(
    {
      saved,
      until: null,
      view: HTML,
      language: 'en',
      layout: { page: { more: HTML, alone: EVIL }, side: EVIL, terminal: EVIL },
    },
    `${baseURL}?lang=en`,
  )
  const facteur = new Facteur(page)
  await page.addInitScript(() => localStorage.setItem('facteur.speed', '0'))
  await page.goto(link)
  await facteur.prints(/500 [^]*500 /)
  await expect(page.getByText('You see what somebody else has done')).toBeVisible()
  await harmlessEverywhere(page, facteur)
  expect(heard).toEqual([])
})
