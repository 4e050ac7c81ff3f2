/** The command line of curl: the options that have to do with mail, long and short. */
import type { Octets } from '../bytes/octets.ts'
import { readable, type Context } from './command.ts'

export interface CurlOptions {
  urls: Octets[]
  user: Octets | null
  verbose: boolean
  silent: boolean
  showErrors: boolean
  insecure: boolean
  /** --ssl tries STARTTLS, --ssl-reqd insists on it. */
  tls: 'never' | 'if-offered' | 'required'
  request: Octets | null
  upload: Octets | null
  output: Octets | null
  head: boolean
  listOnly: boolean
  saslIr: boolean
  mailFrom: Octets | null
  mailRcpt: Octets[]
  crlf: boolean
}

type Flag = { flag: (options: CurlOptions) => void }
type Valued = { value: (options: CurlOptions, word: Octets) => void }

const rows: Readonly<Record<string, Flag | Valued>> = {
  url: { value: (options, word) => options.urls.push(word) },
  user: { value: (options, word) => (options.user = word) },
  verbose: { flag: (options) => (options.verbose = true) },
  silent: { flag: (options) => (options.silent = true) },
  'show-error': { flag: (options) => (options.showErrors = true) },
  insecure: { flag: (options) => (options.insecure = true) },
  ssl: { flag: (options) => (options.tls = 'if-offered') },
  'ssl-reqd': { flag: (options) => (options.tls = 'required') },
  request: { value: (options, word) => (options.request = word) },
  'upload-file': { value: (options, word) => (options.upload = word) },
  output: { value: (options, word) => (options.output = word) },
  head: { flag: (options) => (options.head = true) },
  'list-only': { flag: (options) => (options.listOnly = true) },
  'sasl-ir': { flag: (options) => (options.saslIr = true) },
  'mail-from': { value: (options, word) => (options.mailFrom = word) },
  'mail-rcpt': { value: (options, word) => options.mailRcpt.push(word) },
  crlf: { flag: (options) => (options.crlf = true) },
}

const letters: Readonly<Record<string, keyof typeof rows>> = {
  u: 'user',
  v: 'verbose',
  s: 'silent',
  S: 'show-error',
  k: 'insecure',
  X: 'request',
  T: 'upload-file',
  o: 'output',
  I: 'head',
  l: 'list-only',
}

/** Null where it is wrong, and then it was said why. */
export function readOptions(context: Context): CurlOptions | null {
  const options: CurlOptions = {
    ...{ urls: [], user: null, verbose: false, silent: false, showErrors: false, insecure: false, tls: 'never' },
    ...{ request: null, upload: null, output: null, head: false, listOnly: false, saslIr: false },
    ...{ mailFrom: null, mailRcpt: [], crlf: false },
  }
  const wrong = (option: Octets, what: string) => {
    context.complain(`curl: option ${readable(option)}: ${what}\n`)
    context.complain(`curl: try 'curl --help' or 'curl --manual' for more information\n`)
    return null
  }
  const words = [...context.arguments]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word[0] !== '-' || word === '-') {
      options.urls.push(word)
      continue
    }
    const long = word.startsWith('--')
    const names = long ? [word.slice(2)] : Array.from(word.slice(1), (letter) => letters[letter] ?? '')
    for (const [place, name] of names.entries()) {
      const row = Object.hasOwn(rows, name) ? rows[name] : undefined
      if (!row) return wrong(word, 'is unknown')
      if ('flag' in row) {
        row.flag(options)
        continue
      }
      // `-uNAME` as well as `-u NAME`.
      const rest = long ? '' : word.slice(place + 2)
      const value = rest !== '' ? rest : words.shift()
      if (value === undefined) return wrong(word, 'requires parameter')
      row.value(options, value)
      break
    }
  }
  return options
}
