/** What a machine is, as a shape: by the first of its roles that says most. */
import type { WorldFile } from '../../core/world/schema.ts'
import type { IconName } from './icons.ts'

const shapes: readonly [string, IconName][] = [
  ['printer', 'printer'],
  ['outside', 'globe'],
  ['web', 'globe'],
  ['laptop', 'laptop'],
  ['mx', 'envelope'],
  ['msa', 'envelope'],
  ['mta', 'envelope'],
  ['mda', 'box'],
  ['dns', 'book'],
  ['mua', 'laptop'],
]

export function hostIcon(world: WorldFile, host: string): IconName {
  const roles: readonly string[] = world.hosts[host]?.roles ?? []
  return shapes.find(([role]) => roles.includes(role))?.[1] ?? 'server'
}
