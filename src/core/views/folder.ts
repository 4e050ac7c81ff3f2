/** Keeps one view up to date: folds in what the trace has gained since the last look. */
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
    while (this.at < trace.length) this.fold.add(this.view, trace[this.at++]!)
    return this.view
  }
}
