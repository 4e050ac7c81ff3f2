/** Completion at the shell's prompt and at telnet's: the table of commands, and what their synopses say. */
import { commands } from '../../shell/commands.ts'
import { findCommand, type ShellCommand } from '../../shell/command.ts'
import { telnetCommands } from '../../shell/telnet-prompt.ts'
import { option, type Found, type Option, type Scene } from './scene.ts'

export function completeShell(scene: Scene, head: string): Found | null {
  // The command that the cursor is in: behind the last pipe, semicolon or `&&`. Quoted words are left alone.
  const begin = Math.max(head.lastIndexOf('|'), head.lastIndexOf(';')) + 1
  const part = head.slice(begin)
  if (/["']/.test(part)) return null
  const words = part.trimStart().split(/\s+/)
  const typed = words.at(-1)!
  const from = head.length - typed.length
  if (words.length === 1) return { from, options: commands.map(({ name, summary }) => option(`${name} `, summary)) }
  const redirected = /^(?:\d?>{1,2}|<)(.*)$/.exec(typed)
  if (redirected) return { from: head.length - redirected[1]!.length, options: files(scene) }
  if (/^(?:>{1,2}|<)$/.test(words.at(-2)!)) return { from, options: files(scene) }
  const command = findCommand(commands, words[0]!)
  if (!command) return null
  return ofCommand(scene, command, words.slice(1), from)
}

function ofCommand(scene: Scene, command: ShellCommand, words: readonly string[], from: number): Found | null {
  const typed = words.at(-1)!
  const { synopsis } = command
  if (/^[-+]/.test(typed)) return { from, options: optionsOf(command).map((text) => option(text, command.summary)) }
  const before = words.slice(0, -1)
  // What an option wants, as `-connect HOST:PORT` says.
  const asks = before.at(-1)?.startsWith('-') ? wanted(synopsis, before.at(-1)!) : null
  if (asks !== null) return { from, options: asks.split('|').flatMap((kind) => ofKind(scene, kind, before)) }
  if (command.name === 'help') return { from, options: commands.map(({ name, summary }) => option(name, summary)) }
  const at = before.filter((word, index) => !isOption(word) && !takesWord(synopsis, before[index - 1])).length
  const places = positions(synopsis)
  const place = places[at] ?? (/\.\.\.$/.test(synopsis) ? places.at(-1) : undefined)
  if (place === undefined) return null
  const typedServer = typed.startsWith('@') && /\[@SERVER\]/.test(synopsis)
  if (typedServer) return { from, options: hosts(scene).map(({ text, why }) => ({ text: `@${text}`, why })) }
  return { from, options: place.split('|').flatMap((kind) => ofKind(scene, kind, before)) }
}

const isOption = (word: string) => /^[-+@]/.test(word)
const takesWord = (synopsis: string, word: string | undefined) =>
  word !== undefined && word.startsWith('-') && wanted(synopsis, word) !== null

/** The word behind an option: `-s SUBJECT`, `-starttls smtp|pop3|imap`; letters may be given together. */
function wanted(synopsis: string, given: string): string | null {
  for (const [, name, value] of synopsis.matchAll(
    /(-{1,2}[\w-]+) ([A-Z][A-Z:]*|[a-z0-9]+(?:\|[a-z0-9]+)*)(?=[\]\s]|$)/g,
  ))
    if (name === given || (/^-\w$/.test(name!) && /^-\w+$/.test(given) && given.endsWith(name![1]!))) return value!
  return null
}

/** The words of a synopsis that are no options, in their order: `HOST`, `NAME|ADDRESS`, `s_client`. */
function positions(synopsis: string): string[] {
  const [first = ''] = synopsis.split(' | ')
  const bare = first
    .replace(/\[-[^\]]*\](?:\.\.\.)?/g, ' ')
    .replace(/\[[@+][^\]]*\]/g, ' ')
    .replace(/--?\w[\w-]*(?:\|-\w+)*(?: [A-Z][A-Z:]*)?/g, ' ')
  return bare
    .split(/\s+/)
    .slice(1)
    .map((word) => word.replace(/[[\].]/g, ''))
    .filter((word) => /^[A-Za-z_]/.test(word))
}

