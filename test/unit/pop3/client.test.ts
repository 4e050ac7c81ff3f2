import { describe, expect, it } from 'vitest'
import type { Pop3Job } from '../../../src/core/pop3/client-types.ts'
import { dropLarge, fetchAll, headersFirst, leaveOnServer, remembered } from '../../../src/core/pop3/plans.ts'
import { Desk, Shelf, twoMessages } from './desk.ts'
import { scripted, served, visit } from './wired.ts'

const job = (plan: Pop3Job['plan'], changes: Partial<Pop3Job> = {}) => ({
  user: 'mrose',
  password: 'tanstaaf',
  startTls: 'never' as const,
  plan,
  ...changes,
})

const dotty = 'Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n\r\n.'

describe('the POP3 client at our server', () => {
  it.each([1, 2, 3, 7, 64, Infinity])('fetches all and deletes it, in pieces of %d octets', (piece) => {
    const shelf = new Shelf().put(...twoMessages, '', dotty)
    const { result, kept, ended } = visit(served(new Desk({}, shelf)), job(fetchAll('delete')), { piece })
    expect(result).toMatchObject({ outcome: 'done', left: [], problems: [] })
    expect(kept.map(({ content }) => content)).toEqual([...twoMessages, '', `${dotty}\r\n`])
    expect(kept.map(({ message }) => [message.number, message.size])).toEqual([
      [1, 120],
      [2, 200],
      [3, 0],
      [4, dotty.length + 2],
    ])
    expect(shelf.messages).toEqual([])
    expect(shelf.lockedBy).toBeNull()
    expect(ended).toBe('fin')
  })

  it('fetches all and leaves it', () => {
    const shelf = new Shelf().put(...twoMessages)
    const { result, kept } = visit(served(new Desk({}, shelf)), job(fetchAll('leave')))
    expect(result).toMatchObject({ outcome: 'done', deleted: [], left: [{ number: 1 }, { number: 2 }] })
    expect(kept).toHaveLength(2)
    expect(shelf.messages).toHaveLength(2)
  })

  it('is content with an empty maildrop', () => {
    const { result, heard } = visit(served(new Desk({}, new Shelf())), job(fetchAll('delete')))
    expect(result).toEqual({ outcome: 'done', fetched: [], deleted: [], left: [], problems: [] })
    expect(heard.slice(-2)).toEqual(['STAT', 'QUIT'])
  })

  it('fetches only what is new, where it leaves all on the server', () => {
    const shelf = new Shelf().put(...twoMessages)
    let known: string[] = []
    const look = () => {
      const { result, kept } = visit(served(new Desk({}, shelf)), job(leaveOnServer(known)))
      known = remembered(known, result!)
      return kept.map(({ content }) => content)
    }
    expect(look()).toEqual(twoMessages)
    expect(look()).toEqual([])
    shelf.put('Subject: three\r\n\r\n')
    shelf.expunge(1)
    expect(look()).toEqual(['Subject: three\r\n\r\n'])
    expect(known).toEqual(['3ddb123400000002', '3ddb123400000003'])
  })

  it('reads the headers first, and does with each message what it was told', () => {
    const shelf = new Shelf().put(
      'Subject: spam\r\n\r\nbuy\r\n',
      'Subject: keep\r\n\r\nread me\r\n',
      'Subject: take\r\n\r\nmine\r\n',
      'Subject: later\r\n\r\n\r\n',
    )
    const fates = { spam: 'delete', keep: 'copy', take: 'take', later: 'leave' } as const
    const plan = headersFirst(
      (_message, header) => fates[/^Subject: (\w+)\r\n\r\n$/.exec(header)![1] as keyof typeof fates],
    )
    const { result, kept, heard } = visit(served(new Desk({}, shelf)), job(plan))
    expect(kept.map(({ content }) => content)).toEqual([
      'Subject: keep\r\n\r\nread me\r\n',
      'Subject: take\r\n\r\nmine\r\n',
    ])
    expect(heard).not.toContain('RETR 1')
    expect(result).toMatchObject({ deleted: [{ number: 1 }, { number: 3 }], left: [{ number: 2 }, { number: 4 }] })
    expect(shelf.messages.map((message) => message.uid)).toEqual([2, 4])
  })

  it('deletes the large ones unread', () => {
    const shelf = new Shelf().put(...twoMessages)
    const { kept, heard } = visit(served(new Desk({}, shelf)), job(dropLarge(150, fetchAll('leave'))))
    expect(kept.map(({ content }) => content)).toEqual([twoMessages[0]])
    expect(heard).not.toContain('RETR 2')
    expect(shelf.contents()).toEqual([twoMessages[0]])
  })

  it.each([
    [{}, /^AUTH SCRAM-SHA-256 /],
    [{ mechanisms: ['LOGIN', 'CRAM-MD5'] as const }, /^AUTH CRAM-MD5$/],
    [{ mechanisms: ['PLAIN'] as const }, /^APOP mrose [0-9a-f]{32}$/],
    [{ mechanisms: ['LOGIN', 'PLAIN'] as const, apop: false }, /^AUTH PLAIN /],
    [{ mechanisms: ['LOGIN'] as const, apop: false }, /^AUTH LOGIN$/],
    [{ mechanisms: [], apop: false }, /^USER mrose$/],
  ])('logs in with the best that %j offers', (profile, command) => {
    const { result, heard, log } = visit(served(new Desk(profile)), job(fetchAll('leave')))
    expect(result).toMatchObject({ outcome: 'done' })
    expect(heard[1]).toMatch(command)
    expect(log.join('\n')).not.toMatch(/tanstaaf|dGFuc3RhYWY|AG1yb3Nl/)
  })

  it('starts TLS first where it is offered', () => {
    const desk = new Desk({ passwordNeedsTls: true, apop: false, mechanisms: ['PLAIN'] })
    const { result, heard } = visit(served(desk), job(fetchAll('leave'), { startTls: 'if-offered', server: 'dewey' }))
    expect(result).toMatchObject({ outcome: 'done' })
    expect(heard.slice(0, 3)).toEqual(['CAPA', 'STLS', 'CAPA'])
    expect(desk.remarks()).toEqual([])
  })

  it('does not go on without TLS where it must have it', () => {
    const { result, heard } = visit(
      served(new Desk({ capabilities: ['USER', 'TOP'] })),
      job(fetchAll('delete'), { startTls: 'required' }),
    )
    expect(result).toMatchObject({ outcome: 'failed', stage: 'tls', own: true })
    expect(heard).toEqual(['CAPA', 'QUIT'])
  })

  it('says what the server said where the login fails', () => {
    const { result, ended } = visit(served(new Desk()), job(fetchAll('delete'), { password: 'wrong' }))
    expect(result).toMatchObject({
      outcome: 'failed',
      stage: 'login',
      own: false,
      reply: { code: '-ERR', status: 'AUTH' },
    })
    expect(ended).toBe('fin')
    const shelf = new Shelf().put(...twoMessages)
    new Desk({}, shelf).after()
    expect(visit(served(new Desk({}, shelf)), job(fetchAll('delete'))).result).toMatchObject({
      reply: { status: 'IN-USE' },
    })
  })

  it('lives with a message that is gone, and deletes nothing in its place', () => {
    const shelf = new Shelf().put(...twoMessages)
    const desk = new Desk({}, shelf)
    const { bytes } = served(desk)
    const server = Object.assign(served(desk), {
      bytes(data: string) {
        if (data.startsWith('RETR')) shelf.expunge(1)
        return bytes(data)
      },
    })
    const { result, kept } = visit(server, job(fetchAll('delete')))
    expect(kept.map(({ content }) => content)).toEqual([twoMessages[1]])
    expect(result).toMatchObject({ outcome: 'done', problems: [{ message: { number: 1 } }], left: [{ number: 1 }] })
  })

  it('says so when the server could not remove what was marked', () => {
    const shelf = new Shelf().put(...twoMessages)
    shelf.stuck.add(1)
    expect(visit(served(new Desk({}, shelf)), job(fetchAll('delete'))).result).toMatchObject({
      outcome: 'failed',
      stage: 'update',
      reply: { status: 'SYS/TEMP' },
      fetched: [{ number: 1 }, { number: 2 }],
    })
  })

  it('loses nothing wherever the connection breaks', () => {
    const stages = new Set<string>()
    for (let lost = 0; lost < 1600; lost += 13) {
      const shelf = new Shelf().put(...twoMessages)
      const { result, kept, ended } = visit(served(new Desk({ mechanisms: [] }, shelf)), job(fetchAll('delete')), {
        lost,
        piece: 50,
      })
      const there = new Set([...shelf.contents(), ...kept.map(({ content }) => content)])
      expect([...there].sort()).toEqual([...twoMessages].sort())
      if (result?.outcome === 'done') stages.add('done')
      else {
        stages.add(result!.stage)
        expect([result!.reply, ended]).toEqual([null, 'reset'])
      }
    }
    expect([...stages]).toEqual(['greeting', 'login', 'list', 'fetch', 'update', 'done'])
  })

  it('pipelines where that is offered, and only there', () => {
    const shelf = () => new Shelf().put(...Array.from({ length: 250 }, (_, k) => `Subject: ${k}\r\n\r\n`))
    const sends = (capabilities: string[]) => {
      const desk = new Desk({ capabilities, mechanisms: [] }, shelf())
      expect(visit(served(desk), job(fetchAll('delete'))).kept).toHaveLength(250)
      return desk.effects.filter((effect) => effect.do === 'send').length
    }
    expect(sends(['USER', 'UIDL'])).toBeGreaterThan(500)
    expect(sends(['USER', 'UIDL', 'PIPELINING'])).toBeLessThan(20)
  })
})

