/**
 * O/R addresses (RFC 2156 4): X.400 names a person by attributes, `/G=Hugo/S=Lenoir/O=x400/PRMD=facteur/ADMD= /C=FR/`.
 * A gateway has a table of which domain stands for which of them. Somebody outside of it is a domain-defined attribute:
 * `/DD.RFC-822=alice(a)rennes.example/` and the attributes of the gateway's own domain.
 */
import type { Octets } from '../../bytes/octets.ts'
import { printable, unprintable } from './printable.ts'

/** Domain (in lower case) to its attributes: `/O=x400/PRMD=facteur/ADMD= /C=FR/`. */
export type OrTable = Readonly<Record<string, Octets>>

type Attribute = readonly [key: string, value: Octets]

/** RFC 2156 4.2.1: `Hugo.Lenoir`, `Hugo.J.Lenoir` or `lenoir`; whatever is none of these has no personal name. */
const PERSONAL = /^(?:([A-Za-z]{2,16})\.(?:([A-Za-z])\.)?)?([A-Za-z][A-Za-z'-]{0,39})$/

export function orAddress(address: Octets, table: OrTable): Octets {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = address.slice(at + 1).toLowerCase()
  const own = table[domain]
  const person = own === undefined || at < 0 ? null : PERSONAL.exec(local)
  if (person) {
    const [, given, initial, surname] = person
    return written([
      ...(given === undefined ? [] : [['G', given] as const]),
      ...(initial === undefined ? [] : [['I', initial] as const]),
      ['S', surname!],
    ]).concat(own!.slice(1))
  }
  const around = own ?? Object.values(table)[0] ?? '/'
  return written([['DD.RFC-822', printable(address)]]).concat(around.slice(1))
}

/** Null where these attributes are in no table: nobody knows whose they are. */
export function mailAddress(text: Octets, table: OrTable): Octets | null {
  const attributes = attributesOf(text)
  if (attributes === null) return null
  const value = (wanted: string) => attributes.find(([key]) => key === wanted)?.[1]
  const outside = value('DD.RFC-822')
  if (outside !== undefined) return unprintable(outside)
  const surname = value('S')
  if (surname === undefined) return null
  const place = attributes.filter(([key]) => !PERSON.has(key))
  const domain = Object.keys(table).find((name) => same(attributesOf(table[name]!), place))
  if (domain === undefined) return null
  return `${[value('G'), value('I'), surname].filter((part) => part !== undefined).join('.')}@${domain}`
}

const PERSON = new Set(['G', 'I', 'S'])

/** Attributes have no order, and their case does not count. */
function same(one: readonly Attribute[] | null, other: readonly Attribute[]): boolean {
  const key = (attributes: readonly Attribute[]) =>
    attributes
      .map(([name, value]) => `${name}=${value.trim().toLowerCase()}`)
      .sort()
      .join('/')
  return one !== null && key(one) === key(other)
}

const written = (attributes: readonly Attribute[]): Octets =>
  attributes.map(([key, value]) => `/${key}=${value.replace(/[$/=]/g, '$$$&')}`).join('') + '/'

const ATTRIBUTE = /([A-Z][A-Z0-9.-]*)=((?:[^/$]|\$.)*)\//gy

/** RFC 2156 4.1: what separates attributes stands behind a `$` where it is a part of one. */
export function attributesOf(text: Octets): Attribute[] | null {
  const attributes: Attribute[] = []
  let at = 1
  if (text[0] !== '/') return null
  while (at < text.length) {
    ATTRIBUTE.lastIndex = at
    const found = ATTRIBUTE.exec(text)
    if (!found) return null
    attributes.push([found[1]!, found[2]!.replace(/\$(.)/g, '$1')])
    at = ATTRIBUTE.lastIndex
  }
  return attributes.length > 0 ? attributes : null
}

/** Where the address at the beginning of `text` ends: behind the last `/` that closes an attribute. */
export function addressEnd(text: Octets): number {
  let at = text[0] === '/' ? 1 : 0
  while (at > 0) {
    ATTRIBUTE.lastIndex = at
    if (!ATTRIBUTE.test(text)) break
    at = ATTRIBUTE.lastIndex
  }
  return at > 1 ? at : 0
}
