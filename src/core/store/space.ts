/**
 * The memory that all messages of a world may fill together, whatever each store and each queue may hold by itself: they
 * live in one tab, or in one process. It is asked before a message is taken; what was taken stays.
 */
import type { Octets } from '../bytes/octets.ts'

/** What a message costs beside its octets. */
const BESIDE = 256

export class Space {
  private readonly limit: number
  private used = 0

  constructor(limit = Infinity) {
    this.limit = limit
  }

  has(octets: number): boolean {
    return this.used + octets + BESIDE <= this.limit
  }

  take(content: Octets): void {
    this.used += content.length + BESIDE
  }

  free(content: Octets): void {
    this.used -= content.length + BESIDE
  }
}
