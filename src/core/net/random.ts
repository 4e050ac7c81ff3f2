/**
 * Seeded randomness: xoshiro128** (Blackman and Vigna), its state filled by splitmix32. Same seed, same world.
 *
 * `fork` gives a stream of its own to whoever needs one. It depends on the seed and the label only, never on what was
 * drawn before, so one more draw in one corner of the world changes nothing in another.
 */
import type { Octets } from '../bytes/octets.ts'

export class Random {
  private readonly seed: number
  private a: number
  private b: number
  private c: number
  private d: number

  constructor(seed: number) {
    this.seed = seed
    let state = (seed ^ Math.imul(Math.floor(seed / 0x1_0000_0000), 0x9e3779b1)) | 0
    const word = () => {
      state = (state + 0x9e3779b9) | 0
      let z = state ^ (state >>> 16)
      z = Math.imul(z, 0x21f0aaad)
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
      return z ^ (z >>> 15)
    }
    this.a = word()
    this.b = word()
    this.c = word()
    this.d = word()
  }

  /** From 0 (included) to 1 (excluded). */
  next(): number {
    return this.word() / 0x1_0000_0000
  }

  /** A whole number from 0 (included) to `n` (excluded). */
  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  shuffle<T>(list: readonly T[]): T[] {
    const shuffled = [...list]
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.below(last + 1)
      const held = shuffled[last]!
      shuffled[last] = shuffled[other]!
      shuffled[other] = held
    }
    return shuffled
  }

  octets(n: number): Octets {
    let octets = ''
    for (let count = 0; count < n; count++) octets += String.fromCharCode(this.word() >>> 24)
    return octets
  }

  fork(label: string): Random {
    let hash = (0x811c9dc5 ^ this.seed ^ Math.floor(this.seed / 0x1_0000_0000)) | 0
    for (let at = 0; at < label.length; at++) hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193)
    return new Random(hash >>> 0)
  }

  private word(): number {
    const { b } = this
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    this.c ^= this.a
    this.d ^= b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= b << 9
    this.d = rotate(this.d, 11)
    return result
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
