/** Writes the parts that hold no others: texts, octets, and the small types of message/. */
import { encodeText, smallestCharset } from '../../../bytes/charsets.ts'
import type { Octets } from '../../../bytes/octets.ts'
import { utf8Octets } from '../../../bytes/utf8.ts'
import { crlfLines } from '../../build.ts'
import { writeDeliveryStatus } from '../kinds/delivery-status.ts'
import { externalParameters } from '../kinds/external-body.ts'
import { writeFlowed } from '../kinds/flowed.ts'
import { chooseEncoding, encodeBody, needed, survey } from './choose-encoding.ts'
import type { ContentKind, Encoding, Way } from './choose-encoding.ts'
import type { Conditions, Entity } from './conditions.ts'
import type { DeliveryStatusPart, DraftParameters, ExternalPart, OctetsPart, PartialPart, TextPart } from './draft.ts'
import { writeField } from './fields.ts'
import { TOKEN, writeLabels } from './labels.ts'

type LeafConditions = Pick<Conditions, 'way' | 'signed' | 'whole'>

export function writeTextPart(part: TextPart, conditions: LeafConditions): Entity {
  const flowed = part.subtype === 'plain' ? part.flowed : undefined
  const text = crlfLines(flowed ? writeFlowed(part.text, flowed.delSp) : part.text)
  // A text that is a whole message ends with a line end, as a message does.
  const whole = conditions.whole && text !== '' && !text.endsWith('\r\n') ? `${text}\r\n` : text
  const given = part.charset === undefined ? null : encodeText(whole, part.charset)
  const charset = given === null ? smallestCharset(whole) : part.charset!
  const octets = given ?? encodeText(whole, charset) ?? utf8Octets(whole)
  const { encoding, body } = encoded(octets, 'text', conditions, part.encoding)
  const parameters: DraftParameters = [
    ['charset', charset],
    ...(flowed ? ([['format', 'flowed']] as const) : []),
    ...(flowed?.delSp ? ([['delsp', 'yes']] as const) : []),
  ]
  const type = `text/${TOKEN.test(part.subtype) ? part.subtype : 'plain'}`
  const label = encoding === '7bit' && part.encoding === undefined ? null : encoding
  return { fields: writeLabels(part, { type, parameters, encoding: label, octets }), body, needs: wayOf(encoding) }
}

export function writeOctetsPart(part: OctetsPart, conditions: LeafConditions): Entity {
  const { octets } = part
  const isType = /^[^/]+\/[^/]+$/.test(part.type) && part.type.split('/').every((name) => TOKEN.test(name))
  // The types of message/ that hold no message are lines for people and programs.
  const kind = /^message\//i.test(part.type) ? 'text' : 'binary'
  // Behind the last octet of a message there is a line end; only an encoding keeps it apart.
  const open = conditions.whole && !octets.endsWith('\r\n')
  const { encoding, body } = open
    ? { encoding: 'base64' as const, body: encodeBody(octets, 'base64', kind) }
    : encoded(octets, kind, conditions, part.encoding)
  // RFC 2045 6.4: what is encoded cannot be called a message or a multipart.
  const composite = /^(?:message|multipart)\//i.test(part.type) && wayOf(encoding) !== encoding
  const type = composite || !isType ? 'application/octet-stream' : part.type
  const parameters: DraftParameters = part.name === undefined ? [] : [['name', part.name]]
  const label = encoding === '7bit' && part.encoding === undefined ? null : encoding
  return { fields: writeLabels(part, { type, parameters, encoding: label, octets }), body, needs: wayOf(encoding) }
}

function encoded(
  octets: Octets,
  kind: ContentKind,
  { way, signed }: LeafConditions,
  wish: Encoding | undefined,
): { encoding: Encoding; body: Octets } {
  const found = survey(octets)
  const { encoding } = chooseEncoding(found, kind, signed ? '7bit' : way, wish)
  if (!signed || !found.fragile || encoding === 'base64') return { encoding, body: encodeBody(octets, encoding, kind) }
  // Blanks at line ends and "From " are what gateways and mailboxes change (RFC 3156 5).
  return { encoding: 'quoted-printable', body: withoutFrom(encodeBody(octets, 'quoted-printable', kind)) }
}

/** A line of quoted-printable has at most 76 characters: a long one is broken behind the `=46rom`. */
const withoutFrom = (text: Octets): Octets =>
  text.replace(/^From (?=([^\r]*))/gm, (_, rest: string) => (rest.length > 69 ? '=46rom=\r\n ' : '=46rom '))

const wayOf = (encoding: Encoding): Way => (encoding === '8bit' || encoding === 'binary' ? encoding : '7bit')

export function writePartialPart(part: PartialPart): Entity {
  const parameters: DraftParameters = [
    ['id', part.id],
    ['number', String(part.number)],
    ...(part.total === undefined ? [] : ([['total', String(part.total)]] as const)),
  ]
  const fields = writeLabels(part, { type: 'message/partial', parameters, encoding: null })
  return { fields, body: part.octets, needs: needed(survey(part.octets)) }
}

export function writeExternalPart(part: ExternalPart): Entity {
  const fields = writeLabels(part, {
    type: 'message/external-body',
    parameters: externalParameters(part.access),
    encoding: null,
  })
  const body = `${part.phantom.map(writeField).join('')}\r\n${plainLines(part.body ?? '')}`
  return { fields, body, needs: '7bit' }
}

export function writeDeliveryStatusPart(part: DeliveryStatusPart): Entity {
  const body = plainLines(writeDeliveryStatus(part.status))
  return {
    fields: writeLabels(part, { type: 'message/delivery-status', parameters: [], encoding: null }),
    body,
    needs: '7bit',
  }
}

/** Where there is no encoding: ASCII in lines that any relay takes, without blanks at their ends. */
export function plainLines(text: string): Octets {
  return crlfLines(text)
    .replace(/[^\x01-\x7f]/g, '?')
    .split('\r\n')
    .map((line) => line.replace(/(?<![ \t])[ \t]+$/, '').replace(/.{998}(?=.)/g, '$&\r\n'))
    .join('\r\n')
}
