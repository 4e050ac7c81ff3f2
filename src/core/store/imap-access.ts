/** The lists that say who may do what with a mailbox, as their owners read and change them (RFC 4314 3). */
import type { AclEntry, Refusal } from '../imap/backend.ts'
import { ALL_RIGHTS, changedRights, MOST_ENTRIES, OWNERS_RIGHTS, written, type Acl } from './acl.ts'
import type { Names } from './imap-names.ts'

/** RFC 4314 4: who has one of these may ask for his own rights, and so learns nothing new. */
const ANY_RIGHT = 'lrikxa'

export class ImapAccess {
  private readonly names: Names

  constructor(names: Names) {
    this.names = names
  }

  entries(name: string): readonly AclEntry[] | Refusal {
    const found = this.listOf(name)
    if ('no' in found) return found
    return [...found.acl].map(([identifier, rights]) => ({
      identifier,
      rights: identifier === found.owner ? withOwners(rights) : rights,
    }))
  }

  set(name: string, identifier: string, rights: string): 'done' | Refusal {
    const found = this.listOf(name)
    if ('no' in found) return found
    const key = this.canonical(identifier)
    const acl: Acl = new Map(found.acl)
    const after = changedRights(acl.get(key) ?? '', rights)
    if (key === '' || key === '-' || after === null) return { no: 'cannot' }
    if (!acl.has(key) && acl.size >= MOST_ENTRIES) return { no: 'limit' }
    if (after === '') acl.delete(key)
    else acl.set(key, after)
    found.grant(acl)
    return 'done'
  }

  remove(name: string, identifier: string): 'done' | Refusal {
    const found = this.listOf(name)
    if ('no' in found) return found
    const acl: Acl = new Map(found.acl)
    acl.delete(this.canonical(identifier))
    found.grant(acl)
    return 'done'
  }

  list(name: string, identifier: string): { always: string; optional: readonly string[] } | Refusal {
    const found = this.listOf(name)
    if ('no' in found) return found
    const always = this.canonical(identifier) === found.owner ? OWNERS_RIGHTS : ''
    return { always, optional: [...ALL_RIGHTS].filter((right) => !always.includes(right)) }
  }

  mine(name: string): string | Refusal {
    const found = this.names.folder(name, ANY_RIGHT)
    return 'no' in found ? found : found.rights
  }

  /** The list of a mailbox for somebody who may give rights there. */
  private listOf(name: string): { acl: Acl; owner: string | null; grant: (acl: Acl) => void } | Refusal {
    const found = this.names.folder(name, 'a')
    if ('no' in found) return found
    const { folder, tree } = found
    if (folder.remote) return { no: 'referral', url: folder.remote }
    const owner = found.owner?.user ?? null
    return { acl: written(folder.acl, owner), owner, grant: (acl) => tree.grant(folder, acl) }
  }

  /** A user as the account is written. */
  private canonical(identifier: string): string {
    const sign = identifier.startsWith('-') ? '-' : ''
    const name = identifier.slice(sign.length)
    return sign + (this.names.store.account(name)?.user ?? name)
  }
}

const withOwners = (rights: string) =>
  [...ALL_RIGHTS].filter((right) => rights.includes(right) || OWNERS_RIGHTS.includes(right)).join('')
