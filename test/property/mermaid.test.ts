import fc from '../fast-check.ts'
import { describe, expect, test } from 'vitest'
import { escaped, mermaidText, type DrawnRow } from '../../src/core/views/mermaid.ts'

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc
    .array(
      fc.constantFrom(
        ...[
          'end',
          'loop',
          'wrap:',
          '%%{init: {}}%%',
          ';',
          '#',
          '\n',
          ':',
          'ﬂ°°60¶ß',
          '<b>',
          'style x:#a;',
          'Note',
          '->>',
        ],
        ...['participant', 'as', '"', '\\', '&lt;', '#35;', '\u0001', '+', '-', '()', 'é', ' '],
      ),
    )
    .map((parts) => parts.join('')),
)

const rows: fc.Arbitrary<DrawnRow[]> = fc.array(
  fc.record({
    from: hostile,
    to: hostile,
    text: hostile,
    look: fc.constantFrom('solid', 'dashed', 'cross', 'note', 'over-all'),
    sealed: fc.boolean(),
  }),
)

/** What mermaid shows for an escaped text. */
const shown = (text: string) => text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))

const SAFE = String.raw`(?:[A-Za-z0-9À-ÖØ-Þà-öø-ÿ .,]|#\d+;)+`
const LINE = new RegExp(
  `^(?:participant p\\d+ as ${SAFE}|p\\d+(?:->>|-->>|-x)p\\d+: ${SAFE}|Note over p\\d+(?:,p\\d+)?: ${SAFE})$`,
)

describe('mermaid text', () => {
  test('has only lines that we meant, whatever the text', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        const [first, ...lines] = mermaidText(drawn).trimEnd().split('\n')
        expect(first).toBe('sequenceDiagram')
        for (const line of lines) expect(line.trim()).toMatch(LINE)
        const all = lines.filter((line) => !line.includes(' participant '))
        const placed = drawn.filter((row) => row.look !== 'over-all').length
        expect(all.length).toBe(placed === 0 ? 0 : drawn.length)
      }),
    )
  })

  test('a lock stands before what is said inside TLS, and before nothing else', () => {
    const row = { from: 'a', to: 'b', text: 'NOOP', look: 'solid' } as const
    const [, , , open, sealed] = mermaidText([
      { ...row, sealed: false },
      { ...row, sealed: true },
    ]).split('\n')
    expect(open).toBe('    p1->>p2: NOOP')
    expect(shown(sealed!)).toBe('    p1->>p2: \u{1f512} NOOP')
  })

  test('still says the same, but for blanks', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const wanted = text.replace(/[\s\u0001]+/g, ' ').trim()
        expect(shown(escaped(text)).replace(/\s+/g, ' ').trim()).toBe(wanted)
      }),
    )
  })

  test('no keyword of mermaid stands as a word of its own', () => {
    expect(escaped('end.com loop the Note')).toBe('#101;nd.com #108;oop the #78;ote')
  })
})
