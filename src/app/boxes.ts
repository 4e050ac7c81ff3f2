/** Where each part of an arrangement and each border between them stands, as lengths of CSS: the page divides itself where nobody did. */
import { elastic, heightsOf, rowOf, type Arrangement, type Column, type Part } from './arrangement.ts'

export interface Box {
  x: string
  y: string
  width: string
  height: string
}

export interface Border {
  x: string
  y: string
  length: string
  /** Between parts side by side: it changes a width; else a height. */
  upright: boolean
  /** The part whose size it changes, and which side of that one stays: the one toward the page's start or its end. */
  of: Part
  from: 'start' | 'end'
  column: number
  /** The place in the column of the part above it; null: it is the column's own. */
  above: number | null
}

export interface Boxes {
  parts: ReadonlyMap<Part, Box>
  borders: readonly Border[]
}

/** `lying`: as rows. */
export function boxesOf(arrangement: Arrangement, lying: boolean): Boxes {
  const rest = elastic(arrangement)
  const fixed = arrangement.map((column, at) => (at === rest ? null : widthOf(column, arrangement.length, lying)))
  const others = fixed.flatMap((width) => width ?? [])
  const widths = fixed.map((width) => width ?? (others.length === 0 ? '100%' : `100% - ${others.join(' - ')}`))
  const parts = new Map<Part, Box>()
  const borders: Border[] = []
  for (const [at, column] of arrangement.entries()) {
    const x = sum(widths.slice(0, at))
    const width = sum([widths[at]!])
    if (at > 0) {
      const by = at <= rest ? { column: at - 1, from: 'start' as const } : { column: at, from: 'end' as const }
      const of = arrangement[by.column]!.parts[0]!
      borders.push({ ...by, of, above: null, upright: true, x, y: '0%', length: '100%' })
    }
    const heights = heightsIn(column, lying)
    for (const [place, part] of column.parts.entries()) {
      const y = sum(heights.slice(0, place))
      if (place > 0) {
        const above = place - 1
        const of = column.parts[above]!
        borders.push({ column: at, from: 'start', of, above, upright: false, x, y, length: width })
      }
      parts.set(part, { x, y, width, height: sum([heights[place]!]) })
    }
  }
  return lying ? laid({ parts, borders }) : { parts, borders }
}

/** Columns on their side are rows. */
const laid = ({ parts, borders }: Boxes): Boxes => ({
  parts: new Map(
    [...parts].map(([part, { x, y, width, height }]) => [part, { x: y, y: x, width: height, height: width }]),
  ),
  borders: borders.map(({ x, y, upright, ...border }) => ({ ...border, x: y, y: x, upright: !upright })),
})

/** A column that nobody set is as wide as what it holds likes to be, and less where there are many. */
function widthOf({ parts, width }: Column, columns: number, lying: boolean): string {
  if (width !== null) return `${width}%`
  if (lying) return `${rowOf(columns)}%`
  const crowded = columns > 3
  if (parts.every((part) => part === 'lesson')) return crowded ? '16%' : 'clamp(15.5rem, 24%, 28rem)'
  return crowded ? '27%' : 'clamp(22rem, 32%, 64rem)'
}

/** In a row that nobody set the lesson takes what its lines like to have. */
function heightsIn(column: Column, lying: boolean): string[] {
  const { parts, heights } = column
  if (!lying || heights !== null || parts.length === 1 || !parts.includes('lesson'))
    return heightsOf(column).map((height) => `${height}%`)
  const lesson = 'clamp(15rem, 32%, 20rem)'
  return parts.map((part) => (part === 'lesson' ? lesson : `(100% - ${lesson}) / ${parts.length - 1}`))
}

const sum = (lengths: readonly string[]) => (lengths.length === 0 ? '0%' : `calc(${lengths.join(' + ')})`)
