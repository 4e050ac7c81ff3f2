/**
 * The same scripts over real sockets: what is said and heard goes over TCP to the ports of the bridge. Faults, the clock
 * and terminals are the simulated world's, and a script that needs them is not for this stage; what lies in mailboxes
 * cannot be seen from here, and those steps are passed over.
 */
import type { Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { toBytes, toOctets, type Octets } from '../../core/bytes/octets.ts'
import { runScript, type ScriptResult, type Stage } from '../../core/lesson/script-run.ts'
import type { Script, Step } from '../../core/lesson/script.ts'
import type { Dialled } from '../../core/machine.ts'
import type { Stream, StreamEvent } from '../../core/stream.ts'
import { run as runTask, within, type Waiter } from '../../core/task.ts'

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

/** A Node socket as the core's tasks see a stream. */
class SocketStream implements Stream {
  readonly id = 'tcp'
  readonly local
  readonly peer
  secure = false
  private socket: Socket | TLSSocket
  private readonly waiting: StreamEvent[] = []
  private reader: ((event: StreamEvent) => void) | null = null

  constructor(socket: Socket) {
    this.socket = socket
    this.local = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 }
    this.peer = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }
    this.listen(socket)
  }

  readonly read: Waiter<StreamEvent> = (resume) => {
    const event = this.waiting.shift()
    if (event) {
      resume(event)
      return () => {}
    }
    this.reader = resume
    return () => void (this.reader = null)
  }

  write(data: Octets): void {
    this.socket.write(toBytes(data))
  }

  close(): void {
    this.socket.end()
  }

  reset(): void {
    this.socket.destroy()
  }

  startTls(name: string): Waiter<string | null> {
    return (resume) => {
      this.socket.removeAllListeners('data')
      // The bridge makes its certificate at its start; nobody could have signed it.
      const secured = connectTls({ socket: this.socket, servername: name, rejectUnauthorized: false })
      secured.once('secureConnect', () => {
        this.socket = secured
        this.secure = true
        this.listen(secured)
        resume(null)
      })
      secured.once('error', (error) => resume(error.message))
      return () => {}
    }
  }

  private listen(socket: Socket): void {
    socket.on('data', (data: Uint8Array) => this.give({ on: 'bytes', data: toOctets(data) }))
    socket.once('end', () => this.give({ on: 'closed', how: 'fin' }))
    socket.once('error', () => this.give({ on: 'closed', how: 'reset' }))
  }

  private give(event: StreamEvent): void {
    const { reader } = this
    this.reader = null
    if (reader) reader(event)
    else this.waiting.push(event)
  }
}
