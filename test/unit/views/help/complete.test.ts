import { describe, expect, test } from 'vitest'
import { commonPart, complete } from '../../../../src/core/views/help/complete.ts'
import { option } from '../../../../src/core/views/help/scene.ts'
import { HelpDesk } from './desk.ts'

const MX = 'mx1.rennes.example'
const GREETED = [`telnet ${MX} 25`, 'EHLO pc-alice.rennes.example']
const POP3 = [`telnet ${MX} 110`, 'USER alice', 'PASS tournesol']
const IMAP = [`telnet ${MX} 143`, 'a1 LOGIN alice tournesol']

describe('at the shell', () => {
  const desk = new HelpDesk()

  test('commands, each with its sentence', () => {
    expect(desk.offers('tel')).toEqual(['telnet '])
    expect(desk.offers('d')).toEqual(['dig ', 'date '])
    expect(complete(desk.scene, 'dig', 3)?.options[0]?.why).toEqual({ key: 'shell.dig' })
    expect(desk.offers('cat x | b')).toEqual(['cat x | base64 '])
    expect(desk.offers('nosuch')).toEqual([])
  })

  test('machines where the synopsis wants one, those that serve something first, then the ports of that one', () => {
    expect(desk.offers('telnet mx')).toContain(`telnet ${MX}`)
    expect(desk.offers('telnet ')[0]).not.toContain('pc-')
    const ports = desk.offers(`telnet ${MX} `)
    expect(ports).toContain(`telnet ${MX} 25`)
    expect(ports).toContain(`telnet ${MX} 143`)
    expect(desk.offers(`nc -C ${MX} 1`)).toEqual(expect.arrayContaining([`nc -C ${MX} 110`, `nc -C ${MX} 143`]))
    expect(desk.offers(`telnet ${MX} 25 `)).toEqual([])
  })

  test('domains and types for those who ask the DNS, addresses for mail, options of the command', () => {
    expect(desk.offers('dig lyon')).toEqual(['dig lyon.example'])
    expect(desk.offers('dig lyon.example M')).toEqual(['dig lyon.example MX'])
    expect(desk.offers('dig @dns.r')).toEqual(['dig @dns.rennes.example'])
    expect(desk.offers('mail -s hello cl')).toEqual(['mail -s hello claire@lyon.example'])
    expect(desk.offers('tail -')).toEqual(['tail -f', 'tail -n', 'tail --help'])
    expect(desk.offers('openssl s_client -con')).toEqual(['openssl s_client -connect'])
    expect(desk.offers('openssl s_client -connect mx1.rennes.example:46')).toEqual([
      'openssl s_client -connect mx1.rennes.example:465',
    ])
    expect(desk.offers('openssl s_client -starttls p')).toEqual(['openssl s_client -starttls pop3'])
    expect(desk.offers('help dig')).toEqual([])
    expect(desk.offers('help di')).toEqual(['help dig'])
  })

  test('files that lie there, also where output goes', () => {
    const own = new HelpDesk().say('echo hello > letter.txt')
    expect(own.offers('cat let')).toEqual(['cat letter.txt'])
    expect(own.offers('echo more >> let')).toEqual(['echo more >> letter.txt'])
    expect(own.offers('base64 < let')).toEqual(['base64 < letter.txt'])
  })

  test('nothing behind what holds a password, nor in quotes', () => {
    expect(desk.offers('curl -u ')).toEqual([])
    expect(desk.offers('echo "mx')).toEqual([])
  })
})

describe('at the prompt of telnet', () => {
  const desk = new HelpDesk().say('telnet')
  test('its commands, and machines behind open', () => {
    expect(desk.offers('st')).toEqual(['status'])
    expect(desk.offers('open mx1')).toEqual([`open ${MX}`])
    expect(desk.offers(`open ${MX} 2`)).toEqual([`open ${MX} 25`])
  })
})

describe('with SMTP', () => {
  test('what is legal now, the usual first', () => {
    const desk = new HelpDesk().say(GREETED[0]!)
    expect(desk.offers('')[0]).toBe('EHLO ')
    expect(desk.offers('')).not.toContain('MAIL FROM:<')
    expect(desk.offers('ehl')).toEqual(['EHLO '])
    expect(desk.offers('EHLO ')[0]).toBe('EHLO pc-alice.rennes.example')
    desk.say(GREETED[1]!)
    expect(desk.offers('')[0]).toBe('MAIL FROM:<')
    expect(desk.offers('m')).toEqual(['MAIL FROM:<'])
    expect(desk.offers('DA')).toEqual([])
    // A known argument of a verb that is not legal now is no help.
    expect(desk.offers('RCPT TO:<b')).toEqual([])
  })

  test("addresses: one's own for the sender, those of others for the recipient", () => {
    const desk = new HelpDesk().say(...GREETED)
    expect(desk.offers('MAIL FROM:<')[0]).toBe('MAIL FROM:<alice@rennes.example>')
    expect(desk.offers('mail from:<>')).toEqual([])
    desk.say('MAIL FROM:<alice@rennes.example>')
    expect(desk.offers('RCPT TO:<br')).toEqual(['RCPT TO:<bruno@rennes.example>'])
    expect(desk.offers('RCPT TO:<').at(-1)).toBe('RCPT TO:<alice@rennes.example>')
  })

  test('parameters of the row that are offered, with their values', () => {
    const desk = new HelpDesk().say(...GREETED)
    const all = desk.offers('MAIL FROM:<a@b.example> ').map((line) => line.slice('MAIL FROM:<a@b.example> '.length))
    expect(all).toEqual(expect.arrayContaining(['SIZE=', 'BODY=8BITMIME', 'RET=FULL', 'SMTPUTF8']))
    expect(all).not.toContain('TRANSID=')
    expect(desk.offers('MAIL FROM:<a@b.example> SIZE=10 S')).toEqual(['MAIL FROM:<a@b.example> SIZE=10 SMTPUTF8'])
    desk.say('MAIL FROM:<alice@rennes.example>')
    expect(desk.offers('RCPT TO:<bruno@rennes.example> NOTIFY=N')).toEqual([
      'RCPT TO:<bruno@rennes.example> NOTIFY=NEVER',
    ])
  })

  test('in a message names of fields and addresses, and nothing behind its header', () => {
    const desk = new HelpDesk().say(
      ...GREETED,
      'MAIL FROM:<alice@rennes.example>',
      'RCPT TO:<bruno@rennes.example>',
      'DATA',
    )
    expect(desk.offers('Subj')).toEqual(['Subject: '])
    desk.say('Subject: hello')
    expect(desk.offers('To: Bruno <br')).toEqual(['To: Bruno <bruno@rennes.example'])
    expect(desk.offers('Subject: br')).toEqual([])
    desk.say('')
    expect(desk.offers('Subj')).toEqual([])
    expect(desk.offers('')).toEqual([])
  })

  test('a mechanism that the server has told, and never a word behind it', () => {
    const desk = new HelpDesk().say('telnet msa.rennes.example 587', 'EHLO pc-alice.rennes.example')
    const { known } = desk.scene
    for (const line of desk.offers('AUTH ')) expect(known.mechanisms).toContain(line.slice(5))
    expect(desk.offers('AUTH PLAIN ')).toEqual([])
    expect(desk.offers('AUTH PLAIN A')).toEqual([])
  })
})

