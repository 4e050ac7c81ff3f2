/** Small filters around octets: echo, printf, base64 and md5sum, enough to make an AUTH line or an APOP digest by hand. */
import { decodeBase64, encodeBase64 } from '../bytes/base64.ts'
import { decodeBase64Lines } from '../bytes/base64-lines.ts'
import { md5Hex } from '../bytes/hashes.ts'
import type { Octets } from '../bytes/octets.ts'
import { atOnce, options, readable, usage, type ShellCommand } from './command.ts'
import { readInput } from './files.ts'

export const echo: ShellCommand = {
  name: 'echo',
  synopsis: 'echo [-neE] [STRING]...',
  summary: 'shell.echo',
  reads: false,
  feeds: true,
  run: atOnce(({ arguments: words, out }) => {
    let from = 0
    let flags = ''
    for (; /^-[neE]+$/.test(words[from] ?? ''); from++) flags += words[from]
    const text = words.slice(from).join(' ')
    const escapes = flags.lastIndexOf('e') > flags.lastIndexOf('E')
    out.put((escapes ? unescapeText(text) : text) + (flags.includes('n') ? '' : '\n'))
  }),
}

const LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** `\n`, `\r`, `\0`, `\101`, `\x41` ...; what is no escape stays. */
const unescapeText = (text: Octets): Octets =>
  text.replace(
    /\\(?:x([\da-fA-F]{1,2})|(0?[0-7]{1,3})|([abefnrtv\\]))/g,
    (_, hex?: string, octal?: string, letter?: string) =>
      letter === undefined
        ? String.fromCharCode((hex === undefined ? parseInt(octal!, 8) : parseInt(hex, 16)) & 0xff)
        : LETTERS[letter]!,
  )

export const printf: ShellCommand = {
  name: 'printf',
  synopsis: 'printf FORMAT [ARGUMENT]...',
  summary: 'shell.printf',
  reads: false,
  feeds: true,
  run: atOnce((context) => {
    const [format, ...words] = context.arguments[0] === '--' ? context.arguments.slice(1) : context.arguments
    if (format === undefined) return usage(context, printf.synopsis)
    // POSIX: the format is used again for as long as arguments are left; one that takes none is used once.
    let left: number
    do {
      left = words.length
      context.out.put(formatted(format, words))
    } while (words.length > 0 && words.length < left)
  }),
}

/** Takes from `words` what it needs. */
function formatted(format: Octets, words: Octets[]): Octets {
  let text = ''
  for (const [, escape, flags = '', conversion] of format.matchAll(
    /(\\x[\da-fA-F]{1,2}|\\[0-7]{1,3}|\\.|[^\\%]+)|%([-0]?\d{0,4})([sdixXoucb%])|[\s\S]/g,
  )) {
    if (escape !== undefined) text += unescapeText(escape)
    else if (conversion === undefined) text += '%'
    else if (conversion === '%') text += '%'
    else text += padded(converted(conversion, words.shift() ?? ''), flags)
  }
  return text
}

function converted(conversion: string, word: Octets): Octets {
  if (conversion === 's') return word
  if (conversion === 'b') return unescapeText(word)
  if (conversion === 'c') return word.slice(0, 1)
  const number = Math.trunc(Number(word)) || 0
  if (conversion === 'o') return number.toString(8)
  const hexadecimal = number.toString(16)
  return conversion === 'x' ? hexadecimal : conversion === 'X' ? hexadecimal.toUpperCase() : String(number)
}

function padded(text: Octets, flags: string): Octets {
  const width = Number(/\d*$/.exec(flags)![0])
  if (flags.startsWith('-')) return text.padEnd(width)
  return text.padStart(width, flags.startsWith('0') ? '0' : ' ')
}

export const base64: ShellCommand = {
  name: 'base64',
  synopsis: 'base64 [-d [-i]] [-w COLUMNS] [FILE]',
  summary: 'shell.base64',
  reads: true,
  feeds: true,
  *run(context) {
    const given = options(context, 'dDw:i')
    if (!given) return
    const octets = yield* readInput(context, given.rest[0] ?? '-')
    if (octets === null) return
    if (given.options.has('d') || given.options.has('D')) {
      const lenient = given.options.has('i')
      const decoded = lenient ? decodeBase64Lines(octets) : decodeBase64(octets.replace(/\s/g, ''))
      if (decoded === null) context.complain('base64: invalid input\n')
      else context.out.put(decoded)
      return
    }
    const columns = given.options.get('w') ?? '76'
    if (!/^\d{1,6}$/.test(columns)) return context.complain(`base64: invalid wrap size: '${readable(columns)}'\n`)
    const encoded = encodeBase64(octets)
    const width = Number(columns)
    context.out.put(width === 0 ? encoded : encoded.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n'))
  },
}

export const md5sum: ShellCommand = {
  name: 'md5sum',
  synopsis: 'md5sum [FILE]...',
  summary: 'shell.md5sum',
  reads: true,
  feeds: true,
  *run(context) {
    for (const file of context.arguments.length === 0 ? ['-'] : context.arguments) {
      const octets = yield* readInput(context, file)
      if (octets !== null) context.out.text(`${md5Hex(octets)}  ${readable(file)}\n`)
    }
  },
}
