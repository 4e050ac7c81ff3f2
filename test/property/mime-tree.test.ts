/** Trees that are written down are read back, whatever their bodies hold and whatever their boundaries look like. */
import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { MessageModel } from '../../src/core/message/mime/model.ts'
import { parseMessage } from '../../src/core/message/mime/parse.ts'
import type { Part } from '../../src/core/message/mime/part.ts'
import { broken } from '../messages/invariants.ts'

type Tree =
  | { kind: 'leaf'; body: string }
  | { kind: 'message'; inner: Tree }
  | { kind: 'multipart'; preamble: string; parts: Tree[]; epilogue: string; closed: boolean }

/**
 * Lines that delimiters resemble, but that are none: each boundary has a number and a dot in it. No CR at the end: with the
 * LF of the delimiter behind it, it would be the delimiter's.
 */
const text = fc
  .array(fc.constantFrom('--', '-', 'b', 'b1', '--b1', '--b2-', '\r\n', '\n', '\r', ' ', '\0', 'é', ': '), {
    maxLength: 8,
  })
  .map((pieces) => pieces.join('').replace(/\r+$/, ''))

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('leaf' as const), body: text }),
    fc.record({ kind: fc.constant('message' as const), inner: tie('tree') }),
    fc.record({
      kind: fc.constant('multipart' as const),
      preamble: text,
      parts: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
      epilogue: text,
      closed: fc.boolean(),
    }),
  ),
}))

/** Written with the given line end. Each boundary begins as those written before it do: b1., b1.2., b1.2.3. ... */
function write(root: Tree, end: string): string {
  let boundary = 'b'
  let count = 0
  const entity = (part: Tree): string => {
    if (part.kind === 'leaf') return `X: 1${end}${end}${part.body}`
    if (part.kind === 'message') return `Content-Type: message/rfc822${end}${end}${entity(part.inner)}`
    boundary = count % 7 === 0 ? 'b' : boundary
    boundary += `${String(++count)}.`
    const own = boundary
    const header = `Content-Type: multipart/mixed; boundary="${own}"${end}${end}`
    const parts = part.parts.map((each) => `${end}--${own}${end}${entity(each)}`).join('')
    return header + part.preamble + parts + (part.closed ? `${end}--${own}--${end}${part.epilogue}` : '')
  }
  return entity(root)
}

/** What was read, in the same form; the line end that an inner epilogue lost to the delimiter behind it is no matter. */
function shape(part: Part): unknown {
  if (part.multipart) return part.children.map(shape)
  if (part.type === 'message') return { inner: part.children.map(shape) }
  return part.source.slice(part.body.from, part.body.to)
}

function meant(part: Tree): unknown {
  if (part.kind === 'leaf') return part.body
  if (part.kind === 'message') return { inner: [meant(part.inner)] }
  return part.parts.map(meant)
}

describe('trees', () => {
  it.each(['\r\n', '\n'])('are read as they were written, with line ends %j', (end) => {
    fc.assert(
      fc.property(tree, (written) => {
        const source = write(written, end)
        const read = parseMessage(source)
        expect(shape(read.root)).toEqual(meant(written))
        expect(broken(read, source)).toEqual([])
      }),
    )
  })

  it('cut anywhere still are the sum of their pieces, and answer every question', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), (written, from, length) => {
        const whole = write(written, '\r\n')
        const at = from % (whole.length + 1)
        const source = whole.slice(0, at) + whole.slice(at + (length % 40))
        const model = new MessageModel(source)
        expect(broken(model.tree, source)).toEqual([])
        expect(model.section('HEADER')! + model.section('TEXT')!).toBe(source)
        for (const { from, to } of model.problems)
          expect([from >= 0, from <= to, to <= source.length]).not.toContain(false)
        expect(model.structure.kind).toBe(model.tree.root.multipart ? 'multipart' : 'part')
      }),
    )
  })
})
