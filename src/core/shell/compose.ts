/** Making a message as BSD mail does: a few header fields, an empty line, the text (RFC 5322 2.1, 3.6). */
import { encodeBase64 } from '../bytes/base64.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets, utf8Text } from '../bytes/utf8.ts'
import { compose } from '../message/mime/build/compose.ts'
import type { DraftField, DraftPart } from '../message/mime/build/draft.ts'
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
    ...(subject === '' ? [] : [`Subject: ${encoded(subject)}`]),
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
  `From: ${phrase(name)} <${from}>`

const ascii = (octets: Octets): boolean => !/[\x80-\xff]/.test(octets)

/** A display name: quoted where it needs it (RFC 5322 3.2.5). */
function phrase(name: string): Octets {
  const octets = utf8Octets(name)
  if (!ascii(octets)) return encoded(octets)
  return /^[\w !#$%&'*+\-/=?^`{|}~]*$/.test(octets) ? octets : `"${octets.replace(/["\\]/g, '\\$&')}"`
}

/** Encoded words where it is not plain ASCII (RFC 2047 2): none longer than 75, none with half a character. */
function encoded(octets: Octets): Octets {
  if (ascii(octets)) return octets
  const words: Octets[] = []
  let word = ''
  for (const [character] of octets.matchAll(/[\x00-\x7f]|[\x80-\xff][\x80-\xbf]*/g)) {
    if (word.length + character.length > 45) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map((part) => `=?UTF-8?B?${encodeBase64(part)}?=`).join('\r\n ')
}
