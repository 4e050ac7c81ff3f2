/** What extensions add: RFC 3894, 5173, 5229, 5232, 5233, 5429, 5490, 7352; and what RFC 5228 says of actions together. */
import { describe, expect, it } from 'vitest'
import { A, done, holds, lines, result } from './mail.ts'

const IMPLICIT = ['keep (implicit)']

describe('actions together', () => {
  const run = (commands: string) => done(`require ["fileinto", "copy", "reject", "ereject"]; ${commands}`, A)
  const trouble = (commands: string) => {
    const { actions, trouble } = result(`require ["fileinto", "copy", "reject", "variables"];\n${commands}`, A)
    if (trouble !== null) expect(actions).toEqual([{ does: 'keep', flags: [], implicit: true, line: null }])
    return trouble && `${trouble.line} ${trouble.message}`
  }

  it('copy leaves the implicit keep', () => {
    expect(run('fileinto :copy "incoming";')).toEqual(['fileinto incoming', ...IMPLICIT])
    expect(run('redirect :copy "a@b.example";')).toEqual(['redirect a@b.example', ...IMPLICIT])
    expect(run('fileinto :copy "a"; discard;')).toEqual(['fileinto a', 'discard'])
    expect(run('fileinto :copy "a"; fileinto "a";')).toEqual(['fileinto a'])
  })

  it('what is asked for twice is done once', () => {
    expect(run('fileinto "a"; fileinto "b"; fileinto "a"; keep; keep;')).toEqual(['fileinto a', 'fileinto b', 'keep'])
    expect(run('redirect "a@B.example"; redirect "a@b.EXAMPLE"; redirect "A@b.example";')).toEqual([
      'redirect a@B.example',
      'redirect A@b.example',
    ])
    expect(run('keep; fileinto "inbox";')).toEqual(['keep'])
    expect(run('fileinto :copy "INBOX";')).toEqual(['fileinto INBOX'])
  })

  it('each knows its line; only the keep that nobody asked for has none', () => {
    const { actions } = result(lines('require ["fileinto", "copy"];', '', 'fileinto :copy "a";'), A)
    expect(actions.map(({ line }) => line)).toEqual([3, null])
    expect(result('\n\nkeep;', A).actions).toEqual([{ does: 'keep', flags: [], implicit: false, line: 3 }])
  })

  it('reject, its reason in several lines, dots unstuffed', () => {
    const text = lines(
      'require "reject";',
      'reject text: # why',
      'I am not taking mail from you,',
      '..',
      '.really.',
      '.',
      ';',
    )
    expect(done(text, A)).toEqual(['reject I am not taking mail from you,\r\n.\r\n.really.\r\n'])
    expect(run('ereject "no";')).toEqual(['reject no'])
    expect(run('discard; reject "no"; discard;')).toEqual(['discard', 'reject no'])
  })

  it('reject goes with no delivery, and once', () => {
    for (const other of ['keep;', 'fileinto "a";', 'redirect "a@b.example";', 'fileinto :copy "a";']) {
      expect(trouble(`reject "no";\n${other}`)).toMatch(/^3 .*conflicts with other action: the reject action/)
      expect(trouble(`${other}\nreject "no";`)).toMatch(/^3 reject action conflicts/)
    }
    expect(trouble('reject "no"; reject "no";')).toContain('duplicate reject action not allowed')
  })

  it('limits', () => {
    const redirects = (count: number) => Array.from({ length: count }, (_, k) => `redirect "a${k}@b.example";`).join('')
    expect(trouble(redirects(4))).toBeNull()
    expect(trouble(redirects(5))).toContain('number of redirect actions exceeds policy limit (5 > 4)')
    const files = (count: number) => Array.from({ length: count }, (_, k) => `fileinto "a${k}";`).join('')
    expect(trouble(files(32))).toBeNull()
    expect(trouble(files(33))).toContain('total number of actions exceeds policy limit (33 > 32)')
  })

  it('a script may not compare for hours', () => {
    const text = `require "body"; if body :raw :matches "*${'?'.repeat(1000)}*" { discard; }`
    const { actions, trouble } = result(text, `\r\n${'a'.repeat(5_000_000)}`)
    expect(trouble?.message).toContain('compares more than it may')
    expect(actions).toHaveLength(1)
  })

  it('what only shows when it runs', () => {
    expect(trouble('set "to" "nobody";\nredirect "${to}";')).toBe("3 specified redirect address 'nobody' is invalid")
    expect(trouble('fileinto "${nothing}";')).toContain('invalid mailbox name')
    expect(trouble('set "h" "subject"; if address "${h}" "a" { stop; }')).toContain('not allowed for the address test')
  })
})

