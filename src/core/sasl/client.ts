/** The client's side of the mechanisms, for the SMTP, POP3 and IMAP clients: octets before their base64. */
import { decodeBase64, encodeBase64 } from '../bytes/base64.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { cramMessage } from './cram-md5.ts'
import type { Mechanism } from './mechanism.ts'
import { plainMessage } from './plain.ts'
import { saslName, scramProof } from './scram-keys.ts'

export interface Answers {
  /**
   * What the client may send along with the name of the mechanism, or else in answer to an empty challenge; null where
   * the server has the first word.
   */
  readonly initial: Octets | null
  /** The answer to a challenge; null where it is none of this mechanism, or from a server that is not the right one: `*`. */
  next(challenge: Octets): Octets | null
  /** All has been said. A success before that is none: a SCRAM server has yet to prove who it is (RFC 5802 5). */
  readonly complete: boolean
}

/** In the order in which our clients take them: what says least of the password first. */
const preferred: readonly Mechanism[] = ['SCRAM-SHA-256', 'CRAM-MD5', 'PLAIN', 'LOGIN']

/** The best of what a server offers. */
export function choose(offered: readonly string[]): Mechanism | null {
  const names = offered.map((name) => name.toUpperCase())
  return preferred.find((mechanism) => names.includes(mechanism)) ?? null
}

/** `nonce` is for SCRAM, and must be another one each time. */
export function answer(mechanism: Mechanism, user: string, password: string, nonce: string): Answers {
  switch (mechanism) {
    case 'PLAIN':
      return new Said(plainMessage(user, password), [])
    case 'LOGIN':
      return new Said(null, [() => utf8Octets(user), () => utf8Octets(password)])
    case 'CRAM-MD5':
      return new Said(null, [(challenge) => cramMessage(user, password, challenge)])
    case 'SCRAM-SHA-256':
      return new Scram(user, password, nonce)
  }
}

/** Answers that do not depend on one another. */
class Said implements Answers {
  readonly initial: Octets | null
  private readonly answers: ((challenge: Octets) => Octets)[]

  constructor(initial: Octets | null, answers: ((challenge: Octets) => Octets)[]) {
    this.initial = initial
    this.answers = answers
  }

  next(challenge: Octets): Octets | null {
    return this.answers.shift()?.(challenge) ?? null
  }

  get complete(): boolean {
    return this.answers.length === 0
  }
}

const SERVER_FIRST = /^r=([!-+\--~]+),s=([A-Za-z0-9+/=]+),i=([1-9]\d{0,6})(?:,[A-Za-z]=[^,]+)*$/

class Scram implements Answers {
  readonly initial: Octets
  complete = false
  private readonly password: string
  private readonly nonce: string
  private readonly bare: Octets
  /** What the server must say to prove that it knows the password too. */
  private signature: Octets | null = null

  constructor(user: string, password: string, nonce: string) {
    this.password = password
    this.nonce = nonce
    this.bare = `n=${saslName(user)},r=${nonce}`
    this.initial = `n,,${this.bare}`
  }

  next(challenge: Octets): Octets | null {
    if (this.complete) return null
    return this.signature === null ? this.prove(challenge) : this.believe(challenge)
  }

  private prove(challenge: Octets): Octets | null {
    const [, nonce, salt64, count] = SERVER_FIRST.exec(challenge) ?? []
    const salt = salt64 === undefined ? null : decodeBase64(salt64)
    // RFC 5802 5.1, `r`: the server's nonce begins with ours, and adds to it.
    if (salt === null || !nonce?.startsWith(this.nonce) || nonce === this.nonce) return null
    const withoutProof = `c=biws,r=${nonce}`
    const proof = scramProof(this.password, salt, Number(count), `${this.bare},${challenge},${withoutProof}`)
    this.signature = proof.server
    return `${withoutProof},p=${encodeBase64(proof.client)}`
  }

  private believe(challenge: Octets): Octets | null {
    const [, signature] = /^v=([A-Za-z0-9+/=]+)(?:,[A-Za-z]=[^,]+)*$/.exec(challenge) ?? []
    if (signature === undefined || decodeBase64(signature) !== this.signature) return null
    this.complete = true
    return ''
  }
}
