/**
 * How much help there is at the prompt: all of it, the coach's word after an error alone, or nothing, as in an exam. It is
 * kept; `?exam=1` in the address says nothing, and leaves no choice.
 */
import { memorize, recall } from '../memory.ts'

export const levels = ['full', 'coach', 'none'] as const
type Level = (typeof levels)[number]

class Helping {
  readonly exam = new URLSearchParams(location.search).get('exam') === '1'
  private chosen = $state<Level>(levels.find((level) => level === recall('help')) ?? 'full')
  /** Where the cursor stands in the line that is being typed. */
  cursor = $state(0)
  /** The words of the last answer are explained below the terminal. */
  explaining = $state(false)

  /** What the Tab key does in each terminal, for keyboards that have none. */
  readonly tabs = new Map<string, () => void>()
  /** Draws the line of each terminal anew where somebody else than its keyboard has changed it; the focus stays where it is. */
  readonly drawn = new Map<string, () => void>()

  get level(): Level {
    return this.exam ? 'none' : this.chosen
  }

  setLevel(level: Level): void {
    this.chosen = level
    memorize('help', level)
  }
}

export const helping = new Helping()
