/**
 * The client's picture of the open mailbox (RFC 3501 5.2, 5.5): what the server has told of it, by number, kept up to date by
 * every untagged response whatever command is under way. Plain data; what it means for a replica is said as `News`.
 */
import type { FetchData, Ranges, Response } from './data.ts'

export interface Picture {
  /** As it was selected. */
  mailbox: string
  readOnly: boolean
  flags: readonly string[]
  /** Null where the server did not say: all can be kept (RFC 3501 7.1). */
  permanentFlags: readonly string[] | null
  uidValidity: number | null
  uidNext: number | null
  /** Null where the mailbox keeps none (RFC 7162 3.1.2). */
  highestModseq: number | null
  /** Number of the first unseen message, as SELECT said. */
  unseen: number | null
  recent: number
  /** A message's number is its place, from 1; what is not known of it is null. */
  messages: PictureMessage[]
}

export interface PictureMessage {
  uid: number | null
  flags: readonly string[] | null
}

/** What a response changed. `uid` is null where the server has not told yet which message has that number. */
export type News =
  | { news: 'message'; number: number; uid: number | null; data: FetchData }
  | { news: 'expunged'; uid: number | null }
  | { news: 'vanished'; uids: Ranges; earlier: boolean }
  | { news: 'exists'; count: number }

export function newPicture(mailbox: string, readOnly: boolean): Picture {
  return {
    ...{ mailbox, readOnly, flags: [], permanentFlags: null, uidValidity: null, uidNext: null, highestModseq: null },
    ...{ unseen: null, recent: 0, messages: [] },
  }
}

/** Takes in a response; null where it changes nothing that a replica would keep. */
export function takeIn(picture: Picture, response: Response): News | null {
  const { messages } = picture
  switch (response.is) {
    case 'flags':
      picture.flags = response.flags
      return null
    case 'recent':
      picture.recent = response.number
      return null
    case 'exists':
      // RFC 3501 7.3.1: it never falls but by EXPUNGE; a server that lets it fall has lost its count, not the messages.
      while (messages.length < response.number) messages.push({ uid: null, flags: null })
      return { news: 'exists', count: response.number }
    case 'expunge': {
      const [gone] = messages.splice(response.number - 1, 1)
      return { news: 'expunged', uid: gone?.uid ?? null }
    }
    case 'vanished':
      // RFC 7162 3.2.10.1: `EARLIER` tells of messages that this session was never told of.
      if (!response.earlier)
        picture.messages = messages.filter(({ uid }) => uid === null || !within(response.uids, uid))
      return { news: 'vanished', uids: response.uids, earlier: response.earlier }
    case 'fetch': {
      const { number, data } = response
      while (messages.length < number) messages.push({ uid: null, flags: null })
      const message = messages[number - 1]!
      message.uid = data.uid ?? message.uid
      message.flags = data.flags ?? message.flags
      return { news: 'message', number, uid: message.uid, data }
    }
    case 'condition':
    case 'tagged':
      takeCode(picture, response)
      return null
    default:
      return null
  }
}

function takeCode(picture: Picture, { code }: Extract<Response, { is: 'condition' | 'tagged' }>): void {
  switch (code?.code) {
    case 'PERMANENTFLAGS':
      picture.permanentFlags = code.flags
      break
    case 'UIDVALIDITY':
      picture.uidValidity = code.number
      break
    case 'UIDNEXT':
      picture.uidNext = code.number
      break
    case 'HIGHESTMODSEQ':
      picture.highestModseq = code.number
      break
    case 'UNSEEN':
      picture.unseen = code.number
      break
    case 'other':
      if (code.name === 'READ-ONLY') picture.readOnly = true
      else if (code.name === 'READ-WRITE') picture.readOnly = false
      else if (code.name === 'NOMODSEQ') picture.highestModseq = null
      break
    default:
  }
}

const within = (ranges: Ranges, uid: number) => ranges.some(([from, to]) => uid >= from && uid <= to)
