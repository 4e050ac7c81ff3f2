/**
 * Writes one part of a draft: its Content- fields and its body, encoded so that it passes on the way that it is for.
 *
 * What holds other parts is never encoded itself (RFC 2045 6.4): the leaves are, and the label of a multipart is the
 * most that one of them needs.
 */
import type { Octets } from '../../../bytes/octets.ts'
import { greater, needed, survey } from './choose-encoding.ts'
import type { Way } from './choose-encoding.ts'
import type { Conditions, Entity } from './conditions.ts'
import type { Draft, DraftPart, MessagePart } from './draft.ts'
import { writeField } from './fields.ts'
import { writeLabels } from './labels.ts'
import {
  writeDeliveryStatusPart,
  writeExternalPart,
  writeOctetsPart,
  writePartialPart,
  writeTextPart,
} from './leaves.ts'
import { writeMultipart } from './multipart.ts'
import { sevenBit } from './seven-bit.ts'

/** Deeper than this nobody can read any more; who builds a draft keeps to it. */
export const MOST_DEPTH = 50

export function writePart(part: DraftPart, conditions: Conditions): Entity {
  if (conditions.depth > MOST_DEPTH) throw new RangeError(`Parts lie more than ${MOST_DEPTH} deep one in the other`)
  switch (part.kind) {
    case 'text':
      return writeTextPart(part, conditions)
    case 'octets':
      return writeOctetsPart(part, conditions)
    case 'partial':
      return writePartialPart(part)
    case 'external-body':
      return writeExternalPart(part)
    case 'delivery-status':
      return writeDeliveryStatusPart(part)
    case 'prepared':
      return prepared(part.entity)
    case 'message':
      return writeMessagePart(part, { ...conditions, depth: conditions.depth + 1 })
    default:
      return writeMultipart(part, { ...conditions, depth: conditions.depth + 1, whole: false }, writePart)
  }
}

/** An entity that is there already: where its header ends, its empty line is. */
function prepared(entity: Octets): Entity {
  const needs = needed(survey(entity))
  if (entity.startsWith('\r\n')) return { fields: '', body: entity.slice(2), needs }
  const end = entity.indexOf('\r\n\r\n')
  if (end >= 0) return { fields: entity.slice(0, end + 2), body: entity.slice(end + 4), needs }
  return { fields: entity === '' || entity.endsWith('\r\n') ? entity : `${entity}\r\n`, body: '', needs }
}

function writeMessagePart(part: MessagePart, conditions: Conditions): Entity {
  const { message, needs } = innerMessage(part.message, conditions)
  const fields = writeLabels(part, {
    type: 'message/rfc822',
    parameters: [],
    encoding: needs === '7bit' ? null : needs,
  })
  return { fields, body: message, needs }
}

function innerMessage(message: Draft | Octets, conditions: Conditions): { message: Octets; needs: Way } {
  if (typeof message !== 'string') return writeMessage(message, conditions)
  const needs = needed(survey(message))
  if (greater(needs, conditions.way) === conditions.way) return { message, needs }
  // Its parts are encoded anew, for a message/rfc822 itself may not be (RFC 2045 6.4).
  const converted = sevenBit(message)
  return { message: converted, needs: needed(survey(converted)) }
}

/** A whole message: the draft's header, then the fields of its content. */
export function writeMessage(draft: Draft, conditions: Conditions): { message: Octets; needs: Way } {
  const { fields, body, needs } = writePart(draft.content, { ...conditions, whole: true })
  const header = draft.header
    .filter(({ name }) => !isComposers(name) && (draft.keepBcc === true || !/^(?:resent-)?bcc$/i.test(name)))
    .map(writeField)
    .join('')
  // A message ends with a line end: SMTP and mailboxes know nothing else (RFC 5321 4.1.1.4).
  const end = body === '' || body.endsWith('\r\n') ? '' : '\r\n'
  const message = `${header}MIME-Version: 1.0\r\n${fields}\r\n${body}${end}`
  return { message, needs: /[\x80-\xff]/.test(header) ? greater(needs, '8bit') : needs }
}

/** What tells how the content is written is the composer's to say. */
const isComposers = (name: string): boolean => /^(?:content-|mime-version$)/i.test(name)
