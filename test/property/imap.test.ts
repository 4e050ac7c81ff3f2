import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { anyCommand, imapCommands, type Verb } from '../../src/core/imap/commands.ts'
import type { ImapSession } from '../../src/core/imap/session.ts'
import { ALL_CAPABILITIES, Desk, letter, type Line } from '../unit/imap/desk.ts'
import { parsed, untaggedLines } from '../unit/imap/second-opinion.ts'

const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code))
const noise = fc.array(octet, { maxLength: 50 }).map((octets) => octets.join(''))
/** What ends no line, so that the command around it stays one. */
const quiet = noise.map((octets) => octets.replace(/[\r\n]/g, '').replace(/\{\d+\+?\}$/, ''))

// Arguments, by the grammar of RFC 3501 9 and of the extensions

/** One of these words; `@` stands for a blank. */
const some = (words: string) => fc.constantFrom(...words.split(' ').map((word) => word.replaceAll('@', ' ')))
const joined = (parts: readonly fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''))
const list = (item: fc.Arbitrary<string>, maxLength = 4) =>
  fc.array(item, { minLength: 1, maxLength }).map((items) => `(${items.join(' ')})`)
const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
const literal = (text: string) => `{${text.length}+}\r\n${text}`
/** Without what the parser of others does not know within an atom. */
const text = fc
  .oneof(some('x Hello. alice a-b &AOk- caf\xc3\xa9'), fc.string({ maxLength: 8 }))
  .map((each) => each.replace(/[^\x20-\x7e\xc3\xa9]|[<>[\]:,]/g, ''))
const astring = fc.oneof(some('x alice hello'), text.map(quoted), text.map(literal))
const mailbox = fc.oneof(
  { weight: 5, arbitrary: some('INBOX inbox Sent Archive new new/deeper {5+}\r\nINBOX') },
  fc.constantFrom('""', 'Drafts/x', 'nowhere', 'a&b', '&AOk-', 'Shared/board', '"Other Users/bob"', '/'),
  astring,
)
const pattern = fc.oneof(some('* % "" INBOX S* %/% new*'), mailbox)
const number = fc.integer({ min: 0, max: 6 }).map(String)
const set = fc.oneof(
  { weight: 4, arbitrary: some('1 2 1:2 1:* * 1,3 3:1 $') },
  fc
    .array(fc.oneof(number, joined([number, fc.constant(':'), number])), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join(',')),
)
const flag = some('\\Seen \\Deleted \\Flagged \\Answered \\Draft $Work \\Recent other')
const flags = fc.oneof(flag, fc.constant('()'), list(flag))
const date = some('7-Sep-2026 "1-Jan-1990" 31-Feb-2026 "07-Sep-2026"')
const section = some(
  '[] [HEADER] [TEXT] [1] [1.MIME] [2.1.TEXT] [HEADER.FIELDS (To "x")] [HEADER.FIELDS.NOT ({2+}\r\nTo)] [0] [1.HEADER',
)
const fetchItem = fc.oneof(
  some('FLAGS UID ENVELOPE BODY BODYSTRUCTURE INTERNALDATE RFC822 RFC822.SIZE RFC822.HEADER RFC822.TEXT MODSEQ'),
  some('BINARY[1] BINARY.SIZE[1] BINARY.PEEK[]<0.9> EMAILID'),
  joined([some('BODY BODY.PEEK'), section, fc.constantFrom('', '', '<0.10>', '<5.0>')]),
)
const fetchItems = fc.oneof(some('ALL FAST FULL'), fetchItem, list(fetchItem))
const searchKey: fc.Arbitrary<string> = fc.letrec((tie) => ({
  key: fc.oneof(
    { maxDepth: 3 },
    some('ALL SEEN UNSEEN RECENT NEW OLD DELETED UNDELETED FLAGGED ANSWERED DRAFT'),
    set,
    joined([some('BEFORE ON SINCE SENTBEFORE SENTON SENTSINCE'), fc.constant(' '), date]),
    joined([some('FROM TO CC BCC SUBJECT BODY TEXT'), fc.constant(' '), astring]),
    joined([fc.constant('HEADER '), astring, fc.constant(' '), astring]),
    joined([some('LARGER SMALLER YOUNGER OLDER MODSEQ UID'), fc.constant(' '), number]),
    joined([some('KEYWORD UNKEYWORD'), fc.constant(' '), some('$Work other \\Seen')]),
    joined([fc.constant('NOT '), tie('key') as fc.Arbitrary<string>]),
    joined([
      fc.constant('OR '),
      tie('key') as fc.Arbitrary<string>,
      fc.constant(' '),
      tie('key') as fc.Arbitrary<string>,
    ]),
    list(tie('key') as fc.Arbitrary<string>, 2),
  ),
})).key as fc.Arbitrary<string>
const searchReturn = fc.oneof(
  fc.constant(''),
  some('() (ALL) (MIN MAX COUNT) (SAVE) (SAVE COUNT) (UPDATE) (PARTIAL@1:2) (CONTEXT)').map(
    (options) => ` RETURN ${options}`,
  ),
)
const charset = some('UTF-8 US-ASCII "iso-8859-1" KLINGON')
const sortCriteria = list(some('ARRIVAL CC DATE FROM SIZE SUBJECT TO REVERSE DISPLAYFROM DISPLAYTO'), 3)
const message = fc.oneof(fc.constant(letter('appended')), fc.constant(''), noise).map((octets) => literal(octets))
const uid = fc.constantFrom('', '', 'UID ')
const sp = fc.constant(' ')

