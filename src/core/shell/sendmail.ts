/**
 * sendmail: a whole message from the input, header and all, handed in for the recipients that its own fields name (-t) or
 * that stand on the command line. Nearly every program on Unix sends its mail so, whatever mail system is behind it.
 */
import type { Octets } from '../bytes/octets.ts'
import { addresses } from '../message/address.ts'
import { crlfLines } from '../message/build.ts'
import { bodyAt, field, fieldValues, headerFields } from '../message/fields.ts'
import type { Task } from '../task.ts'
import { options, readable, type Context, type ShellCommand } from './command.ts'
import { fromField } from './compose.ts'
import { typedText } from './files.ts'
import { addressees, handIn, ownAddress } from './hand-in.ts'
import type { ShellHost } from './host.ts'
import { listQueue } from './queue.ts'

export const sendmail: ShellCommand = {
  name: 'sendmail',
  synopsis: 'sendmail [-t] [-v] [-i] [-f ADDRESS] [ADDRESS]... | sendmail -q | sendmail -bp',
  summary: 'shell.sendmail',
  reads: true,
  feeds: true,
  *run(context) {
    const given = options(context, 'tvinqf:r:F:o:b:')
    if (!given) return
    const { options: found, given: all, rest } = given
    const mode = found.get('b') ?? 'm'
    if (mode === 'p') return listQueue(context, given.options.has('v'))
    if (mode !== 'm') return context.complain(`${context.host.say('shell.sendmail-only')}\n`)
    if (found.has('q')) return context.host.flushQueue()
    const dots = found.has('i') || all.some(([letter, value]) => letter === 'o' && value === 'i')
    yield* submit(context, {
      fromHeader: found.has('t'),
      words: rest,
      from: readable(found.get('f') ?? found.get('r') ?? ownAddress(context.host)).replace(/^<(.*)>$/, '$1'),
      name: readable(found.get('F') ?? ''),
      dots,
      verbose: found.has('v'),
    })
  },
}

interface Wish {
  /** The recipients are those of To, Cc and Bcc, beside those of the command line. */
  fromHeader: boolean
  words: readonly Octets[]
  from: string
  /** The name in From; '' is the person's own. */
  name: string
  /** A lone dot is text. */
  dots: boolean
  verbose: boolean
}

function* submit(context: Context, { fromHeader, words, from, name, dots, verbose }: Wish): Task<void> {
  const { host, complain } = context
  if (!fromHeader && words.length === 0)
    return complain('sendmail: fatal: Recipient addresses must be specified on the command line or via the -t option\n')
  const text = context.input ?? (yield* typedText(context, !dots))
  if (text === null) return
  const message = messageOf(text, dots)
  const named = fromHeader ? ['To', 'Cc', 'Bcc'].flatMap((one) => addressesIn(message, one)) : []
  const recipients = addressees(context, [...words.flatMap((word) => word.split(',')), ...named])
  if (recipients === null) return
  if (recipients.length === 0) return complain('sendmail: fatal: No recipient addresses found in message header\n')
  const content = completed(host, fromHeader ? withoutBcc(message) : message, from, name)
  yield* handIn(context, { from, recipients, content, verbose })
}

/** What was typed or read as a message: lines end in CRLF, and a lone dot is the end of it unless it is text. */
function messageOf(text: Octets, dots: boolean): Octets {
  const lines = crlfLines(text === '' || text.endsWith('\n') ? text : `${text}\n`)
  if (dots) return lines
  if (lines.startsWith('.\r\n')) return ''
  const end = lines.indexOf('\r\n.\r\n')
  return end < 0 ? lines : lines.slice(0, end + 2)
}

export const addressesIn = (message: Octets, name: string): Octets[] =>
  fieldValues(message, name).flatMap((value) => addresses(value).map(({ address }) => address))

/** RFC 5322 3.6.3: who is named there is not for the others to know. */
export function withoutBcc(message: Octets): Octets {
  let kept = ''
  let from = 0
  for (const bcc of headerFields(message)) {
    if (bcc.name.toLowerCase() !== 'bcc') continue
    kept += message.slice(from, bcc.from)
    from = bcc.to
  }
  return kept + message.slice(from)
}

/** Behind the header that is there comes what it lacks: From, Date, Message-ID. */
function completed(host: ShellHost, message: Octets, from: string, name: string): Octets {
  const missing = [
    ['Message-ID', () => `Message-ID: <${host.unique()}@${host.machine.host}>`],
    ['Date', () => `Date: ${host.date()}`],
    ['From', () => fromField(host, from, name === '' ? host.name : name)],
  ] as const
  const added = missing.map(([wanted, line]) => (field(message, wanted) === null ? `${line()}\r\n` : '')).join('')
  const end = headerFields(message).at(-1)?.to ?? 0
  return `${message.slice(0, end)}${added}\r\n${message.slice(bodyAt(message))}`
}
