/** Where each part of an arrangement and each border between them stands, as lengths of CSS: the page divides itself where nobody did. */
import { elastic, heightsOf, type Arrangement, type Column, type Part } from './arrangement.ts'

export interface Box {
  x: string
  y: string
  width: string
  height: string
}

/** `column`: whose width it changes. `above`: the part whose height it changes, by its place in the column. */
export type Border = { x: string; y: string; length: string } & (
  { along: 'column'; column: number; from: 'start' | 'end' } | { along: 'row'; column: number; above: number }
)

export interface Boxes {
  parts: ReadonlyMap<Part, Box>
  borders: readonly Border[]
}

export function boxesOf(arrangement: Arrangement): Boxes {
  const rest = elastic(arrangement)
  const fixed = arrangement.map((column, at) => (at === rest ? null : widthOf(column, arrangement.length)))
  const others = fixed.flatMap((width) => width ?? [])
  const widths = fixed.map((width) => width ?? (others.length === 0 ? '100%' : `100% - ${others.join(' - ')}`))
  const parts = new Map<Part, Box>()
  const borders: Border[] = []
  for (const [at, column] of arrangement.entries()) {
    const x = sum(widths.slice(0, at))
    if (at > 0) {
      const by = at <= rest ? { column: at - 1, from: 'start' as const } : { column: at, from: 'end' as const }
      borders.push({ along: 'column', ...by, x, y: '0%', length: '100%' })
    }
    let y = 0
    for (const [place, height] of heightsOf(column).entries()) {
      const width = sum([widths[at]!])
      if (place > 0) borders.push({ along: 'row', column: at, above: place - 1, x, y: `${y}%`, length: width })
      parts.set(column.parts[place]!, { x, y: `${y}%`, width, height: `${height}%` })
      y += height
    }
  }
  return { parts, borders }
}

/** A column that nobody set is as wide as what it holds likes to be, and less where there are many. */
function widthOf({ parts, width }: Column, columns: number): string {
  if (width !== null) return `${width}%`
  const crowded = columns > 3
  if (parts.every((part) => part === 'lesson')) return crowded ? '16%' : 'clamp(15.5rem, 24%, 28rem)'
  return crowded ? '27%' : 'clamp(22rem, 32%, 64rem)'
}

const sum = (widths: readonly string[]) => (widths.length === 0 ? '0%' : `calc(${widths.join(' + ')})`)
