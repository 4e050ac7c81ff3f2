import { describe, expect, it } from 'vitest'
import { toBytes, toOctets } from '../../../src/core/bytes/octets.ts'

const all = Uint8Array.from({ length: 256 }, (_, value) => value)

describe('octets', () => {
  it('carry all 256 values, each as the character of its own number', () => {
    const octets = toOctets(all)
    expect(octets.length).toBe(256)
    for (let value = 0; value < 256; value++) expect(octets.charCodeAt(value)).toBe(value)
    expect(toBytes(octets)).toEqual(all)
  })

  it.each([0, 1, 8191, 8192, 8193, 16384, 100_001])('are whole at a length of %i, across the chunks', (length) => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) & 255)
    const octets = toOctets(bytes)
    expect(octets.length).toBe(length)
    expect(toBytes(octets)).toEqual(bytes)
  })

  it('come from a window on a larger buffer as well', () => {
    expect(toOctets(all.subarray(65, 68))).toBe('ABC')
  })
})