describe('variables (RFC 5229)', () => {
  const value = (commands: string, name = 'a', content = A) =>
    done(`require ["variables", "fileinto"]; ${commands} fileinto "<\${${name}}>";`, content)[0]!.slice(
      'fileinto '.length,
    )

  it('are filled in, in one pass, whatever their case', () => {
    const of = (text: string) => value(`set "company" "ACME"; set "a" "${text}";`)
    expect(of('&%${}!')).toBe('<&%${}!>')
    expect(of('${doh!}')).toBe('<${doh!}>')
    expect(of('${full}')).toBe('<>')
    expect(of('${company}')).toBe('<ACME>')
    expect(of('${BAD${Company}')).toBe('<${BADACME>')
    expect(of('${President, ${Company} Inc.}')).toBe('<${President, ACME Inc.}>')
    expect(of('${com\\pany}')).toBe('<ACME>')
    expect(of('\\\\${company}')).toBe('<\\ACME>')
    expect(value('set "dollar" "$"; set "a" "regarding ${dollar}{beep}";')).toBe('<regarding ${beep}>')
  })

  it('stay text where they are not required', () => {
    expect(done('require "fileinto"; fileinto "${a}";', A)).toEqual(['fileinto ${a}'])
  })

  it('modifiers', () => {
    const of = (modifiers: string, text = 'juMBlEd lETteRS') => value(`set ${modifiers} "a" "${text}";`)
    expect(of('')).toBe('<juMBlEd lETteRS>')
    expect(of(':length')).toBe('<15>')
    expect(of(':lower')).toBe('<jumbled lETteRS>'.toLowerCase())
    expect(of(':upper')).toBe('<JUMBLED LETTERS>')
    expect(of(':upperfirst')).toBe('<JuMBlEd lETteRS>')
    expect(of(':upperfirst :lower')).toBe('<Jumbled letters>')
    expect(of(':lowerfirst :upper')).toBe('<jUMBLED LETTERS>')
    expect(of(':quotewildcard', 'Rock*')).toBe('<Rock\\*>')
    expect(of(':length :quotewildcard', 'Rock*')).toBe('<6>')
    expect(of(':length', '\xc3\xa9t\xc3\xa9')).toBe('<3>')
    expect(of(':upper', '\xc3\xa9t\xc3\xa9')).toBe('<\xc3\xa9T\xc3\xa9>')
  })

  it('of wildcards', () => {
    const list = lines('List-ID: Fans of acme <users@acme.example>', '')
    expect(value('if header :matches "List-ID" "*<*@*" {}', '2', list)).toBe('<users>')
    const subject = lines('Subject: [acme-users] [fwd] version 1.0 is out', '')
    expect(value('if header :matches "Subject" "[*] *" {}', '1', subject)).toBe('<acme-users>')
    expect(value('if header :matches "Subject" "[*] *" {}', '02', subject)).toBe('<[fwd] version 1.0 is out>')
    const to = lines('To: coyote@ACME.Example.COM', '')
    const test = 'if address :matches ["To", "Cc"] ["coyote@**.com", "wile@**.com"] {}'
    expect(['0', '1', '2', '3'].map((name) => value(test, name, to))).toEqual([
      '<coyote@ACME.Example.COM>',
      '<>',
      '<ACME.Example>',
      '<>',
    ])
    expect(value('if anyof (true, address :domain :matches "To" "*.com") {}', '1', to)).toBe('<>')
    expect(value(`${test} if header :matches "To" "nobody*" {}`, '2', to)).toBe('<ACME.Example>')
    expect(value('if header :matches "To" "c?y?te*" {}', '2', to)).toBe('<o>')
  })

  it('the test string', () => {
    const test =
      'set "state" "on"; set "state" "${state} pending"; if string :matches " ${state} " "* pending *" { discard; }'
    expect(done(`require "variables"; ${test}`, A)).toEqual(['discard'])
    expect(holds('string "" ""', A, 'require "variables";')).toBe(true)
  })

  it('what is too long is cut, between characters', () => {
    const text = 'set "a" "0123456789abcdef"; ' + 'set "a" "${a}${a}";'.repeat(9)
    expect(value(`${text} set :length "b" "x\${a}";`, 'b')).toBe('<4097>')
    expect(
      value(`set "e" "\xc3\xa9"; ${'set "e" "${e}${e}";'.repeat(11)} set "c" "x\${e}"; set :length "b" "\${c}";`, 'b'),
    ).toBe('<2048>')
  })
})

