/**
 * Where the chart is drawn. Boxes stand in two columns; an arrow goes straight where it can, else along a lane: at the left
 * of the first column back up, between the columns everywhere else. One lane leads to one state, so arrows there flow together.
 */
import type { Arrow, ArrowWord } from '../../core/views/chart-arrows.ts'
import type { ChartPlaces, Placed } from '../../core/views/chart-places.ts'
import { START } from '../../core/views/chart.ts'

export interface Box {
  state: string
  lines: readonly string[]
  x: number
  y: number
  width: number
  height: number
}

export interface Line {
  arrow: Arrow
  path: string
  head: string
  label: { x: number; y: number; end: boolean; lines: readonly (readonly ArrowWord[])[] }
}

export interface Drawing {
  width: number
  height: number
  boxes: readonly Box[]
  lines: readonly Line[]
}

/** Widths of a letter of a name, and of a label; heights of their lines. */
const NAME = 6.1
const LETTER = 5.5
const NAME_LINE = 12
const LABEL_LINE = 10.5
const LANE = 8
const GAP = 25
const LEAST = 25
const NARROW = 8
/** Where a straight arrow has the gap for itself. */
const WIDE = 13

type Route = 'down' | 'back' | 'across' | 'lane' | 'general'
type Side = 'left' | 'right'

interface Routed {
  arrow: Arrow
  route: Route
  from: Placed
  to: Placed
  lines: ArrowWord[][]
}

interface Port {
  key: string
  height: number
  /** From its top to where the arrow is. */
  at: number
}

export function draw(arrows: readonly Arrow[], { places, rows }: ChartPlaces, any: string): Drawing {
  return new Plan(arrows, places, rows, any).drawing()
}

class Plan {
  private readonly places: ReadonlyMap<string, Placed>
  private readonly routed: Routed[]
  private readonly tops: number[] = []
  private readonly lanes: { back: string[]; between: string[] }
  private readonly left: number
  private readonly widths: [number, number]
  private readonly aside: number
  private readonly rows: number
  private readonly laneAt: number

  constructor(arrows: readonly Arrow[], places: ReadonlyMap<string, Placed>, rows: number, any: string) {
    this.places = places
    this.rows = rows
    this.routed = arrows.map((arrow) => this.route(arrow, any))
    const to = (route: Route) => [
      ...new Set(this.routed.filter((each) => each.route === route).map(({ arrow }) => arrow.to)),
    ]
    this.lanes = { back: to('back'), between: to('lane') }
    const widest = (...routes: [Route, 0 | 1][]) =>
      Math.max(
        0,
        ...this.routed
          .filter(({ route, from }) => routes.some(([one, column]) => one === route && from.column === column))
          .flatMap(({ lines }) => lines.map(lettersOf)),
      ) *
        LETTER +
      8
    const names = (column: 0 | 1) =>
      Math.max(
        ...[...places.values()]
          .filter((place) => place.column === column)
          .flatMap(({ state }) => nameLines(state).map(({ length }) => length)),
      ) *
        NAME +
      14
    this.widths = [names(0), names(1)]
    this.left = (this.lanes.back.length > 0 ? widest(['back', 0]) : 0) + this.lanes.back.length * LANE + 4
    const before = widest(['lane', 0])
    const lanes = this.lanes.between.length * LANE
    const gap = Math.max(before + lanes + widest(['lane', 1], ['across', 1]), widest(['across', 0]) + 10)
    this.laneAt = this.left + this.widths[0] + before
    this.aside = this.left + this.widths[0] + gap
    this.measureRows()
  }

  drawing(): Drawing {
    return {
      width: this.aside + this.widths[1] + 4,
      height: this.tops[this.rows]! - GAP + 6,
      boxes: [...this.places.values()].map((place) => this.box(place)),
      lines: this.routed.map((routed) => this.line(routed)),
    }
  }

