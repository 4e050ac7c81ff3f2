/** Replies as they go over the wire (RFC 3501 7.1), with the texts that the host's world gives them. */
import type { Octets } from '../../bytes/octets.ts'
import { utf8Octets } from '../../bytes/utf8.ts'
import type { Outcome } from '../../engine.ts'
import type { ImapState } from '../states.ts'

/** Of a text for people. A response code is never cut: COPYUID may name many messages. */
const LONGEST = 1000

/**
 * `tag OK [CODE] text`, without its line end. A world's own text may bring its own code (`[ALERT] Soon closed`), or say
 * that there is none: `[] IMAP4rev1 Service Ready`.
 */
export function replyLine(
  tag: Octets,
  outcome: Outcome<ImapState>,
  own: string | undefined,
  value: (word: string) => string,
): Octets {
  const filled = (template: string) =>
    template.includes('{') ? template.replace(/\{(\w+)\}/g, (_, word: string) => value(word)) : template
  const text = clean(utf8Octets(filled(own ?? outcome.text)).slice(0, LONGEST))
  const code = own?.startsWith('[') === true || outcome.status === null ? '' : clean(filled(outcome.status))
  const said = text.startsWith('[] ') ? text.slice(3) : text
  if (outcome.code === '+') return `+ ${said}`
  const subject = outcome.code === 'BYE' || outcome.code === 'PREAUTH' ? '*' : tag
  return `${subject} ${outcome.code} ${code === '' ? '' : `[${code}] `}${said}`
}

/** What a client said may be part of a reply; it must not break its line. */
const clean = (line: Octets): Octets =>
  /[\x00-\x08\x0a-\x1f\x7f]/.test(line) ? line.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, '?') : line
