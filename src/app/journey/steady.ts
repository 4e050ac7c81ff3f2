/**
 * Things that are made anew whenever something happens, and mostly say what they said before. Where they do, the old one
 * stays, so that nothing is worked out from it, or drawn, once more.
 */
export class Steady<Thing extends object> {
  private kept = new Map<unknown, Thing>()
  private readonly keyOf: (thing: Thing) => unknown
  private readonly isSame: (one: Thing, other: Thing) => boolean

  constructor(keyOf: (thing: Thing) => unknown, isSame: (one: Thing, other: Thing) => boolean) {
    this.keyOf = keyOf
    this.isSame = isSame
  }

  /** What is not in the list any more is forgotten. */
  of(things: readonly Thing[]): Thing[] {
    const before = this.kept
    this.kept = new Map()
    return things.map((thing) => {
      const key = this.keyOf(thing)
      const old = before.get(key)
      const kept = old && this.isSame(old, thing) ? old : thing
      this.kept.set(key, kept)
      return kept
    })
  }
}
