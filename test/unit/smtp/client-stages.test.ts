/** Every class of reply at every stage of a plain dialogue (RFC 5321 4.2.1, 3.8): what it means, and what is said after it. */
import { describe, expect, it } from 'vitest'
import type { ClientSetup } from '../../../src/core/smtp/client-types.ts'
import { BROKEN, CLOSED, cut, deliver, offers, SILENCE, type Answer, type Step } from './scripted.ts'

const DONE: readonly Step[] = [
  ['', '220 foo.com'],
  ['EHLO bar.com', offers('STARTTLS', 'AUTH PLAIN')],
  ['STARTTLS', '220 go'],
  ['TLS foo.com', { tls: null }],
  ['EHLO bar.com', offers('STARTTLS', 'AUTH PLAIN')],
  [/^AUTH PLAIN /, '235 welcome'],
  ['MAIL FROM:<>', '250 ok'],
  ['RCPT TO:<a@foo.com>', '250 ok'],
  ['RCPT TO:<b@foo.com>', '250 ok'],
  ['DATA', '354 go'],
  ['.', '250 ok'],
  ['QUIT', '221 bye'],
]
const place = (said: string) => DONE.findIndex(([expected]) => String(expected).includes(said))
/** The dialogue from here to its end. */
const from = (said: string) => DONE.slice(place(said))
const STAGES = {
  greeting: 0,
  EHLO: 1,
  STARTTLS: 2,
  'EHLO over TLS': 4,
  AUTH: 5,
  MAIL: 6,
  'RCPT of the first': 7,
  'RCPT of the last': 8,
  DATA: 9,
  content: 10,
  QUIT: 11,
}
const setup: Partial<ClientSetup> = {
  server: 'foo.com',
  startTls: 'if-offered',
  auth: { user: 'tim', password: 'tanstaaf' },
}

const CLASSES = {
  '2yz': '299 fine',
  '3yz': '399 go on',
  '4yz': '450 not now',
  '5yz': '550 never',
  '421': '421 closing',
  garbage: 'What?',
  lost: CLOSED,
  reset: BROKEN,
  'half a line': cut('250 o'),
  'half a reply': cut('250-o\r\n'),
  silence: SILENCE,
} satisfies Record<string, Answer>
type Class = keyof typeof CLASSES

const quit = from('QUIT')
const GONE: readonly Class[] = ['garbage', 'lost', 'reset', 'half a line', 'half a reply', 'silence']

interface Row {
  stage: keyof typeof STAGES
  on: Class
  result: string
  after: readonly Step[]
  end: 'closed' | 'reset'
}

const all = 'done a+250 b+250'
const row = (
  stage: Row['stage'],
  on: Class,
  result: string,
  after: readonly Step[] = quit,
  end: Row['end'] = 'closed',
): Row => ({ stage, on, result, after, end })
const gone = (stage: Row['stage'], result: string) => GONE.map((on) => row(stage, on, result, [], 'reset'))

const rows: readonly Row[] = [
  row('greeting', '2yz', all, from('EHLO')),
  row('greeting', '3yz', 'failed greeting 399'),
  row('greeting', '4yz', 'failed greeting 450'),
  row('greeting', '5yz', 'failed greeting 550 permanent'),
  row('greeting', '421', 'failed greeting 421', []),
  ...gone('greeting', 'failed greeting lost'),

  // Whatever 2yz it is, its lines are read as those of EHLO: here no extension is offered, and nobody can log in.
  row('EHLO', '2yz', 'failed auth 504 own permanent'),
  row('EHLO', '3yz', 'failed hello 399'),
  row('EHLO', '4yz', 'failed hello 450'),
  row('EHLO', '5yz', 'failed auth 504 own permanent', [['HELO bar.com', '250 foo.com'], ...quit]),
  row('EHLO', '421', 'failed hello 421', []),
  ...gone('EHLO', 'failed hello lost'),

  row('STARTTLS', '2yz', all, from('TLS foo')),
  // In the clear, for it was only if offered.
  row('STARTTLS', '3yz', all, from('AUTH')),
  row('STARTTLS', '4yz', all, from('AUTH')),
  row('STARTTLS', '5yz', all, from('AUTH')),
  row('STARTTLS', '421', 'failed tls 421', []),
  ...gone('STARTTLS', 'failed tls lost'),

  row('EHLO over TLS', '2yz', 'failed auth 504 own permanent'),
  row('EHLO over TLS', '3yz', 'failed hello 399'),
  row('EHLO over TLS', '4yz', 'failed hello 450'),
  row('EHLO over TLS', '5yz', 'failed auth 504 own permanent', [['HELO bar.com', '250 foo.com'], ...quit]),
  row('EHLO over TLS', '421', 'failed hello 421', []),
  ...gone('EHLO over TLS', 'failed hello lost'),

  row('AUTH', '2yz', all, from('MAIL')),
  row('AUTH', '3yz', 'failed auth 399'),
  row('AUTH', '4yz', 'failed auth 450'),
  row('AUTH', '5yz', 'failed auth 550 permanent'),
  row('AUTH', '421', 'failed auth 421', []),
  ...gone('AUTH', 'failed auth lost'),

  row('MAIL', '2yz', all, from('RCPT TO:<a')),
  row('MAIL', '3yz', 'failed mail 399'),
  row('MAIL', '4yz', 'failed mail 450'),
  row('MAIL', '5yz', 'failed mail 550 permanent'),
  row('MAIL', '421', 'failed mail 421', []),
  ...gone('MAIL', 'failed mail lost'),

  row('RCPT of the first', '2yz', all, from('RCPT TO:<b')),
  row('RCPT of the first', '3yz', 'done a-399 b+250', from('RCPT TO:<b')),
  row('RCPT of the first', '4yz', 'done a-450 b+250', from('RCPT TO:<b')),
  row('RCPT of the first', '5yz', 'done a-550 b+250', from('RCPT TO:<b')),
  row('RCPT of the first', '421', 'failed rcpt 421', []),
  ...gone('RCPT of the first', 'failed rcpt lost'),

  row('RCPT of the last', '2yz', all, from('DATA')),
  row('RCPT of the last', '3yz', 'done a+250 b-399', from('DATA')),
  row('RCPT of the last', '4yz', 'done a+250 b-450', from('DATA')),
  row('RCPT of the last', '5yz', 'done a+250 b-550', from('DATA')),
  row('RCPT of the last', '421', 'failed rcpt 421', []),
  ...gone('RCPT of the last', 'failed rcpt lost'),

  row('DATA', '2yz', 'failed data 299'),
  row('DATA', '3yz', 'failed data 399'),
  row('DATA', '4yz', 'failed data 450'),
  row('DATA', '5yz', 'failed data 550 permanent'),
  row('DATA', '421', 'failed data 421', []),
  ...gone('DATA', 'failed data lost'),

  row('content', '2yz', 'done a+299 b+299'),
  row('content', '3yz', 'done a-399 b-399'),
  row('content', '4yz', 'done a-450 b-450'),
  row('content', '5yz', 'done a-550 b-550'),
  row('content', '421', 'done a-421 b-421', []),
  // RFC 5321 4.2.5: it may have been taken.
  ...gone('content', 'failed content lost uncertain'),

  // The message is delivered, whatever is said to QUIT.
  ...Object.keys(CLASSES).map((on) => row('QUIT', on as Class, all, [])),
]

