/** Goals that no form of goals.yaml can say, by name. A check looks at one event, and at the mailboxes behind it. */
import type { Octets } from '../bytes/octets.ts'
import { bodyAt, countFields, fieldValues } from '../message/fields.ts'
import type { TraceEvent } from '../trace/events.ts'

/** What a goal may look at beside the trace. */
export interface Look {
  /** What is in a mailbox; the account as a login name or an address. Null where there is none. */
  messages(account: string, mailbox: string): readonly Octets[] | null
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
  /** It came from its author's machine straight to where it lies. */
  'one-hop': (event, look) => {
    const content = delivered(event, look)
    return content !== null && countFields(content, 'Received') === 1
  },
}

/** The message that this event put into a mailbox. */
function delivered(event: TraceEvent, look: Look): Octets | null {
  return event.kind === 'delivered' ? (look.messages(event.address, event.mailbox)?.at(-1) ?? null) : null
}
