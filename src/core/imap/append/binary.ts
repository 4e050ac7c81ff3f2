/**
 * Messages with octets 0, which only a literal8 can bring (RFC 3516 4.4) and which BODY[] cannot give back (RFC 3501 9).
 * Parts in the transfer encoding `binary` that hold one are kept in base64, as RFC 3516 4.4 lets a server do: BINARY[] still
 * gives their octets, and every client can read them. Everything else stays as it was sent.
 */
import { encodeBase64Lines } from '../../bytes/base64-lines.ts'
import type { Octets } from '../../bytes/octets.ts'
import { MessageModel } from '../../message/mime/model.ts'
import { allParts, isMessage, isMultipart, type Part } from '../../message/mime/part.ts'

export function withoutBinary(octets: Octets): Octets {
  if (!octets.includes('\0')) return octets
  let kept = ''
  let from = 0
  for (const part of allParts(new MessageModel(octets).tree.root)) {
    const field = part.field('content-transfer-encoding')
    if (!field || !isToEncode(part)) continue
    const { body } = part
    kept += `${octets.slice(from, field.value.from)} base64\r\n${octets.slice(field.to, body.from)}`
    kept += encodeBase64Lines(octets.slice(body.from, body.to))
    from = body.to
  }
  return kept + octets.slice(from)
}

/** A multipart or a message in base64 could not be taken apart (RFC 2045 6.4). */
const isToEncode = (part: Part): boolean =>
  part.encoding === 'binary' &&
  !isMultipart(part) &&
  !isMessage(part) &&
  part.source.slice(part.body.from, part.body.to).includes('\0')
