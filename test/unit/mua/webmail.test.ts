import { describe, expect, it } from 'vitest'
import type { MailRequest } from '../../../src/core/mua/requests.ts'
import { isMailAct } from '../../../src/core/world/mailers.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { browserAt, originOf, webmailOf } from '../../../src/core/world/webmail.ts'
import { readWorld } from '../../../src/node/worlds.ts'
import { campusInClear, WEB } from '../../in-clear.ts'

const secured = readWorld('campus')
const HOST = 'pc-alice.rennes.example'
const PASSWORD = 'tournesol'
const campus = campusInClear()

function ask(sim: Sim, ...requests: MailRequest[]): void {
  for (const request of requests) {
    sim.act({ act: 'mail', host: HOST, user: 'alice', web: WEB, request })
    sim.drain()
  }
}

const browser = (sim: Sim) => browserAt(sim.world, HOST, 'alice', WEB)!
const said = (sim: Sim) => sim.trace.flatMap((event) => (event.kind === 'http' ? [event.line] : []))
const between = (sim: Sim) =>
  new Set(
    sim.trace.flatMap((event) => (event.kind === 'dial' ? [`${event.host} ${event.toHost}:${event.to.port}`] : [])),
  )
const segments = (sim: Sim, host: string) =>
  sim.trace
    .flatMap((event) => (event.kind === 'segment' && event.host === host && !event.tls ? [event.data] : []))
    .join('')
const uidsIn = (sim: Sim, folder: string) => [...(browser(sim).state.folders.get(folder)?.messages.keys() ?? [])]
const stored = (sim: Sim, user: string, folder: string) =>
  sim.world.stores.get('mx1.rennes.example')!.account(user)!.mailboxes.get(folder)!.messages

const LETTER = [
  'From: Alice Martin <alice@rennes.example>',
  'To: bruno@rennes.example',
  'Subject: From the web',
  'Date: Mon, 07 Sep 2026 10:00:00 +0200',
  'Message-ID: <web@webmail.rennes.example>',
  '',
  'Hello.',
  '',
].join('\r\n')

/** What somebody at a telnet prompt is told. */
function typed(sim: Sim, ...lines: string[]): string {
  sim.open('t', HOST, 'alice')
  sim.type('t', `telnet ${WEB} 80\n`)
  sim.drain()
  for (const line of lines) {
    sim.type('t', `${line}\n`)
    sim.drain()
  }
  return sim.trace.flatMap((event) => (event.kind === 'printed' ? [event.text] : [])).join('')
}