describe('what a reply means, and what is said after it', () => {
  it.each(rows)('$stage answered by $on: $result', ({ stage, on, result, after, end }) => {
    const before = DONE.slice(0, STAGES[stage])
    const step: Step = [DONE[STAGES[stage]]![0], CLASSES[on]]
    const told = deliver([...before, step, ...after], undefined, setup)
    expect(told.told).toEqual([result])
    expect(told.left).toEqual([])
    expect(told.end).toBe(end)
    const early = STAGES[stage] < STAGES.MAIL && result !== all
    expect(told.open).toEqual(early ? [] : [after.at(-1)?.[0] === 'QUIT' || stage === 'QUIT'])
  })

  it('has each class at each stage', () => {
    expect(rows).toHaveLength(Object.keys(STAGES).length * Object.keys(CLASSES).length)
  })
})

describe('before any message', () => {
  const plain = { server: 'foo.com' } as const
  const helo = (answer: Answer): Step[] => [
    ['', '220 foo.com'],
    ['EHLO bar.com', '500 what?'],
    ['HELO bar.com', answer],
  ]

  it.each(['500', '501', '502', '504', '550', '554'])('HELO after EHLO was answered by %s', (code) => {
    const steps: Step[] = [
      ['', '220 foo.com'],
      ['EHLO bar.com', `${code} what?`],
      ['HELO bar.com', '250 foo.com'],
    ]
    expect(deliver([...steps, ...from('MAIL')]).told).toEqual([all])
  })

  it.each([
    ['2yz', all, from('MAIL'), 'closed'],
    ['3yz', 'failed hello 399', quit, 'closed'],
    ['4yz', 'failed hello 450', quit, 'closed'],
    ['5yz', 'failed hello 550 permanent', quit, 'closed'],
    ['421', 'failed hello 421', [], 'closed'],
    ...GONE.map((on) => [on, 'failed hello lost', [], 'reset'] as const),
  ] as const)('HELO answered by %s: %s', (on, result, after, end) => {
    const told = deliver([...helo(CLASSES[on]), ...after])
    expect(told).toMatchObject({ told: [result], left: [], end })
  })

  it('where TLS is required, nothing goes in the clear', () => {
    const required = { ...plain, startTls: 'required' } as const
    const opening = DONE.slice(0, 2)
    expect(deliver([DONE[0]!, ['EHLO bar.com', offers()], ...quit], undefined, required)).toMatchObject({
      told: ['failed tls 554 own permanent'],
      left: [],
    })
    expect(deliver([...opening, ['STARTTLS', '454 no'], ...quit], undefined, required)).toMatchObject({
      told: ['failed tls 454'],
      left: [],
    })
    const broken: Step[] = [...opening, ['STARTTLS', '220 go'], ['TLS foo.com', { tls: 'bad certificate' }]]
    for (const startTls of ['required', 'if-offered'] as const)
      expect(deliver(broken, undefined, { ...plain, startTls })).toMatchObject({
        told: ['failed tls lost'],
        end: 'reset',
      })
  })

  it('what was said in the clear behind 220 is forgotten (RFC 3207 4.2)', () => {
    const behind: Answer = { octets: ['220 go\r\n250-evil\r\n250 AUTH PLAIN\r\n'] }
    const steps: Step[] = [
      ...DONE.slice(0, 2),
      ['STARTTLS', behind],
      DONE[3]!,
      ['EHLO bar.com', offers('SIZE 3')],
      ...quit,
    ]
    expect(deliver(steps, undefined, { ...plain, startTls: 'required' }).told).toEqual([
      'failed mail 552 own permanent',
    ])
  })
})
