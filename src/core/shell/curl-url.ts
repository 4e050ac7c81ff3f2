/**
 * URLs as curl takes them (RFC 3986; RFC 5092 for IMAP, RFC 2384 for POP3): with a guess at the protocol where none is named,
 * and with `;MAILINDEX=`, which is curl's own.
 */
import type { Octets } from '../bytes/octets.ts'

export type Scheme = 'imap' | 'imaps' | 'pop3' | 'pop3s' | 'smtp' | 'smtps'

const defaultPort: Readonly<Record<Scheme, number>> = {
  imap: 143,
  imaps: 993,
  pop3: 110,
  pop3s: 995,
  smtp: 25,
  smtps: 465,
}

export interface CurlUrl {
  scheme: Scheme
  host: string
  port: number
  user: Octets | null
  password: Octets | null
  /** Behind the first slash, as it stands there. */
  path: Octets
  /** Decoded; null where there is no `?`. */
  query: Octets | null
}

const isScheme = (name: string): name is Scheme => Object.hasOwn(defaultPort, name)

/** `protocol`: curl knows it and this one does not. */
export function readUrl(typed: Octets): CurlUrl | { wrong: 'malformed' } | { wrong: 'protocol'; name: string } {
  const parts =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:([^@/?#]*)@)?([^@:/?#;\s]+)(?::(\d{1,5}))?(?:\/([^?#]*))?(?:\?([^#]*))?(?:#.*)?$/s
  const [, named, login, host, digits, path = '', search] = parts.exec(typed) ?? []
  if (host === undefined) return { wrong: 'malformed' }
  const scheme = (named ?? /^(imap|pop3|smtp)\./i.exec(host)?.[1] ?? 'http').toLowerCase()
  if (!isScheme(scheme)) return { wrong: 'protocol', name: scheme }
  const [name, ...secret] = login === undefined ? [] : login.split(':')
  // RFC 5092 3: `;AUTH=` names a mechanism; curl's choice is the best that both sides speak.
  const user = name === undefined ? null : percentDecoded(name.replace(/;.*$/s, ''))
  const password = secret.length === 0 ? null : percentDecoded(secret.join(':'))
  const query = search === undefined ? null : percentDecoded(search)
  const port = digits === undefined ? defaultPort[scheme] : Number(digits)
  if (user === undefined || password === undefined || query === undefined || port < 1 || port > 65_535)
    return { wrong: 'malformed' }
  return { scheme, host, port, user: user === '' ? null : user, password, path, query }
}

/** Undefined where control characters hide in it: they would begin a command of their own. */
export function percentDecoded(text: Octets): Octets | undefined {
  const decoded = text.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
  return /[\x00-\x1f]/.test(decoded) ? undefined : decoded
}

export interface ImapPath {
  mailbox: Octets | null
  uidValidity: number | null
  uid: Octets | null
  index: Octets | null
  section: Octets | null
  partial: Octets | null
}

/** `INBOX;UIDVALIDITY=1/;UID=20/;SECTION=1.2`; null where it is none. */
export function readImapPath(path: Octets): ImapPath | null {
  const found: ImapPath = { mailbox: null, uidValidity: null, uid: null, index: null, section: null, partial: null }
  const [first = '', ...parameters] = path.split(';')
  const mailbox = percentDecoded(first.replace(/\/$/, ''))
  if (mailbox === undefined) return null
  if (mailbox !== '') found.mailbox = mailbox
  for (const parameter of parameters) {
    const [, name = '', raw = ''] = /^([^=]+)=(.*)$/s.exec(parameter) ?? []
    const value = percentDecoded(raw)?.replace(/\/$/, '')
    if (value === undefined || value === '') return null
    if (name.toUpperCase() === 'UIDVALIDITY' && /^\d+$/.test(value)) found.uidValidity = Number(value)
    else if (name.toUpperCase() === 'UID') found.uid = value
    else if (name.toUpperCase() === 'MAILINDEX') found.index = value
    else if (name.toUpperCase() === 'SECTION') found.section = value
    else if (name.toUpperCase() === 'PARTIAL') found.partial = value
    else return null
  }
  return found
}
