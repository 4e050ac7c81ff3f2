/** One end of a dialogue: what the client says, and the replies that it waits for, with the patience of RFC 5321 4.5.3.2. */
import { sha256Hex } from '../../bytes/hashes.ts'
import type { Octets } from '../../bytes/octets.ts'
import type { Machine } from '../../machine.ts'
import type { Stream } from '../../stream.ts'
import type { Task } from '../../task.ts'
import type { ClientFailure, ClientReply, ClientStage, DialogueLog } from '../client-types.ts'
import { ReplyReader } from '../replies.ts'

const MINUTE = 60_000
/** RFC 5321 4.5.3.2. */
export const PATIENCE = {
  greeting: 5 * MINUTE,
  command: 5 * MINUTE,
  data: 2 * MINUTE,
  block: 3 * MINUTE,
  content: 10 * MINUTE,
  quit: 5000,
}

export const failed = (stage: ClientStage, reply: ClientReply | null, uncertain = false): ClientFailure => ({
  outcome: 'failed',
  stage,
  reply,
  own: false,
  permanent: reply !== null && reply.code[0] === '5',
  uncertain,
})

/** RFC 5321 4.1.1.5: RSET is always taken. Who refuses it says nothing about the message. */
export const noReset = (reply: ClientReply | null): ClientFailure => ({ ...failed('next', reply), permanent: false })

/** The server does not offer what this message, or this login, needs. */
export const unfit = (stage: ClientStage, code: string, why: string): ClientFailure => ({
  ...failed(stage, { code, lines: [why] }),
  own: true,
})

export const good = (reply: ClientReply | null) => reply?.code[0] === '2'

export class Talk {
  readonly stream: Stream
  readonly replies: ReplyReader
  private log: DialogueLog | undefined
  private machine: Machine

  constructor(stream: Stream, machine: Machine, log: DialogueLog | undefined) {
    this.stream = stream
    this.replies = new ReplyReader(stream, machine, log)
    this.log = log
    this.machine = machine
  }

  say(line: Octets, shown: Octets = line): void {
    this.log?.('>>>', shown)
    this.stream.write(`${line}\r\n`)
  }

  /** Several commands in one write (RFC 2920). */
  sayAll(lines: readonly Octets[]): void {
    for (const line of lines) this.log?.('>>>', line)
    this.stream.write(`${lines.join('\r\n')}\r\n`)
  }

  hear(patience: number = PATIENCE.command): Task<ClientReply | null> {
    return this.replies.next(patience)
  }

  /** Another one for each login: no two connections of a machine have the same name at the same time. */
  nonce(): string {
    const { id, local, peer } = this.stream
    return sha256Hex(`${id} ${local.port} ${peer.address} ${this.machine.now()}`)
  }

  *command(line: Octets, shown?: Octets): Task<ClientReply | null> {
    this.say(line, shown)
    return yield* this.hear()
  }
}

/** What EHLO told: keyword to its parameters. */
export type Extensions = ReadonlyMap<string, string>
