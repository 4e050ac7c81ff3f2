/** imapflow as a mail program, against the IMAP services of the bridge. */
import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import { connect } from 'node:net'
import nodemailer from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBridge, type Bridge } from './bridge.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
afterAll(async () => {
  expect(await bridge.stop()).toEqual({ code: 0, signal: null })
})

const account = (user: string) => bridge.accounts.find((other) => other.user === user)!
const flow = (user: string, more: Partial<ImapFlowOptions> = {}) => {
  const { password, ports } = account(user)
  return new ImapFlow({
    host: '127.0.0.1',
    port: ports[more.secure ? 'imaps' : 'imap']!,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: password },
    tls: { rejectUnauthorized: false },
    logger: false,
    ...more,
  })
}

/** A session from login to logout. */
async function session<T>(user: string, work: (client: ImapFlow) => Promise<T>, more: Partial<ImapFlowOptions> = {}) {
  const client = flow(user, more)
  await client.connect()
  const result = await work(client)
  await client.logout()
  return result
}

const LETTER =
  'From: me@there.example\r\nTo: you@there.example\r\nSubject: =?utf-8?Q?d=C3=A9j=C3=A0_vu?=\r\n\r\nonce more\r\n'

describe('IMAP over the bridge', () => {
  it('takes every account by a plain LOGIN', async () => {
    for (const { user } of bridge.accounts)
      await session(user, async (client) => {
        const names = (await client.list()).map(({ path }) => path)
        expect(names).toEqual(expect.arrayContaining(['INBOX', 'Sent', 'Drafts', 'Trash', 'Junk', 'Archive']))
      })
  })

  it.each([
    ['STARTTLS', { doSTARTTLS: true }],
    ['TLS from the first octet', { secure: true }],
  ] as const)('by %s', async (_how, more) => {
    await session(
      'alice',
      async (client) => {
        expect(client.secureConnection).toBe(true)
        expect((await client.mailboxOpen('INBOX')).exists).toBe(2)
      },
      'secure' in more ? { secure: true, doSTARTTLS: undefined! } : more,
    )
  })

  it('ten connections of one account at once', async () => {
    const clients = Array.from({ length: 10 }, () => flow('bruno'))
    await Promise.all(clients.map((client) => client.connect()))
    const opened = await Promise.all(clients.map((client) => client.mailboxOpen('INBOX')))
    expect(new Set(opened.map(({ uidValidity }) => uidValidity)).size).toBe(1)
    await Promise.all(clients.map((client) => client.logout()))
  })

  it('envelope, structure, parts', async () => {
    await session('fabien', async (client) => {
      await client.mailboxOpen('INBOX', { readOnly: true })
      const all = await client.fetchAll('1:*', { envelope: true, bodyStructure: true, size: true, source: true })
      expect(all.map(({ envelope }) => envelope!.subject)).toEqual([
        'Réunion de rentrée',
        'The envelope for the web page',
      ])
      expect(all.map(({ size, source }) => size! - source!.length)).toEqual([0, 0])
      expect(all[1]!.bodyStructure!.childNodes!.map(({ type }) => type)).toEqual(['text/plain', 'image/png'])
      const picture = await client.download('2', '2')
      expect(picture.meta!.filename).toBe('envelope.png')
      const octets: Buffer[] = []
      for await (const piece of picture.content!) octets.push(piece as Buffer)
      expect(Buffer.concat(octets).subarray(1, 4).toString()).toBe('PNG')
    })
  })

  it('append, search, flags, copy, move, delete', async () => {
    await session('denis', async (client) => {
      expect((await client.mailboxCreate('Travail/2026')).created).toBe(true)
      const appended = await client.append('Travail/2026', LETTER, ['\\Seen'], new Date('2026-01-02T03:04:05Z'))
      expect(appended).toMatchObject({ uid: 1 })
      await client.mailboxOpen('Travail/2026')
      expect(await client.search({ subject: 'Déjà' })).toEqual([1])
      expect(await client.search({ body: 'once more', seen: true })).toEqual([1])
      expect(await client.search({ seen: false })).toEqual([])
      await client.messageFlagsAdd('1', ['\\Flagged', 'devoir'])
      const one = await client.fetchOne('1', { flags: true, internalDate: true, uid: true })
      if (!one) throw new Error('not there')
      expect([...one.flags!].sort()).toEqual(['\\Flagged', '\\Seen', 'devoir'])
      expect(new Date(one.internalDate!).toISOString()).toBe('2026-01-02T03:04:05.000Z')
      expect(await client.messageCopy('1', 'Archive')).toMatchObject({ uidMap: new Map([[1, 1]]) })
      expect(await client.messageMove('1', 'Trash')).toMatchObject({ uidMap: new Map([[1, 1]]) })
      expect(await client.search({ all: true })).toEqual([])
      await client.mailboxOpen('Archive')
      expect(await client.messageDelete('1')).toBe(true)
      expect(await client.status('Archive', { messages: true, uidNext: true })).toMatchObject({
        messages: 0,
        uidNext: 2,
      })
      await client.mailboxClose()
      await client.mailboxRename('Travail/2026', 'Travail/2027')
      expect((await client.list()).map(({ path }) => path)).toContain('Travail/2027')
      await client.mailboxDelete('Travail/2027')
      await client.mailboxDelete('Travail')
      await expect(client.mailboxDelete('INBOX')).rejects.toThrow()
      expect((await client.list()).map(({ path }) => path)).not.toContain('Travail')
    })
  })

  it('hears in IDLE of what nodemailer sends, and of what another session deletes', async () => {
    const { address, ports } = account('claire')
    const client = flow('claire')
    await client.connect()
    const { exists } = await client.mailboxOpen('INBOX')
    const heard: string[] = []
    const came = new Promise<void>((resolve) =>
      client.on('exists', ({ count, prevCount }: { count: number; prevCount: number }) => {
        heard.push(`${prevCount} -> ${count}`)
        resolve()
      }),
    )
    const gone = new Promise<void>((resolve) => client.on('expunge', () => resolve()))
    const idling = client.idle()
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: ports['smtp']!, ignoreTLS: true })
    await transport.sendMail({ from: 'me@there.example', to: address, subject: 'hello', text: 'hello' })
    transport.close()
    await came
    expect(heard[0]).toBe(`${exists} -> ${exists + 1}`)
    await session('claire', async (other) => {
      await other.mailboxOpen('INBOX')
      await other.messageDelete(String(exists + 1))
    })
    await gone
    await client.noop()
    await idling
    await client.logout()
  })

  it('large answers wait until they are read, and nothing of them is lost', async () => {
    const { password, ports } = account('gilles')
    await session('gilles', async (client) => {
      await client.mailboxCreate('Gros')
      for (let at = 0; at < 4; at++)
        await client.append('Gros', `Subject: big ${at}\r\n\r\n${'0123456789\r\n'.repeat(400_000)}`)
    })
    const heard = await new Promise<number>((resolve, reject) => {
      let octets = 0
      let end = ''
      const socket = connect(ports['imap']!, '127.0.0.1')
      socket.write(
        `a LOGIN gilles ${password}\r\nb EXAMINE Gros\r\nc FETCH 1:* BODY.PEEK[]\r\nd FETCH 1:* BODY.PEEK[]\r\ne LOGOUT\r\n`,
      )
      socket.on('data', (chunk) => {
        octets += chunk.length
        end = (end + chunk.toString('latin1')).slice(-200)
        if (octets > 1_000_000 && octets < 1_500_000) {
          socket.pause()
          setTimeout(() => socket.resume(), 200)
        }
      })
      socket.on('close', () => (end.includes('e OK ') ? resolve(octets) : reject(new Error(end))))
      socket.on('error', reject)
    })
    expect(heard).toBeGreaterThan(8 * 4_800_000)
    await session('gilles', (client) => client.mailboxDelete('Gros'))
  })
})

