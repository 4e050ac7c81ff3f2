/** What a region of a source is called: by its own name where it has one. */
import type { Region } from '../../core/views/source.ts'
import type { Translate } from '../../texts/index.ts'

export function regionName({ kind, part, name }: Region, t: Translate): string {
  if (kind === 'part') return `${part.number ?? ''} ${part.type}/${part.subtype}`.trim()
  return name !== '' && (kind === 'field' || kind === 'parameter') ? name : t(`region.${kind}`)
}
