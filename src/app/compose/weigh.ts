/** What became of each part of a message that was composed: its encoding, what it costs, and why it is that one. */
import {
  chooseEncoding,
  type ContentKind,
  type Encoding,
  type Obstacle,
  type Reason,
  survey,
  type Way,
  weighEncodings,
} from '../../core/message/mime/build/choose-encoding.ts'
import type { DraftPart } from '../../core/message/mime/build/draft.ts'
import type { MessageModel } from '../../core/message/mime/model.ts'
import type { Part } from '../../core/message/mime/part.ts'

export interface PartRow {
  number: string
  type: string
  encoding: string
  /** Octets as they are, and as they travel. */
  decoded: number
  encoded: number
  reason: Reason
  /** An encoding that was wished for but cannot be, and why. */
  refused: { encoding: Encoding; obstacles: readonly Obstacle[] } | null
}

/** The leaves of a message, beside the draft that they come from. */
export function weighParts(model: MessageModel, content: DraftPart, way: Way): PartRow[] {
  return leaves(model.tree.root, content).map(([part, draft]) => {
    const octets = model.octets(part)
    const kind: ContentKind = part.type === 'text' || part.type === 'message' ? 'text' : 'binary'
    const wished = draft.kind === 'text' || draft.kind === 'octets' ? draft.encoding : undefined
    const choice = chooseEncoding(survey(octets), kind, way)
    const unfulfilled = wished !== undefined && wished !== part.encoding
    return {
      number: part.number ?? '',
      type: `${part.type}/${part.subtype}`,
      encoding: part.encoding,
      decoded: octets.length,
      encoded: part.body.to - part.body.from,
      reason: wished === part.encoding ? 'wish' : choice.encoding === part.encoding ? choice.reason : 'as-it-is',
      // All the encodings are only tried where that is asked, for it takes its time.
      refused: unfulfilled
        ? (weighEncodings(octets, kind, way).rows.find((row) => row.encoding === wished) ?? null)
        : null,
    }
  })
}

/** What the draft holds ready-made (a message, say) is one leaf, whatever lies in it. */
function leaves(part: Part, draft: DraftPart): [Part, DraftPart][] {
  if (draft.kind !== 'multipart' && draft.kind !== 'related') return [[part, draft]]
  return part.children.flatMap((child, at) => {
    const inner = draft.parts[at]
    return inner ? leaves(child, inner) : []
  })
}
