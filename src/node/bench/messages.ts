/** The messages that the bench sends, with their lone dot. */
import type { Octets } from '../../core/bytes/octets.ts'

const head = 'From: <a@client.example>\r\nTo: <b@bench.example>\r\nSubject: bench\r\n\r\n'
/** 76 octets and CRLF, as base64 fills a line. */
const line = `${'QmVhdXRpZnVsIGlzIGJldHRlciB0aGFuIHVnbHku'.repeat(2).slice(0, 76)}\r\n`

/** At least `size` octets before the dot. */
export function bigMessage(size: number): Octets {
  return `${head}${line.repeat(Math.ceil((size - head.length) / line.length))}.\r\n`
}
