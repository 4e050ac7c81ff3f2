/**
 * `openssl s_client`: telnet for what speaks TLS, with the server's certificate shown. It does as OpenSSL 3 does, traps
 * included: a line sent ends with LF alone unless -crlf asks for more, and one that begins with Q, R or K is a command to
 * s_client itself, unless -quiet, -ign_eof or -nocommands make it data. So "QUIT" leaves without a word to the server,
 * and "RCPT" never arrives: the coach says so.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Text } from '../bytes/utf8.ts'
import { readDate } from '../message/read-date.ts'
import { readX509 } from '../net/tls/certificate.ts'
import type { Stream, StreamEvent, TlsFacts } from '../stream.ts'
import { ask, first, type Task } from '../task.ts'
import { readable, type Context } from './command.ts'
import { dial } from './dial.ts'
import { Dialogue } from './dialogue.ts'
import { isAddress, resolveHost } from './names.ts'
import { opensslOptions, type Given } from './openssl-options.ts'
import { preface, STARTTLS, type Preface, type Prefaced } from './openssl-starttls.ts'
import { verify, type Verdict } from './openssl-verify.ts'
import { portOf } from './services.ts'
import type { Typed } from './terminal.ts'
import { dateText, nameText, objectName, pem } from './x509.ts'

const FLAGS = [
  'crlf',
  'quiet',
  'ign_eof',
  'no_ign_eof',
  'nocommands',
  'brief',
  'showcerts',
  'noservername',
  'tls1_3',
  '4',
]
const VALUED = ['connect', 'starttls', 'servername', 'name']
/** What connect(2) gives, as a number. */
const ERRNO: Readonly<Record<string, number>> = {
  'Connection refused': 111,
  'Connection timed out': 110,
  'No route to host': 113,
  'Connection reset by peer': 104,
}

export function* sClient(context: Context, words: readonly Octets[]): Task<void> {
  const { complain } = context
  const given = opensslOptions(context, 's_client', words, FLAGS, VALUED)
  if (!given) return
  const kind = given.value('starttls')
  const before = STARTTLS.find((name) => name === kind)
  if (kind !== undefined && before === undefined)
    return complain(`s_client: Value must be one of:\n${STARTTLS.map((name) => `\t${name}\n`).join('')}`)
  const place = readable(given.value('connect') ?? given.rest[0] ?? 'localhost:4433')
  const colon = place.lastIndexOf(':')
  const host = colon < 0 ? place : place.slice(0, colon)
  const port = portOf(colon < 0 ? '4433' : place.slice(colon + 1))
  if (port === null || host === '')
    return complain(`s_client: -connect argument or target parameter malformed or ambiguous\n`)
  const stream = yield* connect(context, host, port)
  if (stream) yield* speak(new Client(context, stream, given, new Dialogue(port)), host, before)
}

function* connect(context: Context, host: string, port: number): Task<Stream | null> {
  const { complain } = context
  const found = yield* resolveHost(context.host, host)
  if (!found.ok) {
    complain(`error:10080002:BIO routines:BIO_lookup_ex:system lib:${found.why}\nconnect:errno=22\n`)
    return null
  }
  for (const address of found.addresses) {
    const stream = yield* dial(context, address, port)
    if (typeof stream !== 'string') return stream
    complain(
      `error:8000006F:system library:BIO_connect:${stream}\nerror:10000067:BIO routines:BIO_connect:connect error\nconnect:errno=${ERRNO[stream]}\n`,
    )
  }
  return null
}

class Client {
  readonly context: Context
  readonly stream: Stream
  readonly given: Given
  readonly dialogue: Dialogue
  readonly quiet: boolean
  /** Letters are commands, and the end of the input is the end. */
  readonly letters: boolean
  readonly ends: boolean

  constructor(context: Context, stream: Stream, given: Given, dialogue: Dialogue) {
    this.context = context
    this.stream = stream
    this.given = given
    this.dialogue = dialogue
    this.quiet = given.has('quiet')
    this.ends = given.has('no_ign_eof') || !(this.quiet || given.has('ign_eof'))
    this.letters = this.ends && !given.has('nocommands')
  }

  /** Not with -quiet; with -brief only what is said elsewhere. */
  show(text: string): void {
    if (!this.quiet && !this.given.has('brief')) this.context.out.text(text)
  }
}

function* speak(client: Client, host: string, before: Preface | undefined): Task<void> {
  const { context, stream, given, dialogue } = client
  let open = true
  try {
    client.show('CONNECTED(00000003)\n')
    let said: Prefaced | null = null
    if (before) {
      said = yield* preface(stream, before, readable(given.value('name') ?? 'mail.example.com'), dialogue)
      if (said?.offered === false) context.complain("Didn't find STARTTLS in server response, trying anyway...\n")
    }
    const name = given.value('servername') ?? (given.has('noservername') || isAddress(host) ? '' : host)
    const lost = before !== undefined && said === null
    const trouble = lost ? 'the connection was closed' : yield* ask(stream.startTls(readable(name)))
    const { tls } = stream
    if (trouble !== null || !tls) return failed(client, trouble)
    const date = context.host.date()
    const now = readDate(date, { from: 0, to: date.length }, () => {})?.epochMillis ?? null
    const verdict = verify(tls.chain, tls.roots, now)
    if (given.has('brief')) brief(context, tls, verdict)
    else {
      context.complain(verdict.told)
      client.show(summary(tls, verdict, said, given.has('showcerts')))
    }
    if (said) context.complain(utf8Text(said.last))
    open = yield* talk(client)
  } finally {
    if (open) stream.close()
  }
}

