/**
 * An account's mailboxes as a Maildir: a file for each message, in `new/` as long as nobody was told of it, then in `cur/`
 * with its flags behind its name (`:2,S`); `tmp/` is where others put a file together before they move it. Mailboxes
 * beside INBOX are directories with a dot in front and dots between levels (`.Lists.imap`, Maildir++), their names in
 * modified UTF-7 as Courier and Dovecot have them.
 *
 * A file's name begins with the time of delivery and is never given twice: seconds, microseconds, the mailbox and the UID.
 * Lines end in LF, as every program on such a machine expects; a message whose own lines do is read back with CRLF.
 */
import { decodeModifiedUtf7, encodeModifiedUtf7 } from '../bytes/utf7.ts'
import type { Octets } from '../bytes/octets.ts'
import type { HostName } from '../terms.ts'
import type { Account } from './account.ts'
import type { Mailbox } from './mailbox.ts'
import { canonicalName, DELIMITER } from './names.ts'
import type { StoredMessage } from './stored.ts'

export interface MaildirFile {
  /** Below the Maildir: `cur/1038331903.M20046P1Q1.mx1:2,S`. */
  path: string
  octets: Octets
}

export interface MaildirMessage {
  mailbox: string
  octets: Octets
  flags: readonly string[]
  /** Milliseconds since 1970 UTC; null where the name does not say it. */
  internalDate: number | null
  /** It lies in `new/`. */
  recent: boolean
}

const LETTERS = [
  ['D', '\\Draft'],
  ['F', '\\Flagged'],
  ['P', '$Forwarded'],
  ['R', '\\Answered'],
  ['S', '\\Seen'],
  ['T', '\\Deleted'],
] as const
/** Other keywords are small letters, and this file says which is which, as Dovecot does it. */
const KEYWORDS = 'dovecot-keywords'
const MOST_KEYWORDS = 26
/** Says that a directory is a mailbox of the Maildir around it (Maildir++). */
const MARK = 'maildirfolder'
const DIRECTORIES = ['cur', 'new', 'tmp']

export class Maildir {
  private readonly account: Account
  private readonly host: HostName

  constructor(account: Account, host: HostName) {
    this.account = account
    // The form's own signs must not be in the host's name (maildir(5)).
    this.host = host.replaceAll('/', '\\057').replaceAll(':', '\\072')
  }

  /** The names in a directory of it (`''`, `cur`, `.Sent/new`); null where there is none. */
  list(path: string): string[] | null {
    const { mailbox, rest } = this.split(path)
    if (!mailbox) return null
    const [directory, ...more] = rest
    if (directory === undefined) {
      const inside = [...DIRECTORIES, ...(keywordsOf(mailbox).length > 0 ? [KEYWORDS] : [])]
      return mailbox.name === 'INBOX' ? [...this.folders(), ...inside] : [...inside, MARK]
    }
    if (more.length > 0 || !DIRECTORIES.includes(directory)) return null
    if (directory === 'tmp') return []
    return mailbox.messages
      .filter((message) => place(mailbox, message) === directory)
      .map((message) => this.name(mailbox, message))
  }

  read(path: string): Octets | null {
    const { mailbox, rest } = this.split(path)
    if (!mailbox || rest.length === 0) return null
    const [directory, name = ''] = rest
    if (rest.length === 1) {
      if (directory === MARK && mailbox.name !== 'INBOX') return ''
      return directory === KEYWORDS && keywordsOf(mailbox).length > 0 ? keywordFile(mailbox) : null
    }
    const message = mailbox.message(Number(/Q(\d+)\./.exec(name)?.[1]))
    const isIt =
      rest.length === 2 && message && directory === place(mailbox, message) && name === this.name(mailbox, message)
    return isIt ? message.content.octets.replaceAll('\r\n', '\n') : null
  }

  /** All of it. */
  *files(): Iterable<MaildirFile> {
    for (const root of ['', ...this.folders()])
      for (const name of this.list(root) ?? []) {
        const path = root === '' ? name : `${root}/${name}`
        const octets = this.read(path)
        if (octets !== null) yield { path, octets }
        if (!DIRECTORIES.includes(name)) continue
        for (const file of this.list(path) ?? [])
          yield { path: `${path}/${file}`, octets: this.read(`${path}/${file}`)! }
      }
  }

  private folders(): string[] {
    return [...this.account.mailboxes.values()]
      .filter(({ name }) => name !== 'INBOX')
      .map(({ name }) => folderName(name))
  }

