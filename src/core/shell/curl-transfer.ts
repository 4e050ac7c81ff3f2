/** What the protocols of curl share: the connection, its TLS, what -v shows, and how things go wrong, in curl's words. */
import type { Octets } from '../bytes/octets.ts'
import { readDate } from '../message/read-date.ts'
import { IDS, readX509 } from '../net/tls/certificate.ts'
import { DerReader, SEQUENCE } from '../net/tls/der.ts'
import type { Stream } from '../stream.ts'
import { ask, type Task } from '../task.ts'
import { readable, type Context } from './command.ts'
import type { CurlOptions } from './curl-options.ts'
import type { CurlUrl } from './curl-url.ts'
import { verify } from './openssl-verify.ts'
import { dateText, nameText } from './x509.ts'

/** The exit code, and what `curl: (code)` says behind it. */
export interface Failure {
  code: number
  text: string
}

export const failure = (code: number, text: string): Failure => ({ code, text })

export const LOST = failure(56, 'response reading failed (errno: 104)')
export const WEIRD = failure(8, 'Weird server reply')
export const DENIED = failure(67, 'Login denied')
export const MALFORMED = failure(3, 'URL using bad/illegal format or missing URL')

/** One URL, and who asks for it. */
export interface Transfer {
  context: Context
  options: CurlOptions
  url: CurlUrl
  stream: Stream
  /** Null where none was given: then nobody logs in. */
  login: { user: string; password: string } | null
  /** What goes up; null without -T. */
  upload: Octets | null
  put(octets: Octets): void
}

/** A line of -v: `*` says what curl does, `>` and `<` what goes over the wire. */
export function tell({ context, options }: Transfer, mark: '*' | '>' | '<', line: Octets): void {
  if (!options.verbose) return
  context.out.renew()
  context.complain(`${mark} ${readable(line)}\n`)
}

/** A handshake, and a look at whom it was made with; null when all is well. */
export function* secure(transfer: Transfer): Task<Failure | null> {
  const trouble = yield* ask(transfer.stream.startTls(transfer.url.host))
  return trouble === null ? examine(transfer) : failure(35, `TLS connect error: ${trouble}`)
}

/** The certificate that the server has shown. */
export function examine(transfer: Transfer): Failure | null {
  const { context, options, stream, url } = transfer
  const { tls } = stream
  const leaf = tls ? readX509(tls.chain[0] ?? '') : null
  if (!tls || !leaf) return null
  tell(transfer, '*', `SSL connection using TLSv1.3 / ${tls.cipher}`)
  tell(transfer, '*', 'Server certificate:')
  tell(transfer, '*', ` subject: ${nameText(leaf.subject)}`)
  tell(transfer, '*', ` start date: ${dateText(leaf.notBefore)}`)
  tell(transfer, '*', ` expire date: ${dateText(leaf.notAfter)}`)
  tell(transfer, '*', ` issuer: ${nameText(leaf.issuer)}`)
  const date = context.host.date()
  const now = readDate(date, { from: 0, to: date.length }, () => {})?.epochMillis ?? null
  const verdict = verify(tls.chain, tls.roots, now)
  const named = namesOf(leaf).some((name) => name.toLowerCase() === url.host.toLowerCase())
  if (options.insecure) {
    if (verdict.code !== 0)
      tell(transfer, '*', ` SSL certificate verify result: ${verdict.reason} (${verdict.code}), continuing anyway.`)
    return null
  }
  if (verdict.code !== 0) return failure(60, `SSL certificate problem: ${verdict.reason}`)
  if (!named) return failure(60, `SSL: no alternative certificate subject name matches target host name '${url.host}'`)
  tell(transfer, '*', ' SSL certificate verify ok.')
  return null
}

/** RFC 5280 4.2.1.6, dNSName. */
function namesOf({ extensions }: { extensions: readonly { id: string; value: Octets }[] }): Octets[] {
  const names: Octets[] = []
  for (const { id, value } of extensions) {
    if (id !== IDS.altName) continue
    const inside = new DerReader(value).inside(SEQUENCE)
    while (!inside.ended) {
      const { tag, content } = inside.any()
      if (tag === 0x82) names.push(content)
    }
  }
  return names
}
