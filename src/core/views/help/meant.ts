/**
 * "Did you mean": a line that went wrong, as it was probably meant. A wrong word becomes the nearest one that is known here;
 * a path is mended until the server's own reader takes it strictly. Null where nothing better is in sight.
 */
import { utf8Octets } from '../../bytes/utf8.ts'
import { commands } from '../../shell/commands.ts'
import { findCommand } from '../../shell/command.ts'
import { didYouMean } from '../../shell/did-you-mean.ts'
import { pathArgument } from '../../smtp/grammar.ts'
import { verbIn, type Server } from './complete.ts'
import type { Known, Scene } from './scene.ts'
import { telnetCommands } from '../../shell/telnet-prompt.ts'

/** Names of hosts and addresses are longer than commands. */
const LONGEST = 80

/** The nearest of some words, however they are written; null where none is near, or it is that word itself. */
export function nearest(word: string, known: readonly string[]): string | null {
  const lower = known.map((each) => each.toLowerCase())
  if (lower.includes(word.toLowerCase())) return null
  const found = didYouMean(word, lower, LONGEST)
  return found === null ? null : known[lower.indexOf(found)]!
}

/** `outcome`: why the server refused, or that a name was unknown (`dial`); null where that is not known. */
export function meant(scene: Scene, line: string, outcome: string | null): string | null {
  const { listener, known } = scene
  const text = line.trim()
  if (text === '') return null
  const better =
    listener.to === 'server'
      ? toServer(listener, known, text, outcome)
      : listener.to === 'shell'
        ? toShell(known, text, outcome)
        : listener.to === 'telnet'
          ? firstWord(text, telnetCommands)
          : null
  return better === text ? null : better
}

function toShell(known: Known, text: string, outcome: string | null): string | null {
  const [name = '', ...words] = text.split(/\s+/)
  if (!findCommand(commands, name))
    return firstWord(
      text,
      commands.flatMap((row) => [row.name, ...(row.aliases ?? [])]),
    )
  if (outcome !== 'dial') return null
  const names = known.hosts.map((host) => host.name)
  for (const word of words) {
    const host = /^[a-z0-9.-]+\.[a-z0-9.-]+$/i.test(word) ? nearest(word, names) : null
    if (host) return text.replace(word, host)
  }
  return null
}

function firstWord(text: string, known: readonly string[]): string | null {
  const [word = ''] = text.split(/\s+/)
  const found = nearest(word, known)
  return found && found + text.slice(word.length)
}

function toServer(listener: Server, known: Known, text: string, outcome: string | null): string | null {
  const { table, heard } = listener
  const { from, verb, behind } = verbIn(listener, `${text} `)
  if (table.name === 'imap' && isVerbAlone(listener, text)) return `a${heard + 1} ${text}`
  if (from < 0) return null
  if (verb === null) {
    const rest = text.slice(from)
    // `MAILFROM:<a@b>` and `RCPT:TO<a@b>`: the words are there, and run into each other.
    const run = /^(MAIL|RCPT|SEND|SOML|SAML)[\s:]*((?:FROM|TO)\b.*)$/i.exec(rest)
    if (table.name === 'smtp' && run) return strictPath(run[1]!.toUpperCase(), run[2]!) ?? null
    const better = firstWord(rest, table.verbs)
    return better && text.slice(0, from) + better
  }
  const argument = text.slice(behind)
  if (table.name === 'smtp' && /^(MAIL|RCPT|SEND|SOML|SAML)$/.test(verb)) {
    const strict = strictPath(verb, argument)
    if (strict !== null && strict !== text) return strict
    if (outcome === 'unknown' || outcome === 'badAddress') return nearestAddress(known, text)
    return null
  }
  if (outcome === 'nonexistent' || outcome === 'tryCreate') {
    const word = argument.split(/\s+/).at(-1)!
    const mailbox = nearest(word.replaceAll('"', ''), known.mailboxes)
    return mailbox && text.slice(0, text.length - word.length) + (/\s/.test(mailbox) ? `"${mailbox}"` : mailbox)
  }
  return null
}

/** The tag was forgotten: what stands in its place is a verb, and no verb stands behind it. */
function isVerbAlone(listener: Server, text: string): boolean {
  const [first = ''] = text.split(/\s+/)
  return listener.table.verbs.includes(first.toUpperCase()) && verbIn(listener, `${text} `).verb === null
}

/** The line with a path as RFC 5321 4.1.2 writes it; null where none can be made of it. */
function strictPath(verb: string, argument: string): string | null {
  const keyword = verb === 'RCPT' ? 'TO:' : 'FROM:'
  const bare = argument.replace(/^\s*(?:FROM|TO)?\s*:?\s*/i, '')
  const path = /^<[^<>]*>/.exec(bare)?.[0] ?? `<${/^[^\s<>]*/.exec(bare)![0]}>`
  const rest = bare.startsWith('<') ? bare.slice(path.length) : bare.replace(/^[^\s<>]*/, '')
  const whole = `${keyword}${path}${rest
    .replace(/^>/, '')
    .replace(/^(?=\S)/, ' ')
    .trimEnd()}`
  return 'bad' in pathArgument(utf8Octets(whole), keyword, 'rfc5321') ? null : `${verb} ${whole}`
}

function nearestAddress(known: Known, text: string): string | null {
  const typed = /<([^<>\s]+)>/.exec(text)?.[1]
  if (typed === undefined) return null
  const found = nearest(
    typed,
    known.people.map(({ address }) => address),
  )
  return found && text.replace(`<${typed}>`, `<${found}>`)
}