  private split(path: string): { mailbox: Mailbox | undefined; rest: string[] } {
    const [first = '', ...rest] = path.split('/')
    const { mailboxes } = this.account
    if (!first.startsWith('.')) return { mailbox: mailboxes.get('INBOX'), rest: path === '' ? [] : [first, ...rest] }
    const name = mailboxName(first)
    const mailbox = name === null ? undefined : mailboxes.get(name)
    return { mailbox: mailbox && folderName(mailbox.name) === first ? mailbox : undefined, rest }
  }

  private name(mailbox: Mailbox, message: StoredMessage): string {
    const seconds = Math.floor(message.internalDate / 1000)
    const micros = (message.internalDate - seconds * 1000) * 1000
    const unique = `${seconds}.M${micros}P${mailbox.key}Q${message.uid}.${this.host}`
    return place(mailbox, message) === 'new' ? unique : `${unique}:2,${letters(mailbox, message)}`
  }
}

/** Of the files of a Maildir, in the order in which they are given: names begin with the time, so they are best sorted. */
export function readMaildir(files: Iterable<MaildirFile>): { mailboxes: string[]; messages: MaildirMessage[] } {
  const all = [...files].flatMap((file) => {
    const found = /^(?:(\.[^/]+)\/)?(?:(cur|new)\/([^/]+)|[^/]+)$/.exec(file.path)
    const mailbox = found?.[1] === undefined ? 'INBOX' : mailboxName(found[1])
    return found && mailbox !== null ? [{ ...file, mailbox, directory: found[2], name: found[3] ?? '' }] : []
  })
  const keywords = new Map(
    all.filter(({ path }) => path.endsWith(KEYWORDS)).map(({ mailbox, octets }) => [mailbox, keywordsIn(octets)]),
  )
  const messages = all.flatMap(({ mailbox, directory, name, octets }): MaildirMessage[] => {
    if (directory === undefined || name.startsWith('.')) return []
    const [, info = ''] = /:2,([A-Za-z]*)$/.exec(name) ?? []
    const flags = [...info].flatMap(
      (letter) => LETTERS.find(([own]) => own === letter)?.[1] ?? keywords.get(mailbox)?.get(letter) ?? [],
    )
    const text = octets.replace(/(?<!\r)\n/g, '\r\n')
    return [{ mailbox, octets: text, flags, internalDate: timeOf(name), recent: directory === 'new' }]
  })
  return { mailboxes: [...new Set(['INBOX', ...all.map(({ mailbox }) => mailbox)])], messages }
}

/** What has flags cannot stay in `new/`, where names have none. */
const place = (mailbox: Mailbox, { uid, flags }: StoredMessage) =>
  flags.length === 0 && mailbox.isRecent(uid) ? 'new' : 'cur'

const keywordsOf = (mailbox: Mailbox) =>
  mailbox.keywords.filter((word) => word.toLowerCase() !== '$forwarded').slice(0, MOST_KEYWORDS)

const keywordFile = (mailbox: Mailbox) =>
  keywordsOf(mailbox)
    .map((word, at) => `${at} ${word}\n`)
    .join('')

const small = (at: number) => String.fromCharCode(97 + at)

const keywordsIn = (octets: Octets) =>
  new Map([...octets.matchAll(/^(\d+) (\S+)$/gm)].map(([, at, word]) => [small(Number(at)), word!]))

function letters(mailbox: Mailbox, { flags }: StoredMessage): string {
  const known = LETTERS.filter(([, flag]) => flags.some((own) => own.toLowerCase() === flag.toLowerCase()))
  const words = keywordsOf(mailbox).flatMap((word, at) => (flags.includes(word) ? small(at) : []))
  return known.map(([letter]) => letter).join('') + words.join('')
}

/** A dot within a level, as UTF-7 can write any character. */
const DOT = '&AC4-'

/** `Lists/imap` is `.Lists.imap`. */
const folderName = (name: string) =>
  `.${name
    .split(DELIMITER)
    .map((level) => level.split('.').map(encodeModifiedUtf7).join(DOT))
    .join('.')}`

/** Null where it is no name. */
function mailboxName(folder: string): string | null {
  const levels = folder
    .slice(1)
    .split('.')
    .map((level) => level.split(DOT).map(decodeModifiedUtf7))
  if (levels.some((parts) => parts.includes(null) || (parts.length === 1 && parts[0] === ''))) return null
  return canonicalName(levels.map((parts) => parts.join('.')).join(DELIMITER))
}

function timeOf(name: string): number | null {
  const found = /^(\d{1,12})\.(?:M(\d{1,6}))?/.exec(name)
  return found ? Number(found[1]) * 1000 + Math.floor(Number(found[2] ?? 0) / 1000) : null
}
