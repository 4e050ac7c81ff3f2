import { describe, expect, test } from 'vitest'
import { LessonRun, matches } from '../../../src/core/lesson/goals.ts'
import { goalsSchema, type GoalForm } from '../../../src/core/lesson/goal-schema.ts'
import type { Note, TraceEvent } from '../../../src/core/trace/events.ts'
import { parseYaml } from '../../../src/core/world/yaml.ts'

let seq = 0
const event = (note: Note, host = 'mx.example'): TraceEvent => ({
  seq: seq++,
  at: 0,
  host,
  cause: null,
  span: null,
  ...note,
})
const reply = (code: string, verb: string | null, conn = 'c1', lines: string[] = ['OK']) =>
  event({ kind: 'reply', conn, protocol: 'smtp', verb, outcome: 'ok', code, lines, from: 'ready', to: 'ready' })
const command = (verb: string, line = verb, conn = 'c1') =>
  event({ kind: 'command', conn, protocol: 'smtp', verb, line, state: 'ready', secret: false })
const delivered = (account = 'jones') =>
  event({ kind: 'delivered', id: 'A', address: 'jones@foo.com', account, mailbox: 'INBOX', uid: 1, octets: 9 })

const contents: Record<string, string[]> = { 'jones/INBOX': ['Subject: hello\r\n\r\nhi\r\n'] }
const look = { messages: (account: string, mailbox: string) => contents[`${account}/${mailbox}`] ?? null }

const goal = (when: GoalForm, id = 'a') => ({ id, text: { fr: 'x', en: 'x' }, when, hints: [] })
const never = (form: GoalForm) => ({ id: 'never', text: { fr: 'x', en: 'x' }, never: form, hints: [] })
function states(form: GoalForm, ...events: TraceEvent[]): string {
  const run = new LessonRun([goal(form)], look)
  for (const one of events) run.add(one)
  return run.goals[0]!.state
}

describe('forms', () => {
  test('reply: code with x, verb, host, contains', () => {
    expect(states({ reply: { code: '250' } }, reply('250', 'HELO'))).toBe('earned')
    expect(states({ reply: { code: '5xx' } }, reply('550', 'RCPT'))).toBe('earned')
    expect(states({ reply: { code: '5xx' } }, reply('450', 'RCPT'))).toBe('open')
    expect(states({ reply: { code: '250', verb: 'HELO' } }, reply('250', 'MAIL'))).toBe('open')
    expect(states({ reply: { code: '250', host: 'other.example' } }, reply('250', 'MAIL'))).toBe('open')
    expect(states({ reply: { code: '250', contains: 'Jones' } }, reply('250', 'VRFY', 'c', ['Jones <j@x>']))).toBe(
      'earned',
    )
  })

  test('command: verb, state, matches, host', () => {
    expect(states({ command: { verb: 'HELO', matches: 'helo *.example' } }, command('HELO', 'HELO pc.example'))).toBe(
      'earned',
    )
    expect(states({ command: { verb: 'HELO', matches: 'helo *.example' } }, command('HELO', 'HELO pc'))).toBe('open')
    expect(states({ command: { verb: 'HELO', state: 'connected' } }, command('HELO'))).toBe('open')
  })

  test('lookup: found unless it says otherwise', () => {
    const found = event({
      kind: 'looked-up',
      name: 'lyon.example.',
      type: 'MX',
      result: 'found',
      answers: [],
      cached: false,
    })
    expect(states({ lookup: { name: 'lyon.example', type: 'MX', result: 'found' } }, found)).toBe('earned')
    expect(states({ lookup: { name: 'lyon.example', type: 'A', result: 'found' } }, found)).toBe('open')
    expect(states({ lookup: { name: 'lyon.example', type: 'MX', result: 'nxdomain' } }, found)).toBe('open')
  })

  test('mailbox: only what was delivered counts, with all that it must contain', () => {
    const form = (contains: string[], atLeast = 1) => ({
      mailbox: { account: 'jones', mailbox: 'INBOX', atLeast, contains },
    })
    expect(states(form(['Subject: hello', 'hi']))).toBe('open')
    expect(states(form(['Subject: hello', 'hi']), delivered())).toBe('earned')
    expect(states(form(['bye']), delivered())).toBe('open')
    expect(states(form([], 2), delivered())).toBe('open')
  })

  test('typed and event', () => {
    expect(
      states(
        { typed: 'dig*mx*lyon.example*' },
        event({ kind: 'typed', terminal: 't', text: 'dig MX lyon.example\n', secret: false }),
      ),
    ).toBe('earned')
    const failed = event({ kind: 'dial-failed', conn: 'c', why: 'refused' }, 'pc')
    expect(states({ event: { kind: 'dial-failed', host: 'pc', where: { why: 'refused' } } }, failed)).toBe('earned')
    expect(states({ event: { kind: 'dial-failed', where: { why: 'timeout' } } }, failed)).toBe('open')
    const sent = event({ kind: 'sent', id: 'A', server: 'b', recipients: ['x@b', 'y@b'], reply: '250 OK' })
    expect(states({ event: { kind: 'sent', where: { recipients: 'y@b' } } }, sent)).toBe('earned')
  })

  const helo: GoalForm = { reply: { code: '250', verb: 'HELO' } }
  const quit: GoalForm = { reply: { code: '221' } }
  test('all in any order, any, order', () => {
    expect(states({ all: [helo, quit] }, reply('221', 'QUIT'), reply('250', 'HELO'))).toBe('earned')
    expect(states({ all: [helo, quit] }, reply('221', 'QUIT'))).toBe('open')
    expect(states({ any: [helo, quit] }, reply('221', 'QUIT'))).toBe('earned')
    expect(states({ order: [helo, quit] }, reply('221', 'QUIT'), reply('250', 'HELO'))).toBe('open')
    expect(states({ order: [helo, quit] }, reply('250', 'HELO'), reply('221', 'QUIT'))).toBe('earned')
    expect(states({ order: [helo, helo] }, reply('250', 'HELO'))).toBe('open')
  })

  test('session: in this order on one connection', () => {
    expect(states({ session: [helo, quit] }, reply('250', 'HELO', 'c1'), reply('221', 'QUIT', 'c2'))).toBe('open')
    expect(states({ session: [helo, quit] }, reply('250', 'HELO', 'c1'), reply('221', 'QUIT', 'c1'))).toBe('earned')
  })

  test('check: a complete message', () => {
    const form = { check: 'complete-message' }
    contents['jones@foo.com/INBOX'] = ['From: a@b\r\nTo: c@d\r\nSubject: s\r\n\r\ntext\r\n']
    expect(states(form, delivered())).toBe('earned')
    contents['jones@foo.com/INBOX'] = ['From: a@b\r\nTo: c@d\r\nSubject: s\r\ntext\r\n']
    expect(states(form, delivered())).toBe('open')
    contents['jones@foo.com/INBOX'] = ['From: a@b\r\nTo: c@d\r\n\r\ntext\r\n']
    expect(states(form, delivered())).toBe('open')
  })
})

