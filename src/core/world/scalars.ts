/** The small values of world and lesson files: durations, sizes, addresses, names, moments. Each says what it expects. */
import * as v from 'valibot'
import { decodeBase64 } from '../bytes/base64.ts'
import { harmless, utf8Octets } from '../bytes/utf8.ts'
import { attributesOf } from '../mta/gateway/or-address.ts'
import { parseSieve } from '../sieve/parse.ts'
import { isIpv4, parsePath } from '../smtp/grammar.ts'
import type { Ipv4 } from '../terms.ts'
import { UNITS, parseDuration } from './duration.ts'
import { isHostName } from './host-name.ts'
import { isFilePath } from './file-path.ts'

const SIZES = { B: 1, kB: 1000, MB: 1_000_000, GB: 1_000_000_000 } as const

/** A value that is written as text and read as something else. */
const reading = <T>(read: (text: string) => T | null, wanted: string) =>
  v.pipe(
    v.string(),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      const value = read(dataset.value)
      if (value !== null) return value
      addIssue({ message: `"${dataset.value}" is not ${wanted}.` })
      return NEVER
    }),
  )

const shaped = (fits: (text: string) => boolean, wanted: string) =>
  v.pipe(
    v.string(),
    v.check(fits, (issue) => `"${String(issue.input)}" is not ${wanted}.`),
  )

/** What the page shows as it stands here: a world file may be a stranger's, and must not turn the writing around. */
export const shownText = v.pipe(v.string(), v.transform(harmless))

const readSigned = (text: string) => {
  const size = parseDuration(text.replace(/^[+-]/, ''))
  return size === null || !/^[+-]/.test(text) ? null : text.startsWith('-') ? -size : size
}

const readOctets = (text: string) => {
  const [, count, unit] = /^(\d{1,9}(?:\.\d{1,3})?) ?(B|kB|MB|GB)$/.exec(text) ?? []
  return count === undefined ? null : Math.round(Number(count) * SIZES[unit as keyof typeof SIZES])
}

/** `2026-09-07T08:00:00Z` as milliseconds since 1970; null where it is no such moment. */
function readMoment(text: string): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))$/.exec(text)
  if (!parts) return null
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  if (year < 1970 || day < 1 || day > (lengths[month - 1] ?? 0) || hour > 23 || minute > 59 || second > 59) return null
  const years = year - 1
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400) - 477 // 477 of them before 1970
  const before = lengths.slice(0, month - 1).reduce((days, length) => days + length, 0)
  const days = (year - 1970) * 365 + leapDays + before + day - 1
  const ahead = parts[7] === undefined ? 0 : (parts[7] === '-' ? -1 : 1) * (Number(parts[8]) * 60 + Number(parts[9]))
  return days * UNITS.d + hour * UNITS.h + (minute - ahead) * UNITS.m + second * UNITS.s
}

/** Documentation ranges (RFC 5737), so that no lesson ever points at somebody's machine, and what a course prints. */
const PRINTED: readonly Ipv4[] = ['191.0.1.130', '136.173.24.11', '10.16.0.200']
const isExample = (text: string) => /^(192\.0\.2|198\.51\.100|203\.0\.113)\./.test(text) || PRINTED.includes(text)

const readNetwork = (text: string) => {
  const [address = '', bits = '32', ...more] = text.split('/')
  return isIpv4(address) && /^\d{1,2}$/.test(bits) && Number(bits) <= 32 && more.length === 0
    ? `${address}/${Number(bits)}`
    : null
}

const isMailbox = (text: string) => {
  const path = parsePath(text)
  return !('bad' in path) && path.route.length === 0 && path.domain !== ''
}

