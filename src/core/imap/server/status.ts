/** STATUS (RFC 3501 6.3.10): counts of a mailbox without opening it. Of the open one it tells what the store holds. */
import { refused } from '../backend.ts'
import { refusal } from './refusal.ts'
import { readStatusItems, statusLine } from './status-items.ts'
import type { Handler } from './turn.ts'

export const status: Handler<'STATUS'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.sp()
  const items = readStatusItems(turn, reader)
  reader.end()
  const status = turn.account.status(name)
  if (refused(status)) return refusal(turn, status)
  turn.untagged(statusLine(turn, name, items, status))
  return { outcome: 'ok' }
}
