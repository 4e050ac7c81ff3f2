import { describe, expect, it } from 'vitest'
import type { Octets } from '../../../src/core/bytes/octets.ts'
import type { Engine, Input } from '../../../src/core/engine.ts'
import { nameServer } from '../../../src/core/dns/server.ts'
import { emptyCache } from '../../../src/core/dns/cache.ts'
import { serve, serveStream, type ServeOptions } from '../../../src/core/net/serve.ts'
import type { Stream } from '../../../src/core/stream.ts'
import { ADDRESS, collect, Lab, PORT } from './lab.ts'

interface State {
  heard: string[]
  pending: Octets
}

/** Greets the caller by name, then does as it is told, line by line. */
const obedient: Engine<State, string> = {
  start: () => ({ heard: [], pending: '' }),
  step(state, input: Input, greeting, out) {
    state.heard.push(input.on)
    if (input.on === 'open') {
      if (greeting === 'who?') out.do({ do: 'ask', id: 1, ask: { ask: 'reverse', address: input.peer.address } })
      else out.do({ do: 'send', data: `${greeting}${input.secure ? ' secure' : ''}\n` })
    } else if (input.on === 'answer') {
      out.do({ do: 'send', data: `hello ${input.answer.name}\n` })
    } else if (input.on === 'secured') out.do({ do: 'send', data: 'secured\n' })
    else if (input.on === 'alarm') {
      out.do({ do: 'send', data: `${input.name} rang\n` })
      out.do({ do: 'close' })
    } else if (input.on === 'closed') {
      out.do({ do: 'send', data: `${state.heard.join(' ')}\n` })
      out.do({ do: 'close' })
    } else if (input.on === 'bytes') obey(state, input.data, out)
  },
}

const obey = (state: State, data: Octets, out: Parameters<typeof obedient.step>[3]) => {
  const lines = (state.pending + data).split('\n')
  state.pending = lines.pop()!
  for (const line of lines) {
    out.note({ kind: 'remark', conn: 'x', protocol: 'smtp', key: line, detail: '' }, 'up', 0, line.length + 1)
    if (line === 'tls') {
      out.do({ do: 'send', data: 'go\n' })
      out.do({ do: 'startTls' })
    } else if (line === 'alarm') out.do({ do: 'alarm', name: 'idle', after: 300_000 })
    else if (line === 'calm') out.do({ do: 'cancel', name: 'idle' })
    else out.do({ do: 'send', data: `${line}!\n` })
  }
}

function served(greeting: string, options: ServeOptions<State> = {}, lab = new Lab()) {
  serve(lab.network, 'b', PORT, obedient, () => greeting, { between: (state) => structuredClone(state), ...options })
  const dialled = lab.dial('a', ADDRESS['b']!)
  lab.clock.drain()
  if (!dialled.result?.ok) throw new Error('not connected')
  const client = dialled.result.stream
  return { lab, client, heard: collect(client) }
}

