/**
 * One session as a terminal sees it: its protocol, its state as the server's last reply left it, what the server offers,
 * and what the coach has to say about the last turn.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Ipv4, Seq } from '../terms.ts'
import type { Protocol, TraceEvent } from '../trace/events.ts'
import { isRefusal } from './protocols.ts'

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
  /** What the server said that it offers: of EHLO, CAPA or CAPABILITY. Null where it has not been asked. */
  capabilities: readonly string[] | null
  /** Commands heard so far: the next one's tag follows from it. */
  commands: number
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
  capabilities: null,
  commands: 0,
  word: '',
  advice: [],
  reply: null,
})

export function hear(view: Speaking, event: TraceEvent): void {
  switch (event.kind) {
    case 'command':
      view.commands++
      view.word = event.verb ?? firstWord(event)
      // A remark about the line's end comes before the line itself is noted.
      view.advice = view.advice.filter(
        (advice) => advice.advice === 'remark' && advice.key === 'bare-lf' && advice.seq === event.seq - 1,
      )
      break
    case 'content':
      view.advice = []
      break
    case 'data':
      if (event.verb === 'CAPA') view.capabilities = event.lines.map(keyword)
      if (event.verb === 'CAPABILITY') view.capabilities = told(event.lines[0] ?? '') ?? view.capabilities
      break
    case 'remark':
      view.advice.push({ seq: event.seq, advice: 'remark', key: event.key, detail: event.detail })
      break
    case 'reply':
      view.protocol = event.protocol
      view.state = event.to
      view.reply = { seq: event.seq, code: event.code, lines: event.lines }
      learn(view, event)
      if (isRefusal(event.code)) {
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

/** What stands in the verb's place: in IMAP behind the tag. */
const firstWord = ({ protocol, line }: TraceEvent & { kind: 'command' }): Octets =>
  (protocol === 'imap' ? /^\s*\S+\s+(\S*)/ : /^\s*(\S*)/).exec(line)?.[1] ?? ''

/** What a reply says of what the server offers. */
function learn(view: Speaking, { seq, protocol, verb, outcome, code, lines }: TraceEvent & { kind: 'reply' }): void {
  if (protocol === 'imap') view.capabilities = told(lines[0] ?? '') ?? view.capabilities
  else if ((verb === 'EHLO' || verb === 'LHLO') && code === '250') view.capabilities = lines.slice(1).map(keyword)
  else if (verb === 'HELO' || verb === 'greeting') view.capabilities = protocol === 'pop3' ? null : []
  if ((verb !== 'STARTTLS' && verb !== 'STLS') || outcome !== 'go') return
  // RFC 3207 4.2, RFC 2595 3, 4: what was said before TLS counts no more.
  view.capabilities = protocol === 'pop3' || protocol === 'imap' ? null : []
  view.advice.push({ seq, advice: 'remark', key: 'tls-next', detail: '' })
}

const keyword = (line: Octets) => (/^[^ =]+/.exec(line)?.[0] ?? '').toUpperCase()

/** `[CAPABILITY ...]` of a reply, or the untagged line of that name (RFC 3501 7.1, 7.2.1). */
function told(line: Octets): string[] | null {
  const list = /(?:^\* |\[)CAPABILITY ([^\]]*)/i.exec(line)?.[1]
  return list === undefined ? null : list.toUpperCase().split(' ')
}

/** Back at the shell. What the coach said of the last turn stands until the next one. */
function leave(view: Speaking): void {
  view.protocol = null
  view.state = ''
  view.capabilities = null
}
