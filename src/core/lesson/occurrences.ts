/**
 * What a script meets: which commands it says, which reply codes it expects, which header fields it writes. So the
 * reference can tell in which lessons something occurs, from their solutions.
 */
import { tableOf, verbOf, type ProtocolTable, type Spoken } from '../views/protocols.ts'
import type { Script } from './script.ts'

/** `smtp RCPT`, `imap UID FETCH`, `code 250`, `field Subject`, each once. */
export function occurrences(script: Script): Set<string> {
  const met = new Set<string>()
  const terminals = new Map<number, Listener>()
  for (const step of script.steps) {
    if (step.step !== 'type' && step.step !== 'printed') continue
    const listener = terminals.get(step.terminal) ?? new Listener(met)
    terminals.set(step.terminal, listener)
    if (step.step === 'type') listener.typed(step.text)
    else listener.printed(step.text)
  }
  return met
}

const PORTS: Readonly<Record<string, Spoken>> = { 110: 'pop3', 995: 'pop3', 143: 'imap', 993: 'imap' }

class Listener {
  private readonly met: Set<string>
  private table: ProtocolTable | null = null
  private within: 'commands' | 'header' | 'body' = 'commands'

  constructor(met: Set<string>) {
    this.met = met
  }

  typed(text: string): void {
    const dialled = /^\s*(?:telnet|nc|openssl s_client .*-connect)\s+[\w.[\]-]+?[ :](\d+)\b/.exec(text)
    if (dialled) {
      this.table = tableOf(dialled[1] === '24' ? 'lmtp' : (PORTS[dialled[1]!] ?? 'smtp'))
      this.within = 'commands'
    } else if (this.table && this.within === 'commands') this.command(text, this.table)
    else if (text === '.') this.within = 'commands'
    else if (this.within === 'header') this.header(text)
  }

  printed(text: string): void {
    const code = /^(\d{3})[ -]|^(\+OK|-ERR)(?: |$)|^[\w*+.]+ (OK|NO|BAD|BYE|PREAUTH)(?: |$)/.exec(text)
    if (code && this.table) this.met.add(`code ${code[1] ?? code[2] ?? code[3]!}`)
  }

  private command(text: string, table: ProtocolTable): void {
    const verb = verbOf(table, text)
    if (verb === null) return
    // The beginning of a verb is enough for a hint, but not to have met it.
    const said = text
      .trim()
      .toUpperCase()
      .split(/[\s:]+/)
    const words = table.name === 'imap' ? said.slice(1) : said
    if (!`${words.join(' ')} `.startsWith(`${verb} `)) return
    this.met.add(`${table.name} ${verb}`)
    if (verb === 'DATA') this.within = 'header'
  }

  private header(text: string): void {
    const field = /^([A-Za-z][\w-]*):/.exec(text)
    if (text === '') this.within = 'body'
    else if (field) this.met.add(`field ${field[1]!.toLowerCase()}`)
  }
}
