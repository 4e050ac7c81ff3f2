/** Results as a file: to be handed in, or taken along to another browser. */
import { readResults, RESULT_LIMITS, resultsText } from '../../core/lesson/results.ts'
import { download } from '../download.ts'
import { learner } from './learner.svelte.ts'
import { progress } from './progress.svelte.ts'
import { recordOf } from './record.ts'

export function saveResults(): void {
  // Those of a teacher's own are among them: the grader knows them by their folder.
  const lessons = [...progress.records].map(([id, { best }]) => {
    const { helped, at, commands, time, journal } = best
    return [id, { finished: new Date(at).toISOString(), helped, commands, time, journal }] as const
  })
  download('facteur-results.json', resultsText(learner.name, Object.fromEntries(lessons)), 'application/json')
}

/** So many lessons came with it; null: it holds no results. */
export async function bringResults(file: File): Promise<number | null> {
  const results = file.size > RESULT_LIMITS.file ? null : readResults(await file.text())
  if (!results || 'error' in results) return null
  const lessons = Object.entries(results.lessons)
  for (const [id, { finished, helped, commands, time, journal }] of lessons)
    await progress.add(id, recordOf({ helped, at: Math.max(0, Date.parse(finished)), commands, time, journal }))
  return lessons.length
}
