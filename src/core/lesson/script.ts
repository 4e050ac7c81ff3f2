/**
 * Scripts: dialogues as plain text that a person who does not program can read and write. The transcripts of the
 * courses and of the RFCs, the lessons' solutions and what a teacher checks a handout with are all written so.
 *
 * Header lines say where it plays; then each line is a step, known by what it begins with:
 *
 *     source: RFC 5321 appendix D.1        where the dialogue stands
 *     world: rfc                           which world (a lesson has its own)
 *     host: bar.com                        the machine that we sit on; `2host:` for the second session and terminal
 *     connect: foo.com 25                  where session 1 leads; `2connect:` for the second. Ports 110 and 995 speak POP3,
 *                                          143 and 993 IMAP; `connect: foo.com 1143 imap` says it where the port does not
 *     watch: foo.com xyz.com 25            a session that is not ours, only overheard: its C lines are expected, too
 *     variant: foo.com=appendix-d          a variant of a host
 *     answers: foo.com MAIL=later          a fault as data: this host always answers this command so (see smtp/commands.ts);
 *                                          `answers: foo.com imap LOGIN=unavailable` where only one of its services does
 *     emended: EHL0 was printed            what the source prints otherwise than we send or expect, one line each
 *
 *     S: 250-foo.com greets bar.com        the server says; consecutive lines up to `250 ` are one reply
 *     S: 250 $id ...                       `$id` binds at its first match; `...` at the end is the rest of the line
 *     S: +OK 2 messages                    POP3: each line is compared by itself; `S: ...` alone stands for any lines up
 *                                          to the one that follows
 *     S: * 1 EXISTS                        IMAP: untagged responses, in any order, up to the tagged one or a `+`. After
 *                                          `{46}` the lines that follow are the literal, up to its 46th octet, and `...`
 *                                          alone is the rest of it. What no S line names must not come, but where one
 *                                          says `S: ...`
 *     C: EHLO bar.com                      we say, with CRLF; `2C:` and `2S:` are a second session
 *     C| EHLO                              without CRLF
 *     C*1001 x                             the text so many times, without CRLF; C*40 "line\r\n" with escapes
 *     C"a\r\x00\n"                         octets with escapes
 *     X: AAEC/w==                          octets in base64
 *     C(TLS)  C(FIN)  C(RST)  S(FIN)       a handshake, half-close, reset; the server has closed
 *     $ dig MX rennes.example              typed at a shell of our machine; `^C`, `^D`, `^]` alone are keys
 *     > ;; ANSWER SECTION:                 a line that the terminal must then print (others may stand before it)
 *     @ +4h                                the clock moves; `@ skip`: to the next thing that is due
 *     ! cut foo.com--xyz.com               a fault
 *     ! zone foo.com + @ MX 5 mx2          a zone is changed: see zone-step.ts
 *     = jones/INBOX 1 contains Received:   a mailbox holds so many messages (and one of them, or none with `lacks`, that text)
 */
import { decodeBase64 } from '../bytes/base64.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { HostName, Millis } from '../terms.ts'
import { parseDuration } from '../world/duration.ts'
import type { Served } from '../world/services.ts'
import { isLast, ResponseReader, type Response } from './imap-answers.ts'

export interface Service {
  host: HostName
  port: number
}

export type Step = { readonly line: number } & (
  | { step: 'say'; session: number; octets: Octets; shown: string }
  | { step: 'hear'; session: number; reply: readonly string[] }
  /** IMAP: what is expected untagged, and what ends it; with `others` more may come. */
  | { step: 'answers'; session: number; untagged: readonly Response[]; last: Response | null; others: boolean }
  | { step: 'act'; session: number; what: 'TLS' | 'FIN' | 'RST' }
  | { step: 'closed'; session: number; how: 'FIN' | 'RST' }
  | { step: 'type'; terminal: number; text: string }
  | { step: 'key'; terminal: number; key: 'interrupt' | 'eof' | 'escape' }
  | { step: 'printed'; terminal: number; text: string }
  | { step: 'wait'; duration: Millis }
  | { step: 'skip' }
  | { step: 'fault'; fault: string }
  | { step: 'mailbox'; account: string; mailbox: string; count: number; contains: string | null; lacks: string | null }
)

