/** Commands in groups (RFC 2920 3.1), the content by DATA or in chunks (RFC 3030 2): each reply belongs to what it answers. */
import { describe, expect, it } from 'vitest'
import { BROKEN, CLOSED, deliver, hello, MESSAGE, QUIT, SILENCE, to, type Answer, type Step } from './scripted.ts'

const GONE = { closed: CLOSED, broken: BROKEN, silence: SILENCE, garbage: 'What?' } satisfies Record<string, Answer>

/** What the group is answered, in its order. */
const group = (mail: Answer, a: Answer, b: Answer, data: Answer): Step[] => [
  ...hello('PIPELINING'),
  ['MAIL FROM:<>', mail],
  ['RCPT TO:<a@foo.com>', a],
  ['RCPT TO:<b@foo.com>', b],
  ['DATA', data],
]
const ok = '250 ok'

describe('a group that ends with DATA', () => {
  it('goes in one write, without waiting', () => {
    const { server, told, left } = deliver([...group(ok, ok, ok, '354 go'), ['.', ok], QUIT])
    expect(told).toEqual(['done a+250 b+250'])
    expect(left).toEqual([])
    expect(server.written).toBe(
      'EHLO bar.com\r\nMAIL FROM:<>\r\nRCPT TO:<a@foo.com>\r\nRCPT TO:<b@foo.com>\r\nDATA\r\n' +
        'Subject: x\r\n\r\nx\r\n.\r\nQUIT\r\n',
    )
  })

  it.each([
    ['everybody was refused', ok, '550 no', '450 no', 'done a-550 b-450'],
    ['the sender was refused', '550 no', '503 no', '503 no', 'failed mail 550 permanent'],
    ['the sender was refused for now', '451 no', ok, ok, 'failed mail 451'],
  ])('a lone dot, where %s and the server wants content all the same', (_, mail, a, b, result) => {
    const { server, told, left, open } = deliver([...group(mail, a, b, '354 go'), ['.', '554 no recipients'], QUIT])
    expect(told).toEqual([result])
    expect(left).toEqual([])
    expect(open).toEqual([true])
    expect(server.contents).toEqual(['.\r\n'])
    expect(deliver([...group(mail, a, b, '503 no'), QUIT])).toMatchObject({ told: [result], left: [], open: [true] })
  })

  it.each([
    ['299 fine', 'failed data 299'],
    ['399 go', 'failed data 399'],
    ['452 full', 'failed data 452'],
    ['554 never', 'failed data 554 permanent'],
  ])('DATA answered by %s, though somebody was taken', (data, result) => {
    const { server, told, left, open } = deliver([...group(ok, ok, '550 no', data), QUIT])
    expect({ told, left, open }).toEqual({ told: [result], left: [], open: [true] })
    expect(server.contents).toEqual([])
  })

  it.each([
    ['MAIL', group('421 bye', CLOSED, ok, ok).slice(0, 4), 'failed mail 421'],
    ['the first RCPT', group(ok, '421 bye', CLOSED, ok).slice(0, 5), 'failed rcpt 421'],
    ['the last RCPT', group(ok, ok, '421 bye', CLOSED), 'failed rcpt 421'],
    ['DATA', group(ok, ok, '550 no', '421 bye'), 'failed data 421'],
    ['DATA, after everybody was refused', group(ok, '550 no', '550 no', '421 bye'), 'done a-550 b-550'],
    // Its own answer is what is known of it.
    [
      'RCPT, after the sender was refused',
      group('550 no', '421 bye', CLOSED, ok).slice(0, 5),
      'failed mail 550 permanent',
    ],
  ])('421 to %s: nothing more is said', (_, steps, result) => {
    const { server, told, open, end } = deliver(steps)
    expect({ told, open, end }).toEqual({ told: [result], open: [false], end: 'closed' })
    expect(server.written).toMatch(/DATA\r\n$/)
  })

  it.each(Object.entries(GONE))('the connection is gone (%s): nobody has the message', (_, gone) => {
    const at = (k: number, result: string) => {
      const answers = [0, 1, 2, 3].map((n) => (n < k ? ok : n === k ? gone : SILENCE)) as [
        Answer,
        Answer,
        Answer,
        Answer,
      ]
      const steps = group(...answers)
      const scripted = gone === CLOSED || gone === BROKEN ? steps.slice(0, k + 3) : steps
      expect(deliver(scripted)).toMatchObject({ told: [result], open: [false], end: 'reset' })
    }
    at(0, 'failed mail lost')
    at(1, 'failed rcpt lost')
    at(2, 'failed rcpt lost')
    at(3, 'failed data lost')
  })

  it('what was said before the connection was lost holds', () => {
    const refused = group('550 no', CLOSED, ok, ok).slice(0, 4)
    expect(deliver(refused)).toMatchObject({ told: ['failed mail 550 permanent'], open: [false], end: 'closed' })
    expect(deliver(group(ok, '550 no', '550 no', CLOSED))).toMatchObject({ told: ['done a-550 b-550'], open: [false] })
  })
})

describe('who was taken', () => {
  it('251 and 252 are taken, as each 2yz is', () => {
    const steps = [...group(ok, '251 will forward', '252 will try', '354 go'), ['.', ok] as Step, QUIT]
    expect(deliver(steps).told).toEqual(['done a+250 b+250'])
  })

  it('552 to one among others is one too many of them (RFC 5321 4.5.3.1.10), if it does not speak of a mailbox', () => {
    const after = (a: string, b: string) => deliver([...group(ok, a, b, '354 go'), ['.', ok], QUIT]).told
    expect(after(ok, '552 too many')).toEqual(['done a+250 b-452'])
    expect(after(ok, '552 5.2.2 full')).toEqual(['done a+250 b-552'])
    expect(after(ok, '552 5.3.4 too long')).toEqual(['done a+250 b-552'])
    expect(after('552 too many', ok)).toEqual(['done a-552 b+250'])
  })
})

