/** Building a message: fields, an empty line, lines that end in CRLF. What has parts is the MIME room's. */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { folded } from './fold.ts'

export type FieldPair = readonly [name: string, value: Octets]

/** Any line end as CRLF. */
export function crlfLines(text: Octets): Octets {
  return text.replace(/\r\n|\r|\n/g, '\r\n')
}

export function buildMessage(fields: readonly FieldPair[], body: Octets): Octets {
  const lines = crlfLines(body)
  const header = fields.map(([name, value]) => headerField(name, value)).join('')
  return `${header}\r\n${lines}${lines === '' || lines.endsWith('\r\n') ? '' : '\r\n'}`
}

/** A message of one text, as a person typed it: text beyond ASCII is UTF-8, and says so (RFC 2045, RFC 2046 4.1). */
export function textMessage(fields: readonly (readonly [name: string, value: string])[], text: string): Octets {
  const octets = utf8Octets(text)
  const mime: FieldPair[] = [
    ['MIME-Version', '1.0'],
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Transfer-Encoding', '8bit'],
  ]
  const own = fields.map(([name, value]): FieldPair => [name, utf8Octets(value)])
  return buildMessage(/[\x80-\xff]/.test(octets) ? [...own, ...mime] : own, octets)
}

/** One field with its CRLF, folded. A line end in the value would begin another field: it becomes a blank. */
export function headerField(name: string, value: Octets): Octets {
  const words = value.split(/[ \t\r\n]+/).filter((word) => word !== '')
  return `${folded([`${name}:${words.length > 0 ? ` ${words[0]!}` : ''}`, ...words.slice(1)])}\r\n`
}