describe('imap4flags (RFC 5232)', () => {
  const run = (commands: string) => done(`require ["imap4flags", "fileinto", "variables", "copy"]; ${commands}`, A)

  it('flags of keep, fileinto and the implicit keep', () => {
    expect(run('setflag "\\\\Seen";')).toEqual(['keep (implicit) [\\Seen]'])
    expect(run('keep :flags ["\\\\flagged", "$Junk"];')).toEqual(['keep [\\Flagged $Junk]'])
    expect(run('setflag "\\\\Seen"; fileinto "a"; setflag ""; fileinto "b";')).toEqual([
      'fileinto a [\\Seen]',
      'fileinto b',
    ])
    expect(run('setflag "\\\\Seen"; keep :flags "";')).toEqual(['keep'])
    expect(run('fileinto :flags "x" "a"; fileinto :flags "y" "a";')).toEqual(['fileinto a [y]'])
  })

  it('adds and removes, in any case, blanks between', () => {
    const both = ['addflag "\\\\Deleted"; addflag "\\\\Answered";', 'addflag "  \\\\Deleted   \\\\Answered ";']
    for (const text of both) expect(run(text)).toEqual(['keep (implicit) [\\Deleted \\Answered]'])
    expect(run('addflag ["a b", "A"]; removeflag "B c";')).toEqual(['keep (implicit) [a]'])
    expect(run('addflag "\\\\Recent \\\\Nonsense b(d {} \xc3\xa9 ok";')).toEqual(['keep (implicit) [ok]'])
  })

  it('in variables', () => {
    expect(run('setflag "flagvar" "\\\\Flagged"; fileinto :flags "${flagvar}" "Boss";')).toEqual([
      'fileinto Boss [\\Flagged]',
    ])
    expect(run('addflag "v" "a b"; removeflag "v" "A"; if hasflag "v" "b" { discard; }')).toEqual(['discard'])
  })

  it('hasflag', () => {
    const has = (test: string) =>
      run(`setflag "A B"; setflag "MyVar" "NonJunk Junk gnus-forward"; if ${test} { discard; }`)[0]
    for (const test of ['hasflag :is "b A"', 'hasflag ["b","A"]', 'hasflag :contains "MyVar" "forward"'])
      expect(has(test)).toBe('discard')
    expect(has('hasflag :contains "MyVar" ["label", "forward"]')).toBe('discard')
    expect(has('hasflag :contains "MyVar" "label"')).not.toBe('discard')
    expect(has('hasflag "C"')).not.toBe('discard')
  })
})

