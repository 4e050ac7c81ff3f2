/**
 * Reads text/richtext (RFC 1341 7.1.3), which text/enriched replaced: `<lt>` is a `<`, `<nl>` a line break, `<np>` a new page,
 * and a line end no more than a blank.
 */
import type { Style, StyledNode } from './styled.ts'
import { StyledText, styles } from './styled.ts'

const ENRICHED_ONLY: readonly Style[] = ['flushboth', 'nofill', 'paraindent', 'color', 'fontfamily', 'lang']
const KNOWN: ReadonlySet<string> = new Set<Style>(styles.filter((style) => !ENRICHED_ONLY.includes(style)))

const TOKENS = /<(\/?)([A-Za-z0-9-]{1,40})>|\r\n|\r|\n/g

export function readRichtext(text: string): StyledNode[] {
  const styled = new StyledText()
  let at = 0
  /** How many <comment> are open: what is in them is not shown. */
  let comments = 0
  for (const token of text.matchAll(TOKENS)) {
    const [whole, slash, name] = token
    if (comments === 0) styled.text(text.slice(at, token.index))
    at = token.index + whole.length
    const command = name?.toLowerCase()
    if (command === 'comment') comments = Math.max(0, comments + (slash === '' ? 1 : -1))
    else if (comments > 0) continue
    else if (command === undefined) styled.text(' ')
    else if (command === 'lt') styled.text('<')
    else if (command === 'nl') styled.break()
    else if (command === 'np') styled.page()
    else if (isStyle(command)) {
      if (slash === '') styled.open(command)
      else styled.close(command)
    }
  }
  if (comments === 0) styled.text(text.slice(at))
  return styled.end()
}

const isStyle = (name: string): name is Style => KNOWN.has(name)
