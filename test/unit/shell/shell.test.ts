import { describe, expect, it } from 'vitest'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import { commands } from '../../../src/core/shell/commands.ts'
import en from '../../../src/texts/shell.en.ts'
import fr from '../../../src/texts/shell.fr.ts'
import { Desk } from './fake.ts'

const PROMPT = 'alice@pc-alice:~$ '

describe('the prompt', () => {
  it('welcomes, shows who and where, and comes back after each command', () => {
    const desk = new Desk().start()
    expect(desk.screen).toBe(`${en['shell.welcome'].replace('{host}', 'pc-alice.rennes.example')}\n${PROMPT}`)
    expect(desk.type('whoami')).toBe(`whoami\nalice\n${PROMPT}`)
    expect(desk.type('')).toBe(`\n${PROMPT}`)
  })

  it('runs commands in order, and pipes', () => {
    const desk = new Desk().start()
    expect(desk.output('echo a; echo b')).toBe('a\nb\n')
    expect(desk.output("printf '\\0alice\\0secret' | base64")).toBe('AGFsaWNlAHNlY3JldA==\n')
    expect(desk.output('echo QUxJQ0U= | base64 -d | cat')).toBe('ALICE')
  })

  it('reads on while a quote is open', () => {
    const desk = new Desk().start()
    expect(desk.type("echo 'one")).toBe("echo 'one\n> ")
    expect(desk.type("two'")).toBe(`two'\none\ntwo\n${PROMPT}`)
    expect(desk.type('echo "open')).toContain('> ')
    expect(desk.key('interrupt')).toBe(`^C\n${PROMPT}`)
    desk.type('echo "open')
    expect(desk.key('eof')).toBe('bash: unexpected EOF while looking for matching `"\'\n' + PROMPT)
  })

  it('begins a new session after Ctrl-D and after exit', () => {
    const desk = new Desk().start()
    expect(desk.key('eof')).toMatch(/^logout\n[^]*alice@pc-alice:~\$ $/)
    expect(desk.type('exit')).toMatch(/^exit\nlogout\n[^]*alice@pc-alice:~\$ $/)
    expect(desk.output('hostname')).toBe('pc-alice.rennes.example\n')
  })

  it('says what is wrong with a line', () => {
    const desk = new Desk().start()
    expect(desk.output('telent mx1')).toBe('bash: telent: command not found\nDid you mean "telnet"?\n')
    expect(desk.output('frobnicate')).toBe('bash: frobnicate: command not found\n')
    expect(desk.output('| cat')).toBe("bash: syntax error near unexpected token `|'\n")
    expect(desk.output('echo a 2> file')).toContain('Real shells know 2>')
    expect(desk.output('echo a >& file')).toContain('Real shells know >&')
    expect(desk.output('echo $(date)')).toContain('Real shells know $(')
    expect(desk.output('echo a | telnet mx1')).toContain('telnet reads nothing from a pipe')
    expect(desk.output('tcpdump | cat')).toContain('tcpdump does not feed a pipe')
    expect(desk.output('RCPT TO:<bob@rennes.example>')).toContain('RCPT is a word of SMTP')
    expect(desk.output('helo there')).toContain('HELO is a word of SMTP')
  })

  it('makes control characters of typed words visible', () => {
    const desk = new Desk().start()
    expect(desk.output('\x1b[2Jx')).not.toContain('\x1b')
    expect(desk.output("printf '\\033[2J\\x9b'")).toBe('\u241b[2J\ufffd')
  })

  it('keeps a history without passwords', () => {
    const desk = new Desk().start()
    desk.type('echo one', "printf '\\0alice\\0tournesol' | base64", '')
    expect(desk.output('history')).toBe('    1  echo one\n    2  history\n')
    const secrets = desk.notes.flatMap((note) => (note.kind === 'typed' && note.secret ? [note.text] : []))
    expect(secrets).toEqual(["printf '\\0alice\\0tournesol' | base64\n"])
  })
})

describe('help', () => {
  it('has a sentence for each command, in both languages', () => {
    const desk = new Desk().start()
    const help = desk.output('help')
    for (const { name, summary, synopsis } of commands) {
      expect(help).toContain(synopsis)
      expect(en).toHaveProperty([summary])
      expect(fr).toHaveProperty([summary])
      expect(desk.output(`help ${name}`)).toBe(desk.output(`${name} --help`))
    }
    expect(desk.output('man nosuch')).toContain('nosuch')
  })

  it('has the same parameters in both languages', () => {
    const parameters = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect(parameters(fr[key]), key).toEqual(parameters(en[key]))
  })
})

describe('small commands', () => {
  it('echo and printf as bash has them', () => {
    const desk = new Desk().start()
    expect(desk.output('echo -n \'a  b\' "c\\$USER$USER" d\\ e')).toBe('a  b c$USERalice d e')
    expect(desk.output("echo 'a\\n'")).toBe('a\\n\n')
    expect(desk.output("echo -e 'a\\tb\\101'")).toBe('a\tbA\n')
    expect(desk.output("printf '%s=%03d%%\\n' a 7 b 42")).toBe('a=007%\nb=042%\n')
    expect(desk.output("printf 'é%s\\n' è")).toBe('éè\n')
    expect(desk.output('printf')).toContain('usage: printf')
  })

  it('date, hostname, md5sum', () => {
    const desk = new Desk().start()
    expect(desk.output('date')).toBe('Mon Sep  7 10:00:00 CEST 2026\n')
    expect(desk.output('date -R')).toBe('Mon, 07 Sep 2026 10:00:00 +0200\n')
    expect(desk.output('hostname -s; hostname -I')).toBe('pc-alice\n192.0.2.50\n')
    expect(desk.output("printf '<1896.697170952@dbc.mtview.ca.us>tanstaaf' | md5sum")).toBe(
      'c4c9334bac560ecc979e58001b3e22fb  -\n',
    )
  })

  it('base64 wraps, and refuses what is none', () => {
    const desk = new Desk().start()
    const encoded = desk.output(`printf '${'x'.repeat(60)}' | base64`)
    expect(encoded.split('\n').map((line) => line.length)).toEqual([76, 4, 0])
    expect(desk.output("printf '!' | base64 -d")).toBe('base64: invalid input\n')
  })

  it('clear sends what a terminal understands', () => {
    expect(new Desk().start().output('clear')).toBe('\x1b[H\x1b[2J\x1b[3J')
  })
})

