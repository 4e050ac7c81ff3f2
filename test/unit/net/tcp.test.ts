import { describe, expect, it } from 'vitest'
import type { StreamEvent } from '../../../src/core/stream.ts'
import { ADDRESS, collect, Lab, PORT } from './lab.ts'

const MINUTES = 60_000

describe('opening a connection', () => {
  it('takes a round trip, and half a one more until the server hears of it', () => {
    const lab = new Lab()
    let accepted = -1
    lab.network.listen('b', PORT, () => {
      accepted = lab.clock.now
    })
    const dialled = lab.dial('a', ADDRESS['b']!)
    lab.clock.drain()
    expect(dialled.result).toMatchObject({ ok: true, stream: { id: 'c1', secure: false } })
    expect(lab.events('dial')[0]).toMatchObject({
      host: 'a',
      from: { address: '192.0.2.1', port: 49152 },
      to: { address: '192.0.2.2', port: PORT },
      toHost: 'b',
    })
    expect(lab.events('connected')[0]).toMatchObject({ at: 40, host: 'a', cause: 0 })
    expect(accepted).toBe(60)
  })

  it('is refused at a closed port, also when it was closed again', () => {
    const lab = new Lab()
    lab.network.listen('b', PORT, () => {})
    lab.network.unlisten('b', PORT)
    const dialled = lab.dial('a', ADDRESS['b']!)
    lab.clock.drain()
    expect(dialled.result).toEqual({ ok: false, why: 'refused' })
    expect(lab.events('dial-failed')[0]).toMatchObject({ host: 'a', why: 'refused', at: 40 })
  })

  it('is unreachable at an address that nobody has', () => {
    const lab = new Lab()
    const dialled = lab.dial('a', '203.0.113.9')
    lab.clock.drain()
    expect(dialled.result).toEqual({ ok: false, why: 'unreachable' })
    expect(lab.events('dial')[0]?.toHost).toBeNull()
  })

  it.each([{ fault: 'down', host: 'b' } as const, { fault: 'cut', between: ['a', 'b'] } as const])(
    'times out after 75 seconds, one skip, where nothing answers: $fault',
    (fault) => {
      const lab = new Lab()
      lab.network.listen('b', PORT, () => {})
      lab.network.apply(fault)
      const dialled = lab.dial('a', ADDRESS['b']!)
      lab.clock.drain()
      expect(dialled.result).toBeNull()
      expect(lab.clock.now).toBe(0)
      lab.clock.skip()
      expect(dialled.result).toEqual({ ok: false, why: 'timeout' })
      expect(lab.clock.now).toBe(75_000)
      expect(lab.kinds()).toEqual(['dial', 'lost', 'dial-failed'])
      expect(lab.clock.next()).toBeNull()
    },
  )

  it('gets through with the next SYN when the way opens meanwhile', () => {
    const lab = new Lab()
    lab.network.listen('b', PORT, () => {})
    lab.network.apply({ fault: 'down', host: 'b' })
    const dialled = lab.dial('a', ADDRESS['b']!)
    lab.clock.drain()
    lab.clock.runUntil(4000)
    lab.network.apply({ fault: 'up', host: 'b' })
    lab.clock.drain()
    expect(dialled.result?.ok).toBe(true)
    // SYNs after 1, 3 and 7 seconds.
    expect(lab.events('connected')[0]?.at).toBe(7040)
  })

  it('can be given up', () => {
    const lab = new Lab()
    lab.network.listen('b', PORT, () => {})
    const dialled = lab.dial('a', ADDRESS['b']!)
    dialled.giveUp()
    lab.clock.drain()
    dialled.giveUp()
    expect(dialled.result).toBeNull()
    expect(lab.kinds()).toEqual(['dial', 'dial-failed'])
  })

  it('reaches its own host at 127.0.0.1 without delay', () => {
    const lab = new Lab()
    lab.network.listen('a', PORT, (stream) => stream.write(stream.peer.address))
    const dialled = lab.dial('a', '127.0.0.1')
    lab.clock.drain()
    if (!dialled.result?.ok) throw new Error('not connected')
    expect(collect(dialled.result.stream).text).toBe('127.0.0.1')
    expect(lab.clock.now).toBe(0)
  })

  it('numbers connections and ports', () => {
    const lab = new Lab()
    for (let count = 0; count < 3; count++) lab.dial('a', ADDRESS['b']!)
    expect(lab.events('dial').map(({ conn, from }) => [conn, from.port])).toEqual([
      ['c1', 49152],
      ['c2', 49153],
      ['c3', 49154],
    ])
  })
})

