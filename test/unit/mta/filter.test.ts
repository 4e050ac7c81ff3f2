/** What the filter of an account does to the mail that arrives for it, in the queue's delivery and in LMTP's. */
import { describe, expect, it } from 'vitest'
import { field } from '../../../src/core/message/fields.ts'
import { addressee, PLAIN_TERMS } from '../../../src/core/smtp/envelope.ts'
import { Bench, client, inbox, path, profile, send, STRANGER } from './bench.ts'

const PEOPLE = [
  { user: 'ines', address: 'ines@rennes.example' },
  { user: 'bob', address: 'bob@rennes.example' },
]

function filtering(script: string, more: { quota?: number } = {}) {
  const bench = new Bench()
  const [ines, bob] = PEOPLE
  const { mta, store, backend } = bench.mta('mx1.rennes.example', '192.0.2.10', {}, [{ ...ines!, ...more }, bob!])
  store.account('ines')!.filter = script
  const folder = (name: string) => store.account('ines')!.mailboxes.get(name)?.messages ?? null
  const notes = () => bench.notes('filtered').map(({ does, detail, line }) => [does, detail, line])
  const deliver = (content?: string, from: string | null = 'a@far.example') =>
    send(backend, from, ['ines@rennes.example'], { client: STRANGER, ...(content !== undefined && { content }) })
  return { bench, mta, store, backend, folder, notes, deliver, of: (user: string) => inbox(store, user) }
}

