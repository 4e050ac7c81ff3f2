/** One part of a message, when somebody wants to see it, and then kept (RFC 4549 4.2.1). Looking at it sets no flag. */
import type { Octets } from '../../bytes/octets.ts'
import type { Task } from '../../task.ts'
import type { ImapConnection } from './connection.ts'
import type { Folder } from './replica.ts'

/** `gone`: there is no such message, or it has no such part. */
export type Part = { part: 'there'; octets: Octets } | { part: 'gone' } | { part: 'lost'; text: Octets }

export function* fetchPart(connection: ImapConnection, folder: Folder, uid: number, section: Octets): Task<Part> {
  const kept = folder.messages.get(uid)?.parts.get(section)
  if (kept !== undefined) return { part: 'there', octets: kept }
  if (connection.picture?.mailbox !== folder.name) {
    const opened = yield* connection.select(folder.name, true)
    if (opened.condition === 'LOST') return { part: 'lost', text: opened.text }
  }
  if (connection.picture?.uidValidity !== folder.uidValidity) return { part: 'gone' }
  const done = yield* connection.command(`UID FETCH ${uid} (BODY.PEEK[${section}])`)
  if (done.condition === 'LOST') return { part: 'lost', text: done.text }
  for (const response of done.data) {
    if (response.is !== 'fetch' || response.data.uid !== uid) continue
    const found = response.data.sections.find((other) => other.section === section.toUpperCase())
    if (found?.octets === undefined || found.octets === null) continue
    folder.messages.get(uid)?.parts.set(section, found.octets)
    return { part: 'there', octets: found.octets }
  }
  return { part: 'gone' }
}
