import { describe, expect, it } from 'vitest'
import { ADDRESS, Lab } from './lab.ts'

function asked(lab: Lab, address = ADDRESS['b']!, patience = 5000) {
  const answers: (string | null)[] = []
  const giveUp = lab.network.machine('a').exchange(address, 53, 'question', patience)((answer) => answers.push(answer))
  return { answers, giveUp }
}

describe('datagrams', () => {
  it('go to who is bound there, and the first answer comes back', () => {
    const lab = new Lab()
    const heard: string[] = []
    lab.network.bind('b', 53, (data, from, reply) => {
      heard.push(`${data} from ${from.address} ${from.port}`)
      reply('answer')
      reply('again')
    })
    const { answers } = asked(lab)
    lab.clock.drain()
    expect(heard).toEqual(['question from 192.0.2.1 49152'])
    expect(answers).toEqual(['answer'])
    expect(lab.clock.now).toBe(40)
    expect(lab.clock.next()).toBeNull()
    expect(lab.events('datagram').map(({ host, toHost, data, cause }) => ({ host, toHost, data, cause }))).toEqual([
      { host: 'a', toHost: 'b', data: 'question', cause: null },
      { host: 'b', toHost: 'a', data: 'answer', cause: 0 },
      { host: 'b', toHost: 'a', data: 'again', cause: 1 },
    ])
  })

  it.each([
    ['nobody is bound', (_lab: Lab) => {}, ADDRESS['b']!],
    ['nobody has the address', (_lab: Lab) => {}, '203.0.113.1'],
    ['the host is down', (lab: Lab) => lab.network.apply({ fault: 'down', host: 'b' }), ADDRESS['b']!],
    ['the link is cut', (lab: Lab) => lab.network.apply({ fault: 'cut', between: ['a', 'b'] }), ADDRESS['b']!],
  ])('stay without an answer where %s, and the clock stands', (_why, prepare, address) => {
    const lab = new Lab()
    if (_why !== 'nobody is bound') lab.network.bind('b', 53, (_data, _from, reply) => reply('answer'))
    prepare(lab)
    const { answers } = asked(lab, address)
    lab.clock.drain()
    expect(answers).toEqual([])
    lab.clock.skip()
    expect(answers).toEqual([null])
    expect(lab.clock.now).toBe(5000)
  })

  it('can be waited for no more', () => {
    const lab = new Lab()
    lab.network.bind('b', 53, (_data, _from, reply) => reply('answer'))
    const { answers, giveUp } = asked(lab)
    giveUp()
    lab.clock.drain()
    expect(lab.clock.skip()).toBe(false)
    expect(answers).toEqual([])
  })

  it('reach a service of the own host', () => {
    const lab = new Lab()
    lab.network.bind('a', 53, (data, from, reply) => reply(`${data} ${from.address}`))
    const { answers } = asked(lab, '127.0.0.1')
    lab.clock.drain()
    expect(answers).toEqual(['question 127.0.0.1'])
  })
})
