/**
 * Text that was copied from a course is not what was meant: dialogues have `C:` and `S:` before their lines, and word
 * processors turn quotes and blanks into others that look alike, and that no server understands.
 */
export type Blemish = 'prefixes' | 'quotes' | 'blanks'

const CLIENT = /^\s*C ?: ?/
const SERVER = /^\s*S ?: ?/
const DOUBLE = /[\u201c\u201d\u201e\u00ab\u00bb]/g
const SINGLE = /[\u2018\u2019\u201a]/g
const BLANKS = /[\u00a0\u2007\u202f\u2009\ufeff]/g

/**
 * What is odd about it; nothing where nobody would mean something else. A letter of many lines may have any quotes it likes: a
 * command has not.
 */
export function blemishes(text: string): Blemish[] {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const isDialogue = isOfDialogue(lines[0] ?? '') && lines.some((line) => CLIENT.test(line))
  const found: Blemish[] = isDialogue ? ['prefixes'] : []
  if (!isDialogue && lines.length > 1) return found
  if (text.search(DOUBLE) >= 0 || text.search(SINGLE) >= 0) found.push('quotes')
  if (text.search(BLANKS) >= 0) found.push('blanks')
  return found
}

const isOfDialogue = (line: string) => CLIENT.test(line) || SERVER.test(line)

/** What the client says, with the quotes and blanks that a keyboard has. */
export function cleaned(text: string): string {
  const plain = text.replace(DOUBLE, '"').replace(SINGLE, "'").replace(BLANKS, ' ')
  if (!blemishes(text).includes('prefixes')) return plain
  const said: string[] = []
  let client = false
  for (const line of plain.split(/\r\n|\r|\n/)) {
    if (isOfDialogue(line)) client = CLIENT.test(line)
    if (client && line.trim() !== '') said.push(line.replace(CLIENT, ''))
  }
  return said.map((line) => `${line}\n`).join('')
}