describe('data', () => {
  it('that is written in one turn leaves in one segment', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    client.write('HELO ')
    client.write('a\r\n')
    lab.clock.drain()
    expect(lab.events('segment').map(({ data, dir, span, host }) => ({ data, dir, span, host }))).toEqual([
      { data: 'HELO a\r\n', dir: 'up', span: ['c1', 'up', 0, 8], host: 'a' },
    ])
    server.write('250\r\n')
    lab.clock.drain()
    expect(lab.events('segment')[1]).toMatchObject({ dir: 'down', host: 'b', span: ['c1', 'down', 0, 5] })
    expect(collect(server).text).toBe('HELO a\r\n')
    expect(collect(client).text).toBe('250\r\n')
  })

  it('is split at 16,384 octets', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const data = 'x'.repeat(40_000)
    client.write(data)
    lab.clock.drain()
    expect(lab.events('segment').map((event) => event.data.length)).toEqual([16_384, 16_384, 7232])
    expect(collect(server).text).toBe(data)
  })

  it('wakes who waits for it, once', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const heard: StreamEvent[] = []
    server.read((event) => heard.push(event))
    client.write('one')
    lab.clock.drain()
    client.write('two')
    lab.clock.drain()
    expect(heard).toEqual([{ on: 'bytes', data: 'one' }])
    server.read((event) => heard.push(event))
    expect(heard[1]).toEqual({ on: 'bytes', data: 'two' })
    const stop = server.read((event) => heard.push(event))
    stop()
    client.write('three')
    lab.clock.drain()
    expect(heard).toHaveLength(2)
    server.read((event) => heard.push(event))
    expect(heard[2]).toEqual({ on: 'bytes', data: 'three' })
  })

  it('waits for its turn on a narrow link', () => {
    const lab = new Lab()
    lab.network.addLink({ between: ['a', 'b'], delay: 5, rate: 16_384 })
    const { client, server } = lab.connect()
    const start = lab.clock.now
    const heard = collect(server)
    client.write('x'.repeat(3 * 16_384))
    lab.clock.drain()
    expect(lab.events('segment').map((event) => event.at - start)).toEqual([0, 1000, 2000])
    expect(lab.clock.now - start).toBe(3005)
    expect(heard.text).toHaveLength(3 * 16_384)
  })

  it('is not overtaken on a link that has become faster', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const heard = collect(server)
    lab.network.apply({ fault: 'slow', between: ['b', 'a'], delay: 5000 })
    client.write('slow ')
    lab.clock.step()
    lab.network.apply({ fault: 'slow', between: ['a', 'b'], delay: 1 })
    client.write('fast')
    lab.clock.drain()
    expect(heard.text).toBe('slow fast')
  })

  it('carries its cause from end to end', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    server.heed({
      bytes: () => server.write(`seen: ${lab.tracer.cause}`),
      closed: () => {},
      gone: () => {},
    })
    const typed = lab.tracer.note('a', { kind: 'typed', terminal: 't', text: 'x', secret: false })
    client.write('x')
    lab.tracer.note('c', { kind: 'fault', what: 'something else' })
    lab.clock.drain()
    const [question, answer] = lab.events('segment')
    expect(question?.cause).toBe(typed)
    expect(answer).toMatchObject({ cause: question?.seq, data: `seen: ${question?.seq}` })
  })
})

describe('the end', () => {
  it('of one direction leaves the other open', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const heard = collect(client)
    client.write('quit')
    client.close()
    client.write('too late')
    lab.clock.drain()
    const asked = collect(server)
    expect(asked).toEqual({ text: 'quit', closed: 'fin' })
    server.write('bye')
    lab.clock.drain()
    expect(heard).toEqual({ text: 'bye', closed: null })
    server.close()
    lab.clock.drain()
    expect(heard.closed).toBe('fin')
    expect(lab.events('fin').map(({ dir, host }) => [dir, host])).toEqual([
      ['up', 'a'],
      ['down', 'b'],
    ])
    expect(lab.kinds()).not.toContain('reset')
  })

  it('comes at once with RST, for both', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const heard = collect(server)
    const own = collect(client)
    client.reset()
    lab.clock.drain()
    expect(heard.closed).toBe('reset')
    expect(own.closed).toBe('reset')
    server.write('hello?')
    lab.clock.drain()
    expect(lab.kinds().filter((kind) => kind === 'reset' || kind === 'segment')).toEqual(['reset'])
  })

  it('is told to who listens, and then that nothing more will come', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const heard: string[] = []
    server.heed({
      bytes: (data) => heard.push(data),
      closed: (how) => {
        heard.push(how)
        server.close()
      },
      gone: () => heard.push('gone'),
    })
    client.write('x')
    client.close()
    lab.clock.drain()
    expect(heard).toEqual(['x', 'fin', 'gone'])
  })
})

