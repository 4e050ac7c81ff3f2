/** A trace written by hand, for the tests of the views. */
import type { Fold, Note, TraceEvent } from '../../../src/core/trace/events.ts'

export class Traced {
  readonly events: TraceEvent[] = []
  at = 0

  note(host: string, ...notes: Note[]): this {
    for (const note of notes)
      this.events.push({ seq: this.events.length, at: this.at++, host, cause: null, span: null, ...note })
    return this
  }

  fold<View>(fold: Fold<View>): View {
    const view = fold.empty()
    for (const event of this.events) fold.add(view, event)
    return view
  }
}

const CLIENT = { address: '192.0.2.30', port: 49152 }
const SERVER = { address: '192.0.2.10', port: 25 }
const ofC1 = { conn: 'c1', protocol: 'smtp' } as const

export const command = (verb: string, line: string, state = 'ready') =>
  ({ kind: 'command', ...ofC1, verb, line, state, secret: false }) as const
export const reply = (verb: string, code: string, to: string, ...lines: string[]) =>
  ({ kind: 'reply', ...ofC1, verb, outcome: 'ok', code, lines, from: '', to }) as const
export const printed = (text: string) => ({ kind: 'printed', terminal: 't1', text }) as const
export const typed = (text: string, secret = false) => ({ kind: 'typed', terminal: 't1', text, secret }) as const
export const remark = (key: string) => ({ kind: 'remark', ...ofC1, key, detail: '' }) as const

/** `telnet mx1.rennes.example 25` on pc-alice, up to the greeting. */
export function greeted(): Traced {
  return new Traced()
    .note('pc-alice', printed('alice@pc-alice:~$ '), typed('telnet mx1.rennes.example 25\n'))
    .note(
      'pc-alice',
      { kind: 'lookup', name: 'mx1.rennes.example', type: 'A', server: '192.0.2.53' },
      {
        kind: 'looked-up',
        name: 'mx1.rennes.example',
        type: 'A',
        result: 'found',
        answers: ['mx1.rennes.example. 3600 IN A 192.0.2.10'],
        cached: false,
      },
      { kind: 'dial', conn: 'c1', from: CLIENT, to: SERVER, toHost: 'mx1' },
      { kind: 'terminal-conn', terminal: 't1', conn: 'c1' },
      { kind: 'connected', conn: 'c1' },
    )
    .note('mx1', reply('greeting', '220', 'connected', 'mx1 ESMTP'))
    .note('pc-alice', printed('220 mx1 ESMTP\n'))
}
