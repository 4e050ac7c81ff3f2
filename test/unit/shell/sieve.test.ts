import { describe, expect, it } from 'vitest'
import { seatAt } from '../../../src/core/world/seat.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'
import { Desk } from './fake.ts'

const HOME = '/home/' + 'alice'
const LETTER =
  'From bob@x.example Mon Sep  7 08:00:00 2026\nReturn-Path: <bob@x.example>\nSubject: =?utf-8?q?=C3=A9t=C3=A9?=\n\nhello\n'
const SCRIPT = `require ["fileinto", "copy", "imap4flags", "envelope", "reject"];
if envelope "from" "bob@x.example" { fileinto :flags "\\\\Flagged" "\xc3\x89t\xc3\xa9"; redirect :copy "c@x.example"; }
elsif envelope "to" "x@y.example" { reject "No."; }
elsif envelope "from" "d@x.example" { discard; }
`

function desk(script: string) {
  const at = new Desk().start()
  at.files[`${HOME}/f`] = script
  at.files[`${HOME}/letter`] = LETTER
  return at
}

describe('sievec', () => {
  it('says nothing of a good script', () => {
    expect(desk(SCRIPT).output('sievec f')).toBe('')
    expect(desk(SCRIPT).output('cat f | sievec -')).toBe('')
  })
  it('says with its line what is wrong with a bad one', () => {
    const told = desk('keep;\nfile "x";\nif true { kep; }\n').output('sievec f')
    expect(told).toMatch(/^f: line 2: error: .*file.*\.\nf: line 3: error: .*kep.*\.\nf: error: validation failed\.\n$/)
  })
  it('wants one script that is there', () => {
    expect(desk('').output('sievec')).toBe('usage: sievec SCRIPT\n')
    expect(desk('').output('sievec g')).toContain('No such file')
    expect(desk('').output('sievec -x f')).toContain("invalid option -- 'x'")
  })
})

describe('sieve-test', () => {
  it('says what a script would do with a message', () => {
    expect(desk(SCRIPT).output('sieve-test f letter')).toBe(
      '\nPerformed actions:\n\n * store message in folder: Été\n        + add flags: \\Flagged\n * redirect message to: c@x.example\n' +
        '\nImplicit keep:\n\n  (none)\n\n',
    )
  })
  it.each([
    ['-f a@x.example f letter', '  (none)\n', ' * store message in folder: INBOX\n'],
    ['-f a@x.example -a x@y.example f letter', ' * reject message with reason: No.\n', '  (none)\n'],
    ['-f d@x.example f letter', ' * discard\n', '  (none)\n'],
  ])('%s', (words, done, kept) => {
    expect(desk(SCRIPT).output(`sieve-test ${words}`)).toBe(
      `\nPerformed actions:\n\n${done}\nImplicit keep:\n\n${kept}\n`,
    )
  })
  it('says what went wrong, and that the message is kept', () => {
    const told = desk('require ["fileinto", "reject"];\nfileinto "a";\nreject "no";\n').output('sieve-test f letter')
    expect(told).toMatch(/^f: line 3: error: /)
    expect(told).toContain('Implicit keep:\n\n * store message in folder: INBOX\n')
  })
  it('wants a good script and a message', () => {
    expect(desk('x').output('sieve-test f')).toBe('usage: sieve-test [-a RECIPIENT] [-f SENDER] SCRIPT MESSAGE\n')
    expect(desk('x').output('sieve-test f letter')).toContain('validation failed')
  })
})

describe("a person's filter", () => {
  const sim = new Sim(readWorld('campus'), { seed: 1 })
  const ines = seatAt(sim.world, 'pc-ines.rennes.example', 'ines')
  const alice = seatAt(sim.world, 'pc-alice.rennes.example', 'alice')
  const home = '/home/' + 'ines'
  const account = sim.world.stores.get('mx1.rennes.example')!.account('ines')!

  it('is a file at home, mounted from the host of the account', () => {
    expect(ines.readFile(`${home}/.dovecot.sieve`)).toBe(account.filter)
    expect(ines.listFiles(home)).toContain('.dovecot.sieve')
    expect(ines.writeFile(`${home}/.dovecot.sieve`, 'keep;\n', false)).toBeNull()
    expect(ines.writeFile(`${home}/.dovecot.sieve`, 'stop;\n', true)).toBeNull()
    expect(account.filter).toBe('keep;\nstop;\n')
    expect(ines.removeFile(`${home}/.dovecot.sieve`)).toBeNull()
    expect(account.filter).toBeNull()
    expect(ines.listFiles(home)).not.toContain('.dovecot.sieve')
    expect(ines.removeFile(`${home}/.dovecot.sieve`)).toBe('No such file or directory')
    expect(ines.readFile(`${home}/.dovecot.sieve`)).toBeNull()
  })
  it('has its limit, and is nobody else’s', () => {
    expect(ines.writeFile(`${home}/.dovecot.sieve`, '#'.repeat(65_537), false)).toBe('File too large')
    expect(account.filter).toBeNull()
    expect(alice.readFile(`${home}/.dovecot.sieve`)).toBeNull()
    expect(alice.writeFile(`${home}/.dovecot.sieve`, 'keep;', false)).toBe('Permission denied')
  })
})
