/**
 * text/plain; format=flowed (RFC 3676): a line that ends in a blank goes on in the next, so that paragraphs fit any
 * window, and old readers still see lines. Quotes are counted by the `>` in front.
 */

export interface FlowedParagraph {
  /** How many `>` stand before it. */
  quote: number
  text: string
  /** Made of lines that flow, so that it may be broken anew; a fixed line may not. */
  flowed: boolean
  /** `-- ` and what follows it (4.3). */
  signature: boolean
}

/** `text` is decoded, with any line ends. `delSp`: the blank at the end of a flowed line is not part of the text. */
export function readFlowed(text: string, delSp = false): FlowedParagraph[] {
  const paragraphs: FlowedParagraph[] = []
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop() // behind the last line end there is no line
  let open: { quote: number; pieces: string[] } | null = null
  let signature = false
  const close = () => {
    if (open) paragraphs.push({ quote: open.quote, text: open.pieces.join(''), flowed: true, signature })
    open = null
  }
  for (const line of lines) {
    let quote = 0
    while (line[quote] === '>') quote++
    // The blank that was stuffed in front of "From ", `>` and blanks (4.4).
    const content = line.slice(line[quote] === ' ' ? quote + 1 : quote)
    const isSignature = content === '-- '
    // A change of the quote depth ends a paragraph, even one that said it goes on (4.5).
    if (open && (open.quote !== quote || isSignature)) close()
    if (isSignature) {
      signature = true
      paragraphs.push({ quote, text: content, flowed: false, signature })
    } else if (content.endsWith(' ')) {
      open ??= { quote, pieces: [] }
      open.pieces.push(delSp ? content.slice(0, -1) : content)
    } else if (open) {
      open.pieces.push(content)
      close()
    } else paragraphs.push({ quote, text: content, flowed: false, signature })
  }
  close()
  return paragraphs
}

/** Lines stay under 78 characters, soft end included, where there is a blank to break at (4.2). */
const WIDTH = 72
/** Quotes of quotes of quotes: deeper than this nobody counts, and the marks would fill the line. */
const DEEPEST = 40

/** One paragraph to a line of the text given, as a person types it; quotes keep their `>`. */
export function writeFlowed(text: string, delSp = false): string {
  const paragraphs = text.split(/\r\n|\r|\n/).map((line) => {
    let quote = 0
    while (line[quote] === '>') quote++
    // The blank behind the marks is for the eye, and is written again.
    const content = line.slice(quote > 0 && line[quote] === ' ' ? quote + 1 : quote)
    return writeParagraph('>'.repeat(Math.min(quote, DEEPEST)), content, delSp)
  })
  return paragraphs.join('\r\n')
}

function writeParagraph(marks: string, text: string, delSp: boolean): string {
  // The signature's line is the one that ends in a blank and does not flow (4.3).
  const whole = text === '-- ' ? text : text.replace(/ +$/, '')
  const width = WIDTH - marks.length
  const lines: string[] = []
  for (let at = 0; at < whole.length || lines.length === 0;) {
    const to = whole.length - at <= width ? whole.length : breakAt(whole, at, width, delSp)
    const soft = to < whole.length && delSp ? ' ' : ''
    const piece = whole.slice(at, to)
    // Stuffed, so that no reader takes the blank, the `>` or mbox's "From " for its own sign (4.4).
    const stuffed = marks !== '' || /^(?: |>|From )/.test(piece)
    lines.push(marks + (stuffed && piece !== '' ? ' ' : '') + piece + soft)
    at = to
  }
  return lines.join('\r\n')
}

/** Behind the last blank that fits, or the first one beyond; with DelSp, where there is none, between two characters. */
function breakAt(text: string, at: number, width: number, delSp: boolean): number {
  const fits = text.slice(at, at + width).lastIndexOf(' ')
  // A line that is `-- ` alone would begin the signature (4.3).
  if (fits > 0 && (delSp || text.slice(at, at + fits + 1) !== '-- ')) return at + fits + 1
  if (delSp) return at + width - (isHalf(text.charCodeAt(at + width - 1)) ? 1 : 0)
  const beyond = text.indexOf(' ', at + width)
  return beyond < 0 ? text.length : beyond + 1
}

const isHalf = (unit: number) => unit >= 0xd800 && unit < 0xdc00
