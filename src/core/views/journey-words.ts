/** What a host does with a message, in words: as in the sequence, and what stands there as arrows. */
import { harmless, utf8Text } from '../bytes/utf8.ts'
import type { Step } from './journey.ts'
import { rowWords, wentWrong, type Words } from './words.ts'
import type { RowOf } from './rows.ts'

export function stepWords(step: Step): Words {
  switch (step.kind) {
    case 'attempt':
      return say('attempt', { server: step.server, address: step.address, to: step.recipients.join(', ') })
    case 'sent':
      return say('sent', { server: step.server, to: step.recipients.join(', '), reply: step.reply })
    case 'removed':
      return say('removed', {})
    case 'dial-failed':
      return say(`unanswered.${step.why}`, { server: step.server })
    default:
      return rowWords(asRow(step))
  }
}

export function stepWentWrong(step: Step): boolean {
  if (step.kind === 'dial-failed') return true
  return step.kind !== 'attempt' && step.kind !== 'sent' && step.kind !== 'removed' && wentWrong(asRow(step))
}

function asRow(step: Exclude<Step, { kind: 'attempt' | 'sent' | 'removed' | 'dial-failed' }>): RowOf<'mail'> {
  const { seq, at, host } = step
  return { id: 0, seq, last: seq, at, conn: null, from: host, to: host, secure: false, row: 'mail', note: step }
}

const say = (key: string, values: Readonly<Record<string, string>>): Words => ({
  key: `journey.step.${key}`,
  values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, harmless(utf8Text(value))])),
})
