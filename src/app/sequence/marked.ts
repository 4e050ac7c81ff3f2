/** The rows that are marked, of those that are shown. */
import type { Seq } from '../../core/terms.ts'
import { firstFrom, type ShownRows } from '../../core/views/folding.ts'
import type { Row } from '../../core/views/rows.ts'

export function markedRows({ rows, count }: ShownRows, { from, to }: { from: Seq; to: Seq }): readonly Row[] {
  return rows.slice(firstFrom(rows, Math.min(from, to)), Math.min(count, firstFrom(rows, Math.max(from, to) + 1)))
}
