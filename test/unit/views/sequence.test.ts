import { pageEnglish as en } from '../../../src/texts/page.en.ts'
import { describe, expect, test } from 'vitest'
import { sequence } from '../../../src/core/views/sequence.ts'
import { everything, Sieve, type Knowledge } from '../../../src/core/views/folding.ts'
import { rowWords, wentWrong } from '../../../src/core/views/words.ts'
import { command, greeted, reply, Traced } from './trace.ts'

const view = (traced: Traced) => traced.fold(sequence((address) => (address === '192.0.2.53' ? 'dns' : null)))
const NOTHING: Knowledge = { kindOf: () => 'other', isOnTheWay: () => true }
const shown = (traced: Traced, folded: string[] = [], resolvers: string[] = []) =>
  new Sieve({ ...everything, folded: new Set(folded), resolvers: new Set(resolvers) }, NOTHING)
    .take(view(traced).rows)
    .shown(null)
const said = (traced: Traced) => view(traced).rows.map(rowWords)

describe('the sequence', () => {
  test('folds question and answer, SYN and SYN-ACK, into one row each', () => {
    const { rows, participants } = shown(greeted())
    expect(rows.map(({ row, from, to }) => [row, from, to])).toEqual([
      ['dns', 'pc-alice', 'dns'],
      ['connect', 'pc-alice', 'mx1'],
      ['reply', 'mx1', 'pc-alice'],
    ])
    expect(participants).toEqual(['pc-alice', 'dns', 'mx1'])
    expect(said(greeted())).toEqual([
      { text: 'A mx1.rennes.example? → 192.0.2.10' },
      { key: 'seq.connect', values: { service: 'smtp', port: 25 } },
      { text: '220 mx1 ESMTP' },
    ])
  })

  test('says what MX records hold, without the final dot', () => {
    const traced = new Traced().note(
      'mx1',
      { kind: 'lookup', name: 'lyon.example', type: 'MX', server: null },
      {
        kind: 'looked-up',
        name: 'lyon.example',
        type: 'MX',
        result: 'found',
        answers: ['lyon.example. 3600 IN MX 10 mx.lyon.example.', 'lyon.example. 3600 IN MX 20 mx2.lyon.example.'],
        cached: true,
      },
    )
    const [row] = view(traced).rows
    expect([row!.from, row!.to]).toEqual(['mx1', 'mx1'])
    expect(said(traced)).toEqual([
      { key: 'seq.dns.cached', values: { text: 'MX lyon.example? → 10 mx.lyon.example, 20 mx2.lyon.example' } },
    ])
  })

  test('a connection that failed is a cross with its reason, and its end is no row of its own', () => {
    const traced = new Traced().note(
      'pc-alice',
      {
        kind: 'dial',
        conn: 'c1',
        from: { address: '192.0.2.30', port: 49152 },
        to: { address: '192.0.2.99', port: 25 },
        toHost: null,
      },
      { kind: 'lost', conn: 'c1', why: 'down' },
      { kind: 'lost', conn: 'c1', why: 'down' },
      { kind: 'dial-failed', conn: 'c1', why: 'timeout' },
      { kind: 'timed-out', conn: 'c1' },
    )
    const { rows, participants } = shown(traced)
    expect(participants).toEqual(['pc-alice', '192.0.2.99'])
    expect(rows.map(rowWords)).toEqual([
      { key: 'seq.connect.timeout', values: { service: 'smtp', port: 25 } },
      { key: 'seq.lost.times', values: { times: 2 } },
    ])
    expect(rows.every(wentWrong)).toBe(true)
  })

  test('commands go up, replies come down, the two FINs are one closing', () => {
    const traced = greeted()
      .note('mx1', command('QUIT', 'QUIT'), reply('QUIT', '221', 'closing', 'bye'))
      .note('mx1', { kind: 'fin', conn: 'c1', dir: 'down' })
      .note('pc-alice', { kind: 'fin', conn: 'c1', dir: 'up' })
    const { rows, connections } = view(traced)
    expect(rows.slice(3).map(({ row, from, to }) => `${row} ${from}>${to}`)).toEqual([
      'command pc-alice>mx1',
      'reply mx1>pc-alice',
      'close mx1>pc-alice',
    ])
    expect(rows.at(-1)!.last).toBe(traced.events.length - 1)
    expect(connections.get('c1')!.state).toBe('closed')
  })

  test('what goes inside TLS says so', () => {
    const traced = greeted()
      .note('pc-alice', { kind: 'tls', conn: 'c1', step: 'client-hello', detail: '' })
      .note('mx1', { kind: 'tls', conn: 'c1', step: 'established', detail: '' })
      .note('mx1', command('EHLO', 'EHLO pc-alice'))
    expect(
      view(traced)
        .rows.slice(3)
        .map(({ row, secure }) => [row, secure]),
    ).toEqual([
      ['tls', false],
      ['command', true],
    ])
  })

  test('what came over the wire cannot steer a screen', () => {
    const [row] = said(greeted().note('mx1', command('NOOP', 'NOOP \x1b[2J\u202e'))).slice(-1)
    expect(row).toEqual({ text: expect.not.stringMatching(/[\x1b\u202e]/) })
  })

  test('a folded session is one row that counts', () => {
    const traced = greeted()
      .note('mx1', command('RCPT', 'RCPT TO:<x>'), reply('RCPT', '550', 'mail', 'no'))
      .note('mx1', { kind: 'content', conn: 'c1', protocol: 'smtp', octets: 9, lines: 1 })
    const { rows, folded } = shown(traced, ['c1'])
    expect(rows.map(({ row }) => row)).toEqual(['dns', 'connect'])
    expect(folded('c1')).toEqual({ commands: 1, messages: 1, wrong: true })
    expect(shown(traced, ['other']).rows.length).toBe(6)
  })

  test('chunks are rows, and what a host tells or notices stands on its lifeline', () => {
    const traced = greeted().note(
      'mx1',
      { kind: 'chunk', conn: 'c1', protocol: 'smtp', octets: 86, last: false },
      { kind: 'chunk', conn: 'c1', protocol: 'smtp', octets: 12, last: true },
      { kind: 'notified', id: 'A1', report: 'B2', to: 'alice@rennes.example', what: 'delayed' },
      { kind: 'noticed', id: 'A1', what: 'duplicate', detail: '<x@y>' },
      { kind: 'checkpoint', conn: 'c1', protocol: 'smtp', transid: '<1@a>', octets: 40 },
      { kind: 'turned', conn: 'c1', client: 'mx1', server: 'pc-alice' },
    )
    expect(said(traced).slice(-6)).toEqual([
      { key: 'seq.chunk', values: { octets: 86 } },
      { key: 'seq.chunk.last', values: { octets: 12 } },
      { key: 'seq.notified.delayed', values: { to: 'alice@rennes.example', report: 'B2' } },
      { key: 'seq.noticed.duplicate', values: { detail: '<x@y>' } },
      { key: 'seq.checkpoint', values: { transid: '<1@a>', octets: 40 } },
      { key: 'seq.turned', values: { server: 'pc-alice' } },
    ])
  })

  test('a folded session with chunks counts its message once', () => {
    const chunk = (octets: number, last: boolean) =>
      ({ kind: 'chunk', conn: 'c1', protocol: 'smtp', octets, last }) as const
    const traced = greeted()
      .note('mx1', command('BDAT', 'BDAT 86', 'recipients'), chunk(86, false), reply('BDAT', '250', 'chunks', '86'))
      .note('mx1', command('BDAT', 'BDAT 12 LAST', 'chunks'), chunk(12, true))
      .note('mx1', { kind: 'content', conn: 'c1', protocol: 'smtp', octets: 98, lines: 3 })
      .note('mx1', reply('BDAT', '250', 'ready', 'OK'))
    const { rows, folded } = shown(traced, ['c1'])
    expect(rows.map(({ row }) => row)).toEqual(['dns', 'connect'])
    expect(folded('c1')).toEqual({ commands: 2, messages: 1, wrong: false })
    // Unfolded, the octets go where the commands go.
    expect(
      shown(traced)
        .rows.filter(({ row }) => row === 'chunk')
        .map(({ from, to }) => [from, to]),
    ).toEqual([
      ['pc-alice', 'mx1'],
      ['pc-alice', 'mx1'],
    ])
  })

  test('LMTP has a name, by its port', () => {
    const end = { address: '192.0.2.10', port: 24 }
    const traced = new Traced().note('mx1', { kind: 'dial', conn: 'c9', from: end, to: end, toHost: 'store' })
    expect(said(traced)).toEqual([{ key: 'seq.connect', values: { service: 'lmtp', port: 24 } }])
    expect(view(traced).connections.get('c9')!.service).toBe('lmtp')
  })

  test('after TURN the arrows go the other way', () => {
    const traced = greeted()
      .note('mx1', command('TURN', 'TURN'))
      .note('pc-alice', command('EHLO', 'EHLO mx1'), reply('EHLO', '250', 'ready', 'hello'))
    expect(
      view(traced)
        .rows.slice(-3)
        .map(({ from, to }) => [from, to]),
    ).toEqual([
      ['pc-alice', 'mx1'],
      ['mx1', 'pc-alice'],
      ['pc-alice', 'mx1'],
    ])
  })

  test('what resolvers ask can be left out, and then they are not there', () => {
    const { rows, participants } = shown(greeted(), [], ['pc-alice'])
    expect(rows.map(({ row }) => row)).toEqual(['connect', 'reply'])
    expect(participants).toEqual(['pc-alice', 'mx1'])
  })

  test('mail stands on the lifeline of its host', () => {
    const traced = new Traced().note('mx1', {
      kind: 'delivered',
      id: 'A1',
      address: 'bob@rennes.example',
      account: 'bob',
      mailbox: 'INBOX',
      uid: 3,
      octets: 340,
    })
    expect(view(traced).rows.map(({ from, to }) => [from, to])).toEqual([['mx1', 'mx1']])
    expect(said(traced)).toEqual([{ key: 'seq.delivered', values: { mailbox: 'bob/INBOX', uid: 3 } }])
  })

  test('SEND writes onto a terminal, and that is where it stands', () => {
    const traced = new Traced().note('mit-mc', {
      kind: 'shown',
      id: 'A1',
      address: 'eak@mit-mc',
      account: 'eak',
      octets: 9,
    })
    expect(view(traced).rows.map(({ row, from, to }) => [row, from, to])).toEqual([['mail', 'mit-mc', 'mit-mc']])
    expect(said(traced)).toEqual([{ key: 'seq.shown', values: { account: 'eak' } }])
    expect(wentWrong(view(traced).rows[0]!)).toBe(false)
    expect(en['seq.shown']).toContain('{account}')
  })

  test('what a host changes, and what comes onto it from outside, stands there, too', () => {
    const traced = new Traced()
      .note('mx1', { kind: 'touched', id: 'A1', what: 'eighth-bit' })
      .note('pc', { kind: 'file', path: '/tmp/\x1bx', octets: 3 })
    expect(view(traced).rows.map(({ row, from, to }) => [row, from, to])).toEqual([
      ['mail', 'mx1', 'mx1'],
      ['file', 'pc', 'pc'],
    ])
    const words = said(traced)
    expect(words).toEqual([
      { key: 'seq.touched.eighth-bit', values: {} },
      { key: 'seq.file', values: { path: '/tmp/\u241bx', octets: 3 } },
    ])
    for (const what of ['footer', 'disclaimer', 'eighth-bit']) expect(en).toHaveProperty([`seq.touched.${what}`])
    expect(en).toHaveProperty(['seq.file'])
  })
})
