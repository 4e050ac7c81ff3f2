/** Where text stands on a screen that wraps: how many rows it takes, and in which column it ends. */

/** Cells of a code point: 0 for what combines, 2 for what is wide. The terminal's own table is given. */
export type CellWidth = (codePoint: number) => number

export interface Spot {
  row: number
  /** May be `columns` itself: the row is full, and the next character begins a new one. */
  column: number
}

/** Where the cursor stands after `text` was written from `start` on. Line ends begin a row at column 0. */
export function after(text: string, start: Spot, columns: number, width: CellWidth): Spot {
  let { row, column } = start
  for (const character of text) {
    if (character === '\n') {
      row++
      column = 0
      continue
    }
    const cells = width(character.codePointAt(0)!)
    if (column + cells > columns) {
      row++
      column = 0
    }
    column += cells
  }
  return { row, column }
}

/** Control characters in a line that is being edited, as one visible character each. */
export const visible = (text: string) =>
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) =>
    c < ' ' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : c === '\u007f' ? '\u2421' : '\ufffd',
  )

export interface Drawing {
  /** What to write, the cursor being at `column` of the first row: the text, then moves to the cursor's place. */
  output: string
  /** Rows between the first one and the cursor: what `undraw` has to go up again. */
  cursorRow: number
}

/**
 * Draws an edited line behind what stands in the row already. A text that would not fit on the screen shows the part
 * around its cursor: a terminal cannot go back to what it has scrolled away.
 */
export function draw(
  edited: { text: string; cursor: number },
  column: number,
  screen: { columns: number; rows: number },
  width: CellWidth,
): Drawing {
  const { columns, rows } = screen
  const start = { row: 0, column: column % columns }
  const { text, cursor } = windowed(edited, Math.max(columns, columns * (rows - 1) - start.column))
  const end = after(text, start, columns, width)
  const at = after(text.slice(0, cursor), start, columns, width)
  let output = text
  // A full row leaves the terminal waiting at its edge: a blank makes it wrap, and the cursor goes in front of it.
  for (const spot of [end, at]) {
    if (spot.column < columns) continue
    spot.row++
    spot.column = 0
  }
  if (end.column === 0 && text !== '') output += ' \r'
  if (end.row > at.row) output += `\x1b[${end.row - at.row}A`
  if (end.row !== at.row || end.column !== at.column) {
    output += '\r'
    if (at.column > 0) output += `\x1b[${at.column}C`
  }
  return { output, cursorRow: at.row }
}

/** Takes the edited line away again and leaves the cursor where it began. */
export function undraw(cursorRow: number, column: number, columns: number): string {
  const back = column % columns
  return `${cursorRow > 0 ? `\x1b[${cursorRow}A` : ''}\r${back > 0 ? `\x1b[${back}C` : ''}\x1b[J`
}

function windowed({ text, cursor }: { text: string; cursor: number }, cells: number): { text: string; cursor: number } {
  const shown = visible(text)
  // Every character may be wide.
  const room = Math.floor(cells / 2) - 2
  if (shown.length <= room) return { text: shown, cursor }
  const from = Math.max(0, cursor - Math.floor(room / 2))
  const [head, tail] = [from > 0 ? '…' : '', from + room < shown.length ? '…' : '']
  return { text: head + shown.slice(from, from + room) + tail, cursor: cursor - from + head.length }
}
