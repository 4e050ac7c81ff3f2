import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { isEightBit, sevenBits, withLines } from '../../../src/core/mta/touch.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'
import { Bench, profile, says, send } from './bench.ts'

const FOOTER = '--\nThe list'
const crlf = (text: string) => text.replaceAll('\n', '\r\n')
const touched = (text: string) => withLines(crlf(text), FOOTER).replaceAll('\r\n', '\n')

describe('a footer', () => {
  it('goes under a text, whether or not somebody says that it is one', () => {
    expect(touched('Subject: x\n\nhello\n')).toBe('Subject: x\n\nhello\n--\nThe list\n')
    expect(touched('Subject: x\n\nno line end')).toBe('Subject: x\n\nno line end\n--\nThe list\n')
    expect(touched('Content-Type: text/plain\n\nx\n')).toMatch(/\nx\n--\nThe list\n$/)
    expect(touched('Subject: x\n')).toBe('Subject: x\n\n--\nThe list\n')
    expect(touched('')).toBe('--\nThe list\n')
  })

  it("is in the text's own encoding", async () => {
    const base64 = touched('Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nw6l0w6kK\n')
    expect((await PostalMime.parse(base64)).text).toMatch(/^été\n--\r?\nThe list\r?\n$/)
    const quoted = touched(
      'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=C3=A9t=C3=A9=\n!\n',
    )
    expect((await PostalMime.parse(quoted)).text).toBe('été!\n--\nThe list\n')
  })

  it('is one more part of a multipart/mixed', async () => {
    const letter =
      'Content-Type: multipart/mixed; boundary="b b"\n\n--b b\n\nhello\n--b b\nContent-Type: image/png\n\nx\n--b b--\n'
    const after = touched(letter)
    expect(after).toBe(
      letter.replace(
        '\n--b b--',
        '\n--b b\nContent-Type: text/plain; charset=us-ascii\nContent-Disposition: inline\n\n--\nThe list\n--b b--',
      ),
    )
    expect((await PostalMime.parse(after)).text).toContain('The list')
  })

  it('goes into the first text of anything else, even of what is signed, and changes nothing around it', () => {
    const signed =
      'Content-Type: multipart/signed; boundary=s; protocol="a/b"; micalg=sha1\n\n--s\nContent-Type: text/plain\n\nsigned\n--s\nContent-Type: a/b\n\nSIG\n--s--\n'
    expect(touched(signed)).toBe(signed.replace('signed\n--s\n', 'signed\n--\nThe list\n--s\n'))
    const two =
      'Content-Type: multipart/alternative; boundary=s\n\n--s\n\nplain\n--s\nContent-Type: text/html\n\n<p>\n--s--\n'
    expect(touched(two)).toBe(two.replace('plain\n', 'plain\n--\nThe list\n'))
  })

  it('goes to the raw end where there is no text at all, or no last delimiter', () => {
    const html = 'Content-Type: text/html\n\n<p>x</p>\n'
    expect(touched(html)).toBe(`${html}--\nThe list\n`)
    const odd = 'Content-Transfer-Encoding: x-odd\n\n???\n'
    expect(touched(odd)).toBe(`${odd}--\nThe list\n`)
    const open = 'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n'
    expect(touched(open)).toBe(`${open}--\nThe list\n`)
  })
})

it('seven bits are left of eight', () => {
  expect(sevenBits('\xc3\xa9t\xe9 \x00\x7f\x80')).toBe('C)ti \x00\x7f\x00')
  expect([isEightBit('caf\xe9'), isEightBit('cafe\x7f')]).toEqual([true, false])
})