describe('webmail', () => {
  it('logs in by HTTP; the password is on the wire for all to read, and the web host speaks IMAP', () => {
    const sim = new Sim(campus)
    expect(webmailOf(campus, 'alice@rennes.example')).toBe(WEB)
    expect(webmailOf(campus, 'claire@lyon.example')).toBeNull()
    ask(sim, { ask: 'password', password: PASSWORD })
    expect(said(sim)).toEqual([
      'POST /login HTTP/1.1',
      'HTTP/1.1 303 See Other',
      'GET /mail/INBOX HTTP/1.1',
      'HTTP/1.1 200 OK',
    ])
    expect(between(sim)).toEqual(new Set([`${HOST} ${WEB}:80`, `${WEB} mx1.rennes.example:143`]))
    expect(segments(sim, HOST)).toContain(`password=${PASSWORD}`)
    expect(browser(sim).state).toMatchObject({
      online: true,
      open: 'INBOX',
      wantsPassword: false,
      trouble: null,
      doing: null,
    })
    expect(uidsIn(sim, 'INBOX')).toEqual([1, 2])
    expect(browser(sim).page).toBe('/mail/INBOX')
  })

  it('lets nobody in with a wrong password, or without a cookie', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'get' })
    expect(said(sim)).toEqual(['GET /mail HTTP/1.1', 'HTTP/1.1 403 Forbidden'])
    ask(sim, { ask: 'password', password: 'wrong' })
    expect(said(sim).at(-1)).toBe('HTTP/1.1 403 Forbidden')
    expect(browser(sim).state).toMatchObject({
      online: false,
      wantsPassword: true,
      trouble: { key: 'mailer.trouble.web.login' },
    })
    expect(uidsIn(sim, 'INBOX')).toEqual([])
    ask(sim, { ask: 'password', password: PASSWORD })
    expect(browser(sim).state.online).toBe(true)
  })

  it('reads, flags, deletes and takes back; logs out, and then the cookie is worth nothing', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'password', password: PASSWORD }, { ask: 'read', folder: 'INBOX', uid: 1 })
    expect(browser(sim).state.folders.get('INBOX')!.messages.get(1)).toMatchObject({ flags: ['\\Seen'] })
    expect(browser(sim).state.folders.get('INBOX')!.messages.get(1)!.parts.get('')).toContain('in Lyon')
    expect(said(sim).at(-2)).toBe('GET /mail/INBOX/1 HTTP/1.1')
    ask(sim, { ask: 'flag', folder: 'INBOX', uids: [1], flag: '\\Flagged', on: true })
    expect(stored(sim, 'alice', 'INBOX')[0]!.flags).toContain('\\Flagged')
    // What was fetched once is still there.
    expect(browser(sim).state.folders.get('INBOX')!.messages.get(1)!.parts.has('')).toBe(true)
    ask(sim, { ask: 'delete', folder: 'INBOX', uids: [1] })
    expect(uidsIn(sim, 'INBOX')).toEqual([2])
    expect(browser(sim).state.counts.get('Trash')).toEqual({ messages: 1, unseen: 0 })
    ask(sim, { ask: 'undo' })
    expect(uidsIn(sim, 'INBOX')).toHaveLength(2)
    ask(sim, { ask: 'search', folder: 'INBOX', text: 'Coffee' })
    expect([...browser(sim).state.found!.uids]).toEqual([2])
    ask(sim, { ask: 'leave' })
    expect(browser(sim).state).toMatchObject({ online: false, wantsPassword: true })
    ask(sim, { ask: 'get' })
    expect(said(sim).at(-1)).toBe('HTTP/1.1 403 Forbidden')
  })

  it('makes folders, gives them other names, and deletes them', () => {
    const sim = new Sim(campus)
    ask(
      sim,
      { ask: 'password', password: PASSWORD },
      { ask: 'create', folder: 'Prés' },
      { ask: 'copy', folder: 'INBOX', uids: [1], to: 'Prés' },
      { ask: 'open', folder: 'Prés' },
      { ask: 'rename', folder: 'Prés', to: 'Champs' },
    )
    expect(browser(sim).state).toMatchObject({ open: 'Champs', trouble: null, done: { key: 'mailer.done.renamed' } })
    expect(uidsIn(sim, 'Champs')).toEqual([1])
    expect(stored(sim, 'alice', 'Champs')).toHaveLength(1)
    ask(sim, { ask: 'remove', folder: 'Champs' })
    expect(browser(sim).state).toMatchObject({ open: 'INBOX', trouble: null })
    expect(browser(sim).state.folders.has('Champs')).toBe(false)
    // Who reads on may still take back what was done before.
    ask(sim, { ask: 'delete', folder: 'INBOX', uids: [1] }, { ask: 'read', folder: 'INBOX', uid: 2 })
    expect(browser(sim).state).toMatchObject({ done: { key: 'mailer.done.deleted' } })
    ask(sim, { ask: 'undo' })
    expect(uidsIn(sim, 'INBOX')).toHaveLength(2)
  })

  it('what is not of ASCII goes to the web host and on as it was written', () => {
    const sim = new Sim(campus)
    const message = LETTER.replace('Hello.', '\xc3\xa9t\xc3\xa9 \xff')
    ask(sim, { ask: 'password', password: PASSWORD }, { ask: 'draft', message, draft: null })
    expect(stored(sim, 'alice', 'Drafts').at(-1)!.content.octets).toContain('\xc3\xa9t\xc3\xa9 \xff')
    ask(sim, { ask: 'search', folder: 'INBOX', text: 'été' })
    expect(browser(sim).state.found).toMatchObject({ text: 'été' })
  })

  it('sends: HTTP to the web host, SMTP from there; and a journal tells it again, to the byte', () => {
    const sim = new Sim(campus)
    ask(
      sim,
      { ask: 'password', password: PASSWORD },
      { ask: 'send', message: LETTER, answers: null, draft: null },
      { ask: 'open', folder: 'Sent' },
    )
    expect(between(sim)).toContain(`${WEB} mx1.rennes.example:587`)
    expect(between(sim)).not.toContain(`${HOST} mx1.rennes.example:587`)
    expect(stored(sim, 'bruno', 'INBOX').at(-1)!.content.octets).toContain('Subject: From the web')
    expect(uidsIn(sim, 'Sent')).toHaveLength(1)
    expect(Sim.replay(campus, sim.journal()).same).toBe(true)
    expect(said(sim)).toContain('POST /mail/send HTTP/1.1')
  })

  it('tells what went wrong: no web host, no mail host, what is under way broken off', () => {
    const sim = new Sim(campus)
    ask(sim, { ask: 'password', password: PASSWORD })
    sim.fault(`down ${WEB}`)
    ask(sim, { ask: 'get' })
    sim.skip()
    sim.drain()
    ask(sim, { ask: 'stop' })
    expect(browser(sim).state.doing).toBeNull()
    expect(browser(sim).state.trouble).not.toBeNull()
    sim.fault(`up ${WEB}`)
    ask(sim, { ask: 'get' })
    // Nobody there remembers who had logged in.
    expect(browser(sim).state.trouble).toMatchObject({ key: 'mailer.trouble.web.session' })
  })

  it('answers whoever types HTTP by hand', () => {
    expect(typed(new Sim(campus), 'GET / HTTP/1.1', `Host: ${WEB}`, '')).toContain('HTTP/1.1 404 Not Found')
    expect(typed(new Sim(campus), 'GET /mail HTTP/1.1', '')).toContain('HTTP/1.1 400 Bad Request')
    expect(typed(new Sim(campus), 'GET /mail HTTP/2.0', '')).toContain('HTTP/1.1 505')
    expect(typed(new Sim(campus), 'BREW /mail HTTP/1.1', 'Host: a', '')).toContain('HTTP/1.1 405')
    expect(typed(new Sim(campus), 'EHLO me', '')).toContain('HTTP/1.1 400')
  })

  it('by TLS nobody reads along; who asks in clear is led there, and is told nothing else', () => {
    const sim = new Sim(secured)
    ask(sim, { ask: 'password', password: PASSWORD }, { ask: 'read', folder: 'INBOX', uid: 1 })
    expect(between(sim)).toEqual(new Set([`${HOST} ${WEB}:443`, `${WEB} mx1.rennes.example:143`]))
    expect(segments(sim, HOST)).not.toContain(PASSWORD)
    expect(segments(sim, WEB)).not.toContain('in Lyon')
    expect(browser(sim).state).toMatchObject({ online: true, secure: true, trouble: null })
    expect(browser(sim).state.folders.get('INBOX')!.messages.get(1)!.parts.get('')).toContain('in Lyon')
    expect(said(sim)).toContain('GET /mail/INBOX/1 HTTP/1.1')
    expect(Sim.replay(secured, sim.journal()).same).toBe(true)
    expect([originOf(secured, WEB), originOf(campus, WEB)]).toEqual([`https://${WEB}`, `http://${WEB}`])

    const inClear = typed(new Sim(secured), 'GET /mail/INBOX?page=2 HTTP/1.1', `Host: ${WEB}`, '')
    expect(inClear).toContain('HTTP/1.1 301 Moved Permanently')
    expect(inClear).toContain(`Location: https://${WEB}/mail/INBOX?page=2`)
    const posted = typed(new Sim(secured), 'POST /login HTTP/1.1', `Host: ${WEB}`, 'Content-Length: 0', '')
    expect(posted).toContain('HTTP/1.1 301')
    expect(posted).not.toContain('Set-Cookie')
  })

  it('tells a long folder page by page, and how much there is of it', () => {
    const sim = new Sim(campus)
    const store = sim.world.stores.get('mx1.rennes.example')!
    for (let n = 3; n <= 120; n++) store.deliver('alice', 'INBOX', `Subject: Letter ${n}\r\n\r\nText ${n}\r\n`, 0)
    const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, k) => first + k)
    ask(sim, { ask: 'password', password: PASSWORD })
    expect(uidsIn(sim, 'INBOX')).toEqual(from(71, 120))
    expect(browser(sim).state).toMatchObject({ pages: { at: 1, of: 3 } })
    expect(browser(sim).state.counts.get('INBOX')).toEqual({ messages: 120, unseen: 120 })
    ask(sim, { ask: 'page', page: 2 })
    expect(said(sim).at(-2)).toBe('GET /mail?page=2 HTTP/1.1')
    expect(uidsIn(sim, 'INBOX')).toEqual(from(21, 70))
    // What is done there leaves one there.
    ask(sim, { ask: 'read', folder: 'INBOX', uid: 30 }, { ask: 'delete', folder: 'INBOX', uids: [40] })
    expect(said(sim).at(-2)).toBe('POST /mail/delete?page=2 HTTP/1.1')
    expect(uidsIn(sim, 'INBOX')).toEqual([20, ...from(21, 39), ...from(41, 70)])
    expect(browser(sim).state.folders.get('INBOX')!.messages.get(30)!.parts.get('')).toContain('Text 30')
    expect(browser(sim).state.counts.get('INBOX')).toEqual({ messages: 119, unseen: 118 })
    ask(sim, { ask: 'page', page: 9 })
    expect(uidsIn(sim, 'INBOX')).toEqual(from(1, 19))
    expect(browser(sim).state.pages).toEqual({ at: 3, of: 3 })
    // What is found is told in pages of its own.
    ask(sim, { ask: 'search', folder: 'INBOX', text: 'Letter 1' })
    expect(browser(sim).state).toMatchObject({ pages: { at: 1, of: 1 }, found: { text: 'Letter 1' } })
    expect(uidsIn(sim, 'INBOX')).toEqual([...from(10, 19), ...from(100, 120)])
    ask(sim, { ask: 'search', folder: 'INBOX', text: 'Letter' }, { ask: 'page', page: 2 })
    expect(browser(sim).state).toMatchObject({ pages: { at: 2, of: 3 }, found: { text: 'Letter' } })
    ask(sim, { ask: 'open', folder: 'Sent' })
    expect(browser(sim).state).toMatchObject({ pages: { at: 1, of: 1 }, found: null })
    expect(browser(sim).state.counts.get('INBOX')).toEqual({ messages: 119, unseen: 118 })
  })

  it('does nothing for what no person could have asked for', () => {
    const sim = new Sim(campus)
    const before = sim.trace.length
    for (const [host, web] of [
      ['nowhere.example', WEB],
      [HOST, 'mx1.rennes.example'],
      [HOST, '__proto__'],
    ] as const)
      sim.act({ act: 'mail', host, user: 'alice', web, request: { ask: 'get' } })
    sim.drain()
    expect(sim.trace).toHaveLength(before)
    expect(isMailAct({ host: HOST, user: 'alice', web: WEB, request: { ask: 'get' } })).toBe(true)
    expect(isMailAct({ host: HOST, user: 'alice', web: 1, request: { ask: 'get' } })).toBe(false)
  })
})

it('a world file says whose mail it is for, and has one service at a port', () => {
  const file = (web: string) => `
name: w
title: { en: W, fr: W }
epoch: "2026-09-07T08:00:00Z"
hosts:
  web.ici.example: { address: 192.0.2.1, mail: {}, services: { smtp: {} }, webmail: ${web} }
`
  const problems = (web: string) => {
    const read = parseWorld(file(web), 'w.yaml')
    return 'errors' in read ? read.errors.map(({ message }) => message).join('\n') : ''
  }
  expect(problems('{ accounts: web.ici.example }')).toBe('')
  expect(problems('{ accounts: no.ici.example }')).toContain('There is no host no.ici.example in this world.')
  expect(problems('{ accounts: web.ici.example, https: 443 }')).toBe('')
  expect(problems('{ accounts: web.ici.example, https: 80 }')).toContain('Port 80 is taken by the webmail already.')
  expect(problems('{ accounts: web.ici.example, https: 25 }')).toContain('Port 25 is taken by the webmail already.')
  expect(problems('{ accounts: web.ici.example, port: 25 }')).toContain('Port 25 is taken by the webmail already.')
})
