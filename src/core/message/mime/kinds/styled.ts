/**
 * A text with styles, as a tree: what text/enriched and text/richtext become before a page shows them. It is safe: styles
 * are of one list, and their parameters of a form that can be put into a page.
 */

/** RFC 1896, and below the line what only RFC 1341 had. */
export const styles = [
  'bold',
  'italic',
  'fixed',
  'smaller',
  'bigger',
  'underline',
  'center',
  'flushleft',
  'flushright',
  'flushboth',
  'nofill',
  'paraindent',
  'excerpt',
  'color',
  'fontfamily',
  'lang',
  //
  'indent',
  'indentright',
  'outdent',
  'outdentright',
  'subscript',
  'superscript',
  'heading',
  'footing',
  'paragraph',
  'signature',
] as const

export type Style = (typeof styles)[number]

export type StyledNode =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'page' }
  /** `parameter`: a colour as `#rrggbb` or a name, a font's name, `left,in`, a language; null where it has no good one. */
  | { kind: 'style'; style: Style; parameter: string | null; content: StyledNode[] }

type StyleNode = Extract<StyledNode, { kind: 'style' }>

/** Styles in styles; deeper than this they change nothing any more. */
const DEEPEST = 50

export class StyledText {
  readonly root: StyledNode[] = []
  readonly #open: StyleNode[] = []
  readonly #depths = new Map<Style, number>()
  #text: string[] = []
  /** Styles that were opened too deep, and will be closed. */
  #skipped = 0

  text(text: string): void {
    if (text !== '') this.#text.push(text)
  }

  break(): void {
    this.#add({ kind: 'break' })
  }

  page(): void {
    this.#add({ kind: 'page' })
  }

  isOpen(style: Style): boolean {
    return (this.#depths.get(style) ?? 0) > 0
  }

  open(style: Style): void {
    if (this.#open.length >= DEEPEST) {
      this.#skipped++
      return
    }
    const node: StyleNode = { kind: 'style', style, parameter: null, content: [] }
    this.#add(node)
    this.#open.push(node)
    this.#depths.set(style, (this.#depths.get(style) ?? 0) + 1)
  }

  /** What was opened inside and not closed ends with it. */
  close(style: Style): void {
    if (this.#skipped > 0) this.#skipped--
    else if (this.isOpen(style)) {
      this.#flush()
      for (let closed: Style | null = null; closed !== style;) {
        closed = this.#open.pop()!.style
        this.#depths.set(closed, this.#depths.get(closed)! - 1)
      }
    }
  }

  /** Belongs to the style that was opened right before it. */
  parameter(text: string): void {
    const node = this.#open.at(-1)
    if (node && node.content.length === 0 && this.#text.length === 0) node.parameter ??= safe(node.style, text)
  }

  end(): StyledNode[] {
    this.#flush()
    return this.root
  }

  #add(node: StyledNode): void {
    this.#flush()
    this.#here().push(node)
  }

  #flush(): void {
    if (this.#text.length > 0) this.#here().push({ kind: 'text', text: this.#text.join('') })
    this.#text = []
  }

  #here(): StyledNode[] {
    return this.#open.at(-1)?.content ?? this.root
  }
}

const COLOURS = new Set(['red', 'blue', 'green', 'yellow', 'cyan', 'magenta', 'black', 'white'])

function safe(style: Style, text: string): string | null {
  const value = text.trim()
  switch (style) {
    case 'color': {
      if (COLOURS.has(value.toLowerCase())) return value.toLowerCase()
      // RFC 1896: three times four hexadecimal digits; a page takes the upper two of each.
      const parts = /^([0-9a-f]{2})[0-9a-f]{2},([0-9a-f]{2})[0-9a-f]{2},([0-9a-f]{2})[0-9a-f]{2}$/i.exec(value)
      return parts ? `#${parts[1]!}${parts[2]!}${parts[3]!}`.toLowerCase() : null
    }
    case 'fontfamily':
      return /^[\p{L}\d -]{1,60}$/u.test(value) ? value : null
    case 'paraindent':
      return /^(?:left|right|in|out)(?:,(?:left|right|in|out)){0,9}$/i.test(value) ? value.toLowerCase() : null
    case 'lang':
      return /^[A-Za-z0-9-]{1,30}$/.test(value) ? value : null
    default:
      return null
  }
}

/** The text alone. */
export function plainText(nodes: readonly StyledNode[]): string {
  return nodes
    .map((node) => (node.kind === 'text' ? node.text : node.kind === 'style' ? plainText(node.content) : '\n'))
    .join('')
}
