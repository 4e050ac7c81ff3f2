/** Does somebody whom this machine trusts vouch for a server's certificate? What OpenSSL finds, in its words. */
import type { Octets } from '../bytes/octets.ts'
import { readX509, signedBy, type Name, type X509 } from '../net/tls/certificate.ts'
import type { Millis } from '../terms.ts'
import { dateText, nameText } from './x509.ts'

export interface Verdict {
  /** X509_V_ERR_...; 0 is fine. */
  code: number
  reason: string
  /** What s_client says while it looks from the root down to the server. */
  told: string
}

const REASONS: Readonly<Record<number, string>> = {
  0: 'ok',
  9: 'certificate is not yet valid',
  10: 'certificate has expired',
  18: 'self-signed certificate',
  20: 'unable to get local issuer certificate',
  21: 'unable to verify the first certificate',
}

/** `now`: by this machine's clock, which may be wrong; null where nobody knows. */
export function verify(chain: readonly Octets[], roots: readonly Octets[], now: Millis | null): Verdict {
  const shown = chain.flatMap((der) => readX509(der) ?? [])
  const trusted = roots.flatMap((der) => readX509(der) ?? [])
  const [leaf] = shown
  if (!leaf) return { code: 0, reason: 'ok', told: '' }
  const path = [leaf]
  let anchored = trusted.some(({ signature }) => signature === leaf.signature)
  for (let next = issuerOf(leaf, trusted, shown); next && !anchored; next = issuerOf(path.at(-1)!, trusted, shown)) {
    path.push(next)
    anchored = trusted.includes(next)
    if (path.length > shown.length + 1) break
  }
  const told: string[] = []
  const tell = (depth: number, more = '') =>
    told.push(`depth=${depth} ${nameText(path[depth]!.subject)}\n${more}verify return:1\n`)
  let code = 0
  const fail = (depth: number, error: number, more = '') => {
    code = error
    tell(depth, `verify error:num=${error}:${REASONS[error]}\n${more}`)
  }
  if (!anchored) {
    const last = path.length - 1
    if (same(path[last]!.issuer, path[last]!.subject)) fail(last, 18)
    else {
      fail(last, 20)
      if (last === 0) fail(0, 21)
    }
  }
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const { notBefore, notAfter } = path[depth]!
    if (now !== null && now < notBefore) fail(depth, 9, `notBefore=${dateText(notBefore)}\n`)
    if (now !== null && now > notAfter) fail(depth, 10, `notAfter=${dateText(notAfter)}\n`)
    tell(depth)
  }
  return { code, reason: REASONS[code]!, told: told.join('') }
}

const same = (one: Name, other: Name): boolean => nameText(one) === nameText(other)

const issuerOf = (certificate: X509, trusted: readonly X509[], shown: readonly X509[]): X509 | undefined =>
  [...trusted, ...shown].find(
    (other) =>
      other.signature !== certificate.signature &&
      same(other.subject, certificate.issuer) &&
      signedBy(certificate, other),
  )
