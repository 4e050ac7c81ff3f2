import { describe, expect, it } from 'vitest'
import { isMailRequest, type MailRequest } from '../../../src/core/mua/requests.ts'
import { OUTBOX } from '../../../src/core/mua/state.ts'
import { homeOf } from '../../../src/core/shell/files.ts'
import { mailerAt } from '../../../src/core/world/mailers.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const campus = readWorld('campus')
const HOST = 'pc-alice.rennes.example'
const POP3 = { ask: 'settings', settings: { protocol: 'pop3', security: 'offered', leave: true } } as const

function ask(sim: Sim, ...requests: MailRequest[]): void {
  for (const request of requests) {
    sim.act({ act: 'mail', host: HOST, user: 'alice', request })
    sim.drain()
  }
}

const programOf = (sim: Sim) => mailerAt(sim.world, HOST, 'alice')!
const stateOf = (sim: Sim) => programOf(sim).state
const messagesIn = (sim: Sim, folder: string) => [...(stateOf(sim).folders.get(folder)?.messages.values() ?? [])]
const subjects = (sim: Sim, folder: string) => messagesIn(sim, folder).map(({ envelope }) => envelope?.subject)
const commands = (sim: Sim) =>
  sim.trace.flatMap((event) => (event.kind === 'command' && event.protocol !== 'smtp' ? [event.line] : []))
const storeOf = (sim: Sim, folder: string) =>
  [...(sim.world.stores.get('mx1.rennes.example')!.account('alice')!.mailboxes.get(folder)?.messages ?? [])].map(
    ({ content }) => content.octets,
  )
const everything = (sim: Sim) => sim.trace.map((event) => JSON.stringify(event)).join('\n')

const LETTER = [
  'From: Alice Martin <alice@rennes.example>',
  'To: bruno@rennes.example',
  'Cc: emma@brest.example',
  'Bcc: gilles@rennes.example',
  'Subject: A letter',
  'Date: Mon, 07 Sep 2026 10:00:00 +0200',
  'Message-ID: <letter@pc-alice.rennes.example>',
  '',
  'Hello.',
  '',
].join('\r\n')

const sending = (message = LETTER): MailRequest => ({ ask: 'send', message, answers: null, draft: null })

function inboxOf(sim: Sim, host: string, user: string): string[] {
  return sim.world.stores
    .get(host)!
    .account(user)!
    .mailboxes.get('INBOX')!
    .messages.map(({ content }) => content.octets)
}

