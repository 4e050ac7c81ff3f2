/** Writes a DNS packet; a name that was written before is not written again, but pointed at (RFC 1035 4.1.4). */
import type { Octets } from '../bytes/octets.ts'
import { labelsOf, nameOf } from './names.ts'

/** A pointer has 14 bits. */
const FARTHEST = 0x3fff

export class PacketWriter {
  #packet: Octets = ''
  readonly #places = new Map<string, number>()

  packet(): Octets {
    return this.#packet
  }

  octets(octets: Octets): void {
    this.#packet += octets
  }

  number(value: number, length: number): void {
    this.#packet += numberOctets(value, length)
  }

  name(name: string): void {
    const labels = labelsOf(name)
    if (labels === null) throw new RangeError(`not a domain name: ${name}`)
    for (let k = 0; k < labels.length; k++) {
      const rest = nameOf(labels.slice(k))
      const place = this.#places.get(rest)
      if (place !== undefined) return this.number(0xc000 + place, 2)
      if (this.#packet.length <= FARTHEST) this.#places.set(rest, this.#packet.length)
      this.text(labels[k]!)
    }
    this.number(0, 1)
  }

  /** Without pointers: who does not know the type of this record could not follow them (RFC 3597 4). */
  wholeName(name: string): void {
    const labels = labelsOf(name)
    if (labels === null) throw new RangeError(`not a domain name: ${name}`)
    for (const label of labels) this.text(label)
    this.number(0, 1)
  }

  /** A character-string, which a label is too: its length, then itself. */
  text(text: Octets): void {
    if (text.length > 255) throw new RangeError('a text of more than 255 octets')
    this.#packet += String.fromCharCode(text.length) + text
  }

  /** What `write` writes, behind its own length in two octets. */
  counted(write: () => void): void {
    this.number(0, 2)
    const start = this.#packet.length
    write()
    const length = numberOctets(this.#packet.length - start, 2)
    this.#packet = this.#packet.slice(0, start - 2) + length + this.#packet.slice(start)
  }
}

function numberOctets(value: number, length: number): Octets {
  let octets = ''
  for (let k = length - 1; k >= 0; k--) octets += String.fromCharCode(Math.floor(value / 256 ** k) % 256)
  return octets
}
