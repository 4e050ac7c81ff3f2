/**
 * The content of a message, from 354 to the lone dot (RFC 5321 4.1.1.4, 4.5.2).
 *
 * Only CRLF.CRLF ends it: a dot behind a lone LF or CR is text. A message that holds a lone CR or LF is swallowed to its
 * true end and then refused whole: if two servers could disagree about where a message ends, somebody could hide a
 * second one inside (SMTP smuggling). Two `indexOf` a line and no loop over octets: this is where megabytes go through.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Seq } from '../../terms.ts'
import { LIMITS } from '../grammar.ts'
import { forgetTransaction, type Content } from '../session.ts'
import type { Answered, Turn } from './turn.ts'

const CR = 13
const LF = 10
const DOT = 46

export function newContent(): Content {
  return { parts: [], octets: 0, lines: 0, fresh: true, open: 0, bareEnd: false, longLine: false, tooBig: false }
}

/**
 * Takes in `data` from `from` on. Returns where it stopped, and whether the lone dot was there; what lies behind `at`
 * and is not `done` cannot be judged yet (a last CR, a dot at the start of a line).
 */
export function takeContent(
  content: Content,
  data: Octets,
  from: number,
  limit: number,
): { at: number; done: boolean } {
  const length = data.length
  let region = from
  let at = from
  for (;;) {
    if (content.fresh) {
      if (at >= length) break
      if (data.charCodeAt(at) === DOT) {
        const next = data.charCodeAt(at + 1)
        if (at + 1 >= length || (next === CR && at + 2 >= length)) break
        keep(content, data, region, at, limit)
        if (next === CR && data.charCodeAt(at + 2) === LF) return { at: at + 3, done: true }
        region = ++at // the dot was stuffed: RFC 5321 4.5.2
      }
      content.fresh = false
    }
    // Once a lone CR or LF was seen, only the true line ends matter any more.
    const lf = content.bareEnd ? data.indexOf('\r\n', at) + 1 || -1 : data.indexOf('\n', at)
    if (lf < 0) {
      const end = data.charCodeAt(length - 1) === CR && length > at ? length - 1 : length
      const cr = content.bareEnd ? -1 : data.indexOf('\r', at)
      if (cr >= 0 && cr < end) content.bareEnd = true
      content.open += end - at
      if (content.open > LIMITS.textLine) content.longLine = true
      at = end
      break
    }
    // A CR before it was kept back for it: what begins with an LF begins with a lone one.
    if (!content.bareEnd && (lf === at || data.indexOf('\r', at) !== lf - 1)) content.bareEnd = true
    content.open += lf + 1 - at
    if (content.open > LIMITS.textLine) content.longLine = true
    at = lf + 1
    if (data.charCodeAt(lf - 1) === CR) {
      content.lines++
      content.open = 0
      content.fresh = true
    }
  }
  keep(content, data, region, at, limit)
  return { at, done: false }
}

function keep(content: Content, data: Octets, from: number, to: number, limit: number): void {
  if (to <= from) return
  content.octets += to - from
  if (content.octets > limit) {
    content.tooBig = true
    content.parts = []
  } else content.parts.push(data.slice(from, to))
}

/** The lone dot has come: the message is taken, or refused whole. */
export function endOfContent(turn: Turn, cause: Seq): Answered<'.'> {
  const { session, backend } = turn
  const content = session.content!
  const envelope = session.envelope!
  forgetTransaction(session)
  if (content.tooBig) return { outcome: 'tooBig' }
  if (content.bareEnd) {
    turn.remark('bare-end-in-message', '')
    return { outcome: 'bareEnd' }
  }
  if (content.longLine && backend.profile.dialect === 'rfc5321') return { outcome: 'lineTooLong' }
  const text = content.parts.length === 1 ? content.parts[0]! : content.parts.join('')
  const verdict = backend.accept(session.client, envelope, text, cause)
  switch (verdict.verdict) {
    case 'queued':
      session.taken++
      return { outcome: 'accepted', values: { id: verdict.id } }
    case 'storage':
      return { outcome: 'storage' }
    case 'over-quota':
      return { outcome: 'overQuota' }
    case 'error':
      return { outcome: 'later' }
    case 'refused':
      return { outcome: 'refused', values: { reason: verdict.text } }
  }
}
