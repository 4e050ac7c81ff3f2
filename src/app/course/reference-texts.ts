/** The keys of what the reference says: those that the hint, the state view and the message view use, too. */
import type { ReferenceEntry } from '../../core/views/reference.ts'

/** What an entry is for. */
export function meaningKey(entry: ReferenceEntry): string {
  if (entry.kind === 'command') return `${entry.table.name}.${entry.verb}`
  return entry.kind === 'code' ? `${entry.service}.code.${entry.code}` : `field.${entry.row.name}`
}

export function titleOf(entry: ReferenceEntry): string {
  if (entry.kind === 'command') return entry.verb
  return entry.kind === 'code' ? entry.code : `${entry.row.name}:`
}
