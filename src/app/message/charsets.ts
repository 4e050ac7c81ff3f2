/** The charsets that the browser knows beside those of the core: Japanese, Cyrillic, Chinese ... */
import type { MoreCharsets } from '../../core/bytes/charsets.ts'
import { toBytes } from '../../core/bytes/octets.ts'

const known = new Map<string, ReturnType<MoreCharsets>>()

export const moreCharsets: MoreCharsets = (name) => {
  const label = name.trim().toLowerCase()
  const kept = known.get(label)
  if (kept !== undefined) return kept
  const reader = decoder(label)
  // A letter may name any number of charsets that nobody knows: only what is known is kept.
  if (reader !== null) known.set(label, reader)
  return reader
}

function decoder(label: string): ReturnType<MoreCharsets> {
  try {
    const decoding = new TextDecoder(label)
    return (octets) => decoding.decode(toBytes(octets))
  } catch {
    return null
  }
}
