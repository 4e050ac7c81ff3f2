/** The line of a link: a curve from card to card that keeps to the lanes between the cards where it can. */
import { middle, type Box } from './layout.ts'

export interface Point {
  x: number
  y: number
}

/** A cubic Bézier curve. */
export type Curve = readonly [from: Point, out: Point, into: Point, to: Point]

export function curve(one: Box, other: Box): Curve {
  const [from, to] = [middle(one), middle(other)]
  if (Math.abs(from.y - to.y) < one.height / 2) return beside(one, other)
  if (Math.abs(from.x - to.x) < one.width / 2 && Math.abs(from.y - to.y) > one.height * 2) return around(one, other)
  const down = to.y > from.y
  const lean = (box: Box, towards: number) =>
    Math.max(-box.width * 0.34, Math.min((towards - middle(box).x) * 0.2, box.width * 0.34))
  const start = { x: from.x + lean(one, to.x), y: down ? one.y + one.height : one.y }
  const end = { x: to.x + lean(other, from.x), y: down ? other.y : other.y + other.height }
  const bend = Math.max(14, Math.abs(end.y - start.y) / 2) * (down ? 1 : -1)
  return [start, { x: start.x, y: start.y + bend }, { x: end.x, y: end.y - bend }, end]
}

/** Neighbours in a row are joined straight; over others' heads it goes below the row. */
function beside(one: Box, other: Box): Curve {
  const [left, right] = one.x < other.x ? [one, other] : [other, one]
  const gap = right.x - left.x - left.width
  let found: Curve
  if (gap < left.width) {
    const start = { x: left.x + left.width, y: middle(left).y }
    const end = { x: right.x, y: middle(right).y }
    found = [start, { x: start.x + gap / 3, y: start.y }, { x: end.x - gap / 3, y: end.y }, end]
  } else {
    const start = { x: left.x + left.width * 0.7, y: left.y + left.height }
    const end = { x: right.x + right.width * 0.3, y: right.y + right.height }
    const bend = Math.min(34, 14 + gap * 0.04)
    found = [start, { x: start.x + bend, y: start.y + bend }, { x: end.x - bend, y: end.y + bend }, end]
  }
  return left === one ? found : turned(found)
}

/** Past the cards in between of the same column, at their right. */
function around(one: Box, other: Box): Curve {
  const start = { x: one.x + one.width, y: middle(one).y }
  const end = { x: other.x + other.width, y: middle(other).y }
  const out = Math.max(start.x, end.x) + 16
  return [start, { x: out, y: start.y }, { x: out, y: end.y }, end]
}

const turned = ([from, out, into, to]: Curve): Curve => [to, into, out, from]

export const pathOf = ([from, out, into, to]: Curve): string =>
  `M${num(from.x)} ${num(from.y)}C${[out, into, to].map(({ x, y }) => `${num(x)} ${num(y)}`).join(' ')}`

const num = (value: number) => Math.round(value * 10) / 10

/** The point at `t`, from 0 to 1. */
export function pointAt([from, out, into, to]: Curve, t: number): Point {
  const u = 1 - t
  const of = (axis: 'x' | 'y') =>
    u * u * u * from[axis] + 3 * u * u * t * out[axis] + 3 * u * t * t * into[axis] + t * t * t * to[axis]
  return { x: of('x'), y: of('y') }
}

/** Where a mark can be seen: as near to the middle as no card lies over it. */
export function openPoint(line: Curve, cards: Iterable<Box>): Point {
  const boxes = [...cards]
  const covered = ({ x, y }: Point) =>
    boxes.some((box) => x > box.x - 4 && x < box.x + box.width + 4 && y > box.y - 3 && y < box.y + box.height + 3)
  const free = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82].find((t) => !covered(pointAt(line, t)))
  return pointAt(line, free ?? 0.5)
}
