/** What stands behind `npm run bench --`. */
import { parseArgs } from 'node:util'

export const USAGE = `npm run bench -- [--rounds N] [--messages N] [--commands N] [--megabytes N] [--mailbox N] [--queue N] [--only engine|message|queue|imap|tcp|screen] [--quick] [--json]

  --rounds     how often each thing is measured; the median is shown (5)
  --messages   2 kB messages a round over TCP (20000)
  --commands   commands a round of the engine alone (100000)
  --megabytes  the size of the one big message, and what of messages and codecs goes through in a round (20)
  --mailbox    messages of 7.6 kB in the mailbox that is read by IMAP and POP3 (10000)
  --queue      messages of 2 kB that a mail system has in its queue at once (100000)
  --only       the engine alone, messages and codecs, the queue alone, a mailbox over IMAP and POP3, mail going in over
               TCP, or the page on its screen; the first two in Node and Chromium, the last in Chromium
  --quick      one round of a tenth of everything but the big message
  --json       the medians as one line of JSON`

const PARTS: readonly string[] = ['engine', 'message', 'queue', 'imap', 'tcp', 'screen']

export interface BenchOptions {
  rounds: number
  messages: number
  commands: number
  megabytes: number
  mailbox: number
  queued: number
  engine: boolean
  message: boolean
  queue: boolean
  imap: boolean
  tcp: boolean
  screen: boolean
  json: boolean
}

export function readOptions(args: readonly string[]): BenchOptions | { error: string } {
  let values
  try {
    values = parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string' },
        messages: { type: 'string' },
        commands: { type: 'string' },
        megabytes: { type: 'string', default: '20' },
        mailbox: { type: 'string' },
        queue: { type: 'string' },
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
  const { quick, only, json } = values
  if (only !== undefined && !PARTS.includes(only)) return { error: `--only ${only}: ${PARTS.join(', ')} was expected` }
  const amounts = {
    rounds: Number(values.rounds ?? (quick ? 1 : 5)),
    messages: Number(values.messages ?? (quick ? 2_000 : 20_000)),
    commands: Number(values.commands ?? (quick ? 10_000 : 100_000)),
    megabytes: Number(values.megabytes),
    mailbox: Number(values.mailbox ?? (quick ? 1_000 : 10_000)),
    queued: Number(values.queue ?? (quick ? 10_000 : 100_000)),
  }
  for (const [name, amount] of Object.entries(amounts)) {
    if (!Number.isInteger(amount) || amount < 1)
      return { error: `--${name === 'queued' ? 'queue' : name}: a whole number above 0 was expected` }
  }
  const wanted = (part: string) => only === undefined || only === part
  return {
    ...amounts,
    engine: wanted('engine'),
    message: wanted('message'),
    queue: wanted('queue'),
    imap: wanted('imap'),
    tcp: wanted('tcp'),
    screen: wanted('screen'),
    json,
  }
}
