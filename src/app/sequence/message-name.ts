/** A message by its sender, recipients and the time at which it was first taken. */
import { harmless, utf8Text } from '../../core/bytes/utf8.ts'
import type { Journey } from '../../core/views/journey.ts'
import type { Speaker } from './speaker.ts'

/** A name is no place for an address of any length. */
const LONGEST = 48

export function messageName({ number, hops }: Journey, speaker: Speaker): string {
  const { t } = speaker
  const hop = hops[0]
  const first = short(hop?.to[0] ?? '')
  const others = (hop?.to.length ?? 1) - 1
  return t('sequence.filters.message.one', {
    number,
    from: short(hop?.from ?? '') || t('sequence.filters.message.nobody'),
    to: others > 0 ? t('sequence.filters.message.more', { to: first, count: others }) : first,
    time: hop ? speaker.time(hop) : '',
  })
}

function short(octets: string): string {
  const text = harmless(utf8Text(octets))
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
