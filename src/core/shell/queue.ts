/**
 * mailq, which is also sendmail -bp: the queue of this machine's mail system, in Postfix's form, where a star behind the
 * number means active and an exclamation mark on hold. With `-v` it says when each recipient is tried again.
 */
import { options, type Context, type ShellCommand } from './command.ts'
import type { QueueEntryView } from './host.ts'

const INDENT = ' '.repeat(41)

const MARKS = { active: '*', hold: '!', deferred: ' ', incoming: ' ' } as const

export function listQueue({ host, out }: Pick<Context, 'host' | 'out'>, withTimes = false): void {
  const entries = host.queue()
  if (entries.length === 0) return out.text('Mail queue is empty\n')
  const octets = entries.reduce((sum, { size }) => sum + size, 0)
  out.text('-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n')
  for (const entry of entries) out.text(`${entryText(entry, withTimes)}\n`)
  const requests = `${entries.length} Request${entries.length === 1 ? '' : 's'}`
  out.text(`-- ${Math.ceil(octets / 1024)} Kbytes in ${requests}.\n`)
}

/** Recipients stand in groups under the reason for which they wait. */
function entryText({ id, state, size, arrived, sender, recipients }: QueueEntryView, withTimes: boolean): string {
  const mark = MARKS[state]
  let text = `${(id + mark).padEnd(11)} ${String(size).padStart(8)} ${arrived}  ${sender || 'MAILER-DAEMON'}\n`
  for (const reason of new Set(recipients.map((recipient) => recipient.reason))) {
    if (reason !== null) text += `${`(${reason})`.padStart(79)}\n`
    for (const recipient of recipients) {
      if (recipient.reason !== reason) continue
      const { address, next } = recipient
      text += `${INDENT}${address}${withTimes && next !== null ? `  (${state}, again ${next})` : ''}\n`
    }
  }
  return text
}

export const mailq: ShellCommand = {
  name: 'mailq',
  synopsis: 'mailq [-v]',
  summary: 'shell.mailq',
  reads: false,
  feeds: true,
  // eslint-disable-next-line require-yield -- a command is a task even if it never waits
  *run(context) {
    const given = options(context, 'v')
    if (given) listQueue(context, given.options.has('v'))
  },
}
