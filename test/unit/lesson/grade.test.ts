import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { resultsText, type LessonResult } from '../../../src/core/lesson/results.ts'
import { savedText } from '../../../src/core/lesson/saved.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import type { Act, Journal } from '../../../src/core/world/journal.ts'
import { gradeFolder } from '../../../src/node/lesson/grade.ts'
import { playLesson } from '../../../src/core/lesson/prove.ts'
import { readLesson } from '../../../src/node/lesson/folder.ts'
import { asCsv, asText } from '../../../src/node/lesson/table.ts'
import { root } from '../../../src/node/lessons.ts'
import { say } from '../../../src/node/play/play.ts'

const ID = '01-premiers-pas/03-trois-destinataires'
const read = readLesson({ lessons: root, id: ID })
if ('errors' in read) throw new Error('this lesson has errors')
const { lesson, world } = read

/** What somebody leaves who plays this script by hand. */
const journalOf = (text: string): Journal => playLesson(lesson, world, { text, file: 'x' }, { say }).sim.journal()
const whole = journalOf(lesson.solution)

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'facteur-grade-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function grade(files: Record<string, string>) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return gradeFolder(folder, root)
}
const saved = (journal: Journal, lessonId: string | null = ID, more: object = {}) =>
  savedText({ lesson: lessonId, journal, closed: [], ...more })
const result = (journal: Journal | null): LessonResult => ({
  finished: '2026-09-07T10:00:00Z',
  helped: false,
  commands: 3,
  time: 1000,
  journal,
})

describe('what was really done', () => {
  test('meets the goals, as a journal and among exported results, in folders too', () => {
    const rows = grade({
      'alice.json': saved(whole),
      'groupe-2/bruno.json': resultsText('Bruno', {
        [ID]: result(whole),
        '01-premiers-pas/01-premier-contact': result(null),
      }),
      'notes.txt': 'not looked at',
    })
    expect(rows).toMatchObject([
      { file: 'alice.json', name: '', lesson: ID, done: true, helped: null, remark: '' },
      { file: 'groupe-2/bruno.json', name: 'Bruno', lesson: ID, done: true, helped: false, remark: '' },
      {
        lesson: '01-premiers-pas/01-premier-contact',
        goals: null,
        done: false,
        remark: expect.stringContaining('too long'),
      },
    ])
    expect(rows[0]!.commands).toBe(lesson.solution.split('\n').filter((line) => line.startsWith('$')).length)
    expect(rows[0]!.goals!.every(({ state }) => state === 'earned' || state === 'kept')).toBe(true)
  })

  test('a lesson that was opened in the page as one of one’s own is known by its folder, or its name alone', () => {
    const rows = grade({
      'a.json': saved(whole, `own:${ID}`),
      'b.json': saved(whole, `own:${ID.replace(/^.*\//, '')}`),
    })
    expect(rows).toMatchObject([
      { lesson: ID, done: true },
      { lesson: ID, done: true },
    ])
  })

  test('and what was half done meets half of them', () => {
    const half = journalOf(lesson.wrong['wrong-gives-up.txt']!)
    const [row] = grade({ 'half.json': saved(half) })
    expect(row).toMatchObject({ done: false, remark: '' })
    const states = row!.goals!.map(({ state }) => state)
    expect(states).toContain('earned')
    expect(states).toContain('open')
  })

  test('what must never happen is judged over the whole: who goes on after all was met may still break it', () => {
    const twice = lesson.wrong['wrong-twice.txt']!
    const broken = journalOf(
      `${lesson.solution}\n${twice.slice(twice.indexOf('$ telnet'), twice.lastIndexOf('= jones'))}`.replace(
        /= brown.*$/gm,
        '',
      ),
    )
    const [row] = grade({ 'broken.json': saved(broken) })
    expect(row!.goals).toContainEqual(expect.objectContaining({ state: 'broken' }))
    expect(row!.done).toBe(false)
  })
})

