/**
 * Connected use: one folder stays open, and the replica follows it as the server tells what happens (IDLE, RFC 2177; where that is
 * not offered, by asking every minute).
 */
import type { Octets } from '../../bytes/octets.ts'
import { ask, first, type Task, type Waiter } from '../../task.ts'
import type { ImapConnection } from './connection.ts'
import type { Folder } from './replica.ts'
import { fetchArrivals, settle, synchronizeFolder } from './sync.ts'
import { takeNews, type Doubts } from './taking.ts'

const MINUTE = 60_000
/** RFC 2177 3: a server may take a client for gone after 30 minutes. */
const LONGEST_IDLE = 29 * MINUTE

/** Until `until` resumes: then null. Else why it ended. `told` is called whenever something has changed. */
export function* watchFolder(
  connection: ImapConnection,
  folder: Folder,
  until: Waiter<void>,
  told: () => void,
): Task<Octets | null> {
  const { machine } = connection
  const doubts: Doubts = { messages: false, flags: false }
  let stopped = false
  const stop: Waiter<void> = (resume) =>
    until(() => {
      stopped = true
      resume()
    })
  let done = yield* synchronizeFolder(connection, folder)
  told()
  connection.listen = (news) => {
    takeNews(folder, news, doubts)
    told()
  }
  while (done.condition === 'OK' && !stopped) {
    if (yield* connection.has('IDLE')) {
      const enough = () => doubts.messages || doubts.flags
      done = yield* connection.idle(first(stop, machine.sleep(LONGEST_IDLE)), enough)
    } else {
      yield* ask(first(stop, machine.sleep(MINUTE)))
      if (!stopped) done = yield* connection.command('NOOP')
    }
    if (done.condition === 'OK' && doubts.messages) {
      doubts.messages = false
      done = yield* fetchArrivals(connection, folder)
    }
    if (done.condition === 'OK') done = yield* settle(connection, folder, doubts)
    told()
  }
  return done.condition === 'OK' ? null : done.text
}