describe('by IMAP', () => {
  it('connects as a good client does, and knows folders, messages and what they hold', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' })
    const said = commands(sim).map((line) => line.replace(/^\S+ /, '').replace(/ .*/, ''))
    // The greeting has told what the server can before TLS.
    expect(said.slice(0, 3)).toEqual(['STARTTLS', 'CAPABILITY', 'AUTHENTICATE'])
    expect(said).toContain('LIST')
    expect(said).toContain('STATUS')
    expect(said.at(-1)).toBe('IDLE')
    const state = stateOf(sim)
    expect(state).toMatchObject({ online: true, secure: true, open: 'INBOX', trouble: null, doing: null })
    expect(subjects(sim, 'INBOX')).toEqual(["Monday's meeting", 'Coffee'])
    expect([...state.folders.keys()]).toEqual(expect.arrayContaining(['Sent', 'Drafts', 'Trash', OUTBOX]))
    expect(state.counts.get('Trash')).toEqual({ messages: 0, unseen: 0 })
    // The password is nowhere in clear.
    expect(everything(sim)).not.toContain('tournesol')
  })

  it('reads a message without a trace, then marks it; deletes it into the trash and takes that back', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' }, { ask: 'read', folder: 'INBOX', uid: 1 })
    expect(commands(sim).join('\n')).toMatch(/UID FETCH 1 \(BODY\.PEEK\[\]\)[^]*UID STORE 1 \+FLAGS \(\\Seen\)/)
    expect(messagesIn(sim, 'INBOX')[0]).toMatchObject({ flags: ['\\Seen'] })
    expect(messagesIn(sim, 'INBOX')[0]!.parts.get('')).toContain('in Lyon')
    ask(sim, { ask: 'delete', folder: 'INBOX', uids: [1] })
    expect(subjects(sim, 'INBOX')).toEqual(['Coffee'])
    expect(stateOf(sim).counts.get('Trash')).toEqual({ messages: 1, unseen: 0 })
    ask(sim, { ask: 'undo' })
    expect(subjects(sim, 'INBOX')).toEqual(['Coffee', "Monday's meeting"])
    expect(storeOf(sim, 'Trash')).toEqual([])
  })

  it('shows the folder that was opened, wherever something is done meanwhile, and listens there again', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' }, { ask: 'draft', message: LETTER, draft: null })
    ask(sim, { ask: 'delete', folder: 'INBOX', uids: [1, 2] })
    const shown = new Set<string | null>()
    for (const request of [{ ask: 'undo' }, { ...sending(), draft: { folder: 'Drafts', uid: 1 } }] as MailRequest[]) {
      sim.act({ act: 'mail', host: HOST, user: 'alice', request })
      while (sim.step()) shown.add(stateOf(sim).open)
      expect(commands(sim).at(-1)).toContain('IDLE')
      expect(stateOf(sim)).toMatchObject({ trouble: null })
    }
    expect([...shown]).toEqual(['INBOX'])
    expect(storeOf(sim, 'Drafts')).toEqual([])
    sim.open('t1', 'pc-bruno.rennes.example', 'bruno')
    sim.drain()
    sim.type('t1', 'echo News | mail -s "Été" alice@rennes.example\n')
    sim.drain()
    expect(subjects(sim, 'INBOX')).toHaveLength(3)
  })

  it('sees mail come while it listens, searches, flags, and makes folders', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' })
    sim.open('t1', 'pc-bruno.rennes.example', 'bruno')
    sim.drain()
    sim.type('t1', 'echo News | mail -s "Été" alice@rennes.example\n')
    sim.drain()
    expect(messagesIn(sim, 'INBOX')).toHaveLength(3)
    ask(sim, { ask: 'search', folder: 'INBOX', text: 'été' })
    expect([...stateOf(sim).found!.uids]).toEqual([3])
    ask(
      sim,
      { ask: 'flag', folder: 'INBOX', uids: [3], flag: '\\Flagged', on: true },
      { ask: 'create', folder: 'Prés' },
      { ask: 'move', folder: 'INBOX', uids: [3], to: 'Prés' },
    )
    expect(stateOf(sim).counts.get('Prés')).toEqual({ messages: 1, unseen: 1 })
    ask(sim, { ask: 'open', folder: 'Prés' })
    expect(messagesIn(sim, 'Prés')[0]!.flags).toEqual(['\\Flagged'])
  })

  it('gives a folder another name, with what lies in and below it, and deletes it', () => {
    const sim = new Sim(campus)
    ask(
      sim,
      { ask: 'get' },
      { ask: 'create', folder: 'Prés' },
      { ask: 'create', folder: 'Prés/Bas' },
      { ask: 'copy', folder: 'INBOX', uids: [1], to: 'Prés/Bas' },
      { ask: 'move', folder: 'INBOX', uids: [2], to: 'Prés' },
      { ask: 'open', folder: 'Prés/Bas' },
      { ask: 'rename', folder: 'Prés', to: 'Champs' },
    )
    expect(stateOf(sim)).toMatchObject({ open: 'Champs/Bas', trouble: null, undo: null })
    expect(subjects(sim, 'Champs/Bas')).toEqual(["Monday's meeting"])
    expect(stateOf(sim).counts.get('Champs')).toEqual({ messages: 1, unseen: 1 })
    expect([...stateOf(sim).folders.values()].filter(({ subscribed }) => subscribed).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Champs', 'Champs/Bas']),
    )
    expect(stateOf(sim).folders.has('Prés')).toBe(false)
    expect(commands(sim).join('\n')).toMatch(/RENAME \S+ Champs\n[^]*UNSUBSCRIBE/)
    ask(sim, { ask: 'remove', folder: 'Champs/Bas' })
    expect(stateOf(sim)).toMatchObject({ open: 'INBOX', trouble: null, done: { key: 'mailer.done.removed' } })
    expect(stateOf(sim).folders.has('Champs/Bas')).toBe(false)
    expect(subjects(sim, 'INBOX')).toEqual(["Monday's meeting"])
    // What the server refuses is told, and nothing is lost.
    ask(sim, { ask: 'rename', folder: 'Champs', to: 'Sent' })
    expect(stateOf(sim).trouble).toMatchObject({ key: 'mailer.trouble.refused' })
    ask(sim, { ask: 'open', folder: 'Champs' })
    expect(subjects(sim, 'Champs')).toEqual(['Coffee'])
  })

  it('sends: Bcc gets it and is named to nobody, and a copy with it lies in Sent', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' }, sending())
    expect(stateOf(sim)).toMatchObject({ trouble: null, done: { key: 'mailer.done.sent' } })
    for (const [host, user] of [
      ['mx1.rennes.example', 'bruno'],
      ['mx1.rennes.example', 'gilles'],
      ['mail.brest.example', 'emma'],
    ] as const) {
      const came = inboxOf(sim, host, user).filter((octets) => octets.includes('Subject: A letter'))
      expect(came).toHaveLength(1)
      expect(came[0]!.slice(came[0]!.indexOf('From: Alice'))).not.toContain('gilles')
    }
    expect(storeOf(sim, 'Sent').join('')).toContain('Bcc: gilles@rennes.example')
    expect(stateOf(sim).counts.get('Sent')).toEqual({ messages: 1, unseen: 0 })
  })

  it('a reply marks what it answers; a draft is replaced and goes when it is sent', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' }, { ask: 'draft', message: LETTER, draft: null })
    ask(sim, { ask: 'draft', message: LETTER, draft: { folder: 'Drafts', uid: 1 } })
    expect(storeOf(sim, 'Drafts')).toHaveLength(1)
    ask(sim, {
      ask: 'send',
      message: LETTER,
      answers: { folder: 'INBOX', uid: 2, flag: '\\Answered' },
      draft: { folder: 'Drafts', uid: 2 },
    })
    expect(storeOf(sim, 'Drafts')).toEqual([])
    expect(messagesIn(sim, 'INBOX')[1]!.flags).toEqual(['\\Answered'])
  })

  it('answers a request for a receipt only when told to, from nobody, and once', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' })
    sim.layFile(
      'pc-bruno.rennes.example',
      'bruno',
      `${homeOf('bruno')}/m.eml`,
      LETTER.replace('To: bruno', 'To: alice').replace(
        'Subject:',
        'Disposition-Notification-To: Bruno <bruno@rennes.example>\r\nSubject:',
      ),
    )
    sim.open('t1', 'pc-bruno.rennes.example', 'bruno')
    sim.drain()
    sim.type('t1', 'sendmail -t < m.eml\n')
    sim.drain()
    const before = inboxOf(sim, 'mx1.rennes.example', 'bruno').length
    ask(sim, { ask: 'read', folder: 'INBOX', uid: 3 })
    expect(inboxOf(sim, 'mx1.rennes.example', 'bruno')).toHaveLength(before)
    ask(sim, { ask: 'receipt', folder: 'INBOX', uid: 3, send: true })
    const came = inboxOf(sim, 'mx1.rennes.example', 'bruno')
    expect(came).toHaveLength(before + 1)
    expect(came.at(-1)).toMatch(/^Return-Path: <>/)
    expect(came.at(-1)).toContain('Content-Type: multipart/report;')
    expect(came.at(-1)).toContain('Disposition: manual-action/MDN-sent-manually; displayed')
    expect(came.at(-1)).toContain('Original-Message-ID: <letter@pc-alice.rennes.example>')
    expect(messagesIn(sim, 'INBOX')[2]!.flags).toContain('$MDNSent')
  })
})