describe('the POP3 client at other servers', () => {
  const old = {
    USER: '+OK\r\n',
    PASS: '+OK\r\n',
    STAT: '+OK 1 9\r\n',
    LIST: '+OK\r\n1 9 octets\r\n.\r\n',
    RETR: '+OK here\r\nA: b\r\n\r\n.\r\n',
    DELE: '+OK\r\n',
    QUIT: '+OK bye\r\n',
  }

  it('does without CAPA, UIDL and APOP', () => {
    const { result, heard, kept } = visit(scripted('+OK hello\r\n', old), job(fetchAll('delete')))
    expect(heard).toEqual(['CAPA', 'USER mrose', 'PASS tanstaaf', 'STAT', 'LIST', 'UIDL', 'RETR 1', 'DELE 1', 'QUIT'])
    expect(kept).toEqual([{ message: { number: 1, size: 9, id: null }, content: 'A: b\r\n\r\n' }])
    expect(result).toMatchObject({ outcome: 'done' })
  })

  it('remembers nothing where there are no ids, and says so', () => {
    expect(visit(scripted('+OK hello\r\n', old), job(leaveOnServer([]))).result).toMatchObject({
      outcome: 'failed',
      stage: 'list',
      own: true,
    })
  })

  it.each([
    ['-ERR [SYS/TEMP] busy\r\n', 'greeting'],
    ['220 mx1.rennes.example ESMTP\r\n', 'greeting'],
    ['', 'greeting'],
  ])('goes no further behind %j', (greeting, stage) => {
    const { result } = visit(scripted(greeting, {}), job(fetchAll('delete')), { patience: 1000 })
    expect(result).toMatchObject({ outcome: 'failed', stage })
  })

  it('does not take a weaker way when the best one is refused', () => {
    const { result, heard } = visit(
      scripted('+OK <1@a>\r\n', { ...old, CAPA: '+OK\r\nUSER\r\nSASL CRAM-MD5 PLAIN\r\n.\r\n' }),
      job(fetchAll('delete')),
    )
    expect(result).toMatchObject({ outcome: 'failed', stage: 'login' })
    expect(heard).toEqual(['CAPA', 'AUTH CRAM-MD5', 'QUIT'])
  })

  it('does not believe a SCRAM server that has not proved who it is', () => {
    const capabilities = '+OK\r\nSASL SCRAM-SHA-256\r\n.\r\n'
    for (const said of ['+OK come in\r\n', '+ !\r\n', '+ cj14LHM9eCxpPTE=\r\n'])
      expect(
        visit(scripted('+OK\r\n', { ...old, CAPA: capabilities, AUTH: said }), job(fetchAll('delete'))).result,
      ).toMatchObject({ outcome: 'failed', stage: 'login', own: true })
  })

  it('gives up when the server falls silent', () => {
    const { result, ended } = visit(
      scripted('+OK hello\r\n', { ...old, RETR: '+OK\r\nA: b\r\n' }),
      job(fetchAll('delete')),
      {
        patience: 1000,
      },
    )
    expect(result).toMatchObject({ outcome: 'failed', stage: 'fetch', reply: null })
    expect(ended).toBe('reset')
  })
})
