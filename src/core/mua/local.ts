/** Folders on the person's own machine: where POP3 brings its mail, and where waits what could not be sent. */
import type { Octets } from '../bytes/octets.ts'
import { newFolder, newMessage, type Folder, type ReplicaMessage } from '../imap/client/replica.ts'
import { MessageModel } from '../message/mime/model.ts'
import { folderFor, hasFlag, type MailState } from './state.ts'

const STANDARD = [
  ['INBOX', null],
  ['Drafts', '\\Drafts'],
  ['Sent', '\\Sent'],
  ['Trash', '\\Trash'],
] as const

/** Messages that may lie in local folders together: who wants more has IMAP. */
const MOST = 20_000

export function makeLocalFolders(state: MailState): void {
  for (const [name, specialUse] of STANDARD)
    if (!state.folders.has(name)) state.folders.set(name, { ...newFolder(name), specialUse })
}

/** Lays a message down; its number, or null where there is no room for more. */
export function layLocally(
  state: MailState,
  name: string,
  octets: Octets,
  flags: readonly string[],
): ReplicaMessage | null {
  const folder = state.folders.get(name) ?? newFolder(name)
  state.folders.set(name, folder)
  if (folder.messages.size >= MOST) return null
  const model = new MessageModel(octets)
  const message: ReplicaMessage = {
    ...newMessage(++state.numbered),
    flags: [...flags],
    envelope: model.envelope,
    structure: model.structure,
    size: octets.length,
    parts: new Map([['', octets]]),
  }
  folder.messages.set(message.uid, message)
  return message
}

export const messagesOf = (folder: Folder, uids: readonly number[]): ReplicaMessage[] =>
  uids.flatMap((uid) => folder.messages.get(uid) ?? [])

export function flagLocally(folder: Folder, uids: readonly number[], flag: string, on: boolean): void {
  for (const message of messagesOf(folder, uids)) {
    const others = message.flags.filter((other) => !hasFlag([flag], other))
    message.flags = on ? [...others, flag] : others
  }
}

/** A message keeps its number: there is one sequence of numbers for all local folders. */
export function moveLocally(state: MailState, from: Folder, uids: readonly number[], to: string): void {
  const target = state.folders.get(to)
  if (!target || target === from) return
  for (const message of messagesOf(from, uids)) {
    from.messages.delete(message.uid)
    target.messages.set(message.uid, message)
    // RFC 1939 has no folders: in the trash here means gone from the maildrop, the next time that it is visited.
    const id = state.ids.get(message.uid)
    if (id === undefined) continue
    if (target === folderFor(state, 'Trash')) state.doomed.add(id)
    else state.doomed.delete(id)
  }
}

export function copyLocally(state: MailState, from: Folder, uids: readonly number[], to: string): void {
  const target = state.folders.get(to)
  if (!target) return
  for (const message of messagesOf(from, uids)) {
    const uid = ++state.numbered
    target.messages.set(uid, { ...message, uid, flags: [...message.flags] })
  }
}

/** For good. */
export function dropLocally(state: MailState, folder: Folder, uids: readonly number[]): void {
  for (const { uid } of messagesOf(folder, uids)) {
    folder.messages.delete(uid)
    state.ids.delete(uid)
  }
}

export function renameLocally(state: MailState, folder: Folder, to: string): void {
  const { folders, open } = state
  folders.delete(folder.name)
  folders.set(to, { ...folder, name: to })
  if (open === folder.name) state.open = to
}

/** With all that lies in it, which goes from the maildrop, too. */
export function removeLocally(state: MailState, folder: Folder): void {
  const uids = [...folder.messages.keys()]
  for (const uid of uids) {
    const id = state.ids.get(uid)
    if (id !== undefined) state.doomed.add(id)
  }
  dropLocally(state, folder, uids)
  state.folders.delete(folder.name)
  if (state.open === folder.name) state.open = 'INBOX'
}

export function searchLocally(folder: Folder, text: string): number[] {
  const wanted = text.toLowerCase()
  return [...folder.messages.values()].flatMap(({ uid, parts }) => {
    const octets = parts.get('')
    if (octets === undefined) return []
    const model = new MessageModel(octets)
    return `${model.headerText}\n${model.bodyText}`.toLowerCase().includes(wanted) ? [uid] : []
  })
}