describe('by POP3', () => {
  it('takes what is new once, and leaves it there', () => {
    const sim = new Sim(campus)
    ask(sim, POP3, { ask: 'get' }, { ask: 'get' })
    expect(subjects(sim, 'INBOX')).toEqual(["Monday's meeting", 'Coffee'])
    const said = commands(sim)
    expect(said.filter((line) => line.startsWith('RETR'))).toEqual(['RETR 1', 'RETR 2'])
    expect(said.filter((line) => line.startsWith('UIDL'))).toHaveLength(2)
    expect(storeOf(sim, 'INBOX')).toHaveLength(2)
    expect(stateOf(sim)).toMatchObject({ open: 'INBOX', online: false, trouble: null })
  })

  it('what is deleted here goes from the server the next time, unless that was taken back', () => {
    const sim = new Sim(campus)
    ask(sim, POP3, { ask: 'get' }, { ask: 'delete', folder: 'INBOX', uids: [1] }, { ask: 'undo' })
    ask(sim, { ask: 'delete', folder: 'INBOX', uids: [2] }, { ask: 'get' })
    expect(commands(sim).filter((line) => line.startsWith('DELE'))).toEqual(['DELE 2'])
    expect(storeOf(sim, 'INBOX')).toHaveLength(1)
    expect(subjects(sim, 'INBOX')).toEqual(["Monday's meeting"])
    expect(subjects(sim, 'Trash')).toEqual(['Coffee'])
  })

  it('takes all where nothing shall stay; its own folders, marks and searches ask nobody', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'settings', settings: { protocol: 'pop3', security: 'never', leave: false } }, { ask: 'get' })
    expect(storeOf(sim, 'INBOX')).toEqual([])
    const { length } = sim.trace
    ask(
      sim,
      { ask: 'read', folder: 'INBOX', uid: 1 },
      { ask: 'create', folder: 'Work' },
      { ask: 'copy', folder: 'INBOX', uids: [1], to: 'Work' },
      { ask: 'search', folder: 'INBOX', text: 'LYON' },
    )
    expect(sim.trace).toHaveLength(length)
    expect(subjects(sim, 'Work')).toEqual(["Monday's meeting"])
    expect([...stateOf(sim).found!.uids]).toEqual([1])
    ask(sim, { ask: 'open', folder: 'Work' }, { ask: 'rename', folder: 'Work', to: 'Sent' })
    expect(stateOf(sim).trouble).toMatchObject({ key: 'mailer.trouble.folder-exists' })
    ask(sim, { ask: 'rename', folder: 'Work', to: 'Play' })
    expect(stateOf(sim)).toMatchObject({ open: 'Play', trouble: null })
    expect(subjects(sim, 'Play')).toEqual(["Monday's meeting"])
    ask(sim, { ask: 'remove', folder: 'Play' })
    expect(stateOf(sim).open).toBe('INBOX')
    expect(stateOf(sim).folders.has('Play')).toBe(false)
    expect(sim.trace).toHaveLength(length)
    ask(sim, sending())
    expect(subjects(sim, 'Sent')).toEqual(['A letter'])
  })

  it('a folder that is deleted goes with what came into it, from the maildrop, too', () => {
    const sim = new Sim(campus)
    ask(
      sim,
      POP3,
      { ask: 'get' },
      { ask: 'create', folder: 'Work' },
      { ask: 'move', folder: 'INBOX', uids: [1], to: 'Work' },
      { ask: 'remove', folder: 'Work' },
      { ask: 'get' },
    )
    expect(subjects(sim, 'INBOX')).toEqual(['Coffee'])
    expect(storeOf(sim, 'INBOX').join('')).not.toContain("Monday's meeting")
    expect(storeOf(sim, 'INBOX')).toHaveLength(1)
  })

  it('what came is there again after a look at IMAP', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'settings', settings: { protocol: 'pop3', security: 'offered', leave: false } }, { ask: 'get' })
    ask(sim, { ask: 'settings', settings: { protocol: 'imap', security: 'offered', leave: true } }, { ask: 'get' })
    expect(subjects(sim, 'INBOX')).toEqual([])
    ask(sim, POP3)
    expect(subjects(sim, 'INBOX')).toEqual(["Monday's meeting", 'Coffee'])
  })
})

