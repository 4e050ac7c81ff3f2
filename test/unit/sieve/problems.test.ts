/** What is wrong with a script, where, and in which words. */
import { describe, expect, it } from 'vitest'
import { parseSieve } from '../../../src/core/sieve/parse.ts'
import { lines, problems } from './mail.ts'

const first = (text: string) => problems(text)[0]
const count = (text: string) => problems(text).length

describe('problems of a script', () => {
  it('a good one has none', () => {
    expect(parseSieve(lines('require "fileinto";', 'fileinto "a";'))).toHaveProperty('script.requires', ['fileinto'])
    expect(problems('')).toEqual([])
    expect(problems('# nothing')).toEqual([])
    expect(problems('if true {}')).toEqual([])
    expect(problems('KEEP;\nIf Not TRUE { Stop; }\n')).toEqual([])
  })

  it('what it needs is not required', () => {
    expect(problems('fileinto "a"; fileinto "b";')).toEqual([
      `1:1 unknown command 'fileinto' (missing require "fileinto"?)`,
    ])
    expect(first('if envelope "from" "a" { keep; }')).toBe(`1:4 unknown test 'envelope' (missing require "envelope"?)`)
    expect(first('redirect :copy "a@b.example";')).toBe(
      `1:10 unknown tagged argument ':copy' for the redirect command (missing require "copy"?)`,
    )
    expect(first('keep :flags "a";')).toContain('(missing require "imap4flags"?)')
    expect(count('keep :flags "a";')).toBe(1)
    expect(first('require "imap4flags"; setflag "v" "\\\\Seen";')).toContain('when the variables extension is active')
  })

  it('what nobody knows', () => {
    expect(problems('frobnicate "a";\n  shout;\n')).toEqual([
      "1:1 unknown command 'frobnicate'",
      "2:3 unknown command 'shout'",
    ])
    expect(first('require ["fileinto", "flying"];')).toBe("1:22 require command: unknown Sieve capability 'flying'")
    expect(first('require "keep";')).toContain("unknown Sieve capability 'keep' (it is always available)")
    expect(first('require "setflag";')).toContain(`(it comes with "imap4flags")`)
    expect(first('if maybe { keep; }')).toBe("1:4 unknown test 'maybe'")
    expect(first('header :is "a" "b";')).toBe("1:1 attempted to use test 'header' as command")
    expect(first('if keep { stop; }')).toBe("1:4 attempted to use command 'keep' as test")
    expect(first('if header :like "a" "b" { keep; }')).toBe("1:11 unknown tagged argument ':like' for the header test")
    expect(first('if header :comparator "i;deaf" "a" "b" { keep; }')).toContain("unknown comparator 'i;deaf'")
  })

  it('a semicolon is missing', () => {
    expect(problems('keep\ndiscard;')).toEqual(["1:1 missing semicolon ';' after keep command"])
    expect(problems('require "fileinto"\nif true { fileinto "a" fileinto "b"; }')).toEqual([
      "1:1 missing semicolon ';' after require command",
      "2:11 missing semicolon ';' after fileinto command",
    ])
    expect(first('keep')).toBe(
      "1:5 expected end of command ';' or the beginning of a compound block '{', but found end of file",
    )
    expect(first('if true { keep }')).toContain("1:16 expected end of command ';'")
  })

  it('elsif and else stand behind if', () => {
    expect(problems('elsif true { keep; }')).toEqual(['1:1 the elsif command must follow an if or elsif command'])
    expect(problems('if true { keep; } keep; else { keep; }')).toHaveLength(1)
    expect(problems('if true { keep; } else { keep; } else { keep; }')).toHaveLength(1)
    expect(problems('if true { else { keep; } }')).toHaveLength(1)
    expect(first('if true { keep; } else if false { discard; }')).toContain("'else if' is written 'elsif'")
  })

  it('require stands at the top', () => {
    const wrong = 'require commands can only be placed at top level at the beginning of the file'
    expect(problems('keep; require "fileinto";')).toEqual([`1:7 ${wrong}`])
    expect(problems('if true { require "fileinto"; }')).toEqual([`1:11 ${wrong}`])
    expect(problems('require "fileinto"; require "copy"; keep;')).toEqual([])
    expect(first('require 7;')).toContain('single string or string list')
  })

  it('arguments: how many, and which', () => {
    expect(first('redirect;')).toBe(
      '1:1 the redirect command requires 1 positional argument(s), but 0 is/are specified',
    )
    expect(first('keep "a";')).toContain('requires 0 positional argument(s), but 1 is/are specified')
    expect(problems('redirect bob;')).toEqual([
      "1:10 expecting a string, but found identifier 'bob' (missing quotation marks?)",
    ])
    expect(first('redirect ["a@b.example"];')).toBe(
      '1:10 the redirect command expects a string as argument 1 (address), but a string list was found',
    )
    expect(first('if size :over "7" { keep; }')).toContain(
      'expects a number as argument 1 (limit), but a string was found',
    )
    expect(first('if size 7 { keep; }')).toContain('requires either the :under or the :over tag')
    expect(first('if size :over :under 7 { keep; }')).toContain("tags ':over' and ':under' for the size test conflict")
    expect(first('if header :is :is "a" "b" { keep; }')).toContain("duplicate tag ':is'")
    expect(first('if header "a" :is "b" { keep; }')).toContain("unexpected tagged argument ':is'")
    expect(first('if header :comparator :is "a" "b" { keep; }')).toContain(
      'requires a string as parameter, but tag was found',
    )
  })

  it('tests and blocks', () => {
    expect(first('if { keep; }')).toContain('requires one sub-test, but none is specified')
    expect(first('if (true, false) { keep; }')).toContain('a list of tests is specified')
    expect(first('if allof true { keep; }')).toContain('a list of sub-tests, but a single test is specified')
    expect(first('if true;')).toContain('requires a command block, but it is missing')
    expect(first('keep { discard; }')).toContain('does not accept a command block')
    expect(first('if anyof (true, { keep; }')).toContain("expecting test identifier after ',' in test list")
    expect(first('if anyof (true false) { keep; }')).toBeDefined()
    expect(first('if true { keep;')).toBe("1:9 expected end of compound block '}', but found end of file")
    expect(first('keep; }')).toBe("1:7 unexpected '}' found at (the presumed) end of file")
  })

  it('values that name something', () => {
    expect(first('redirect "bob";')).toContain("specified redirect address 'bob' is invalid")
    expect(first('redirect "a@b.example, c@d.example";')).toContain('is invalid')
    expect(first('redirect "@a.example:b@c.example";')).toContain('is invalid')
    expect(first('redirect "\\"a\x01b\\"@c.example";')).toContain('is invalid')
    expect(problems('redirect "Bob <bob@b.example>";')).toEqual([])
    expect(first('if address "subject" "a" { keep; }')).toContain(
      "header 'subject' is not allowed for the address test",
    )
    expect(first('require "envelope"; if envelope "via" "a" { keep; }')).toContain("envelope part 'via'")
    expect(first('require "variables"; set "1" "a";')).toContain("invalid variable name '1'")
    expect(first('require "variables"; set "a.b" "a";')).toContain("invalid variable name 'a.b'")
    expect(first('require "variables"; set "${a}" "a";')).toContain('must be a constant string')
    expect(first('require "variables"; set "a" "${x.y}";')).toContain("unknown namespace 'x'")
    expect(first('require "variables"; set "a" "${33}";')).toContain('invalid match value index 33 (max: 32)')
    expect(first('require "variables"; set :lower :upper "a" "b";')).toContain('conflict')
    expect(first('require "encoded-character"; if exists "${unicode:DF01}" { keep; }')).toContain(
      'invalid unicode character 0x0000df01',
    )
  })

  it('tokens that are none', () => {
    expect(first('keep; "')).toContain('end of file before end of quoted string')
    expect(first('redirect "a\nb\n')).toBe('1:10 end of file before end of quoted string')
    expect(first('/* never ends')).toContain('end of file before end of bracket comment')
    expect(first('require "reject"; reject text:\nHello\n')).toContain('end of file before end of multi-line string')
    expect(first('require "reject"; reject text: Hello')).toContain("after 'text:'")
    expect(first('keep; @@@ ; discard;')).toBe("1:7 unexpected character(s) starting with '@@@'")
    expect(first('if size :over 100KB { keep; }')).toBe("1:15 '100KB' is no number")
    expect(first('if size :over 99999999G { keep; }')).toContain('number exceeds integer limits')
    expect(first('keep\0;')).toContain('unexpected character')
    expect(first('redirect "a\0";')).toContain('NUL')
    expect(first('redirect "a\rb";')).toContain('stray carriage-return')
  })

  it('columns count characters, lines whatever ends them', () => {
    expect(first('# \xc3\xa9\n/* \xc3\xa9\xc3\xa9 */ shout;')).toBe("2:10 unknown command 'shout'")
    expect(first('# a\r\n  shout;')).toBe("2:3 unknown command 'shout'")
    expect(first('shout\xc3\xa9;')).toContain("'\u00e9'")
  })

  it('reading goes on behind a mistake, up to ten of them', () => {
    const text = lines('if header "a" { frob; }', 'redirect bob;', 'if ( { nothing; }', 'size;', 'keep;')
    const told = problems(text)
    expect(told.map((each) => each.split(':')[0])).toEqual(['1', '1', '2', '3', '4'])
    expect(problems('a; b; c; d; e; f; g; h; i; j; k; l;')).toHaveLength(10)
  })

  it('limits', () => {
    const nested = (times: number) => 'if true {'.repeat(times) + 'keep;' + '}'.repeat(times)
    expect(problems(nested(15))).toEqual([])
    expect(first(nested(16))).toContain('cannot nest command blocks deeper than 15 levels')
    expect(problems(`if ${'not '.repeat(15)} true { keep; }`)).toEqual([])
    expect(first(`if ${'not '.repeat(16)} true { keep; }`)).toContain('cannot nest tests deeper than 15 levels')
    expect(first(`if ${'not '.repeat(8000)} true { keep; }`)).toContain('cannot nest tests')
    expect(first('#'.repeat(65_537))).toContain('too large')
    expect(first(`if header :matches "a" "${'?'.repeat(1025)}" { keep; }`)).toContain('longer than 1024 octets')
    const variables = Array.from({ length: 129 }, (_, k) => `set "v${k}" "";`).join('\n')
    expect(problems(`require "variables";\n${variables}`)).toHaveLength(1)
  })
})
