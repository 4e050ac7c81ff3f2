/**
 * The mermaid text of a sequence. Nothing that came over a wire may steer mermaid: `;` ends a statement, `#` begins a
 * comment, `wrap:` and `%%{` are directives, and a participant called `end.com` breaks its parser. So participants are
 * p1, p2 ..., and every character that is not a plain letter, digit, blank, dot or comma becomes an entity code.
 */

/** One row, already in words. `from` and `to` are the same where something happens on one host. */
export interface DrawnRow {
  from: string
  to: string
  text: string
  look: 'solid' | 'dashed' | 'cross' | 'note' | 'over-all'
  /** Inside TLS: a lock stands before it, as in the picture of the page. */
  sealed: boolean
}

const LOCK = '\u{1f512} '
const ARROWS = { solid: '->>', dashed: '-->>', cross: '-x' } as const

export function mermaidText(rows: readonly DrawnRow[]): string {
  const ids = new Map<string, string>()
  for (const row of rows)
    if (row.look !== 'over-all')
      for (const host of [row.from, row.to]) if (!ids.has(host)) ids.set(host, `p${ids.size + 1}`)
  const lines = ['sequenceDiagram']
  for (const [host, id] of ids) lines.push(`    participant ${id} as ${escaped(host)}`)
  for (const row of rows) {
    const [from, to] = [ids.get(row.from), ids.get(row.to)]
    const text = escaped(row.sealed ? LOCK + row.text : row.text)
    if (row.look === 'over-all') {
      if (ids.size > 0) lines.push(`    Note over p1,p${ids.size}: ${text}`)
    } else if (row.look === 'note' || from === to) lines.push(`    Note over ${from}: ${text}`)
    else lines.push(`    ${from}${ARROWS[row.look]}${to}: ${text}`)
  }
  return `${lines.join('\n')}\n`
}

/** Words that mermaid's lexer may take for a keyword, even in the middle of a line. */
const KEYWORDS =
  /\b(?=(?:end|loop|alt|else|opt|par|and|rect|critical|option|break|note|over|left|right|of|as|participant|actor|create|destroy|box|activate|deactivate|autonumber|title|acctitle|accdescr|links?|properties|details|style|classdef|sequencediagram|wrap|nowrap|off)\b)./gi

export function escaped(text: string): string {
  const code = (character: string) => `#${character.codePointAt(0)};`
  const plain = text.replace(/[\s\u0001]+/g, ' ').trim()
  if (plain === '') return code(' ')
  // The keywords go first, while the text is still as it is read; their first letter is marked with a control character.
  return plain
    .replace(KEYWORDS, '\u0001$&')
    .replace(/\u0001(.)|[^A-Za-z0-9À-ÖØ-Þà-öø-ÿ .,]/gu, (all, keyword: string | undefined) => code(keyword ?? all))
}
