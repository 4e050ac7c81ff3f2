/** Signs and encrypts what a draft holds (RFC 8551). The header stays outside: everybody on the way reads it. */
import type { Draft, Unique } from '../../core/message/mime/build/draft.ts'
import { signable } from '../../core/message/mime/build/compose.ts'
import { encrypt } from '../../smime/encrypt.ts'
import { sign } from '../../smime/sign.ts'
import type { Run } from '../run.svelte.ts'
import { identityOf, nowOf } from './keys.ts'
import type { Trouble } from './form.ts'

export interface Wishes {
  from: string
  recipients: readonly string[]
  sign: boolean
  encrypt: boolean
}

export async function seal(run: Run, draft: Draft, unique: Unique, wishes: Wishes): Promise<Draft | Trouble> {
  let entity = signable(draft.content, unique)
  const own = await identityOf(run, wishes.from)
  if (own === null) return { field: 'sign', key: 'compose.bad.key', values: { address: wishes.from } }
  if (wishes.sign) {
    const signed = await sign(entity, { by: own, now: nowOf(run.sim), boundary: unique.boundary() })
    if ('refused' in signed)
      return { field: 'sign', key: 'compose.bad.sign', values: { why: `compose.why.${signed.refused}` } }
    entity = signed.entity
  }
  if (wishes.encrypt) {
    // The sender wants to read it again, too.
    const readers = [own.certificate]
    for (const address of wishes.recipients) {
      const identity = await identityOf(run, address)
      if (identity === null) return { field: 'encrypt', key: 'compose.bad.key', values: { address } }
      readers.push(identity.certificate)
    }
    const encrypted = await encrypt(entity, { for: readers })
    if ('refused' in encrypted)
      return { field: 'encrypt', key: 'compose.bad.encrypt', values: { why: `compose.why.${encrypted.refused}` } }
    entity = encrypted.entity
  }
  return { ...draft, content: { kind: 'prepared', entity } }
}