describe('the driver', () => {
  it('opens, carries both ways in single segments, and answers what still came before the end', () => {
    const { lab, client, heard } = served('hi')
    client.write('one\ntw')
    lab.clock.drain()
    client.write('o\n')
    client.close()
    lab.clock.drain()
    expect(heard).toEqual({ text: 'hi\none!\ntwo!\nopen bytes bytes closed\n', closed: 'fin' })
    expect(lab.events('segment').map(({ data }) => data)).toEqual([
      'hi\n',
      'one\ntw',
      'one!\n',
      'o\n',
      'two!\nopen bytes bytes closed\n',
    ])
  })

  it('gives notes the span and the segment that they came by', () => {
    const { lab, client } = served('hi')
    client.write('a\nb\n')
    lab.clock.drain()
    const segment = lab.events('segment').find(({ dir }) => dir === 'up')!
    expect(lab.events('remark').map(({ host, key, span, cause }) => ({ host, key, span, cause }))).toEqual([
      { host: 'b', key: 'a', span: ['c1', 'up', 0, 2], cause: segment.seq },
      { host: 'b', key: 'b', span: ['c1', 'up', 0, 2], cause: segment.seq },
    ])
  })

  it('rings an alarm, which may be set anew and cancelled', () => {
    const { lab, client, heard } = served('hi')
    client.write('alarm\n')
    lab.clock.drain()
    lab.clock.runUntil(200_000)
    client.write('alarm\n')
    lab.clock.drain()
    expect(lab.clock.next()).toMatchObject({ at: 500_020, what: 'c1: idle' })
    client.write('calm\n')
    lab.clock.drain()
    expect(lab.clock.next()).toBeNull()
    client.write('alarm\n')
    lab.clock.drain()
    lab.clock.skip()
    lab.clock.drain()
    expect(heard).toEqual({ text: 'hi\nidle rang\n', closed: 'fin' })
  })

  it('forgets alarms with the connection, and with the host', () => {
    const { lab, client } = served('hi')
    client.write('alarm\n')
    lab.clock.drain()
    client.reset()
    lab.clock.drain()
    expect(lab.clock.next()).toBeNull()
    const again = served('hi', {}, lab)
    again.client.write('alarm\n')
    lab.clock.drain()
    lab.network.apply({ fault: 'down', host: 'b' })
    expect(lab.clock.next()).toBeNull()
  })

  it('serves again after a reboot', () => {
    const { lab } = served('hi')
    lab.network.apply({ fault: 'down', host: 'b' })
    lab.network.apply({ fault: 'up', host: 'b' })
    expect(served('hi', {}, lab).heard.text).toBe('hi\n')
  })

  it('secures the connection in the middle of it', () => {
    const { lab, client, heard } = served('hi')
    client.write('tls\n')
    lab.clock.drain()
    const result: (string | null)[] = []
    client.startTls('b')((failure) => result.push(failure))
    lab.clock.drain()
    client.write('secret\n')
    lab.clock.drain()
    expect(result).toEqual([null])
    expect(heard.text).toBe('hi\ngo\nsecured\nsecret!\n')
    expect(lab.events('segment').some(({ data }) => data.includes('secret!'))).toBe(false)
  })

  it('ends a connection that goes on in the clear after STARTTLS', () => {
    const { lab, client, heard } = served('hi')
    client.write('tls\n')
    lab.clock.drain()
    client.write('more\n')
    lab.clock.drain()
    expect(heard).toEqual({ text: 'hi\ngo\n\x15\x03\x03\x00\x02\x02\x0a', closed: 'fin' })
  })

  it('is secure from the first octet where told so', () => {
    const { lab, client, heard } = served('hi', { secure: true })
    expect(heard.text).toBe('')
    client.startTls('b')(() => {})
    lab.clock.drain()
    expect(heard.text).toBe('hi secure\n')
  })

  it('closes on who does not speak TLS there', () => {
    const { lab, client, heard } = served('hi', { secure: true })
    client.write('EHLO a\r\n')
    lab.clock.drain()
    expect(heard).toEqual({ text: '\x15\x03\x03\x00\x02\x02\x0a', closed: 'fin' })
  })

  it('asks the DNS for the name of the caller', () => {
    const lab = new Lab()
    const origin = '2.0.192.in-addr.arpa'
    const zones = [{ origin, records: [{ name: `1.${origin}`, ttl: 60, type: 'PTR' as const, target: 'a.example' }] }]
    const server = { zones, authorities: () => null, cache: emptyCache(), machine: lab.network.machine('c') }
    lab.network.bind('c', 53, nameServer(server))
    expect(served('who?', {}, lab).heard.text).toBe('hello a.example\n')
    expect(lab.events('datagram').map(({ host }) => host)).toEqual(['b', 'c'])
  })

  it('asks no more when the caller is gone', () => {
    const { lab, client, heard } = served('who?')
    expect(heard.text).toBe('')
    client.reset()
    lab.clock.drain()
    expect(lab.clock.next()).toBeNull()
  })

  describe('a backend of one connection', () => {
    const attached = () => {
      const lab = new Lab()
      const backends: { closed: number; heard: (() => void) | null }[] = []
      const engine: Engine<string[], object> = {
        start: () => [],
        step(state, { on }, _backend, out) {
          state.push(on)
          // Whoever changes something is in the middle of a step itself.
          if (on === 'bytes') for (const other of backends) for (let times = 0; times < 3; times++) other.heard?.()
          if (on === 'bytes') state.push('done')
          if (on === 'closed') out.do({ do: 'close' })
          out.do({ do: 'send', data: `${state.join(' ')}\n` })
        },
      }
      serve(lab.network, 'b', PORT, engine, () => {
        const backend = { closed: 0, heard: null as (() => void) | null }
        backends.push(backend)
        return {
          close: () => void backend.closed++,
          watch(heard: () => void) {
            backend.heard = heard
            return () => (backend.heard = null)
          },
        }
      })
      const dial = () => {
        const dialled = lab.dial('a', ADDRESS['b']!)
        lab.clock.drain()
        if (!dialled.result?.ok) throw new Error('not connected')
        return { client: dialled.result.stream, heard: collect(dialled.result.stream) }
      }
      return { lab, backends, dial }
    }

    it('is told of a change once, when whoever made it has done, in the same moment', () => {
      const { lab, dial } = attached()
      const one = dial()
      const two = dial()
      one.client.write('x')
      const before = lab.clock.now
      lab.clock.drain()
      expect(one.heard.text.split('\n')).toEqual(['open', 'open bytes done', 'open bytes done changed', ''])
      expect(two.heard.text.split('\n')).toEqual(['open', 'open changed', ''])
      expect(lab.clock.now - before).toBeLessThanOrEqual(40)
    })

    it('is closed once with its connection, and watched no more', () => {
      const { lab, backends, dial } = attached()
      const one = dial()
      const two = dial()
      one.client.close()
      lab.clock.drain()
      expect(backends).toEqual([
        { closed: 1, heard: null },
        { closed: 0, heard: expect.any(Function) as unknown },
      ])
      lab.network.apply({ fault: 'down', host: 'b' })
      expect(backends[1]).toEqual({ closed: 1, heard: null })
      expect(two.heard.text).toBe('open\n')
    })
  })
})

