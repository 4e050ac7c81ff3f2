/**
 * What a host notices about the mail that comes in: the same message once more for the same person, and more for one
 * mailbox than anybody reads. It only says so; the mail is taken. It remembers so much of it, and forgets what is oldest.
 */
import type { Millis } from '../terms.ts'
import type { PolicyConfig } from './config.ts'
import { remember } from './policy.ts'

const DAY = 86_400_000

interface Seen {
  id: string
  at: Millis
}

/** What came for one mailbox of late, and whether the burst that goes on has been noticed. */
interface Arrivals {
  at: Millis[]
  noticed: boolean
}

interface Noticed {
  what: 'duplicate' | 'bombing'
  detail: string
}

export class Notices {
  private readonly bombing: PolicyConfig['bombing']
  private readonly seen = new Map<string, Seen>()
  private readonly arrivals = new Map<string, Arrivals>()

  constructor({ bombing }: PolicyConfig) {
    this.bombing = bombing
  }

  /** RFC 5322 3.6.4: a Message-ID names one message, so the second time it is the same one. */
  duplicate(messageId: string | null, address: string, id: string, now: Millis): Noticed | null {
    if (messageId === null) return null
    const key = `${messageId} ${address.toLowerCase()}`
    const known = this.seen.get(key)
    if (known && now < known.at + DAY)
      return { what: 'duplicate', detail: `${messageId} came for <${address}> before, as ${known.id}` }
    remember(this.seen, key, { id, at: now })
    return null
  }

  /** Once for each burst: it is over when what came within the time is no more than it may be. */
  bombed(address: string, now: Millis): Noticed | null {
    if (this.bombing === null) return null
    const { messages, per } = this.bombing
    const key = address.toLowerCase()
    const known = this.arrivals.get(key)
    const at = [...(known?.at ?? []).filter((time) => time > now - per), now].slice(-messages - 1)
    const burst = at.length > messages
    const noticed = burst && known?.noticed === true
    remember(this.arrivals, key, { at, noticed: burst })
    if (!burst || noticed) return null
    return {
      what: 'bombing',
      detail: `more than ${messages} messages for <${address}> within ${Math.ceil(per / 1000)} s`,
    }
  }
}