describe('with POP3', () => {
  test('the commands of each state, and the numbers of messages that are there', () => {
    const desk = new HelpDesk().say(POP3[0]!)
    expect(desk.offers('')[0]).toBe('USER ')
    expect(desk.offers('')).not.toContain('RETR ')
    desk.say(POP3[1]!)
    expect(desk.offers('PASS ')).toEqual([])
    expect(desk.offers('PASS t')).toEqual([])
    desk.say(POP3[2]!)
    const { messages } = desk.scene.known
    expect(messages).toBeGreaterThan(0)
    expect(desk.offers('RETR ')).toHaveLength(messages)
    expect(desk.offers('RETR ')[0]).toBe('RETR 1')
    expect(desk.offers('QU')).toEqual(['QUIT'])
  })
})

describe('with IMAP', () => {
  test('a tag first, then the verbs of the state', () => {
    const desk = new HelpDesk().say(IMAP[0]!)
    expect(desk.offers('')).toEqual(['a1 '])
    expect(desk.offers('a1 LOG')).toEqual(['a1 LOGIN ', 'a1 LOGOUT'])
    expect(desk.offers('a1 LOGIN ')).toEqual([])
    expect(desk.offers('a1 LOGIN alice ')).toEqual([])
    desk.say(IMAP[1]!)
    expect(desk.offers('')).toEqual(['a2 '])
    expect(desk.offers('a2 ')[0]).toBe('a2 SELECT ')
    expect(desk.offers('a2 FET')).toEqual([])
  })

  test('mailboxes of whoever logged in, numbers of the one that is open, and the words of the arguments', () => {
    const desk = new HelpDesk().say(...IMAP)
    expect(desk.offers('a2 SELECT IN')).toEqual(['a2 SELECT INBOX'])
    expect(desk.offers('a2 SELECT ')).toContain('a2 SELECT Sent')
    expect(desk.offers('a2 LIST ')).toEqual(['a2 LIST ""'])
    expect(desk.offers('a2 LIST "" ')[0]).toBe('a2 LIST "" "*"')
    expect(desk.offers('a2 STATUS INBOX (MESSAGES UN')).toEqual(['a2 STATUS INBOX (MESSAGES UNSEEN'])
    desk.say('a2 SELECT INBOX')
    const { messages } = desk.scene.known
    expect(messages).toBeGreaterThan(0)
    expect(desk.offers('a3 FETCH ')).toHaveLength(Math.min(messages, 30) + 2)
    expect(desk.offers('a3 FETCH 1 FL')).toEqual(['a3 FETCH 1 FLAGS'])
    expect(desk.offers('a3 FETCH 1 (FLAGS BODY.P')).toEqual(['a3 FETCH 1 (FLAGS BODY.PEEK[]'])
    expect(desk.offers('a3 STORE 1 +')).toEqual(['a3 STORE 1 +FLAGS', 'a3 STORE 1 +FLAGS.SILENT'])
    expect(desk.offers('a3 STORE 1 +FLAGS (\\D')).toEqual([
      'a3 STORE 1 +FLAGS (\\Deleted',
      'a3 STORE 1 +FLAGS (\\Draft',
    ])
    expect(desk.offers('a3 SEARCH UNSEEN FR')).toEqual(['a3 SEARCH UNSEEN FROM'])
    expect(desk.offers('a3 COPY 1 Tr')).toEqual(['a3 COPY 1 Trash'])
    expect(desk.offers('a3 UID FETCH ')).toEqual(['a3 UID FETCH 1:*'])
    desk.say('a3 IDLE')
    expect(desk.offers('')).toEqual(['DONE'])
  })
})

test('what several have in common', () => {
  const options = ['BODY=7BIT', 'BODY=8BITMIME'].map((text) => option(text, 'x'))
  expect(commonPart(options)).toBe('BODY=')
  expect(commonPart([])).toBe('')
})