describe('a filter', () => {
  it('that says nothing leaves the message in INBOX, and no note', () => {
    const { deliver, of, notes, bench } = filtering('# nothing\r\n')
    deliver()
    expect(of('ines')).toHaveLength(1)
    expect(notes()).toEqual([])
    expect(bench.causes(bench.notes('delivered')[0]!)).toEqual(['delivered', 'accepted'])
  })

  it('files into a mailbox, which it makes, with flags', () => {
    const { deliver, of, folder, notes, bench } = filtering(
      'require ["fileinto", "imap4flags"];\r\nfileinto :flags "\\\\Seen" "\xc3\x89t\xc3\xa9/Listes";\r\n',
    )
    deliver()
    expect(of('ines')).toEqual([])
    const [message] = folder('Été/Listes')!
    expect([...message!.flags]).toContain('\\Seen')
    expect(notes()).toEqual([['fileinto', 'Été/Listes', 2]])
    expect(bench.causes(bench.notes('delivered')[0]!)).toEqual(['delivered', 'filtered', 'accepted'])
    expect(bench.notes('delivered')[0]).toMatchObject({ mailbox: 'Été/Listes', uid: 1 })
  })

  it('keeps in INBOX what it should file where no mailbox can be', () => {
    const { deliver, of, notes } = filtering('require "fileinto";\r\nfileinto "a//b";\r\n')
    deliver()
    expect(of('ines')).toHaveLength(1)
    expect(notes()).toEqual([['trouble', 'no mailbox "a//b" here, and none can be made', 2]])
  })

  it('throws away, and nobody hears of it but who asked for a report', () => {
    const { deliver, of, notes, bench, backend } = filtering('discard;')
    deliver()
    expect([of('ines'), notes()]).toEqual([[], [['discard', '', 1]]])
    expect(bench.notes('bounced')).toEqual([])
    send(backend, 'bob@rennes.example', [{ ...addressee(path('ines@rennes.example')), notify: ['SUCCESS'] }])
    expect(bench.notes('notified').map(({ what }) => what)).toEqual(['success'])
  })

  it('refuses: the sender gets it back, with the reason on one line', () => {
    const { deliver, bench, of } = filtering('require "reject";\r\nreject "Not\r\n250 here, caf\xc3\xa9";\r\n')
    deliver(undefined, 'bob@rennes.example')
    expect(of('ines')).toEqual([])
    expect(bench.notes('failed')[0]).toMatchObject({ code: '5.7.1', why: 'Not 250 here, caf??' })
    expect(of('bob')[0]).toContain('Status: 5.7.1')
  })

  it('sends on with the sender it had, and what was asked to be reported', () => {
    const { bench, mta, backend, of } = filtering('redirect "bob@rennes.example";')
    send(backend, 'a@far.example', [{ path: path('ines@rennes.example'), notify: ['NEVER'], orcpt: 'rfc822;x@y' }])
    expect(of('ines')).toEqual([])
    const [copy] = of('bob')
    expect(field(copy!, 'Return-Path')).toBe('<a@far.example>')
    expect(copy).toContain('Delivered-To: bob@rennes.example\r\nDelivered-To: ines@rennes.example\r\nReceived:')
    expect(bench.notes('delivered').map(({ account }) => account)).toEqual(['bob'])
    expect(mta.queue()).toEqual([])
  })

  it('keeps a copy of what it sends on, and that is what is reported', () => {
    const { bench, backend, of } = filtering('require "copy";\r\nredirect :copy "c@lyon.example";\r\n')
    send(backend, 'bob@rennes.example', [{ ...addressee(path('ines@rennes.example')), notify: ['SUCCESS'] }])
    expect(of('ines')).toHaveLength(1)
    expect(bench.notes('notified')[0]).toMatchObject({ what: 'success', to: 'bob@rennes.example' })
  })

  it('stops a message that comes back', () => {
    const { deliver, of, notes, store } = filtering('redirect "bob@rennes.example";')
    store.account('bob')!.filter = 'redirect "ines@rennes.example";'
    deliver()
    expect(of('ines')).toHaveLength(1)
    expect(notes().map(([does]) => does)).toEqual(['redirect', 'redirect', 'trouble'])
  })

  it('that cannot be read, or fails, keeps the message and says where', () => {
    const { deliver, of, notes, store } = filtering('keep;\r\nfile "x";\r\n')
    deliver()
    expect(of('ines')).toHaveLength(1)
    expect(notes()[0]).toMatchObject(['trouble', expect.stringContaining('file'), 2])
    store.account('ines')!.filter = 'require ["reject", "fileinto"];\r\nfileinto "a";\r\nreject "no";\r\n'
    deliver()
    expect(of('ines')).toHaveLength(2)
    expect(notes()[1]![0]).toBe('trouble')
  })

  it('is not asked while the mailbox is full', () => {
    const { bench, deliver, notes } = filtering('keep;', { quota: 1000 })
    deliver(`Subject: x\r\n\r\n${'y'.repeat(450)}\r\n`)
    deliver(`Subject: x\r\n\r\n${'y'.repeat(450)}\r\n`)
    expect(notes()).toEqual([['keep', '', 1]])
    expect(bench.notes('delivered')).toHaveLength(1)
  })

  it('knows who it came from and whom it was for', () => {
    const script =
      'require ["envelope", "fileinto"];\r\nif allof (envelope "from" "a@far.example", envelope :localpart "to" "ines") { fileinto "far"; }\r\n'
    const { deliver, folder } = filtering(script)
    deliver()
    deliver(undefined, null)
    expect(folder('far')).toHaveLength(1)
    expect(folder('INBOX')).toHaveLength(1)
  })

  it('of LMTP: the refusal is the answer to that recipient, and nothing is queued', () => {
    const { bench, mta } = filtering('require "reject";\r\nreject "No.";\r\n')
    const envelope = {
      ...PLAIN_TERMS,
      from: path('a@x.example'),
      recipients: ['ines@rennes.example', 'bob@rennes.example'].map((one) => addressee(path(one))),
      declared: null,
    }
    const lmtp = profile('mx1.rennes.example', { role: 'lmtp' })
    const verdicts = mta.backend(lmtp).deliver(client(), envelope, 'Subject: hi\r\n\r\nhello\r\n', -1)
    expect(verdicts).toMatchObject([{ verdict: 'refused', text: 'No.' }, { verdict: 'queued' }])
    expect(mta.queue()).toEqual([])
    expect(bench.notes('bounced')).toEqual([])
  })
})
