/**
 * How the page is arranged: columns side by side, and in each of them parts one above the other. Plain data and what can be
 * done to it, as a tiling window manager does: nothing overlaps, nothing gets lost. Rows, one above the other, are columns
 * laid on their side: the same data, in which left means up, and width means height.
 */
export const parts = ['lesson', 'terminals', 'views', 'more'] as const
export type Part = (typeof parts)[number]
export type Direction = 'left' | 'right' | 'up' | 'down'

export interface Column {
  readonly parts: readonly Part[]
  /** Percent of the page; null where the page decides. */
  readonly width: number | null
  /** Percent of the column, a number a part; null: all alike. */
  readonly heights: readonly number[] | null
}

export type Arrangement = readonly Column[]

/** What a column may be narrowed and widened to, and a part of it in height. */
export const limits = { width: { least: 10, most: 70 }, height: { least: 15, most: 85 } } as const

/** What a column takes of the page where nobody has set it, in percent, as far as that is known here. */
const ABOUT = 20

const made = (...parts: Part[]): Column => ({ parts, width: null, heights: null })

/** Where each part stands at first, and comes back to: in columns, or in rows where the page is not wide. */
export const homes = {
  columns: [made('lesson'), made('terminals'), made('views', 'more')],
  rows: [made('lesson', 'terminals'), made('views', 'more')],
} as const satisfies Record<string, Arrangement>

/** A direction in rows is that one in columns, and the other way round. */
export const turned = { left: 'up', up: 'left', right: 'down', down: 'right' } as const satisfies Record<
  Direction,
  Direction
>

export const contains = (arrangement: Arrangement, part: Part) =>
  arrangement.some((column) => column.parts.includes(part))

/** From left to right, and in a column from above. */
export const inOrder = (arrangement: Arrangement): Part[] => arrangement.flatMap((column) => column.parts)

/** The others share its room as they share theirs. The last part stays: an empty page has nothing to bring it back with. */
export function without(arrangement: Arrangement, part: Part): Arrangement {
  const left = arrangement.flatMap((column) => {
    const rest = column.parts.filter((other) => other !== part)
    if (rest.length === column.parts.length) return [column]
    const split = column.heights?.filter((_, place) => column.parts[place] !== part) ?? []
    const heights = rest.length > 1 && split.length > 0 ? shared(split, 100) : null
    return rest.length > 0 ? [{ ...column, parts: rest, heights }] : []
  })
  return left.length > 0 ? left : arrangement
}

/** In the same proportions, as much as that together. */
const shared = (heights: readonly number[], together: number): number[] => {
  const sum = heights.reduce((all, height) => all + height, 0)
  return heights.map((height) => (height * together) / sum)
}

/** With the sizes of what is seen of it, where a part is left out: that one keeps its share of its column. */
export function sizedAs(arrangement: Arrangement, seen: Arrangement): Arrangement {
  return arrangement.map((column) => {
    const like = seen.find(({ parts }) => column.parts.includes(parts[0]!))
    if (!like) return column
    const { parts, width, heights } = like
    // Of a single part there is no height to be seen.
    if (parts.length === 1) return { ...column, width }
    if (heights === null || parts.length === column.parts.length) return { ...column, width, heights }
    const own = heightsOf(column)
    const share = own.reduce((all, height, place) => (parts.includes(column.parts[place]!) ? all + height : all), 0)
    const split = shared(heights, share)
    return { ...column, width, heights: column.parts.map((part, place) => split[parts.indexOf(part)] ?? own[place]!) }
  })
}

/** Beside those that it is at home with; else as a column of its own, before those that come after it there. */
export function withPart(arrangement: Arrangement, part: Part, homes: Arrangement): Arrangement {
  if (contains(arrangement, part)) return arrangement
  const at = homes.findIndex(({ parts }) => parts.includes(part))
  const mates = homes[at]!.parts
  const mate = mates.find((other) => contains(arrangement, other))
  if (mate !== undefined)
    return placed(arrangement, part, mate, mates.indexOf(part) < mates.indexOf(mate) ? 'up' : 'down')
  const later = inOrder(homes.slice(at + 1))
  const before = arrangement.findIndex(({ parts }) => parts.some((other) => later.includes(other)))
  return arrangement.toSpliced(before < 0 ? arrangement.length : before, 0, made(part))
}

/** With the parts of another one, each where it stands or at home. */
export function withPartsOf(arrangement: Arrangement, other: Arrangement, homes: Arrangement): Arrangement {
  const all = inOrder(other).reduce((sum, part) => withPart(sum, part, homes), arrangement)
  return parts.reduce((rest, part) => (contains(other, part) ? rest : without(rest, part)), all)
}

