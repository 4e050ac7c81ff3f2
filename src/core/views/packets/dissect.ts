/** Fields of a packet, each with its place in the octets: what a layer is made of, one field within the other. */
import type { Octets } from '../../bytes/octets.ts'
import { harmless, utf8Text } from '../../bytes/utf8.ts'

export interface Field {
  /** As the RFCs and Wireshark call it. */
  readonly name: string
  readonly value: string
  /** Names the sentence that explains it. */
  readonly why: string
  /** Octets `from` (included) to `to` (excluded) of the packet. */
  readonly from: number
  readonly to: number
  readonly children: readonly Field[]
}

/** Long values are cut: the octets have them whole. */
const LONGEST = 400

/** Reads field after field. What is not there any more reads as nothing, so that a cut packet ends where it ends. */
export class Dissection {
  at: number
  readonly octets: Octets
  private end: number
  private fields: Field[] = []

  constructor(octets: Octets, at = 0, end = octets.length) {
    this.octets = octets
    this.at = at
    this.end = end
  }

  get left(): number {
    return this.end - this.at
  }

  /** The number that stands there, without reading on. */
  peek(length: number, ahead = 0): number {
    let value = 0
    for (let k = 0; k < length; k++) {
      const at = this.at + ahead + k
      value = value * 256 + (at < this.end ? this.octets.charCodeAt(at) : 0)
    }
    return value
  }

  number(name: string, why: string, length: number, say: (n: number) => string = String): number {
    const value = this.peek(length)
    this.bytes(name, why, length, () => say(value))
    return value
  }

  bytes(name: string, why: string, length: number, say: (octets: Octets) => string): Octets {
    const from = this.at
    this.at = Math.min(this.end, from + Math.max(0, length))
    const octets = this.octets.slice(from, this.at)
    if (this.at > from) this.fields.push({ name, why, value: cut(say(octets)), from, to: this.at, children: [] })
    return octets
  }

  /** A second field in octets that were read already: bits of them. */
  again(name: string, why: string, value: string, length: number): void {
    this.fields.push({ name, why, value, from: this.at - length, to: this.at, children: [] })
  }

  /** Fields that belong together. `most` octets of them, where that is said; what is left of those is stepped over. */
  group(name: string, why: string, read: () => string, most = this.left): void {
    const { end, fields, at: from } = this
    this.end = Math.min(end, from + most)
    this.fields = []
    const value = read()
    const children = this.fields
    if (most < end - from) this.at = this.end
    this.end = end
    this.fields = fields
    if (this.at > from) fields.push({ name, why, value: cut(value), from, to: this.at, children })
  }

  done(): Field[] {
    return this.fields
  }
}

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

export const hex = (n: number, digits: number): string => `0x${n.toString(16).padStart(digits, '0')}`

export const hexOctets = (octets: Octets): string =>
  Array.from(octets.slice(0, 64), (octet) => octet.charCodeAt(0).toString(16).padStart(2, '0')).join('') +
  (octets.length > 64 ? '…' : '')

export const readable = (octets: Octets): string => harmless(utf8Text(octets))
