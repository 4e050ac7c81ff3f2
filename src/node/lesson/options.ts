/** What stands behind `npm run lesson --`. */
import { parseArgs } from 'node:util'

export type LessonOptions =
  | { do: 'new'; id: string }
  | { do: 'check'; folders: string[] }
  | { do: 'play'; folder: string; script: string; seed: number | null; slow: boolean }
  | { do: 'grade'; folder: string; lessons: string | null; csv: boolean }

export const USAGE = `npm run lesson -- new PART/NAME
npm run lesson -- check [FOLDER...]
npm run lesson -- play FOLDER [--slow] [--script FILE] [--seed N]
npm run lesson -- grade FOLDER [--csv] [--lessons FOLDER]

  new     makes the folder lessons/PART/NAME (02-part/03-name), with files to begin from
  check   proves lessons: the solution meets all goals, with several seeds; doing nothing and each wrong script do not.
          Says what each goal saw. FOLDER is a lesson or a part (a folder, or its name in lessons); without it, all
  play    plays the solution, or another script of the folder, and says which goals it met; --slow: at a reader's pace
  grade   does again what learners did: the journals (.json) in FOLDER and below, saved or exported by the page, each in
          the world of its lesson; nothing else in a file counts. A row for each lesson of each file: which goals it met
          --csv      as comma-separated values
          --lessons  where the lessons lie, if elsewhere`

export function readOptions(args: readonly string[]): LessonOptions | { error: string } {
  let parsed
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        slow: { type: 'boolean', default: false },
        script: { type: 'string', default: 'solution.txt' },
        seed: { type: 'string' },
        csv: { type: 'boolean', default: false },
        lessons: { type: 'string' },
      },
    })
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
  const { values, positionals } = parsed
  const [what, ...rest] = positionals
  const [one, ...more] = rest
  if (what === 'check') return { do: 'check', folders: rest }
  if (what !== 'new' && what !== 'play' && what !== 'grade') return { error: 'new, check, play or grade was expected' }
  if (one === undefined || more.length > 0)
    return { error: `${what}: one ${what === 'new' ? 'PART/NAME' : 'FOLDER'} was expected` }
  if (what === 'new')
    return /^\d\d-[a-z0-9-]+\/\d\d-[a-z0-9-]+$/.test(one)
      ? { do: 'new', id: one }
      : { error: `${one}: a name such as 02-part/03-name was expected, in small letters` }
  if (what === 'grade') return { do: 'grade', folder: one, lessons: values.lessons ?? null, csv: values.csv }
  const seed = values.seed === undefined ? null : Number(values.seed)
  if (seed !== null && !Number.isSafeInteger(seed)) return { error: `--seed ${values.seed}: a number was expected` }
  return { do: 'play', folder: one, script: values.script, seed, slow: values.slow }
}
