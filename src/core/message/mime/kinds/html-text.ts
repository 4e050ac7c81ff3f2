/**
 * HTML as plain text, for people and for a search: tags fall away, blocks become lines, quotes get their `>`, references
 * their characters. What is not meant to be read (scripts, style sheets, the title) is dropped.
 *
 * One pass, each character once: a tag, a comment or a script without an end reaches to the end of the text, as it does in a
 * browser.
 */
import { decodeEntities } from './html-entities.ts'

/** What stands on lines of its own, and what has an empty line around it as well. */
const BLOCKS = new Set(
  'address article aside body center dd details div dl dt fieldset figcaption figure footer form header html legend li main nav option section summary tbody tfoot thead tr'.split(
    ' ',
  ),
)
const PARAGRAPHS = new Set('blockquote dir h1 h2 h3 h4 h5 h6 hr menu ol p pre table ul'.split(' '))

/** Their content is no HTML, and nothing to read. */
const UNREAD = new Set('script style title iframe noembed noframes'.split(' '))

/** Quotes deeper than this get no more marks. */
const DEEPEST = 20

export function htmlText(html: string): string {
  const lines = new TextLines()
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at)
    if (open !== at) lines.text(decodeEntities(html.slice(at, open < 0 ? html.length : open)))
    if (open < 0) break
    at = markup(html, open, lines)
  }
  return lines.end()
}

const TAG = /<(\/?)([A-Za-z][A-Za-z0-9]*)/y

/** Reads what begins with `<`, and gives where the text goes on. */
function markup(html: string, open: number, lines: TextLines): number {
  if (html.startsWith('<!--', open)) return behind(html, '-->', open + 2)
  TAG.lastIndex = open
  const tag = TAG.exec(html)
  if (!tag) {
    if (/[!?/]/.test(html[open + 1] ?? '')) return behind(html, '>', open)
    lines.text('<')
    return open + 1
  }
  const end = tagEnd(html, TAG.lastIndex)
  const name = tag[2]!.toLowerCase()
  if (tag[1] === '/') lines.close(name)
  else {
    lines.open(name, html.slice(TAG.lastIndex, end))
    if (UNREAD.has(name)) return unreadEnd(html, name, end)
  }
  return end
}

function behind(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from)
  return at < 0 ? html.length : at + mark.length
}

/** Behind the `>` of a tag: one in quotes is part of an attribute's value. */
function tagEnd(html: string, from: number): number {
  const next = /[>"']/g
  next.lastIndex = from
  for (let found; (found = next.exec(html)) !== null;) {
    if (found[0] === '>') return next.lastIndex
    // A quote counts only where a value begins.
    if (!/=\s{0,9}$/.test(html.slice(Math.max(from, found.index - 10), found.index))) continue
    const close = html.indexOf(found[0], next.lastIndex)
    if (close < 0) return html.length
    next.lastIndex = close + 1
  }
  return html.length
}

function unreadEnd(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}`, 'gi')
  end.lastIndex = from
  return end.test(html) ? end.lastIndex - name.length - 2 : html.length
}

class TextLines {
  readonly #lines: string[] = []
  #line: string[] = []
  #quotes = 0
  #preformatted = 0
  #lists: (number | null)[] = []
  /** A blank is due before the next word. */
  #blank = false
  /** An empty line is due before the next line, between two with so many quotes; null where none is. */
  #gap: number | null = null

  text(text: string): void {
    if (this.#preformatted > 0) {
      text.split(/\r\n|\r|\n/).forEach((line, index) => {
        if (index > 0) this.#newLine(true)
        if (line !== '') this.#put(line)
      })
      return
    }
    // The no-break space is no white space of this kind: it stays.
    const words = text.split(/[ \t\r\n\f]+/)
    words.forEach((word, index) => {
      if (index > 0) this.#blank = true
      if (word !== '') this.#put(word)
    })
  }

  open(name: string, attributes: string): void {
    if (name === 'br') return this.#newLine(true)
    this.#block(name)
    if (name === 'blockquote') this.#quotes++
    else if (name === 'pre') this.#preformatted++
    else if (name === 'ul' || name === 'menu' || name === 'dir') this.#lists.push(null)
    else if (name === 'ol') this.#lists.push(0)
    else if (name === 'li') this.#item()
    else if (name === 'td' || name === 'th') this.#cell()
    else if (name === 'hr') {
      this.#put('-'.repeat(40))
      this.#block(name)
    } else if (name === 'img') {
      const alt = /\balt=(?:"([^"]*)"|'([^']*)')/i.exec(attributes)
      const words = decodeEntities(alt?.[1] ?? alt?.[2] ?? '').trim()
      if (words !== '') this.text(`[${words}]`)
    }
  }

  close(name: string): void {
    if (name === 'ul' || name === 'ol' || name === 'menu' || name === 'dir') this.#lists.pop()
    this.#block(name)
    if (name === 'blockquote') this.#quotes = Math.max(0, this.#quotes - 1)
    else if (name === 'pre') this.#preformatted = Math.max(0, this.#preformatted - 1)
  }

  end(): string {
    this.#newLine(false)
    const text = this.#lines.join('\n').replace(/\u00a0/g, ' ')
    return text === '' ? '' : `${text}\n`
  }

  #block(name: string): void {
    if (PARAGRAPHS.has(name)) {
      this.#newLine(false)
      // Lists in lists follow each other without a gap.
      if (this.#lists.length === 0 || name === 'p') this.#gap = this.#quotes
    } else if (BLOCKS.has(name)) this.#newLine(false)
  }

  #item(): void {
    const number = this.#lists.at(-1)
    if (typeof number === 'number') this.#lists[this.#lists.length - 1] = number + 1
    const indent = '  '.repeat(Math.min(Math.max(this.#lists.length - 1, 0), DEEPEST))
    this.#put(`${indent}${typeof number === 'number' ? `${number + 1}.` : '-'}`)
    this.#blank = true
  }

  #cell(): void {
    if (this.#line.length === 0) return
    this.#blank = false
    this.#line.push('  ')
  }

  #put(word: string): void {
    if (this.#line.length === 0) {
      if (this.#gap !== null && this.#lines.length > 0) {
        this.#lines.push(marks(Math.min(this.#gap, this.#quotes)).trimEnd())
      }
      this.#gap = null
      this.#line.push(marks(this.#quotes))
    } else if (this.#blank) this.#line.push(' ')
    this.#blank = false
    this.#line.push(word)
  }

  /** Ends the line; an empty one stays only where it is meant. */
  #newLine(meant: boolean): void {
    if (this.#line.length > 0) this.#lines.push(this.#line.join('').trimEnd())
    else if (meant && this.#lines.length > 0) this.#lines.push(marks(this.#quotes).trimEnd())
    this.#line = []
    this.#blank = false
  }
}

const marks = (quotes: number): string => '> '.repeat(Math.min(quotes, DEEPEST))
