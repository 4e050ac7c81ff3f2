import fc from '../../fast-check.ts'
import { describe, expect, test } from 'vitest'
import { after, draw, undraw, visible, type CellWidth } from '../../../src/app/terminal/layout.ts'

/** Letters have one cell, 宽 two, the combining accent none. */
const width: CellWidth = (code) => (code === 0x301 ? 0 : code > 0x2e80 ? 2 : 1)

/** A terminal of the few sequences that the editor uses, to look at what it draws. */
class Paper {
  cells: string[][] = [[]]
  row = 0
  column = 0
  private readonly columns: number

  constructor(columns: number) {
    this.columns = columns
  }

  write(text: string): this {
    for (const [token, count, letter] of text.matchAll(/\x1b\[(\d*)([ACJ])|[^]/gu)) {
      if (letter === 'A') this.row -= Number(count)
      else if (letter === 'C') this.column += Number(count)
      else if (letter === 'J') {
        this.cells.length = this.row + 1
        this.cells[this.row]!.length = Math.min(this.cells[this.row]!.length, this.column)
      } else if (token === '\r') this.column = 0
      else this.put(token)
    }
    return this
  }

  private put(character: string): void {
    const cells = width(character.codePointAt(0)!)
    if (cells === 0) return
    if (this.column + cells > this.columns) {
      this.row++
      this.column = 0
    }
    const row = (this.cells[this.row] ??= [])
    while (row.length < this.column) row.push(' ')
    row[this.column] = character
    if (cells === 2) row[this.column + 1] = ''
    this.column += cells
  }

  get text(): string {
    return this.cells.map((row) => row.join('').trimEnd()).join('\n')
  }
}

const screen = { columns: 10, rows: 24 }

describe('where text stands', () => {
  test('wide characters wrap whole, combining ones take no room', () => {
    expect(after('123456789宽', { row: 0, column: 0 }, 10, width)).toEqual({ row: 1, column: 2 })
    expect(after('e\u0301e', { row: 0, column: 8 }, 10, width)).toEqual({ row: 0, column: 10 })
    expect(after('ab\nc', { row: 0, column: 3 }, 10, width)).toEqual({ row: 1, column: 1 })
  })

  test('the cursor stands where the next character will, also behind a full row', () => {
    for (const [text, cursor] of [
      ['abc', 1],
      ['12345678', 8],
      ['12345678', 3],
      ['1234567812345678901234', 9],
      ['宽宽宽宽宽', 4],
    ] as const) {
      const paper = new Paper(10).write('$ ')
      paper.write(draw({ text, cursor }, 2, screen, width).output)
      const spot = after(text.slice(0, cursor), { row: 0, column: 2 }, 10, width)
      const full = spot.column === 10
      expect([paper.row, paper.column]).toEqual(full ? [spot.row + 1, 0] : [spot.row, spot.column])
    }
  })

  test('what was drawn can be taken away without a trace, whatever the text and the cursor', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '宽', 'e\u0301'), maxLength: 90 })
    fc.assert(
      fc.property(text, fc.nat(100), fc.nat(9), (typed, at, column) => {
        const prompt = '$'.repeat(column)
        const paper = new Paper(10).write(prompt)
        const drawing = draw({ text: typed, cursor: Math.min(at, typed.length) }, column, screen, width)
        paper.write(drawing.output)
        expect(paper.row).toBe(drawing.cursorRow)
        paper.write(undraw(drawing.cursorRow, column, 10))
        expect(paper.text).toBe(prompt)
        expect([paper.row, paper.column]).toEqual([0, column])
      }),
    )
  })

  test('a line that is longer than the screen shows the part around its cursor', () => {
    const drawing = draw(
      { text: `${'a'.repeat(500)}X${'b'.repeat(500)}`, cursor: 501 },
      2,
      { columns: 10, rows: 6 },
      width,
    )
    expect(drawing.output).toMatch(/^…a+Xb+…/)
    expect(drawing.cursorRow).toBeLessThan(6)
  })

  test('control characters can be seen', () => expect(visible('a\tb\x1b\x7f\x9b')).toBe('a␉b␛␡\ufffd'))
})
