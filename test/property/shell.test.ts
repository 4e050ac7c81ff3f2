import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/core/shell/commands.ts'
import { LIMITS, Printer } from '../../src/core/shell/printer.ts'
import type { Key } from '../../src/core/shell/terminal.ts'
import { parseLine } from '../../src/core/shell/words.ts'
import { Desk, FakeStream, smtpServer } from '../unit/shell/fake.ts'

const PROMPT = 'alice@pc-alice:~$ '

const octets = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 60,
})
const names = commands.flatMap(({ name, aliases = [] }) => [name, ...aliases])
/** Words that lead somewhere, so that the shell is not only asked for commands that it does not know. */
const word = fc.oneof(
  fc.constantFrom(
    ...names,
    'telnet/port=25',
    'mx1',
    'mx1.rennes.example',
    '25',
    'rennes.example',
    '192.0.2.10',
    '@192.0.2.1',
    'MX',
  ),
  fc.constantFrom(
    '|',
    ';',
    "'",
    '"',
    '\\',
    '$USER',
    '-',
    '-f',
    '-n',
    '-v',
    '-s',
    '-A',
    '-d',
    '+short',
    '-x',
    '--help',
    '/etc/hosts',
    '/var/mail/alice',
    ...[
      '<',
      '>',
      '>>',
      '<<EOF',
      '<<-x',
      '\nEOF\n',
      '2>',
      'letter.eml',
      '/tmp/x',
      '-t',
      '-i',
      '-a',
      '-r',
      '-e',
      'utf-8',
    ],
  ),
  fc.constantFrom(
    'HELO x',
    'DATA',
    '.',
    'AUTH LOGIN',
    'QUIT',
    'open two.example 25',
    'send',
    'status',
    'q',
    '1',
    'bob@lyon.example',
  ),
  octets,
)
const act = fc.oneof(
  { weight: 6, arbitrary: fc.array(word, { maxLength: 6 }).map((words) => ({ type: `${words.join(' ')}\n` })) },
  { weight: 1, arbitrary: octets.map((data) => ({ type: data })) },
  { weight: 2, arbitrary: fc.constantFrom<Key>('interrupt', 'eof', 'escape').map((key) => ({ key })) },
  { weight: 2, arbitrary: fc.record({ says: octets }) },
  { weight: 1, arbitrary: fc.constantFrom('fin', 'reset', 'timeout').map((leaves) => ({ leaves }) as const) },
)

describe('the shell', () => {
  it('never throws, whatever is typed, and Ctrl-C and Ctrl-D lead back to its prompt', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), fc.boolean(), (acts, silent) => {
        const desk = new Desk().start()
        const server = silent ? new FakeStream() : smtpServer()
        desk.servers['192.0.2.10:25'] = server
        desk.servers['192.0.2.20:25'] = 'silence'
        desk.files['/var/mail/alice'] = 'From bob@lyon.example Mon Sep  7 08:00:00 2026\nSubject: x\n\ntext\n'
        desk.files['/etc/hosts'] = '127.0.0.1 localhost\n'
        for (const step of acts) {
          if ('type' in step) desk.terminal.type(step.type)
          else if ('key' in step) desk.terminal.key(step.key)
          else if ('says' in step) server.says(step.says)
          else server.leaves(step.leaves)
        }
        // Twice kills a letter; Ctrl-D closes a connection, a mailbox and the telnet prompt.
        for (const key of ['interrupt', 'interrupt', 'eof', 'interrupt'] as const) desk.terminal.key(key)
        expect(desk.screen.endsWith(PROMPT)).toBe(true)
        expect(desk.output('echo alive')).toBe('alive\n')
        expect(desk.screen.replaceAll('\x1b[H\x1b[2J\x1b[3J', '')).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/)
      }),
      { numRuns: 400 },
    )
  })

  it('takes words apart as they were quoted', () => {
    fc.assert(
      fc.property(fc.array(octets, { minLength: 1, maxLength: 6 }), (words) => {
        const quoted = words.map((text) => `'${text.replaceAll("'", "'\\''")}'`).join(' ')
        expect(parseLine(quoted, {})).toEqual({ ok: true, pipelines: [[{ words, redirections: [] }]] })
      }),
    )
  })
})

describe('the printer', () => {
  it('prints the same, however its input is cut into pieces', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '€', '😀', '\n', '\r\n', '\r', '\x1b', '\x9b', '\xff'),
      maxLength: 80,
    })
    const encode = (given: string) => Buffer.from(given, 'utf8').toString('latin1')
    fc.assert(
      fc.property(text.map(encode), fc.array(fc.nat(20)), (all, cuts) => {
        const print = (pieces: string[]) => {
          let shown = ''
          const terminal = new Desk().terminal
          terminal.print = (part) => (shown += part)
          const printer = new Printer(terminal, (key) => key)
          for (const piece of pieces) printer.put(piece)
          printer.flush()
          return shown
        }
        const pieces: string[] = []
        let rest = all
        for (const cut of cuts) {
          pieces.push(rest.slice(0, cut))
          rest = rest.slice(cut)
        }
        expect(print([...pieces, rest])).toBe(print([all]))
      }),
    )
  })

  it('stops at its limits', () => {
    let shown = ''
    const terminal = new Desk().terminal
    terminal.print = (part) => (shown += part)
    const printer = new Printer(terminal, (key) => key)
    for (let k = 0; k < LIMITS.lines + 50; k++) printer.text(`${k}\n`)
    expect(shown.endsWith(`${LIMITS.lines - 1}\nshell.cut\n`)).toBe(true)
    printer.renew()
    printer.text('again\n')
    expect(shown.endsWith('shell.cut\nagain\n')).toBe(true)
  })
})
