import { describe, expect, it } from 'vitest'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import { changes } from '../../../src/core/views/changes.ts'
import { meddlers, type MeddlerId } from '../../../src/core/views/meddling.ts'

const message = (...lines: string[]) => lines.join('\r\n')
const handed = (id: MeddlerId, source: string) => meddlers[id].apply(source)
const changed = (before: string, after: string) =>
  changes(before, after).places.map(({ from, to }) => after.slice(from, to))

const accented = message(
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: 8bit',
  '',
  'caf\xe9',
  '',
)

describe('as others see it', () => {
  it('loses the eighth bit, and says where', () => {
    const after = handed('strip', accented)!
    expect(after).toContain('cafi\r\n')
    expect(changed(accented, after)).toEqual(['i'])
  })

  it('is not taken, or is encoded', () => {
    expect(handed('refuse', accented)).toBeNull()
    expect(handed('refuse', 'a: b\r\n\r\nascii\r\n')).toBe('a: b\r\n\r\nascii\r\n')
    const after = handed('convert', accented)!
    expect(after).toContain('caf=E9')
    expect(after).toContain('Content-Transfer-Encoding: quoted-printable')
    const part = new MessageModel(after).tree.root
    expect(new MessageModel(after).text(part)).toBe('café\r\n')
  })

  it('has its long lines cut, which base64 survives and plain text does not', () => {
    const line = 'x'.repeat(2500)
    const after = handed('long-lines', `a: b\r\n\r\n${line}\r\n`)!
    expect(Math.max(...after.split('\r\n').map(({ length }) => length))).toBe(998)
    expect(after.replaceAll('\r\n', '')).toBe(`a: b${line}`)
    expect(changed(`a: b\r\n\r\n${line}\r\n`, after)).toHaveLength(1)
  })

  it('loses blanks at line ends', () => {
    expect(handed('blanks', 'a: b\r\n\r\n-- \r\nx\t \r\n y')).toBe('a: b\r\n\r\n--\r\nx\r\n y')
  })

  it('has line ends of other machines', () => {
    expect(handed('lf', 'a: b\r\n\r\nc\r\n')).toBe('a: b\n\nc\n')
    expect(new MessageModel(handed('lf', 'a: b\r\n\r\nc\r\n')!).problems.map(({ key }) => key)).toContain('bare-lf')
    expect(handed('cr', 'a: b\r\n\r\nc\r\n')).toBe('a: b\r\rc\r')
  })

  it('is quoted in a mailbox, and stuffed on the wire', () => {
    expect(handed('mbox', 'a: b\r\n\r\nFrom here\r\n>From there\r\nfrom')).toBe(
      'a: b\r\n\r\n>From here\r\n>>From there\r\nfrom',
    )
    expect(handed('dots', 'a: b\r\n\r\n.\r\n..x\r\n')).toBe('a: b\r\n\r\n..\r\n...x\r\n.\r\n')
  })

  it('has the header of a signed part written anew, but not its own', () => {
    const signed = message(
      'Content-Type: multipart/signed; boundary=b; protocol=x; micalg=y',
      '',
      '--b',
      'Content-Type: text/plain;',
      ' charset=utf-8',
      '',
      'one',
      '--b',
      'Content-Type: x/y',
      '',
      '--b--',
      '',
    )
    const after = handed('header', signed)!
    expect(after).toContain('Content-Type: text/plain; charset="utf-8"\r\n\r\none')
    expect(after).toContain('Content-Type: multipart/signed; boundary=b;')
    expect(handed('footer', signed)).toContain('one\r\n-- \r\nA footer')
  })

  it('keeps what it does not mean to change', () => {
    const plain = message('From: a@b.example', 'Subject: s', '', 'text', '')
    for (const id of ['strip', 'refuse', 'convert', 'long-lines', 'blanks', 'tabs', 'mbox', 'header'] as const)
      expect([id, handed(id, plain)]).toEqual([id, plain])
  })
})

describe('changed lines', () => {
  it('finds what was put in, taken out and changed', () => {
    expect(changes('a\nb\nc\n', 'a\nb\nc\n')).toEqual({ places: [], before: 0, after: 0 })
    expect(changes('a\nb\nc\n', 'a\nx\nb\nc\n')).toEqual({ places: [{ from: 2, to: 4 }], before: 0, after: 1 })
    expect(changes('a\nb\nc\n', 'a\nc\n')).toEqual({ places: [{ from: 2, to: 2 }], before: 1, after: 0 })
    expect(changed('one two\nb\nthree four\n', 'one TWO\nb\nthree 4\n')).toEqual(['TWO', '4'])
  })

  it('does not compare a hundred thousand lines with each other', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => `${at}\n`)
    const other = many.map((line, at) => (at % 1000 === 500 ? `x${line}` : line))
    expect(changes(many.join(''), other.join('')).after).toBe(100)
    expect(changes(many.join(''), other.slice(1).join('').replace('99500', 'y')).places.length).toBeGreaterThan(0)
  })
})
