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

/** What can be seen of the picture where it is wider than its room, from the left edge to the right one. */
export interface Window {
  left: number
  right: number
}

/** Where something of this width stands that wants to begin at `x` and has to be seen whole. */
export function within(x: number, width: number, { left, right }: Window): number {
  return Math.max(left, Math.min(x, right - width))
}

/** The window for what belongs between two places: all of the picture if both are out of sight. */
export function windowFor(from: number, to: number, seen: Window, { left, right }: Window): Window {
  return Math.min(from, to) < seen.right && Math.max(from, to) > seen.left ? seen : { left, right }
}

export interface Label {
  x: number
  text: string
}

/** A label above an arrow: in its middle if it fits between the two, else from its left end on, and cut at the edge. */
export function labelAt(text: string, from: number, to: number, seen: Window, character: number): Label {
  const [left, right] = from < to ? [from, to] : [to, from]
  const shown = cut(text, seen.right - seen.left, character)
  const needed = shown.length * character
  const x = needed <= right - left - 16 ? (left + right - needed) / 2 : left + 8
  return { x: within(x, needed, seen), text: shown }
}

export function cut(text: string, room: number, character: number): string {
  const most = Math.floor(room / character)
  return text.length <= most ? text : `${text.slice(0, Math.max(most - 1, 1))}…`
}

const SPARE = 3

export interface InView {
  first: number
  last: number
  /** So many at most: one that comes is drawn with the strokes of one that has gone. */
  slots: number
}

/** The rows of which something can be seen, with a few more on either side. */
export function inView(top: number, height: number, row: number, count: number): InView {
  const slots = Math.ceil(height / row) + 1 + 2 * SPARE
  // Also at the end there are as many: rows may have become fewer since it was scrolled.
  const first = Math.max(0, Math.min(Math.floor(top / row) - SPARE, count - slots))
  return { first, last: Math.min(count, first + slots), slots }
}
