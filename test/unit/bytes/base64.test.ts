import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../../src/core/bytes/base64.ts'

/** RFC 4648 section 10. */
const VECTORS: [string, string][] = [
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
]

describe('base64', () => {
  it.each(VECTORS)('%j is %j', (octets, text) => {
    expect(encodeBase64(octets)).toBe(text)
    expect(decodeBase64(text)).toBe(octets)
  })

  it('carries all 256 octets, as Node does', () => {
    const octets = String.fromCharCode(...Array.from({ length: 256 }, (_, value) => value))
    const text = Buffer.from(octets, 'latin1').toString('base64')
    expect(encodeBase64(octets)).toBe(text)
    expect(decodeBase64(text)).toBe(octets)
  })

  it.each([
    'Z',
    'Zg',
    'Zg=',
    'Zm9',
    'Zm9v=',
    'Zm9vYg=', // length
    '=',
    '==',
    '===',
    '====',
    'Z===',
    '=Zg=',
    'Zg==Zg==',
    'Zm8=Zm8=',
    'Z=g=', // padding
    'Zh==',
    'Zi==',
    'Zv==',
    'Zm9=',
    'Zm-=', // stray bits
    'Zm9_',
    'Zm-v',
    'Zm 9',
    'Zm9v\r\n',
    'Zm9\n',
    'Zm9\0',
    'Zm9é',
    'Zm9\u0141',
    '*===',
    '!m9v',
    'Z!9v',
    'Zm!v', // alphabet
  ])('%j is none', (text) => {
    expect(decodeBase64(text)).toBeNull()
  })
})
