/** The people of these tests, made once for each file that asks. The world is in 2001. */
import { type Identity, issue, makeAuthority } from '../../../src/smime/authority.ts'
import type { KeyKind } from '../../../src/smime/keys.ts'

export const now = Date.UTC(2001, 2, 5, 9, 30, 15)
export const DAY = 86_400_000

export interface People {
  authority: Identity
  alice: Identity
  bob: Identity
}

export async function people(algorithm: KeyKind = 'EC'): Promise<People> {
  const authority = await makeAuthority({ name: 'Autorité de Rennes', now, algorithm })
  const person = (name: string) =>
    issued(authority, { name, address: `${name.toLowerCase()}@rennes.example`, now, algorithm })
  return { authority, alice: await person('Alice'), bob: await person('Bob') }
}

export async function issued(authority: Identity, options: Parameters<typeof issue>[1]): Promise<Identity> {
  return must(await issue(authority, options))
}

/** What was made, where nothing should refuse it. */
export function must<Made extends object>(made: Made): Exclude<Made, { refused: string } | { error: string }> {
  if ('refused' in made || 'error' in made) throw new Error(JSON.stringify(made))
  return made as Exclude<Made, { refused: string } | { error: string }>
}

export const entity = [
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Le caf=E9 est pr=EAt.',
  '',
].join('\r\n')

export const message = (protectedEntity: string, from = 'Alice <alice@rennes.example>') =>
  `From: ${from}\r\nTo: bob@rennes.example\r\nMIME-Version: 1.0\r\n${protectedEntity}`
