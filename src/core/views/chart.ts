/**
 * The state chart of a protocol, read from its command table: which command leads from which state to which. Every outcome
 * has its move, and a command is heard where it is legal; the few outcomes that belong to one of those states are told here.
 */
import type { Protocol } from '../trace/events.ts'
import { isOffered, isRefusal, tableOf, type ProtocolTable, type Spoken } from './protocols.ts'

/** Before the greeting. */
export const START = 'start'

export interface ChartMove {
  readonly from: string
  readonly to: string
  readonly verb: string
  /** Codes of the replies that make it. */
  readonly codes: readonly string[]
  /** Needed for it; null where every server makes it. */
  readonly extension: string | null
  /** As it stands at its arrow. */
  readonly label: string
}

export interface Chart {
  readonly table: ProtocolTable
  /** In the order of the table; `START` first. */
  readonly states: readonly string[]
  /** Only those that lead elsewhere. */
  readonly moves: readonly ChartMove[]
}

export const moveKey = (from: string, verb: string | null, to: string): string => `${from}>${verb ?? ''}>${to}`

/** What `legalIn` and the outcomes together would allow, and no handler does. */
const NEVER: Readonly<Record<Spoken, readonly string[]>> = {
  smtp: [
    // Its outcome here is `nothing`.
    moveKey('connected', 'RSET', 'ready'),
    // Without a recipient there is no content.
    moveKey('mail', 'DATA', 'content'),
    moveKey('mail', 'BDAT', 'chunks'),
    moveKey('mail', 'BDAT', 'ready'),
  ],
  // RFC 1939 6: only what was opened is updated.
  pop3: [moveKey('authorization', 'QUIT', 'update'), moveKey('transaction', 'QUIT', 'closing')],
  imap: [],
}

/** A move that a parameter of the command brings, and not the command itself. */
const BY_PARAMETER: Readonly<Record<string, string>> = { [moveKey('ready', 'MAIL', 'recipients')]: 'CHECKPOINT' }

const charts = new Map<ProtocolTable, Chart>()

export function chartOf(protocol: Protocol): Chart {
  const table = tableOf(protocol)
  const known = charts.get(table)
  if (known) return known
  const moves = ['greeting', ...table.verbs, ...linesOf(table)].flatMap((verb) => movesOf(table, verb))
  const chart = { table, states: [...new Set(moves.flatMap(({ from, to }) => [from, to]))], moves }
  charts.set(table, chart)
  return chart
}

/** Rows for what is no command of its own: the lone dot, a line of an exchange. */
const linesOf = (table: ProtocolTable) => [
  ...new Set(Object.values(table.swallowing).filter((verb) => !table.verbs.includes(verb))),
]

function movesOf(table: ProtocolTable, verb: string): ChartMove[] {
  const { legalIn, outcomes, extension } = table.rows[verb]!
  const sources = verb === 'greeting' ? [START] : legalIn
  return sources.flatMap((from) => {
    const codes = new Map<string, string[]>()
    for (const { code, to } of Object.values(outcomes)) {
      if (to === null || to === from || NEVER[table.name].includes(moveKey(from, verb, to))) continue
      const known = codes.get(to) ?? []
      if (!known.includes(code)) codes.set(to, [...known, code])
    }
    const first = [...codes.values()][0]
    return [...codes].map(([to, told]) => ({
      from,
      to,
      verb,
      codes: told,
      extension: BY_PARAMETER[moveKey(from, verb, to)] ?? extension,
      label: labelOf(verb, told, first !== told && told.every((code) => !first!.includes(code))),
    }))
  })
}

/** The code stands beside the verb where the verb alone would not tell. */
function labelOf(verb: string, codes: readonly string[], apart: boolean): string {
  if (verb === 'greeting') return codes.join(' ')
  const word = verb === 'response' ? 'base64' : verb
  return apart || codes.every(isRefusal) ? `${word} ${codes[0]}` : word
}

/** States that can be reached with what the server offers; all of them where it has not told. */
export function reachable({ moves }: Chart, offered: readonly string[] | null): Set<string> {
  const reached = new Set([START])
  const open = moves.filter(({ extension }) => isOffered(extension, offered))
  for (let before = -1; before !== reached.size;) {
    before = reached.size
    for (const { from, to } of open) if (reached.has(from)) reached.add(to)
  }
  return reached
}
