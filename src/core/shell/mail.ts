/**
 * mail: writes a message as BSD mail does and hands it in by SMTP to the server that this machine is set up to use.
 * With `-v` the dialogue is shown as a course prints it: `>>> ` before what the client says, the server's lines as they are.
 */
import type { Octets } from '../bytes/octets.ts'
import { mailbox } from '../smtp/path.ts'
import type { Task } from '../task.ts'
import { options, readable, type Context, type GivenOptions, type ShellCommand } from './command.ts'
import { composeLetter, type Attachment } from './compose.ts'
import { absolutePath } from './files.ts'
import { addressees, handIn, ownAddress } from './hand-in.ts'
import { readMailbox } from './mailbox.ts'
import { nothingSecret, readLine } from './read-line.ts'

export const mail: ShellCommand = {
  name: 'mail',
  aliases: ['mailx', 'Mail'],
  synopsis: 'mail [-v] [-s SUBJECT] [-A FILE] [-c ADDRESS] [-b ADDRESS] [-r ADDRESS] ADDRESS...',
  summary: 'shell.mail',
  reads: true,
  feeds: false,
  *run(context) {
    const given = options(context, 'vs:A:a:c:b:r:')
    if (!given) return
    const { options: found, rest, given: all } = given
    if (rest.length === 0 && all.length === 0) return yield* readMailbox(context)
    const to = addressees(
      context,
      rest.flatMap((typed) => typed.split(',')),
    )
    const cc = to && addressees(context, listed(all, 'c'))
    const bcc = cc && addressees(context, listed(all, 'b'))
    if (!bcc) return
    const recipients = [...to, ...cc, ...bcc]
    if (recipients.length === 0) return context.complain('No recipients specified\n')
    const from = found.get('r') === undefined ? ownAddress(context.host) : readable(found.get('r')!)
    const attachments = readAttachments(context, all)
    if (attachments === null) return
    const letter =
      context.input === null
        ? yield* write(context, found.get('s'))
        : { subject: found.get('s') ?? '', body: context.input }
    if (letter === null) return
    if (letter.body === '') context.complain("Null message body; hope that's ok\n")
    const draft = { ...letter, from, to: to.map(mailbox), cc: cc.map(mailbox) }
    const content = composeLetter(context.host, draft, attachments)
    yield* handIn(context, { from, recipients, content, verbose: found.has('v') })
  },
}

/** The files of `-A` and `-a`; null where one of them cannot be read, and then nothing is sent. */
function readAttachments({ host, complain, name }: Context, given: GivenOptions): Attachment[] | null {
  const attachments: Attachment[] = []
  for (const [letter, value] of given) {
    if (letter !== 'A' && letter !== 'a') continue
    const path = absolutePath(host, readable(value))
    const octets = host.readFile(path)
    if (octets === null) {
      complain(
        `${name}: ${readable(value)}: ${host.listFiles(path) ? 'Is a directory' : 'No such file or directory'}\n`,
      )
      return null
    }
    attachments.push({ name: path.slice(path.lastIndexOf('/') + 1), octets })
  }
  return attachments
}

/** Addresses of an option that may stand there more than once, each with commas in it. */
const listed = (given: GivenOptions, wanted: string): Octets[] =>
  given.flatMap(([letter, value]) => (letter === wanted ? value.split(',') : []))

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
