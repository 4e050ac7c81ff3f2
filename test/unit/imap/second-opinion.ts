/** What the parser of others, npm's `imap-handler`, makes of our answers: it throws where the grammar is not kept. */
import { createRequire } from 'node:module'

/** Each untagged line of an answer, with its literals, which show where it ends; from the first one on. */
export function untaggedLines(said: string): string[] {
  const found: string[] = []
  for (let at = 0; said.startsWith('* ', at);) {
    let end = at
    for (;;) {
      end = said.indexOf('\r\n', end)
      const announced = /\{(\d+)\}$/.exec(said.slice(Math.max(at, end - 20), end))
      if (!announced) break
      end += 2 + Number(announced[1])
    }
    found.push(said.slice(at, end))
    at = end + 2
  }
  return found
}

export interface Atom {
  type: string
  value: string
  section?: Value[]
  partial?: number[]
}
export type Value = null | Atom | Value[]

interface Others {
  parser(line: string, options: { allowUntagged: boolean }): Parsed
}

export interface Parsed {
  tag: string
  command: string
  attributes: Value[]
}

const others = createRequire(import.meta.url)('imap-handler') as Others

export function parsed(line: string): Parsed {
  const { tag, command, attributes = [] } = others.parser(inItsForm(line), { allowUntagged: true })
  return { tag, command, attributes }
}

/**
 * As that parser wants it: blanks between the lists that stand side by side in envelopes and structures, no literal8, no
 * sequence set within a list, and brackets only behind BODY.
 */
function inItsForm(line: string): string {
  const literal = /(~?)\{(\d+)\}\r\n/.exec(line)
  const to = literal ? literal.index + literal[0].length : line.length
  const plain = line
    .slice(0, to)
    .replaceAll(')(', ') (')
    .replaceAll(' ~{', ' {')
    .replaceAll(/ (?:PARTIAL|ADDTO|REMOVEFROM) \([^)]*\)/g, (places) => places.replaceAll(':', '-'))
    .replaceAll(/(BINARY(?:\.SIZE)?)\[/g, 'BODY[')
  if (!literal) return plain
  const end = to + Number(literal[2])
  const octets = line.slice(to, end)
  return plain + (literal[1] === '~' ? octets.replaceAll('\0', '.') : octets) + inItsForm(line.slice(end))
}
