/** The charsets of Node, which are those of a browser. */
import type { MoreCharsets } from '../../src/core/bytes/charsets.ts'
import { toBytes } from '../../src/core/bytes/octets.ts'

export const moreCharsets: MoreCharsets = (name) => {
  try {
    const decoder = new TextDecoder(name)
    return (octets) => decoder.decode(toBytes(octets))
  } catch {
    return null
  }
}
