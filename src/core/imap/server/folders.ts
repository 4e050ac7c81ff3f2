/** The commands that make, rename and remove mailboxes, and the list of subscriptions (RFC 3501 6.3.3 to 6.3.7). */
import { refused } from '../backend.ts'
import { doneOr, refusal } from './refusal.ts'
import type { Handler } from './turn.ts'

/** RFC 3501 6.3.3; with a special use RFC 6154 3. */
export const create: Handler<'CREATE'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  let uses: string[] = []
  if (reader.trySp()) {
    if (!turn.offers('CREATE-SPECIAL-USE')) reader.fail('CREATE-SPECIAL-USE is not offered here')
    reader.take('(')
    if (!reader.tryWord('USE')) reader.fail('USE was expected')
    reader.sp()
    uses = reader.flags()
    reader.take(')')
  }
  reader.end()
  const done = turn.account.create(name, uses)
  // The same name without the use would be possible: what cannot be is the use.
  if (refused(done) && done.no === 'cannot' && uses.length > 0) return { outcome: 'useAttr' }
  return doneOr(turn, done)
}

/** RFC 3501 6.3.4. A mailbox that other sessions have open ends for them too; they are told that all of it is expunged. */
export const deleteMailbox: Handler<'DELETE'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.end()
  return doneOr(turn, turn.account.delete(name))
}

/** RFC 3501 6.3.5. */
export const rename: Handler<'RENAME'> = (turn, reader) => {
  reader.sp()
  const from = reader.mailbox()
  reader.sp()
  const to = reader.mailbox()
  reader.end()
  return doneOr(turn, turn.account.rename(from, to))
}

/** RFC 3501 6.3.6. */
export const subscribe: Handler<'SUBSCRIBE'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.end()
  return doneOr(turn, turn.account.subscribe(name))
}

/** RFC 3501 6.3.7. */
export const unsubscribe: Handler<'UNSUBSCRIBE'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.end()
  const done = turn.account.unsubscribe(name)
  return refused(done) ? refusal(turn, done) : { outcome: 'ok' }
}
