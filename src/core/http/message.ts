/**
 * HTTP/1.1 messages on a stream (RFC 9112): a start line, fields, and a body whose length is told. Whoever reads is strict:
 * a message that two readers could understand in two ways is refused (RFC 9112 11.2).
 */
import type { Octets } from '../bytes/octets.ts'

export interface HttpMessage {
  /** Request line or status line. */
  start: Octets
  /** By their names in small letters. */
  fields: ReadonlyMap<string, Octets>
  body: Octets
}

export interface Limits {
  line: number
  head: number
  body: number
}

const LIMITS: Limits = { line: 4096, head: 16_384, body: 8_000_000 }

/** `null`: there is more to come. `status` is what a server answers to it; behind that nothing can be read any more. */
export type Read = null | { ok: true; message: HttpMessage; length: number } | { ok: false; status: number }

/** The first message of what has come in so far. */
export function readMessage(octets: Octets, limits: Limits = LIMITS): Read {
  // RFC 9112 2.2: an empty line before a request is passed over.
  const from = octets.startsWith('\r\n') ? 2 : 0
  const lineEnd = octets.indexOf('\r\n', from)
  if ((lineEnd < 0 ? octets.length : lineEnd) - from > limits.line) return { ok: false, status: 414 }
  // What speaks another language never ends a line as HTTP does.
  if (lineEnd < 0) return /[\n\0]/.test(octets) ? { ok: false, status: 400 } : null
  const headEnd = octets.indexOf('\r\n\r\n', from)
  if ((headEnd < 0 ? octets.length : headEnd) - from > limits.head) return { ok: false, status: 431 }
  if (headEnd < 0) return null
  const [start = '', ...lines] = octets.slice(from, headEnd).split('\r\n')
  const fields = readFields(lines)
  if (!fields || /[\0\r\n]/.test(start)) return { ok: false, status: 400 }
  // RFC 9112 6.1: a coding that is not known cannot be read past.
  if (fields.has('transfer-encoding')) return { ok: false, status: 501 }
  const told = fields.get('content-length') ?? '0'
  if (!/^\d{1,15}$/.test(told)) return { ok: false, status: 400 }
  const size = Number(told)
  if (size > limits.body) return { ok: false, status: 413 }
  const begin = headEnd + 4
  if (octets.length < begin + size) return null
  const body = octets.slice(begin, begin + size)
  return { ok: true, message: { start, fields, body }, length: begin + size }
}

/** RFC 9112 5.1: no blank before the colon; 5.2: no folded lines. Of a field that may stand once, two are one too many. */
function readFields(lines: readonly Octets[]): Map<string, Octets> | null {
  const fields = new Map<string, Octets>()
  for (const line of lines) {
    const found = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\0\r\n]*?)[ \t]*$/.exec(line)
    if (!found) return null
    const name = found[1]!.toLowerCase()
    const before = fields.get(name)
    if (before !== undefined && ['content-length', 'host', 'transfer-encoding'].includes(name)) return null
    fields.set(name, before === undefined ? found[2]! : `${before}, ${found[2]!}`)
  }
  return fields
}

/** The length of the body is always told (RFC 9110 8.6). */
export const httpText = (start: Octets, fields: Readonly<Record<string, Octets>>, body: Octets = ''): Octets =>
  [start, ...Object.entries({ ...fields, 'Content-Length': String(body.length) }).map(([k, v]) => `${k}: ${v}`)].join(
    '\r\n',
  ) + `\r\n\r\n${body}`

/** The phrases of RFC 9110 15, as far as they are used here. */
export const PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  301: 'Moved Permanently',
  303: 'See Other',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  505: 'HTTP Version Not Supported',
}
