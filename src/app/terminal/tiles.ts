/**
 * Which terminals are seen at once, in the order of their tabs: the one in front is always among them, and one that has to
 * make room for it is the one that was not in front for longest.
 */
export class Tiles {
  private seen: readonly string[] = []
  /** The one in front last is last. */
  private recent: string[] = []

  /** `open`: all that have a tab. */
  shown(open: readonly string[], front: string, count: number): readonly string[] {
    this.recent = [...this.recent.filter((terminal) => terminal !== front && open.includes(terminal)), front]
    const rank = (terminal: string) =>
      terminal === front ? Infinity : (this.seen.includes(terminal) ? open.length : 0) + this.recent.indexOf(terminal)
    const chosen = open.toSorted((a, b) => rank(b) - rank(a)).slice(0, count)
    this.seen = open.filter((terminal) => chosen.includes(terminal))
    return this.seen
  }
}