/** `[-vsk]` are three, `[-connect HOST:PORT]` is one, `[+short]` too. */
function optionsOf({ synopsis }: ShellCommand): string[] {
  const found: string[] = []
  for (const [, dashes, name] of synopsis.matchAll(/(?<=[[\s|])([-+]{1,2})([A-Za-z][\w-]*)/g)) {
    const several = dashes === '-' && /^[A-Za-z]{2,6}$/.test(name!) && isCluster(synopsis, name!)
    if (several) found.push(...[...name!].map((letter) => `-${letter}`))
    else found.push(`${dashes}${name}${new RegExp(`-${name}=`).test(synopsis) ? '=' : ''}`)
  }
  return [...new Set([...found, '--help'])]
}

/** Letters that stand together in brackets of their own and hold a capital or are few: `[-vsklI]`, not `[-quiet]`. */
const isCluster = (synopsis: string, name: string) => synopsis.includes(`[-${name}]`) && !synopsis.startsWith('openssl')

function ofKind(scene: Scene, kind: string, before: readonly string[]): Option[] {
  const { known } = scene
  switch (kind) {
    case 'HOST':
    case 'SERVER':
      return hosts(scene)
    case 'HOST:PORT':
      return known.hosts.flatMap(({ name, ports }) =>
        ports.map((port) => option(`${name}:${port}`, 'complete.port', { host: name, port })),
      )
    case 'NAME':
      return [...known.domains.map((name) => option(name, 'complete.domain')), ...hosts(scene)]
    case 'PORT':
      return portsOf(scene, before)
    case 'ADDRESS':
      return known.people.map(({ address, name }) => option(address, 'complete.person', { name }))
    case 'TYPE':
      return ['MX', 'A', 'TXT', 'NS', 'CNAME', 'PTR', 'SOA', 'ANY'].map((type) => option(type, 'complete.type'))
    case 'FILE':
    case 'MESSAGE':
    case 'SCRIPT':
      return files(scene)
    case 'URL':
      return known.hosts.flatMap(({ name, ports }) =>
        ports.flatMap((port) => (SCHEMES[port] ? [option(`${SCHEMES[port]}://${name}/`, 'complete.url')] : [])),
      )
    default:
      return /^[a-z]/.test(kind) ? [option(kind, 'complete.word')] : []
  }
}

const SCHEMES: Readonly<Record<number, string>> = { 25: 'smtp', 110: 'pop3', 143: 'imap', 993: 'imaps', 995: 'pop3s' }

/** Machines that serve something come first. */
const hosts = ({ known }: Scene): Option[] =>
  [...known.hosts]
    .sort((a, b) => Number(b.ports.length > 0) - Number(a.ports.length > 0))
    .map(({ name, address, ports }) =>
      ports.length > 0
        ? option(name, 'complete.host', { address, ports: ports.join(', ') })
        : option(name, 'complete.machine', { address }),
    )

function portsOf({ known }: Scene, before: readonly string[]): Option[] {
  const host = known.hosts.find(({ name }) => before.includes(name))
  const ports = host?.ports ?? [...new Set(known.hosts.flatMap((each) => each.ports))].sort((a, b) => a - b)
  return ports.map((port) => option(String(port), 'complete.listens', { port, host: host?.name ?? '…' }))
}

const files = ({ known }: Scene): Option[] => known.files.map((name) => option(name, 'complete.file'))

/** The first word at `telnet> `; behind `open` a machine and its port. */
export function completeTelnet(scene: Scene, head: string): Found | null {
  const words = head.trimStart().split(/\s+/)
  const typed = words.at(-1)!
  const from = head.length - typed.length
  if (words.length === 1) return { from, options: telnetCommands.map((name) => option(name, 'complete.telnet')) }
  if (words[0] !== 'open') return null
  return { from, options: words.length === 2 ? hosts(scene) : portsOf(scene, words) }
}
