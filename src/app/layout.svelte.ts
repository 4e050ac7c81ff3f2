/** How the page is divided, as its reader left it: the widths at the sides, and whether a view has the page to itself. */
import { memorize, recall } from './memory.ts'

type Side = 'left' | 'right'

/** Shares of the page, in percent. */
export const widths: Readonly<Record<Side, { least: number; most: number }>> = {
  left: { least: 10, most: 40 },
  right: { least: 20, most: 70 },
}

class Layout {
  /** Null where the page divides itself. */
  private readonly chosen = $state<Record<Side, number | null>>({ left: read('left'), right: read('right') })
  /** The view at the right has the page to itself. */
  alone = $state(recall('layout.alone') === 'yes')

  width(side: Side): number | null {
    return this.chosen[side]
  }

  /** `percent`: null gives it back to the page. */
  setWidth(side: Side, percent: number | null): void {
    const { least, most } = widths[side]
    this.chosen[side] = percent === null ? null : Math.round(Math.min(most, Math.max(least, percent)) * 10) / 10
    memorize(`layout.${side}`, String(this.chosen[side] ?? ''))
  }

  setAlone(alone: boolean): void {
    this.alone = alone
    memorize('layout.alone', alone ? 'yes' : 'no')
  }
}

function read(side: Side): number | null {
  const percent = Number(recall(`layout.${side}`) ?? '')
  return percent >= widths[side].least && percent <= widths[side].most ? percent : null
}

export const layout = new Layout()
