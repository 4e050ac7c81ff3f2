/**
 * SCRAM's arithmetic (RFC 5802 3, with SHA-256 as RFC 7677 has it), and the names as its messages write them.
 *
 *     SaltedPassword  := Hi(Normalize(password), salt, i)
 *     ClientKey       := HMAC(SaltedPassword, "Client Key")      StoredKey := H(ClientKey)
 *     ClientSignature := HMAC(StoredKey, AuthMessage)            ClientProof := ClientKey XOR ClientSignature
 *     ServerKey       := HMAC(SaltedPassword, "Server Key")      ServerSignature := HMAC(ServerKey, AuthMessage)
 */
import { hmacSha256, pbkdf2Sha256, sha256 } from '../bytes/hashes.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { saslPrep, strictText } from './text.ts'

export interface ScramProof {
  client: Octets
  server: Octets
}

export function scramProof(password: string, salt: Octets, iterations: number, authMessage: Octets): ScramProof {
  const salted = saltedPassword(utf8Octets(saslPrep(password) ?? password), salt, iterations)
  const clientKey = hmacSha256(salted, 'Client Key')
  return {
    client: xor(clientKey, hmacSha256(sha256(clientKey), authMessage)),
    server: hmacSha256(hmacSha256(salted, 'Server Key'), authMessage),
  }
}

/**
 * The last few salted passwords: to make one takes some ten milliseconds, which is their purpose and too much for every
 * login of a client that opens ten connections. It is a pure function of its arguments, so nobody can tell.
 */
const remembered = new Map<string, Octets>()
const KEPT = 32

function saltedPassword(password: Octets, salt: Octets, iterations: number): Octets {
  const key = `${iterations} ${salt.length} ${salt}${password}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const salted = pbkdf2Sha256(password, salt, iterations)
  if (remembered.size >= KEPT) for (const oldest of [...remembered.keys()].slice(0, KEPT / 2)) remembered.delete(oldest)
  remembered.set(key, salted)
  return salted
}

const xor = (one: Octets, other: Octets): Octets =>
  one.replace(/[^]/g, (octet, at: number) => String.fromCharCode(octet.charCodeAt(0) ^ other.charCodeAt(at)))

/** RFC 5802 5.1: `,` and `=` of a name are written `=2C` and `=3D`. */
export const saslName = (user: string): Octets =>
  utf8Octets(saslPrep(user) ?? user)
    .replaceAll('=', '=3D')
    .replaceAll(',', '=2C')

/** Null where an `=` stands for anything else, or where the name is empty or no UTF-8. */
export function readSaslName(name: Octets): string | null {
  if (name === '' || /=(?!2C|3D)|\0/.test(name)) return null
  const text = strictText(name.replaceAll('=2C', ',').replaceAll('=3D', '='))
  return text === null ? null : saslPrep(text)
}
