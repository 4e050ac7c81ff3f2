/**
 * One session as a terminal sees it: its protocol, its state as the server's last reply left it, what the server offers,
 * and what the coach has to say about the last turn.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Ipv4, Seq } from '../terms.ts'
import type { Protocol, TraceEvent } from '../trace/events.ts'

/** What the coach says: a text of the coach, or what a reply code means. */
export type Advice =
  | { seq: Seq; advice: 'remark'; key: string; detail: string }
  | {
      seq: Seq
      advice: 'code'
      protocol: Protocol
      code: string
      verb: string | null
      outcome: string
      /** What was typed in the verb's place. */
      word: Octets
    }
  | { seq: Seq; advice: 'dial'; why: 'refused' | 'timeout' | 'unreachable' | 'reset' | 'unknown' | 'no-address' }

export interface Speaking {
  /** Who was called. */
  readonly address: Ipv4 | null
  /** Null at the shell. */
  protocol: Protocol | null
  state: string
  /** Extension keywords of the last EHLO; empty before it. */
  capabilities: readonly string[]
  /** The verb of the last line that was heard, or its first word where that is none. */
  word: Octets
  /** About the last turn; emptied by the next command. */
  advice: Advice[]
  /** The last reply, for the announcer. */
  reply: { seq: Seq; code: string; lines: readonly string[] } | null
}

export const newSpeaking = (address: Ipv4 | null = null): Speaking => ({
  address,
  protocol: null,
  state: '',
  capabilities: [],
  word: '',
  advice: [],
  reply: null,
})

export function hear(view: Speaking, event: TraceEvent): void {
  switch (event.kind) {
    case 'command':
      view.word = event.verb ?? /^\s*(\S*)/.exec(event.line)?.[1] ?? ''
      // A remark about the line's end comes before the line itself is noted.
      view.advice = view.advice.filter(
        (advice) => advice.advice === 'remark' && advice.key === 'bare-lf' && advice.seq === event.seq - 1,
      )
      break
    case 'content':
      view.advice = []
      break
    case 'remark':
      view.advice.push({ seq: event.seq, advice: 'remark', key: event.key, detail: event.detail })
      break
    case 'reply':
      view.protocol = event.protocol
      view.state = event.to
      view.reply = { seq: event.seq, code: event.code, lines: event.lines }
      if (event.verb === 'EHLO' && event.code === '250')
        view.capabilities = event.lines.slice(1).map((line) => (/^[^ =]+/.exec(line)?.[0] ?? '').toUpperCase())
      if (event.verb === 'HELO' || (event.verb === 'STARTTLS' && event.code === '220')) view.capabilities = []
      if (event.verb === 'STARTTLS' && event.code === '220')
        view.advice.push({ seq: event.seq, advice: 'remark', key: 'tls-next', detail: '' })
      if (/^[45]/.test(event.code)) {
        const { seq, protocol, code, verb, outcome } = event
        view.advice.push({ seq, advice: 'code', protocol, code, verb, outcome, word: view.word })
      }
      break
    case 'tls':
      if (event.step === 'client-hello') view.advice = []
      if (event.step === 'alert') view.advice = [{ seq: event.seq, advice: 'remark', key: 'tls-plaintext', detail: '' }]
      break
    case 'dial-failed':
      leave(view)
      view.advice.push({ seq: event.seq, advice: 'dial', why: event.why })
      break
    case 'fin':
      if (event.dir === 'down') leave(view)
      break
    case 'reset':
    case 'timed-out':
      leave(view)
      break
  }
}

/** Back at the shell. What the coach said of the last turn stands until the next one. */
function leave(view: Speaking): void {
  view.protocol = null
  view.state = ''
  view.capabilities = []
}