describe('what can go wrong', () => {
  it('a wrong password is told, and another one is asked for', () => {
    for (const settings of [POP3, { ask: 'settings', settings: { ...POP3.settings, protocol: 'imap' } } as const]) {
      const sim = new Sim(campus)
      ask(sim, settings, { ask: 'password', password: 'rose' }, { ask: 'get' })
      expect(stateOf(sim)).toMatchObject({ wantsPassword: true, trouble: { key: 'mailer.trouble.login' }, doing: null })
      ask(sim, { ask: 'password', password: 'tournesol' }, { ask: 'get' })
      expect(stateOf(sim)).toMatchObject({ wantsPassword: false, trouble: null })
      expect(messagesIn(sim, 'INBOX')).toHaveLength(2)
    }
  })

  it('a server that is down keeps nobody for ever: the wait can be broken off, or be waited for', () => {
    const sim = new Sim(campus)
    sim.fault('down mx1.rennes.example')
    ask(sim, { ask: 'get' })
    expect(stateOf(sim).doing).toBe('get')
    ask(sim, { ask: 'stop' })
    expect(stateOf(sim)).toMatchObject({ doing: null, trouble: { key: 'mailer.trouble.stopped' } })
    ask(sim, { ask: 'get' })
    while (stateOf(sim).doing !== null && sim.skip()) sim.drain()
    expect(stateOf(sim)).toMatchObject({ doing: null, trouble: { key: 'mailer.trouble.timeout' } })
    sim.fault('up mx1.rennes.example')
    ask(sim, { ask: 'get' })
    expect(messagesIn(sim, 'INBOX')).toHaveLength(2)
  })

  it('a server that dies while one reads is told, and found again', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' })
    sim.fault('down mx1.rennes.example')
    sim.drain()
    sim.fault('up mx1.rennes.example')
    ask(sim, { ask: 'read', folder: 'INBOX', uid: 1 })
    while (stateOf(sim).doing !== null && sim.skip()) sim.drain()
    expect(messagesIn(sim, 'INBOX')[0]!.parts.get('')).toContain('in Lyon')
  })

  it('a server that dies in the middle of an answer is told', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' })
    sim.act({ act: 'mail', host: HOST, user: 'alice', request: { ask: 'read', folder: 'INBOX', uid: 1 } })
    while (!commands(sim).at(-1)!.includes('BODY.PEEK[]')) sim.step()
    sim.fault('down mx1.rennes.example')
    sim.drain()
    expect(stateOf(sim).doing).toBe('read')
    while (stateOf(sim).doing !== null && sim.skip()) sim.drain()
    expect(stateOf(sim)).toMatchObject({ online: false, trouble: { key: expect.stringMatching(/trouble\./) } })
    expect(messagesIn(sim, 'INBOX')).toHaveLength(2)
  })

  it('what cannot be sent waits in the outbox, and goes when it can', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' })
    sim.fault('cut mx1.rennes.example--pc-alice.rennes.example')
    ask(sim, sending())
    while (stateOf(sim).doing !== null && sim.skip()) sim.drain()
    expect(stateOf(sim).trouble).not.toBeNull()
    expect(subjects(sim, OUTBOX)).toEqual(['A letter'])
    sim.fault('mend mx1.rennes.example--pc-alice.rennes.example')
    ask(sim, { ask: 'resend' })
    while (stateOf(sim).doing !== null && sim.skip()) sim.drain()
    expect(subjects(sim, OUTBOX)).toEqual([])
    expect(inboxOf(sim, 'mx1.rennes.example', 'bruno').join('')).toContain('Subject: A letter')
  })

  it('a recipient that is refused is named; nothing at all is sent to no address', () => {
    const sim = new Sim(campus)
    ask(sim, sending(LETTER.replace('gilles@', 'nobody@')))
    expect(stateOf(sim).trouble).toMatchObject({
      key: 'mailer.trouble.partly',
      values: { address: 'nobody@rennes.example' },
    })
    ask(sim, sending('Subject: none\r\n\r\n'))
    expect(stateOf(sim).trouble).toMatchObject({ key: 'mailer.trouble.no-recipient' })
  })

  it('who has no account is told so', () => {
    const sim = new Sim(campus)
    sim.act({ act: 'mail', host: 'outside.example', user: 'guest', request: { ask: 'get' } })
    sim.drain()
    expect(mailerAt(sim.world, 'outside.example', 'guest')!.state.trouble).not.toBeNull()
    expect(sim.trace).toEqual([])
  })
})

