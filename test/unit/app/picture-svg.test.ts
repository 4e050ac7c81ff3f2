import fc from '../../fast-check.ts'
import { describe, expect, test } from 'vitest'
import { pictureSvg, xml, type PictureLine } from '../../../src/app/sequence/picture-svg.ts'
import { fileName } from '../../../src/app/sequence/exchange.ts'
import type { Row } from '../../../src/core/views/rows.ts'

const look = {
  title: 'An exchange',
  colour: (name: string) => `#${name.length}${name.length}${name.length}`,
  mono: "'DejaVu Sans Mono', monospace",
  sans: 'sans-serif',
}
const place = { id: 0, seq: 0, last: 0, at: 0, conn: 'c1', secure: false }

function lines(text: string, from: string, to: string): PictureLine[] {
  const rows: Row[] = [
    { ...place, from, to, row: 'command', protocol: 'smtp', verb: null, line: text },
    { ...place, from: to, to: from, row: 'reply', protocol: 'smtp', code: '250', lines: [text], moved: text },
    { ...place, from, to: from, row: 'received', field: text, text },
    { ...place, from, to, row: 'tls', outcome: null, detail: text },
    { ...place, from, to, row: 'lost', why: 'cut', times: 1, seqs: [0] },
    { ...place, from: '', to: '', row: 'fault', what: text },
  ]
  return rows.map((row) => ({ row, time: text, text, moved: row.row === 'reply' ? text : '', folded: null }))
}

/** A reader of XML that is stricter than any browser: tags that are known, attributes in double quotes, nothing left open. */
function wellFormed(svg: string): string[] {
  const texts: string[] = []
  const open: string[] = []
  let at = 0
  for (const found of svg.matchAll(/<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<]*")*)(\/?)>/g)) {
    const text = svg.slice(at, found.index)
    expect(text).not.toMatch(/[<>]|&(?!#\d+;)/)
    if (open.at(-1) === 'text') texts.push(text)
    at = found.index + found[0].length
    const [, end, name, attributes, empty] = found
    expect(['svg', 'title', 'style', 'rect', 'path', 'text', 'g', 'circle']).toContain(name)
    expect(attributes).not.toMatch(/ (?:on\w+|href|xlink:href|src)=/)
    expect(attributes).not.toMatch(/NaN|undefined|Infinity/)
    if (end) expect(open.pop()).toBe(name)
    else if (!empty) open.push(name!)
  }
  expect(open).toEqual([])
  expect(svg.slice(at).trim()).toBe('')
  return texts
}

const NASTY = [
  '<script>alert(1)</script>',
  ']]>',
  '&amp;&lt;<!-- -->',
  '"\' onload="alert(1)',
  '\u202eevil\u200f',
  '\x1b[2J\x00',
  '</text></svg><svg onload=alert(1)>',
  '@import url(https://x.example/)',
  '\ud800 alone \udfff',
  'x'.repeat(100_000),
  '',
]
const anything = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(...NASTY))

describe('the picture as a file', () => {
  test('is well-formed, whatever was said and whoever said it, and loads nothing', () => {
    fc.assert(
      fc.property(anything, anything, anything, (text, from, to) => {
        const { text: svg, width, height } = pictureSvg(lines(text, `a${from}`, `b${to}`), new Map(), look)
        wellFormed(svg)
        expect(svg).not.toMatch(/[\x00-\x08\x0b-\x1f\u202a-\u202e\u200e\u200f]/)
        expect(() => encodeURIComponent(svg)).not.toThrow()
        expect(/<style>(.*)<\/style>/s.exec(svg)![1]).not.toMatch(/url|@/)
        expect(Math.min(width, height)).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
  })

  test('says what it was given', () => {
    const texts = wellFormed(pictureSvg(lines('RCPT TO:<a&b@x>', 'pc', 'mx'), new Map(), look).text)
    expect(texts).toContain(xml('RCPT TO:<a&b@x>'))
    expect(texts).toEqual(expect.arrayContaining(['pc', 'mx']))
  })

  test('colours and fonts cannot end the style sheet', () => {
    const bad = '</style><script>alert(1)</script>{}'
    const { text } = pictureSvg(lines('x', 'a', 'b'), new Map(), { ...look, mono: bad, sans: bad, colour: () => bad })
    wellFormed(text)
    expect(text).not.toContain('<script')
  })

  test('nothing to draw is a picture, too', () => {
    wellFormed(pictureSvg([], new Map(), look).text)
  })
})

test('a file name has no way to go', () => {
  expect(fileName('../../etc/passwd', 'c1', 'svg')).toBe('facteur-etc-passwd-c1.svg')
  fc.assert(
    fc.property(fc.string(), fc.string(), (world, what) => {
      expect(fileName(world, what, 'png')).toMatch(/^facteur-[\w-]*\.png$/)
    }),
  )
})