/** Commands with the arguments that they take, as a rule. */
const command = fc.oneof(
  some('CAPABILITY NOOP CHECK EXPUNGE NAMESPACE'),
  {
    weight: 3,
    arbitrary: some('LOGIN@alice@alice-pw SELECT@INBOX EXAMINE@INBOX'),
  },
  some('CLOSE UNSELECT'),
  joined([some('LOGIN '), astring, sp, astring]),
  some('AUTHENTICATE@PLAIN@AGFsaWNlAGFsaWNlLXB3 AUTHENTICATE@PLAIN@= AUTHENTICATE@X').map((each) =>
    each.replaceAll('@', ' '),
  ),
  joined([some('SELECT EXAMINE CREATE DELETE SUBSCRIBE UNSUBSCRIBE GETACL MYRIGHTS GETQUOTAROOT'), sp, mailbox]),
  joined([
    fc.constant('SELECT INBOX ('),
    some('CONDSTORE QRESYNC@(1001@1) QRESYNC@(1001@1@1:9@(1@1)) UNKNOWN'),
    fc.constant(')'),
  ]),
  joined([fc.constant('RENAME '), mailbox, sp, mailbox]),
  joined([some('LIST LSUB RLIST RLSUB'), sp, mailbox, sp, pattern]),
  joined([
    fc.constant('LIST '),
    some('(SUBSCRIBED) (RECURSIVEMATCH@SUBSCRIBED) (REMOTE) (SPECIAL-USE) ()'),
    sp,
    mailbox,
    sp,
    fc.oneof(pattern, list(pattern)),
    fc.constantFrom('', ' RETURN (CHILDREN)', ' RETURN (STATUS (MESSAGES UNSEEN))', ' RETURN (SPECIAL-USE SUBSCRIBED)'),
  ]),
  joined([fc.constant('SCAN '), mailbox, sp, pattern, sp, astring]),
  joined([
    fc.constant('STATUS '),
    mailbox,
    sp,
    list(some('MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN SIZE HIGHESTMODSEQ DELETED X')),
  ]),
  joined([
    fc.constant('APPEND '),
    mailbox,
    fc.constantFrom('', ' (\\Seen $Work)', ' "07-Sep-2026 08:00:00 +0000"', ' (\\Recent)'),
    sp,
    message,
  ]),
  joined([fc.constant('APPEND '), mailbox, sp, message, sp, message]),
  joined([
    fc.constant('APPEND '),
    mailbox,
    fc.constant(' CATENATE (URL "/INBOX/;UID=1" TEXT '),
    message,
    fc.constant(')'),
  ]),
  joined([fc.constant('ENABLE '), some('CONDSTORE QRESYNC UTF8=ACCEPT IMAP4rev2 X')]),
  joined([fc.constant('ID '), some('NIL ("a"@"b") ("a") ()')]),
  joined([uid, fc.constant('FETCH '), set, sp, fetchItems, fc.constantFrom('', '', ' (CHANGEDSINCE 1)')]),
  joined([
    uid,
    fc.constant('STORE '),
    set,
    fc.constantFrom('', ' (UNCHANGEDSINCE 2)'),
    some(' + -').map((sign) => ` ${sign}`),
    some('FLAGS FLAGS.SILENT flags'),
    sp,
    flags,
  ]),
  joined([
    uid,
    fc.constant('SEARCH'),
    searchReturn,
    fc.constantFrom('', ' CHARSET UTF-8', ' CHARSET KLINGON'),
    sp,
    searchKey,
  ]),
  joined([uid, fc.constant('SORT'), searchReturn, sp, sortCriteria, sp, charset, sp, searchKey]),
  joined([uid, fc.constant('THREAD '), some('REFERENCES ORDEREDSUBJECT X'), sp, charset, sp, searchKey]),
  joined([uid, some('COPY MOVE'), sp, set, sp, mailbox]),
  joined([fc.constant('UID EXPUNGE '), set]),
  joined([fc.constant('CANCELUPDATE '), some('"t1" "t9"')]),
  joined([fc.constant('SETACL '), mailbox, sp, astring, sp, some('lrs +w -x zz ""')]),
  joined([some('DELETEACL LISTRIGHTS'), sp, mailbox, sp, astring]),
  joined([fc.constant('GETQUOTA '), astring]),
  joined([fc.constant('SETQUOTA '), astring, sp, some('(STORAGE@5) () (X@1)')]),
)

