/**
 * What a store has in memory. COPY shares content (RFC 3501 6.4.7 asks for a copy, not for a second one in memory), so
 * octets count once here, however many messages say them; an account's quota counts each message.
 */
import type { Content } from '../message/content.ts'
import type { Space } from './space.ts'

export class Holdings {
  private readonly limit: number
  private readonly space: Space
  /** Messages beside the first that have this content. */
  private readonly copies = new Map<Content, number>()
  private octets = 0

  constructor(limit: number, space: Space) {
    this.limit = limit
    this.space = space
  }

  get used(): number {
    return this.octets
  }

  has(octets: number, messages = 1): boolean {
    return this.octets + octets <= this.limit && this.space.has(octets, messages)
  }

  take(content: Content): void {
    this.octets += content.size
    this.space.take(content.size)
  }

  /** One more message with a content that is here already. */
  share(content: Content): void {
    this.copies.set(content, (this.copies.get(content) ?? 0) + 1)
    this.space.take(0)
  }

  letGo(content: Content): void {
    const copies = this.copies.size === 0 ? undefined : this.copies.get(content)
    if (copies === undefined) {
      this.octets -= content.size
      this.space.free(content.size)
      return
    }
    if (copies === 1) this.copies.delete(content)
    else this.copies.set(content, copies - 1)
    this.space.free(0)
  }
}
