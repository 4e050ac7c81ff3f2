/** Plays a script in the page as a learner would: lines and keys at terminals, the clock's own button, machines that are stopped, zones that are edited. */
import { expect, type Page } from '@playwright/test'
import { bindLatest, fill, type Bindings } from '../../src/core/lesson/expect.ts'
import { parseScript, type Script, type Step } from '../../src/core/lesson/script.ts'
import type { WorldFile } from '../../src/core/world/schema.ts'
import { translator, type Language, type Translate } from '../../src/texts/index.ts'
import '../../src/texts/views/lesson.ts'
import '../../src/texts/views/network.ts'
import '../../src/texts/views/zone.ts'
import { look } from './lived.ts'
import { Facteur } from './page.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 }
const KEYS = { interrupt: 'Control+c', eof: 'Control+d', escape: 'Control+]' } as const

export class Learner {
  private readonly page: Page
  private readonly world: WorldFile
  private readonly script: Script
  private readonly t: Translate
  /** Words that the world said, and the script says again. */
  private readonly bindings: Bindings = new Map()
  /** Terminals of the script by their number: the ids of their tabs. */
  private readonly seats = new Map<number, string>()
  /** The one that has the keyboard. */
  private front: string | null = null

  constructor(page: Page, world: WorldFile, solution: string, language: Language) {
    const read = parseScript(solution, 'solution')
    if ('errors' in read) throw new Error(read.errors.map(({ message }) => message).join('\n'))
    this.page = page
    this.world = world
    this.script = read.script
    this.t = translator(language)
  }

  async play(): Promise<void> {
    for (const step of this.script.steps) await this.take(step)
    await this.quiet()
  }

  private async take(step: Step): Promise<void> {
    const { page } = this
    switch (step.step) {
      case 'type':
        await this.sit(step.terminal)
        await new Facteur(page).type(fill(step.text, this.bindings))
        await page.keyboard.press('Enter')
        return this.quiet()
      case 'key':
        await this.sit(step.terminal)
        await page.keyboard.press(KEYS[step.key])
        return this.quiet()
      case 'skip':
        await page.locator('header .skip').click()
        this.front = null
        return this.quiet()
      case 'wait':
        return this.wait(step.duration)
      case 'fault':
        return step.fault.startsWith('zone ') ? this.zone(step.fault) : this.fault(step.fault)
      case 'printed': {
        if (!/\$[a-z]/.test(step.text)) return
        await this.sit(step.terminal)
        // The screen is drawn a moment later: what is read too early may be what was said the time before.
        await expect
          .poll(async () => {
            bindLatest(step.text, await new Facteur(page).still(), this.bindings)
            return fill(step.text, this.bindings)
          })
          .not.toMatch(/\$[a-z]/)
        return
      }
      case 'mailbox':
        return
      default:
        throw new Error(`line ${step.line}: in the page nobody can ${step.step}`)
    }
  }

  /** Nothing is on its way any more. */
  private async quiet(): Promise<void> {
    await this.page.waitForFunction(
      () => document.querySelector<HTMLElement>('header .clock')?.dataset['state'] === 'quiet',
      null,
      { polling: 10 },
    )
  }

  /** At the terminal of this number, which is in front then and has the keyboard. */
  private async sit(number: number): Promise<void> {
    const { page, script, seats } = this
    const known = seats.get(number)
    if (known !== undefined && this.front === known) return
    if (known !== undefined) {
      // The keyboard goes with the pointer into the terminal.
      await page.locator(known).click()
      this.front = known
      return
    }
    const host = script.host.get(number) ?? script.host.get(1) ?? this.world.people[0]!.host
    const first = seats.size === 0 && host === this.world.people[0]?.host
    if (first) await page.locator('.xterm-helper-textarea').first().focus()
    else await this.open(host)
    const id = await page.locator('.strip [role=tab][aria-selected=true]').getAttribute('id')
    this.front = `#${id}`
    seats.set(number, this.front)
  }

  /** Another machine: by the list above the terminals where somebody sits there, else by the lesson's own button. */
  private async open(host: string): Promise<void> {
    const { page, t } = this
    const person = this.world.people.find((other) => other.host === host)
    if (!person) return page.locator(`section.lesson [data-at="${host}"]`).first().click()
    await page.getByRole('button', { name: t('terminal.new'), exact: true }).click()
    const name = t('terminal.of', { user: person.name, host })
    await page.locator('#seats').getByRole('button', { name, exact: true }).click()
  }

  /** By the clock's button, as long as what comes next comes within that time. */
  private async wait(duration: number): Promise<void> {
    const skip = this.page.locator('header .skip')
    for (let left = duration; await skip.isEnabled();) {
      const text = (await skip.locator('.next').innerText()).split(/\s:|: /)[0]!
      const span = [...text.matchAll(/(\d+(?:[.,]\d+)?)\s(ms|s|min|h|d)\b/g)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * UNITS[unit!]!,
        0,
      )
      if (span > left) return
      left -= span
      await skip.click()
      this.front = null
      await this.quiet()
    }
  }

  private async fault(text: string): Promise<void> {
    const { page, t } = this
    const [, what, host] = /^(down|up) (\S+)$/.exec(text) ?? []
    if (host === undefined) throw new Error(`no learner can do this in the page: ${text}`)
    const panel = await look(page, 'network')
    await panel.locator(`[data-host="${host}"]`).click()
    await panel.getByRole('button', { name: t(what === 'down' ? 'network.stop' : 'network.start') }).click()
    this.front = null
    await this.quiet()
  }

  private async zone(text: string): Promise<void> {
    const { page, t } = this
    const [, origin = '', on, sign, record = ''] = /^zone (\S+)(?: on (\S+))? ([+-]) (.+)$/.exec(text)!
    const panel = await look(page, 'dns')
    const known = panel.getByRole('button', { name: t('zone.edit', { origin }), exact: true })
    if ((await known.count()) > 0) await known.click()
    else {
      await panel.getByRole('button', { name: t('zone.new') }).click()
      const form = panel.locator('form')
      await form.getByRole('textbox').fill(origin)
      if (on !== undefined) await form.getByRole('combobox').selectOption(on)
      await form.getByRole('textbox').press('Enter')
    }
    const editor = panel.getByRole('group', { name: t('zone.editing', { origin }) })
    await editor.getByRole('button', { name: t('zone.look.text') }).click()
    const field = editor.getByRole('textbox')
    const before = await field.inputValue()
    const words = record.split(/\s+/)
    const kept = before.split('\n').filter((line) => sign === '+' || !words.every((word) => line.includes(word)))
    if (sign === '-') expect(kept.length, `${text}, of\n${before}`).toBeLessThan(before.split('\n').length)
    await field.fill(sign === '+' ? `${before}${record}\n` : kept.join('\n'))
    await editor.getByRole('button', { name: t('zone.put') }).click()
    this.front = null
    await this.quiet()
  }
}
