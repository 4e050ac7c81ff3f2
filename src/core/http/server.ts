/**
 * A web server as an engine (RFC 9112): requests are framed here and answered by what lies behind it, one after the other, in
 * their order. The answer may take its time; the backend tells by `watch` that it is there.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Engine, Out } from '../engine.ts'
import type { ConnId } from '../terms.ts'
import { httpText, PHRASES, readMessage } from './message.ts'

export interface WebRequest {
  method: 'GET' | 'POST'
  /** As it was sent; still percent-encoded. */
  target: Octets
  fields: ReadonlyMap<string, Octets>
  body: Octets
}

export interface WebAnswer {
  status: number
  fields: Readonly<Record<string, Octets>>
  body: Octets
}

export interface WebBackend {
  readonly name: string
  ask(request: WebRequest): void
  /** What there is to say to the last request; null as long as there is nothing. */
  answer(): WebAnswer | null
}

interface WebState {
  conn: ConnId
  buffer: Octets
  heard: number
  said: number
  asking: boolean
  /** Nothing is read any more. */
  last: boolean
}

/** Who keeps a connection open and says nothing. */
const PATIENCE = 15_000

export const webServer: Engine<WebState, WebBackend> = {
  start: () => ({ conn: '', buffer: '', heard: 0, said: 0, asking: false, last: false }),
  step(state, input, backend, out) {
    switch (input.on) {
      case 'open':
        state.conn = input.conn
        out.do({ do: 'alarm', name: 'idle', after: PATIENCE })
        return
      case 'bytes':
        if (state.last && !state.asking) return
        state.buffer += input.data
        return next(state, backend, out)
      case 'changed': {
        const answer = state.asking ? backend.answer() : null
        if (!answer) return
        state.asking = false
        say(state, out, backend, answer)
        return next(state, backend, out)
      }
      case 'alarm':
        return state.asking ? undefined : out.do({ do: 'close' })
      case 'closed':
        // Who asked still hears the answer; behind it nothing can come.
        state.last = true
        if (!state.asking) out.do({ do: 'close' })
        return
      case 'answer':
      case 'secured':
    }
  },
}

function next(state: WebState, backend: WebBackend, out: Out): void {
  if (state.asking || state.last) return
  const read = readMessage(state.buffer)
  if (read === null) return
  if (!read.ok) {
    state.last = true
    return say(state, out, backend, { status: read.status, fields: {}, body: '' })
  }
  state.buffer = state.buffer.slice(read.length)
  const from = state.heard
  state.heard += read.length
  const { start, fields, body } = read.message
  out.do({ do: 'cancel', name: 'idle' })
  out.note({ kind: 'http', conn: state.conn, dir: 'up', line: start, octets: body.length }, 'up', from, state.heard)
  const line = /^([!-~]+) (\/[!-~]*) HTTP\/(\d)\.(\d)$/.exec(start)
  const refuse = (status: number) => {
    state.last = true
    say(state, out, backend, { status, fields: status === 405 ? { Allow: 'GET, POST' } : {}, body: '' })
  }
  if (!line) return refuse(400)
  const [, method, target = '', major, minor] = line
  if (major !== '1') return refuse(505)
  // RFC 9112 3.2: without Host no server knows whose page is meant.
  if (minor !== '0' && !fields.has('host')) return refuse(400)
  if (method !== 'GET' && method !== 'POST') return refuse(405)
  state.last = minor === '0' || /\bclose\b/i.test(fields.get('connection') ?? '')
  state.asking = true
  backend.ask({ method, target, fields, body })
}

function say(state: WebState, out: Out, { name }: WebBackend, { status, fields, body }: WebAnswer): void {
  const start = `HTTP/1.1 ${status} ${PHRASES[status] ?? ''}`
  const more = { Server: name, 'Cache-Control': 'no-store', ...fields, ...(state.last ? { Connection: 'close' } : {}) }
  const data = httpText(start, more, body)
  const from = state.said
  state.said += data.length
  out.note({ kind: 'http', conn: state.conn, dir: 'down', line: start, octets: body.length }, 'down', from, state.said)
  out.do({ do: 'send', data })
  out.do(state.last ? { do: 'close' } : { do: 'alarm', name: 'idle', after: PATIENCE })
}
