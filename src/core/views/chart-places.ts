/**
 * Where the states of a chart stand: the usual way from the greeting downwards in the first column, what leads aside in the
 * second one, beside where it is left for, and the end at the bottom.
 */
import { START, type Chart } from './chart.ts'

export interface Placed {
  readonly state: string
  readonly row: number
  readonly column: 0 | 1
}

export interface ChartPlaces {
  readonly places: ReadonlyMap<string, Placed>
  readonly rows: number
  /** An end that nearly every state leads to: one arrow says so. */
  readonly general: string | null
}

/** An end that so many states lead to is drawn with one arrow. */
const MANY = 3

export function placesOf(chart: Chart): ChartPlaces {
  const { states, moves } = chart
  const sources = (state: string) => new Set(moves.filter(({ to }) => to === state).map(({ from }) => from))
  const isEnd = (state: string) => moves.every(({ from }) => from !== state)
  const general = states.find((state) => isEnd(state) && sources(state).size >= MANY) ?? null
  const usual = usualWay(chart, (state) => isEnd(state) && sources(state).size > 1)
  const way = general === null ? usual : [...usual, general]
  const places = new Map<string, Placed>(way.map((state, row) => [state, { state, row, column: 0 }]))
  const taken = new Set<number>()
  const put = (state: string, wanted: number) => {
    let row = wanted
    while (taken.has(row)) row++
    taken.add(row)
    places.set(state, { state, row, column: 1 })
  }
  // What one comes back from lies beside where it is left for; an end may lie further down.
  for (const state of [...states].sort((a, b) => Number(isEnd(a)) - Number(isEnd(b)))) {
    if (places.has(state)) continue
    const from = [...sources(state)].flatMap((source) => places.get(source) ?? [])
    const first = Math.min(...from.map(({ row }) => row))
    put(state, isEnd(state) && from.length > 1 ? way.length - 1 : Math.max(1, first))
  }
  return { places, general, rows: Math.max(...[...places.values()].map(({ row }) => row)) + 1 }
}

/** From state to state as when all goes well; aside lies what swallows lines and an end of several states. */
function usualWay({ table, moves }: Chart, isAside: (state: string) => boolean): string[] {
  const way = [START]
  for (;;) {
    const here = way.at(-1)!
    const onward = moves.filter(({ from, to }) => from === here && !way.includes(to))
    const usual = table.usual[here] ?? table.swallowing[here]
    const next =
      onward.find(({ verb }) => verb === usual) ??
      onward.find(({ to }) => table.swallowing[to] === undefined && !isAside(to))
    if (!next) return way
    way.push(next.to)
  }
}
