/** Where something can be met: the hosts of the worlds that people can choose, as they are or by one of their variants. */
import { servicesOf, type NamedService } from '../../src/core/world/named-services.ts'
import type { WorldFile } from '../../src/core/world/schema.ts'
import type { Served } from '../../src/core/world/services.ts'
import { withVariants } from '../../src/core/world/variants.ts'
import { readWorld, worldNames } from '../../src/node/worlds.ts'

const worlds = worldNames()
  .sort()
  .map((name) => ({ name, file: readWorld(name) }))

type Fits = (service: NamedService) => boolean

const servicesAt = (file: WorldFile, host: string) => servicesOf(file.hosts[host]!.services)

/** The first variant of this host that has such a service. */
function variantWith(file: WorldFile, host: string, fits: Fits): string | null {
  for (const variant of Object.keys(file.hosts[host]!.variants)) {
    const varied = withVariants(file, { [host]: variant })
    if ('world' in varied && servicesAt(varied.world, host).some(fits)) return variant
  }
  return null
}

/** `campus: mx1.rennes.example, mx2.rennes.example and 3 more; rfc: every host`, of those that speak this protocol. */
export function placesOf(protocol: Served, fits: Fits): string {
  const told: string[] = []
  for (const { name, file } of worlds) {
    const hosts = Object.keys(file.hosts)
    // A mail store that speaks LMTP alone is no host for SMTP.
    const speaking = hosts.filter((host) =>
      servicesAt(file, host).some((service) => service.protocol === protocol && service.name !== 'lmtp'),
    )
    const fitting = hosts.filter((host) => servicesAt(file, host).some(fits))
    const varied = hosts.flatMap((host) => {
      const variant = variantWith(file, host, fits)
      return variant === null ? [] : [`${host} (variant ${variant})`]
    })
    if (fitting.length > 1 && speaking.every((host) => fitting.includes(host))) told.push(`${name}: every host`)
    else if (fitting.length > 0) told.push(`${name}: ${few(fitting)}`)
    else if (varied.length > 0) told.push(`${name}: ${few(varied)}`)
  }
  return told.join('; ')
}

/** Likewise, of hosts that were seen: `campus mx1.rennes.example`. */
export function seenAt(places: Iterable<readonly [world: string, host: string]>): string {
  const hosts = new Map<string, Set<string>>()
  for (const [world, host] of places) hosts.set(world, (hosts.get(world) ?? new Set()).add(host))
  const chosen = [...hosts].filter(([world]) => worlds.some(({ name }) => name === world))
  return (chosen.length > 0 ? chosen : [...hosts])
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([world, names]) => `${world}: ${few([...names].sort())}`)
    .join('; ')
}

/** What services of this protocol offer, as the worlds write it. */
export function offeredIn(protocol: Served): string[] {
  const found = new Set<string>()
  for (const { file } of worlds)
    for (const host of Object.keys(file.hosts))
      for (const variant of [null, ...Object.keys(file.hosts[host]!.variants)]) {
        const varied = withVariants(file, variant === null ? {} : { [host]: variant })
        if (!('world' in varied)) continue
        for (const service of servicesAt(varied.world, host))
          if (service.protocol === protocol) for (const keyword of service.told.capabilities) found.add(keyword)
      }
  return [...found]
}

/** Commands that only one host knows, with where. */
export function localCommands(): { verb: string; syntax: string; where: string }[] {
  return worlds.flatMap(({ name, file }) =>
    Object.keys(file.hosts).flatMap((host) =>
      servicesAt(file, host).flatMap((service) =>
        service.protocol === 'smtp'
          ? Object.entries(service.told.local).map(([verb, { syntax }]) => ({
              verb,
              syntax: syntax ?? verb,
              where: `${name}: ${host}`,
            }))
          : [],
      ),
    ),
  )
}

const few = (names: readonly string[]) =>
  names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ')
