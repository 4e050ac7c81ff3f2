import { simpleParser } from 'mailparser'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { toBytes, toOctets } from '../../../src/core/bytes/octets.ts'
import { field } from '../../../src/core/message/fields.ts'
import { readDeliveryStatus } from '../../../src/core/message/mime/kinds/delivery-status.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import { PLAIN_TERMS, type Addressee, type MailTerms } from '../../../src/core/smtp/envelope.ts'
import { Bench, client, DAY, HOUR, path, says, saysEach, type Server } from './bench.ts'

const ALICE = 'alice@rennes.example'
const PEOPLE = [
  { user: 'alice', address: ALICE },
  { user: 'bruno', address: 'bruno@rennes.example' },
]
const CONTENT = 'Subject: a question\r\nMessage-ID: <q@rennes.example>\r\n\r\nWhat is in an envelope?\r\n'

function setUp(server: Server, given: Parameters<Bench['mta']>[2] = {}) {
  const bench = new Bench()
  bench.names('lyon.example MX 10 mx1.lyon.example', 'mx1.lyon.example A 198.51.100.1')
  bench.server('198.51.100.1', server)
  return { bench, ...bench.mta('mx1.rennes.example', '192.0.2.10', given, PEOPLE) }
}

type To = Partial<Addressee> & { to: string }

function hand(
  { bench, backend }: ReturnType<typeof setUp>,
  recipients: readonly To[],
  terms: Partial<MailTerms> = {},
  from: string | null = ALICE,
  content = CONTENT,
) {
  const envelope = {
    ...PLAIN_TERMS,
    ...terms,
    from: from === null ? null : path(from),
    recipients: recipients.map(({ to, notify = null, orcpt = null }) => ({ path: path(to), notify, orcpt })),
    declared: null,
  }
  expect(backend.accept(client(), envelope, content, -1).verdict).toBe('queued')
  bench.drain()
}

/** What a program reads in a report. */
function statusIn(report: string) {
  const { root } = parseMessage(report)
  const [text, status, original] = root.children
  const { body } = status!
  return { root, text: text!, original: original!, ...readDeliveryStatus(report.slice(body.from, body.to)) }
}

describe('a report that something failed', () => {
  test('tells people and programs why, under the sender’s own names', async () => {
    const set = setUp(says('550', '5.1.1 nobody of that name'))
    const to = { to: 'bob@lyon.example', orcpt: 'rfc822;Bob+2BJones@lyon.example' }
    hand(set, [to], { envid: 'first+2Btry' })
    const [report = ''] = set.inbox('alice')
    const { root, status, missing, original } = statusIn(report)
    expect([root.type, root.subtype]).toEqual(['multipart', 'report'])
    expect(missing).toEqual([])
    expect(status.message).toMatchObject({
      originalEnvelopeId: 'first+try',
      reportingMta: { type: 'dns', text: 'mx1.rennes.example' },
      receivedFromMta: { type: 'dns', text: 'pc' },
    })
    expect(status.recipients).toMatchObject([
      {
        originalRecipient: { type: 'rfc822', text: 'Bob+Jones@lyon.example' },
        finalRecipient: { type: 'rfc822', text: 'bob@lyon.example' },
        action: 'failed',
        status: '5.1.1',
        remoteMta: { type: 'dns', text: 'mx1.lyon.example' },
        diagnosticCode: { type: 'smtp', text: '550 5.1.1 nobody of that name' },
      },
    ])
    expect([original.type, original.subtype]).toEqual(['message', 'rfc822'])
    const read = await simpleParser(report)
    expect(read.subject).toBe('Undelivered Mail Returned to Sender')
    expect(read.text).toContain('nobody of that name')
  })

  test.each([
    ['HDRS', 'rfc822-headers', false],
    ['FULL', 'rfc822', true],
    [null, 'rfc822', true],
  ] as const)('with RET=%s returns message or header', (ret, subtype, whole) => {
    const set = setUp(says('550'))
    hand(set, [{ to: 'bob@lyon.example' }], { ret })
    const [report = ''] = set.inbox('alice')
    expect(statusIn(report).original.subtype).toBe(subtype)
    expect(report.includes('What is in an envelope?')).toBe(whole)
  })

  test('is one for all that fail at the same moment, and takes the class of a reply that has no status', () => {
    const set = setUp(saysEach('550', '552'))
    hand(set, [{ to: 'a@lyon.example' }, { to: 'b@lyon.example' }])
    const reports = set.inbox('alice')
    expect(reports).toHaveLength(1)
    expect(statusIn(reports[0]!).status.recipients.map(({ status }) => status)).toEqual(['5.0.0', '5.0.0'])
  })

  test('is not written where NOTIFY says so, and the trace tells why', () => {
    const set = setUp(says('550'))
    hand(set, [
      { to: 'a@lyon.example', notify: ['NEVER'] },
      { to: 'b@lyon.example', notify: ['SUCCESS', 'DELAY'] },
    ])
    expect(set.inbox('alice')).toEqual([])
    expect(set.bench.notes('dropped').map(({ why }) => why)).toEqual([
      expect.stringContaining('the sender does not want to hear of it'),
      expect.stringContaining('the sender does not want to hear of it'),
    ])
    expect(set.mta.queue()).toEqual([])
  })

  test('has no sender, and none is ever written about it', () => {
    const set = setUp(says('550'))
    hand(set, [{ to: 'bob@lyon.example', notify: ['SUCCESS', 'FAILURE', 'DELAY'] }], {}, null)
    expect(set.bench.notes('bounced')).toEqual([])
    expect(set.bench.notes('notified')).toEqual([])
    expect(set.bench.notes('dropped')[0]!.why).toContain('there is no sender to tell')
  })
})

