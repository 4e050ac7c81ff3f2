/** What the browser tests do with the page, by keyboard as far as a person would. */
import { expect, type Locator, type Page } from '@playwright/test'

export class Facteur {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens the page where one types, at once instead of paced unless told otherwise. */
  async open(query = '?lang=en', speed = '0'): Promise<void> {
    await this.visit(query, speed)
    await this.prints(/\$ /)
  }

  /** Opens the page where something else may be in front of the terminal. */
  async visit(query: string, speed = '0'): Promise<void> {
    // Frames with a letter in them have no storage.
    await this.page.addInitScript((value) => self === top && localStorage.setItem('facteur.speed', value), speed)
    await this.page.goto(`./${query}`)
    await this.page.locator('.xterm-helper-textarea').waitFor({ state: 'attached' })
  }

  /**
   * The first word key by key; what follows comes at once, as from a keyboard on a phone: of all that the tests type that takes a
   * fifth of the time. Where each key matters a test presses them itself.
   */
  async type(line: string): Promise<void> {
    const { keyboard } = this.page
    const [first = ''] = /^\S*\s?/.exec(line) ?? []
    await keyboard.type(first)
    if (line !== first) await keyboard.insertText(line.slice(first.length))
  }

  /** Whole lines, each with Enter, each when the answer to the one before has come. */
  async say(...lines: readonly (string | [line: string, answer: string | RegExp])[]): Promise<void> {
    for (const line of lines) {
      const [text, answer] = typeof line === 'string' ? [line, null] : line
      await this.type(text)
      await this.page.keyboard.press('Enter')
      if (answer !== null) await this.prints(answer)
    }
  }

  /** What stands on the terminal, as a screen reader gets it. */
  async screen(): Promise<string> {
    return (await this.page.locator('.xterm-rows > div').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ')
  }

  /** The same, once nothing moves any more: what comes to stand below the terminal takes rows away from it a moment later. */
  async still(): Promise<string> {
    let last = ''
    // A terminal reads what was written in a task of its own, and draws it with the next frame.
    await this.page.evaluate(
      () =>
        new Promise<void>((done) => {
          requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => done())))
        }),
    )
    await expect.poll(async () => last === (last = await this.screen()), { intervals: [300] }).toBe(true)
    return last
  }

  async prints(text: string | RegExp): Promise<void> {
    await expect.poll(() => this.screen(), { timeout: 15_000 }).toMatch(text)
  }

  /** From row to row of the sequence: a machine that is busy draws what was picked a moment later. */
  async row(key: 'ArrowUp' | 'ArrowDown'): Promise<void> {
    const picked = () => this.page.locator('svg .picked').first().getAttribute('transform')
    const before = await picked()
    await this.page.keyboard.press(key)
    await expect.poll(picked).not.toBe(before)
  }

  /** The sequence in words, line by line; the last of them come a moment after the terminal has shown them. */
  async words(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'In words' }).click()
    return this.page.locator('section.views ol li')
  }
}
