/** Mail on its way out: handed in by SMTP where this machine's mail begins its way (RFC 6409), without its Bcc (RFC 5322 3.6.3). */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { addressesIn, withoutBcc } from '../shell/sendmail.ts'
import type { ClientResult } from '../smtp/client-types.ts'
import { speakSmtp } from '../smtp/client.ts'
import { addressee } from '../smtp/envelope.ts'
import { parsePath } from '../smtp/grammar.ts'
import { mailbox, type Path } from '../smtp/path.ts'
import type { Task } from '../task.ts'
import { connect, passwordOf, word, type Desk } from './desk.ts'

/** `from: null` is `<>`: nobody wants to hear what became of it. */
export interface Letter {
  from: string | null
  recipients: readonly Octets[]
  content: Octets
}

/** Where a message says that it goes, each address once. */
export function letterOf(message: Octets, from: string): Letter {
  const all = ['To', 'Cc', 'Bcc'].flatMap((name) => addressesIn(message, name))
  return { from, recipients: [...new Set(all)], content: withoutBcc(message) }
}

/** True where at least one recipient was taken; `trouble` says of the others, and of all that went wrong. */
export function* handIn(desk: Desk, { from, recipients, content }: Letter): Task<boolean> {
  const { seat, state } = desk
  const { submission, machine, user } = seat
  const refuse = (key: string, values = {}) => {
    state.trouble = word(key, values)
    return false
  }
  if (!submission) return refuse('trouble.no-submission')
  const paths: Path[] = []
  for (const address of recipients) {
    const path = parsePath(address)
    if ('bad' in path) return refuse('trouble.address', { text: address })
    paths.push(path)
  }
  if (paths.length === 0) return refuse('trouble.no-recipient')
  const sender = from === null ? null : parsePath(utf8Octets(from))
  if (sender !== null && 'bad' in sender) return refuse('trouble.address', { text: utf8Octets(from!) })
  // On port 25 mail is handed over without a name and a password; submission asks for them (RFC 6409 4.3).
  const password = submission.port === 25 ? null : passwordOf(desk)
  if (submission.port !== 25 && password === null) return false
  const stream = yield* connect(desk, submission, false)
  if (!stream) return false
  const result: ClientResult = yield* speakSmtp(
    stream,
    {
      helo: machine.host,
      server: submission.host,
      envelope: { from: sender, recipients: paths.map(addressee) },
      content,
      eighthBit: 'convert',
      startTls: state.settings.security === 'never' ? 'never' : 'if-offered',
      ...(password === null ? {} : { auth: { user, password } }),
    },
    machine,
  )
  if (result.outcome === 'failed') {
    const { reply, stage, uncertain } = result
    if (stage === 'auth' && reply !== null) state.wantsPassword = true
    if (reply === null) return refuse(uncertain ? 'trouble.uncertain' : 'trouble.lost')
    return refuse('trouble.not-taken', { text: `${reply.code} ${reply.lines.join(' ')}` })
  }
  const refused = result.recipients.filter(({ accepted }) => !accepted)
  const [one] = refused
  if (one)
    refuse(refused.length === paths.length ? 'trouble.not-taken' : 'trouble.partly', {
      address: mailbox(one.path),
      text: `${one.reply.code} ${one.reply.lines.join(' ')}`,
    })
  return refused.length < paths.length
}
