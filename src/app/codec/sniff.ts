/** Which kind of picture these octets are, by how they begin; what might run scripts (SVG) is none. */
import type { Octets } from '../../core/bytes/octets.ts'

const BEGINNINGS: readonly (readonly [type: string, beginning: RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/gif', /^GIF8[79]a/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
  ['image/bmp', /^BM[^]{4}\0\0\0\0/],
]

export const pictureTypeOf = (octets: Octets): string | null =>
  BEGINNINGS.find(([, beginning]) => beginning.test(octets.slice(0, 16)))?.[0] ?? null
