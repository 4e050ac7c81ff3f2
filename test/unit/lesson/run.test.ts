/** What a script says when something is not as it says. That it goes when all is well, the scripts themselves prove. */
import { describe, expect, test } from 'vitest'
import { failureText } from '../../../src/core/lesson/script-run.ts'
import { parseScript } from '../../../src/core/lesson/script.ts'
import { playScript, simFor } from '../../../src/core/lesson/sim-stage.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const WORLD = `
name: first
title: { en: One server, fr: Un serveur }
epoch: '2026-09-07T08:00:00Z'
hosts:
  mail.ici.example: { address: 192.0.2.1, services: { smtp: { limits: { idle: null } } }, mail: { domains: [ici.example] } }
  pc.ici.example: { address: 192.0.2.2 }
zones: { ici.example: { server: mail.ici.example, records: ['mail A 192.0.2.1', '@ MX 10 mail'] } }
accounts: [{ address: jean@ici.example, password: cerise, host: mail.ici.example }]
`

function play(text: string): string {
  const world = parseWorld(WORLD, 'world.yaml')
  const script = parseScript(text, 'a.txt')
  if ('errors' in world || 'errors' in script) throw new Error(JSON.stringify({ world, script }))
  return failureText(playScript(script.script, simFor(script.script, world.world)))
}
const told = (line: number, expected: string, got: string) =>
  `a.txt:${line}\n  expected: ${expected}\n  got:      ${got}`

const READY = 'S: 220 mail.ici.example ESMTP Facteur\n'

test.each([
  ['another reply', 'S: 220 nobody\n', told(1, '220 nobody', '220 mail.ici.example ESMTP Facteur')],
  ['fewer lines', `${READY}C: HELP QUIT\nS: 214 2.0.0 QUIT CRLF\n`, 'RFC 5321 section 4.1.1.10'],
  ['no reply', `${READY}C| NOOP\nS: 250 2.0.0 OK\n`, told(3, '250 2.0.0 OK', 'nothing, all is quiet')],
  ['a reply too many', `${READY}C: NOOP\n`, told(2, 'nothing more is said', '250 2.0.0 OK')],
  ['nobody listens', 'connect: mail.ici.example 26\nS: 220 ...\n', 'a connection to mail.ici.example 26'],
  ['no such host', 'connect: la.example 25\nS: 220 ...\n', told(2, 'a connection to la.example 25', 'unreachable')],
  ['still open', `${READY}S(FIN)\n`, told(2, 'the server closes the connection', 'nothing, all is quiet')],
  [
    'not reset',
    `${READY}C: QUIT\nS: 221 ...\nS(RST)\n`,
    told(4, 'the connection is reset', 'the connection ended with FIN'),
  ],
  ['already closed', `${READY}C: QUIT\nS: 221 ...\nC: NOOP\nS: 250\n`, 'the server has closed the connection'],
  ['no TLS there', `${READY}C(TLS)\n`, 'a TLS handshake'],
  ['nothing overheard', '2watch: mail.ici.example pc.ici.example 25\n2S: 220\n', 'no such connection'],
  ['no mailbox', '= paul/INBOX 0\n', told(1, 'a mailbox paul/INBOX', 'there is none')],
  ['not so many', '= jean/INBOX 1\n', told(1, 'jean/INBOX holds 1', '0')],
  ['no such text', '= jean@ici.example/INBOX 0 contains Received:\n', 'jean@ici.example/INBOX contains Received:'],
  ['not printed', 'host: pc.ici.example\n$ hostname\n> mail\n', 'a.txt:3\n  expected: mail\n'],
  ['no fault', '! break it\n', '"break it" is no fault'],
  ['a strange host', '! down la.example\n', told(1, 'down la.example', 'there is no host la.example')],
  ['no zone', '! zone la.example + @ MX 10 a\n', 'there is no zone la.example'],
  ['no record', '! zone ici.example - @ MX 99 a\n', 'has no such record'],
  ['no sound zone', '! zone ici.example - @ SOA\n', 'missing'],
  ['an alias beside', '! zone ici.example + mail CNAME pc\n', 'cname-beside'],
  ['nothing due', '@ skip\n', told(1, 'something that is due', 'nothing is')],
])('%s', (_name, text, expected) => {
  expect(play(text)).toContain(expected)
})

test('$x keeps its first value', () => {
  expect(play(`S: 220 $who ESMTP Facteur\nC: HELO pc\nS: 250 $who\n`)).toBe('')
  expect(play(`S: 220 $who ESMTP Facteur\nC: HELO $who\nS: 250 pc.ici.example\n`)).toContain(
    'got:      250 mail.ici.example',
  )
})

test('a forced answer, and one that the command does not have', () => {
  expect(play(`answers: mail.ici.example NOOP=notAvailable\n${READY}C: NOOP\nS: 421 ...\nS(FIN)\n`)).toBe('')
  expect(() => play('answers: mail.ici.example NOOP=perhaps\n@ +1s\n')).toThrow('NOOP has no outcome "perhaps"')
  expect(() => play('answers: la.example NOOP=ok\n@ +1s\n')).toThrow('there is no host la.example')
})

describe('IMAP', () => {
  const READING = WORLD.replace('services: { smtp', 'services: { imap: {}, pop3: {}, smtp')
  const play = (text: string) => {
    const world = parseWorld(READING, 'world.yaml')
    const script = parseScript(`connect: mail.ici.example 143\nS: * OK ...\n${text}`, 'a.txt')
    if ('errors' in world || 'errors' in script) throw new Error(JSON.stringify({ world, script }))
    return failureText(playScript(script.script, simFor(script.script, world.world)))
  }
  const LOGIN = 'C: a LOGIN jean cerise\nS: a OK ...\n'

  test('untagged responses in any order', () => {
    expect(play(`${LOGIN}C: b SELECT INBOX\nS: * 0 RECENT\nS: * 0 EXISTS\nS: ...\nS: b OK [READ-WRITE] ...\n`)).toBe('')
  })

  test('what no line names must not come', () => {
    expect(play(`${LOGIN}C: b STATUS INBOX (MESSAGES)\nS: b OK ...\n`)).toContain(
      'expected: b OK ...\n  got:      * STATUS INBOX (MESSAGES 0)',
    )
  })

  test('what a line names must come', () => {
    expect(play('C: a NOOP\nS: * 1 EXISTS\nS: a OK ...\n')).toContain('got:      a OK NOOP completed')
    expect(play('S: * 1 EXISTS\n')).toContain('got:      nothing, all is quiet')
  })

  test('what is left over is told', () => {
    expect(play('C: a NOOP\n')).toContain('expected: nothing more is said')
  })

  test('two sessions, of which one is told of what the other does', () => {
    const text = `${LOGIN}
