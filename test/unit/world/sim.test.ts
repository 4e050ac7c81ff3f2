import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../../src/core/trace/events.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const campus = readWorld('campus')

/** The lines of the slice: a message by hand from Rennes to Brest. */
const SLICE = [
  'telnet mx1.rennes.example 25',
  'EHLO pc-alice.rennes.example',
  'MAIL FROM:<alice@rennes.example>',
  'RCPT TO:<emma@brest.example>',
  'DATA',
  'Subject: by hand',
  '',
  'Hello Emma.',
  '.',
  'QUIT',
]

function say(sim: Sim, lines: readonly string[]): void {
  for (const line of lines) {
    sim.type('t1', `${line}\n`)
    sim.drain()
  }
}

const screen = (sim: Sim) =>
  sim.trace.map((event) => (event.kind === 'typed' || event.kind === 'printed' ? event.text : '')).join('')

function seated(options: ConstructorParameters<typeof Sim>[1] = {}): Sim {
  const sim = new Sim(campus, options)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  return sim
}

describe('the slice', () => {
  it('leads from a typed line to a mailbox in another domain, by MX, with a Received field of each hop', () => {
    const sim = seated()
    say(sim, SLICE)
    expect(screen(sim)).toContain('220 mx1.rennes.example ESMTP')
    expect(screen(sim)).toContain('Connection closed by foreign host.')
    const [, mail] = sim.world.stores.get('mail.brest.example')!.account('emma')!.mailboxes.get('INBOX')!.messages
    expect(mail!.content.octets).toMatch(/^Return-Path: <alice@rennes\.example>\r\n/)
    const hops = [...mail!.content.octets.matchAll(/^Received: from (\S+) .*?\r\n\tby (\S+) with (\S+)/gm)].map(
      (match) => match.slice(1),
    )
    expect(hops).toEqual([
      ['mx1.rennes.example', 'mail.brest.example', 'ESMTP'],
      ['pc-alice.rennes.example', 'mx1.rennes.example', 'ESMTP'],
    ])
    expect(sim.trace.find((event) => event.kind === 'routed')).toMatchObject({
      domain: 'brest.example',
      how: 'mx',
      hosts: [{ preference: 10, host: 'mail.brest.example' }],
    })
    const bounced = sim.trace.some((event) => event.kind === 'bounced')
    expect(bounced).toBe(false)
  })

  it('has a cause for everything: from the delivery back to the line that was typed', () => {
    const sim = seated()
    say(sim, SLICE)
    const seen: string[] = []
    let event: TraceEvent | undefined = sim.trace.find((other) => other.kind === 'delivered')
    while (event) {
      seen.push(event.kind)
      event = event.cause === null ? undefined : sim.trace[event.cause]
    }
    expect(seen).toContain('accepted')
    expect(seen).toContain('content')
    expect(seen.at(-1)).toMatch(/typed|printed/)
  })

  it('carries no plaintext after STARTTLS', () => {
    const sim = seated()
    say(sim, ['mail -s secret claire@lyon.example', 'the body of the letter', '.'])
    const tls = new Set(
      sim.trace.flatMap((event) => (event.kind === 'tls' && event.step === 'established' ? [event.conn] : [])),
    )
    expect(tls.size).toBeGreaterThan(0)
    for (const event of sim.trace)
      if (event.kind === 'segment' && event.tls) expect(event.data).not.toMatch(/secret|letter|alice|MAIL FROM/)
    const clear = sim.trace.filter(
      (event) => event.kind === 'segment' && !event.tls && /the body/.test(event.data) && tls.has(event.conn),
    )
    expect(clear).toEqual([])
  })
})

