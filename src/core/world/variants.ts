/**
 * Variants of hosts: one machine that different texts show with different answers. A script or lesson chooses; what the
 * variant says is merged over the host, block by block, while lists and single values take the other's place.
 */
import type { HostName } from '../terms.ts'
import type { HostFile, WorldFile } from './schema.ts'

export function withVariants(
  world: WorldFile,
  chosen: Readonly<Record<HostName, string>>,
): { world: WorldFile } | { errors: string[] } {
  const hosts = { ...world.hosts }
  const errors: string[] = []
  for (const [name, choice] of Object.entries(chosen)) {
    const host = hosts[name]
    const variant = host?.variants[choice]
    if (!host) errors.push(`World ${world.name} has no host ${name}.`)
    else if (!variant)
      errors.push(`${name} has no variant ${choice}; it has: ${Object.keys(host.variants).join(', ') || 'none'}.`)
    else hosts[name] = merged(host, variant) as HostFile
  }
  return errors.length > 0 ? { errors } : { world: { ...world, hosts } }
}

/** The schema gives a variant only parts of a host, so what is merged is a host again. */
function merged(base: unknown, over: unknown): unknown {
  if (!isBlock(base) || !isBlock(over)) return over
  const result: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) result[key] = key in base ? merged(base[key], value) : value
  return result
}

const isBlock = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
