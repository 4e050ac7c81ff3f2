/**
 * A message made fit for relays of seven bits (RFC 6152 3, RFC 1428): the leaves that need it are encoded, labels follow, and
 * everything else stays as it was, octet by octet. What was signed is not spared: who must not break it does not ask.
 */
import type { Octets } from '../../../bytes/octets.ts'
import { parseMessage } from '../parse.ts'
import type { Part } from '../part.ts'
import { allParts } from '../part.ts'
import { chooseEncoding, encodeBody, needed, survey } from './choose-encoding.ts'

interface Edit {
  from: number
  to: number
  text: Octets
}

const IDENTITY = new Set(['7bit', '8bit', 'binary'])

export function sevenBit(source: Octets): Octets {
  const edits: Edit[] = []
  // A parent comes before its children, and a header before its body: the edits are in order.
  for (const part of allParts(parseMessage(source).root)) edits.push(...editsOf(source, part))
  const pieces: Octets[] = []
  let at = 0
  for (const { from, to, text } of edits) {
    pieces.push(source.slice(at, from), text)
    at = to
  }
  return [...pieces, source.slice(at)].join('')
}

function editsOf(source: Octets, part: Part): Edit[] {
  const composite = part.type === 'multipart' || part.type === 'message'
  if (composite) return part.encoding === '8bit' || part.encoding === 'binary' ? [relabelled(part, '7bit')] : []
  const body = source.slice(part.body.from, part.body.to)
  const found = survey(body)
  if (needed(found) === '7bit' || !IDENTITY.has(part.encoding)) return []
  const kind = part.type === 'text' ? 'text' : 'binary'
  const { encoding } = chooseEncoding(found, kind, '7bit')
  return [relabelled(part, encoding), { ...part.body, text: encodeBody(body, encoding, kind) }]
}

/** The part's Content-Transfer-Encoding, in the place of the old one or behind its other fields. */
function relabelled(part: Part, encoding: string): Edit {
  const label = `Content-Transfer-Encoding: ${encoding}\r\n`
  const old = part.field('content-transfer-encoding')
  if (old) return { from: old.from, to: old.to, text: label }
  const at = part.fields.at(-1)?.to ?? part.place.from
  // A message from before MIME says nothing of its characters, and nobody knows them (RFC 1428 3).
  const mime =
    part.parent !== null || part.field('mime-version')
      ? ''
      : `MIME-Version: 1.0\r\n${part.field('content-type') ? '' : 'Content-Type: text/plain; charset=unknown-8bit\r\n'}`
  const emptyLine = part.header.to > at ? '' : '\r\n'
  return { from: at, to: at, text: `${mime}${label}${emptyLine}` }
}
