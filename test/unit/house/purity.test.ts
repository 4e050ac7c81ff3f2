import { describe, expect, it } from 'vitest'
import { coreProgram, impurities } from './impurities.ts'
import { files, read } from './source.ts'

function found(text: string): string[] {
  return impurities(coreProgram({ '/x.ts': text })).map((place) => place.replace('/x.ts:', ''))
}

describe('the core', () => {
  it('is not reached by the world outside', () => {
    const program = coreProgram()
    const seen = program.getSourceFiles().filter(({ fileName }) => fileName.includes('/src/core/')).length
    expect(seen).toBe(files('src/core', /\.ts$/).length)
    expect(impurities(program)).toEqual([])
  }, 60_000)

  it('is compiled without DOM and Node', () => {
    const { compilerOptions } = JSON.parse(read('src/core/tsconfig.json')) as {
      compilerOptions: Record<string, unknown>
    }
    expect(compilerOptions['lib']).toEqual(['ES2023'])
    expect(compilerOptions['types']).toEqual([])
    expect(files('src/core', /\.ts$/).filter((path) => /\/\/\/\s*<reference/.test(read(path)))).toEqual([])
  })

  it('would be caught at it', () => {
    expect(
      found(
        [
          'export const a = Date.now()',
          'export const b = () => new Date()',
          'export const c = Math.random()',
          'setTimeout(() => 1, 1)',
          'export const d = (1).toLocaleString()',
          "export const e = 'a'.localeCompare('b')",
          'export const f = { Date }',
          'export const g = Math["random"]',
          'export const h: Date | null = null',
          'declare const window: unknown',
          "import { randomBytes } from '@noble/hashes/utils.js'",
          'export const i = console.log(randomBytes(3))',
          'export const j = new Intl.NumberFormat("fr")',
          'export const k = globalThis',
        ].join('\n'),
      ),
    ).toEqual([
      '1: Date',
      '2: Date',
      '3: Math.random',
      '4: setTimeout',
      '5: (1).toLocaleString',
      "6: 'a'.localeCompare",
      '7: Date',
      '8: Math["random"]',
      '9: Date',
      '10: declare const window: unknown',
      '11: randomBytes',
      '12: console',
      '13: Intl',
      '14: globalThis',
    ])
  }, 60_000)

  it('may use these words for things of its own', () => {
    expect(
      found(`
        // Date.now() and Math.random()
        export const text = 'new Date() fetch(x)'
        export const header = { Date: 'Mon', process: 1, random: () => 4 }
        export const four = header.random() + header.process
        export const when = header.Date
        export function fetch(range: string) { return range }
        fetch('1:*')
        interface Message { document: string; window: number }
        export const read = (message: Message) => message.document
        export class Random { random() { return 4 } }
        export const five = new Random().random()`),
    ).toEqual([])
  }, 60_000)
})
