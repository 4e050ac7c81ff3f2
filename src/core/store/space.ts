/**
 * The memory that all messages of a world may fill together, whatever each store and each queue may hold by itself: they
 * live in one tab, or in one process. It is asked before a message is taken; what was taken stays.
 */

/** What a message costs beside its octets. */
const BESIDE = 256

export class Space {
  private readonly limit: number
  private used = 0

  constructor(limit = Infinity) {
    this.limit = limit
  }

  /** Of messages that bring no octets of their own (copies that share them) only what they cost beside counts. */
  has(octets: number, messages = 1): boolean {
    return this.used + octets + messages * BESIDE <= this.limit
  }

  take(octets: number): void {
    this.used += octets + BESIDE
  }

  free(octets: number): void {
    this.used -= octets + BESIDE
  }
}
