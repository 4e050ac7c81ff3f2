/** Where things stand in the picture of the sequence. Rows have one height, so that finding them is simple arithmetic. */
import type { HostName } from '../../core/terms.ts'

export interface Metrics {
  /** Height of a row. */
  row: number
  /** The margin at the left, with the time in it. */
  gutter: number
  /** Between two lifelines, at least. */
  column: number
  /** Width of one character of a label. */
  character: number
}

export interface Columns {
  width: number
  /** From one lifeline to the next. */
  each: number
  x: ReadonlyMap<HostName, number>
}

/** Participants side by side: in the room that there is, or wider, to be scrolled. */
export function columns(participants: readonly HostName[], room: number, { gutter, column }: Metrics): Columns {
  const count = Math.max(participants.length, 1)
  const each = Math.max((room - gutter) / count, column)
  return {
    width: Math.max(room, gutter + each * count),
    each,
    x: new Map(participants.map((host, at) => [host, gutter + each * (at + 0.5)])),
  }
}

export interface Label {
  x: number
  anchor: 'middle' | 'start'
  text: string
}

/** A label above an arrow: in its middle if it fits between the two, else from its left end on, and cut at the edge. */
export function labelAt(text: string, from: number, to: number, width: number, { character, gutter }: Metrics): Label {
  const [left, right] = from < to ? [from, to] : [to, from]
  const needed = text.length * character
  if (needed <= right - left - 16) return { x: (left + right) / 2, anchor: 'middle', text }
  const x = Math.max(gutter, Math.min(left + 8, width - 8 - needed))
  return { x, anchor: 'start', text: cut(text, width - 8 - x, character) }
}

export function cut(text: string, room: number, character: number): string {
  const most = Math.floor(room / character)
  return text.length <= most ? text : `${text.slice(0, Math.max(most - 1, 1))}…`
}

/** The rows of which something can be seen, with a few more on either side. */
export function inView(top: number, height: number, row: number, count: number): { first: number; last: number } {
  const first = Math.max(0, Math.floor(top / row) - 4)
  return { first, last: Math.min(count, Math.ceil((top + height) / row) + 4) }
}
