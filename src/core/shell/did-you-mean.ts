/** The known word, in small letters, that is nearest to a mistyped one; null where none is near, or the word is too long. */
export function didYouMean(typed: string, known: readonly string[], longest = 20): string | null {
  if (typed.length > longest) return null
  const most = typed.length <= 3 ? 1 : 2
  const ranked = known
    .map((word) => ({ word, steps: distance(typed.toLowerCase(), word) }))
    .filter(({ word, steps }) => steps <= most && steps < word.length)
    .sort((a, b) => a.steps - b.steps)
  return ranked[0]?.word ?? null
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, k) => k)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, change, swapped ? rows[i - 2]![j - 2]! + 1 : Infinity))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