/** A message of so many octets. */
const long = (length: number) => ({ ...MESSAGE, content: `Subject: x\r\n\r\n${'x'.repeat(length - 16)}\r\n` })
const ONE = 65_536
const envelope = (...keywords: string[]): Step[] => [
  ...hello('CHUNKING', ...keywords),
  ['MAIL FROM:<>', ok],
  ['RCPT TO:<a@foo.com>', ok],
  ['RCPT TO:<b@foo.com>', '550 no'],
]

describe('chunks', () => {
  it.each([[[]], [['PIPELINING']]])(
    'of a message that is longer than one are said one after the other %j',
    (keywords) => {
      const steps: Step[] = [
        ...envelope(...keywords),
        [`BDAT ${ONE}`, ok],
        [`BDAT ${ONE}`, '299 fine'],
        ['BDAT 16 LAST', ok],
        QUIT,
      ]
      const message = long(2 * ONE + 16)
      const { server, told, left } = deliver(steps, [message])
      expect({ told, left }).toEqual({ told: ['done a+250 b-550'], left: [] })
      expect(server.contents.join('')).toBe(message.content)
    },
  )

  it.each([
    ['399 go', 'failed data 399', [QUIT], 'closed'],
    ['452 full', 'failed data 452', [QUIT], 'closed'],
    ['552 too big', 'failed data 552 permanent', [QUIT], 'closed'],
    ['421 bye', 'failed data 421', [], 'closed'],
    ...Object.values(GONE).map((gone) => [gone, 'failed data lost', [], 'reset'] as const),
  ] as const)('refused in the midst (%j): no other is said', (answer, result, after, end) => {
    const steps: Step[] = [...envelope(), [`BDAT ${ONE}`, ok], [`BDAT ${ONE}`, answer], ...after]
    const open = [after.length > 0]
    expect(deliver(steps, [long(2 * ONE + 16)])).toMatchObject({ told: [result], left: [], end, open })
  })

  it.each([
    ['299 fine', 'done a+299 b-550', [QUIT], 'closed'],
    ['399 go', 'done a-399 b-550', [QUIT], 'closed'],
    ['452 full', 'done a-452 b-550', [QUIT], 'closed'],
    ['554 never', 'done a-554 b-550', [QUIT], 'closed'],
    ['421 bye', 'done a-421 b-550', [], 'closed'],
    ...Object.values(GONE).map((gone) => [gone, 'failed content lost uncertain', [], 'reset'] as const),
  ] as const)('the last one answered by %j', (answer, result, after, end) => {
    const waited: Step[] = [...envelope(), ['BDAT 17 LAST', answer], ...after]
    const open = [after.length > 0]
    expect(deliver(waited)).toMatchObject({ told: [result], left: [], end, open })
    const grouped: Step[] = [...envelope('PIPELINING'), ['BDAT 17 LAST', answer], ...after]
    expect(deliver(grouped)).toMatchObject({ told: [result], left: [], end, open })
  })

  it('said with the envelope: the answer of it is heard, whoever was refused', () => {
    const steps = (mail: string, a: string): Step[] => [
      ...hello('CHUNKING', 'PIPELINING'),
      ['MAIL FROM:<>', mail],
      ['RCPT TO:<a@foo.com>', a],
      ['BDAT 17 LAST', '503 no'],
      QUIT,
    ]
    expect(deliver(steps(ok, '550 no'), [to(1)])).toMatchObject({ told: ['done a-550'], left: [], open: [true] })
    expect(deliver(steps('553 no', '503 no'), [to(1)])).toMatchObject({
      told: ['failed mail 553 permanent'],
      left: [],
      open: [true],
    })
  })

  it('said with the envelope: where no reply comes, the server may have it all (RFC 5321 4.2.5)', () => {
    const lost = (mail: Answer, a: Answer): Step[] => [
      ...hello('CHUNKING', 'PIPELINING'),
      ['MAIL FROM:<>', mail],
      ['RCPT TO:<a@foo.com>', a],
      ['BDAT 17 LAST', CLOSED],
    ]
    expect(deliver(lost(SILENCE, SILENCE), [to(1)]).told).toEqual(['failed mail lost uncertain'])
    expect(deliver(lost(ok, SILENCE), [to(1)]).told).toEqual(['failed rcpt lost uncertain'])
    expect(deliver(lost('550 no', SILENCE), [to(1)]).told).toEqual(['failed mail 550 permanent'])
    expect(deliver(lost(ok, '421 bye'), [to(1)]).told).toEqual(['failed rcpt 421'])
  })
})

describe('dots', () => {
  it.each([
    ['', '.\r\n'],
    ['.\r\n', '..\r\n.\r\n'],
    ['.\r\n.\r\n', '..\r\n..\r\n.\r\n'],
    ['x\r\n.y\r\n', 'x\r\n..y\r\n.\r\n'],
    ['x.\r\n', 'x.\r\n.\r\n'],
    ['x', 'x\r\n.\r\n'],
  ])('%j goes as %j (RFC 5321 4.5.2)', (content, sent) => {
    const steps: Step[] = [...group(ok, ok, ok, '354 go'), ['.', ok], QUIT]
    expect(deliver(steps, [{ ...MESSAGE, content }]).server.contents).toEqual([sent])
  })
})
