/**
 * TLS between a stream and whoever uses it: records come in and go out below, plaintext above (RFC 8446).
 *
 * What is no record is answered by an alert, and the connection ends: so it is with the line that somebody types in the
 * clear after STARTTLS.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { HostName } from '../../terms.ts'
import type { Random } from '../random.ts'
import { alertName, alertOctets, TlsAlert } from './alerts.ts'
import type { Identity } from './certificate.ts'
import { CIPHER, ClientHandshake, type Handshake, type Records, ServerHandshake } from './handshake.ts'
import {
  ALERT,
  APPLICATION_DATA,
  HANDSHAKE,
  HEADER,
  LONGEST_CONTENT,
  LONGEST_FRAGMENT,
  Protection,
  record,
} from './records.ts'

/** What the layer needs of the stream that it lies on. */
export interface TlsUser {
  /** Puts records on the wire. */
  put(records: Octets): void
  /** Plaintext came. */
  got(data: Octets): void
  /** Data may flow both ways. */
  established(result: TlsResult): void
  /** The far end said close_notify: nothing more will come from it. */
  ended(): void
  /** It is over; an alert of ours has been put. `why` is a sentence for a person. */
  broke(why: string): void
  note(step: 'client-hello' | 'server-hello' | 'established' | 'alert', detail: string): void
}

export type TlsRole = { random: Random } & (
  | { role: 'client'; name: HostName }
  /** A server proves who it is. */
  | { role: 'server'; identity: Identity }
)

/** What came of the handshake. */
export interface TlsResult {
  cipher: string
  /** The certificates that a client was shown. */
  chain: readonly Octets[]
  /** Octets of the handshake, records and all. */
  read: number
  written: number
}

/** No handshake message of ours is near this long. */
const LONGEST_MESSAGE = 16_384

export class TlsLayer {
  private readonly user: TlsUser
  private readonly handshake: Handshake
  private writing: Protection | null = null
  private reading: Protection | null = null
  private done = false
  /** The far end has said its last. */
  private ended = false
  private broken = false
  private read = 0
  private written = 0
  private heard: Octets = ''
  private heardMessages: Octets = ''
  /** Records of this turn, put in one piece at its end. */
  private speech: Octets = ''

  constructor(user: TlsUser, given: TlsRole) {
    this.user = user
    const records: Records = {
      say: (messages) => this.say(HANDSHAKE, messages),
      writeUnder: (secret) => {
        this.writing = new Protection(secret)
      },
      readUnder: (secret) => this.readUnder(secret),
      note: (step, detail) => user.note(step, detail),
      established: (chain) => this.establish(chain),
    }
    this.handshake =
      given.role === 'client'
        ? new ClientHandshake(records, given.name, given.random)
        : new ServerHandshake(records, given.random, given.identity)
  }

  start(): void {
    this.handshake.start()
    this.speak()
  }

  /** Application data as one record. */
  seal(content: Octets): Octets {
    return this.writing!.seal(APPLICATION_DATA, content)
  }

  receive(data: Octets): void {
    if (this.ended) return
    this.read += data.length
    this.heard = this.heard === '' ? data : this.heard + data
    try {
      this.readRecords()
      this.speak()
    } catch (error) {
      if (!(error instanceof TlsAlert)) throw error
      this.fail(error)
    }
  }

  /** Says close_notify: nothing more will come from this end (6.1). */
  close(): void {
    if (this.broken || !this.done) return
    this.say(ALERT, alertOctets('close_notify'))
    this.speak()
  }

  private readRecords(): void {
    while (this.heard !== '' && !this.ended) {
      const { heard } = this
      const type = heard.charCodeAt(0)
      if (type !== ALERT && type !== HANDSHAKE && type !== APPLICATION_DATA) throw new TlsAlert('unexpected_message')
      if (heard.length < HEADER) return
      const end = HEADER + heard.charCodeAt(3) * 256 + heard.charCodeAt(4)
      if (end > HEADER + LONGEST_FRAGMENT) throw new TlsAlert('record_overflow')
      if (heard.length < end) return
      this.heard = heard.slice(end)
      this.readRecord(type, heard.slice(HEADER, end))
    }
  }

  private readRecord(type: number, fragment: Octets): void {
    if (this.reading === null) return this.take(type, fragment)
    if (type === APPLICATION_DATA) {
      const inner = this.reading.open(fragment)
      if (inner === null) throw new TlsAlert('bad_record_mac')
      if (inner.content.length > LONGEST_CONTENT) throw new TlsAlert('record_overflow')
      this.take(inner.type, inner.content)
    } else if (type === ALERT && !this.done) this.take(type, fragment)
    else throw new TlsAlert('unexpected_message')
  }

  private take(type: number, content: Octets): void {
    if (type === APPLICATION_DATA && this.done) this.user.got(content)
    else if (type === HANDSHAKE) this.takeMessages(content)
    else if (type === ALERT) this.takeAlert(content)
    else throw new TlsAlert('unexpected_message')
  }

  /** Messages may be cut by records, and share them. */
  private takeMessages(content: Octets): void {
    this.heardMessages += content
    while (this.heardMessages.length >= 4) {
      const messages = this.heardMessages
      const length = messages.charCodeAt(1) * 65536 + messages.charCodeAt(2) * 256 + messages.charCodeAt(3)
      if (length > LONGEST_MESSAGE) throw new TlsAlert('decode_error')
      if (messages.length < 4 + length) return
      this.heardMessages = messages.slice(4 + length)
      this.handshake.hear(messages.charCodeAt(0), messages.slice(4, 4 + length), messages.slice(0, 4 + length))
    }
  }

  private takeAlert(content: Octets): void {
    if (content.length !== 2) throw new TlsAlert('decode_error')
    const name = alertName(content)
    this.ended = true
    if (name === 'close_notify' && this.done) return this.user.ended()
    this.broken = true
    this.user.broke(`the far end answered with a TLS alert: ${name}`)
  }

  /** A message must not reach across a change of keys (5.1). */
  private readUnder(secret: Uint8Array): void {
    if (this.heardMessages !== '') throw new TlsAlert('unexpected_message')
    this.reading = new Protection(secret)
  }

  private establish(chain: readonly Octets[]): void {
    this.done = true
    this.speak()
    this.user.established({ cipher: CIPHER, chain, read: this.read - this.heard.length, written: this.written })
  }

  private say(type: number, content: Octets): void {
    this.speech += this.writing ? this.writing.seal(type, content) : record(type, content)
  }

  private speak(): void {
    if (this.speech === '') return
    const { speech } = this
    this.speech = ''
    this.written += speech.length
    this.user.put(speech)
  }

  private fail({ alert }: TlsAlert): void {
    this.ended = true
    this.broken = true
    this.user.note('alert', alert)
    this.say(ALERT, alertOctets(alert))
    this.speak()
    this.user.broke(`TLS failed: ${alert}`)
  }
}