/** A part is put at one side of another. */
export function placed(arrangement: Arrangement, part: Part, beside: Part, side: Direction): Arrangement {
  if (part === beside) return arrangement
  const rest = contains(arrangement, part) ? without(arrangement, part) : arrangement
  const at = rest.findIndex((column) => column.parts.includes(beside))
  const column = rest[at]
  if (!column) return arrangement
  if (side === 'left' || side === 'right') return rest.toSpliced(side === 'left' ? at : at + 1, 0, made(part))
  const where = column.parts.indexOf(beside) + (side === 'down' ? 1 : 0)
  return rest.with(at, { ...column, parts: column.parts.toSpliced(where, 0, part), heights: null })
}

/**
 * A step by keys. Up and down within the column; to a side a part first leaves its column, and one that has a column to
 * itself joins its neighbour: two steps go past it.
 */
export function moved(arrangement: Arrangement, part: Part, direction: Direction): Arrangement {
  const at = arrangement.findIndex((column) => column.parts.includes(part))
  const column = arrangement[at]
  if (!column) return arrangement
  const place = column.parts.indexOf(part)
  if (direction === 'up' || direction === 'down') {
    const other = column.parts[place + (direction === 'up' ? -1 : 1)]
    return other === undefined ? arrangement : placed(arrangement, part, other, direction)
  }
  if (column.parts.length > 1)
    return placed(
      arrangement,
      part,
      column.parts.find((other) => other !== part)!,
      direction,
    )
  const neighbour = arrangement[at + (direction === 'left' ? -1 : 1)]
  return neighbour ? placed(arrangement, part, neighbour.parts.at(-1)!, 'down') : arrangement
}

/** What each row but the elastic one takes of the page where nobody has set it, in percent. */
export const rowOf = (rows: number) => Math.round(84 / rows)

/** The elastic column keeps some room, whatever the others are given; `about`: what those take that nobody has set. */
export function widened(arrangement: Arrangement, at: number, percent: number | null, about = ABOUT): Arrangement {
  const column = arrangement[at]
  if (!column) return arrangement
  if (percent === null) return arrangement.with(at, { ...column, width: null })
  const rest = elastic(arrangement)
  const others = arrangement.filter((_, other) => other !== at && other !== rest)
  const taken = others.reduce((sum, { width }) => sum + (width ?? about), 0)
  const { least, most } = limits.width
  const width = Math.max(least, Math.min(percent, most, 100 - least - taken))
  return arrangement.with(at, { ...column, width: Math.round(width * 10) / 10 })
}

/** Moves the border below the part `above` of a column; its neighbour gives or takes. Null: all alike again. */
export function heightened(arrangement: Arrangement, at: number, above: number, percent: number | null): Arrangement {
  const column = arrangement[at]
  if (!column) return arrangement
  if (percent === null) return arrangement.with(at, { ...column, heights: null })
  const heights = heightsOf(column)
  const both = heights[above]! + heights[above + 1]!
  const least = Math.min(limits.height.least, both / 2)
  const own = Math.min(both - least, Math.max(least, percent))
  return arrangement.with(at, { ...column, heights: heights.with(above, own).with(above + 1, both - own) })
}

export const heightsOf = (column: Column): readonly number[] =>
  column.heights ?? column.parts.map(() => 100 / column.parts.length)

/** The column that takes what the others leave: that of the terminals, else that of the views, else the last. */
export function elastic(arrangement: Arrangement): number {
  for (const part of ['terminals', 'views'] as const) {
    const at = arrangement.findIndex((column) => column.parts.includes(part))
    if (at >= 0) return at
  }
  return arrangement.length - 1
}

/** What was kept, or came with a link, is anybody's: null unless it is an arrangement. */
export function readArrangement(value: unknown): Arrangement | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > parts.length) return null
  const columns: Column[] = []
  const seen = new Set<Part>()
  for (const raw of value as unknown[]) {
    const { parts: names, width, heights } = (raw ?? {}) as Record<string, unknown>
    if (!Array.isArray(names) || names.length === 0) return null
    const known = names.map((name: unknown) => parts.find((part) => part === name))
    for (const part of known) {
      if (part === undefined || seen.has(part)) return null
      seen.add(part)
    }
    columns.push({
      parts: known as Part[],
      width: typeof width === 'number' && width >= limits.width.least && width <= limits.width.most ? width : null,
      heights: isSplit(heights, known.length) ? heights : null,
    })
  }
  return columns
}

const isSplit = (heights: unknown, count: number): heights is number[] =>
  Array.isArray(heights) &&
  heights.length === count &&
  heights.every((height: unknown) => typeof height === 'number' && height > 0) &&
  Math.abs(heights.reduce((sum: number, height: number) => sum + height, 0) - 100) < 1
