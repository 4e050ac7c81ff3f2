/** DELE marks for one session; QUIT alone removes. */
import { expect, test } from 'vitest'
import { deletions } from '../../../src/core/views/deletions.ts'
import { Folder } from '../../../src/core/views/folder.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

test('what is marked goes at QUIT, and is marked no more after RSET or when the session breaks off', () => {
  const sim = new Sim(readWorld('campus'))
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  const folder = new Folder(deletions)
  const marked = (...lines: string[]) => {
    for (const line of lines) {
      sim.type('t1', `${line}\n`)
      sim.drain()
    }
    return [...folder.catchUp(sim.trace).values()].flatMap((marks) => [...marks].map((key) => key.slice(-1)))
  }
  const enter = ['telnet mx1.rennes.example 110', 'USER alice', 'PASS tournesol']
  expect(marked(...enter, 'DELE 2', 'DELE 1', 'DELE 1', 'DELE 9')).toEqual(['2', '1'])
  expect(marked('RSET 1')).toEqual(['2', '1'])
  expect(marked('RSET')).toEqual([])
  expect(marked('DELE 2', 'QUIT')).toEqual([])
  // What is number 1 now as before, was never removed.
  expect(marked(...enter, 'DELE 1')).toEqual(['1'])
  sim.key('t1', 'escape')
  expect(marked('quit')).toEqual([])
  expect(sim.world.stores.get('mx1.rennes.example')!.account('alice')!.mailboxes.get('INBOX')!.uids()).toEqual([1])
})