it('the same journal gives the same trace and the same program', () => {
  const sim = new Sim(campus)
  ask(sim, { ask: 'get' }, { ask: 'read', folder: 'INBOX', uid: 1 }, sending(), POP3, { ask: 'get' })
  const journal = JSON.parse(JSON.stringify(sim.journal()))
  const again = Sim.replay(campus, journal)
  expect(again.same).toBe(true)
  expect(stateOf(again.sim)).toEqual(stateOf(sim))
  const middle = sim.trace.findIndex(({ kind }) => kind === 'delivered')
  expect(mailerAt(Sim.until(campus, journal, middle).world, HOST, 'alice')!.state.settings.protocol).toBe('imap')
})

describe('requests from outside', () => {
  it('are taken where a person could have made them', () => {
    for (const good of [{ ask: 'get' }, sending(), POP3, { ask: 'move', folder: 'INBOX', uids: [1, 2], to: 'é' }])
      expect(isMailRequest(good)).toBe(true)
  })

  it('are refused otherwise', () => {
    for (const bad of [
      null,
      { ask: 'constructor' },
      { ask: 'open' },
      { ask: 'open', folder: 'a\r\nb' },
      { ask: 'read', folder: 'INBOX', uid: 1.5 },
      { ask: 'flag', folder: 'INBOX', uids: [1], flag: 'x) (\r\n', on: true },
      { ask: 'move', folder: 'INBOX', uids: ['1:*'], to: 'x' },
      { ask: 'send', message: '\u20ac', answers: null, draft: null },
      { ask: 'send', message: '', answers: { folder: 'a', uid: 1, flag: '\\Deleted' }, draft: null },
      { ask: 'settings', settings: { protocol: 'x400', security: 'never', leave: true } },
    ])
      expect(isMailRequest(bad)).toBe(false)
  })

  it('do nothing where they come from a broken journal', () => {
    const sim = new Sim(campus)
    const request = { ask: 'read', folder: 'INBOX', uid: '1 (BODY[])' } as unknown as MailRequest
    sim.act({ act: 'mail', host: HOST, user: 'alice', request })
    sim.act({ act: 'mail', host: '__proto__', user: 'alice', request: { ask: 'get' } })
    expect(sim.trace).toEqual([])
  })
})
