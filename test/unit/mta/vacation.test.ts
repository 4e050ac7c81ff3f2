import { PLAIN_TERMS } from '../../../src/core/smtp/envelope.ts'
import { describe, expect, it } from 'vitest'
import { automaticReply } from '../../../src/core/mta/vacation.ts'
import type { QueueEntry } from '../../../src/core/mta/queue.ts'
import { Store } from '../../../src/core/store/store.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'
import { DAY, EPOCH, path } from './bench.ts'

function away() {
  const store = new Store({ limit: 1e6, uidValidity: 1 })
  return store.add({
    user: 'gwenn',
    password: 'x',
    name: 'Gwenn',
    addresses: ['gwenn@brest.example'],
    quota: null,
    vacation: 'At sea.\n',
  })
}

const entry = (from: string | null, ...fields: string[]): QueueEntry => ({
  id: 'A',
  from: from === null ? null : path(from),
  terms: PLAIN_TERMS,
  recipients: [],
  content: `${fields.map((field) => `${field}\r\n`).join('')}\r\nHello\r\n`,
  arrived: 0,
  cause: 0,
  client: null,
})

const own = (now = EPOCH) => ({ messageId: '<b@brest.example>', date: 'Mon, 7 Sep 2026 10:00:00 +0200', now })
const TO = 'To: Gwenn <GWENN@brest.example>'

describe('an automatic reply', () => {
  it('goes to the sender, says what it answers and that it is automatic', () => {
    const reply = automaticReply(entry('a@x.example', TO, 'Subject: Lunch', 'Message-ID: <1@x.example>'), away(), own())
    expect(reply).toMatch(/^From: Gwenn <gwenn@brest\.example>\r\nTo: <a@x\.example>\r\nSubject: Auto: Lunch\r\n/)
    expect(reply).toContain(
      'In-Reply-To: <1@x.example>\r\nReferences: <1@x.example>\r\nAuto-Submitted: auto-replied\r\n',
    )
    expect(reply).toMatch(/\r\n\r\nAt sea\.\r\n$/)
  })

  it.each([
    ['a bounce', entry(null, TO)],
    ['a list', entry('a@x.example', TO, 'List-Id: <l.x.example>')],
    ['bulk mail', entry('a@x.example', TO, 'Precedence: bulk')],
    ['another automatic message', entry('a@x.example', TO, 'Auto-Submitted: auto-generated')],
    ['a program', entry('profs-owner@x.example', TO)],
    ['what names somebody else', entry('a@x.example', 'To: all@x.example')],
  ])('is not given to %s', (_what, letter) => {
    expect(automaticReply(letter, away(), own())).toBeNull()
  })

  it('comes once a week', () => {
    const account = away()
    const letter = entry('a@x.example', 'Cc: gwenn@brest.example', 'Auto-Submitted: no')
    expect(automaticReply(letter, account, own())).not.toBeNull()
    expect(automaticReply(letter, account, own(EPOCH + 6 * DAY))).toBeNull()
    expect(automaticReply(letter, account, own(EPOCH + 8 * DAY))).not.toBeNull()
    expect(automaticReply(entry('b@x.example', TO), account, own())).not.toBeNull()
  })

  it('finds its way back through the network, and is answered by nobody', () => {
    const sim = new Sim(readWorld('campus'))
    sim.open('t1', 'pc-alice.rennes.example', 'alice')
    for (const line of [
      'mail -s Lunch gwenn@brest.example',
      'Shall we?',
      '.',
      'mail -s Again gwenn@brest.example',
      'x',
      '.',
    ]) {
      sim.type('t1', `${line}\n`)
      sim.drain()
    }
    const inbox = sim.world.stores.get('mx1.rennes.example')!.account('alice')!.mailboxes.get('INBOX')!.messages
    const replies = inbox.filter(({ content }) => content.octets.includes('Subject: Auto: '))
    expect(replies).toHaveLength(1)
    expect(replies[0]!.content.octets).toMatch(/^Return-Path: <>\r\n/)
    expect(replies[0]!.content.octets).toContain('Auto: Lunch')
  })

  it('forgets whom it answered a week ago', () => {
    const account = away()
    for (let k = 0; k < 50; k++) automaticReply(entry(`a${k}@x.example`, TO), account, own(EPOCH))
    expect(account.answered.size).toBe(50)
    automaticReply(entry('b@x.example', TO), account, own(EPOCH + 8 * DAY))
    expect([...account.answered.keys()]).toEqual(['b@x.example'])
  })

  it('answers no identifier that is none', () => {
    const reply = automaticReply(entry('a@x.example', TO, 'Message-ID: <\x1b[2J\0@x>'), away(), own())
    expect(reply).not.toContain('In-Reply-To')
    expect(reply).not.toContain('\x1b')
  })
})