describe('a forged file', () => {
  test('that claims a lesson with nothing done in it meets nothing', () => {
    const nothing: Journal = { ...whole, acts: [], steps: 0 }
    const rows = grade({ 'a.json': resultsText('Mallory', { [ID]: result(nothing) }), 'b.json': saved(nothing) })
    for (const row of rows) {
      expect(row).toMatchObject({ done: false, remark: 'It does not come out as it was recorded.' })
      expect(row.goals!.some(({ state }) => state === 'earned')).toBe(false)
    }
  })

  test('that brings a world of its own is done again in ours', () => {
    // In this world Green has a mailbox, too, and nobody is refused.
    const easy = lesson.world.replace(
      'accounts:\n',
      'accounts:\n  - { address: green@lyon.example, password: x, name: Green, host: mx1.lyon.example }\n',
    )
    const parsed = parseWorld(easy, 'easy.yaml')
    if ('errors' in parsed) throw new Error('this world has errors')
    const text = lesson.solution.replace('> 550 ...', '> 250 ...')
    const there = playLesson(lesson, parsed.world, { text, file: 'x' }, { say })
    expect(there.failure).toBe('')
    const [row] = grade({ 'own.json': saved(there.sim.journal(), ID, { own: easy }) })
    // What was typed meets the goals here, but by what our server said to it.
    expect(row!.remark).toBe('It does not come out as it was recorded.')
    expect(row!.goals!.find(({ id }) => id === 'refused')).toMatchObject({ state: 'earned' })
    const lazy = playLesson(
      lesson,
      parsed.world,
      { text: text.replace('telnet mx1', 'telnet mx9'), file: 'x' },
      { say },
    )
    expect(grade({ 'own.json': saved(lazy.sim.journal(), ID, { own: easy }) })[0]).toMatchObject({ done: false })
  })

  test('of another lesson meets nothing of this one', () => {
    const [row] = grade({ 'a.json': saved(whole, '01-premiers-pas/05-premier-mx-en-panne') })
    expect(row).toMatchObject({ done: false })
  })

  const without = (change: object) => JSON.stringify({ ...JSON.parse(saved(whole)), ...change })
  const acts = (...more: unknown[]) => saved({ ...whole, acts: [...whole.acts, ...more] as Act[] })
  test.each([
    ['not JSON', 'nonsense', 'not JSON'],
    ['not ours', '{"facteur": 7}', 'no results'],
    ['a journal that is none', without({ journal: { acts: 5 } }), 'no results'],
    ['an unknown lesson', saved(whole, '99-nowhere/01-nothing'), 'no such lesson'],
    ['a lesson outside of the folder', saved(whole, '../../../etc'), 'no such lesson'],
    ['no lesson', saved(whole, null), 'not in a lesson'],
    ['results without any', resultsText('A', {}), 'no lesson in it'],
    ['an endless wait', acts({ act: 'wait', for: 1e15, at: 0, steps: 0 }), 'waits longer'],
    ['a wait that is none', acts({ act: 'wait', for: 'ever', at: 0, steps: 0 }), 'waits longer'],
    [
      'too many things',
      saved({ ...whole, acts: Array.from({ length: 20_001 }, () => whole.acts[0]!) }),
      'More was done',
    ],
  ])('%s is a row that says why', (_what, text, why) => {
    expect(grade({ 'x.json': text })).toMatchObject([
      { goals: null, done: false, remark: expect.stringContaining(why) },
    ])
  })

  test('what no page would ask for does not stop the others', () => {
    const strange = acts(
      { act: 'type', terminal: 'script1', data: 7, at: 0, steps: 0 },
      { act: 'open', terminal: 'x', host: 'nowhere.example', user: 5, at: 0, steps: 0 },
      { act: 'no such thing', at: 0, steps: 0 },
    )
    const rows = grade({ 'a.json': strange, 'b.json': saved(whole) })
    expect(rows[0]!.file).toBe('a.json')
    expect(rows[1]).toMatchObject({ file: 'b.json', done: true })
  })
})

describe('the table', () => {
  const rows = () =>
    grade({
      'a.json': resultsText('=HYPERLINK("x"), "Eve"', { [ID]: result(whole) }),
      'b.json': saved(journalOf(lesson.wrong['wrong-gives-up.txt']!)),
      'c.json': 'nonsense',
    })

  test('says who met what', () => {
    const text = asText(rows())
    expect(text).toContain(`${ID}\n`)
    expect(text).toMatch(/a\.json\) +done {2}4\/4; \d+ typed/)
    expect(text).toMatch(/b\.json +open {2}\d\/4; \d+ typed; .*jones/)
    expect(text).toContain('Files that cannot be graded\n  c.json  It is not JSON.')
  })

  test('as CSV has a line for each, and no formula', () => {
    const [head, ...lines] = asCsv(rows()).trimEnd().split('\r\n')
    expect(head).toBe('file,name,lesson,done,met,of,typed,help,goals,remark')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(
      /^a\.json,"'=HYPERLINK\(""x""\), ""Eve""",01-premiers-pas\/03-trois-destinataires,yes,4,4,\d+,no,/,
    )
    expect(lines[2]).toBe('c.json,,,no,,,,,,It is not JSON.')
  })
})
