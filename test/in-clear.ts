/** The campus with a webmail that has no TLS: what is said to it can be read. */
import type { WorldFile } from '../src/core/world/schema.ts'
import { readWorld } from '../src/node/worlds.ts'

export const WEB = 'webmail.rennes.example'

export function campusInClear(): WorldFile {
  const campus = readWorld('campus')
  campus.hosts[WEB]!.webmail!.https = null
  return campus
}