describe('files', () => {
  it('cat, tail, ls and their complaints', () => {
    const desk = new Desk().start()
    desk.files['/var/log/mail.log'] = Array.from({ length: 12 }, (_, k) => `line ${k + 1}\n`).join('')
    desk.files['/etc/hosts'] = '127.0.0.1 localhost\r\nlast'
    expect(desk.output('tail -n 2 /var/log/mail.log')).toBe('line 11\nline 12\n')
    expect(desk.output('tail -1 /var/log/mail.log; tail -n +12 /var/log/mail.log')).toBe('line 12\nline 12\n')
    expect(desk.output('tail /var/log/mail.log | cat -n').split('\n')[0]).toBe('     1\tline 3')
    expect(desk.output('cat -A /etc/hosts')).toBe('127.0.0.1 localhost^M$\nlast')
    expect(desk.output('cat ../../etc/./hosts')).toContain('last')
    expect(desk.output('cat nosuch')).toBe('cat: nosuch: No such file or directory\n')
    expect(desk.output('cat /etc')).toBe('cat: /etc: Is a directory\n')
    expect(desk.output('ls /var/log')).toBe('mail.log\n')
    expect(desk.output('ls /nosuch')).toBe("ls: cannot access '/nosuch': No such file or directory\n")
    expect(desk.output('ls')).toBe('')
    expect(desk.output('tail -q')).toContain("tail: invalid option -- 'q'")
    expect(desk.output('tail -n many /etc/hosts')).toBe("tail: invalid number of lines: 'many'\n")
  })

  it('tail -f goes on until Ctrl-C', () => {
    const desk = new Desk().start()
    desk.files['/var/log/mail.log'] = 'old\n'
    expect(desk.output('tail -f /var/log/mail.log')).toBe('old\n')
    desk.followed.put('new\n')
    expect(desk.read()).toBe('new\n')
    expect(desk.key('interrupt')).toBe(`^C\n${PROMPT}`)
    expect(desk.followed.waiting).toBe(0)
  })

  it('cat without a file says what is typed, until Ctrl-D', () => {
    const desk = new Desk().start()
    desk.type('cat | md5sum', 'abc')
    expect(desk.key('eof')).toBe(`0bee89b07a248e27c83fc3d5951213c1  -\n${PROMPT}`)
  })

  it('cuts what is too long, and says so', () => {
    const desk = new Desk().start()
    desk.files['/var/mail/alice'] = 'a line of mail\n'.repeat(100_000)
    const output = desk.output('cat /var/mail/alice')
    expect(output.split('\n')).toHaveLength(2002)
    expect(output).toContain('[Cut here: no more than 2000 lines')
    desk.files['/exact'] = 'x\n'.repeat(2000)
    expect(desk.output('cat /exact')).toBe(desk.files['/exact'])
    desk.files['/long'] = utf8Octets('é'.repeat(1_000_000))
    expect(desk.output('cat /long')).toBe(`${'é'.repeat(5000)}…`)
  })
})

describe('the queue', () => {
  it('is shown as Postfix shows it', () => {
    const desk = new Desk().start()
    expect(desk.output('mailq')).toBe('Mail queue is empty\n')
    const reason = 'connect to mx1.lyon.example[198.51.100.10]:25: Connection refused'
    desk.queue = [
      {
        id: 'A1B2C3D4',
        state: 'deferred',
        size: 512,
        arrived: 'Mon Sep  7 10:00:00',
        sender: 'alice@rennes.example',
        recipients: [
          { address: 'bob@lyon.example', reason, next: 'Mon Sep  7 10:05:00' },
          { address: 'carol@lyon.example', reason, next: 'Mon Sep  7 10:05:00' },
        ],
      },
      {
        id: 'F0',
        state: 'active',
        size: 700,
        arrived: 'Mon Sep  7 10:00:01',
        sender: '',
        recipients: [{ address: 'x@y.example', reason: null, next: null }],
      },
    ]
    expect(desk.output('mailq').split('\n')).toEqual([
      '-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------',
      'A1B2C3D4         512 Mon Sep  7 10:00:00  alice@rennes.example',
      `(${reason})`.padStart(79),
      `${' '.repeat(41)}bob@lyon.example`,
      `${' '.repeat(41)}carol@lyon.example`,
      '',
      'F0*              700 Mon Sep  7 10:00:01  MAILER-DAEMON',
      `${' '.repeat(41)}x@y.example`,
      '',
      '-- 2 Kbytes in 2 Requests.',
      '',
    ])
    expect(desk.output('mailq -v')).toContain('bob@lyon.example  (deferred, again Mon Sep  7 10:05:00)\n')
    expect(desk.output('mailq -v')).toContain('x@y.example\n')
    desk.type('sendmail -q')
    expect(desk.flushed).toBe(1)
  })
})
