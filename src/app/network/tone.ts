/** The colour of a connection, by what is spoken on it. */
import type { Connection } from '../../core/views/connections.ts'
import { serviceKind } from '../../core/views/row-kinds.ts'

export function toneOf({ service }: Connection): string {
  const kind = serviceKind(service)
  return kind === 'other' ? 'tcp' : kind
}
