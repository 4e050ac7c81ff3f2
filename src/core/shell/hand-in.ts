/** Handing a message in where mail of this machine begins its way: what `mail` and `sendmail` share (RFC 6409). */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { ClientResult, DialogueLog } from '../smtp/client-types.ts'
import { speakSmtp } from '../smtp/client.ts'
import { addressee } from '../smtp/envelope.ts'
import { parsePath } from '../smtp/grammar.ts'
import { mailbox, type Path } from '../smtp/path.ts'
import type { Task } from '../task.ts'
import { readable, type Context } from './command.ts'
import { dial } from './dial.ts'
import type { ShellHost } from './host.ts'
import { resolveHost } from './names.ts'

/** `bob` alone is somebody in one's own domain. */
function pathTo({ host }: Pick<Context, 'host'>, word: Octets): ReturnType<typeof parsePath> {
  const bare = word.replace(/^<(.*)>$/, '$1')
  const domain = host.address?.replace(/^.*@/, '') ?? host.machine.host
  return parsePath(bare.includes('@') ? bare : `${bare}@${domain}`)
}

/** Reads addresses, and complains of the first that is none: then nothing is sent. */
export function addressees(context: Context, words: readonly Octets[]): Path[] | null {
  const paths: Path[] = []
  for (const word of words) {
    if (word === '') continue
    const path = pathTo(context, word)
    if ('bad' in path) {
      context.complain(`${context.name}: ${readable(word)}: ${path.why}\n`)
      return null
    }
    paths.push(path)
  }
  return paths
}

/** Who writes here, where nothing says otherwise. */
export const ownAddress = ({ address, user, machine }: ShellHost): string => address ?? `${user}@${machine.host}`

export interface Submission {
  /** The reverse-path, as an address. */
  from: string
  recipients: Path[]
  content: Octets
  /** Shows the dialogue. */
  verbose: boolean
}

export function* handIn(context: Context, { from, recipients, content, verbose }: Submission): Task<void> {
  const { host, out, complain, name } = context
  const { submission, password, user, machine } = host
  const notSent = (why: string) => complain(`${name}: ${why}\n${host.say('shell.mail-not-sent')}\n`)
  if (submission === null) return complain(`${host.say('shell.mail-no-server')}\n`)
  const sender = parsePath(utf8Octets(from))
  if ('bad' in sender) return notSent(`${from}: ${sender.why}`)
  const all = recipients.map(mailbox).map(readable)
  if (verbose) for (const address of all) out.text(`${address}... Connecting to ${submission.host} (TCP)...\n`)
  const found = yield* resolveHost(host, submission.host)
  if (!found.ok) return notSent(`${submission.host}: ${found.why}`)
  const stream = yield* dial(context, found.addresses[0]!, submission.port)
  if (typeof stream === 'string') return notSent(`${submission.host}: ${stream}`)
  // On port 25 mail is handed over without a name and a password; submission asks for them (RFC 6409 4.3).
  const auth = submission.port !== 25 && password !== undefined ? { user, password } : null
  const job = {
    helo: machine.host,
    server: submission.host,
    envelope: { from: sender, recipients: recipients.map(addressee) },
    content,
    startTls: 'if-offered',
    ...(auth ? { auth } : {}),
  } as const
  let result: ClientResult | null = null
  try {
    result = yield* speakSmtp(stream, job, machine, verbose ? dialogueLog(context, content) : undefined)
  } finally {
    if (result === null) stream.reset()
  }
  report(context, result, verbose, notSent)
}

/** The client's own lines behind `>>>`, the server's bare; the content where the server asked for it. */
function dialogueLog({ out }: Context, content: Octets): DialogueLog {
  const unanswered: Octets[] = ['']
  let taken = false
  return (direction, line) => {
    out.renew()
    if (direction === '>>>') {
      unanswered.push(line)
      return out.put(`>>> ${line}\n`)
    }
    out.put(`${line}\n`)
    if (line[3] === '-') return
    const command = unanswered.shift() ?? ''
    if (command.startsWith('RCPT ') && line[0] === '2') taken = true
    if (!line.startsWith('354')) return
    unanswered.unshift('.')
    out.put(taken ? `>>>\n${content.replace(/^\./gm, '..')}.\n` : '>>> .\n')
  }
}

function report(
  { out, host, complain, name }: Context,
  result: ClientResult,
  verbose: boolean,
  notSent: (why: string) => void,
): void {
  if (result.outcome === 'failed') {
    const { reply, uncertain } = result
    if (uncertain) return complain(`${name}: ${host.say('shell.mail-uncertain')}\n`)
    return notSent(reply === null ? host.say('shell.mail-lost') : `${reply.code} ${readable(reply.lines.join(' '))}`)
  }
  let sent = 0
  for (const { path, reply, accepted } of result.recipients) {
    const address = readable(mailbox(path))
    if (accepted) sent++
    if (!accepted) complain(`${address}... ${reply.code} ${readable(reply.lines.join(' '))}\n`)
    else if (verbose) out.text(`${address}... Sent\n`)
  }
  if (sent === 0) complain(`${host.say('shell.mail-not-sent')}\n`)
}
