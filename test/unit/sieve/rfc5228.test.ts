/** The example scripts of RFC 5228, with the meaning that it gives them. */
import { describe, expect, it } from 'vitest'
import { A, B, done, holds, lines } from './mail.ts'

const IMPLICIT = ['keep (implicit)']

describe('RFC 5228: examples', () => {
  it('2.3: comments of both kinds', () => {
    const big = A + 'x'.repeat(200_000)
    const hash = lines('if size :over 100k { # this is a comment', '   discard;', '}')
    expect(done(hash, big)).toEqual(['discard'])
    expect(done(hash, A)).toEqual(IMPLICIT)
    const bracketed = lines(
      'if size :over 100K { /* this is a comment',
      '   this is still a comment */ discard /* this is a comment',
      '   */ ;',
      '}',
    )
    expect(done(bracketed, big)).toEqual(['discard'])
  })

  it('2.4.2.1: lists of strings', () => {
    const test = 'header :contains ["To", "Cc"] ["me@example.com", "me00@landru.example.com"]'
    expect(holds(test, lines('Cc: ME@example.com', ''))).toBe(true)
    expect(holds(test, lines('To: you@example.com', 'Cc: me00@landru.example.com', ''))).toBe(true)
    expect(holds(test, lines('From: me@example.com', ''))).toBe(false)
  })

  it('2.4.2.4: encoded characters', () => {
    const text = 'require "encoded-character"; if header :contains "Subject" "$${hex:24 24}" { discard; }'
    expect(done(text, B)).toEqual(['discard'])
    expect(done(text, A)).toEqual(IMPLICIT)
    const decoded = (written: string) => done(`require ["encoded-character", "fileinto"]; fileinto "${written}";`, A)[0]
    expect(decoded('$${hex:40}')).toBe('fileinto $@')
    expect(decoded('${HEX: 40}')).toBe('fileinto @')
    expect(decoded('${hex:40')).toBe('fileinto ${hex:40')
    expect(decoded('${hex:400}')).toBe('fileinto ${hex:400}')
    expect(decoded('${hex:4${hex:30}}')).toBe('fileinto ${hex:40}')
    expect(decoded('${UnICoDE:0000040}')).toBe('fileinto @')
    expect(decoded('${ unicode:40}')).toBe('fileinto ${ unicode:40}')
    expect(decoded('${Unicode:Cool}')).toBe('fileinto ${Unicode:Cool}')
    expect(decoded('${unicode:e9}')).toBe('fileinto \xc3\xa9')
  })

  it('2.5.1: a list of tests', () => {
    const text = 'if anyof (not exists ["From", "Date"], header :contains "from" "fool@example.com") { discard; }'
    expect(done(text, A)).toEqual(IMPLICIT)
    expect(done(text, lines('From: a@example.com', ''))).toEqual(['discard'])
    expect(done(text, lines('Date: today', 'From: fool@example.com', ''))).toEqual(['discard'])
  })

  it('2.7.1: the match types', () => {
    const of = (test: string) => holds(test, lines('X: frobnitzm', ''))
    expect(of('header :contains "x" "frob"')).toBe(true)
    expect(of('header :contains "x" "nit"')).toBe(true)
    expect(of('header :contains "x" "fbm"')).toBe(false)
    expect(of('header :contains "x" ""')).toBe(true)
    expect(of('header :is "x" "frobnitzm"')).toBe(true)
    expect(of('header :is "x" "frob"')).toBe(false)
    expect(of('header :matches "x" "frob*?m"')).toBe(true)
    expect(of('header :matches "x" "frob"')).toBe(false)
    expect(holds('header :matches "x" "a\\\\*"', lines('X: a*', ''))).toBe(true)
    expect(holds('header :matches "x" "a\\\\*"', lines('X: ab', ''))).toBe(false)
  })

  it('2.7.3: a comparator', () => {
    const test = 'header :contains :comparator "i;octet" "Subject" "MAKE MONEY FAST"'
    expect(holds(test, lines('Subject: You can MAKE MONEY FAST', ''))).toBe(true)
    expect(holds(test, lines('Subject: You can Make Money Fast', ''))).toBe(false)
  })

  it('2.10.2: the implicit keep', () => {
    expect(done('if size :over 500K { discard; }', A)).toEqual(IMPLICIT)
    expect(done('', A)).toEqual(IMPLICIT)
  })

  it('3.1: if, elsif, else', () => {
    const dropped =
      'require "fileinto"; if header :contains "from" "coyote" { discard; } ' +
      'elsif header :contains ["subject"] ["$$$"] { discard; } else { fileinto "INBOX"; }'
    expect([A, B].map((each) => done(dropped, each))).toEqual([['discard'], ['discard']])
    expect(done(dropped, lines('Subject: hello', ''))).toEqual(['fileinto INBOX'])
    const sent =
      'if header :contains ["From"] ["coyote"] { redirect "acm@example.com"; } ' +
      'elsif header :contains "Subject" "$$$" { redirect "postmaster@example.com"; } ' +
      'else { redirect "field@example.com"; }'
    expect(done(sent, A)).toEqual(['redirect acm@example.com'])
    expect(done(sent, B)).toEqual(['redirect postmaster@example.com'])
    expect(done(sent, lines('Subject: hello', ''))).toEqual(['redirect field@example.com'])
  })

  it('3.3: stop', () => {
    expect(done('if true { stop; } discard;', A)).toEqual(IMPLICIT)
    expect(done('keep; stop; discard;', A)).toEqual(['keep'])
  })

  it('4.1: fileinto', () => {
    const text = 'require "fileinto"; if header :contains ["from"] "coyote" { fileinto "INBOX.harassment"; }'
    expect(done(text, A)).toEqual(['fileinto INBOX.harassment'])
    expect(done(text, B)).toEqual(IMPLICIT)
  })

  it('4.2 to 4.4: redirect, keep, discard', () => {
    expect(done('redirect "bart@example.com";', A)).toEqual(['redirect bart@example.com'])
    const big = A + 'x'.repeat(1_100_000)
    expect(done('if size :under 1M { keep; } else { discard; }', A)).toEqual(['keep'])
    expect(done('if size :under 1M { keep; } else { discard; }', big)).toEqual(['discard'])
    expect(done('if not size :under 1M { discard; }', A)).toEqual(IMPLICIT)
    expect(done('if not size :under 1M { discard; }', big)).toEqual(['discard'])
    expect(done('require "fileinto"; fileinto "a"; discard;', A)).toEqual(['fileinto a', 'discard'])
  })

  it('5.1: address', () => {
    const content = lines(
      'From: "tim@example.com" <TIM@Example.com> (tim)',
      'To: friends: Ann <a@x.example>, b@y.example;',
      '',
    )
    expect(holds('address :is :all "from" "tim@example.com"', content)).toBe(true)
    expect(holds('address :localpart "from" "tim"', content)).toBe(true)
    expect(holds('address :localpart :comparator "i;octet" "from" "tim"', content)).toBe(false)
    expect(holds('address :domain :matches ["to", "cc"] "y.*"', content)).toBe(true)
    expect(holds('address :contains "to" "friends"', content)).toBe(false)
    expect(holds('address :contains "to" "Ann"', content)).toBe(false)
  })

  it('5.2, 5.3: allof and anyof', () => {
    const truth = (test: string) =>
      ['false, false', 'false, true', 'true, true'].map((list) => holds(`${test} (${list})`, A))
    expect(truth('allof')).toEqual([false, false, true])
    expect(truth('anyof')).toEqual([false, true, true])
  })

  it('5.4: envelope', () => {
    const of = (test: string, from: string) => holds(test, A, 'require "envelope";', { from, to: 'me@here.example' })
    expect(of('envelope :all :is "from" "tim@example.com"', 'tim@example.com')).toBe(true)
    expect(of('envelope :all :is "from" "tim@example.com"', '@a.example,@b.example:tim@example.com')).toBe(true)
    expect(of('envelope :domain "FROM" ""', '')).toBe(true)
    expect(of('envelope :localpart ["from", "to"] "me"', '')).toBe(true)
    expect(of('envelope :domain "to" "me"', '')).toBe(false)
  })

  it('5.5: exists', () => {
    expect(done('if not exists ["From","Date"] { discard; }', A)).toEqual(IMPLICIT)
    expect(done('if not exists ["From","Date"] { discard; }', lines('From: a@b.example', ''))).toEqual(['discard'])
  })

  it('5.7: header', () => {
    const content = lines('X-Caffeine: C8H10N4O2', 'Cc:  ', '')
    expect(holds('header :is ["X-Caffeine"] [""]', content)).toBe(false)
    expect(holds('header :contains ["X-Caffeine"] [""]', content)).toBe(true)
    expect(holds('header :contains "X-Tea" ""', content)).toBe(false)
    expect(holds('not header :matches "Cc" "?*"', content)).toBe(true)
    expect(holds('header :contains "X-Caffeine: C8" ""', content)).toBe(false)
  })

  it('5.9: a message of exactly so many octets is neither over nor under', () => {
    const content = `Subject: x\r\n\r\n${'x'.repeat(4000 - 14)}`
    expect(content.length).toBe(4000)
    expect([holds('size :over 4000', content), holds('size :under 4000', content)]).toEqual([false, false])
    expect([holds('size :over 3999', content), holds('size :under 4001', content)]).toEqual([true, true])
  })

  it('9: the extended example', () => {
    const text = lines(
      '#',
      '# Example Sieve Filter',
      '# Declare any optional features or extension used by the script',
      '#',
      'require ["fileinto"];',
      '',
      '# Handle messages from known mailing lists',
      'if header :is "Sender" "owner-ietf-mta-filters@imc.org"',
      '        {',
      '        fileinto "filter";  # move to "filter" mailbox',
      '        }',
      '# Keep all messages to or from people in my company',
      'elsif address :DOMAIN :is ["From", "To"] "example.com"',
      '        {',
      '        keep;               # keep in "In" mailbox',
      '        }',
      '# Try and catch unsolicited email.',
      'elsif anyof (NOT address :all :contains',
      '               ["To", "Cc", "Bcc"] "me@example.com",',
      '             header :matches "subject"',
      '               ["*make*money*fast*", "*university*dipl*mas*"])',
      '        {',
      '        fileinto "spam";   # move to "spam" mailbox',
      '        }',
      'else',
      '        {',
      '        fileinto "personal";',
      '        }',
    )
    expect(done(text, lines('Sender: owner-ietf-mta-filters@imc.org', ''))).toEqual(['fileinto filter'])
    expect(done(text, lines('From: boss@example.com', ''))).toEqual(['keep'])
    expect(done(text, lines('From: x@y.example', 'To: you@y.example', ''))).toEqual(['fileinto spam'])
    const mine = (subject: string) => lines('From: x@y.example', 'Cc: not-me@example.com', `Subject: ${subject}`, '')
    expect(done(text, mine('MAKE much MONEY so FAST!'))).toEqual(['fileinto spam'])
    expect(done(text, mine('University diplomas'))).toEqual(['fileinto spam'])
    expect(done(text, mine('Lunch'))).toEqual(['fileinto personal'])
  })
})

describe('text in other characters', () => {
  it('is compared in UTF-8, encoded words decoded (2.7.2)', () => {
    const content = lines('Subject: =?iso-8859-1?Q?Caf=E9_ferm=E9?=', '')
    expect(holds('header :is "subject" "Caf\xc3\xa9 ferm\xc3\xa9"', content)).toBe(true)
    expect(holds('header :contains "subject" "iso-8859"', content)).toBe(false)
    expect(holds('header :matches "subject" "caf\xc3? *"', content)).toBe(true)
  })

  it('folded lines are one line, and white space around a value does not count (2.4.2.2, 5.7)', () => {
    expect(holds('header :is "subject" "a long one"', lines('Subject :  a long', ' one  ', ''))).toBe(true)
  })
})
