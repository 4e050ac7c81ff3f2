import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Sim } from '../../../src/core/world/sim.ts'
import { diagram } from '../../../src/node/play/diagram.ts'
import { readOptions } from '../../../src/node/play/options.ts'
import { playFile, say } from '../../../src/node/play/play.ts'
import { readWorld } from '../../../src/node/worlds.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'play-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const SCRIPT = `world: rfc
host: bar.com

S: 220 foo.com ...
C: HELO bar.com
S: 250 foo.com
C: QUIT
S: 221 ...
`

describe('a script', () => {
  test('tells its dialogue; without connect: it calls the world’s first server', () => {
    const told: string[] = []
    const { failure } = playFile(file('a.txt', SCRIPT), null, (line) => told.push(line))
    expect(failure).toBeNull()
    expect(told).toContain('C: HELO bar.com')
    expect(told).toContain('S: 250 foo.com')
  })

  test('fails at the place where it is not as it says', () => {
    const path = file('a.txt', SCRIPT.replace('S: 250 foo.com', 'S: 250 bar.com'))
    expect(playFile(path, null, () => {}).failure).toBe(`${path}:6\n  expected: 250 bar.com\n  got:      250 foo.com`)
  })

  test('a reply that it leaves out is a failure, too', () => {
    const path = file('a.txt', SCRIPT.replace('C: QUIT\nS: 221 ...\n', 'C: NOOP\n'))
    expect(playFile(path, null, () => {}).failure).toContain('got:      250 OK')
  })

  test('another world may be named', () => {
    const text = SCRIPT.replaceAll('foo.com', 'mx1.rennes.example').replace('host: bar.com', 'host: outside.example')
    const path = file('a.txt', text)
    expect(playFile(path, 'campus', () => {}).failure).toBeNull()
  })

  test('errors of the file are all told', () => {
    expect(() => playFile(file('a.txt', 'wrold: rfc\nHello\n'), null, () => {})).toThrow(/:1: .*\n.*:2: /)
  })

  test('without a world it cannot be played', () => {
    expect(() => playFile(file('a.txt', 'S: 220 x\n'), null, () => {})).toThrow('no world: header')
  })
})

describe('a journal', () => {
  const journal = () => {
    const sim = new Sim(readWorld('rfc'), { say })
    sim.open('t1', 'bar.com', 'smith')
    sim.type('t1', 'telnet foo.com 25\n')
    sim.drain()
    sim.type('t1', 'QUIT\n')
    sim.drain()
    return sim.journal()
  }

  test('is replayed, and its terminals are told', () => {
    const told: string[] = []
    const { failure } = playFile(file('a.json', JSON.stringify(journal())), null, (line) => told.push(line))
    expect(failure).toBeNull()
    expect(told).toContain('# t1 on bar.com')
    expect(told).toContain('220 foo.com Simple Mail Transfer Service Ready')
  })

  test('that comes out otherwise is a failure', () => {
    const path = file('a.json', JSON.stringify({ ...journal(), checksum: '0' }))
    expect(playFile(path, null, () => {}).failure).toContain('does not come out as it was recorded')
  })
})

test('the diagram names hosts and what they said', () => {
  const { sim } = playFile(file('a.txt', SCRIPT), null, () => {})
  const text = diagram(sim)
  expect(text).toMatch(/^sequenceDiagram\n {4}participant p1 as bar.com\n {4}participant p2 as foo.com\n/)
  expect(text).toContain('p1->>p2: HELO bar.com\n')
  expect(text).toContain('p2-->>p1: 250 foo.com\n')
})

test('options', () => {
  expect(readOptions(['a.txt', '--world', 'rfc', '--trace', 'o.jsonl', '--mermaid', 'o.mmd'])).toEqual({
    file: 'a.txt',
    world: 'rfc',
    trace: 'o.jsonl',
    mermaid: 'o.mmd',
  })
  expect(readOptions([])).toEqual({ error: 'one FILE was expected' })
  expect(readOptions(['a', '--wrold', 'x'])).toHaveProperty('error')
})

test('every script in the README of the lessons is one that can be read', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../lessons/README.md'), 'utf8')
  const [, path] = /npm run -s play -- (\S+)/.exec(readme) ?? []
  expect(playFile(join(import.meta.dirname, '../../..', path!), null, () => {}).failure).toBeNull()
})
