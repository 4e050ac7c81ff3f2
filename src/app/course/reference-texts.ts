/** The keys of what the reference says: those that the hint, the state view and the message view use, too. */
import type { ReferenceEntry } from '../../core/views/reference.ts'

/** What an entry is for. */
export function meaningKey(entry: ReferenceEntry): string {
  if (entry.kind === 'command') return `${entry.table.name}.${entry.verb}`
  if (entry.kind === 'code') return `${entry.service}.code.${entry.code}`
  return entry.kind === 'field' ? `field.${entry.row.name}` : `field.report.${entry.row.name}`
}

export function titleOf(entry: ReferenceEntry): string {
  if (entry.kind === 'command') return entry.verb
  return entry.kind === 'code' ? entry.code : `${entry.row.name}:`
}