/** Whoever says `turn` becomes the server: what is said from here on is heard by the one who served. */
const turning: Engine<{ pending: Octets }, object> = {
  start: () => ({ pending: '' }),
  step(state, input, _backend, out) {
    if (input.on === 'open') out.do({ do: 'send', data: 'hello\n' })
    if (input.on !== 'bytes') return
    state.pending += input.data
    const at = state.pending.indexOf('turn\n')
    if (at < 0) return
    out.do({ do: 'alarm', name: 'idle', after: 1000 })
    out.do({ do: 'become', role: 'client', name: 'a', rest: state.pending.slice(at + 5) })
    out.do({ do: 'send', data: 'your turn\n' })
  },
}

describe('a turn of the roles', () => {
  it('leaves the stream to the backend, with all that came behind it, once the last word is said', () => {
    const lab = new Lab()
    const heard: string[] = []
    let closed = 0
    const backend = {
      close: () => closed++,
      become(stream: Stream, name: string) {
        heard.push(`${name} serves`)
        const next = () =>
          stream.read((event) => {
            heard.push(event.on === 'bytes' ? event.data : event.how)
            if (event.on === 'bytes') {
              stream.write('EHLO b\n')
              next()
            } else stream.close()
          })
        next()
      },
    }
    serve(lab.network, 'b', PORT, turning, () => backend)
    const dialled = lab.dial('a', ADDRESS['b']!)
    lab.clock.drain()
    if (!dialled.result?.ok) throw new Error('not connected')
    const { stream } = dialled.result
    const answers = collect(stream)
    stream.write('turn\n220 from a')
    lab.clock.drain()
    stream.write(' ESMTP\n')
    lab.clock.drain()
    expect(heard).toEqual(['a serves', '220 from a', ' ESMTP\n'])
    expect(answers.text).toBe('hello\nyour turn\nEHLO b\nEHLO b\n')
    expect(lab.events('turned')).toMatchObject([{ conn: stream.id, client: 'b', server: 'a', host: 'b' }])
    expect(closed).toBe(1)
    // The alarm of the engine that has gone rings no more.
    expect(lab.clock.next()).toBeNull()
    stream.close()
    lab.clock.drain()
    expect(heard.at(-1)).toBe('fin')
  })

  it('ends the connection where no backend can be a client', () => {
    const lab = new Lab()
    serve(lab.network, 'b', PORT, turning, () => ({}))
    const dialled = lab.dial('a', ADDRESS['b']!)
    lab.clock.drain()
    if (!dialled.result?.ok) throw new Error('not connected')
    const answers = collect(dialled.result.stream)
    dialled.result.stream.write('turn\n')
    lab.clock.drain()
    expect(answers).toEqual({ text: 'hello\nyour turn\n', closed: 'fin' })
  })

  it.each([false, true])(
    'gives a stream that was dialled to an engine, which counts on from there (read before: %s)',
    (read) => {
      const { client, server, lab } = connected()
      const said = collect(server)
      if (read) {
        client.write('TURN\n')
        server.write('250 ok\n')
        const before = { text: '' }
        lab.clock.drain()
        client.read((event) => (before.text = event.on === 'bytes' ? event.data : ''))
        expect(before.text).toBe('250 ok\n')
        server.write('no')
      } else server.write('no')
      lab.clock.drain()
      serveStream(lab.network, 'a', client, obedient, 'welcome')
      server.write('op\n')
      lab.clock.drain()
      expect(said.text).toBe(`${read ? 'TURN\n' : ''}welcome\nnoop!\n`)
      const [remark] = lab.events('remark')
      const start = read ? 7 : 0
      expect(remark).toMatchObject({ host: 'a', key: 'noop', span: [client.id, 'down', start, start + 5] })
      server.close()
      lab.clock.drain()
      expect(said).toMatchObject({ closed: 'fin' })
    },
  )

  it('and one that is over already is heard of as closed', () => {
    const { client, server, lab } = connected()
    const said = collect(server)
    server.close()
    lab.clock.drain()
    serveStream(lab.network, 'a', client, obedient, 'welcome')
    lab.clock.drain()
    expect(said).toEqual({ text: 'welcome\nopen closed\n', closed: 'fin' })
  })
})

function connected() {
  const lab = new Lab()
  return { lab, ...lab.connect() }
}
