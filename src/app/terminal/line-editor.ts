/**
 * The line that is being typed. It is edited here, as telnet in line mode and a shell do it, and goes out as a whole on
 * Enter. No screen and no keys in this file: `keys.ts` says which key does what, `layout.ts` where the text stands.
 *
 * The cursor moves by what a person takes for one character: an e with its accent, a family of emoji.
 */

/** Made when it is first wanted: that takes longer than all else with which the page begins. */
let segmenter: Intl.Segmenter | null = null
const graphemes = (text: string) =>
  (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })).segment(text)

export class LineEditor {
  text = ''
  /** Between characters, in UTF-16 units. */
  cursor = 0
  /** Where in the history we are; below it the line that we left for it. What is changed in any of them stays. */
  private place: { lines: string[]; at: number } | null = null
  /** Lines that another one was put over before they were sent. They stand behind the history until they are. */
  private aside: string[] = []

  insert(text: string): void {
    this.put(this.cursor, this.cursor, text)
  }

  backspace(): void {
    this.put(this.before(), this.cursor, '')
  }

  delete(): void {
    this.put(this.cursor, this.after(), '')
  }

  left(): void {
    this.cursor = this.before()
  }

  right(): void {
    this.cursor = this.after()
  }

  wordLeft(): void {
    this.cursor = this.wordStart()
  }

  wordRight(): void {
    const rest = /^\s*\S*/.exec(this.text.slice(this.cursor))
    this.cursor += rest?.[0].length ?? 0
  }

  home(): void {
    this.cursor = 0
  }

  end(): void {
    this.cursor = this.text.length
  }

  killToEnd(): void {
    this.put(this.cursor, this.text.length, '')
  }

  killToStart(): void {
    this.put(0, this.cursor, '')
  }

  killWord(): void {
    this.put(this.wordStart(), this.cursor, '')
  }

  /** Gives the line and begins a new one. */
  take(): string {
    const { text, place, aside } = this
    const own = place === null ? -1 : place.at - (place.lines.length - 1 - aside.length)
    this.aside = aside.filter((_, at) => at !== own)
    this.set('')
    return text
  }

  /** A new line in the place of this one. */
  set(text: string): void {
    this.text = text
    this.cursor = text.length
    this.place = null
  }

  /** A line that somebody else has written; what was being typed is the one before it. */
  offer(line: string): void {
    this.aside = [...this.waiting, this.text].filter((text) => text !== '' && text !== line)
    this.set(line)
  }

  /** Lines that were typed and wait to be had back, the oldest first. */
  get waiting(): readonly string[] {
    const { place, aside, text } = this
    const below = place !== null && place.at < place.lines.length - 1 ? place.lines.at(-1)! : ''
    return [...new Set([...aside, below])].filter((line) => line !== '' && line !== text)
  }

  /** As it was left. */
  restore(text: string, waiting: readonly string[]): void {
    this.set(text)
    this.aside = [...waiting]
  }

  /** The line before in the history; what was being typed waits below it. */
  up(history: readonly string[]): void {
    this.place ??= { lines: [...history, ...this.aside, this.text], at: history.length + this.aside.length }
    this.move(this.place.at - 1)
  }

  down(): void {
    if (this.place) this.move(this.place.at + 1)
  }

  private move(to: number): void {
    const place = this.place!
    const line = place.lines[to]
    if (line === undefined) return
    place.lines[place.at] = this.text
    place.at = to
    this.text = line
    this.cursor = line.length
  }

  /** Puts text in the place of a part of the line; the cursor goes behind it. */
  put(from: number, to: number, by: string): void {
    this.text = this.text.slice(0, from) + by + this.text.slice(to)
    this.cursor = from + by.length
  }

  private before(): number {
    let last = 0
    for (const { index } of graphemes(this.text)) {
      if (index >= this.cursor) break
      last = index
    }
    return last
  }

  private after(): number {
    const next = graphemes(this.text).containing(this.cursor)
    return next ? next.index + next.segment.length : this.cursor
  }

  private wordStart(): number {
    const before = /\S*\s*$/.exec(this.text.slice(0, this.cursor))
    return before?.index ?? 0
  }
}
