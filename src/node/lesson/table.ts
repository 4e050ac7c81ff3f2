/** Grades as a table: for a person, and for a spreadsheet. */
import type { Row } from './grade.ts'

/** Lesson by lesson: who, which goals, and what there is to say. */
export function asText(rows: readonly Row[]): string {
  const lessons = [...new Set(rows.map(({ lesson }) => lesson))].sort()
  return lessons
    .map((lesson) => {
      const here = rows.filter((row) => row.lesson === lesson)
      const width = Math.max(...here.map((row) => who(row).length))
      const lines = here.map((row) => `  ${who(row).padEnd(width)}  ${outcome(row)}`)
      return [lesson === '' ? 'Files that cannot be graded' : lesson, ...lines].join('\n')
    })
    .join('\n\n')
}

const who = ({ file, name }: Row) => (name === '' ? file : `${name} (${file})`)

function outcome({ goals, done, commands, helped, remark }: Row): string {
  if (!goals) return remark
  const unmet = goals.filter(({ state }) => state === 'open' || state === 'broken')
  const wanted = goals.filter(({ state }) => state === 'open' || state === 'earned')
  const met = wanted.filter(({ state }) => state === 'earned').length
  const parts = [
    `${done ? 'done' : 'open'}  ${met}/${wanted.length}`,
    `${commands} typed`,
    ...(helped ? ['with help, as the file says'] : []),
    ...(unmet.length > 0 ? [unmet.map(({ id, state }) => (state === 'broken' ? `${id} broken` : id)).join(', ')] : []),
    ...(remark === '' ? [] : [remark]),
  ]
  return parts.join('; ')
}

const HEAD = ['file', 'name', 'lesson', 'done', 'met', 'of', 'typed', 'help', 'goals', 'remark']

/** RFC 4180. */
export function asCsv(rows: readonly Row[]): string {
  const lines = rows.map(({ file, name, lesson, goals, done, commands, helped, remark }) => {
    const wanted = goals?.filter(({ state }) => state === 'open' || state === 'earned') ?? []
    const met = wanted.filter(({ state }) => state === 'earned').length
    const told = goals?.map(({ id, state }) => `${id}=${state}`).join(' ') ?? ''
    const counted = goals ? [done ? 'yes' : 'no', met, wanted.length, commands] : ['no', '', '', '']
    return [file, name, lesson, ...counted, helped === null ? '' : helped ? 'yes' : 'no', told, remark]
  })
  return [HEAD, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}

/** What a spreadsheet would take for a formula is text: names and files are the learners' own. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
