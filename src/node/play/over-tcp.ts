/**
 * The same scripts over real sockets: what is said and heard goes over TCP to the ports of the bridge. Faults, the clock
 * and terminals are the simulated world's, and a script that needs them is not for this stage; what lies in mailboxes
 * cannot be seen from here, and those steps are passed over.
 */
import type { Socket } from 'node:net'
import { runScript, type ScriptResult, type Stage } from '../../core/lesson/script-run.ts'
import type { Script, Step } from '../../core/lesson/script.ts'
import type { Dialled } from '../../core/machine.ts'
import { run as runTask, within, type Waiter } from '../../core/task.ts'
import { SocketStream } from '../socket-stream.ts'

/** How long an answer may take before it counts as none. */
const PATIENCE = 5000

/** An open socket, or an error. */
export type Connect = (host: string, port: number) => Promise<Socket>

const SPOKEN: ReadonlySet<Step['step']> = new Set(['say', 'hear', 'answers', 'act', 'closed', 'mailbox'])

/** Can this script be played where there is nothing but connections? */
export const isSpokenOnly = (script: Script): boolean =>
  script.watch.size === 0 && script.steps.every(({ step }) => SPOKEN.has(step))

/** A script that names no server speaks to `server`. */
export function run(script: Script, connect: Connect, server: Stage['server'] = null): Promise<ScriptResult> {
  const streams: SocketStream[] = []
  const stage: Stage = {
    patiently: (waiter) => within(waiter, sleep(PATIENCE)),
    dial: (_from, to) => (resume) => {
      let wanted = true
      connect(to.host, to.port).then(
        (socket) => {
          const stream = new SocketStream(socket)
          streams.push(stream)
          if (wanted) resume({ ok: true, stream } satisfies Dialled)
        },
        () => wanted && resume({ ok: false, why: 'refused' }),
      )
      return () => void (wanted = false)
    },
    server,
    world: null,
  }
  return new Promise((resolve) => {
    const steps = script.steps.filter(({ step }) => step !== 'mailbox')
    runTask(runScript({ ...script, steps }, stage), (result) => {
      for (const stream of streams) stream.reset()
      resolve(result)
    })
  })
}

const sleep =
  (duration: number): Waiter<void> =>
  (resume) => {
    const timer = setTimeout(resume, duration)
    return () => clearTimeout(timer)
  }