describe('a report of success', () => {
  test('comes when the message is in the mailbox, and only for whom it was asked', () => {
    const set = setUp('refused')
    hand(set, [{ to: 'bruno@rennes.example', notify: ['SUCCESS'] }, { to: ALICE }])
    const reports = set.inbox('alice').filter((message) => message.includes('Action:'))
    expect(reports).toHaveLength(1)
    const { status, original } = statusIn(reports[0]!)
    expect(status.recipients).toMatchObject([
      { finalRecipient: { text: 'bruno@rennes.example' }, action: 'delivered', status: '2.0.0' },
    ])
    expect(original.subtype).toBe('rfc822-headers')
    expect(set.bench.notes('notified')).toMatchObject([{ what: 'success', to: ALICE }])
  })

  test.each([
    [false, ['relayed']],
    [true, []],
  ])('where the next host offers DSN: %s', (dsn, actions) => {
    const set = setUp((job) => {
      const done = says('250')(job)
      return done.outcome === 'done' ? { ...done, dsn } : done
    })
    hand(set, [{ to: 'bob@lyon.example', notify: ['SUCCESS', 'FAILURE'] }])
    expect(set.inbox('alice').map((report) => statusIn(report).status.recipients[0]!.action)).toEqual(actions)
  })

  test('tells once that an alias leads to several, and that a list has taken it', () => {
    const set = setUp(says('250'), {
      aliases: { 'info@rennes.example': ['alice@rennes.example', 'bruno@rennes.example'] },
      lists: { 'profs@rennes.example': { name: 'Profs', owner: ALICE, members: ['bruno@rennes.example'] } },
    })
    hand(set, [{ to: 'info@rennes.example', notify: ['SUCCESS'] }])
    hand(set, [{ to: 'profs@rennes.example', notify: ['SUCCESS'] }])
    const reported = set
      .inbox('alice')
      .filter((message) => message.includes('Action:'))
      .map((report) => statusIn(report).status.recipients)
      .map(([first, ...more]) => [first!.finalRecipient!.text, first!.action, more.length])
    expect(reported).toEqual([
      ['info@rennes.example', 'expanded', 0],
      ['profs@rennes.example', 'delivered', 0],
    ])
  })
})

describe('a notice of delay', () => {
  test('comes once, with the day of giving up, and not to who did not ask', () => {
    const set = setUp(says('450'), { retry: { after: [HOUR], expire: 5 * DAY, notice: 4 * HOUR } })
    hand(set, [{ to: 'a@lyon.example' }, { to: 'b@lyon.example', notify: ['FAILURE'] }])
    set.bench.runUntil(DAY)
    set.bench.drain()
    const reports = set.inbox('alice')
    expect(reports).toHaveLength(1)
    const { status } = statusIn(reports[0]!)
    expect(status.recipients).toMatchObject([
      { action: 'delayed', status: '4.0.0', finalRecipient: { text: 'a@lyon.example' } },
    ])
    expect(status.recipients[0]!.willRetryUntil).toBe('Sat, 12 Sep 2026 10:00:00 +0200 (CEST)')
    expect(set.bench.notes('notified')[0]!.at).toBeGreaterThanOrEqual(4 * HOUR)
  })
})

