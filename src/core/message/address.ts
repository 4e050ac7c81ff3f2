/**
 * Addresses in header fields (RFC 5322 3.4): `John Q. Public <JQP@bar.com>`, `"Public, John" <JQP@bar.com>`,
 * `JQP@bar.com (John)`, `friends: a@b, c@d;`. Octets in, octets out: encoded words are the MIME room's.
 */
import type { Octets } from '../bytes/octets.ts'

export interface Address {
  /** The display name, or the comment that old programs put behind; '' where there is none. */
  name: Octets
  /** The addr-spec: `JQP@bar.com`. */
  address: Octets
}

/** Every address in the value of a From, To, Sender ... field. What cannot be read as one is passed over. */
export function addresses(value: Octets): Address[] {
  const found: Address[] = []
  let written = '' // as it stands, quotes included
  let spoken = '' // without quotes
  let comment = ''
  let angle: string | null = null
  const end = () => {
    const address = angle ?? written.replace(/"(?:[^"\\]|\\.)*"?|\s+/g, (part) => (part.startsWith('"') ? part : ''))
    const name = angle === null ? comment : spoken || comment
    const spec = address.trim().replace(/^@[^:]*:/, '')
    if (spec !== '') found.push({ name: name.replace(/\s+/g, ' ').trim(), address: spec })
    written = spoken = comment = ''
    angle = null
  }
  for (let at = 0; at < value.length; at++) {
    const character = value[at]!
    if (character === '"') {
      const close = closing(value, at)
      written += value.slice(at, close + 1)
      spoken += unquoted(value.slice(at, close + 1))
      at = close
    } else if (character === '(') {
      const close = closing(value, at)
      comment ||= value.slice(at + 1, close).replace(/\\(.)/g, '$1')
      at = close
    } else if (character === '<') {
      const close = closing(value, at)
      angle = value.slice(at + 1, close)
      at = close
    } else if (character === ',' || character === ';') end()
    else if (character === ':') written = spoken = comment = ''
    else {
      written += character
      spoken += character
    }
  }
  end()
  return found
}

/** Where the quoted string, comment or angle that opens at `at` closes; the end of the value where it never does. */
function closing(value: Octets, at: number): number {
  const open = value[at]
  const close = open === '(' ? ')' : open === '<' ? '>' : '"'
  for (let depth = 0, k = at; k < value.length; k++) {
    if (value[k] === '\\' && open !== '<') k++
    else if (value[k] === close && k > at && --depth === 0) return k
    else if (value[k] === open && (open === '(' || k === at)) depth++
  }
  return value.length
}

/** A quoted string without its quotes (RFC 5321 4.1.2: "Joe" and Joe are one mailbox); anything else as it is. */
export function unquoted(text: string): string {
  return text[0] === '"' ? text.replace(/^"|"$/g, '').replace(/\\(.)/gs, '$1') : text
}

/** A display name as a phrase: quoted where it is more than atoms. */
export function phrase(name: Octets): Octets {
  return /^[\w!#$%&'*+/=?^`{|}~\x80-\xff -]*$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`
}

/** `John Smith <jsmith@foo.com>`, or `<jsmith@foo.com>` where nobody knows the name. */
export function addressText({ name, address }: Address): Octets {
  return name === '' ? `<${address}>` : `${phrase(name)} <${address}>`
}