export interface Script {
  file: string
  source: string | null
  world: string | null
  host: ReadonlyMap<number, HostName>
  connect: ReadonlyMap<number, Service>
  watch: ReadonlyMap<number, Service & { from: HostName }>
  /** What is spoken in a session, where it is told or its port tells it. */
  speaks: ReadonlyMap<number, Served>
  variants: Readonly<Record<HostName, string>>
  answers: readonly ForcedAnswer[]
  emended: readonly string[]
  steps: readonly Step[]
}

export interface ForcedAnswer {
  host: HostName
  /** Null: every service of the host that can. */
  service: string | null
  verb: string
  outcome: string
}

export interface ScriptError {
  file: string
  line: number
  message: string
}

const KEYS: Readonly<Record<string, 'interrupt' | 'eof' | 'escape'>> = {
  '^C': 'interrupt',
  '^D': 'eof',
  '^]': 'escape',
}

/** The language of a session: its own, or that of the first, since it leads to the same place. */
export const spokenIn = ({ speaks }: { speaks: ReadonlyMap<number, Served> }, session: number): Served =>
  speaks.get(session) ?? speaks.get(1) ?? 'smtp'

/** As a script writes it. */
export const keyText = (key: string): string => Object.keys(KEYS).find((text) => KEYS[text] === key) ?? key

export function parseScript(text: string, file: string): { script: Script } | { errors: ScriptError[] } {
  return new Parser(file).parse(text)
}

class Parser {
  private readonly file: string
  private readonly errors: ScriptError[] = []
  private readonly steps: Step[] = []
  private readonly connect = new Map<number, Service>()
  private readonly watch = new Map<number, Service & { from: HostName }>()
  private readonly variants: Record<HostName, string> = {}
  private readonly speaks = new Map<number, Served>()
  private readonly answers: ForcedAnswer[] = []
  private readonly emended: string[] = []
  private readonly host = new Map<number, HostName>()
  private readonly said = new Map<'source' | 'world', string>()
  private line = 0
  /** The reply that further S lines of its session still belong to. */
  private open: { session: number; reply: string[] } | null = null
  /** Likewise in IMAP. */
  private hearing: Hearing | null = null

  constructor(file: string) {
    this.file = file
  }

  parse(text: string): { script: Script } | { errors: ScriptError[] } {
    for (const line of text.replace(/\n$/, '').split('\n')) {
      this.line++
      const content = line.replace(/\r$/, '')
      if (content.trim() === '' || content.startsWith('#')) continue
      if (!this.step(content) && !this.header(content)) this.error(`this is neither a header nor a step: ${content}`)
    }
    this.endReply()
    if (this.errors.length > 0) return { errors: this.errors }
    const { file, host, connect, watch, speaks, variants, answers, emended, steps } = this
    const said = (key: 'source' | 'world') => this.said.get(key) ?? null
    return {
      script: {
        file,
        source: said('source'),
        world: said('world'),
        host,
        connect,
        watch,
        speaks,
        variants,
        answers,
        emended,
        steps,
      },
    }
  }

  private error(message: string): true {
    this.errors.push({ file: this.file, line: this.line, message })
    return true
  }

  private add(step: Step): true {
    this.endReply()
    this.steps.push(step)
    return true
  }

  private endReply(): void {
    if (this.open)
      this.error(
        this.open.reply[0] === '...'
          ? 'behind ... stands the line that ends what is left out'
          : 'the reply above stops in its middle: its last line has a blank behind the code',
      )
    if (this.hearing?.reader) this.error('the literal above stops in its middle')
    const { others, untagged, last } = this.hearing?.step ?? { others: false, untagged: [], last: null }
    if (others && untagged.length === 0 && !last) this.error('beside ... something stands that must come')
    this.open = null
    this.hearing = null
  }

