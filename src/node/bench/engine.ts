/**
 * The SMTP engine alone: no network, a mail system that takes everything. The same code runs in Node and, bundled, in a
 * browser.
 */
import type { Octets } from '../../core/bytes/octets.ts'
import type { Input } from '../../core/engine.ts'
import { Clock } from '../../core/net/clock.ts'
import { Tracer } from '../../core/net/tracer.ts'
import type { SmtpBackend } from '../../core/smtp/backend.ts'
import { smtpServer } from '../../core/smtp/server.ts'
import { bigMessage } from './messages.ts'

const MEGABYTE = 1_000_000
/** What a socket gives at a time. */
const CHUNK = 65_536

function backend(take: (content: Octets) => void): SmtpBackend {
  return {
    profile: {
      host: 'mx.bench.example',
      role: 'mx',
      dialect: 'lenient',
      capabilities: ['PIPELINING', 'SIZE', '8BITMIME', 'CHUNKING', 'ENHANCEDSTATUSCODES', 'HELP'],
      mechanisms: [],
      weak: [],
      authNeedsTls: false,
      texts: {},
      limits: { size: 50 * MEGABYTE, recipients: 100, errors: Infinity, idle: 300_000 },
      reverse: false,
      answers: {},
      local: {},
    },
    date: () => 'Mon, 7 Sep 2026 08:00:00 +0000',
    sender: () => ({ verdict: 'ok' }),
    recipient: () => ({ verdict: 'ok' }),
    verify: () => ({ verdict: 'unknown' }),
    expand: () => ({ verdict: 'unknown' }),
    login: () => null,
    secret: () => null,
    nonce: () => '',
    accept: (_client, _envelope, content) => {
      take(content)
      return { verdict: 'queued', id: 'Q1' }
    },
    deliver: () => [],
    etrn: () => ({ verdict: 'none' }),
    mayTurn: () => false,
    checkpoint: () => null,
    keepCheckpoint: () => {},
  }
}

/** A session behind EHLO, with its trace; `feed` returns what was answered. */
function session(take: (content: Octets) => void): (data: Octets) => Octets {
  const desk = backend(take)
  const tracer = new Tracer(new Clock())
  const state = smtpServer.start(desk)
  let said = ''
  const step = (input: Input) => {
    said = ''
    smtpServer.step(state, input, desk, {
      do: (effect) => {
        if (effect.do === 'send') said = effect.data
      },
      note: (note, dir, from, to) =>
        tracer.note('mx.bench.example', note, dir === undefined ? null : ['c1', dir, from ?? 0, to ?? 0]),
    })
    return said
  }
  const local = { address: '192.0.2.1', port: 25 }
  step({ on: 'open', conn: 'c1', peer: { address: '192.0.2.9', port: 49152 }, local, secure: false })
  const feed = (data: Octets) => step({ on: 'bytes', data })
  feed('EHLO client.example\r\n')
  return feed
}

/** Commands a second, each in a chunk of its own, every command and every reply kept in the trace. */
export function commandsASecond(count: number): number {
  const lines = ['MAIL FROM:<a@client.example>\r\n', 'RCPT TO:<b@bench.example>\r\n', 'NOOP\r\n', 'RSET\r\n']
  const feed = session(() => {})
  const began = performance.now()
  for (let at = 0; at < count; at++) {
    if (!feed(lines[at % 4]!).startsWith('250')) throw new Error('A command was not taken')
  }
  return (count / (performance.now() - began)) * 1000
}

/** Megabytes a second through DATA: a message a few times, in the chunks of a socket. */
export function megabytesASecond(size: number): number {
  const times = 5
  const message = bigMessage(size)
  const chunks: Octets[] = []
  for (let at = 0; at < message.length; at += CHUNK) chunks.push(message.slice(at, at + CHUNK))
  let taken = 0
  const feed = session((content) => (taken += content.length))
  const began = performance.now()
  for (let time = 0; time < times; time++) {
    feed('MAIL FROM:<a@client.example>\r\nRCPT TO:<b@bench.example>\r\nDATA\r\n')
    for (const chunk of chunks) feed(chunk)
  }
  const took = performance.now() - began
  if (taken < times * size) throw new Error('The messages were not taken whole')
  return (times * size) / MEGABYTE / (took / 1000)
}

/** Messages of 2 kB a second, each a MAIL, a RCPT and one BDAT, as many of them together as a socket gives at a time. */
export function chunksASecond(count: number): number {
  const content = bigMessage(2_000).slice(0, -'.\r\n'.length)
  const message = `MAIL FROM:<a@client.example>\r\nRCPT TO:<b@bench.example>\r\nBDAT ${content.length} LAST\r\n${content}`
  const together = Math.max(1, Math.floor(CHUNK / message.length))
  const octets = message.repeat(together)
  let taken = 0
  const feed = session(() => taken++)
  const began = performance.now()
  while (taken < count) {
    const before = taken
    feed(octets)
    if (taken !== before + together) throw new Error('The messages were not taken')
  }
  return (taken / (performance.now() - began)) * 1000
}
