/**
 * Reads a DNS packet. What is not there reads as zero or nothing and sets `failed`, which the caller asks once, at the
 * end: so every kind of garbage takes the same short way out.
 */
import type { Octets } from '../bytes/octets.ts'
import { nameOf } from './names.ts'

/** A name has at most 127 labels, so more pointers than that lead nowhere. */
const MOST_POINTERS = 127
const LONGEST_NAME = 255

export class PacketReader {
  failed = false
  readonly #packet: Octets
  #at: number

  constructor(packet: Octets, at = 0) {
    this.#packet = packet
    this.#at = at
  }

  /** Where what is read next stands. */
  get at(): number {
    return this.#at
  }

  atEnd(): boolean {
    return this.#at === this.#packet.length
  }

  octets(length: number): Octets {
    const end = this.#at + length
    if (end > this.#packet.length) this.failed = true
    const octets = this.#packet.slice(this.#at, end)
    this.#at = Math.min(end, this.#packet.length)
    return octets
  }

  number(length: number): number {
    let value = 0
    for (const octet of this.octets(length)) value = value * 256 + octet.charCodeAt(0)
    return value
  }

  /** A name, compressed or not (RFC 1035 4.1.4). A pointer leads back, before the labels that it ends: no circle can be. */
  name(): string {
    const labels: Octets[] = []
    let size = 1
    let start = this.#at
    let pointers = 0
    let after: number | null = null
    while (!this.failed) {
      const length = this.number(1)
      if (length === 0) break
      if (length >= 0xc0) {
        const target = (length & 0x3f) * 256 + this.number(1)
        if (target >= start || ++pointers > MOST_POINTERS) this.failed = true
        after ??= this.#at
        start = this.#at = Math.min(target, this.#packet.length)
        continue
      }
      size += 1 + length
      // 0x40 and 0x80 begin label types that nobody uses (RFC 6891 section 5).
      if (length >= 0x40 || size > LONGEST_NAME) this.failed = true
      else labels.push(this.octets(length))
    }
    this.#at = after ?? this.#at
    return this.failed ? '' : nameOf(labels)
  }

  /** The texts that fill `length` octets: at least one (RFC 1035 3.3.14). */
  texts(length: number): Octets[] {
    const end = this.#at + length
    const texts: Octets[] = []
    do texts.push(this.octets(this.number(1)))
    while (this.#at < end && !this.failed)
    return texts
  }

  /** What stands behind its own length in two octets, and must fill it. */
  counted<T>(read: (length: number) => T): T {
    const length = this.number(2)
    const end = this.#at + length
    const value = read(length)
    if (this.#at !== end) this.failed = true
    return value
  }
}
