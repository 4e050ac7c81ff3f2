/**
 * Where the bits of a step are drawn. Both sides share the columns, so that one sees how the same bits are cut in two ways:
 * a bit stands in one column above and below; what only one side has (a mark, a sign) has columns of its own.
 */
import type { Cell, Step } from '../../core/message/steps/run.ts'

/** So many columns fit on a telephone. */
const WIDEST = 24

/** A cell, or the part of it that stands in this row. */
export interface Drawn {
  readonly cell: Cell
  /** Its place among the cells of its side: its colour. */
  readonly tone: number
  readonly column: number
  readonly span: number
  /** It began in the row above. */
  readonly continued: boolean
}

/** One bit; a mark is the form's own. */
export interface Bit {
  readonly column: number
  readonly bit: string
  readonly mark: boolean
  /** Begins a cell of its side. */
  readonly first: boolean
  /** The colour of the cell it comes from, -1 for none (a mark, or a zero that fills up): bits keep it on their way. */
  readonly tone: number
  /** No cell takes it. */
  readonly lost: boolean
}

export interface Row {
  readonly columns: number
  readonly before: readonly Drawn[]
  readonly bitsBefore: readonly Bit[]
  readonly bitsAfter: readonly Bit[]
  readonly after: readonly Drawn[]
}

type Side = 'before' | 'after'
interface Column {
  /** Which bit of the line; -1: the column belongs to one side. */
  readonly bit: number
  readonly side: Side | null
  readonly mark: string
  /** The cell whose mark or sign it is. */
  readonly cell: Cell | null
  /** A row may begin here. */
  readonly seam: boolean
}

const isSign = ({ kind }: Cell): boolean => kind === 'sign'

/** A pad is as wide as the group it stands for. */
function signWidth(cell: Cell, cells: readonly Cell[]): number {
  return cells.some(({ kind }) => kind === 'group') ? 6 : Math.max(3, cell.character.length)
}

function columnsOf({ bits, before, after }: Step): Column[] {
  const columns: Column[] = []
  const finer = before.length > after.length ? before : after
  const seams = new Set(finer.map(({ from }) => from))
  for (let bit = 0; bit <= bits.length; bit++) {
    let seam = seams.has(bit)
    const add = (column: Omit<Column, 'seam'>) => {
      columns.push({ ...column, seam })
      seam = false
    }
    for (const [side, cells] of [['before', before] as const, ['after', after] as const]) {
      for (const cell of cells) {
        if (cell.from !== bit) continue
        const own = isSign(cell) ? ' '.repeat(signWidth(cell, cells)) : cell.mark
        for (const mark of own) add({ bit: -1, side, mark, cell })
      }
    }
    if (bit < bits.length) add({ bit, side: null, mark: '', cell: null })
  }
  return columns
}

/** Cuts the columns in rows, where a cell of the finer side begins. */
function rowsOf(columns: readonly Column[]): Column[][] {
  const rows: Column[][] = []
  for (let at = 0; at < columns.length;) {
    let end = Math.min(at + WIDEST, columns.length)
    if (end < columns.length) {
      let seam = end
      while (seam > at && !columns[seam]!.seam) seam--
      if (seam > at) end = seam
    }
    rows.push(columns.slice(at, end))
    at = end
  }
  return rows
}

const covers = ({ from, to }: Cell, bit: number): boolean => bit >= from && bit < to

function cellsIn(row: readonly Column[], cells: readonly Cell[], side: Side, drawn: Set<Cell>): Drawn[] {
  const found: Drawn[] = []
  cells.forEach((cell, tone) => {
    const own = row.flatMap((column, k) =>
      column.cell === cell || (column.bit >= 0 && covers(cell, column.bit)) ? [k] : [],
    )
    if (own.length === 0) return
    const column = own[0]! + 1
    found.push({ cell, tone, column, span: own.at(-1)! + 2 - column, continued: drawn.has(cell) })
    drawn.add(cell)
  })
  return found.filter(({ cell }) => !isSign(cell) || row.some((column) => column.side === side && column.cell === cell))
}

function bitsIn(row: readonly Column[], step: Step, side: Side): Bit[] {
  const cells = step[side]
  let last: Cell | null = null
  return row.flatMap(({ bit, side: own, mark, cell }, k): Bit[] => {
    if (bit < 0 && (own !== side || mark === ' ')) return []
    const holder = bit < 0 ? cell : (cells.find((each) => covers(each, bit)) ?? null)
    const first = holder !== last
    last = holder
    const tone = bit < 0 ? -1 : step.before.findIndex((each) => covers(each, bit))
    const lost = bit >= 0 && !step.after.some((each) => covers(each, bit))
    return [{ column: k + 1, bit: bit < 0 ? mark : step.bits[bit]!, mark: bit < 0, first, tone, lost }]
  })
}

/** Null where no bit moves. */
export function pictureOf(step: Step): Row[] | null {
  if (step.bits === '') return null
  const drawn = { before: new Set<Cell>(), after: new Set<Cell>() }
  return rowsOf(columnsOf(step)).map((row) => ({
    columns: row.length,
    before: cellsIn(row, step.before, 'before', drawn.before),
    bitsBefore: bitsIn(row, step, 'before'),
    bitsAfter: bitsIn(row, step, 'after'),
    after: cellsIn(row, step.after, 'after', drawn.after),
  }))
}
