/** The client's end of a dialogue: commands out, replies in, each line told to whoever listens. */
import type { Octets } from '../bytes/octets.ts'
import type { Machine } from '../machine.ts'
import type { Stream } from '../stream.ts'
import type { Task } from '../task.ts'
import { AnswerReader } from './answers.ts'
import type { Pop3Log, Pop3Reply } from './client-types.ts'

const MINUTE = 60_000
/** RFC 1939 says none: as long as a server waits at least (3). */
export const PATIENCE = { command: 10 * MINUTE, quit: MINUTE }

export class Talk {
  readonly stream: Stream
  readonly answers: AnswerReader
  /** Something is marked as deleted. */
  marked = false
  private readonly log: Pop3Log | undefined

  constructor(stream: Stream, machine: Pick<Machine, 'sleep'>, log: Pop3Log | undefined) {
    this.stream = stream
    this.answers = new AnswerReader(stream, machine, log)
    this.log = log
  }

  say(line: Octets, shown: Octets = line): void {
    this.sayAll([line], shown)
  }

  /** Several commands in one write. */
  sayAll(lines: readonly Octets[], shown?: Octets): void {
    for (const line of lines) this.log?.('>>>', shown ?? line)
    this.stream.write(`${lines.join('\r\n')}\r\n`)
  }

  hear(patience: number = PATIENCE.command): Task<Pop3Reply | null> {
    return this.answers.reply(patience)
  }

  data(): Task<Octets | null> {
    return this.answers.data(PATIENCE.command)
  }

  *command(line: Octets, shown?: Octets): Task<Pop3Reply | null> {
    this.say(line, shown)
    return yield* this.hear()
  }
}