  private route(arrow: Arrow, any: string): Routed {
    const to = this.places.get(arrow.to)!
    const from = arrow.from === null ? to : this.places.get(arrow.from)!
    const route = routeOf(arrow, from, to)
    const most =
      route === 'across' || route === 'general' ? WIDE : route === 'down' ? 30 : from.column === 1 ? 6 : NARROW
    const lines = wrapped(arrow.words, most)
    if (route === 'general') lines.push([{ text: any, times: 0, offered: arrow.offered }])
    return { arrow, route, from, to, lines }
  }

  private measureRows(): void {
    let y = 4
    for (let row = 0; row < this.rows; row++) {
      this.tops.push(y)
      const heights = [...this.places.values()]
        .filter((place) => place.row === row)
        .map((place) => this.heightOf(place))
      y += Math.max(...heights) + GAP
    }
    this.tops.push(y)
  }

  private heightOf(place: Placed): number {
    const sum = (side: Side) => this.ports(place, side).reduce((all, { height }) => all + height, 0)
    const ports = Math.max(sum('left'), sum('right'))
    if (place.state === START) return Math.max(12, ports)
    return Math.max(LEAST, nameLines(place.state).length * NAME_LINE + 9, ports + 6)
  }

  /** What begins or ends at one side of a box, from above. Straight arrows come first, so that both ends are level. */
  private ports(place: Placed, side: Side): Port[] {
    const of = (route: Route, end: 'from' | 'to') =>
      this.routed.filter((each) => each.route === route && each[end] === place)
    const out = ({ arrow, lines }: Routed): Port => {
      const height = lines.length * LABEL_LINE + 4
      return { key: `out ${arrow.from}>${arrow.to}`, height, at: height - 2 }
    }
    const lanesIn = (route: Route): Port[] =>
      of(route, 'to').length > 0 ? [{ key: `in ${route}`, height: 9, at: 5 }] : []
    if (place.column === 0 && side === 'left') return [...lanesIn('back'), ...of('back', 'from').map(out)]
    if (place.column === 1 && side === 'right') return []
    const across = [...of('across', 'from'), ...of('across', 'to')].sort((a, b) => a.from.column - b.from.column)
    return [...across.map(out), ...of('general', 'to').map(out), ...lanesIn('lane'), ...of('lane', 'from').map(out)]
  }

  private portY(place: Placed, side: Side, key: string): number {
    let y = this.tops[place.row]! + (place.state === START ? 0 : 3)
    for (const port of this.ports(place, side)) {
      if (port.key === key) return y + port.at
      y += port.height
    }
    return y
  }

  private box(place: Placed): Box {
    const width = this.widths[place.column]
    const x = place.column === 0 ? this.left : this.aside
    const lines = nameLines(place.state)
    return { state: place.state, lines, x, y: this.tops[place.row]!, width, height: this.heightOf(place) }
  }