/** Lines that lead deep into a session, and octets that nobody should write. */
const line = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a LOGIN alice alice-pw', 'b SELECT INBOX') },
  { weight: 12, arbitrary: command.map((each) => `c ${each}`) },
  fc.constantFrom(
    'd IDLE',
    'DONE',
    'e AUTHENTICATE PLAIN',
    'AGFsaWNlAGFsaWNlLXB3',
    'f AUTHENTICATE CRAM-MD5',
    '*',
    'g LOGOUT',
    'h STARTTLS',
    'i LOGIN alice {8}',
    'j APPEND INBOX {9999999999}',
    'k APPEND INBOX {4}',
    'l LOGIN {3+}',
    '',
  ),
  noise,
  quiet.map((octets) => `m ${octets}`),
  fc
    .tuple(some('FETCH SEARCH STORE SELECT APPEND LIST UID@FETCH'), quiet)
    .map(([verb, octets]) => `n ${verb} ${octets}`),
)
const ending = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '')
const input = fc
  .array(
    fc.tuple(line, ending).map(([octets, end]) => octets + end),
    { maxLength: 30, size: 'max' },
  )
  .map((lines) => lines.join(''))
/** What is offered: all, or what RFC 3501 itself has. */
const offer = fc.constantFrom(ALL_CAPABILITIES, ALL_CAPABILITIES, ['IMAP4rev1', 'LITERAL+'])

function open(capabilities: readonly string[], between?: (state: ImapSession) => ImapSession): Line {
  const desk = new Desk()
  desk.deliver('alice', letter('one'), letter('two', 'Hello.\r\n.\r\n'))
  return desk.session({ capabilities }, between)
}

/** Everything that was said, in order. */
const converse = (session: Line, chunks: readonly string[]): string =>
  session.heard() + chunks.map((chunk) => session.feed(chunk)).join('')

function cut(octets: string, at: readonly number[]): string[] {
  const places = [...new Set(at.map((place) => place % (octets.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, k) => octets.slice(from, places[k] ?? octets.length))
}

describe('the IMAP server, whatever comes', () => {
  it('never throws, answers each command once, and each answer is one that its row declares', () => {
    fc.assert(
      fc.property(input, offer, (octets, capabilities) => {
        const session = open(capabilities)
        converse(session, [octets])
        let answers = 0
        for (const note of session.notes) {
          if (note.kind !== 'reply' || note.outcome === 'literal') continue
          answers++
          const own = note.verb === null ? {} : imapCommands[note.verb as Verb].outcomes
          const declared = { ...anyCommand, ...own } as Record<string, { code: string; to: string | null }>
          expect(declared[note.outcome]?.code).toBe(note.code)
          expect(note.to).toBe(declared[note.outcome]?.to ?? note.from)
        }
        // Beside the greeting.
        expect(answers).toBe(session.notes.filter((note) => note.kind === 'command').length + 1)
      }),
      { numRuns: 400 },
    )
  })

  it('says the same however its input is cut, and however often its state is cloned', () => {
    fc.assert(
      fc.property(input, offer, fc.array(fc.nat(), { maxLength: 12 }), (octets, capabilities, places) => {
        if (/starttls/i.test(octets)) return // what is pipelined behind STARTTLS is thrown away: there the cut matters
        const whole = converse(open(capabilities), [octets])
        expect(converse(open(capabilities, structuredClone), cut(octets, places))).toBe(whole)
      }),
      { numRuns: 400 },
    )
  })

  it('answers every command with its own tag, in their order, in lines that others can read', () => {
    const commands = fc.array(command, { maxLength: 20, size: 'max' })
    fc.assert(
      fc.property(commands, offer, (typed, capabilities) => {
        const session = open(capabilities)
        session.heard()
        const all = ['LOGIN alice alice-pw', 'SELECT INBOX', ...typed]
        const utf8 = typed.some((each) => /ENABLE (UTF8|IMAP4rev2)/.test(each))
        let said = session.feed(all.map((each, at) => `t${at} ${each}\r\n`).join(''))
        for (const at of all.keys()) {
          const untagged = untaggedLines(said)
          // UTF-8 in quoted strings, once it is enabled, is younger than that parser.
          for (const each of untagged) expectReadable(utf8 ? each.replaceAll(/[\x80-\xff]/g, '?') : each)
          said = said.slice(untagged.reduce((sum, each) => sum + each.length + 2, 0))
          const answer = /^[^\r\n]*\r\n/.exec(said)?.[0] ?? ''
          expect(answer).toMatch(new RegExp(`^t${at} (OK|NO|BAD) [^\r\n]+\r\n$`))
          said = said.slice(answer.length)
        }
        expect(said).toBe('')
      }),
      { numRuns: 300 },
    )
  })
})

function expectReadable(untagged: string): void {
  if (/^\* (OK|NO|BAD|BYE|PREAUTH) /.test(untagged)) expect(untagged).toMatch(/^\* [A-Z]+ (\[[^\r\n]+\] )?[^\r\n[]+$/)
  else expect(parsed(untagged).tag).toBe('*')
}
