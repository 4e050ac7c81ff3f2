/** What the looks of a part have to know: which message they stand in, and what the reader has at hand. */
import type { Octets } from '../../core/bytes/octets.ts'
import { toBytes } from '../../core/bytes/octets.ts'
import { MessageModel } from '../../core/message/mime/model.ts'
import type { Part } from '../../core/message/mime/part.ts'
import { savedName } from '../../core/views/reading.ts'
import { download } from '../download.ts'
import { moreCharsets } from './charsets.ts'

export interface ReadScope {
  readonly model: MessageModel
  /** Letters that were opened, fetched or joined within letters. */
  readonly depth: number
  /** Whose letter it is, where that stands outside: what was encrypted has no From of its own. */
  readonly senders: readonly string[] | null
}

/** Letters in letters in letters: deeper than this nothing more is opened. */
export const DEEPEST_SCOPE = 6

export const scopeWithin = (scope: ReadScope, octets: Octets, senders: readonly string[] | null): ReadScope => ({
  model: new MessageModel(octets, moreCharsets),
  depth: scope.depth + 1,
  senders,
})

/** `toBytes` makes a new array; its type does not say so. */
export const bytesOf = (octets: Octets) => toBytes(octets) as Uint8Array<ArrayBuffer>

/** As octets and nothing else, so that no browser opens it as a page. */
export const savePart = (model: MessageModel, part: Part): void =>
  download(savedName(part), bytesOf(model.octets(part)), 'application/octet-stream')
