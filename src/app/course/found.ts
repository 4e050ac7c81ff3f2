/** Searching without accents and case: `reponse` finds « Réponse ». */

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()

/** Is each word of what is searched for in one of these texts? */
export function found(query: string, ...texts: string[]): boolean {
  const words = plain(query).split(/\s+/).filter(Boolean)
  const all = plain(texts.join('\n'))
  return words.every((word) => all.includes(word))
}
