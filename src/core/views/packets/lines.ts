/** Lines of text, as the mail protocols and HTTP have them: words, what stands behind them, and their ends. */
import type { Octets } from '../../bytes/octets.ts'
import { readable, type Dissection } from './dissect.ts'

/** Of a long message that is enough lines to see. */
export const MOST_LINES = 60

export const readableLine = (octets: Octets): string => readable(octets.replace(/\r?\n$/, ''))

/** Octets up to the end of this line, and with it. */
export function lineLength(of: Dissection): number {
  const end = of.octets.indexOf('\n', of.at)
  return end < 0 ? of.left : Math.min(of.left, end + 1 - of.at)
}

/** Up to the blank and with it. */
export function word(of: Dissection, name: string, why: string): void {
  const found = /^[^ \r\n]* ?/.exec(of.octets.slice(of.at, of.at + Math.min(of.left, 1000)))![0]
  of.bytes(name, why, found.length, (octets) => readable(octets.trimEnd()))
}

export function rest(of: Dissection, name: string, why: string): void {
  const ends = /\r?\n$/.exec(of.octets.slice(of.at, of.at + of.left))?.[0].length ?? 0
  of.bytes(name, why, of.left - ends, readable)
  of.bytes('End of line', 'line-end', ends, (octets) => (octets === '\r\n' ? 'CR LF' : 'LF'))
}

/** Lines of a message that is carried, as far as anybody reads them. */
export function messageLines(of: Dissection, why: string): void {
  for (let count = 0; of.left > 0 && count < MOST_LINES; count++)
    of.bytes('Line of the message', why, lineLength(of), readableLine)
  if (of.left > 0) of.bytes('More lines', why, of.left, (octets) => `${octets.length}`)
}
