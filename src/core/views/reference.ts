/**
 * The reference: every command, reply code and header field, as the tables have them. Nothing is told twice: what each is
 * for stands in the texts, under the keys that the hint and the message view use, too.
 */
import type { CommandRow, Outcome } from '../engine.ts'
import { anyCommand as anyImap } from '../imap/commands.ts'
import { fieldRows, type FieldRow } from '../message/field-table.ts'
import { reportFieldRows } from '../message/report-field-table.ts'
import { anyCommand as anyPop3 } from '../pop3/commands.ts'
import { anyCommand as anySmtp, smtpCommands } from '../smtp/commands.ts'
import { tableOf, type ProtocolTable, type Spoken } from './protocols.ts'

export interface CommandEntry {
  kind: 'command'
  /** `smtp RCPT`: what it is called in the address, and in what lessons meet. */
  id: string
  table: ProtocolTable
  /** SMTP's rows are LMTP's, too. */
  services: readonly string[]
  verb: string
  row: CommandRow<string>
}

export interface CodeEntry {
  kind: 'code'
  id: string
  service: Spoken
  code: string
  /** In answer to which commands; with `any`, whichever they are. */
  verbs: readonly string[]
  any: boolean
}

export interface FieldEntry {
  /** Reports have fields that look like those of a header, and are none (RFC 3464). */
  kind: 'field' | 'report'
  id: string
  row: FieldRow
}

export type ReferenceEntry = CommandEntry | CodeEntry | FieldEntry

const SPOKEN: readonly Spoken[] = ['smtp', 'pop3', 'imap']
const shared: Record<Spoken, Readonly<Record<string, Outcome<string>>>> = {
  smtp: anySmtp,
  pop3: anyPop3,
  imap: anyImap,
}
const [smtp, lmtp] = [tableOf('smtp'), tableOf('lmtp')]

/** The lone dot is a row as any other, though nobody calls it a command (RFC 5321 4.1.1.4). */
const smtpVerbs = [...new Set([...smtp.verbs, ...lmtp.verbs, '.'])]

export const commandEntries: readonly CommandEntry[] = SPOKEN.flatMap((name) => {
  const table = tableOf(name)
  return (name === 'smtp' ? smtpVerbs : table.verbs).map((verb): CommandEntry => {
    const services = name !== 'smtp' ? [name] : [smtp, lmtp].flatMap((one, at) => speaks(one, verb, at))
    return { kind: 'command', id: `${name} ${verb}`, table, services, verb, row: table.rows[verb]! }
  })
})

function speaks({ verbs }: ProtocolTable, verb: string, at: number): string[] {
  return verb === '.' || verbs.includes(verb) ? [['smtp', 'lmtp'][at]!] : []
}

export const codeEntries: readonly CodeEntry[] = SPOKEN.flatMap((service) => {
  const found = new Map<string, Set<string>>()
  const rows = service === 'smtp' ? smtpCommands : tableOf(service).rows
  for (const [verb, { outcomes }] of Object.entries<CommandRow<string>>(rows))
    for (const { code } of Object.values(outcomes)) found.set(code, (found.get(code) ?? new Set()).add(verb))
  const any = new Set(Object.values(shared[service]).map(({ code }) => code))
  return [...new Set([...found.keys(), ...any])].sort().map((code): CodeEntry => {
    const verbs = [...(found.get(code) ?? [])]
    return { kind: 'code', id: `${service} ${code}`, service, code, verbs, any: any.has(code) }
  })
})

const fields = (kind: FieldEntry['kind'], rows: readonly FieldRow[]) =>
  rows.map((row): FieldEntry => ({ kind, id: `${kind} ${row.name}`, row }))

export const fieldEntries: readonly FieldEntry[] = fields('field', fieldRows)
export const reportFieldEntries: readonly FieldEntry[] = fields('report', reportFieldRows)

/** What an entry is called in what the lessons meet (core/lesson/occurrences.ts). */
export function metAs(entry: ReferenceEntry): string {
  if (entry.kind === 'code') return `code ${entry.code}`
  return entry.kind === 'field' ? `field ${entry.row.name.toLowerCase()}` : entry.id
}