function failed(client: Client, trouble: string | null): void {
  const { complain } = client.context
  const why =
    trouble === 'TLS failed: unexpected_message'
      ? '0A00010B:SSL routines:ssl3_get_record:wrong version number'
      : trouble === 'the connection was closed'
        ? '0A000126:SSL routines::unexpected eof while reading'
        : `0A000438:SSL routines::${trouble}`
  complain(`error:${why}\n`)
  client.show(
    '---\nno peer certificate available\n---\nNo client certificate CA names sent\n---\nNew, (NONE), Cipher is (NONE)\nSecure Renegotiation IS NOT supported\nCompression: NONE\nExpansion: NONE\nNo ALPN negotiated\nEarly data was not sent\nVerify return code: 0 (ok)\n---\n',
  )
}

const verification = ({ code, reason }: Verdict): string =>
  code === 0 ? 'Verification: OK' : `Verification error: ${reason}`

function brief({ complain }: Context, { cipher, chain }: TlsFacts, verdict: Verdict): void {
  const subject = nameText(readX509(chain[0]!)!.subject)
  complain(
    `CONNECTION ESTABLISHED\nProtocol version: TLSv1.3\nCiphersuite: ${cipher}\nPeer certificate: ${subject}\nHash used: UNDEF\nSignature type: ed25519\n${verification(verdict)}\nServer Temp Key: X25519, 253 bits\n`,
  )
}

/** All that s_client has to tell of a handshake. */
function summary(tls: TlsFacts, verdict: Verdict, said: Prefaced | null, all: boolean): string {
  const certificates = tls.chain.map((der) => ({ der, ...readX509(der)! }))
  const [own] = certificates
  const chain = certificates.map(
    ({ der, subject, issuer, keyAlgorithm, key, algorithm, notBefore, notAfter }, depth) =>
      `${String(depth).padStart(2)} s:${nameText(subject)}\n   i:${nameText(issuer)}\n   a:PKEY: ${objectName(keyAlgorithm)}, ${key.length * 8} (bit); sigalg: ${objectName(algorithm)}\n   v:NotBefore: ${dateText(notBefore)}; NotAfter: ${dateText(notAfter)}\n${all ? pem(der) : ''}`,
  )
  return [
    `---\nCertificate chain\n${chain.join('')}`,
    `---\nServer certificate\n${all ? '' : pem(own!.der)}`,
    `subject=${nameText(own!.subject)}\nissuer=${nameText(own!.issuer)}\n`,
    '---\nNo client certificate CA names sent\nPeer signature type: ed25519\nServer Temp Key: X25519, 253 bits\n',
    `---\nSSL handshake has read ${tls.read + (said?.read ?? 0)} bytes and written ${tls.written + (said?.written ?? 0)} bytes\n`,
    `${verification(verdict)}\n---\nNew, TLSv1.3, Cipher is ${tls.cipher}\nServer public key is ${own!.key.length * 8} bit\n`,
    'Secure Renegotiation IS NOT supported\nCompression: NONE\nExpansion: NONE\nNo ALPN negotiated\nEarly data was not sent\n',
    `Verify return code: ${verdict.code} (${verdict.reason})\n---\n`,
  ].join('')
}

/** Both ways, until one end is done. False where there is nothing left to close. */
function* talk(client: Client): Task<boolean> {
  const { context, stream, dialogue } = client
  const { terminal, out } = context
  const { input } = context
  let typing = input === null
  if (input !== null) {
    if (!says(client, input, false)) return true
    if (client.ends) {
      if (input !== '') remark(client, 'openssl-eof', '')
      return done(client)
    }
  }
  for (;;) {
    const [, event] = typing
      ? yield* ask(first<StreamEvent | Typed>(stream.read, terminal.read(dialogue.reading())))
      : ([0, yield* ask(stream.read)] as const)
    if (event.on === 'bytes') {
      dialogue.heard(event.data)
      out.put(event.data)
    } else if (event.on === 'closed') {
      out.flush()
      if (event.how === 'fin') client.show('closed\n')
      else context.complain(`read:errno=${event.how === 'reset' ? 104 : 110}\n`)
      return event.how === 'fin'
    } else if (event.on === 'line' || event.on === 'text') {
      out.renew()
      if (!says(client, event.data, event.on === 'line')) return true
    } else if (event.key === 'interrupt') {
      out.text('^C\n')
      return true
    } else if (event.key === 'escape') stream.write('\x1d')
    else if (client.ends) return done(client)
    else typing = false
  }
}

function done({ context }: Client): true {
  context.complain('DONE\n')
  return true
}

/** Sends what came from the input, unless its first letter is for s_client. False where that says to leave. */
function says(client: Client, data: Octets, line: boolean): boolean {
  const { context, stream, given, dialogue } = client
  const letter = client.letters ? (/^[QRKk]/.exec(data)?.[0] ?? '') : ''
  if (letter !== '') {
    // What was one command is no secret, and was not said to the server.
    remark(client, letter === 'Q' ? 'openssl-quit' : 'openssl-letter', /^\S{0,24}/.exec(data)![0])
    if (letter === 'Q') done(client)
    // TLS 1.3 knows no renegotiation, and to change keys would change nothing here.
    else context.complain(letter === 'R' ? 'RENEGOTIATING\n' : 'KEYUPDATE\n')
    return letter !== 'Q'
  }
  if (line) dialogue.said(data)
  const sent = line ? `${data}\n` : data
  stream.write(given.has('crlf') ? sent.replaceAll('\n', '\r\n') : sent)
  return true
}

/** A word for the coach. */
function remark({ context, stream, dialogue }: Client, key: string, detail: Octets): void {
  const { protocol } = dialogue
  context.host.machine.note({ kind: 'remark', conn: stream.id, protocol, key, detail })
}
