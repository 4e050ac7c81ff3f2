/** What can be said in a state of a session, and what cannot, and why not. */
import { isOffered, sayable, type ProtocolTable } from './protocols.ts'

export interface Refused {
  readonly verb: string
  /** The extension that the server does not offer; null where it is the state that forbids it. */
  readonly missing: string | null
  readonly legalIn: readonly string[]
}

export interface Choices {
  readonly now: readonly string[]
  readonly never: readonly Refused[]
}

/** `capabilities` count now; `offered` is what the server has ever told: what it has not told may yet come. */
export function choices(
  table: ProtocolTable,
  state: string,
  capabilities: readonly string[] | null,
  offered: readonly string[] | null,
): Choices {
  const swallowing = table.swallowing[state]
  const now = swallowing === undefined ? sayable(table, state, capabilities) : [swallowing]
  const never = table.verbs.flatMap((verb) => {
    const { legalIn, extension } = table.rows[verb]!
    if (now.includes(verb)) return []
    return [{ verb, missing: isOffered(extension, offered) ? null : extension, legalIn }]
  })
  return { now, never }
}

export interface Reply {
  readonly code: string
  readonly texts: readonly {
    /** What servers of this house say with it; `‹name›` is filled in. */
    readonly text: string
    /** Null where it stays. */
    readonly to: string | null
  }[]
}

/** What a command may bring, as its row has it, by code. */
export function repliesOf({ name, rows }: ProtocolTable, verb: string): Reply[] {
  const codes = new Map<string, Reply['texts']>()
  for (const { code, status, text, to } of Object.values(rows[verb]?.outcomes ?? {})) {
    const prefix = status === null ? '' : name === 'smtp' ? `${status} ` : `[${status}] `
    const said = { text: (prefix + text).replace(/\{(\w+)\}/g, '‹$1›'), to }
    codes.set(code, [...(codes.get(code) ?? []), said])
  }
  return [...codes].map(([code, texts]) => ({ code, texts }))
}
