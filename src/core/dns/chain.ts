/** Following aliases through the records of an answer (RFC 1034 3.6.2). */
import type { ResourceRecord } from './records.ts'
import type { QuestionType } from './wire.ts'
import { ANY } from './wire.ts'

export interface Chain {
  /** The CNAME records passed, in order. */
  aliases: ResourceRecord[]
  /** The records asked for, at the end of the chain. */
  records: ResourceRecord[]
  /** The name at which it ends. */
  end: string
  /** It bites its own tail. */
  circular: boolean
}

export function matches(record: ResourceRecord, type: QuestionType): boolean {
  return type === ANY || record.type === type
}

export function followAliases(answers: readonly ResourceRecord[], name: string, type: QuestionType): Chain {
  const chain: Chain = { aliases: [], records: [], end: name, circular: false }
  const passed = new Set<string>()
  for (;;) {
    const here = answers.filter((record) => record.name === chain.end)
    chain.records = here.filter((record) => matches(record, type))
    const alias = here.find((record) => record.type === 'CNAME')
    if (chain.records.length > 0 || alias === undefined) return chain
    passed.add(chain.end)
    if (passed.has(alias.target)) return { ...chain, circular: true }
    chain.aliases.push(alias)
    chain.end = alias.target
  }
}
