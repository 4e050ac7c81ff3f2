/** Making a message as BSD mail does: a few header fields, an empty line, the text (RFC 5322 2.1, 3.6). */
import type { Octets } from '../bytes/octets.ts'
import { utf8Text } from '../bytes/utf8.ts'
import { compose } from '../message/mime/build/compose.ts'
import type { DraftField, DraftPart } from '../message/mime/build/draft.ts'
import { writeField } from '../message/mime/build/fields.ts'
import type { ShellHost } from './host.ts'
import { typeOfFile } from './file-types.ts'

export interface Letter {
  from: string
  to: readonly string[]
  cc: readonly string[]
  subject: Octets
  /** Lines end with LF. */
  body: Octets
}

export interface Attachment {
  name: string
  octets: Octets
}

/** The submission server adds Message-ID, and Date where there is none; our own clock is as good (RFC 6409 8). */
export function composeLetter(host: ShellHost, letter: Letter, attachments: readonly Attachment[] = []): Octets {
  return attachments.length > 0 ? withAttachments(host, letter, attachments) : plain(host, letter)
}

/** As old mail programs wrote it: the text as it was typed, whatever it is. */
function plain(host: ShellHost, { from, to, cc, subject, body }: Letter): Octets {
  const header = [
    `Date: ${host.date()}`,
    fromField(host, from),
    ...(to.length > 0 ? [`To: ${to.join(',\r\n ')}`] : []),
    ...(cc.length > 0 ? [`Cc: ${cc.join(',\r\n ')}`] : []),
    ...(subject === '' ? [] : [fieldLine({ kind: 'text', name: 'Subject', text: utf8Text(subject), words: WORDS })]),
    ...(ascii(body)
      ? []
      : ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: 8bit']),
  ]
  return `${header.join('\r\n')}\r\n\r\n${body.replace(/\r?\n|\r/g, '\r\n')}`
}

/** A multipart/mixed: the text, and each file behind it (RFC 2046 5.1.3, RFC 2183). */
function withAttachments(
  host: ShellHost,
  { from, to, cc, subject, body }: Letter,
  files: readonly Attachment[],
): Octets {
  const list = (name: string, addresses: readonly string[]): DraftField[] =>
    addresses.length === 0
      ? []
      : [{ kind: 'addresses', name, addresses: addresses.map((address) => ({ name: '', address })) }]
  const header: DraftField[] = [
    { kind: 'raw', name: 'Date', value: host.date() },
    { kind: 'addresses', name: 'From', addresses: [{ name: host.name, address: from }] },
    ...list('To', to),
    ...list('Cc', cc),
    ...(subject === '' ? [] : [{ kind: 'text', name: 'Subject', text: utf8Text(subject) } as const]),
  ]
  const parts: DraftPart[] = [
    { kind: 'text', subtype: 'plain', text: utf8Text(body) },
    ...files.map(({ name, octets }): DraftPart => ({
      kind: 'octets',
      type: typeOfFile(name),
      octets,
      disposition: { type: 'attachment', filename: name },
    })),
  ]
  const unique = {
    boundary: () => `=_${host.unique()}`,
    messageId: () => `<${host.unique()}@${host.machine.host}>`,
  }
  return compose({ header, content: { kind: 'multipart', subtype: 'mixed', parts } }, unique)
}

/** Who writes, by name and address. */
export const fromField = (host: ShellHost, from: string, name: string = host.name): Octets =>
  fieldLine({ kind: 'addresses', name: 'From', addresses: [{ name, address: from }], words: WORDS })

/** As the body: what is not ASCII is UTF-8. */
const WORDS = { charset: 'UTF-8' }

const fieldLine = (field: DraftField): Octets => writeField(field).trimEnd()

const ascii = (octets: Octets): boolean => !/[\x80-\xff]/.test(octets)
