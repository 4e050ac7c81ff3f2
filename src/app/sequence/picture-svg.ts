/**
 * The picture of the sequence as a file of its own: everything that it needs is in it, colours are resolved, fonts are stacks
 * of names. It is written as text, so nothing that came over a wire goes into it but through `xml`.
 */
import type { FoldedSession } from '../../core/views/folding.ts'
import { rowKind, serviceKind } from '../../core/views/row-kinds.ts'
import type { Connections } from '../../core/views/connections.ts'
import type { Row } from '../../core/views/rows.ts'
import { isSealed, wentWrong } from '../../core/views/words.ts'
import { columns, cut, labelAt, within, type Columns } from './geometry.ts'

export interface PictureLine {
  row: Row
  time: string
  text: string
  /** The state that comes of it; '' where none is to be shown. */
  moved: string
  folded: FoldedSession | null
}

export interface PictureLook {
  title: string
  colour: (name: string) => string
  mono: string
  sans: string
}

export interface Svg {
  text: string
  width: number
  height: number
}

/** What an XML document may hold (XML 1.0, 2.2), and marks that would turn a line around made visible. */
export function xml(text: string): string {
  return text
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (mark) => `\\u{${mark.charCodeAt(0).toString(16)}}`)
    .replace(/[\t\r\n]+/g, ' ')
    .replace(
      /[\x00-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

const ROW = 32
const HEAD = 52
const GUTTER = 70
const CHARACTER = 7.45
/** Between two lifelines: wide for few, narrower for many. */
const COLUMN = { few: 250, many: 180 }

export function pictureSvg(lines: readonly PictureLine[], connections: Connections, look: PictureLook): Svg {
  const hosts = [...new Set(lines.flatMap(({ row }) => (row.from === '' ? [] : [row.from, row.to])))]
  const column = hosts.length > 4 ? COLUMN.many : COLUMN.few
  const places = columns(hosts, Math.max(560, GUTTER + hosts.length * column), {
    ...{ row: ROW, gutter: GUTTER, column, character: CHARACTER },
  })
  const { width } = places
  const height = HEAD + (lines.length + 1) * ROW
  const { colour } = look
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" direction="ltr">`,
    `<title>${xml(look.title)}</title>`,
    `<style>text{font:12px ${css(look.mono)};fill:${css(colour('ink'))};white-space:pre}.h{font:600 13px ${css(look.sans)}}.s{font-size:10.5px}.t{fill:${css(colour('ink-soft'))}}</style>`,
    `<rect width="${width}" height="${height}" fill="${xml(colour('paper'))}"/>`,
  ]
  for (const [host, x] of places.x) {
    parts.push(`<path d="M${x} ${HEAD - 8}V${height - 8}" stroke="${xml(colour('rule'))}" stroke-width="1.5"/>`)
    parts.push(
      `<text class="h" x="${x}" y="${HEAD - 20}" text-anchor="middle">${xml(cut(host, places.each - 8, 7.4))}</text>`,
    )
  }
  let before = ''
  lines.forEach((line, at) => {
    const time = line.time === before ? '' : line.time
    before = line.time
    const drawing = new LineDrawing(line, connections, places, look)
    parts.push(`<g transform="translate(0 ${HEAD + at * ROW})">`)
    if (time !== '') parts.push(`<text class="t" x="8" y="24">${xml(time)}</text>`)
    parts.push(...drawing.parts(), '</g>')
  })
  parts.push('</svg>\n')
  return { text: parts.join('\n'), width, height }
}

/** In a style sheet nothing may end it, or begin another rule; a font stack and a colour have no need of these. */
const css = (value: string) => value.replace(/[<>{};&\\@]/g, '').replaceAll('"', "'")

class LineDrawing {
  private readonly line: PictureLine
  private readonly look: PictureLook
  private readonly seen
  private readonly tone: string
  private readonly from: number
  private readonly to: number

  constructor(line: PictureLine, connections: Connections, { x, width }: Columns, look: PictureLook) {
    const { row, folded } = line
    this.line = line
    this.look = look
    this.seen = { left: GUTTER, right: width - 8 }
    this.from = x.get(row.from) ?? GUTTER
    this.to = x.get(row.to) ?? GUTTER
    const wrong = wentWrong(row) || (folded?.wrong ?? false)
    this.tone = xml(look.colour(wrong ? 'bad' : toneOf(row, folded !== null, connections)))
  }

  parts(): string[] {
    const { row, folded } = this.line
    if (row.from === '') return this.across()
    if (folded || row.row === 'tls') return this.bar()
    return this.from === this.to ? this.box() : this.arrow()
  }

  private across(): string[] {
    const { left, right } = this.seen
    const text = cut(this.line.text, right - left, CHARACTER)
    return [
      `<path d="M${left} ${ROW / 2}H${right}" stroke="${this.tone}" stroke-dasharray="2 4"/>`,
      this.label((left + right - text.length * CHARACTER) / 2, ROW / 2 + 4, text),
    ]
  }

  private box(): string[] {
    const { left, right } = this.seen
    const text = cut(this.line.text, right - left - 20, CHARACTER)
    const width = text.length * CHARACTER + 20
    const x = within(this.from - width / 2, width, this.seen)
    const fill = xml(
      this.look.colour(this.line.row.row === 'dns' ? 'sheet' : wentWrong(this.line.row) ? 'bad-wash' : 'mail-wash'),
    )
    return [
      `<rect x="${x}" y="4" width="${width}" height="${ROW - 8}" rx="4" fill="${fill}" stroke="${this.tone}"/>`,
      this.text(x + 10, ROW / 2 + 4, text),
    ]
  }

  private bar(): string[] {
    const [first, last] = [Math.min(this.from, this.to), Math.max(this.from, this.to)]
    const text = cut(this.line.text, this.seen.right - this.seen.left - 24, CHARACTER)
    const width = Math.max(last - first + 24, text.length * CHARACTER + 24)
    const x = within((first + last - width) / 2, width, this.seen)
    const fill = xml(this.look.colour(this.line.folded ? 'sheet' : 'good-wash'))
    return [
      `<rect x="${x}" y="4" width="${width}" height="${ROW - 8}" rx="12" fill="${fill}" stroke="${this.tone}" stroke-width="1.5"/>`,
      this.text(x + (width - text.length * CHARACTER) / 2, ROW / 2 + 4, text),
    ]
  }

  private arrow(): string[] {
    const { row, moved } = this.line
    const { from, to, tone, seen } = this
    const side = to < from ? -1 : 1
    const base = 24
    const crossed = wentWrong(row) && row.row !== 'reply'
    const end = to - side * (crossed ? 26 : 3)
    const heavy = row.row === 'content' || row.row === 'chunk' || row.row === 'data'
    const dash = row.row === 'reply' ? ' stroke-dasharray="5 4"' : ''
    const label = labelAt(`${isSealed(row) ? '\u{1f512} ' : ''}${this.line.text}`, from, to, seen, CHARACTER)
    const parts = [
      `<path d="M${from + side * 3} ${base}H${end}" stroke="${tone}" stroke-width="${heavy ? 4 : 1.6}"${dash}/>`,
    ]
    if (crossed)
      parts.push(`<path d="M${to - side * 20 - 5} ${base - 5}l10 10m0-10l-10 10" stroke="${tone}" stroke-width="2.2"/>`)
    else if (row.row === 'close')
      parts.push(`<path d="M${to - side * 4} ${base - 6}v12" stroke="${tone}" stroke-width="1.6"/>`)
    else {
      const tip = to - side * 2
      const fill = row.row === 'command' || heavy ? tone : 'none'
      parts.push(
        `<path d="M${tip - side * 8} ${base - 4.5}L${tip} ${base}l${-side * 8} 4.5" fill="${fill}" stroke="${tone}" stroke-width="1.6"/>`,
      )
    }
    // A question that was answered is one row: an arrow at both ends.
    if (row.row === 'dns' && row.result !== null && !crossed) {
      const tip = from + side * 2
      parts.push(
        `<path d="M${tip + side * 8} ${base - 4.5}L${tip} ${base}l${side * 8} 4.5" fill="none" stroke="${tone}" stroke-width="1.6"/>`,
      )
    }
    if (row.row === 'connect') parts.push(`<circle cx="${from}" cy="${base}" r="3.5" fill="${tone}"/>`)
    parts.push(this.label(label.x, base - 7, label.text))
    if (moved !== '') {
      const width = moved.length * 6.5 + 12
      const x = within(from - width / 2, width, seen)
      const sheet = xml(this.look.colour('sheet'))
      parts.push(
        `<rect x="${x}" y="${base - 3}" width="${width}" height="12" rx="6" fill="${sheet}" stroke="${tone}"/>`,
      )
      parts.push(`<text class="s" x="${x + 6}" y="${base + 6}">${xml(moved)}</text>`)
    }
    return parts
  }

  private text(x: number, y: number, text: string): string {
    return `<text x="${x}" y="${y}">${xml(text)}</text>`
  }

  /** With a rim of paper around its letters, so that a lifeline behind them does not disturb. */
  private label(x: number, y: number, text: string): string {
    const paper = xml(this.look.colour('paper'))
    return `<text x="${x}" y="${y}" stroke="${paper}" stroke-width="3" paint-order="stroke">${xml(text)}</text>`
  }
}

function toneOf(row: Row, folded: boolean, connections: Connections): string {
  if (row.row === 'tls' && !folded) return 'tls'
  if (folded) return plain(serviceKind(row.conn === null ? '' : (connections.get(row.conn)?.service ?? '')))
  if (row.row === 'connect' || row.row === 'close' || row.row === 'lost') return 'tcp'
  return plain(rowKind(row, connections))
}

const plain = (kind: string) => (kind === 'other' ? 'tcp' : kind)
