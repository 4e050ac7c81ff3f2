/**
 * Domain names (RFC 1035 3.1 and 5.1).
 *
 * In the house a name is text: labels joined by dots, in lower case, without the final dot; the root is ''. A label may
 * hold any octet. Those that would be misread in text are escaped as in a zone file, `\.` or `\007`, so a name prints
 * harmlessly and `first\.last.example`, the mailbox of a SOA, keeps its two labels.
 */
import type { Octets } from '../bytes/octets.ts'

const LONGEST_LABEL = 63
/** With a length octet before each label and the root's at the end. */
const LONGEST_NAME = 255

/** The labels of a name, in lower case; null where it is no name. A final dot may stand. */
export function labelsOf(name: string): Octets[] | null {
  if (name === '' || name === '.') return []
  const labels: Octets[] = []
  let label: Octets = ''
  for (let at = 0; at < name.length;) {
    if (name[at] === '.') {
      labels.push(label)
      label = ''
      at++
      continue
    }
    const [octet, next] = readCharacter(name, at)
    if (octet < 0) return null
    label += String.fromCharCode(octet)
    at = next
  }
  if (label !== '') labels.push(label)
  return fits(labels) ? labels.map(lowerCase) : null
}

/** Whether these labels keep the limits of RFC 1035 2.3.4. */
function fits(labels: readonly Octets[]): boolean {
  let size = 1
  for (const label of labels) {
    if (label === '' || label.length > LONGEST_LABEL) return false
    size += 1 + label.length
  }
  return size <= LONGEST_NAME
}

/** The name that labels of the wire make. */
export function nameOf(labels: readonly Octets[]): string {
  return labels.map((label) => escapeOctets(lowerCase(label), /[^!#%&'*+,\-/0-9:<=>?A-Z[\]^_`a-z{|}~]/g)).join('.')
}

/** A name as the house writes it, whatever its case, escapes and final dot were; null where it is no name. */
export function normalName(name: string): string | null {
  const labels = labelsOf(name)
  return labels === null ? null : nameOf(labels)
}

/** One character of zone file text, escaped or not: its octet, -1 where there is none, and where the next one stands. */
export function readCharacter(text: string, at: number): [octet: number, next: number] {
  const printable = (code: number) => code > 0x20 && code < 0x7f
  const code = text.charCodeAt(at)
  if (text[at] !== '\\') return [printable(code) ? code : -1, at + 1]
  const digits = text.slice(at + 1, at + 4)
  if (/^\d{3}$/.test(digits)) return [Number(digits) < 256 ? Number(digits) : -1, at + 4]
  const escaped = text.charCodeAt(at + 1)
  return [printable(escaped) || escaped === 0x20 ? escaped : -1, at + 2]
}

/** `\c` for a printable character that `special` names, `\DDD` for any other octet that it names. */
export function escapeOctets(octets: Octets, special: RegExp): string {
  return octets.replace(special, (octet) =>
    octet > ' ' && octet < '\x7f' ? `\\${octet}` : `\\${octet.charCodeAt(0).toString().padStart(3, '0')}`,
  )
}

/** Only the letters of ASCII have a case here (RFC 4343); toLowerCase() would touch octets above them. */
const lowerCase = (label: Octets): Octets => label.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** Whether a name is `origin` or stands under it. */
export function isWithin(name: string, origin: string): boolean {
  if (origin === '' || name === origin) return true
  if (!name.endsWith(`.${origin}`)) return false
  return isAbsolute(name.slice(0, name.length - origin.length))
}

/** Whether text ends with a dot that divides labels: one before which no odd number of backslashes stands. */
export function isAbsolute(text: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*\.$/.test(text)
}

/** The name without its first label; the root's is the root. */
export function parentOf(name: string): string {
  return name.replace(/^(?:\\.|[^.\\])*\.?/, '')
}
