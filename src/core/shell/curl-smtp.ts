/** SMTP as curl speaks it: `curl smtp://HOST --mail-from A --mail-rcpt B -T FILE` hands a message in. */
import { utf8Octets } from '../bytes/utf8.ts'
import { speakSmtp } from '../smtp/client.ts'
import { addressee } from '../smtp/envelope.ts'
import { parsePath } from '../smtp/grammar.ts'
import type { Task } from '../task.ts'
import { readable } from './command.ts'
import { DENIED, examine, failure, LOST, tell, type Failure, type Transfer } from './curl-transfer.ts'
import { addressees } from './hand-in.ts'

export function* curlSmtp(transfer: Transfer): Task<Failure | null> {
  const { context, options, stream, login, upload, url } = transfer
  const from = parsePath(utf8Octets(readable(options.mailFrom ?? '').replace(/^<(.*)>$/, '$1')))
  const recipients = addressees(context, options.mailRcpt)
  if ((options.mailFrom !== null && 'bad' in from) || recipients === null)
    return failure(3, 'URL using bad/illegal format or missing URL')
  if (recipients.length === 0 || upload === null) return failure(55, 'Failed sending data to the peer')
  const content = options.crlf ? upload.replace(/\r?\n/g, '\r\n') : upload
  const job = {
    // RFC 5321 4.1.1.1; curl takes what stands behind the slash, else the name of the machine.
    helo: url.path === '' ? context.host.machine.host : readable(url.path),
    server: url.host,
    envelope: { from: 'bad' in from ? null : from, recipients: recipients.map(addressee) },
    content,
    startTls: options.tls,
    ...(login ? { auth: login } : {}),
  } as const
  const before = stream.secure
  const result = yield* speakSmtp(stream, job, context.host.machine, (direction, line) =>
    tell(transfer, direction === '>>>' ? '>' : '<', line),
  )
  const trouble = !before && stream.secure ? examine(transfer) : null
  if (trouble) return trouble
  if (result.outcome === 'failed') {
    if (result.reply === null) return LOST
    if (result.stage === 'auth') return DENIED
    return result.stage === 'tls'
      ? failure(64, 'STARTTLS not supported.')
      : failure(55, `${result.stage.toUpperCase()} failed: ${result.reply.code}`)
  }
  const refused = result.recipients.find(({ accepted }) => !accepted)
  return refused ? failure(55, `RCPT failed: ${refused.reply.code}`) : null
}
