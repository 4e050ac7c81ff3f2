import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Lines } from '../../../src/app/terminal/lines.ts'

const open = () => false

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  })
})

afterEach(() => vi.unstubAllGlobals())

test('what was not sent yet stands there again, at its terminal and in its place', () => {
  const before = new Lines()
  before.enter('world:campus', true)
  before.of('t1').insert('MAIL FR')
  before.of('t2').insert('dig')
  before.keep(open)
  const after = new Lines()
  after.enter('world:campus', true)
  expect(after.of('t2').text).toBe('dig')
  // The other terminal was not looked at, and is kept all the same.
  after.keep(open)
  after.enter('world:rfc', true)
  expect(after.of('t1').text).toBe('')
  after.keep(open)
  after.enter('world:campus', true)
  expect(after.of('t1').text).toBe('MAIL FR')
  // A journal from elsewhere begins with empty lines.
  after.enter('world:campus', false)
  expect(after.of('t1').text).toBe('')
})

test('what was typed before there was a place is not written over', () => {
  const before = new Lines()
  before.enter('world:campus', true)
  before.of('t1').insert('old')
  before.keep(open)
  const after = new Lines()
  after.of('t1').insert('new')
  after.enter('world:campus', true)
  expect(after.of('t1').text).toBe('new')
})

test('passwords, what was sent and what was cleared away are not kept', () => {
  const lines = new Lines()
  const again = () => {
    lines.enter('world:campus', true)
    return lines.of('t1').text
  }
  lines.enter('world:campus', true)
  lines.of('t1').insert('PASS secret')
  lines.keep((_, text) => text.startsWith('PASS'))
  expect(again()).toBe('')
  lines.of('t1').insert('NOOP')
  lines.keep(open)
  lines.of('t1').take()
  lines.keep(open)
  expect(again()).toBe('')
  lines.of('t1').insert('NOOP')
  lines.keep(open)
  lines.clear()
  expect(again()).toBe('')
})

test('a line that another one was put over, or that was left for the history, is had back by the up arrow', () => {
  const lines = new Lines()
  lines.enter('world:campus', true)
  lines.of('t1').insert('RCPT TO:<br')
  lines.of('t1').offer('MAIL FROM:<>')
  lines.of('t2').insert('PASS secret')
  lines.of('t2').offer('USER alice')
  lines.of('t3').insert('dig')
  lines.of('t3').up(['echo one'])
  lines.keep((_, text) => text.startsWith('PASS'))
  lines.enter('world:campus', true)
  const [one, two, three] = ['t1', 't2', 't3'].map((terminal) => lines.of(terminal))
  expect(one!.text).toBe('MAIL FROM:<>')
  one!.up([])
  expect(one!.text).toBe('RCPT TO:<br')
  expect(two!.text).toBe('USER alice')
  expect(two!.waiting).toEqual([])
  expect(three!.text).toBe('echo one')
  three!.up(['echo one'])
  expect(three!.text).toBe('dig')
})

test('what was kept when a line stood alone', () => {
  localStorage.setItem('facteur.lines.world:campus', '{"t1":"MAIL FR"}')
  const lines = new Lines()
  lines.enter('world:campus', true)
  expect(lines.of('t1').text).toBe('MAIL FR')
})

test('what is kept and cannot be read does no harm', () => {
  for (const text of ['{', 'null', '[1]', '{"t1":7}']) {
    localStorage.setItem('facteur.lines.world:campus', text)
    const lines = new Lines()
    lines.enter('world:campus', true)
    expect(lines.of('t1').text).toBe('')
  }
})