describe('faults', () => {
  it('hold data at a cut link until it is mended', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const heard = collect(server)
    const start = lab.clock.now
    lab.network.apply({ fault: 'cut', between: ['b', 'a'] })
    client.write('one ')
    lab.clock.drain()
    client.write('two')
    client.close()
    lab.clock.drain()
    expect(lab.clock.now).toBe(start)
    expect(lab.clock.next()).toMatchObject({ at: start + 15 * MINUTES })
    expect(lab.events('lost')).toMatchObject([{ host: 'a', why: 'cut', span: ['c1', 'up', 0, 4] }])
    lab.clock.runUntil(start + 2 * MINUTES)
    expect(heard).toEqual({ text: '', closed: null })
    lab.network.apply({ fault: 'mend', between: ['a', 'b'] })
    lab.clock.drain()
    expect(heard).toEqual({ text: 'one two', closed: 'fin' })
    // Tries after 1, 3, 7, 15, 31, 63, 127 seconds.
    expect(lab.events('segment')[0]?.at).toBe(start + 127_000)
    expect(lab.clock.next()).toBeNull()
  })

  it('end a connection whose data nobody took for 15 minutes', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const own = collect(client)
    lab.network.apply({ fault: 'cut', between: ['a', 'b'] })
    client.write('x')
    lab.clock.drain()
    lab.clock.skip()
    expect(own.closed).toBe('timeout')
    expect(lab.events('timed-out')).toMatchObject([{ host: 'a', conn: 'c1' }])
    // The server learns of it when it says something.
    lab.network.apply({ fault: 'mend', between: ['a', 'b'] })
    const heard = collect(server)
    lab.clock.drain()
    expect(heard.closed).toBeNull()
    server.write('are you there?')
    lab.clock.drain()
    expect(heard.closed).toBe('reset')
  })

  it('make a lost segment come later, in order', () => {
    const lab = new Lab(3)
    const { client, server } = lab.connect()
    const heard = collect(server)
    lab.network.apply({ fault: 'loss', between: ['a', 'b'], chance: 0.5 })
    let text = ''
    for (let count = 0; count < 50; count++) {
      text += `${count} `
      client.write(`${count} `)
      lab.clock.drain()
    }
    expect(heard.text).toBe(text)
    const lost = lab.events('lost')
    expect(lost.length).toBeGreaterThan(10)
    expect(lost[0]?.why).toBe('loss')
    // After 1, 2, 4 ... seconds more, for as often as it was lost.
    for (const segment of lab.events('segment')) {
      const tries = lost.filter((event) => event.span?.[2] === segment.span?.[2])
      if (tries.length > 0) expect(segment.at - tries[0]!.at).toBe(1000 * (2 ** tries.length - 1))
    }
    // The segments of a trace are the stream, each octet once.
    expect(
      lab
        .events('segment')
        .map((event) => event.data)
        .join(''),
    ).toBe(text)
  })

  it('stand still on a link that loses everything', () => {
    const lab = new Lab()
    const { client } = lab.connect()
    lab.network.apply({ fault: 'loss', between: ['a', 'b'], chance: 1 })
    const start = lab.clock.now
    client.write('x')
    lab.clock.drain()
    expect(lab.clock.now).toBe(start)
  })

  it('let a host go down without a word, and answer RST after it', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    const calls: string[] = []
    lab.network.onDown('b', () => calls.push('down'))
    lab.network.onUp('b', () => calls.push('up'))
    const heard = collect(client)
    const lostWithIt = collect(server)
    lab.network.apply({ fault: 'down', host: 'b' })
    lab.network.apply({ fault: 'down', host: 'b' })
    lab.clock.drain()
    expect(heard.closed).toBeNull()
    expect(lab.network.isUp('b')).toBe(false)
    lab.network.apply({ fault: 'up', host: 'b' })
    client.write('still there?')
    lab.clock.drain()
    expect(heard).toEqual({ text: '', closed: 'reset' })
    expect(lostWithIt).toEqual({ text: '', closed: null })
    expect(calls).toEqual(['down', 'up'])
    expect(lab.events('reset')).toMatchObject([{ host: 'b', dir: 'down' }])
  })

  it('let what was under way to a host that goes down find out later', () => {
    const lab = new Lab()
    const { client } = lab.connect()
    const heard = collect(client)
    client.write('x')
    lab.clock.step()
    expect(lab.kinds()).toContain('segment')
    lab.network.apply({ fault: 'down', host: 'b' })
    lab.clock.drain()
    expect(lab.events('lost')).toMatchObject([{ why: 'down' }])
    expect(lab.clock.next()).not.toBeNull()
    lab.network.apply({ fault: 'up', host: 'b' })
    lab.clock.drain()
    expect(heard.closed).toBe('reset')
  })

  it('end what a machine waits for', () => {
    const lab = new Lab()
    const machine = lab.network.machine('a')
    const woken: string[] = []
    machine.sleep(1000)(() => woken.push('sleep'))
    machine.exchange(ADDRESS['b']!, 53, 'x', 1000)(() => woken.push('exchange'))
    lab.dial('a', ADDRESS['b']!)
    lab.network.apply({ fault: 'down', host: 'a' })
    lab.clock.runUntil(100_000)
    expect(woken).toEqual([])
    expect(lab.clock.next()).toBeNull()
  })
})

describe('speed', () => {
  it('carries 20 MB whole', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    let octets = 0
    server.heed({
      bytes: (data) => {
        octets += data.length
      },
      closed: () => {},
      gone: () => {},
    })
    const block = 'x'.repeat(65_536)
    for (let count = 0; count < 320; count++) {
      client.write(block)
      lab.clock.drain()
    }
    expect(octets).toBe(320 * 65_536)
  })
})
