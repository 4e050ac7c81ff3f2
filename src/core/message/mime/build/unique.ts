/** A source of boundaries and ids that counts: the same stem gives the same ones again, as a replay needs it. */
import type { Unique } from './draft.ts'

/**
 * `stem` makes them differ from those of other messages: what the world drew by its seed, a queue id, a time. The `=_`
 * never stands in quoted-printable or base64, so that a boundary with it cannot clash with what is encoded
 * (RFC 2045 6.7).
 */
export function counted(stem: string, host: string): Unique {
  const word = stem.replace(/[^A-Za-z0-9.]/g, '').slice(0, 40)
  let boundaries = 0
  let ids = 0
  return {
    // The number stands in front: `=_1` would be how `=_10` begins.
    boundary: () => `=_${++boundaries}_${word}`,
    messageId: () => `<${word}.${++ids}@${host}>`,
  }
}
