/** How the page is divided, as its reader left it: which parts stand where, and what has the page to itself. */
import {
  contains,
  heightened,
  homes,
  moved,
  parts,
  placed,
  readArrangement,
  rowOf,
  sizedAs,
  turned,
  widened,
  without,
  withPart,
  withPartsOf,
  type Arrangement,
  type Direction,
  type Part,
} from './arrangement.ts'
import type { Border } from './boxes.ts'
import { memorize, recall } from './memory.ts'
import { settings } from './settings.svelte.ts'
import { isViewId, type ViewId } from './view-ids.ts'
import { compact } from './widths.ts'

/** So many terminals can be seen at once. */
export const tileCounts = [1, 2, 4] as const
export type TileCount = (typeof tileCounts)[number]

/** All that stands there at first. */
const usual = without(homes.columns, 'more')

interface Kept {
  /** Side by side on a wide page, and in rows on another: the same parts. */
  arrangement: Arrangement
  rows: Arrangement
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
    const { alone } = this.kept
    if (alone !== null) return [{ parts: [alone], width: null, heights: null }]
    return settings.embedded ? without(this.arrangement, 'lesson') : this.arrangement
  }

  /** Whether its columns are rows. */
  get lying(): boolean {
    return compact.current
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
    const { arrangement, rows, alone } = this.kept
    if (!this.has(part))
      this.keep({ arrangement: withPart(arrangement, part, homes.columns), rows: withPart(rows, part, homes.rows) })
    if (alone !== null && alone !== part) this.keep({ alone: null })
  }

  hide(part: Part): void {
    const { arrangement, rows, alone } = this.kept
    this.keep({
      arrangement: without(arrangement, part),
      rows: without(rows, part),
      alone: alone === part ? null : alone,
    })
  }

  move(part: Part, direction: Direction): void {
    this.arrange(this.moved(part, direction))
  }

  /** Whether a step that way changes anything. */
  canMove(part: Part, direction: Direction): boolean {
    return this.moved(part, direction) !== this.arrangement
  }

  /** Where the pointer let it go. */
  drop(): void {
    if (this.drag) {
      const { part, beside, side } = this.drag
      this.arrange(placed(this.arrangement, part, beside, this.lying ? turned[side] : side))
    }
    this.drag = null
  }

  /** A border goes there: what is before or above it, or its whole column, takes so much; null: as the page has it. */
  resize({ column, above }: Pick<Border, 'column' | 'above'>, percent: number | null): void {
    const { shown } = this
    const about = this.lying ? rowOf(shown.length) : undefined
    const sized = above === null ? widened(shown, column, percent, about) : heightened(shown, column, above, percent)
    this.arrange(sizedAs(this.arrangement, sized))
  }

  reset(): void {
    this.keep({ ...read(null), more: this.more })
  }

  /** For a link: plain data. */
  record(): unknown {
    return this.kept
  }

  /** What a link brought. */
  apply(record: unknown): void {
    if (record !== null && typeof record === 'object') this.keep(read(record))
  }

  private get arrangement(): Arrangement {
    return this.lying ? this.kept.rows : this.kept.arrangement
  }

  private arrange(arrangement: Arrangement): void {
    this.keep(this.lying ? { rows: arrangement } : { arrangement })
  }

  private moved(part: Part, direction: Direction): Arrangement {
    return moved(this.arrangement, part, this.lying ? turned[direction] : direction)
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
  const { alone, more, tiles, ...kept } = (value ?? {}) as Record<string, unknown>
  const arrangement = readArrangement(kept['arrangement']) ?? usual
  return {
    arrangement,
    rows: withPartsOf(readArrangement(kept['rows']) ?? homes.rows, arrangement, homes.rows),
    alone: parts.find((part) => part === alone) ?? null,
    more: typeof more === 'string' && isViewId(more) ? more : 'network',
    tiles: tileCounts.find((count) => count === tiles) ?? 1,
  }
}

export const layout = new Layout()
