/** Reads text/enriched (RFC 1896): commands in angle brackets, `<bold>so</bold>`, and its own rule for line ends. */
import type { Style, StyledNode } from './styled.ts'
import { StyledText, styles } from './styled.ts'

const KNOWN: ReadonlySet<string> = new Set<Style>(styles.slice(0, styles.indexOf('indent')))

const TOKENS = /<<|<(\/?)([A-Za-z0-9-]{1,60})>|(?:\r\n|\r|\n)+/g

export function readEnriched(text: string): StyledNode[] {
  const styled = new StyledText()
  const tokens = new RegExp(TOKENS)
  let at = 0
  for (let token; (token = tokens.exec(text)) !== null; at = tokens.lastIndex) {
    styled.text(text.slice(at, token.index))
    const [whole, slash, name] = token
    const command = name?.toLowerCase()
    if (whole === '<<') styled.text('<')
    else if (command === undefined) lineEnds(styled, whole)
    else if (command === 'param') {
      if (slash === '') tokens.lastIndex = parameter(styled, text, tokens.lastIndex)
    } else if (isStyle(command)) {
      if (slash === '') styled.open(command)
      else styled.close(command)
    }
    // A command that nobody knows is passed over, and the text in it stays.
  }
  styled.text(text.slice(at))
  return styled.end()
}

const isStyle = (name: string): name is Style => KNOWN.has(name)

/** One line end is a blank, n of them are n - 1 line breaks; but inside <nofill> each is one. */
function lineEnds(styled: StyledText, whole: string): void {
  const count = whole.replace(/\r\n/g, '\n').length
  const breaks = styled.isOpen('nofill') ? count : count - 1
  if (breaks === 0) styled.text(' ')
  for (let k = 0; k < breaks; k++) styled.break()
}

/** Takes what stands up to </param>, and gives where the text goes on. */
function parameter(styled: StyledText, text: string, from: number): number {
  const close = /<\/param>/gi
  close.lastIndex = from
  const end = close.exec(text)
  styled.parameter(text.slice(from, end ? end.index : text.length).replace(/<</g, '<'))
  return end ? close.lastIndex : text.length
}
