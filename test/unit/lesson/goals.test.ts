import { beforeEach, describe, expect, test } from 'vitest'
import type { Look, Lying } from '../../../src/core/lesson/checks.ts'
import type { GoalForm, MailboxForm } from '../../../src/core/lesson/goal-forms.ts'
import { goalsSchema } from '../../../src/core/lesson/goal-schema.ts'
import { LessonRun } from '../../../src/core/lesson/goals.ts'
import { matches } from '../../../src/core/lesson/trackers.ts'
import type { Note, TraceEvent } from '../../../src/core/trace/events.ts'
import type { WorldFile } from '../../../src/core/world/schema.ts'
import { parseYaml } from '../../../src/core/world/yaml.ts'
import { readWorld } from '../../../src/node/worlds.ts'

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

/** What lies in the mailboxes; `put` changes one of them. */
const boxes = new Map<string, { version: number; messages: Lying[] }>()
const look: Look = {
  mailbox(account, mailbox) {
    const box = boxes.get(`${account}/${mailbox}`)
    return box ? { version: String(box.version), messages: () => box.messages } : null
  },
}
const lying = (octets: string, ...flags: string[]): Lying => ({ octets, flags })
function put(name: string, ...messages: Lying[]): void {
  boxes.set(name, { version: (boxes.get(name)?.version ?? 0) + 1, messages })
}
beforeEach(() => boxes.clear())

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

  const inbox = (more: Partial<MailboxForm>): GoalForm => ({
    mailbox: {
      account: 'jones',
      mailbox: 'INBOX',
      ...(more.exactly === undefined ? { atLeast: 1 } : {}),
      contains: [],
      lacks: [],
      headers: {},
      flags: [],
      ...more,
    },
  })
  /** What becomes of the goal when the mailbox changes so, from nothing or from what was there. */
  function after(form: GoalForm, before: Lying[], ...changes: Lying[][]): string {
    put('jones/INBOX', ...before)
    const run = new LessonRun([goal(form)], look)
    run.add(reply('OK', 'FETCH'))
    for (const messages of changes) {
      put('jones/INBOX', ...messages)
      run.add(delivered())
    }
    return run.goals[0]!.state
  }
  const hello = lying('Subject: hello\r\n\r\nhi\r\n')

  test('mailbox: what lay there from the beginning does not count, until something happens there', () => {
    expect(after(inbox({}), [hello])).toBe('open')
    expect(after(inbox({}), [], [hello])).toBe('earned')
    expect(after(inbox({ exactly: 0 }), [])).toBe('open')
    expect(after(inbox({ exactly: 0 }), [hello], [])).toBe('earned')
    expect(states(inbox({ exactly: 0 }), delivered())).toBe('open')
  })

  test('mailbox: how many, with what in them and what not', () => {
    expect(after(inbox({ contains: ['Subject: hello', 'hi'] }), [], [hello])).toBe('earned')
    expect(after(inbox({ contains: ['bye'] }), [], [hello])).toBe('open')
    expect(after(inbox({ lacks: ['hello'] }), [], [hello])).toBe('open')
    expect(after(inbox({ lacks: ['bye'] }), [], [hello])).toBe('earned')
    expect(after(inbox({ atLeast: 2 }), [], [hello])).toBe('open')
    expect(after(inbox({ atLeast: 2 }), [], [hello], [hello, hello])).toBe('earned')
    expect(after(inbox({ exactly: 1 }), [], [hello, hello])).toBe('open')
    expect(after(inbox({ exactly: 1, contains: ['hi'] }), [], [hello, lying('x')])).toBe('earned')
  })

  test('mailbox: header fields, decoded; flags; the structure', () => {
    const encoded = lying('Subject: =?utf-8?q?R=C3=A9union_lundi?=\r\nTo: b@c\r\n\r\nhi\r\n', '\\Seen', '$Work')
    expect(after(inbox({ headers: { Subject: 'Réunion*' } }), [], [encoded])).toBe('earned')
    expect(after(inbox({ headers: { subject: 'réunion LUNDI', To: '*' } }), [], [encoded])).toBe('earned')
    expect(after(inbox({ headers: { Subject: 'Réunion' } }), [], [encoded])).toBe('open')
    expect(after(inbox({ headers: { Cc: '*' } }), [], [encoded])).toBe('open')
    expect(after(inbox({ flags: ['\\seen', '$work'] }), [hello], [encoded])).toBe('earned')
    expect(after(inbox({ flags: ['\\Deleted'] }), [hello], [encoded])).toBe('open')
    const mixed = lying(
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n',
    )
    expect(after(inbox({ structure: 'multipart/mixed(text/plain, image/png)' }), [], [mixed])).toBe('earned')
    expect(after(inbox({ structure: 'multipart/mixed(*image/png*)' }), [], [mixed])).toBe('earned')
    expect(after(inbox({ structure: 'text/plain' }), [], [mixed])).toBe('open')
    expect(after(inbox({ structure: 'text/plain' }), [], [hello])).toBe('earned')
  })

  test('queue: what waits, and what has waited and is gone', () => {
    const deferred = event({ kind: 'deferred', id: 'A', recipients: ['x@b', 'y@b'], why: 'timeout', until: 9 })
    const sent = event({ kind: 'sent', id: 'A', server: 'b', recipients: ['y@b'], reply: '250 OK' })
    const removed = event({ kind: 'removed', id: 'A' })
    const queue = (state: 'waiting' | 'gone', recipient?: string): GoalForm => ({
      queue: { host: 'mx.example', state, ...(recipient === undefined ? {} : { recipient }) },
    })
    expect(states(queue('waiting'), sent)).toBe('open')
    expect(states(queue('waiting'), deferred)).toBe('earned')
    expect(states(queue('waiting', 'Y@b'), deferred)).toBe('earned')
    expect(states(queue('waiting', 'z@b'), deferred)).toBe('open')
    expect(states({ queue: { host: 'other.example', state: 'waiting' } }, deferred)).toBe('open')
    expect(states(queue('gone'), removed)).toBe('open')
    expect(states(queue('gone'), deferred, sent)).toBe('open')
    expect(states(queue('gone'), deferred, sent, removed)).toBe('earned')
    expect(states(queue('gone', 'y@b'), deferred, sent)).toBe('earned')
    expect(states(queue('gone', 'x@b'), deferred, sent)).toBe('open')
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
    put('jones@foo.com/INBOX', lying('From: a@b\r\nTo: c@d\r\nSubject: s\r\n\r\ntext\r\n'))
    expect(states(form, delivered())).toBe('earned')
    put('jones@foo.com/INBOX', lying('From: a@b\r\nTo: c@d\r\nSubject: s\r\ntext\r\n'))
    expect(states(form, delivered())).toBe('open')
    put('jones@foo.com/INBOX', lying('From: a@b\r\nTo: c@d\r\n\r\ntext\r\n'))
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

describe('trials and conditions of hints', () => {
  const trial = { ...goal({ reply: { code: '250' } }, 'also'), trial: '$ date\n' }
  test('a trial is due when all else is earned, and nothing is broken', () => {
    const run = new LessonRun(
      [goal({ reply: { code: '221' } }), trial, never({ reply: { code: '503', verb: 'MAIL' } })],
      look,
    )
    run.add(reply('250', 'HELO'))
    expect(run.due).toEqual([])
    run.add(reply('221', 'QUIT'))
    expect(run.due.map(({ id }) => id)).toEqual(['also'])
    expect(run.done).toBe(false)
    run.passed('a')
    run.passed('also')
    expect(run.goals.map(({ state }) => state)).toEqual(['earned', 'earned', 'kept'])
    expect(run.due).toEqual([])
    expect(run.done).toBe(true)
    run.add(reply('503', 'MAIL'))
    expect(run.done).toBe(false)
  })

  test('only a trial can be passed', () => {
    const run = new LessonRun([goal({ reply: { code: '221' } })], look)
    run.passed('a')
    expect(run.done).toBe(false)
  })

  test('a condition applies once it has happened, the last first', () => {
    const hint = { fr: 'x', en: 'x' }
    const hints = [
      { ...hint, if: { reply: { code: '501' } } },
      hint,
      { ...hint, if: { reply: { code: '503' } } },
      { ...hint, if: { reply: { code: '421' } } },
    ]
    const run = new LessonRun([{ ...goal({ reply: { code: '250' } }), hints }], look)
    expect(run.conditionsMet('a')).toEqual([])
    run.add(reply('501', 'HELO'))
    run.add(reply('503', 'MAIL'))
    expect(run.conditionsMet('a')).toEqual([2, 0])
    run.add(reply('501', 'HELO'))
    expect(run.conditionsMet('a')).toEqual([0, 2])
  })
})

describe('goals.yaml', () => {
  const MUST = 'minutes: 10\nread: [RFC 5321]\n'
  const check = (goal: string, above = MUST, world: WorldFile | null = null) => {
    const result = parseYaml(`${above}goals:\n  - ${goal}\n`, 'goals.yaml', goalsSchema(world))
    return 'errors' in result ? result.errors : result.value
  }
  const hints = 'hints: [{ fr: a, en: b }, { fr: c, en: d }]'
  const text = `text: { fr: a, en: b }, ${hints}`
  const typed = `{ id: a, ${text}, when: { typed: x } }`

  test('is read, with its defaults', () => {
    expect(check(`{ id: a, ${text}, when: { reply: { code: 250 } } }`)).toMatchObject({
      goals: [{ when: { reply: { code: '250' } } }],
    })
    expect(check(`{ id: a, ${text}, when: { mailbox: { account: jones, contains: hi } } }`)).toMatchObject({
      goals: [{ when: { mailbox: { mailbox: 'INBOX', atLeast: 1, contains: ['hi'], flags: [] } } }],
    })
    expect(check(`{ id: a, ${text}, when: { queue: { host: mx } } }`)).toMatchObject({
      goals: [{ when: { queue: { state: 'waiting' } } }],
    })
    expect(
      check(typed, 'minutes: 10\nread: [RFC 5321 4.1.1.3, RFC 5598, RFC 5321 D.1, course 000 318]\n'),
    ).toMatchObject({
      minutes: 10,
      read: [
        { rfc: 5321, section: '4.1.1.3' },
        { rfc: 5598, section: null },
        { rfc: 5321, section: 'D.1' },
        { course: '000', line: 318 },
      ],
    })
  })

  const wrong = (goal: string, message: string, above = MUST) => {
    const errors = check(goal, above)
    expect(JSON.stringify(errors)).toContain(message)
    expect(Array.isArray(errors) && errors[0]).toMatchObject({ file: 'goals.yaml' })
  }
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
    [
      `{ id: a, text: { fr: a, en: b }, when: { typed: x }, hints: [{ fr: a, en: b }, { fr: a, en: b, if: { typed: y } }] }`,
      'two hints',
    ],
    [`{ id: a, ${text}, never: { typed: x } }`, 'At least one goal'],
    [`{ id: a, ${text}, when: { typed: x }, seed: 7 }`, 'not in a trial alone'],
    [`{ id: a, ${text}, when: { mailbox: { account: j, atLeast: 1, exactly: 1 } } }`, 'not both'],
    [`{ id: a, ${text}, when: { mailbox: { account: j, atLeast: 0 } } }`, 'exactly: 0'],
    [`{ id: a, ${text}, when: { queue: { host: mx, state: hidden } } }`, 'waiting'],
    [`{ id: a, ${text}, never: { typed: x }, trial: '$ date' }`, 'belong to a when'],
    [`{ id: a, ${text}, when: { typed: x }, trial: 'what?' }`, 'Line 1 of this script'],
  ])('%s', (goal, message) => wrong(goal, message))

  test.each([
    ['minutes: 4\nread: [RFC 5321]\n', '5 to 15'],
    ['read: [RFC 5321]\n', 'minutes'],
    ['minutes: 10\nread: []\n', 'something to read'],
    ['minute: 10\n', 'minute'],
    ['read: [RFC 5321 section 4]\n', 'neither RFC'],
    ['read: [course 17]\n', 'neither RFC'],
    [
      `questions: [{ id: q, ask: { fr: a, en: b }, answers: [{ fr: a, en: b, because: { fr: a, en: b } }, { fr: a, en: b, because: { fr: a, en: b } }] }]\n`,
      'Exactly one answer',
    ],
    [`${MUST}questions: [{ id: q, ask: { fr: a, en: b }, answers: [{ fr: a, en: b, right: true }] }]\n`, 'because'],
    [
      `questions: [{ id: q, ask: { fr: a, en: b }, answers: [{ fr: a, en: b, right: true, because: { fr: a, en: b } }] }]\n`,
      'two to five',
    ],
  ])('%s', (above, message) => wrong(typed, message, above))

  test('hosts and accounts that goals and hints name are in the world', () => {
    const world = readWorld('campus')
    const errors = (goal: string) => check(goal, MUST, world)
    expect(errors(`{ id: a, ${text}, when: { all: [{ reply: { code: 250, host: mx9 } }] } }`)).toMatchObject([
      { line: 4, key: 'goals > item 1 > when > all > item 1 > reply > host', message: expect.stringContaining('mx9') },
    ])
    expect(errors(`{ id: a, ${text}, when: { mailbox: { account: nobody } } }`)).toMatchObject([
      { key: 'goals > item 1 > when > mailbox > account' },
    ])
    expect(errors(`{ id: a, ${text}, when: { mailbox: { account: alice@rennes.example } } }`)).toMatchObject({
      goals: [{}],
    })
  })
})