describe('a host that touches', () => {
  it("puts its disclaimer under all that it takes in, with a note before the message's own", () => {
    const bench = new Bench()
    const people = [{ user: 'alice', address: 'alice@rennes.example' }]
    const touches = { disclaimer: 'Not for you.', eighthBit: 'refuse' } as const
    const { backend, inbox } = bench.mta('mx1.rennes.example', '192.0.2.10', { touches }, people)
    send(backend, 'bob@x.example', ['alice@rennes.example'])
    expect(inbox('alice')[0]).toMatch(/Subject: hi\r\n\r\nhello\r\nNot for you\.\r\n$/)
    const [note] = bench.notes('touched')
    expect(note).toMatchObject({ what: 'disclaimer', id: bench.notes('accepted')[0]!.id })
    expect(bench.causes(bench.notes('delivered')[0]!)).toEqual(['delivered', 'accepted', 'touched'])
  })

  it('clears the eighth bit where it offers no 8BITMIME, and only there', () => {
    const bench = new Bench()
    const touches = { disclaimer: null, eighthBit: 'strip' } as const
    const people = [{ user: 'alice', address: 'alice@rennes.example' }]
    const { mta, backend, inbox } = bench.mta('mx1.rennes.example', '192.0.2.10', { touches }, people)
    const content = 'Subject: 8\r\n\r\n\xe9\r\n'
    send(backend, 'bob@x.example', ['alice@rennes.example'], { content })
    send(
      mta.backend(profile('mx1.rennes.example', { capabilities: ['8BITMIME'] })),
      'bob@x.example',
      ['alice@rennes.example'],
      { content },
    )
    expect(inbox('alice').map((mail) => mail.slice(-3))).toEqual(['i\r\n', '\xe9\r\n'])
    expect(bench.notes('touched').map(({ what }) => what)).toEqual(['eighth-bit'])
  })

  it('passes eight bits on only where it is told to', () => {
    for (const eighthBit of ['refuse', 'pass'] as const) {
      const bench = new Bench()
      bench.names('x.example MX 10 mx.x.example', 'mx.x.example A 198.51.100.1')
      bench.server('198.51.100.1', says('250'))
      const touches = { disclaimer: null, eighthBit }
      const { backend } = bench.mta('mx1.rennes.example', '192.0.2.10', { touches })
      send(backend, 'a@rennes.example', ['bob@x.example'])
      bench.drain()
      expect(bench.jobs.map(({ job }) => job.eighthBit)).toEqual([eighthBit])
    }
  })
})

describe('in campus', () => {
  const campus = readWorld('campus')
  const inbox = (sim: Sim, host: string, user: string) =>
    sim.world.stores
      .get(host)!
      .account(user)!
      .mailboxes.get('INBOX')!
      .messages.map(({ content }) => content.octets)
  const mail = (host: string, user: string, line: string) => {
    const sim = new Sim(campus)
    sim.open('t1', host, user)
    sim.type('t1', `${line}\n`)
    sim.drain()
    for (let k = 0; k < 5 && sim.next() !== null; k++) {
      sim.skip()
      sim.drain()
    }
    return sim
  }

  it('the list with a footer puts it under what every member gets', () => {
    const sim = mail('pc-emma.brest.example', 'emma', `echo hello | mail -s Hi ${campus.facts.footerList}`)
    for (const [host, user] of [
      ['mx1.rennes.example', 'bruno'],
      ['store.lyon.example', 'claire'],
      ['mail.brest.example', 'emma'],
    ] as const)
      expect(inbox(sim, host, user).at(-1)).toMatch(
        /\r\n\r\nhello\r\n_+\r\nAnnonces mailing list\r\nannonces@rennes\.example\r\n$/,
      )
    expect(sim.trace.filter((event) => event.kind === 'touched')).toMatchObject([{ what: 'footer' }])
    expect(sim.world.mailLog('mx1.rennes.example')).toContain('body changed: footer')
  })

  it('an old host takes a bit from every octet that a careless one sends it; a careful one encodes it', () => {
    const careless = mail('pc-emma.brest.example', 'emma', `echo été | mail -s 8 ${campus.facts.strips}`)
    expect(inbox(careless, 'mail.ancien.example', 'odile').at(-1)).toMatch(/\r\n\r\nC\)tC\)\r\n$/)
    expect(careless.trace.filter((event) => event.kind === 'touched')).toMatchObject([
      { what: 'eighth-bit', host: 'mail.ancien.example' },
    ])
    const careful = mail('pc-alice.rennes.example', 'alice', `echo été | mail -s 8 ${campus.facts.strips}`)
    expect(inbox(careful, 'mail.ancien.example', 'odile').at(-1)).toMatch(/\r\n\r\n(?:=C3=A9t=C3=A9|w6l0w6kN?)/)
    expect(careful.trace.filter((event) => event.kind === 'touched')).toMatchObject([
      { what: 'seven-bit', host: 'mx1.rennes.example' },
    ])
  })
})
