import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lessonFromFiles } from '../../../src/core/lesson/lesson.ts'
import { lessonTemplate } from '../../../src/core/lesson/template.ts'
import { checkLesson } from '../../../src/node/lesson/check.ts'
import { placesOf } from '../../../src/node/lesson/folder.ts'
import { readOptions } from '../../../src/node/lesson/options.ts'
import { playOut } from '../../../src/node/lesson/play.ts'
import { root } from '../../../src/node/lessons.ts'

const ID = '01-premiers-pas/03-trois-destinataires'

let lessons = ''
beforeEach(() => (lessons = mkdtempSync(join(tmpdir(), 'facteur-author-'))))
afterEach(() => rmSync(lessons, { recursive: true }))

/** A copy of a lesson, changed. */
function copy(file: string, change: (text: string) => string) {
  cpSync(join(root, ID), join(lessons, ID), { recursive: true })
  const path = join(lessons, ID, file)
  writeFileSync(path, change(readFileSync(path, 'utf8')))
  const lines: string[] = []
  const problems = checkLesson({ lessons, id: ID }, (line) => lines.push(line))
  return { problems, text: lines.join('\n') }
}

describe('check', () => {
  test('says of a sound lesson what each goal saw, and at which line', () => {
    const { problems, text } = copy('solution.txt', (same) => same)
    expect(problems).toBe(0)
    expect(text).toMatch(/ok +solution\.txt\n +earned +refused \(line \d+\): reply at mx1\.lyon\.example: .*550/)
    expect(text).toMatch(/ok +wrong-twice\.txt/)
    expect(text).toMatch(/broken +once \(line \d+\)/)
  })

  test.each([
    [
      'solution.txt',
      (text: string) => text.replace('> 550 ...', '> 250 ...'),
      /It does not go as it says.*solution\.txt:\d+/s,
    ],
    ['solution.txt', (text: string) => text.replace('$ RCPT TO:<brown@lyon.example>', '$ NOOP'), /brown is not met/],
    ['wrong-twice.txt', () => 'C: nobody\n', /FAILED +wrong-twice\.txt/],
    ['goals.yaml', (text: string) => text.replace('minutes: ', 'minuten: '), /goals\.yaml:1: minuten/],
    [
      'goals.yaml',
      (text: string) => text.replace('[[do: DATA]]', '[[see: DATA]]'),
      /goals\.yaml:\d+: There is no view DATA/,
    ],
    [
      'goals.yaml',
      (text: string) => text.replace('id: after-refusal', 'id: other'),
      /index\.fr\.md:\d+: There is no question after-refusal/,
    ],
    [
      'index.en.md',
      (text: string) => text.replace('[[ask:', '[[card:'),
      /index\.en\.md:\d+: There is no card after-refusal/,
    ],
    [
      'index.en.md',
      (text: string) => `${text}\n[There](../04-qui-le-recoit/)\n`,
      /index\.en\.md:\d+: The link .* leads nowhere/,
    ],
    [
      'index.en.md',
      (text: string) => `${text}\n[There](?lesson=04-nowhere/01-no)\n`,
      /There is no lesson 04-nowhere\/01-no/,
    ],
    ['index.en.md', (text: string) => `${text}\n[[at: mx9.lyon.example]]\n`, /There is no host mx9/],
    ['index.en.md', (text: string) => text.replace(/^learned: .*\n/m, ''), /index\.en\.md:\d+: learned/],
    [
      'index.en.md',
      (text: string) => text.replace(/^learned: .*$/m, "learned: 'Say [[do: DATA]].'"),
      /index\.en\.md:4: learned: There are no buttons here/,
    ],
    ['world.yaml', (text: string) => text.replace('hosts:', 'host:'), /world\.yaml:\d+: host/],
  ])('%s', (file, change, expected) => {
    const { problems, text } = copy(file, change)
    expect(problems).toBeGreaterThan(0)
    expect(text).toMatch(expected)
  })

  test('the line of an error in a text is the line of the file', () => {
    const { text } = copy('index.fr.md', (page) => page.replace('[[ask: after-refusal]]', '[[see: nothing]]'))
    const line =
      readFileSync(join(root, ID, 'index.fr.md'), 'utf8')
        .split('\n')
        .indexOf('[[ask: after-refusal]]') + 1
    expect(text).toContain(`index.fr.md:${line}: There is no view nothing`)
  })
})

describe('new', () => {
  test('is well-formed in both languages, and meets nothing', () => {
    const id = '02-part/03-name'
    expect('lesson' in lessonFromFiles(lessonTemplate(id), id)).toBe(true)
    mkdirSync(join(lessons, id), { recursive: true })
    for (const [file, text] of Object.entries(lessonTemplate(id))) writeFileSync(join(lessons, id, file), text)
    const lines: string[] = []
    // Only the solution is still to be written: three seeds.
    expect(checkLesson({ lessons, id }, (line) => lines.push(line))).toBe(3)
    expect(lines.filter((line) => line.includes('FAILED')).every((line) => line.includes('solution'))).toBe(true)
  })
})

test('play gives the dialogue and the goals', () => {
  const played = playOut({ lessons: root, id: ID }, 'wrong-gives-up.txt', 5)
  expect(played).toMatchObject({ failure: '', done: false })
  expect(played.lines[0]).toBe('$ telnet mx1.lyon.example 25')
  expect(played.goals).toContain('earned  refused')
  expect(() => playOut({ lessons: root, id: ID }, 'none.txt', null)).toThrow('none.txt')
})

test('a folder means a lesson, a part, or all', () => {
  expect(placesOf(ID)).toEqual([{ lessons: join(root, '.').replace(/\/$/, ''), id: ID }])
  expect(placesOf('01-premiers-pas').length).toBeGreaterThanOrEqual(5)
  expect(placesOf(root).length).toBeGreaterThanOrEqual(5)
  expect(() => placesOf('nowhere')).toThrow('nowhere')
})

test.each([
  [['new', '02-part/03-name'], { do: 'new', id: '02-part/03-name' }],
  [['check'], { do: 'check', folders: [] }],
  [['check', 'a', 'b'], { do: 'check', folders: ['a', 'b'] }],
  [['play', 'a', '--slow', '--seed', '7'], { do: 'play', folder: 'a', script: 'solution.txt', seed: 7, slow: true }],
  [['grade', 'a', '--csv'], { do: 'grade', folder: 'a', csv: true, lessons: null }],
  [['new', '../x'], { error: expect.stringContaining('02-part/03-name') }],
  [['play'], { error: expect.stringContaining('FOLDER') }],
  [['play', 'a', '--seed', 'x'], { error: expect.stringContaining('--seed') }],
  [['grade', 'a', 'b'], { error: expect.stringContaining('FOLDER') }],
  [['forge', 'a'], { error: expect.stringContaining('grade') }],
  [['check', '--fast'], { error: expect.stringContaining('--fast') }],
  [[], { error: expect.stringContaining('new, check') }],
])('%j', (args, expected) => {
  expect(readOptions(args)).toEqual(expected)
})
