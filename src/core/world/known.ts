/** What the checks of a world file ask again and again: is there such a host, such an account? */
import type { WorldFile } from './schema.ts'
import type { Draft, Place, Problem } from './yaml.ts'

export type World = Draft<WorldFile>

export const entries = <T>(block: { readonly [key: string]: T } | null | undefined) => Object.entries(block ?? {})

export function* known(world: World, name: string | null | undefined, place: Place): Generator<Problem> {
  if (typeof name === 'string' && !world.hosts?.[name])
    yield { place, message: `There is no host ${name} in this world.` }
}

export function* isAccount(world: World, address: string | null | undefined, place: Place): Generator<Problem> {
  if (typeof address !== 'string' || world.accounts?.some((account) => account?.address === address)) return
  yield { place, message: `There is no account ${address} in this world.` }
}

export const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()
