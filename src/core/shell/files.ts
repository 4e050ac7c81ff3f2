/** cat, tail, ls and rm: what there is on a machine (logs, mailboxes, `/etc`, what people wrote). */
import type { Octets } from '../bytes/octets.ts'
import { ask, type Task } from '../task.ts'
import { atOnce, options, readable, type Context, type ShellCommand } from './command.ts'
import type { FileTrouble, ShellHost } from './host.ts'
import { nothingSecret, readLine } from './read-line.ts'

export const homeOf = (user: string): string => `/home/${user}`

/** An absolute path; the shell always stands in the home directory. */
export function absolutePath({ user }: Pick<ShellHost, 'user'>, typed: string): string {
  const home = homeOf(user)
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
  const path = absolutePath(context.host, readable(typed))
  const octets = context.host.readFile(path)
  if (octets !== null) return octets
  const why = context.host.listFiles(path) ? 'Is a directory' : 'No such file or directory'
  context.complain(`${context.name}: ${readable(typed)}: ${why}\n`)
  return null
}

/** Lines from the terminal until Ctrl-D, or a lone dot where that ends it; nothing at all where Ctrl-C does. */
export function* typedText({ terminal }: Pick<Context, 'terminal'>, toDot = false): Task<Octets | null> {
  const lines: Octets[] = []
  for (;;) {
    const entered = yield* readLine(terminal, { protocol: 'shell', prompt: '', secret: nothingSecret })
    if (entered.key === 'eof' || (toDot && entered.line === '.')) return lines.map((line) => `${line}\n`).join('')
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
      if (follows && last && file !== '-') yield* follow(context, absolutePath(context.host, readable(file)))
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
  synopsis: 'ls [-1l] [DIRECTORY]...',
  summary: 'shell.ls',
  reads: false,
  feeds: true,
  run: atOnce((context) => {
    const given = options(context, '1al')
    if (!given) return
    const { host, out, terminal } = context
    const shown = (directory: string, names: readonly string[]): string => {
      if (given.options.has('l')) return names.map((name) => long(host, directory, name)).join('')
      return given.options.has('1') ? names.map((name) => `${name}\n`).join('') : columns(names, terminal.columns)
    }
    for (const typed of given.rest.length === 0 ? ['.'] : given.rest.map(readable)) {
      const path = absolutePath(host, typed)
      const names = host.listFiles(path)
      if (given.rest.length > 1 && names) out.text(`${typed}:\n`)
      if (names) out.text(shown(path, names))
      else if (host.readFile(path) !== null) out.text(given.options.has('l') ? long(host, '', typed) : `${typed}\n`)
      // A home directory is there, if empty.
      else if (path !== homeOf(host.user)) context.complain(`ls: cannot access '${typed}': No such file or directory\n`)
    }
  }),
}

/** `-rw-r--r-- 1 alice alice     1234 Sep  7 10:00 letter.eml`; what is not a person's own is root's. */
function long(host: ShellHost, directory: string, name: string): string {
  const path = absolutePath(host, `${directory === '/' ? '' : directory}${directory === '' ? '' : '/'}${name}`)
  const octets = host.readFile(path)
  const own = path.startsWith(`${homeOf(host.user)}/`) || path.startsWith('/tmp/')
  const owner = own ? host.user : 'root'
  const [mode, size] = octets === null ? ['drwxr-xr-x', 4096] : ['-rw-r--r--', octets.length]
  return `${mode} 1 ${owner} ${owner} ${String(size).padStart(8)} ${host.changedAt(path).slice(4, 16)} ${name}\n`
}

export const rm: ShellCommand = {
  name: 'rm',
  synopsis: 'rm [-f] FILE...',
  summary: 'shell.rm',
  reads: false,
  feeds: true,
  run: atOnce((context) => {
    const given = options(context, 'fi')
    if (!given) return
    const { host, complain } = context
    const quiet = given.options.has('f')
    if (given.rest.length === 0 && !quiet) return complain('rm: missing operand\n')
    for (const typed of given.rest.map(readable)) {
      const trouble: FileTrouble | null = host.removeFile(absolutePath(host, typed))
      if (trouble === null || (quiet && trouble === 'No such file or directory')) continue
      complain(`rm: cannot remove '${typed}': ${trouble}\n`)
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
