/** Octets and characters as small boxes: what they look like, and their number. */
import { characterAt } from '../../core/message/steps/character.ts'
import { hexOf, visible, type Matter } from '../../core/message/steps/run.ts'

export interface Glyph {
  readonly from: number
  readonly to: number
  /** '' for an octet that looks like nothing by itself. */
  readonly look: string
  readonly hex: string
}

/** A character that shows nothing by itself, and U+FFFD, which stands for octets that are none. */
const look = (text: string): string => (/[\x80-\x9f\ufffd]/.test(text) ? '' : visible(text))

/** What stands from `from` to `to`; a character that begins before or ends behind is there whole. */
export function glyphs(text: string, from: number, to: number, is: Matter, charset: string): Glyph[] {
  const found: Glyph[] = []
  if (is === 'characters') {
    // Not in the middle of a pair.
    for (let at = from > 0 && /[\udc00-\udfff]/.test(text[from]!) ? from - 1 : from; at < to;) {
      const character = String.fromCodePoint(text.codePointAt(at)!)
      const hex = hexOf(character.codePointAt(0)!)
      const end = at + character.length
      found.push({ from: at, to: end, look: look(character), hex })
      at = end
    }
    return found
  }
  const UTF8_MOST = 3
  let at = from
  for (let back = 0; back < UTF8_MOST && at > 0 && /[\x80-\xbf]/.test(text[at] ?? ''); back++) at--
  while (at < to) {
    const character = characterAt(text, at, charset)
    for (let k = 0; k < character.length; k++, at++) {
      if (at < from || at >= to) continue
      const hex = hexOf(text.charCodeAt(at))
      found.push({ from: at, to: at + 1, look: k === 0 ? look(character.text) : '', hex })
    }
  }
  return found
}
