/** A search program as a test for one message after another. Of keys that must all hold the cheap ones are asked first. */
import type { ImapMessage } from '../backend.ts'
import { settled } from '../wire/sequence-set.ts'
import type { Key } from './program.ts'
import { arrivedDay, sentOf } from './dates.ts'
import { foldedAddresses, foldedHeader, foldedSubject, headerHolds, holdsFolded, searchedText } from './text.ts'

/** What a search knows beside the messages. */
export interface Scene {
  /** Milliseconds since 1970 UTC, and the minutes that the host's zone is east of it. */
  now: number
  zoneMinutes: number
  /** The last UID: what `*` means. */
  lastUid: number
  isRecent(uid: number): boolean
}

export type Test = (message: ImapMessage) => boolean

/** A test and what it costs: a flag 0, a field that is kept 2, a text 8. */
interface Weighed {
  test: Test
  cost: number
}

export const compile = (key: Key, scene: Scene): Test => weighed(key, scene).test

function weighed(key: Key, scene: Scene): Weighed {
  switch (key.is) {
    case 'all':
      return { test: () => true, cost: 0 }
    case 'flag':
      return { test: flagTest(key.flag, key.set), cost: 0 }
    case 'recent':
      return { test: ({ uid }) => scene.isRecent(uid) === key.set, cost: 0 }
    case 'larger':
      return { test: ({ content }) => content.size > key.octets, cost: 0 }
    case 'smaller':
      return { test: ({ content }) => content.size < key.octets, cost: 0 }
    case 'uids':
      return { test: rangesTest(settled(key.ranges, scene.lastUid)), cost: 0 }
    case 'arrived': {
      const holds = dayTest(key)
      return { test: ({ internalDate }) => holds(arrivedDay(internalDate, scene.zoneMinutes)), cost: 0 }
    }
    case 'sent': {
      const holds = dayTest(key)
      // What does not say when it was sent is of no day.
      return {
        test({ content }) {
          const sent = sentOf(content)
          return sent !== null && holds(sent.day)
        },
        cost: 2,
      }
    }
    case 'younger':
    case 'older': {
      // RFC 5032 2: to the second.
      const moment = Math.floor(scene.now / 1000) - key.seconds
      const younger = key.is === 'younger'
      return {
        test({ internalDate }) {
          const second = Math.floor(internalDate / 1000)
          return younger ? second >= moment : second <= moment
        },
        cost: 0,
      }
    }
    case 'modseq':
      return { test: ({ modseq }) => modseq >= key.since, cost: 0 }
    case 'addresses':
      return { test: ({ content }) => foldedAddresses(content, key.field).includes(key.text), cost: 2 }
    case 'subject':
      return { test: ({ content }) => foldedSubject(content).includes(key.text), cost: 2 }
    case 'header':
      return { test: ({ content }) => headerHolds(foldedHeader(content), key.field, key.text), cost: 4 }
    case 'body':
      return { test: ({ content }) => searchedText(content).body.includes(key.text), cost: 8 }
    case 'text':
      return { test: ({ content }) => holdsFolded(content, key.text), cost: 9 }
    case 'not': {
      const { test, cost } = weighed(key.key, scene)
      return { test: (message) => !test(message), cost }
    }
    case 'or': {
      const [first, second] = byCost([weighed(key.one, scene), weighed(key.other, scene)])
      return {
        test: (message) => first!.test(message) || second!.test(message),
        cost: first!.cost + second!.cost,
      }
    }
    case 'and':
      return all(key.keys.map((one) => weighed(one, scene)))
  }
}

const byCost = (keys: readonly Weighed[]): Weighed[] => keys.toSorted((a, b) => a.cost - b.cost)

function all(keys: readonly Weighed[]): Weighed {
  const tests = byCost(keys).map(({ test }) => test)
  const [first, second] = tests
  return {
    test:
      tests.length === 2
        ? (message) => first!(message) && second!(message)
        : (message) => tests.every((test) => test(message)),
    cost: keys.reduce((sum, { cost }) => sum + cost, 0),
  }
}

/** Flags are the same whatever their case. */
function flagTest(flag: string, set: boolean): Test {
  const wanted = flag.toLowerCase()
  // A mailbox shares the few sets of flags that there are among its messages.
  const known = new Map<readonly string[], boolean>()
  return ({ flags }) => {
    let found = known.get(flags)
    if (found === undefined) known.set(flags, (found = flags.some((other) => other.toLowerCase() === wanted) === set))
    return found
  }
}

function rangesTest(ranges: readonly (readonly [number, number])[]): Test {
  if (ranges.length === 0) return () => false
  const [from, to] = ranges[0]!
  if (ranges.length === 1) return ({ uid }) => uid >= from && uid <= to
  return ({ uid }) => {
    let low = 0
    let high = ranges.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (ranges[middle]![1] < uid) low = middle + 1
      else high = middle
    }
    const range = ranges[low]
    return range !== undefined && range[0] <= uid
  }
}

function dayTest({ how, day }: { how: 'before' | 'on' | 'since'; day: number }): (other: number) => boolean {
  if (how === 'before') return (other) => other < day
  return how === 'on' ? (other) => other === day : (other) => other >= day
}
