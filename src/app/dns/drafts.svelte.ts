/** Zones that are being written: what was typed stays while other views are looked at, and after one has gone back in time. */
import { SvelteMap } from 'svelte/reactivity'
import type { HostName } from '../../core/terms.ts'
import type { WorldFile } from '../../core/world/schema.ts'

export interface Draft {
  readonly server: HostName
  readonly text: string
}

const ofWorlds = new WeakMap<WorldFile, SvelteMap<string, Draft>>()

/** By the zone's name. */
export function draftsOf(file: WorldFile): SvelteMap<string, Draft> {
  const drafts = ofWorlds.get(file) ?? new SvelteMap<string, Draft>()
  ofWorlds.set(file, drafts)
  return drafts
}