2S: * OK ...
2C: x LOGIN jean cerise
2S: x OK ...
2C: y SELECT INBOX
2S: * 0 EXISTS
2S: ...
2S: y OK ...
2C: z IDLE
2S: + ...
C: b APPEND INBOX {6}
S: + ...
C: a: b
C:
S: b OK [APPENDUID $validity 1] ...
2S: * 1 EXISTS
2S: * 1 RECENT
2C: DONE
2S: z OK ...
2C: w FETCH 1 (UID BODY[])
2S: * 1 FETCH (UID 1 BODY[] {6}
2S: a: b
2S:  FLAGS (\\Seen \\Recent))
2S: w OK ...
`
    expect(play(text)).toBe('')
  })
})

test('a domain of one’s own: the zone is changed, and mail arrives, also when the primary is killed', () => {
  const text = `host: pc-claire.lyon.example
! zone rennes.example - @ MX 20 mx2
! zone rennes.example + @ MX 15 mx2
! zone moi.example on dns.rennes.example + @ MX 10 mx1.rennes.example.
$ dig +short moi.example MX
> 10 mx1.rennes.example.
$ dig +short rennes.example MX
> 15 mx2.rennes.example.
! down mx1.rennes.example
$ echo hello | mail -s y alice@rennes.example
@ +1m
! up mx1.rennes.example
@ +60m
= alice@rennes.example/INBOX 3 contains hello
`
  const script = parseScript(text, 'a.txt')
  if ('errors' in script) throw new Error(JSON.stringify(script))
  expect(failureText(playScript(script.script, simFor(script.script, readWorld('src/worlds/campus.yaml'))))).toBe('')
})
