/** Keeps one view up to date: folds in what the trace has gained since the last look. Or goes to a moment of the past. */
import type { Fold, TraceEvent } from '../trace/events.ts'

export class Folder<View> {
  view: View
  private readonly fold: Fold<View>
  private at = 0

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
