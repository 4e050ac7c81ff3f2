/** What stands on the bench, kept in the browser: closing it or the page loses nothing that was typed. */
import * as v from 'valibot'
import { codecs } from '../../core/message/steps/run.ts'
import { memorize, recall } from '../memory.ts'

const PLACE = 'bench'

const form = v.object({
  text: v.string(),
  given: v.picklist(['text', 'hex']),
  codec: v.picklist(codecs),
  direction: v.picklist(['encode', 'decode']),
  charset: v.string(),
})

export type BenchKept = v.InferOutput<typeof form>

export function recallBench(): BenchKept | null {
  try {
    const read = v.safeParse(form, JSON.parse(recall(PLACE) ?? 'null'))
    return read.success ? read.output : null
  } catch {
    return null
  }
}

export const memorizeBench = (bench: BenchKept): boolean => memorize(PLACE, JSON.stringify(bench))
