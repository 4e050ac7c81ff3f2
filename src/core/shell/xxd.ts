/** xxd: octets as hexadecimal digits or as bits, and back. */
import type { Octets } from '../bytes/octets.ts'
import { options, readable, type ShellCommand } from './command.ts'
import { readInput } from './files.ts'

interface Form {
  columns: number
  /** How an octet is written, and how many of them stand together. */
  base: 2 | 16
  group: number
  capital: boolean
}

export const xxd: ShellCommand = {
  name: 'xxd',
  synopsis: 'xxd [-b | -p] [-r] [-u] [-c COLUMNS] [-l LENGTH] [FILE]',
  summary: 'shell.xxd',
  reads: true,
  feeds: true,
  *run(context) {
    const given = options(context, 'bpruc:l:')
    if (!given) return
    const { options: found, rest } = given
    const plain = found.has('p')
    const bits = found.has('b') && !plain
    const columns = Number(found.get('c') ?? (plain ? 30 : bits ? 6 : 16))
    const length = Number(found.get('l') ?? Infinity)
    if (!(Number.isInteger(columns) && columns >= 1 && columns <= 256))
      return context.complain(`xxd: invalid number of columns (max. 256): ${readable(found.get('c')!)}\n`)
    if (Number.isNaN(length)) return context.complain(`xxd: invalid length: ${readable(found.get('l')!)}\n`)
    const octets = yield* readInput(context, rest[0] ?? '-')
    if (octets === null) return
    const base = bits ? 2 : 16
    if (found.has('r')) return context.out.put(undump(octets, base, plain))
    const taken = octets.slice(0, Math.max(length, 0))
    const form: Form = { columns, base, group: bits ? 1 : 2, capital: found.has('u') }
    context.out.put(plain ? plainDump(taken, form) : dump(taken, form))
  },
}

function written(octet: string, { base, capital }: Form): string {
  const digits = octet
    .charCodeAt(0)
    .toString(base)
    .padStart(base === 2 ? 8 : 2, '0')
  return capital ? digits.toUpperCase() : digits
}

function* lines(octets: Octets, columns: number): Generator<[at: number, line: Octets]> {
  for (let at = 0; at < octets.length; at += columns) yield [at, octets.slice(at, at + columns)]
}

function dump(octets: Octets, form: Form): string {
  const { columns, group, base } = form
  const width = columns * (base === 2 ? 8 : 2) + Math.ceil(columns / group) - 1
  const parts: string[] = []
  for (const [at, line] of lines(octets, columns)) {
    const groups = [...lines(line, group)].map(([, few]) => [...few].map((octet) => written(octet, form)).join(''))
    const shown = line.replace(/[^\x20-\x7e]/g, '.')
    parts.push(`${at.toString(16).padStart(8, '0')}: ${groups.join(' ').padEnd(width)}  ${shown}\n`)
  }
  return parts.join('')
}

function plainDump(octets: Octets, form: Form): string {
  const parts: string[] = []
  for (const [, line] of lines(octets, form.columns))
    parts.push(`${[...line].map((octet) => written(octet, form)).join('')}\n`)
  return parts.join('')
}

/** Of each line what stands between its offset and the two blanks before the characters; what is no digit ends it. */
function undump(text: Octets, base: 2 | 16, plain: boolean): Octets {
  if (plain) return octetsOf(text.replace(/[^\da-fA-F]+/g, ''), 16)
  const parts: Octets[] = []
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const [digits = ''] = line
      .slice(colon + 1)
      .trimStart()
      .split('  ', 1)
    parts.push(octetsOf(digits.replace(/\s+/g, ''), base))
  }
  return parts.join('')
}

function octetsOf(digits: string, base: 2 | 16): Octets {
  const [each, one] = base === 2 ? [8, /^[01]{8}$/] : [2, /^[\da-f]{2}$/i]
  const parts: Octets[] = []
  for (const [, written] of lines(digits, each)) {
    if (!one.test(written)) break
    parts.push(String.fromCharCode(parseInt(written, base)))
  }
  return parts.join('')
}
