/** What was measured, as medians beside each other. */

/** Row by row, column by column: what each round gave. */
export type Measured = Map<string, Map<string, number[]>>

export function add(measured: Measured, row: string, column: string, value: number): void {
  const columns = measured.get(row) ?? new Map<string, number[]>()
  measured.set(row, columns)
  columns.set(column, [...(columns.get(column) ?? []), value])
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Row by row, column by column. */
export type Medians = Record<string, Record<string, number>>

export function medians(measured: Measured): Medians {
  return Object.fromEntries(
    [...measured].map(([row, columns]) => [
      row,
      Object.fromEntries([...columns].map(([column, values]) => [column, median(values)])),
    ]),
  )
}

/** The last column says how the first compares with the fastest of the others. */
export function table(title: string, found: Medians): string {
  const columns = [...new Set(Object.values(found).flatMap((row) => Object.keys(row)))]
  const number = (value: number | undefined) =>
    value === undefined ? '-' : value.toLocaleString('en', { maximumFractionDigits: 0 })
  const lines = [
    [title, ...columns, ...(columns.length > 1 ? ['ratio'] : [])],
    ...Object.entries(found).map(([row, values]) => {
      const [one, ...others] = columns.map((column) => values[column])
      const there = others.filter((other) => other !== undefined)
      const ratio = one === undefined || there.length === 0 ? [] : [(one / Math.max(...there)).toFixed(2)]
      return [row, ...columns.map((column) => number(values[column])), ...ratio]
    }),
  ]
  const widest = Math.max(...lines.map(([first]) => first!.length))
  return lines
    .map(([first, ...rest]) => first!.padEnd(widest) + rest.map((cell) => cell.padStart(13)).join(''))
    .join('\n')
}
