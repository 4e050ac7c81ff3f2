/** Mail of this machine in a mailbox of the world: what POP3 hands out of it is what lay in the file, octet by octet. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startBridge } from './bridge.ts'

const folder = mkdtempSync(join(tmpdir(), 'facteur-mail-'))
afterAll(() => rmSync(folder, { recursive: true }))

const message = (subject: string, text: string) => `From: Z\xe9 <z@x.example>\nSubject: ${subject}\n\n${text}\n`

/** One dialogue, its commands sent at once. */
function dialogue(port: number, commands: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(commands))
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')))
    socket.on('end', () => resolve(heard))
    socket.on('error', reject)
  })
}

test('an mbox, a Maildir and a message, with their flags', async () => {
  const mbox = join(folder, 'old.mbox')
  writeFileSync(
    mbox,
    `From z@x.example Mon Sep  7 08:00:00 2026\nStatus: RO\n${message('one', '>From here\n.')}\n`,
    'latin1',
  )
  const maildir = join(folder, 'Maildir')
  for (const name of ['cur', 'new', 'tmp', '.Lists/cur']) mkdirSync(join(maildir, name), { recursive: true })
  writeFileSync(join(maildir, 'cur', '1038331903.M1P1.x:2,FS'), message('two', 'caf\xe9'), 'latin1')
  writeFileSync(join(maildir, '.Lists/cur', '1038331904.M1P1.x:2,'), message('three', 'list'), 'latin1')
  const eml = join(folder, 'one.eml')
  writeFileSync(eml, message('four', 'alone'), 'latin1')
  const before = readFileSync(mbox)
  const who = 'bruno@rennes.example'
  const bridge = await startBridge(...[mbox, maildir, eml].flatMap((path) => ['--mail', `${who}=${path}`]))
  try {
    const { user, password, ports } = bridge.accounts.find(({ address }) => address === who)!
    const login = `USER ${user}\r\nPASS ${password}\r\n`
    const said = await dialogue(ports['pop3']!, `${login}STAT\r\nRETR 1\r\nRETR 2\r\nRETR 3\r\nQUIT\r\n`)
    expect(said).toContain('+OK 3 ')
    for (const text of [
      'Status: RO\r\nFrom: Z\xe9',
      '\r\n\r\nFrom here\r\n..\r\n',
      'Subject: two\r\n\r\ncaf\xe9\r\n',
      'alone',
    ])
      expect(said).toContain(text)
    const flags = await dialogue(
      ports['imap']!,
      `a LOGIN ${user} ${password}\r\nb SELECT INBOX\r\nc FETCH 1:* FLAGS\r\nd STATUS Lists (MESSAGES)\r\ne LOGOUT\r\n`,
    )
    expect(flags).toMatch(/\* 1 FETCH \(FLAGS \(\\Seen/)
    expect(flags).toMatch(/\* 2 FETCH \(FLAGS \(\\Flagged \\Seen|\* 2 FETCH \(FLAGS \(\\Seen \\Flagged/)
    expect(flags).toContain('STATUS Lists (MESSAGES 1)')
    expect(readFileSync(mbox)).toEqual(before)
  } finally {
    await bridge.stop()
  }
})
