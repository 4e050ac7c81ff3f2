/**
 * Flags as mail programs write them into an mbox: `Status: RO` (read; old, so no longer \Recent), `X-Status: AFDT`
 * (answered, flagged, deleted, draft), `X-Keywords:`.
 *
 * A message that is read in keeps these lines, for it is not changed by a byte: they say what its flags were. In a file
 * that is written they say what the flags are; where a message's own lines say that already, they stay as they are.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets, utf8Text } from '../bytes/utf8.ts'
import { fieldValues, headerFields } from '../message/fields.ts'

export interface MailStatus {
  flags: readonly string[]
  /** A session of before has seen that it came. */
  old: boolean
}

const LETTERS = { A: '\\Answered', F: '\\Flagged', D: '\\Deleted', T: '\\Draft' } as const
const OURS = /^(?:status|x-status|x-keywords)$/i

export function statusOf(message: Octets): MailStatus {
  const said = (name: string) => fieldValues(message, name).join(' ')
  const status = said('Status').toUpperCase()
  const more = said('X-Status').toUpperCase()
  const flags: string[] = status.includes('R') ? ['\\Seen'] : []
  for (const [letter, flag] of Object.entries(LETTERS)) if (more.includes(letter)) flags.push(flag)
  const keywords = utf8Text(said('X-Keywords')).split(/[\s,]+/)
  flags.push(...keywords.filter((word) => /^[!#$&'+-[\]^-z|}~]+$/.test(word)))
  return { flags, old: /[RO]/.test(status) }
}

/** The message with lines that say this. */
export function withStatus(message: Octets, { flags, old }: MailStatus): Octets {
  if (flags.length === 0 && !old && !/^(?:x-)?(?:status|keywords)[ \t]*:/im.test(message)) return message
  const now = statusOf(message)
  if (now.old === old && sameSet(now.flags, flags)) return message
  const fields = headerFields(message)
  const end = fields.at(-1)?.to ?? 0
  // What has no header has no place for them.
  if (end === 0 || !message.startsWith('\r\n', end - 2)) return message
  const kept = fields.filter(({ name }) => !OURS.test(name)).map(({ from, to }) => message.slice(from, to))
  return kept.join('') + lines(flags, old) + message.slice(end)
}

function lines(flags: readonly string[], old: boolean): Octets {
  const status = (flags.includes('\\Seen') ? 'R' : '') + (old ? 'O' : '')
  const more = Object.entries(LETTERS)
    .filter(([, flag]) => flags.includes(flag))
    .map(([letter]) => letter)
    .join('')
  const keywords = flags.filter((flag) => !flag.startsWith('\\')).join(' ')
  return [
    status === '' ? '' : `Status: ${status}\r\n`,
    more === '' ? '' : `X-Status: ${more}\r\n`,
    keywords === '' ? '' : `X-Keywords: ${utf8Octets(keywords)}\r\n`,
  ].join('')
}

const sameSet = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((flag) => other.includes(flag))
