import { describe, expect, it } from 'vitest'
import { files, importsOf, read, target } from './source.ts'

/** Imports run one way: a room may use those in rows above its own, and its neighbours in the row. */
const rows = [
  ['core/bytes'],
  ['core', 'core/message', 'core/sieve', 'core/sasl', 'core/dns', 'core/trace'],
  ['core/smtp', 'core/pop3', 'core/imap', 'core/http'],
  ['core/store', 'core/mta'],
  ['core/net'],
  ['core/shell'],
  ['core/mua'],
  ['core/world'],
  ['core/views'],
  ['core/lesson'],
  ['texts', 'worlds'],
  ['smime'],
  ['app', 'node'],
]
/** But these neighbours do not know each other. */
const strangers = [
  ['core/smtp', 'core/pop3', 'core/imap', 'core/http'],
  ['app', 'node'],
]
/** Cryptography that waits for the platform knows messages and nothing else of the house, and no package but these. */
const roomsOfSmime = ['core/bytes', 'core/message', 'smime']
const packagesOfSmime = /^(pkijs|asn1js)$/
const packagesOfCore = /^(@noble\/(hashes|curves|ciphers)\/[\w.-]+|valibot|yaml|marked)$/

/** `src/core/smtp/server/auth.ts` lies in `core/smtp`, `src/core/task.ts` in `core`, `src/app/panes/x.svelte` in `app`. */
function roomOf(path: string): string {
  const [room, inner, ...rest] = path.split('/').slice(1)
  return room === 'core' && rest.length > 0 ? `core/${inner}` : room!
}

const rowOf = (room: string) => rows.findIndex((row) => row.includes(room))

function allowed(from: string, to: string): boolean {
  if (from === to) return true
  if (rowOf(from) === -1 || rowOf(to) === -1) return false
  return rowOf(to) <= rowOf(from) && !strangers.some((group) => group.includes(from) && group.includes(to))
}

const sources = files('src', /\.(ts|svelte|m?js|mts)$/)
const graph = new Map(
  sources.map((path) => [path, importsOf(path, read(path)).map((name) => ({ name, to: target(path, name) }))]),
)

describe('imports', () => {
  it('are all found', () => {
    const text = `
      import a from './a.ts'
      import type { B } from './b.ts'
      export * from './c.ts'
      export type { D } from './d.ts'
      const late = () => import('./e.ts')
      type F = import('./f.ts').F
      import './g.css'
      // import './not.ts'
      const text = "import './neither.ts'"`
    const names = ['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './f.ts', './g.css']
    expect(importsOf('x.ts', text)).toEqual(names)
    expect(importsOf('x.svelte', `<p>import './no.ts'</p><script lang="ts">${text}</script>`)).toEqual(names)
    expect(sources.length).toBeGreaterThan(40)
  })

  it('the rule tells right from wrong', () => {
    expect(allowed('core/smtp', 'core/bytes')).toBe(true)
    expect(allowed('core/bytes', 'core')).toBe(false)
    expect(allowed('core/smtp', 'core/mta')).toBe(false)
    expect(allowed('core/smtp', 'core/imap')).toBe(false)
    expect(allowed('app', 'node')).toBe(false)
    expect(allowed('node', 'core/lesson')).toBe(true)
    expect(roomOf('src/core/smtp/server/auth.ts')).toBe('core/smtp')
    expect(roomOf('src/core/task.ts')).toBe('core')
    expect(roomOf('src/app/panes/Terminal.svelte')).toBe('app')
  })

  it('run one way', () => {
    const wrong: string[] = []
    for (const [path, imports] of graph) {
      for (const { to } of imports) {
        if (to === null) continue
        if (!to.startsWith('src/')) {
          // What is no code (a lesson's text, a stylesheet) has no room.
          if (/\.(ts|svelte|m?js)$/.test(to)) wrong.push(`${path} imports ${to}, which is not in src`)
        } else if (!allowed(roomOf(path), roomOf(to))) {
          wrong.push(`${path} (${roomOf(path)}) imports ${to} (${roomOf(to)})`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('of core stay in core, but for a few pure packages', () => {
    const wrong: string[] = []
    for (const [path, imports] of graph) {
      if (!path.startsWith('src/core/')) continue
      for (const { name, to } of imports) {
        const fine = to === null ? packagesOfCore.test(name) : to.startsWith('src/core/')
        if (!fine) wrong.push(`${path} imports ${name}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('of smime are of messages, pkijs and asn1js', () => {
    const wrong: string[] = []
    for (const [path, imports] of graph) {
      if (!path.startsWith('src/smime/')) continue
      for (const { name, to } of imports) {
        const fine = to === null ? packagesOfSmime.test(name) : roomsOfSmime.includes(roomOf(to))
        if (!fine) wrong.push(`${path} imports ${name}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('carry the name of a file that is there', () => {
    const wrong: string[] = []
    for (const [path, imports] of graph) {
      for (const { to } of imports) {
        if (to !== null && /\.(ts|svelte|m?js)$/.test(to) && !to.endsWith('.mjs') && !graph.has(to))
          wrong.push(`${path}: ${to}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('run in no circle', () => {
    expect(
      circles(new Map([...graph].map(([path, imports]) => [path, imports.flatMap(({ to }) => to ?? [])]))),
    ).toEqual([])
  })

  it('a circle is seen', () => {
    const edges = { a: ['b', 'c'], b: ['c'], c: ['d'], d: ['b'] }
    expect(circles(new Map(Object.entries(edges)))).toEqual(['b -> c -> d -> b'])
  })
})

function circles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const way: string[] = []
  const visit = (path: string) => {
    const at = way.indexOf(path)
    if (at !== -1) found.push([...way.slice(at), path].join(' -> '))
    if (at !== -1 || done.has(path)) return
    way.push(path)
    for (const next of edges.get(path) ?? []) visit(next)
    way.pop()
    done.add(path)
  }
  for (const path of edges.keys()) visit(path)
  return found
}
