/**
 * The program as a POP3 client (RFC 1939): it comes, takes what is new and goes. Folders, marks and searches are its own
 * machine's; the server has one maildrop, and no memory of what was read.
 */
import { speakPop3 } from '../pop3/client.ts'
import type { Pop3Job } from '../pop3/client-types.ts'
import type { Task } from '../task.ts'
import { answered, connect, nonceFor, passwordOf, word, type Desk } from './desk.ts'
import { layLocally } from './local.ts'

export function* fetchByPop3(desk: Desk): Task<boolean> {
  const { seat, servers, state } = desk
  const { leave, security } = state.settings
  const implicit = security === 'implicit'
  const server = implicit ? servers.pop3s : servers.pop3
  const password = passwordOf(desk)
  if (!server) state.trouble = word('trouble.not-offered', { service: implicit ? 'pop3s' : 'pop3' })
  if (!server || password === null) return false
  const stream = yield* connect(desk, server, implicit)
  if (!stream) return false
  const came: (string | null)[] = []
  const job: Pop3Job = {
    server: server.host,
    user: seat.user,
    password,
    startTls: security === 'offered' ? 'if-offered' : 'never',
    nonce: nonceFor(stream, seat.machine.now()),
    plan: {
      // Without ids nobody can tell what came before (RFC 1939 7, UIDL).
      needsIds: leave,
      judge: ({ id }) => {
        if (id !== null && state.doomed.has(id)) return 'delete'
        if (id !== null && state.known.has(id)) return leave ? 'leave' : 'delete'
        return leave ? 'copy' : 'take'
      },
      read: () => 'leave',
    },
    keep: ({ id }, content) => {
      const message = layLocally(state, 'INBOX', content, [])
      if (!message) return
      came.push(id)
      if (id === null) return
      state.ids.set(message.uid, id)
      state.known.add(id)
    },
  }
  const result = yield* speakPop3(stream, job, seat.machine)
  state.secure = stream.secure
  if (result.outcome === 'failed') {
    const { reply, stage } = result
    if (stage === 'login' && reply !== null) state.wantsPassword = true
    state.trouble =
      reply === null
        ? answered('')
        : word(stage === 'login' ? 'trouble.login' : 'trouble.refused', { text: reply.text })
    return false
  }
  state.wantsPassword = false
  const there = new Set(result.left.map(({ id }) => id))
  for (const id of state.known) if (!there.has(id)) state.known.delete(id)
  for (const id of state.doomed) if (!there.has(id)) state.doomed.delete(id)
  const [problem] = result.problems
  if (problem) state.trouble = word('trouble.refused', { text: problem.reply.text })
  state.done = word('done.fetched', { count: came.length, deleted: result.deleted.length })
  return true
}
