/**
 * What an account may hold, as IMAP tells it (RFC 9208): one root for all mailboxes of an account, named by nothing for
 * one's own and by the user for another's. STORAGE counts in units of 1024 octets, MESSAGE counts messages.
 */
import type { QuotaResource, Refusal } from '../imap/backend.ts'
import type { Account } from './account.ts'
import type { Names } from './imap-names.ts'

const UNIT = 1024

export class ImapQuota {
  private readonly names: Names

  constructor(names: Names) {
    this.names = names
  }

  roots(name: string): readonly string[] | Refusal {
    const found = this.names.folder(name, 'r')
    if ('no' in found) return found
    const { owner } = found
    return owner === null ? [] : [owner === this.names.account ? '' : owner.user]
  }

  resources(root: string): readonly QuotaResource[] | Refusal {
    const account = this.account(root)
    if (account === null) return { no: 'nonexistent' }
    const { quota, messageQuota, used, count } = account
    const resources: QuotaResource[] = []
    if (quota !== null) resources.push({ name: 'STORAGE', used: units(used), limit: units(quota) })
    if (messageQuota !== null) resources.push({ name: 'MESSAGE', used: count, limit: messageQuota })
    return resources
  }

  /** What is not named is not limited any more (RFC 9208 4.1.3). */
  set(root: string, limits: readonly { name: string; limit: number }[]): 'done' | Refusal {
    const account = this.account(root)
    if (account === null) return { no: 'nonexistent' }
    if (account !== this.names.account) return { no: 'noPermission' }
    const found = new Map(limits.map(({ name, limit }) => [name.toUpperCase(), limit]))
    if ([...found.keys()].some((name) => name !== 'STORAGE' && name !== 'MESSAGE')) return { no: 'cannot' }
    const storage = found.get('STORAGE')
    account.quota = storage === undefined ? null : storage * UNIT
    account.messageQuota = found.get('MESSAGE') ?? null
    return 'done'
  }

  /** Another's is there for who may read one of his mailboxes; that it is looked for tells nothing else. */
  private account(root: string): Account | null {
    const { account, store } = this.names
    if (root === '') return account
    const other = store.account(root)
    if (other === null || other === account) return other
    return other.mailboxes.sorted().some((folder) => this.names.rights(folder, other).includes('r')) ? other : null
  }
}

const units = (octets: number) => Math.ceil(octets / UNIT)
