/** Mail that comes in by a real socket, seen where it lands: the mailboxes of the simulated hosts. */
import nodemailer from 'nodemailer'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fieldValues } from '../../src/core/message/fields.ts'
import { Sim } from '../../src/core/world/sim.ts'
import { makeCertificate } from '../../src/node/bridge/certificate.ts'
import { mountAll, type Mounts } from '../../src/node/bridge/mount.ts'
import { Pace } from '../../src/node/bridge/pace.ts'
import { readWorld } from '../../src/node/worlds.ts'

const file = readWorld('campus')
const sim = new Sim(file, { keep: 0 })
const pace = new Pace(sim.world.clock, 100)
let mounts: Mounts
beforeAll(async () => {
  mounts = await mountAll(sim.world, await makeCertificate(Object.keys(file.hosts)), new Map(), pace)
})
afterAll(() => {
  mounts.close()
  pace.stop()
})

const inbox = (address: string) => {
  const store = [...sim.world.stores.values()].find((other) => other.accountAt(address))!
  return store
    .accountAt(address)!
    .mailboxes.get('INBOX')!
    .messages.map(({ content }) => content.octets)
}

/** What nodemailer sends as Alice, by the submission port, and the first message that then comes in at `where`. */
async function arrival(where: string, message: { to: string; raw: string }): Promise<string> {
  const before = inbox(where).length
  const { port } = mounts.services.find(({ host, service }) => host.startsWith('mx1.') && service === 'submission')!
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    name: 'laptop.example',
    auth: { user: 'alice', pass: 'tournesol' },
    tls: { rejectUnauthorized: false },
  })
  const envelope = { from: 'alice@rennes.example', to: message.to }
  expect((await transport.sendMail({ envelope, raw: message.raw })).response).toMatch(/^250 /)
  await expect.poll(() => inbox(where).length, { timeout: 10_000 }).toBe(before + 1)
  return inbox(where)[before]!
}

it('is in a mailbox of the same host at once, stamped and completed', async () => {
  const to = 'bruno@rennes.example'
  const content = await arrival(to, { to, raw: 'Subject: here\r\n\r\n.dot\r\n' })
  expect(content).toMatch(/^Return-Path: <alice@rennes.example>\r\nDelivered-To: bruno@rennes.example\r\nReceived: /)
  expect(content).toMatch(/\r\nSubject: here\r\n\r\n\.dot\r\n$/)
  expect(fieldValues(content, 'Received')).toEqual([
    expect.stringMatching(
      /^from laptop.example \(unknown \[203\.0\.113\.1\]\)\s+by mx1.rennes.example with ESMTPSA id \w+\s+for <bruno@rennes.example>; /,
    ),
  ])
  expect(fieldValues(content, 'Message-ID')).toEqual([expect.stringMatching(/^<\w+@mx1.rennes.example>$/)])
  expect(fieldValues(content, 'Date')).toHaveLength(1)
})

it('goes by MX to another organisation and through its hosts, and keeps what its writer gave it', async () => {
  const to = 'claire@lyon.example'
  const raw = 'Date: Mon, 7 Sep 2026 10:00:00 +0200\r\nMessage-ID: <own@laptop.example>\r\nSubject: there\r\n\r\nhi\r\n'
  const content = await arrival(to, { to, raw })
  const hops = fieldValues(content, 'Received').map((value) => /by (\S+)\s+with (\S+)/.exec(value)!.slice(1))
  expect(hops).toEqual([
    ['store.lyon.example', 'LMTP'],
    ['mx.lyon.example', 'ESMTPS'],
    ['mx1.rennes.example', 'ESMTPSA'],
  ])
  for (const name of ['Return-Path', 'Delivered-To', 'Date', 'Message-ID'])
    expect(fieldValues(content, name)).toHaveLength(1)
  expect(content.endsWith(raw)).toBe(true)
})

it('of eight bits is encoded for a host that promises seven', async () => {
  const to = 'paul@vieux.example'
  const raw = 'Subject: 8\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\u00e9\r\n'
  const content = await arrival(to, { to, raw })
  expect(content).not.toMatch(/[\x80-\xff]/)
  expect(content).toMatch(/Content-Transfer-Encoding: base64\r\n\r\nw6kNCg==\r\n$/)
})