export const duration = reading(parseDuration, 'a duration such as 10ms, 5s, 15m, 4h or 5d')
export const signedDuration = reading(readSigned, 'how far a clock is off, such as +5m (ahead) or -25m (behind)')
export const octets = v.union(
  [v.pipe(v.number(), v.safeInteger(), v.minValue(0)), reading(readOctets, '')],
  (issue) => `This must be a number of octets, or a size such as 500 kB or 10 MB, not ${JSON.stringify(issue.input)}.`,
)
export const count = v.pipe(
  v.number(),
  v.check((value) => Number.isSafeInteger(value) && value > 0, 'This must be a whole number above 0.'),
)
export const chance = v.pipe(
  v.number(),
  v.check((value) => value >= 0 && value <= 1, 'A chance lies between 0 (never) and 1 (always).'),
)
export const port = v.pipe(
  v.number(),
  v.check(
    (value) => Number.isInteger(value) && value > 0 && value < 65_536,
    'A port is a whole number from 1 to 65535.',
  ),
)
export const moment = reading(readMoment, 'a moment such as 2026-09-07T08:00:00Z')
export const zone = shaped(
  (text) => /^[+-](0\d|1[0-4])[0-5]\d( \([A-Z]{1,5}\))?$/.test(text),
  'a time zone such as "+0200 (CEST)"',
)
export const address = v.pipe(
  shaped(isIpv4, 'an IPv4 address such as 192.0.2.10'),
  v.check(
    (text) => !isIpv4(text) || isExample(text),
    'Addresses come from 192.0.2.0/24, 198.51.100.0/24 or 203.0.113.0/24, which nobody really has (RFC 5737).',
  ),
)
export const network = reading(readNetwork, 'a network such as 192.0.2.0/24')
export const hostName = shaped(isHostName, 'a host name in lower case such as mx1.rennes.example')
export const domain = shaped(isHostName, 'a domain in lower case such as rennes.example')
export const orAttributes = shaped(
  (text) => attributesOf(text) !== null,
  'the attributes of a place in X.400 such as "/O=x400/PRMD=facteur/ADMD= /C=FR/"',
)
export const mailbox = shaped(isMailbox, 'a mail address such as alice@rennes.example')
/** A short word that names something: a user, a variant, a world. */
export const word = shaped((text) => /^[A-Za-z0-9][\w.+-]{0,63}$/.test(text), 'a word of letters, digits and . _ + -')
/** What one logs in with: a word, or an address. */
export const login = shaped(
  (text) => /^[A-Za-z0-9][\w.+@-]{0,127}$/.test(text),
  'a login such as alice or alice@rennes.example',
)
/** Who a right is given to: a login, `anyone`, or with a hyphen before it whom it is taken from (RFC 4314 2). */
export const identifier = shaped(
  (text) => /^-?[A-Za-z0-9][\w.+@-]{0,127}$/.test(text),
  'a login, "anyone", or one of them behind a hyphen',
)
/** As a server names what it can do: an atom, `THREAD=REFERENCES`, `LITERAL+`. */
export const capability = shaped((text) => /^[A-Za-z0-9][A-Za-z0-9=+.:-]{0,63}$/.test(text), 'the name of a capability')
/** Where somebody's mail, or a mailbox, lies (RFC 5092). */
export const imapUrl = shaped(
  (text) => /^imap:\/\/[\x21\x23-\x5b\x5d\x5e-\x7e]+$/.test(text),
  'an address such as imap://alice@store.example/',
)
/** A mailbox as IMAP names it: levels with `/` between. */
export const mailboxName = shaped(
  (text) => text.length <= 200 && !/[\x00-\x1f\x7f%*]|^\/|\/$|\/\//.test(text) && text !== '',
  'the name of a mailbox such as Archive or Lists/imap',
)
/** A system flag of IMAP, or a keyword. */
export const flag = shaped(
  (text) => /^(\\(Seen|Answered|Flagged|Deleted|Draft)|[\w$.+-]{1,64})$/.test(text),
  'a flag such as \\Seen, or a keyword',
)
/** Rights of RFC 4314. */
export const rights = shaped(
  (text) => /^[lrswipkxtea]+$/.test(text),
  'letters of lrswipkxtea, as RFC 4314 2.1 has them',
)
/** Goes over the wire, or into a header: printable ASCII. A text of several lines becomes a reply of several lines. */
export const wireText = shaped((text) => /^[\x20-\x7e\n]+$/.test(text), 'plain ASCII text, as it goes over the wire')
/** What a file or a whole message holds: any text, as UTF-8. */
export const text = shaped(
  (given) => !/[\x00-\x08\x0b-\x1f\x7f]/.test(given),
  'text without control characters; octets that are no text are written { base64: ... }',
)
/** Octets that are no text. White space in it does not matter. */
export const base64 = shaped((given) => decodeBase64(given.replace(/\s/g, '')) !== null, 'base64 (RFC 4648 section 4)')
export const filePath = shaped(isFilePath, 'the whole path of a file such as /pub/rfc/rfc1341.txt')

/** Octets: text in UTF-8, as every script is. */
export const sieveScript = v.pipe(
  v.string(),
  v.transform(utf8Octets),
  v.rawCheck(({ dataset, addIssue }) => {
    const parsed = dataset.typed ? parseSieve(dataset.value) : { script: null }
    if ('problems' in parsed)
      for (const { line, message } of parsed.problems) addIssue({ message: `Line ${line} of the script: ${message}.` })
  }),
)