  private header(content: string): boolean {
    const [, session = '', key, value = ''] = /^(\d?)([a-z]+):\s*(.*?)\s*$/.exec(content) ?? []
    if (key === undefined) return false
    if (this.steps.length > 0 || this.open) return this.error(`a header line stands before the first step: ${key}`)
    if (value === '') return this.error(`${key}: says nothing`)
    const words = value.split(/\s+/)
    switch (key) {
      case 'source':
      case 'world':
        if (this.said.has(key)) return this.error(`${key}: is there already`)
        this.said.set(key, value)
        return true
      case 'emended':
        this.emended.push(value)
        return true
      case 'host':
        this.host.set(numberOf(session), value)
        return true
      case 'variant': {
        const [, host, variant] = /^(\S+?)=(\S+)$/.exec(value) ?? []
        if (host === undefined) return this.error('variant: wants HOST=VARIANT')
        this.variants[host] = variant!
        return true
      }
      case 'answers': {
        const [, host, service = null, verb, outcome] = /^(\S+) (?:([a-z][\w-]*) )?([^=]+)=(\w+)$/.exec(value) ?? []
        if (host === undefined) return this.error('answers: wants HOST [SERVICE] VERB=OUTCOME')
        this.answers.push({ host, service, verb: verb!, outcome: outcome! })
        return true
      }
      case 'connect': {
        const service = this.service(session, words)
        if (!service) return this.error('connect: wants a host and a port, and smtp, pop3 or imap at most')
        this.connect.set(numberOf(session), service)
        return true
      }
      case 'watch': {
        const service = this.service(session, words.slice(1))
        if (!service) return this.error('watch: wants a host, the host that it calls, and a port')
        this.watch.set(numberOf(session), { from: words[0]!, ...service })
        return true
      }
      default:
        return this.error(`unknown header ${key}: (source, world, host, connect, watch, variant, answers, emended)`)
    }
  }

  private service(session: string, [host, port, language, ...more]: readonly string[]): Service | null {
    if (host === undefined || port === undefined || more.length > 0 || !/^\d{1,5}$/.test(port)) return null
    const speaks = language ?? LANGUAGES[port] ?? 'smtp'
    if (speaks !== 'smtp' && speaks !== 'pop3' && speaks !== 'imap') return null
    this.speaks.set(numberOf(session), speaks)
    return { host, port: Number(port) }
  }

