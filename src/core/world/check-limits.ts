/**
 * How large a world may be. A few lines could ask for a thousand million messages, and a world may come from a stranger's
 * link: what would not fit into a page is said, and not begun.
 */
import { entries, type World } from './known.ts'
import type { Place, Problem } from './yaml.ts'

const WORLD_LIMITS = {
  hosts: 200,
  links: 1000,
  zones: 200,
  records: 5000,
  accounts: 1000,
  people: 200,
  faults: 1000,
  messages: 20_000,
  octets: 100_000_000,
} as const

export function* checkLimits(world: World): Generator<Problem> {
  const { hosts, links, zones, accounts, people, faults } = world
  yield* most(entries(hosts).length, 'hosts')
  yield* most(links?.length, 'links')
  yield* most(entries(zones).length, 'zones')
  yield* most(accounts?.length, 'accounts')
  yield* most(people?.length, 'people')
  yield* most(faults?.length, 'faults')
  let records = 0
  for (const [, zone] of entries(zones)) records += zone?.records?.length ?? 0
  yield* most(records, 'records', ['zones'])

  let messages = 0
  let octets = 0
  const count = (mail: readonly unknown[] | undefined) => {
    for (const message of mail ?? []) {
      if (typeof message !== 'object' || message === null) continue
      const { times = 1, octets: size = 0 } = message as { times?: number; octets?: number | null }
      messages += times
      // What lies there many times is kept once.
      octets += size ?? 0
    }
    messages += mail?.length ?? 0
  }
  for (const account of accounts ?? []) {
    count(account?.mail)
    for (const [, mail] of entries(account?.mailboxes)) count(mail)
  }
  for (const [, host] of entries(hosts)) for (const [, shared] of entries(host?.mail?.shared)) count(shared?.mail)
  yield* most(messages, 'messages', ['accounts'])
  yield* most(octets, 'octets', ['accounts'])
}

function* most(count: number | undefined, what: keyof typeof WORLD_LIMITS, place: Place = [what]): Generator<Problem> {
  const limit = WORLD_LIMITS[what]
  if ((count ?? 0) > limit) yield { place, message: `A world has at most ${limit} ${what}.` }
}