describe('the clock', () => {
  it('never runs past the play head: a dead host is waited for only when somebody skips', () => {
    const sim = seated()
    say(sim, ['telnet mail.panne.example 25'])
    expect(screen(sim)).toMatch(/Trying 203\.0\.113\.40\.\.\.\n$/)
    const before = sim.now
    expect(sim.step()).toBe(false)
    expect(sim.next()!.at - before).toBeGreaterThan(60_000)
    for (let k = 0; k < 3 && !screen(sim).includes('timed out'); k++) {
      sim.skip()
      sim.drain()
    }
    expect(screen(sim)).toContain('Connection timed out')
  })

  it('shows refused, no such domain and down as what they are', () => {
    const sim = seated()
    say(sim, ['telnet pc-bruno.rennes.example 25', 'telnet nobody.rennes.example 25'])
    expect(screen(sim)).toContain('Connection refused')
    expect(screen(sim)).toContain('Name or service not known')
  })

  it('lets the second MX take over, and the queue deliver when the first is back', () => {
    const sim = new Sim(campus)
    sim.open('t1', 'pc-emma.brest.example', 'emma')
    sim.fault('down mx1.rennes.example')
    say(sim, ['mail -s hello alice@rennes.example', 'hello', '.'])
    const inbox = () =>
      sim.world.stores.get('mx1.rennes.example')!.account('alice')!.mailboxes.get('INBOX')!.messages.length
    for (let k = 0; k < 20 && sim.world.mtas.get('mx2.rennes.example')!.queue().length === 0; k++) {
      sim.skip()
      sim.drain()
    }
    expect(sim.world.mtas.get('mx2.rennes.example')!.queue()).toHaveLength(1)
    expect(inbox()).toBe(2)
    sim.fault('up mx1.rennes.example')
    sim.act({ act: 'wait', for: 6 * 3_600_000 })
    sim.drain()
    expect(inbox()).toBe(3)
    expect(sim.world.mtas.get('mx2.rennes.example')!.queue()).toEqual([])
  })
})

describe('the journal', () => {
  it('gives the same trace again, to the byte', () => {
    const sim = seated()
    say(sim, SLICE)
    sim.fault('cut mx1.rennes.example--mail.brest.example')
    say(sim, ['mail -s two emma@brest.example', 'again', '.'])
    sim.skip()
    sim.drain()
    const journal = JSON.parse(JSON.stringify(sim.journal())) as ReturnType<Sim['journal']>
    const { sim: again, same } = Sim.replay(campus, journal)
    expect(same).toBe(true)
    expect(JSON.stringify(again.trace)).toBe(JSON.stringify(sim.trace))
  })

  it('replays what was done while things were in flight', () => {
    const sim = seated()
    for (const line of SLICE) {
      sim.type('t1', `${line}\n`)
      for (let k = 0; k < 3; k++) sim.step()
    }
    sim.key('t1', 'escape')
    sim.step()
    sim.fault('down mx1.rennes.example')
    const { sim: again, same } = Sim.replay(campus, sim.journal())
    expect(same).toBe(true)
    expect(again.trace.length).toBe(sim.trace.length)
  })

  it('notices that it no longer tells the truth', () => {
    const sim = seated()
    say(sim, SLICE)
    expect(Sim.replay(campus, { ...sim.journal(), seed: 99 }).same).toBe(false)
  })

  it('can be read back from what people type, whatever that is', () => {
    const sim = seated()
    say(sim, [
      'é\u0000\u001b[2J',
      '"',
      "'",
      'telnet',
      '| | |',
      'cat /etc/../etc/services',
      'dig',
      'mail',
      '.',
      'telnet mx1.rennes.example 25',
      '\u00ff\u0000',
    ])
    expect(Sim.replay(campus, sim.journal()).same).toBe(true)
    for (const event of sim.trace)
      if (event.kind === 'printed' || event.kind === 'typed') expect(event.text).not.toMatch(/[\u0000\u001b]/)
  })
})

describe('a world', () => {
  it('is the same for the same seed and another for another', () => {
    const ids = (seed: number) => {
      const sim = seated({ seed })
      say(sim, SLICE)
      return sim.trace.flatMap((event) => (event.kind === 'accepted' ? [event.id] : []))
    }
    expect(ids(1)).toEqual(ids(1))
    expect(ids(1)).not.toEqual(ids(2))
  })

  it('shows its files at each machine', () => {
    const sim = seated()
    say(sim, ['cat /etc/resolv.conf', 'ls /var/mail', 'cat /var/mail/alice'])
    expect(screen(sim)).toContain('nameserver 192.0.2.53')
    expect(screen(sim)).toContain("Subject: Monday's meeting")
    sim.open('t2', 'mx1.rennes.example', 'root')
    sim.type('t2', 'tail -f /var/log/mail.log\n')
    sim.drain()
    say(sim, SLICE)
    const log = sim.trace
      .filter((event) => event.kind === 'printed' && event.terminal === 't2')
      .map((event) => (event as { text: string }).text)
      .join('')
    expect(log).toMatch(/mx1 facteur\/smtpd: connect from \[192\.0\.2\.20\]/)
    expect(log).toMatch(/status=sent/)
  })
})
