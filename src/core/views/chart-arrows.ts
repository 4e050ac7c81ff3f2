/** The arrows of a chart: all moves between the same two states are one, with what this session has done of them. */
import { moveKey, reachable, type Chart, type ChartMove } from './chart.ts'
import { isOffered } from './protocols.ts'
import type { Session } from './state.ts'

export interface ArrowWord {
  readonly text: string
  /** How often it was made. */
  readonly times: number
  readonly offered: boolean
}

export interface Arrow {
  /** Null: from nearly everywhere. */
  readonly from: string | null
  readonly to: string
  readonly words: readonly ArrowWord[]
  readonly times: number
  readonly offered: boolean
  /** By `moveKey`. */
  readonly moves: readonly string[]
}

export interface ChartState {
  readonly state: string
  readonly current: boolean
  readonly visited: boolean
  readonly reachable: boolean
}

type Done = Pick<Session, 'state' | 'taken' | 'offered'>

export function statesOf(chart: Chart, { state: current, taken, offered }: Done): ChartState[] {
  const reached = reachable(chart, offered)
  const visited = new Set(
    [...taken.keys()].flatMap((key) => [key.split('>', 1)[0]!, key.slice(key.lastIndexOf('>') + 1)]),
  )
  return chart.states.map((state) => ({
    state,
    current: state === current,
    visited: visited.has(state),
    reachable: reached.has(state) || visited.has(state),
  }))
}

export function arrowsOf(chart: Chart, general: string | null, session: Done): Arrow[] {
  const { taken, offered } = session
  const groups = new Map<string, { from: string | null; to: string; moves: ChartMove[] }>()
  for (const move of [...chart.moves, ...unforeseen(chart, taken)]) {
    const from = move.to === general ? null : move.from
    const key = `${from}>${move.to}`
    const group = groups.get(key) ?? { from, to: move.to, moves: [] }
    groups.set(key, group)
    group.moves.push(move)
  }
  return [...groups.values()].map(({ from, to, moves }) => {
    const words = new Map<string, ArrowWord>()
    for (const move of moves) {
      const before = words.get(move.label)
      words.set(move.label, {
        text: move.label,
        times: (before?.times ?? 0) + (taken.get(moveKey(move.from, verbOf(move), move.to)) ?? 0),
        offered: before?.offered === true || isOffered(move.extension, offered),
      })
    }
    const all = [...words.values()]
    return {
      from,
      to,
      words: all,
      times: all.reduce((sum, { times }) => sum + times, 0),
      offered: all.some((word) => word.offered || word.times > 0),
      moves: moves.map((move) => moveKey(move.from, verbOf(move), move.to)),
    }
  })
}

/** A move without a command has no verb. */
const verbOf = ({ verb }: ChartMove) => (verb === '' ? null : verb)

/** What no row leads to: a server that loses its patience, or that closes down. */
function unforeseen({ moves, states }: Chart, taken: ReadonlyMap<string, number>): ChartMove[] {
  const foreseen = new Set(moves.map(({ from, verb, to }) => moveKey(from, verb, to)))
  return [...taken.keys()].flatMap((key) => {
    const [from, verb, to] = key.split('>') as [string, string, string]
    if (from === to || foreseen.has(key) || !states.includes(from) || !states.includes(to)) return []
    return [{ from, to, verb, codes: [], extension: null, label: verb === '' ? '!' : verb }]
  })
}
