import { expect, test } from 'vitest'
import { occurrences } from '../../../src/core/lesson/occurrences.ts'
import { parseScript } from '../../../src/core/lesson/script.ts'

function met(...lines: string[]): string[] {
  const parsed = parseScript(lines.join('\n'), 'a.txt')
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors))
  return [...occurrences(parsed.script)]
}

test('commands, codes and fields, each once, in the language of the port', () => {
  const lines = [
    '$ telnet mx1.a.example 25',
    '> 220 ...',
    '$ helo a',
    '> 250 ...',
    '$ MAIL FROM:<a@a.example>',
    '$ DATA',
  ]
  expect(met(...lines, '$ Subject: x', '$ From: a', '$', '$ To: nobody', '$ .', '$ QUIT', '$ QUIT')).toEqual([
    'code 220',
    'smtp HELO',
    'code 250',
    'smtp MAIL',
    'smtp DATA',
    'field subject',
    'field from',
    'smtp QUIT',
  ])
  expect(met('$ telnet a.example 110', '$ STAT', '> +OK ...')).toEqual(['pop3 STAT', 'code +OK'])
  expect(met('$ telnet a.example 143', '$ a1 UID FETCH 1 FLAGS', '> a1 NO ...')).toEqual(['imap UID FETCH', 'code NO'])
})

test('what is typed at the shell, or is no command, is none', () => {
  expect(met('$ dig MX a.example', '$ mail -s QUIT a@a.example')).toEqual([])
  expect(met('$ telnet a.example 25', '$ RESET', '$ HE')).toEqual([])
})
