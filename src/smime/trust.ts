/**
 * From the signer's certificate to an authority that the reader trusts (RFC 5280 section 6, in the few steps that a
 * course needs): each certificate is signed with the key of the next, the next may vouch for others, and at the time of
 * looking all of them are valid. Revocation is not asked about: there is nobody in the world to ask.
 */
import { BasicConstraints, type Certificate } from 'pkijs'
import { engine, oids } from './algorithms.ts'
import { certificateDer, extensionOf, isAuthority } from './certificate.ts'
import { bytesToHexText } from './pem.ts'

export type TrustTrouble = 'unknown-signer' | 'not-yet-valid' | 'expired'

export interface Trust {
  /** From the signer's certificate as far as the way leads. */
  path: Certificate[]
  trouble: TrustTrouble | null
}

/** No way is longer, and no more signatures are tried to find one: a message may bring any number of certificates. */
const LONGEST = 8
const MOST_TRIES = 40

/** What may be critical in a certificate (RFC 5280 section 4.2): what is looked at here, and policies, which ask nothing. */
const KNOWN = new Set<string>([
  oids.basicConstraints,
  oids.keyUsage,
  oids.extKeyUsage,
  oids.subjectAltName,
  oids.subjectKeyIdentifier,
  oids.authorityKeyIdentifier,
  oids.certificatePolicies,
])

export async function findTrust(
  signer: Certificate,
  others: readonly Certificate[],
  authorities: readonly Certificate[],
  at: number,
): Promise<Trust> {
  const anchors = new Set(authorities.map(fingerprint))
  const path = [signer]
  const seen = new Set([fingerprint(signer)])
  let tries = 0
  let last = signer
  while (!anchors.has(fingerprint(last))) {
    let next: Certificate | null = null
    for (const candidate of [...authorities, ...others]) {
      if (last.issuer.isEqual(candidate.subject) !== true || !isAuthority(candidate)) continue
      if (seen.has(fingerprint(candidate)) || !longEnough(candidate, path)) continue
      if (++tries > MOST_TRIES || path.length >= LONGEST) break
      if (await isSignedBy(last, candidate)) {
        next = candidate
        break
      }
    }
    if (next === null) return { path, trouble: 'unknown-signer' }
    seen.add(fingerprint(next))
    path.push(next)
    last = next
  }
  const odd = path.some(({ extensions }) => extensions?.some(({ critical, extnID }) => critical && !KNOWN.has(extnID)))
  if (odd) return { path, trouble: 'unknown-signer' }
  if (path.some(({ notBefore }) => at < notBefore.value.getTime())) return { path, trouble: 'not-yet-valid' }
  if (path.some(({ notAfter }) => at > notAfter.value.getTime())) return { path, trouble: 'expired' }
  return { path, trouble: null }
}

const fingerprint = (certificate: Certificate): string => bytesToHexText(certificateDer(certificate))

/** An authority may say how many others may stand between it and the signer (pathLenConstraint). */
function longEnough(authority: Certificate, path: readonly Certificate[]): boolean {
  const constraints = extensionOf(authority, oids.basicConstraints)?.parsedValue as unknown
  if (!(constraints instanceof BasicConstraints) || constraints.pathLenConstraint === undefined) return true
  return path.length - 1 <= Number(constraints.pathLenConstraint)
}

async function isSignedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  try {
    return await certificate.verify(issuer, engine)
  } catch {
    return false
  }
}
