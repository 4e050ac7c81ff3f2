/** How the page is divided, as its reader left it: which parts stand where, and what has the page to itself. */
import {
  contains,
  heightened,
  moved,
  placed,
  readArrangement,
  usual,
  widened,
  without,
  withPart,
  parts,
  type Arrangement,
  type Direction,
  type Part,
} from './arrangement.ts'
import { memorize, recall } from './memory.ts'
import { settings } from './settings.svelte.ts'
import { isViewId, type ViewId } from './view-ids.ts'

/** So many terminals can be seen at once. */
export const tileCounts = [1, 2, 4] as const
export type TileCount = (typeof tileCounts)[number]

interface Kept {
  arrangement: Arrangement
  alone: Part | null
  /** The view in the second place of views. */
  more: ViewId
  tiles: TileCount
}

class Layout {
  private kept = $state.raw<Kept>(read(parsed(recall('layout'))))
  /** A part that is being dragged, and where it would go. */
  drag = $state.raw<{ part: Part; beside: Part; side: Direction } | null>(null)

  /** What stands on the page. */
  get shown(): Arrangement {
    const { arrangement, alone } = this.kept
    if (alone !== null) return [{ parts: [alone], width: null, heights: null }]
    return settings.embedded ? without(arrangement, 'lesson') : arrangement
  }

  get alone(): Part | null {
    return this.kept.alone
  }

  get more(): ViewId {
    return this.kept.more
  }

  get tiles(): TileCount {
    return this.kept.tiles
  }

  has(part: Part): boolean {
    return contains(this.kept.arrangement, part)
  }

  setTiles(tiles: TileCount): void {
    this.keep({ tiles })
  }

  setMore(more: ViewId): void {
    this.keep({ more })
  }

  setAlone(alone: Part | null): void {
    this.keep({ alone })
  }

  /** Something there is wanted: it is brought back where it was put away. */
  reveal(part: Part): void {
    if (!this.has(part)) this.arrange(withPart(this.kept.arrangement, part))
    if (this.kept.alone !== null && this.kept.alone !== part) this.keep({ alone: null })
  }

  hide(part: Part): void {
    this.arrange(without(this.kept.arrangement, part))
    if (this.kept.alone === part) this.keep({ alone: null })
  }

  move(part: Part, direction: Direction): void {
    this.arrange(moved(this.kept.arrangement, part, direction))
  }

  /** Whether a step that way changes anything. */
  canMove(part: Part, direction: Direction): boolean {
    return moved(this.kept.arrangement, part, direction) !== this.kept.arrangement
  }

  /** Where the pointer let it go. */
  drop(): void {
    if (this.drag) this.arrange(placed(this.kept.arrangement, this.drag.part, this.drag.beside, this.drag.side))
    this.drag = null
  }

  setWidth(column: number, percent: number | null): void {
    this.arrange(widened(this.kept.arrangement, this.indexIn(column), percent))
  }

  setHeight(column: number, above: number, percent: number | null): void {
    this.arrange(heightened(this.kept.arrangement, this.indexIn(column), above, percent))
  }

  reset(): void {
    this.keep({ arrangement: usual, alone: null, tiles: 1 })
  }

  /** For a link: plain data. */
  record(): unknown {
    return this.kept
  }

  /** What a link brought. */
  apply(record: unknown): void {
    if (record !== null && typeof record === 'object') this.keep(read(record))
  }

  /** A column of what is shown is another one of what is kept where a part is left out. */
  private indexIn(column: number): number {
    const [first] = this.shown[column]?.parts ?? []
    return this.kept.arrangement.findIndex((other) => first !== undefined && other.parts.includes(first))
  }

  private arrange(arrangement: Arrangement): void {
    this.keep({ arrangement })
  }

  private keep(changes: Partial<Kept>): void {
    this.kept = { ...this.kept, ...changes }
    memorize('layout', JSON.stringify(this.kept))
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

function read(value: unknown): Kept {
  const { arrangement, alone, more, tiles } = (value ?? {}) as Record<string, unknown>
  return {
    arrangement: readArrangement(arrangement) ?? usual,
    alone: parts.find((part) => part === alone) ?? null,
    more: typeof more === 'string' && isViewId(more) ? more : 'network',
    tiles: tileCounts.find((count) => count === tiles) ?? 1,
  }
}

export const layout = new Layout()
