/**
 * mail: writes a message as BSD mail does and hands it in by SMTP to the server that this machine is set up to use.
 * With `-v` the dialogue is shown as a course prints it: `>>> ` before what the client says, the server's lines as they are.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { ClientResult, DialogueLog } from '../smtp/client-types.ts'
import { speakSmtp } from '../smtp/client.ts'
import { parsePath } from '../smtp/grammar.ts'
import { mailbox, type Path } from '../smtp/path.ts'
import type { Task } from '../task.ts'
import { options, readable, type Context, type ShellCommand } from './command.ts'
import { compose } from './compose.ts'
import { dial } from './dial.ts'
import { readMailbox } from './mailbox.ts'
import { resolveHost } from './names.ts'
import { nothingSecret, readLine } from './read-line.ts'

export const mail: ShellCommand = {
  name: 'mail',
  aliases: ['mailx', 'Mail'],
  synopsis: 'mail [-v] [-s SUBJECT] ADDRESS...',
  summary: 'shell.mail',
  reads: true,
  feeds: false,
  *run(context) {
    const given = options(context, 'vs:')
    if (!given) return
    if (given.rest.length === 0) return yield* readMailbox(context)
    const paths: Path[] = []
    for (const word of given.rest.flatMap((typed) => typed.split(','))) {
      if (word === '') continue
      const path = addressee(context, word)
      if ('bad' in path) return context.complain(`mail: ${readable(word)}: ${path.why}\n`)
      paths.push(path)
    }
    if (paths.length === 0) return context.complain('No recipients specified\n')
    const letter =
      context.input === null
        ? yield* write(context, given.options.get('s'))
        : { subject: given.options.get('s') ?? '', body: context.input }
    if (letter === null) return
    if (letter.body === '') context.complain("Null message body; hope that's ok\n")
    const from = context.host.address ?? `${context.host.user}@${context.host.machine.host}`
    const content = compose(context.host, { ...letter, from, to: paths.map(mailbox) })
    yield* handIn(context, from, paths, content, given.options.has('v'))
  },
}

/** `bob` alone is somebody in one's own domain. */
function addressee({ host }: Context, word: Octets): ReturnType<typeof parsePath> {
  const bare = word.replace(/^<(.*)>$/, '$1')
  const domain = host.address?.replace(/^.*@/, '') ?? host.machine.host
  return parsePath(bare.includes('@') ? bare : `${bare}@${domain}`)
}

/** Subject and text from the terminal; null where Ctrl-C, pressed twice, killed the letter. */
function* write(
  { terminal, complain }: Context,
  given: Octets | undefined,
): Task<{ subject: Octets; body: Octets } | null> {
  let subject = given
  let warned = false
  const lines: Octets[] = []
  for (;;) {
    const prompt = subject === undefined ? 'Subject: ' : ''
    const entered = yield* readLine(terminal, { protocol: 'mail', prompt, secret: nothingSecret })
    if (entered.key === 'interrupt') {
      complain('^C\n')
      if (warned) return null
      warned = true
      complain('(Interrupt -- one more to kill letter)\n')
    } else if (entered.key === 'eof' || (entered.line === '.' && subject !== undefined)) {
      complain('EOT\n')
      return { subject: subject ?? '', body: lines.map((line) => `${line}\n`).join('') }
    } else if (entered.key === null) {
      warned = false
      if (subject === undefined) subject = entered.line
      else lines.push(entered.line)
    }
  }
}

function* handIn(context: Context, from: string, recipients: Path[], content: Octets, verbose: boolean): Task<void> {
  const { host, out, complain } = context
  const { submission, password, user, machine } = host
  const notSent = (why: string) => complain(`mail: ${why}\n${host.say('shell.mail-not-sent')}\n`)
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
    envelope: { from: sender, recipients },
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
  { out, host, complain }: Context,
  result: ClientResult,
  verbose: boolean,
  notSent: (why: string) => void,
): void {
  if (result.outcome === 'failed') {
    const { reply, uncertain } = result
    if (uncertain) return complain(`mail: ${host.say('shell.mail-uncertain')}\n`)
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
