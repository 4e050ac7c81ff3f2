/** Making a message as BSD mail does: a few header fields, an empty line, the text (RFC 5322 2.1, 3.6). */
import { encodeBase64 } from '../bytes/base64.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { ShellHost } from './host.ts'

export interface Draft {
  from: string
  to: readonly string[]
  subject: Octets
  /** Lines end with LF. */
  body: Octets
}

/** The submission server adds Message-ID, and Date where there is none; our own clock is as good (RFC 6409 8). */
export function compose(host: ShellHost, { from, to, subject, body }: Draft): Octets {
  const header = [
    `Date: ${host.date()}`,
    `From: ${phrase(host.name)} <${from}>`,
    `To: ${to.join(',\r\n ')}`,
    ...(subject === '' ? [] : [`Subject: ${encoded(subject)}`]),
    ...(ascii(body)
      ? []
      : ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: 8bit']),
  ]
  return `${header.join('\r\n')}\r\n\r\n${body.replace(/\r?\n|\r/g, '\r\n')}`
}

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