describe('a run', () => {
  test('what is earned stays earned, and says what earned it', () => {
    const run = new LessonRun([goal({ reply: { code: '250' } })], look)
    const first = reply('250', 'HELO')
    run.add(first)
    run.add(reply('221', 'QUIT'))
    expect(run.goals[0]).toEqual({ id: 'a', state: 'earned', seq: first.seq })
    expect(run.done).toBe(true)
  })

  test('what must never happen is kept until it is broken, and then the run is not done', () => {
    const run = new LessonRun([goal({ reply: { code: '250' } }), never({ reply: { code: '503' } })], look)
    expect(run.goals.map(({ state }) => state)).toEqual(['open', 'kept'])
    run.add(reply('503', 'MAIL'))
    run.add(reply('250', 'MAIL'))
    expect(run.goals.map(({ state }) => state)).toEqual(['earned', 'broken'])
    expect(run.broken).toBe(true)
    expect(run.done).toBe(false)
  })
})

test.each([
  ['dig MX lyon.example', 'dig*', true],
  ['dig MX lyon.example', '*mx*', true],
  ['dig', 'dig', true],
  ['dig a', 'dig', false],
  ['aXb', 'a*b', true],
  ['ab', 'ab*b', false],
  ['abb', 'ab*b', true],
  ['axbxc', 'a*b*c', true],
  ['axc', 'a*b*c', false],
])('%j fits %j: %s', (text, pattern, fits) => {
  expect(matches(text, pattern)).toBe(fits)
})

describe('goals.yaml', () => {
  const check = (goal: string) => {
    const result = parseYaml(`goals:\n  - ${goal}\n`, 'goals.yaml', goalsSchema)
    return 'errors' in result ? result.errors : result.value.goals
  }
  const text = 'text: { fr: a, en: b }, hints: [{ fr: a, en: b }, { fr: c, en: d }]'
  test('is read, with its defaults', () => {
    expect(check(`{ id: a, ${text}, when: { reply: { code: 250 } } }`)).toMatchObject([
      { when: { reply: { code: '250' } } },
    ])
    expect(check(`{ id: a, ${text}, when: { mailbox: { account: jones, contains: hi } } }`)).toMatchObject([
      { when: { mailbox: { mailbox: 'INBOX', atLeast: 1, contains: ['hi'] } } },
    ])
  })
  test.each([
    [`{ id: a, ${text}, when: { reply: { cod: 250 } } }`, 'cod'],
    [`{ id: a, ${text}, when: { replie: { code: 250 } } }`, 'replie'],
    [`{ id: a, ${text}, when: { reply: { code: 2500 } } }`, 'three digits'],
    [`{ id: a, ${text}, when: { reply: { code: 250 }, typed: x } }`, 'exactly one form'],
    [`{ id: a, ${text} }`, 'either when'],
    [`{ id: a, ${text}, when: { check: nothing } }`, 'complete-message'],
    [`{ id: a, ${text}, when: { session: [{ typed: x }] } }`, 'On one connection'],
    [`{ id: a, text: { fr: a }, when: { typed: x } }`, 'en'],
    [`{ id: a, text: { fr: a, en: b }, when: { typed: x } }`, 'two hints'],
    [`{ id: a, ${text}, never: { typed: x } }`, 'At least one goal'],
  ])('%s', (goal, message) => {
    const errors = check(goal)
    expect(JSON.stringify(errors)).toContain(message)
    expect(errors[0]).toMatchObject({ file: 'goals.yaml' })
  })
})