describe('what the facts of the bridge name', () => {
  const greeting = (port: number, say = '') =>
    new Promise<string>((resolve, reject) => {
      let heard = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(`${say}z LOGOUT\r\n`))
      socket.on('data', (chunk) => (heard += chunk.toString('latin1')))
      socket.on('close', () => resolve(heard))
      socket.on('error', reject)
    })

  it('PREAUTH, BYE, a login and a mailbox that lie elsewhere', async () => {
    const { preauth, bye, referral, remoteMailbox } = bridge.facts as {
      preauth: number
      bye: number
      referral: { user: string; password: string; port: number }
      remoteMailbox: string
    }
    expect(await greeting(preauth, 'a SELECT INBOX\r\n')).toMatch(/^\* PREAUTH [^]*\r\na OK \[READ-WRITE\]/)
    expect(await greeting(bye)).toMatch(/^\* BYE /)
    expect(await greeting(referral.port, `a LOGIN ${referral.user} ${referral.password}\r\n`)).toContain(
      'a NO [REFERRAL imap://',
    )
    const { user, password, ports } = bridge.accounts[0]!
    const heard = await greeting(
      ports['imap']!,
      `a LOGIN ${user} ${password}\r\nb RLIST "" *\r\nc LIST "" *\r\nd SELECT ${remoteMailbox}\r\n`,
    )
    expect(heard).toContain('d NO [REFERRAL imap://')
    expect(heard.match(new RegExp(`"/" ${remoteMailbox}\\r\\n`, 'g'))).toHaveLength(1)
  })
})