  private line({ arrow, route, from, to, lines }: Routed): Line {
    const [a, b] = [this.box(from), this.box(to)]
    const right = a.x + a.width
    const key = `out ${arrow.from}>${arrow.to}`
    const label = (x: number, y: number, end: boolean) => ({
      x,
      y: y - 4 - (lines.length - 1) * LABEL_LINE,
      end,
      lines,
    })
    switch (route) {
      case 'down': {
        const x = a.x + a.width / 2
        const points: Point[] = [
          [x, a.y + a.height],
          [x, b.y],
        ]
        return { arrow, ...drawn(points), label: label(x + 6, (b.y + this.bottom(from.row)) / 2 + 6, false) }
      }
      case 'back': {
        const x = (this.lanes.back.indexOf(arrow.to) + 0.5) * LANE + 4
        const [y, end] = [this.portY(from, 'left', key), this.portY(to, 'left', 'in back')]
        const points: Point[] = [
          [a.x, y],
          [x, y],
          [x, end],
          [b.x, end],
        ]
        return { arrow, ...drawn(points), label: label(a.x - 5, y, true) }
      }
      case 'across': {
        const back = from.column === 1
        const y = this.portY(from, back ? 'left' : 'right', key)
        const points: Point[] = back
          ? [
              [a.x, y],
              [b.x + b.width, y],
            ]
          : [
              [right, y],
              [b.x, y],
            ]
        return { arrow, ...drawn(points), label: label(back ? a.x - 5 : right + 5, y, back) }
      }
      case 'general': {
        const y = this.portY(to, 'right', key)
        const long = Math.max(...lines.map(lettersOf)) * LETTER + 14
        const points: Point[] = [
          [right + long, y],
          [right, y],
        ]
        return { arrow, ...drawn(points), label: label(right + 9, y, false) }
      }
      case 'lane': {
        const x = this.laneAt + (this.lanes.between.indexOf(arrow.to) + 0.5) * LANE
        const back = from.column === 1
        const start = back ? a.x : from.state === START ? a.x + a.width / 2 + 5 : right
        const y = this.portY(from, back ? 'left' : 'right', key)
        const end = this.portY(to, to.column === 1 ? 'left' : 'right', 'in lane')
        const points: Point[] = [
          [start, y],
          [x, y],
          [x, end],
          [to.column === 1 ? b.x : b.x + b.width, end],
        ]
        return { arrow, ...drawn(points), label: label(back ? a.x - 5 : start + 5, y, back) }
      }
    }
  }

  private bottom(row: number): number {
    return this.tops[row + 1]! - GAP
  }
}

function routeOf(arrow: Arrow, from: Placed, to: Placed): Route {
  if (arrow.from === null) return 'general'
  if (from.column !== to.column) return from.row === to.row ? 'across' : 'lane'
  if (from.column === 1) return 'lane'
  if (to.row === from.row + 1) return 'down'
  return to.row < from.row ? 'back' : 'lane'
}

/** Long names are broken at their hyphen. */
const nameLines = (state: string): string[] => (state.length > 13 ? state.split(/(?<=-)/) : [state])

const lettersOf = (line: readonly ArrowWord[]) => line.reduce((sum, { text }) => sum + text.length + 1, -1)

function wrapped(words: readonly ArrowWord[], most: number): ArrowWord[][] {
  const lines: ArrowWord[][] = []
  for (const word of words) {
    const line = lines.at(-1)
    if (line && lettersOf(line) + 1 + word.text.length <= most) line.push(word)
    else lines.push([word])
  }
  return lines
}

type Point = readonly [x: number, y: number]

const RADIUS = 4

/** A line along these points with round corners, and its head. */
function drawn(points: readonly Point[]): { path: string; head: string } {
  const [first, ...rest] = points as [Point, ...Point[]]
  let path = `M${first[0]} ${first[1]}`
  rest.forEach((corner, at) => {
    const next = rest[at + 1]
    if (!next) {
      path += `L${corner[0]} ${corner[1]}`
      return
    }
    const [before, after] = [towards(corner, points[at]!), towards(corner, next)]
    path += `L${before[0]} ${before[1]}Q${corner[0]} ${corner[1]} ${after[0]} ${after[1]}`
  })
  const end = rest.at(-1)!
  const [x, y] = end
  const [fromX, fromY] = points.at(-2)!
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)]
  const wing = (side: 1 | -1) => `${x - 6 * dx + side * 3.2 * dy} ${y - 6 * dy + side * 3.2 * dx}`
  return { path, head: `M${x} ${y}L${wing(1)}L${wing(-1)}Z` }
}

function towards([x, y]: Point, [otherX, otherY]: Point): Point {
  const far = Math.abs(otherX - x) + Math.abs(otherY - y)
  const step = Math.min(RADIUS, far / 2)
  return [x + Math.sign(otherX - x) * step, y + Math.sign(otherY - y) * step]
}
