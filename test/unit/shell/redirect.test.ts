import { describe, expect, it } from 'vitest'
import { parseLine } from '../../../src/core/shell/words.ts'
import { Desk } from './fake.ts'

const PROMPT = 'alice@pc-alice:~$ '
const LETTER = '/home/' + 'alice/letter.eml'

describe('redirections', () => {
  it('write, append and read files', () => {
    const desk = new Desk().start()
    expect(desk.output('echo one > letter.eml; echo two >> letter.eml; cat < letter.eml')).toBe('one\ntwo\n')
    expect(desk.files[LETTER]).toBe('one\ntwo\n')
    expect(desk.output('cat letter.eml | tail -1 >/tmp/x; cat /tmp/x')).toBe('two\n')
    expect(desk.output('> letter.eml; cat letter.eml')).toBe('')
    expect(desk.output('echo "a > b"')).toBe('a > b\n')
  })

  it('give to the file and not to the pipe, and to the last file of several', () => {
    const desk = new Desk().start()
    expect(desk.output('echo x > letter.eml | cat')).toBe('')
    expect(desk.output('echo y > /tmp/one > /tmp/two; cat /tmp/one /tmp/two')).toBe('y\n')
  })

  it('empty a file before the command reads it, as every shell does', () => {
    const desk = new Desk().start()
    desk.files[LETTER] = 'precious\n'
    expect(desk.output('cat letter.eml > letter.eml; cat letter.eml')).toBe('')
  })

  it("complain in bash's words, and do not run the command", () => {
    const desk = new Desk().start()
    desk.files['/etc/hosts'] = 'x'
    expect(desk.output('cat < nosuch')).toBe('bash: nosuch: No such file or directory\n')
    expect(desk.output('echo a > /etc')).toBe('bash: /etc: Is a directory\n')
    expect(desk.output('cat < /etc')).toBe('bash: /etc: Is a directory\n')
    expect(desk.output('echo a > /etc/hosts')).toBe('bash: /etc/hosts: Permission denied\n')
    expect(desk.output('cat <')).toBe("bash: syntax error near unexpected token `newline'\n")
    expect(desk.output('cat < ; echo')).toBe("bash: syntax error near unexpected token `;'\n")
    desk.refused = 'No space left on device'
    expect(desk.output('echo a > letter.eml')).toBe('bash: letter.eml: No space left on device\n')
    desk.refused = null
    expect(desk.output('telnet mx1 < letter.eml')).toContain('telnet reads nothing from a pipe or a file')
    expect(desk.output('tcpdump > letter.eml')).toContain('tcpdump does not feed a pipe or a file')
  })

  it('leave what has come so far in the file when Ctrl-C ends the command', () => {
    const desk = new Desk().start()
    desk.files['/var/log/mail.log'] = 'old\n'
    desk.type('tail -f /var/log/mail.log > letter.eml')
    desk.followed.put('new\n')
    expect(desk.key('interrupt')).toBe(`^C\n${PROMPT}`)
    expect(desk.files[LETTER]).toBe('old\nnew\n')
  })

  it('take what is typed until Ctrl-D', () => {
    const desk = new Desk().start()
    desk.type('cat > letter.eml', 'Subject: x', '', 'text')
    expect(desk.key('eof')).toBe(PROMPT)
    expect(desk.files[LETTER]).toBe('Subject: x\n\ntext\n')
  })
})

describe('here-documents', () => {
  it('end at their own line, with variables in them unless the word is quoted', () => {
    const desk = new Desk().start()
    expect(desk.type('cat > letter.eml <<EOF')).toContain('> ')
    expect(desk.type('To: $USER \\$1 "x"', ' EOF', 'EOF')).toContain(PROMPT)
    expect(desk.files[LETTER]).toBe('To: alice $1 "x"\n EOF\n')
    desk.type("cat <<'END' | cat -n; echo done", '$USER')
    expect(desk.type('END')).toBe(`END\n     1\t$USER\ndone\n${PROMPT}`)
    desk.type('cat <<-END', '\tone')
    expect(desk.type('\tEND')).toBe(`\tEND\none\n${PROMPT}`)
  })

  it('may be two in one line', () => {
    const desk = new Desk().start()
    desk.type('cat <<A; cat <<B', 'a', 'A', 'b')
    expect(desk.type('B')).toBe(`B\na\nb\n${PROMPT}`)
  })

  it('are ended by Ctrl-D with a warning, and by Ctrl-C for good', () => {
    const desk = new Desk().start()
    desk.type('cat <<EOF', 'one')
    expect(desk.key('eof')).toBe(
      `bash: warning: here-document delimited by end-of-file (wanted \`EOF')\none\n${PROMPT}`,
    )
    desk.type('cat <<EOF', 'one')
    expect(desk.key('interrupt')).toBe(`^C\n${PROMPT}`)
  })

  it('never wait for a line that cannot come', () => {
    expect(parseLine("cat <<'a\nb'", {})).toEqual({ ok: false, why: 'unexpected', token: 'newline' })
    expect(parseLine('cat <<\n', {})).toMatchObject({ ok: false, why: 'unexpected' })
    expect(parseLine('cat <<<x', {})).toEqual({ ok: false, why: 'operator', token: '<<<' })
  })

  it('of ten thousand lines are read in the time of ten thousand lines', () => {
    const desk = new Desk().start()
    desk.type('cat > letter.eml <<EOF', ...Array.from({ length: 10_000 }, (_, k) => `line ${k}`), 'EOF')
    expect(desk.files[LETTER]!.split('\n')).toHaveLength(10_001)
  }, 5000)
})

describe('files', () => {
  it('rm removes, and complains as GNU does', () => {
    const desk = new Desk().start()
    desk.files[LETTER] = 'x'
    expect(desk.output('rm letter.eml; ls')).toBe('')
    expect(desk.output('rm letter.eml')).toBe("rm: cannot remove 'letter.eml': No such file or directory\n")
    expect(desk.output('rm -f letter.eml; rm')).toBe('rm: missing operand\n')
  })

  it('ls -l shows sizes', () => {
    const desk = new Desk().start()
    desk.files[LETTER] = 'x'.repeat(1234)
    expect(desk.output('ls -l')).toBe('-rw-r--r-- 1 alice alice     1234 Sep  7 10:00 letter.eml\n')
    expect(desk.output('ls -l letter.eml')).toBe(desk.output('ls -l'))
  })
})