describe('a report, as other programs read it', () => {
  /** The text, and what else there is, by type: RFC 6522 3 wants exactly these three parts. */
  async function opinions(report: string) {
    const bytes = toBytes(report)
    const postal = await PostalMime.parse(bytes, { forceRfc822Attachments: true })
    const parser = await simpleParser(Buffer.from(bytes), { keepDeliveryStatus: true })
    return [
      {
        text: postal.text ?? '',
        subject: postal.subject,
        parts: postal.attachments.map(({ mimeType, content }) => ({
          type: mimeType,
          octets: toOctets(new Uint8Array(content as ArrayBuffer)).replaceAll('\n', '\r\n'),
        })),
      },
      {
        text: parser.text ?? '',
        subject: parser.subject,
        parts: parser.attachments.map(({ contentType, content }) => ({
          type: contentType,
          octets: toOctets(new Uint8Array(content)),
        })),
      },
    ]
  }

  /** The groups of fields, each as a header. */
  const groups = (status: string) =>
    status
      .split('\r\n\r\n')
      .filter((group) => group.trim() !== '')
      .map((group) => `${group}\r\n`)

  const lists = { 'team@rennes.example': ['bruno@rennes.example', 'bob@lyon.example'] }
  const forAll: To['notify'] = ['SUCCESS', 'FAILURE', 'DELAY']

  test.each([
    ['failed', 'FULL', 'bob@lyon.example', '550', 'rfc822', '5.0.0'],
    ['failed', 'HDRS', 'bob@lyon.example', '550', 'rfc822-headers', '5.0.0'],
    ['delayed', 'FULL', 'bob@lyon.example', '450', 'rfc822-headers', '4.0.0'],
    ['delivered', 'FULL', 'bruno@rennes.example', '250', 'rfc822-headers', '2.0.0'],
    ['relayed', 'HDRS', 'bob@lyon.example', '250', 'rfc822-headers', '2.0.0'],
    ['expanded', 'FULL', 'team@rennes.example', '250', 'rfc822-headers', '2.0.0'],
  ] as const)('%s, RET=%s: three parts, and who it is about', async (action, ret, to, code, returned, status) => {
    const set = setUp(says(code), {
      aliases: lists,
      retry: { after: [HOUR], expire: 5 * DAY, notice: 4 * HOUR },
    })
    hand(set, [{ to, notify: forAll, orcpt: `rfc822;${to}` }], { ret, envid: 'e1' })
    set.bench.runUntil(5 * HOUR)
    set.bench.drain()
    const reports = set.inbox('alice').filter((message) => message.includes(`Action: ${action}`))
    expect(reports).toHaveLength(1)
    for (const { text, subject, parts } of await opinions(reports[0]!)) {
      expect(subject).toBe(field(reports[0]!, 'Subject'))
      expect(text).toContain(`<${to}>`)
      expect(parts.map(({ type }) => type)).toEqual([
        'message/delivery-status',
        returned === 'rfc822' ? 'message/rfc822' : 'text/rfc822-headers',
      ])
      const [message = '', recipient = '', ...more] = groups(parts[0]!.octets)
      expect(more).toEqual([])
      expect(field(message, 'Reporting-MTA')).toBe('dns; mx1.rennes.example')
      expect(field(message, 'Original-Envelope-Id')).toBe('e1')
      expect(field(recipient, 'Original-Recipient')).toBe(`rfc822; ${to}`)
      expect(field(recipient, 'Final-Recipient')).toBe(`rfc822; ${to}`)
      expect(field(recipient, 'Action')).toBe(action)
      expect(field(recipient, 'Status')).toBe(status)
      expect(field(parts[1]!.octets, 'Message-ID')).toBe('<q@rennes.example>')
      expect(parts[1]!.octets.includes('What is in an envelope?')).toBe(returned === 'rfc822')
    }
  })

  test('has a group for each recipient, and the eighth bit of what comes back', async () => {
    const set = setUp(saysEach('550', '552'))
    const content = 'Subject: a caf\xc3\xa9\r\n\r\nVoil\xc3\xa0.\r\n'
    hand(set, [{ to: 'a@lyon.example' }, { to: 'b@lyon.example' }], { body: '8BITMIME' }, ALICE, content)
    for (const { parts } of await opinions(set.inbox('alice')[0]!)) {
      expect(groups(parts[0]!.octets).map((group) => field(group, 'Final-Recipient'))).toEqual([
        null,
        'rfc822; a@lyon.example',
        'rfc822; b@lyon.example',
      ])
      expect(parts[1]!.octets).toContain('Subject: a caf\xc3\xa9\r\n')
      expect(parts[1]!.octets).toContain('Voil\xc3\xa0.')
    }
  })
})
