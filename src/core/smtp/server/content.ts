/**
 * The content of a message, from 354 to the lone dot (RFC 5321 4.1.1.4, 4.5.2).
 *
 * Only CRLF.CRLF ends it: a dot behind a lone LF or CR is text. A message that holds a lone CR or LF is swallowed to its
 * true end and then refused whole: if two servers could disagree about where a message ends, somebody could hide a
 * second one inside (SMTP smuggling). Two `indexOf` a line and no loop over octets: this is where megabytes go through.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Seq } from '../../terms.ts'
import type { AcceptVerdict, Client, DeliverVerdict } from '../backend.ts'
import type { Envelope } from '../envelope.ts'
import { LIMITS } from '../grammar.ts'
import { mailbox } from '../path.ts'
import { forgetTransaction, type Content } from '../session.ts'
import type { Answered, Turn } from './turn.ts'

const CR = 13
const LF = 10
const DOT = 46

/** `resumed` is what came over another connection: whole lines. */
export function newContent(resumed: Octets): Content {
  const lines = resumed === '' ? 0 : resumed.split('\n').length - 1
  return {
    parts: resumed === '' ? [] : [resumed],
    octets: resumed.length,
    lines,
    fresh: true,
    open: 0,
    bareEnd: false,
    longLine: lines > 0 && /[^\n]{1000}/.test(resumed),
    tooBig: false,
  }
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

export function keep(content: Content, data: Octets, from: number, to: number, limit: number): void {
  if (to <= from) return
  content.octets += to - from
  if (content.octets > limit) {
    content.tooBig = true
    content.parts = []
  } else content.parts.push(data.slice(from, to))
}

/**
 * The lone dot or the last chunk has come: the message is taken, or refused whole. One answer, and in LMTP one for each
 * recipient (RFC 2033 4.2).
 */
export function endOfContent(turn: Turn, content: Content, text: Octets, cause: Seq): readonly Answered<'.'>[] {
  const { session, backend } = turn
  const envelope = session.envelope!
  const { utf8 } = envelope
  const { client, transid, finished } = session
  const people = envelope.recipients.map(({ path }) => ({ path: mailbox(path) }))
  const isLocal = backend.profile.role === 'lmtp'
  forgetTransaction(session)
  if (finished && content.octets === 0) {
    session.unheard = { client, transid: transid! }
    return finished.answers as readonly Answered<'.'>[]
  }
  // RFC 1845 3: what is answered is no longer kept, but for the answer itself, which may get lost.
  if (transid !== null) backend.keepCheckpoint(client, transid, null)
  const toAll = (outcome: Answered<'.'>['outcome'], values = {}): Answered<'.'>[] =>
    (isLocal ? people : [{}]).map((path) => ({ outcome, values: { ...path, ...values }, utf8 }))
  if (finished) return toAll('refused', { reason: 'it was here to its end' })
  const flaw = flawOf(turn, content)
  if (flaw) return toAll(flaw)
  if (!isLocal) {
    const verdict = backend.accept(client, envelope, text, cause)
    const answers = [{ ...answerTo(verdict, { octets: String(content.octets) }), utf8 }]
    if (verdict.verdict === 'queued') took(turn, envelope, client, transid, content, answers)
    return answers
  }
  const verdicts = backend.deliver(client, envelope, text, cause)
  const answers = verdicts.map((verdict, at) => ({
    ...answerTo(verdict, { octets: String(content.octets), ...people[at] }),
    utf8,
  }))
  if (verdicts.some(({ verdict }) => verdict === 'queued')) took(turn, envelope, client, transid, content, answers)
  return answers
}

/** The answer is kept until the client is known to have it: who asks again gets no second message (RFC 1845 3). */
function took(
  { session, backend }: Turn,
  envelope: Envelope,
  client: Client,
  transid: string | null,
  { octets }: Content,
  answers: readonly Answered<'.'>[],
): void {
  session.taken++
  if (transid === null) return
  backend.keepCheckpoint(client, transid, { envelope, content: '', finished: { octets, answers } })
  session.unheard = { client, transid }
}

/** The client has the answer to its last message, and will not ask for it under that name. */
export function wasHeard({ session, backend }: Turn): void {
  if (!session.unheard) return
  backend.keepCheckpoint(session.unheard.client, session.unheard.transid, null)
  session.unheard = null
}

function flawOf(turn: Turn, content: Content): 'tooBig' | 'loneEnd' | 'lineTooLong' | null {
  if (content.tooBig) return 'tooBig'
  if (content.bareEnd) {
    turn.remark('bare-end-in-message', '')
    return 'loneEnd'
  }
  // Both RFC 5321 4.5.3.1.6 and RFC 821 4.5.3 have 1000 octets, and would rather have no limit: lenient hosts have none.
  return content.longLine && turn.backend.profile.dialect !== 'lenient' ? 'lineTooLong' : null
}

function answerTo(given: AcceptVerdict | DeliverVerdict, values: Readonly<Record<string, string>>): Answered<'.'> {
  switch (given.verdict) {
    case 'queued':
      return { outcome: 'accepted', values: { ...values, id: given.id } }
    case 'storage':
      return { outcome: 'storage', values }
    case 'over-quota':
      return { outcome: 'overQuota', values }
    case 'loop':
      return { outcome: 'loop', values }
    case 'refused':
      return { outcome: 'refused', values: { ...values, reason: given.text } }
    case 'unknown':
      return { outcome: 'unknown', values }
    case 'full':
      return { outcome: given.permanent ? 'overQuota' : 'storage', values }
  }
}

/**
 * The connection broke within the content: the lines that are whole are kept for when the client comes back (RFC 1845 3),
 * unless they could not be taken anyway.
 */
export function keepContent({ session, backend }: Turn): number {
  const { transid, content, envelope, finished } = session
  if (transid === null || finished || !content || !envelope || content.tooBig || content.bareEnd) return 0
  const text = content.parts.join('')
  const whole = text.slice(0, text.lastIndexOf('\r\n') + 2)
  if (!whole.endsWith('\r\n')) return 0
  backend.keepCheckpoint(session.client, transid, { envelope, content: whole })
  return whole.length
}
