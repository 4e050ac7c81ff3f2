/** cat, tail and ls: what there is to read on a machine (logs, mailboxes, `/etc`). */
import type { Octets } from '../bytes/octets.ts'
import { ask, type Task } from '../task.ts'
import { atOnce, options, readable, type Context, type ShellCommand } from './command.ts'
import { nothingSecret, readLine } from './read-line.ts'

export const homeOf = (user: string): string => `/home/${user}`

/** An absolute path; the shell always stands in the home directory. */
function pathOf({ host }: Context, typed: string): string {
  const home = homeOf(host.user)
  const path = typed.startsWith('/') ? typed : `${home}/${typed.replace(/^~(?:\/|$)/, '')}`
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** What a file holds; `-` is the input. Complains and gives null where it cannot be read. */
export function* readInput(context: Context, typed: Octets): Task<Octets | null> {
  if (typed === '-') return context.input ?? (yield* typedText(context))
  const path = pathOf(context, readable(typed))
  const octets = context.host.readFile(path)
  if (octets !== null) return octets
  const why = context.host.listFiles(path) ? 'Is a directory' : 'No such file or directory'
  context.complain(`${context.name}: ${readable(typed)}: ${why}\n`)
  return null
}

/** Lines from the terminal until Ctrl-D; nothing at all where Ctrl-C ends it. */
function* typedText({ terminal }: Context): Task<Octets | null> {
  const lines: Octets[] = []
  for (;;) {
    const entered = yield* readLine(terminal, { protocol: 'shell', prompt: '', secret: nothingSecret })
    if (entered.key === 'eof') return lines.map((line) => `${line}\n`).join('')
    if (entered.key === 'interrupt') {
      terminal.print('^C\n')
      return null
    }
    if (entered.key === null) lines.push(entered.line)
  }
}

export const cat: ShellCommand = {
  name: 'cat',
  synopsis: 'cat [-An] [FILE]...',
  summary: 'shell.cat',
  reads: true,
  feeds: true,
  *run(context) {
    const given = options(context, 'Anu')
    if (!given) return
    let number = 0
    for (const file of given.rest.length === 0 ? ['-'] : given.rest) {
      let octets = yield* readInput(context, file)
      if (octets === null) continue
      if (given.options.has('A')) octets = visible(octets)
      if (given.options.has('n')) octets = octets.replace(/^(?=[\s\S])/gm, () => `${String(++number).padStart(6)}\t`)
      context.out.put(octets)
    }
  },
}

/** `cat -A`: `^M` for CR, `$` at the end of each line, `M-` for the upper half. */
const visible = (octets: Octets): Octets =>
  octets.replace(/[^\x20-\x7e]/g, (octet) => {
    const code = octet.charCodeAt(0)
    const low = code & 0x7f
    const high = code >= 0x80 ? 'M-' : ''
    if (octet === '\n') return '$\n'
    return high + (low < 0x20 ? `^${String.fromCharCode(low + 64)}` : low === 0x7f ? '^?' : String.fromCharCode(low))
  })

export const tail: ShellCommand = {
  name: 'tail',
  synopsis: 'tail [-f] [-n LINES] [FILE]',
  summary: 'shell.tail',
  reads: true,
  feeds: true,
  *run(context) {
    // `tail -20 FILE` is how it was written before POSIX, and still is.
    const given = options(
      context,
      'fFn:',
      context.arguments.flatMap((word) => (/^-\d+$/.test(word) ? ['-n', word.slice(1)] : [word])),
    )
    if (!given) return
    const { options: found, rest } = given
    const count = found.get('n') ?? '10'
    if (!/^[+-]?\d{1,9}$/.test(count)) return context.complain(`tail: invalid number of lines: '${readable(count)}'\n`)
    const follows = found.has('f') || found.has('F')
    for (const [place, file] of (rest.length === 0 ? ['-'] : rest).entries()) {
      const octets = yield* readInput(context, file)
      if (octets === null) continue
      if (rest.length > 1) context.out.text(`${place > 0 ? '\n' : ''}==> ${readable(file)} <==\n`)
      context.out.put(lastLines(octets, count))
      const last = place === Math.max(rest.length, 1) - 1
      if (follows && last && file !== '-') yield* follow(context, pathOf(context, readable(file)))
    }
  },
}

function lastLines(octets: Octets, count: string): Octets {
  const lines = octets.split('\n')
  const end = lines.at(-1) === '' ? lines.pop() : undefined
  const chosen = count.startsWith('+')
    ? lines.slice(Math.max(Number(count) - 1, 0))
    : lines.slice(Math.max(lines.length - Math.abs(Number(count)), 0))
  return chosen.length === 0 ? '' : chosen.join('\n') + (end === undefined ? '' : '\n')
}

/** Until Ctrl-C. */
function* follow({ host, out }: Context, path: string): Task<never> {
  for (;;) {
    const appended = yield* ask(host.follow(path))
    out.renew()
    out.put(appended)
    out.flush()
  }
}

export const ls: ShellCommand = {
  name: 'ls',
  synopsis: 'ls [-1] [DIRECTORY]...',
  summary: 'shell.ls',
  reads: false,
  feeds: true,
  run: atOnce((context) => {
    const given = options(context, '1al')
    if (!given) return
    const { host, out, terminal } = context
    for (const typed of given.rest.length === 0 ? ['.'] : given.rest.map(readable)) {
      const path = pathOf(context, typed)
      const names = host.listFiles(path)
      if (given.rest.length > 1 && names) out.text(`${typed}:\n`)
      if (names)
        out.text(given.options.has('1') ? names.map((name) => `${name}\n`).join('') : columns(names, terminal.columns))
      else if (host.readFile(path) !== null) out.text(`${typed}\n`)
      // A home directory is there, if empty.
      else if (path !== homeOf(host.user)) context.complain(`ls: cannot access '${typed}': No such file or directory\n`)
    }
  }),
}

function columns(names: readonly string[], width: number): string {
  const column = Math.max(...names.map((name) => name.length), 1) + 2
  const across = Math.max(1, Math.floor(width / column))
  let text = ''
  for (let at = 0; at < names.length; at += across) {
    text += `${names
      .slice(at, at + across)
      .map((name) => name.padEnd(column))
      .join('')
      .trimEnd()}\n`
  }
  return text
}
