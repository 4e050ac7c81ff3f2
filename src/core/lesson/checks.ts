/** Goals that no form of goals.yaml can say, by name. A check looks at one event, and at the mailboxes behind it. */
import type { Octets } from '../bytes/octets.ts'
import { bodyAt, fieldValues } from '../message/fields.ts'
import type { TraceEvent } from '../trace/events.ts'

/** What a goal may look at beside the trace. */
export interface Look {
  /** The account as a login name or an address. Null where there is none, or no such mailbox. */
  mailbox(account: string, mailbox: string): LookedAt | null
}

export interface LookedAt {
  /** Another one after every change. */
  version: string
  messages(): readonly Lying[]
}

/** A message as it lies in a mailbox. */
export interface Lying {
  octets: Octets
  flags: readonly string[]
}

export type Check = (event: TraceEvent, look: Look) => boolean

export const checks: Readonly<Record<string, Check>> = {
  /** A delivered message has From, To and Subject, then the empty line, then a body. */
  'complete-message': (event, look) => {
    const content = delivered(event, look)
    if (content === null) return false
    const named = ['From', 'To', 'Subject'].every((name) => fieldValues(content, name).some((value) => value !== ''))
    const body = bodyAt(content)
    return named && content.slice(0, body).endsWith('\r\n\r\n') && content.slice(body).trim() !== ''
  },
}

/** The message that this event put into a mailbox. */
function delivered(event: TraceEvent, look: Look): Octets | null {
  if (event.kind !== 'delivered') return null
  return look.mailbox(event.address, event.mailbox)?.messages().at(-1)?.octets ?? null
}
