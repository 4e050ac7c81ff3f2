/** Which folders there are, which are subscribed and what they are for (RFC 3501 6.3.8, 6.3.9; RFC 5258, RFC 6154). */
import type { Task } from '../../task.ts'
import type { Done, ImapConnection } from './connection.ts'
import { newFolder, type Replica } from './replica.ts'

const SPECIAL_USES: ReadonlySet<string> = new Set([
  '\\all',
  '\\archive',
  '\\drafts',
  '\\flagged',
  '\\junk',
  '\\sent',
  '\\trash',
  '\\important',
])

export function* synchronizeFolders(connection: ImapConnection, replica: Replica): Task<Done> {
  const extended = yield* connection.has('LIST-EXTENDED')
  const special = (yield* connection.has('SPECIAL-USE')) ? ' SPECIAL-USE' : ''
  const listed = yield* connection.command(
    extended ? `LIST "" "*" RETURN (SUBSCRIBED CHILDREN${special})` : 'LIST "" "*"',
  )
  if (listed.condition !== 'OK') return listed
  const subscribed = extended ? listed : yield* connection.command('LSUB "" "*"')
  if (subscribed.condition !== 'OK') return subscribed
  const there = new Set<string>()
  for (const response of listed.data) {
    if (response.is !== 'list' || response.kind !== 'LIST') continue
    const { name, delimiter, attributes } = response
    there.add(name)
    const folder = replica.folders.get(name) ?? newFolder(name)
    replica.folders.set(name, folder)
    folder.delimiter = delimiter
    folder.attributes = attributes
    folder.specialUse = attributes.find((attribute) => SPECIAL_USES.has(attribute.toLowerCase())) ?? null
    folder.selectable = !has(attributes, '\\noselect') && !has(attributes, '\\nonexistent')
    folder.subscribed = has(attributes, '\\subscribed')
  }
  if (!extended)
    for (const response of subscribed.data) {
      // LSUB says \Noselect of a name that is only a parent of what is subscribed (RFC 3501 6.3.9).
      if (response.is !== 'list' || response.kind !== 'LSUB' || has(response.attributes, '\\noselect')) continue
      const folder = replica.folders.get(response.name)
      if (folder) folder.subscribed = true
    }
  for (const [name, folder] of replica.folders) {
    if (there.has(name)) continue
    // What waits to be appended there has no other place yet.
    const waiting = [...folder.messages.keys()].some((uid) => uid < 0)
    if (!waiting) replica.folders.delete(name)
    else folder.selectable = false
  }
  return listed
}

const has = (attributes: readonly string[], wanted: string) =>
  attributes.some((attribute) => attribute.toLowerCase() === wanted)
