/**
 * Sessions to look at, played in Node and opened in the page as a file: what has happened is there at once, and each test
 * has the same.
 */
import { expect, type Locator, type Page } from '@playwright/test'
import { savedText } from '../../src/core/lesson/saved.ts'
import type { ViewId } from '../../src/app/view-ids.ts'
import type { MailRequest } from '../../src/core/mua/requests.ts'
import type { WorldFile } from '../../src/core/world/schema.ts'
import { Sim } from '../../src/core/world/sim.ts'
import { readWorld } from '../../src/node/worlds.ts'
import { translator, type Language } from '../../src/texts/index.ts'

export const SUBJECT = 'Zephyr'

export class Session {
  readonly sim: Sim
  private seats = 0

  constructor(language: Language, file: WorldFile = readWorld('campus')) {
    this.sim = new Sim(file, { say: (spoken, key, values) => translator(spoken === 'fr' ? 'fr' : 'en')(key, values) })
    this.sim.act({ act: 'language', language })
  }

  sit(user: string, host: string): this {
    this.sim.open(`t${++this.seats}`, host, user)
    this.sim.drain()
    return this
  }

  say(...lines: readonly string[]): this {
    for (const line of lines) {
      this.sim.type(`t${this.seats}`, `${line}\n`)
      this.sim.drain()
    }
    return this
  }

  /** A file at home. */
  lay(user: string, host: string, name: string, data: string): this {
    this.sim.layFile(host, user, `/home/${user}/${name}`, data)
    return this
  }

  /** A click in a person's mail program. */
  click(user: string, host: string, request: MailRequest): this {
    this.sim.act({ act: 'mail', host, user, request })
    this.sim.drain()
    return this
  }

  text(): string {
    return savedText({ lesson: null, journal: this.sim.journal(), closed: [] })
  }
}

/** A mail that is relayed, one that fails, one that waits, look-ups, an IMAP session that is open, and a mail program that has looked for mail. */
export function lived(language: Language): string {
  return new Session(language)
    .sit('alice', 'pc-alice.rennes.example')
    .say('dig MX lyon.example', `echo Hello | mail -s ${SUBJECT} claire@lyon.example`)
    .say('echo Where | mail -s Lost nemo@lyon.example', 'echo When | mail -s Late x@panne.example')
    .sit('alice', 'pc-alice.rennes.example')
    .click('alice', 'pc-alice.rennes.example', { ask: 'get' })
    .say('telnet mx1.rennes.example 143', 'a1 LOGIN alice tournesol', 'a2 SELECT INBOX', 'a3 FETCH 1 (FLAGS ENVELOPE)')
    .text()
}

export async function openJournal(page: Page, text: string): Promise<void> {
  await page
    .locator('input[type=file][accept*=json]')
    .setInputFiles({ name: 'session.json', mimeType: 'application/json', buffer: Buffer.from(text) })
}

/** The panel of a view, which is put in front. */
export async function look(page: Page, id: ViewId): Promise<Locator> {
  await page.locator(`#right-${id}`).click()
  const panel = page.locator(`#right-${id}-panel`)
  await expect(panel).toBeVisible()
  await expect(panel.locator('.loading')).toHaveCount(0)
  return panel
}

/** Every look that a view offers (as a picture, in words ...), one after the other. */
export async function inEveryLook(panel: Locator, see: (look: string) => Promise<void>): Promise<void> {
  await see('as it opens')
  const looks = panel.getByRole('group').filter({ has: panel.page().locator(':scope > button[aria-pressed=true]') })
  for (const name of await looks.getByRole('button', { pressed: false }).allInnerTexts()) {
    await looks.getByRole('button', { name, exact: true }).click({ timeout: 3_000 })
    await see(name)
  }
}

/** What the browser complains of, and what nobody has caught. */
export function complaints(page: Page): string[] {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && heard.push(message.text()))
  return heard
}
