/** Keeps one view up to date: folds in what the trace has gained since the last look. Or goes to a moment of the past. */
import type { Fold, TraceEvent } from '../trace/events.ts'

/** So many events are folded between two looks at the clock. */
const PORTION = 64

export class Folder<View> {
  view: View
  /** How many events are in it. */
  at = 0
  private readonly fold: Fold<View>

  constructor(fold: Fold<View>) {
    this.fold = fold
    this.view = fold.empty()
  }

  catchUp(trace: readonly TraceEvent[]): View {
    return this.upTo(trace, trace.length)
  }

  /** As it was behind so many events. Forward it goes on from where it is, backward it begins anew. */
  upTo(trace: readonly TraceEvent[], count: number): View {
    if (count < this.at) {
      this.view = this.fold.empty()
      this.at = 0
    }
    while (this.at < count) this.fold.add(this.view, trace[this.at++]!)
    return this.view
  }
}

/**
 * A view of the past that never keeps the page waiting: it is folded as long as there is time, and the last one that was
 * whole is shown meanwhile. Views are changed in place and know no way back, so backward means once more from the
 * beginning; what is being made then is kept while the reader goes on looking for the moment.
 */
export class PastFolder<View> {
  private readonly fold: Fold<View>
  private shown: Folder<View> | null = null
  private making: Folder<View> | null = null

  constructor(fold: Fold<View>) {
    this.fold = fold
  }

  /** The view behind so many events, or the last that was whole; null before the first. */
  get view(): View | null {
    return this.shown && this.shown.view
  }

  /** True: the view is that of the moment. `time`: is there any left? */
  goTo(trace: readonly TraceEvent[], count: number, time: () => boolean): boolean {
    if (this.shown && this.shown.at <= count) {
      this.making = null
      return proceed(this.shown, trace, count, time)
    }
    if (!this.making || this.making.at > count) this.making = new Folder(this.fold)
    if (!proceed(this.making, trace, count, time)) return false
    this.shown = this.making
    this.making = null
    return true
  }
}

function proceed<View>(
  folder: Folder<View>,
  trace: readonly TraceEvent[],
  count: number,
  time: () => boolean,
): boolean {
  while (folder.at < count && time()) folder.upTo(trace, Math.min(count, folder.at + PORTION))
  return folder.at === count
}