  private step(content: string): boolean {
    const { line } = this
    const [, number = '', sign, rest = ''] = /^(\d?)(C:|S:|C\||C\*|C"|X:|C\(|S\(|\$|>|@|!|=)(.*)$/s.exec(content) ?? []
    if (sign === undefined) return false
    const session = numberOf(number)
    const terminal = session
    const text = rest.startsWith(' ') ? rest.slice(1) : rest
    switch (sign) {
      case 'S:':
        return this.heard(session, text)
      case 'C:':
        return this.add({ step: 'say', session, octets: `${utf8Octets(text)}\r\n`, shown: text, line })
      case 'C|':
        return this.add({ step: 'say', session, octets: utf8Octets(text), shown: text, line })
      case 'C*': {
        const [, times, part] = /^(\d{1,6}) (.+)$/.exec(rest) ?? []
        if (times === undefined) return this.error('C* wants a number and a text')
        const quoted = /^"(.*)"$/s.exec(part!)?.[1]
        const once = quoted === undefined ? utf8Octets(part!) : unescape(quoted)
        if (once === null) return this.error(WRONG_ESCAPE)
        const octets = once.repeat(Number(times))
        return this.add({ step: 'say', session, octets, shown: `${part} (${times} times)`, line })
      }
      case 'C"': {
        const octets = rest.endsWith('"') ? unescape(rest.slice(0, -1)) : null
        if (octets === null) return this.error(WRONG_ESCAPE)
        return this.add({ step: 'say', session, octets, shown: rest.slice(0, -1), line })
      }
      case 'X:': {
        const octets = decodeBase64(text)
        if (octets === null) return this.error('X: wants base64')
        return this.add({ step: 'say', session, octets, shown: `${octets.length} octets`, line })
      }
      case 'C(':
        if (rest === 'TLS)' || rest === 'FIN)' || rest === 'RST)')
          return this.add({ step: 'act', session, what: rest.slice(0, 3) as 'TLS' | 'FIN' | 'RST', line })
        return this.error('a client does C(TLS), C(FIN) or C(RST)')
      case 'S(':
        if (rest === 'FIN)' || rest === 'RST)')
          return this.add({ step: 'closed', session, how: rest.slice(0, 3) as 'FIN' | 'RST', line })
        return this.error('a server does S(FIN) or S(RST)')
      case '$': {
        const key = KEYS[text]
        return this.add(key ? { step: 'key', terminal, key, line } : { step: 'type', terminal, text, line })
      }
      case '>':
        return this.add({ step: 'printed', terminal, text, line })
      case '@': {
        if (text === 'skip') return this.add({ step: 'skip', line })
        const duration = text.startsWith('+') ? parseDuration(text.slice(1)) : null
        if (duration === null) return this.error('@ wants +DURATION (10ms, 5s, 15m, 4h, 5d) or skip')
        return this.add({ step: 'wait', duration, line })
      }
      case '!':
        return this.add({ step: 'fault', fault: text, line })
      default:
        return this.mailbox(text)
    }
  }

  private heard(session: number, text: string): true {
    const language = spokenIn({ speaks: this.speaks }, session)
    if (language === 'imap') return this.responses(session, text)
    return language === 'pop3' ? this.replyLine(session, text) : this.reply(session, text)
  }

  /** POP3: a line is a step; `...` is one with the line that follows. */
  private replyLine(session: number, text: string): true {
    if (this.open && this.open.session === session && text !== '...') {
      this.open.reply.push(text)
      this.open = null
      return true
    }
    const reply = [text]
    this.add({ step: 'hear', session, reply, line: this.line })
    if (text === '...') this.open = { session, reply }
    return true
  }

  /** IMAP: responses up to a tagged one are a step. */
  private responses(session: number, text: string): true {
    if (this.hearing?.step.session !== session || this.hearing.step.last) {
      const step: Answers = { step: 'answers', session, line: this.line, untagged: [], last: null, others: false }
      this.add(step)
      this.hearing = { step, reader: null }
    }
    const hearing = this.hearing!
    if (text === '...' && !hearing.reader) {
      hearing.step.others = true
      return true
    }
    hearing.reader ??= new ResponseReader()
    const read = hearing.reader.add(text)
    if (read === 'more') return true
    const { response } = hearing.reader
    hearing.reader = null
    if (read !== 'done') return this.error(read.error)
    if (isLast(response)) hearing.step.last = response
    else hearing.step.untagged.push(response)
    return true
  }

  /** A reply goes on while its lines have a hyphen behind the code (RFC 5321 4.2.1). */
  private reply(session: number, text: string): true {
    const goesOn = /^\d{3}-/.test(text)
    if (this.open && this.open.session === session) this.open.reply.push(text)
    else {
      const reply = [text]
      this.add({ step: 'hear', session, reply, line: this.line })
      this.open = { session, reply }
    }
    if (!goesOn) this.open = null
    return true
  }

  private mailbox(text: string): true {
    const [, account, mailbox, count, verb, wanted] =
      /^(\S+?)\/(\S+) (\d+)(?: (contains|lacks) (.+))?$/.exec(text) ?? []
    if (account === undefined) return this.error('= wants ACCOUNT/MAILBOX COUNT [contains TEXT | lacks TEXT]')
    return this.add({
      step: 'mailbox',
      account,
      mailbox: mailbox!,
      count: Number(count),
      contains: verb === 'contains' ? wanted! : null,
      lacks: verb === 'lacks' ? wanted! : null,
      line: this.line,
    })
  }
}

const numberOf = (digit: string) => (digit === '' ? 1 : Number(digit))

const LANGUAGES: Readonly<Record<string, Served>> = { '110': 'pop3', '995': 'pop3', '143': 'imap', '993': 'imap' }

/** A step that is still being read, and its response that is not whole yet. */
interface Hearing {
  step: Answers
  reader: ResponseReader | null
}
type Answers = {
  -readonly [Key in keyof Extract<Step, { step: 'answers' }>]: Extract<Step, { step: 'answers' }>[Key]
} & { untagged: Response[] }

const WRONG_ESCAPE = 'C"..." knows the escapes \\r \\n \\t \\0 \\" \\\\ and \\x00'

const ESCAPES: Readonly<Record<string, string>> = {
  r: '\r',
  n: '\n',
  t: '\t',
  '0': '\0',
  '"': '"',
  '\\': '\\',
}

function unescape(text: string): Octets | null {
  let wrong = false
  const octets = utf8Octets(text).replace(/\\(?:x([0-9a-fA-F]{2})|(.?))/g, (_all, hex?: string, letter?: string) => {
    if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16))
    const octet = ESCAPES[letter ?? '']
    if (octet === undefined) wrong = true
    return octet ?? ''
  })
  return wrong ? null : octets
}
