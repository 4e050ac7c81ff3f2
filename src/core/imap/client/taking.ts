/**
 * From what the connection tells of the open mailbox to the replica of that folder: whatever was asked for and whatever comes
 * by itself goes the same way.
 */
import type { Ranges } from './data.ts'
import { newMessage, type Folder } from './replica.ts'
import type { News } from './picture.ts'

/** What has to be looked at again, because the server spoke of messages by numbers that are not known, or of new ones. */
export interface Doubts {
  messages: boolean
  flags: boolean
}

export function takeNews(folder: Folder, news: News, doubts: Doubts): void {
  switch (news.news) {
    case 'exists':
      doubts.messages = true
      break
    case 'expunged':
      if (news.uid === null) doubts.messages = true
      else folder.messages.delete(news.uid)
      break
    case 'vanished':
      vanish(folder, news.uids)
      break
    case 'message':
      takeMessage(folder, news, doubts)
  }
}

function takeMessage(folder: Folder, { uid, data }: Extract<News, { news: 'message' }>, doubts: Doubts): void {
  if (uid === null) {
    doubts.flags = true
    return
  }
  const whole = data.size !== null && data.flags !== null
  const message = folder.messages.get(uid) ?? (whole ? newMessage(uid) : null)
  // Flags of an arrival that has still to be fetched.
  if (!message) return
  folder.messages.set(uid, message)
  // RFC 3501 2.3.2: \Recent tells of this session alone.
  if (data.flags) message.flags = data.flags.filter((flag) => flag.toLowerCase() !== '\\recent')
  message.modseq = data.modseq ?? message.modseq
  message.envelope = data.envelope ?? message.envelope
  message.structure = data.structure ?? message.structure
  message.internalDate = data.internalDate ?? message.internalDate
  message.size = data.size ?? message.size
  for (const { item, section, origin, octets } of data.sections)
    if (item === 'BODY' && origin === null && octets !== null) message.parts.set(section, octets)
}

/** Sets may be large and the folder small, or the other way round. */
function vanish(folder: Folder, uids: Ranges): void {
  const total = uids.reduce((sum, [from, to]) => sum + to - from + 1, 0)
  if (total <= folder.messages.size) {
    for (const [from, to] of uids) for (let uid = from; uid <= to; uid++) folder.messages.delete(uid)
  } else {
    for (const uid of folder.messages.keys())
      if (uids.some(([from, to]) => uid >= from && uid <= to)) folder.messages.delete(uid)
  }
}
