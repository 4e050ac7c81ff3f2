/**
 * The terminals of a world, and who sits at them. A mail system may write onto the terminal of somebody who has an
 * account with it (SEND, RFC 821 3.4), as write(1) does on one machine: on lines of its own, and only where the person
 * has not said `mesg n`.
 */
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Text } from '../bytes/utf8.ts'
import { bodyAt, field } from '../message/fields.ts'
import { now } from '../shell/date.ts'
import type { Terminals as TerminalsOfPeople } from '../mta/system.ts'
import type { ShellHost } from '../shell/host.ts'
import { shell } from '../shell/shell.ts'
import { VirtualTerminal } from '../shell/virtual-terminal.ts'
import { run, type Running } from '../task.ts'
import type { HostName, Millis } from '../terms.ts'
import type { Note } from '../trace/events.ts'

interface Seated {
  readonly terminal: VirtualTerminal
  readonly seat: ShellHost
  readonly running: Running
  readonly since: Millis
}

export class Terminals {
  private readonly seated = new Map<string, Seated>()

  /** Somebody sits down at a machine. A terminal of that name that is there already is left for the new one. */
  open(id: string, seat: ShellHost, note: (note: Note) => void): void {
    this.seated.get(id)?.running.stop()
    const terminal = new VirtualTerminal(id, note)
    this.seated.set(id, { terminal, seat, running: run(shell(terminal, seat)), since: seat.machine.now() })
  }

  get(id: string): VirtualTerminal | null {
    return this.seated.get(id)?.terminal ?? null
  }

  /** Who sits at that machine, in the order of their coming. */
  at(host: HostName): { user: string; terminal: string; since: Millis; writable: boolean }[] {
    return [...this.seated.values()]
      .filter(({ seat }) => seat.machine.host === host)
      .map(({ terminal, seat, since }) => ({
        user: seat.user,
        terminal: terminal.id,
        since,
        writable: terminal.writable,
      }))
  }

  /** `addressOf`: the mail address of a user of that mail system. Its people may sit at any machine. */
  of(addressOf: (user: string) => string | null): TerminalsOfPeople {
    const open = (user: string) => {
      const address = addressOf(user)
      if (address === null) return []
      return [...this.seated.values()].filter(({ terminal, seat }) => seat.address === address && terminal.writable)
    }
    return {
      isActive: (user) => open(user).length > 0,
      show(user, message) {
        const found = open(user)
        for (const { terminal, seat } of found) terminal.written(block(message, now(seat).time.slice(0, 5)))
        return found.length > 0
      },
    }
  }
}

/** As write(1) shows it, without its bells: who, when, what, and that this was all. */
function block(message: Octets, time: string): string {
  const from = field(message, 'From') ?? field(message, 'Return-Path')
  const subject = field(message, 'Subject')
  const lines = [
    `Message from ${from === null ? 'mail' : readable(from)} at ${time} ...`,
    ...(subject === null ? [] : [`Subject: ${readable(subject)}`, '']),
    ...readable(message.slice(bodyAt(message)))
      .replace(/\n+$/, '')
      .split('\n'),
    'EOF',
  ]
  return lines.map((line) => `${line}\n`).join('')
}

const readable = (octets: Octets) => harmless(utf8Text(octets).replace(/\r\n?/g, '\n'))
