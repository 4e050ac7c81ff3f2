/** Writes a multipart (RFC 2046 5.1): its parts between delimiter lines, none of which can be mistaken. */
import { freeBoundary } from './boundary.ts'
import { greater } from './choose-encoding.ts'
import type { Way } from './choose-encoding.ts'
import type { Conditions, Entity } from './conditions.ts'
import type { AnyMultipart, DraftParameters, DraftPart, RelatedPart } from './draft.ts'
import { TOKEN, writeLabels } from './labels.ts'
import { plainLines } from './leaves.ts'

/** `write` writes one part: what is inside may be a multipart again. */
export function writeMultipart(
  part: AnyMultipart,
  conditions: Conditions,
  write: (part: DraftPart, conditions: Conditions) => Entity,
): Entity {
  const { subtype, parameters, parts } = layout(part)
  const entities = parts.map((child, index) =>
    // Only what is signed must not change; the signature itself is octets in base64.
    write(child, part.kind === 'signed' && index === 0 ? { ...conditions, signed: true, way: '7bit' } : conditions),
  )
  const texts = entities.map(({ fields, body }) => `${fields}\r\n${body}`)
  const preamble = part.preamble === undefined ? null : plainLines(part.preamble)
  const epilogue = part.epilogue === undefined ? null : plainLines(part.epilogue)
  const around = [preamble ?? '', epilogue ?? '']
  const boundary = freeBoundary([...texts, ...around], conditions.boundaries, conditions.unique, part.boundary)
  const needs = entities.reduce<Way>((most, entity) => greater(most, entity.needs), '7bit')
  const fields = writeLabels(part, {
    type: `multipart/${subtype}`,
    parameters: [...parameters, ['boundary', boundary]],
    encoding: needs === '7bit' ? null : needs,
  })
  // A multipart has at least one part (RFC 2046 5.1.1), be it an empty one.
  const inner = (texts.length > 0 ? texts : ['\r\n']).map((text) => `--${boundary}\r\n${text}\r\n`).join('')
  const before = preamble === null ? '' : `${preamble}\r\n`
  const after = epilogue === null ? '' : `\r\n${epilogue}`
  return { fields, body: `${before}${inner}--${boundary}--${after}`, needs }
}

interface Layout {
  subtype: string
  parameters: DraftParameters
  parts: readonly DraftPart[]
}

function layout(part: AnyMultipart): Layout {
  switch (part.kind) {
    case 'multipart':
      return { subtype: TOKEN.test(part.subtype) ? part.subtype : 'mixed', parameters: [], parts: part.parts }
    case 'related':
      return { subtype: 'related', parameters: relatedParameters(part), parts: part.parts }
    case 'report':
      return { subtype: 'report', parameters: [['report-type', part.reportType]], parts: part.parts }
    case 'signed':
      return {
        subtype: 'signed',
        parameters: [
          ['protocol', part.protocol],
          ['micalg', part.micalg],
        ],
        parts: [part.content, part.signature],
      }
    case 'encrypted':
      return {
        subtype: 'encrypted',
        parameters: [['protocol', part.protocol]],
        parts: [
          part.control,
          { kind: 'octets', type: 'application/octet-stream', octets: part.octets, encoding: '7bit' },
        ],
      }
  }
}

/** RFC 2387 3.1: the type of the root must be said. */
function relatedParameters({ parts, type, start, startInfo }: RelatedPart): DraftParameters {
  const root = parts.find((part) => start !== undefined && 'id' in part && part.id === start) ?? parts[0]
  const parameters: (readonly [string, string | undefined])[] = [
    ['type', type ?? (root ? typeOf(root) : 'text/plain')],
    ['start', start],
    ['start-info', startInfo],
  ]
  return parameters.filter((pair): pair is readonly [string, string] => pair[1] !== undefined)
}

function typeOf(part: DraftPart): string {
  switch (part.kind) {
    case 'text':
      return `text/${part.subtype}`
    case 'octets':
      return part.type
    case 'message':
      return 'message/rfc822'
    case 'partial':
    case 'external-body':
    case 'delivery-status':
      return `message/${part.kind}`
    case 'prepared':
      return /^content-type:\s*([^\s;]+)/im.exec(part.entity.slice(0, 2000))?.[1] ?? 'text/plain'
    case 'multipart':
      return `multipart/${part.subtype}`
    default:
      return `multipart/${part.kind}`
  }
}