describe('body (RFC 5173)', () => {
  const mixed = lines(
    'From: Whomever',
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    'This is a multi-part message in MIME format.',
    '--outer',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    'This is a nested multi-part message in MIME format.',
    '--inner',
    'Content-Type: text/plain; charset="iso-8859-1"',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Hello caf=E9',
    '--inner',
    'Content-Type: text/html',
    '',
    '<html><body>Hello <b>ag</b>ain</body></html>',
    '--inner--',
    'This is the end of the inner MIME multipart.',
    '--outer',
    'Content-Type: message/rfc822',
    '',
    'From: Someone Else',
    'Subject: hello request',
    '',
    'Please say Hello',
    '--outer--',
    'This is the end of the outer MIME multipart.',
  )
  const of = (test: string, content = mixed) => holds(test, content, 'require ["body", "variables"];')

  it('finds what the RFC marks', () => {
    expect(of('body :content "multipart" :contains "end of the inner MIME"')).toBe(true)
    expect(of('body :content "multipart" :contains "nested"')).toBe(true)
    expect(of('body :content "multipart" :contains "Hello"')).toBe(false)
    expect(of('body :content "text/plain" :contains "Please say Hello"')).toBe(true)
    expect(of('body :content "text/html" :contains "<b>"')).toBe(true)
    expect(of('body :content "message/rfc822" :contains "Subject: Hello"')).toBe(true)
    expect(of('body :content "message/rfc822" :contains "Please"')).toBe(false)
    expect(of('body :content ["text/", "/plain", "a/b/c"] :contains ""')).toBe(false)
    expect(of('body :content "audio/mp3" :contains ""')).toBe(false)
    expect(of('body :content "" :contains "Please"')).toBe(true)
  })

  it('decodes text, and leaves raw what it is', () => {
    expect(of('body :contains "caf\xc3\xa9"')).toBe(true)
    expect(of('body :contains "hello again"')).toBe(true)
    expect(of('body :contains "<b>"')).toBe(false)
    expect(of('body :raw :contains "caf=E9"')).toBe(true)
    expect(of('body :raw :contains "Whomever"')).toBe(false)
  })

  it('a header alone has no body, an empty one is empty', () => {
    expect(of('body :raw :contains ""', 'Subject: x\r\n')).toBe(false)
    expect(of('body :text :is ""', 'Subject: x\r\n')).toBe(false)
    expect(of('body :raw :is ""', 'Subject: x\r\n\r\n')).toBe(true)
  })

  it('sets no variables', () => {
    expect(of('allof (body :raw :matches "*", string "${0}" "")')).toBe(true)
  })
})

describe('small extensions', () => {
  it('subaddress (RFC 5233)', () => {
    const of = (test: string, to: string) => holds(test, A, 'require ["envelope", "subaddress"];', { to })
    expect(of('envelope :detail "to" "mta-filters"', 'ken+mta-filters@example.com')).toBe(true)
    expect(of('envelope :user "to" "ken"', 'ken+mta-filters@example.com')).toBe(true)
    expect(of('envelope :user "to" "postmaster"', 'postmaster@example.com')).toBe(true)
    expect(of('envelope :detail "to" ""', 'ken+@example.com')).toBe(true)
    expect(of('envelope :detail :contains "to" ""', 'ken@example.com')).toBe(false)
  })

  it('mailbox (RFC 5490)', () => {
    const text = 'require ["mailbox", "fileinto"]; fileinto :create "a";'
    expect(result(text, A).actions).toEqual([{ does: 'fileinto', mailbox: 'a', flags: [], create: true, line: 1 }])
    const mailboxExists = (name: string) => name === 'a'
    expect(holds('mailboxexists "a"', A, 'require "mailbox";', { mailboxExists })).toBe(true)
    expect(holds('mailboxexists ["a", "b"]', A, 'require "mailbox";', { mailboxExists })).toBe(false)
  })

  it('duplicate (RFC 7352)', () => {
    const asked: [string, number, boolean][] = []
    const known = new Set<string>()
    const seen = (key: string, seconds: number, last: boolean) => {
      asked.push([key, seconds, last])
      const before = known.has(key)
      known.add(key)
      return before
    }
    const of = (test: string, content: string) => holds(test, content, 'require ["duplicate"];', { seen })
    const mail = lines('Message-ID:  <1@a.example> ', 'Message-ID: <2@a.example>', '')
    expect(of('duplicate', mail)).toBe(false)
    expect(of('duplicate', mail)).toBe(true)
    expect(of('duplicate :header "message-id"', mail)).toBe(true)
    expect(of('duplicate :uniqueid "<1@a.example>"', A)).toBe(true)
    expect(of('duplicate :handle "other" :seconds 60 :last', mail)).toBe(false)
    expect(asked.at(-1)).toEqual(['other\0<1@a.example>', 60, true])
    expect(of('anyof (duplicate :uniqueid "n", duplicate :uniqueid "n")', A)).toBe(false)
    const before = asked.length
    expect([of('duplicate', A), of('duplicate :seconds 0', mail)]).toEqual([false, false])
    expect(asked).toHaveLength(before)
  })
})
