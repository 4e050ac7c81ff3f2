/**
 * Where things stand on the map. The room is cut into columns; a frame takes as many of them as make it about square, and
 * frames are laid like bricks: the next one that fits goes where the wall is lowest. Same world, same width: same map.
 */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Sizes {
  /** Width of a column, at least and at most. */
  column: { least: number; most: number }
  /** Height of a card. */
  card: number
  /** Between cards, sideways and downwards. */
  gap: { x: number; y: number }
  /** Around the cards in a frame, above them, and between two frames. */
  frame: { pad: number; title: number; gap: number }
}

export interface Group {
  name: string | null
  hosts: readonly string[]
}

export interface Layout {
  height: number
  frames: { name: string | null; box: Box }[]
  cards: Map<string, Box>
}

export function layout(groups: readonly Group[], room: number, sizes: Sizes): Layout {
  const { column, card, gap, frame } = sizes
  const all = Math.max(1, Math.floor(room / column.least))
  const wide = (hosts: number) => Math.min(all, Math.ceil(Math.sqrt(hosts)))
  const count = Math.min(
    all,
    groups.reduce((sum, { hosts }) => sum + wide(hosts.length), 0),
  )
  const slot = Math.min(room / Math.max(count, 1), column.most)
  const left = (room - slot * count) / 2
  const heightOf = (hosts: number) => {
    const rows = Math.ceil(hosts / wide(hosts))
    return frame.title + frame.pad * 2 + rows * card + (rows - 1) * gap.y
  }

  const wall = Array.from({ length: count }, () => 0)
  const waiting = [...groups]
  const result: Layout = { height: 0, frames: [], cards: new Map() }
  while (waiting.length > 0) {
    const { at, length, y } = lowest(wall)
    const next = waiting.findIndex(({ hosts }) => wide(hosts.length) <= length)
    if (next < 0) {
      const beside = Math.min(wall[at - 1] ?? Infinity, wall[at + length] ?? Infinity)
      wall.fill(beside, at, at + length)
      continue
    }
    const [group] = waiting.splice(next, 1)
    const { name, hosts } = group!
    const columns = wide(hosts.length)
    const box = {
      x: left + at * slot + frame.gap / 2,
      y: y + frame.gap / 2,
      width: columns * slot - frame.gap,
      height: heightOf(hosts.length),
    }
    wall.fill(y + box.height + frame.gap, at, at + columns)
    result.frames.push({ name, box })
    const width = (box.width - frame.pad * 2 - gap.x * (columns - 1)) / columns
    for (const [place, host] of hosts.entries())
      result.cards.set(host, {
        x: box.x + frame.pad + (place % columns) * (width + gap.x),
        y: box.y + frame.title + frame.pad + Math.floor(place / columns) * (card + gap.y),
        width,
        height: card,
      })
  }
  result.height = Math.max(0, ...wall)
  return result
}

/** The lowest part of the wall, as wide as it is level; of several the leftmost. */
function lowest(wall: readonly number[]): { at: number; length: number; y: number } {
  const y = Math.min(...wall)
  const at = wall.indexOf(y)
  const end = wall.findIndex((height, column) => column > at && height !== y)
  return { at, length: (end < 0 ? wall.length : end) - at, y }
}

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The card that lies next in the direction of an arrow key; null where there is none. */
export function neighbour(cards: ReadonlyMap<string, Box>, from: string, key: string): string | null {
  const direction = DIRECTIONS[key]
  const start = cards.get(from)
  if (!direction || !start) return null
  let best: string | null = null
  let least = Infinity
  for (const [host, box] of cards) {
    const [dx, dy] = [middle(box).x - middle(start).x, middle(box).y - middle(start).y]
    const along = dx * direction[0] + dy * direction[1]
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0])
    // Cards of two frames are hardly ever quite one below the other.
    if (along < start.height / 2 || along + aside * 3 >= least) continue
    best = host
    least = along + aside * 3
  }
  return best
}

export const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 })
