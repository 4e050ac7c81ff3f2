/**
 * Listens to a conversation in line mode: which protocol it is, and which line is a secret. The history of the terminal
 * is kept by protocol and never holds a password, nor does a link.
 *
 * What a secret is stands in the command tables. A line of an AUTH exchange is known by what was said before it, also
 * where the server's answer is still under way: rather one line too many out of the history than one too few.
 */
import type { Octets } from '../bytes/octets.ts'
import { imapCommands } from '../imap/commands.ts'
import { pop3Commands } from '../pop3/commands.ts'
import { smtpCommands } from '../smtp/commands.ts'
import type { Reading } from './terminal.ts'

type Protocol = Reading['protocol']

interface Listener {
  /** What the history calls the line to come. */
  readonly protocol: Protocol
  secret(line: Octets): boolean
  said(line: Octets): void
  /** A line of the server's. */
  heard(line: Octets): void
}

class Plain implements Listener {
  readonly protocol = 'telnet'
  secret(): boolean {
    return false
  }
  said(): void {}
  heard(): void {}
}

const secretVerbs = (commands: Readonly<Record<string, { secret: boolean }>>): ReadonlySet<string> =>
  new Set(Object.entries(commands).flatMap(([verb, row]) => (row.secret ? [verb] : [])))

const secretOfSmtp = secretVerbs(smtpCommands)
const secretOfPop3 = secretVerbs(pop3Commands)
const secretOfImap = secretVerbs(imapCommands)

const verbOf = (line: Octets): string => line.trim().split(/\s/, 1)[0]!.toUpperCase()

class Smtp implements Listener {
  /** Were the lines that the server has not answered yet secret ones? The greeting answers none of them. */
  private unanswered: boolean[] = [false]
  private exchange = false
  private content = false

  get protocol(): Protocol {
    return this.content ? 'mail' : 'smtp'
  }

  secret(line: Octets): boolean {
    if (this.content) return false
    return this.exchange || secretOfSmtp.has(verbOf(line))
  }

  said(line: Octets): void {
    if (this.content) {
      if (line !== '.') return
      this.content = false
    }
    const secret = this.secret(line)
    this.unanswered.push(secret)
    if (secret) this.exchange = true
  }

  heard(line: Octets): void {
    const [, code] = /^(\d{3})(?: |$)/.exec(line) ?? []
    if (code === undefined) return
    const secret = this.unanswered.shift() ?? true
    if (code === '334') this.exchange = true
    else if (secret) this.exchange = this.unanswered.includes(true)
    this.content = code === '354'
  }
}

class Pop3 implements Listener {
  readonly protocol = 'pop3'
  /** Lines that the server has yet to answer with +OK or -ERR; the greeting is owed, too. */
  private unanswered = 1
  private exchange = false

  secret(line: Octets): boolean {
    return this.exchange || secretOfPop3.has(verbOf(line))
  }

  said(line: Octets): void {
    if (this.exchange) return
    this.unanswered++
    // AUTH alone only asks which mechanisms there are.
    this.exchange = /^\s*AUTH\s+\S/i.test(line)
  }

  heard(line: Octets): void {
    if (!/^(?:\+OK|-ERR)/i.test(line)) return
    this.unanswered = Math.max(0, this.unanswered - 1)
    if (this.unanswered === 0) this.exchange = false
  }
}

class Imap implements Listener {
  readonly protocol = 'imap'
  /** The tag of a LOGIN or AUTHENTICATE without its tagged answer; literals and base64 may follow it. */
  private tag: Octets | null = null

  secret(line: Octets): boolean {
    return this.tag !== null || logsIn(line) !== null
  }

  said(line: Octets): void {
    this.tag ??= logsIn(line)
  }

  heard(line: Octets): void {
    if (this.tag !== null && line.startsWith(`${this.tag} `)) this.tag = null
  }
}

/** The tag of a command that holds a secret. */
function logsIn(line: Octets): Octets | null {
  const [, tag = '', verb = ''] = /^\s*(\S+)\s+(\S+)/.exec(line) ?? []
  return secretOfImap.has(verb.toUpperCase()) ? tag : null
}

const byPort: Readonly<Record<number, () => Listener>> = {
  25: () => new Smtp(),
  587: () => new Smtp(),
  465: () => new Smtp(),
  110: () => new Pop3(),
  995: () => new Pop3(),
  143: () => new Imap(),
  993: () => new Imap(),
}

const byGreeting = (line: Octets): Listener | null =>
  /^[245]\d\d[ -]/.test(line)
    ? new Smtp()
    : /^\+OK/.test(line)
      ? new Pop3()
      : /^\* (?:OK|PREAUTH|BYE)/.test(line)
        ? new Imap()
        : null

/** No line of a server that matters here is longer. */
const LONGEST = 4096

export class Dialogue {
  private listener: Listener
  private greeted: boolean
  private line: Octets = ''

  constructor(port: number) {
    const known = byPort[port]
    this.listener = known ? known() : new Plain()
    this.greeted = known !== undefined
  }

  said(line: Octets): void {
    this.listener.said(line)
  }

  heard(octets: Octets): void {
    const lines = (this.line + octets).split('\n')
    this.line = lines.pop()!.slice(0, LONGEST)
    for (const line of lines) {
      if (!this.greeted) {
        this.greeted = true
        this.listener = byGreeting(line) ?? this.listener
      }
      this.listener.heard(line.replace(/\r$/, ''))
    }
  }

  /** As the trace calls it; SMTP where nobody knows. */
  get protocol(): 'smtp' | 'pop3' | 'imap' {
    const { protocol } = this.listener
    return protocol === 'pop3' || protocol === 'imap' ? protocol : 'smtp'
  }

  reading(): Reading {
    const { listener } = this
    return { protocol: listener.protocol, prompt: '', secret: (line) => listener.secret(line) }
  }
}

/** A line for a mail server, typed where there is none: in which protocol, and where that is spoken. */
export function meantFor(line: Octets): { verb: string; protocol: string; port: number } | null {
  const [first = '', second = ''] = line.trim().split(/\s+/)
  const verb = first.toUpperCase()
  const has = (commands: object, word: string) => /^[A-Z]/.test(word) && Object.hasOwn(commands, word)
  if (has(smtpCommands, verb)) return { verb, protocol: 'SMTP', port: 25 }
  // In small letters many a verb of POP3 and IMAP is a word of the shell or of the language: top, last, list.
  if (has(pop3Commands, first)) return { verb, protocol: 'POP3', port: 110 }
  return has(imapCommands, second) ? { verb: second, protocol: 'IMAP', port: 143 } : null
}
