/** Folding (RFC 5322 2.2.3): a field over several lines, each under 78 characters where its words allow it. */

const LIMIT = 78

/** Joins words by blanks, and by CRLF and a tab where the line would grow too long. No word is ever cut. */
export function folded(words: readonly string[]): string {
  const line = words.join(' ')
  if (line.length <= LIMIT) return line
  let text = ''
  let width = 0
  for (const word of words) {
    if (text === '') {
      text = word
      width = word.length
    } else if (width + 1 + word.length <= LIMIT) {
      text += ` ${word}`
      width += 1 + word.length
    } else {
      text += `\r\n\t${word}`
      width = 1 + word.length
    }
  }
  return text
}
