import { describe, expect, it } from 'vitest'
import {
  encodedAs,
  encodingsFor,
  inCharset,
  movedPart,
  withoutPart,
  withPart,
  wrapped,
} from '../../../src/core/message/mime/build/edit.ts'
import { counted } from '../../../src/core/message/mime/build/unique.ts'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import { allParts } from '../../../src/core/message/mime/part.ts'

const source = [
  'From: a@b.example',
  'Date: Thu, 1 Oct 2026 10:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  'Content-Transfer-Encoding: 8bit',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  'caf\xc3\xa9',
  '--b',
  '',
  'two',
  '--b',
  'Content-Type: image/x; name=p',
  'Content-Transfer-Encoding: base64',
  '',
  'AAEC',
  '--b--',
  '',
].join('\r\n')

const parts = (octets: string) => [...allParts(new MessageModel(octets).tree.root)]
const bodies = (octets: string) => {
  const model = new MessageModel(octets)
  return [...allParts(model.tree.root)].filter(({ multipart }) => !multipart).map((part) => model.octets(part))
}
const unique = counted('t', 'h.example')

describe('a message is changed at its tree', () => {
  const [root, first, second, third] = parts(source)

  it('a part is taken out, moved, put in', () => {
    expect(bodies(withoutPart(second!)!)).toEqual(['caf\xc3\xa9', '\0\x01\x02'])
    expect(bodies(withoutPart(third!)!)).toEqual(['caf\xc3\xa9', 'two'])
    expect(bodies(movedPart(first!, 1)!)).toEqual(['two', 'caf\xc3\xa9', '\0\x01\x02'])
    expect(bodies(movedPart(third!, -1)!)).toEqual(['caf\xc3\xa9', '\0\x01\x02', 'two'])
    expect(movedPart(movedPart(first!, 1) === null ? first! : parts(movedPart(first!, 1)!)[2]!, -1)).toBe(source)
    expect(movedPart(third!, 1)).toBeNull()
    expect(movedPart(first!, -1)).toBeNull()
    expect(bodies(withPart(first!, '\r\nnew')!)).toEqual(['caf\xc3\xa9', 'new', 'two', '\0\x01\x02'])
    expect(bodies(withPart(root!, '\r\nnew')!)).toEqual(['caf\xc3\xa9', 'two', '\0\x01\x02', 'new'])
    expect(withoutPart(root!)).toBeNull()
  })

  it('a part is wrapped, and its header goes in with it; that of the message stays', () => {
    const inner = wrapped(first!, 'alternative', unique)
    expect(parts(inner).map(({ type, subtype }) => `${type}/${subtype}`)).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/plain',
      'image/x',
    ])
    expect(bodies(inner)).toEqual(bodies(source))
    expect(new MessageModel(inner).problems).toEqual([])
    const plain = 'From: a@b.example\r\nDate: Thu, 1 Oct 2026 10:00:00 +0000\r\nSubject: s\r\n\r\nhello\r\n'
    const whole = wrapped(parts(plain)[0]!, 'mixed', unique)
    expect(whole).toMatch(
      /^From: a@b\.example\r\nDate: .*\r\nSubject: s\r\nMIME-Version: 1\.0\r\nContent-Type: multipart\/mixed/,
    )
    expect(new MessageModel(whole).problems).toEqual([])
    expect(bodies(whole)).toEqual(['hello'])
  })

  it('a part is encoded anew, and holds the same', () => {
    for (const encoding of ['base64', 'quoted-printable', '8bit'] as const) {
      const after = encodedAs(first!, encoding)!
      expect(bodies(after)).toEqual(bodies(source))
      expect(parts(after)[1]!.encoding).toBe(encoding)
      expect(parts(after)[1]!.parameter('charset')).toBe('utf-8')
    }
    expect(encodingsFor(first!)).toEqual(['8bit', 'binary', 'quoted-printable', 'base64'])
    expect(encodingsFor(root!)).toEqual([])
    const bare = encodedAs(parts('Subject: s\r\n\r\nhello\r\n')[0]!, 'base64')!
    expect(bare).toBe('Subject: s\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8NCg==\r\n')
  })

  it('a text is written in another charset, where that has its characters', () => {
    const latin = inCharset(first!, 'iso-8859-1')!
    expect(bodies(latin)[0]).toBe('caf\xe9')
    expect(latin).toContain('Content-Type: text/plain; charset=iso-8859-1\r\n')
    expect(new MessageModel(latin).text(parts(latin)[1]!)).toBe('café')
    expect(inCharset(first!, 'us-ascii')).toBeNull()
    expect(inCharset(third!, 'utf-8')).toBeNull()
  })
})
