/**
 * What a webmail and its page tell each other, as octets: names in paths (RFC 3986 2.1), forms, and what the program on the web
 * host knows, as JSON. A long folder is told page by page, the latest messages first.
 */
import type { Octets } from '../../bytes/octets.ts'
import { utf8Octets, utf8Text } from '../../bytes/utf8.ts'
import type { Folder, ReplicaMessage } from '../../imap/client/replica.ts'
import { countsOf, type MailState } from '../state.ts'

/** Messages of one page. */
const PAGE = 50

export const escaped = (text: string): Octets =>
  utf8Octets(text).replace(
    /[^A-Za-z0-9._~-]/g,
    (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )

export const unescaped = (octets: Octets): string =>
  utf8Text(octets.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))))

/** application/x-www-form-urlencoded; of a name that stands twice the last counts. */
export const formOf = (octets: Octets): ReadonlyMap<string, string> =>
  new Map(
    octets.split('&').map((pair) => {
      const [name = '', ...value] = pair.replaceAll('+', '%20').split('=')
      return [unescaped(name), unescaped(value.join('='))]
    }),
  )

/** What is told as it is. */
const KEYS = ['settings', 'open', 'trouble', 'done', 'undo'] as const

type Told = Pick<MailState, (typeof KEYS)[number]> & {
  folders: (Omit<Folder, 'messages'> & { messages: (Omit<ReplicaMessage, 'parts'> & { head: [Octets, Octets][] })[] })[]
  counts: [string, { messages: number; unseen: number }][]
  found: { folder: string; text: string; uids: number[] } | null
  pages: MailState['pages']
}

/** `page`: counted from 1; the last one where there are not so many. */
export function tell(state: MailState, page: number): Octets {
  const { settings, open, trouble, done, undo, found } = state
  const all = [...(state.folders.get(open ?? '')?.messages.values() ?? [])]
  const listed = found && found.folder === open ? all.filter(({ uid }) => found.uids.has(uid)) : all
  const of = Math.max(1, Math.ceil(listed.length / PAGE))
  const at = Math.min(page, of)
  const end = listed.length - (at - 1) * PAGE
  const shown = listed.slice(Math.max(0, end - PAGE), end)
  const told: Told = {
    ...{ settings, open, trouble, done, undo },
    pages: { at, of },
    // Of what is not told in full it is told how much there is.
    counts: [...state.folders.values()].flatMap((folder) => {
      const { name, messages } = folder
      const whole = messages.size === (name === open ? shown.length : 0)
      const counts = state.counts.get(name) ?? (whole ? undefined : countsOf(folder))
      return counts ? [[name, counts]] : []
    }),
    found: found && { ...found, uids: [...found.uids] },
    folders: [...state.folders.values()].map((folder) => ({
      ...folder,
      messages: (folder.name === open ? shown : []).map(({ parts, ...message }) => ({
        ...message,
        head: [...parts].filter(([section]) => section !== ''),
      })),
    })),
  }
  return utf8Octets(JSON.stringify(told))
}

/** The page knows what it was told, and the whole messages that it has had already. False: that was no such answer. */
export function heed(state: MailState, octets: Octets): boolean {
  const told = parsed(octets) as Partial<Told> | null
  if (!told || !Array.isArray(told.folders) || !Array.isArray(told.counts)) return false
  const { folders } = state
  for (const key of KEYS) Object.assign(state, { [key]: told[key] ?? null })
  state.counts = new Map(told.counts)
  state.pages = told.pages ?? null
  state.found = told.found ? { ...told.found, uids: new Set(told.found.uids) } : null
  state.folders = new Map(
    told.folders.map((folder) => {
      const before = folders.get(folder.name)
      const same = before?.uidValidity === folder.uidValidity ? before?.messages : undefined
      const messages = folder.messages.map(({ head, ...message }): [number, ReplicaMessage] => {
        const whole = same?.get(message.uid)?.parts.get('')
        return [message.uid, { ...message, parts: new Map(whole === undefined ? head : [...head, ['', whole]]) }]
      })
      return [folder.name, { ...folder, messages: new Map(messages) }]
    }),
  )
  return true
}

/** JSON that may be none. */
export function parsed(octets: Octets): unknown {
  try {
    return JSON.parse(utf8Text(octets))
  } catch {
    return null
  }
}
