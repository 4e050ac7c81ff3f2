/**
 * What a stored message says, apart from where it lies: its octets, and what was worked out from them. COPY shares it, so
 * that a message in three mailboxes is one in memory, and is read once.
 *
 * Small answers (an envelope as IMAP writes it) stay with it; large ones (the text that SEARCH looks through, the tree of
 * parts) only as long as they are among the last that were asked for: see `ContentReader`.
 */
import type { MoreCharsets } from '../bytes/charsets.ts'
import type { Octets } from '../bytes/octets.ts'
import { MessageModel } from './mime/model.ts'

export class Content {
  readonly octets: Octets
  private readonly reader: ContentReader
  private kept: Map<string, unknown> | null = null

  constructor(octets: Octets, reader: ContentReader) {
    this.octets = octets
    this.reader = reader
  }

  get size(): number {
    return this.octets.length
  }

  /** The message taken apart; do not hold on to it. */
  get model(): MessageModel {
    return this.reader.model(this)
  }

  /** A small answer, kept for good. */
  keep<Value>(name: string, work: (model: MessageModel) => Value): Value {
    const kept = this.kept?.get(name)
    if (kept !== undefined) return kept as Value
    const value = work(this.model)
    this.kept ??= new Map()
    this.kept.set(name, value)
    return value
  }

  /** A large answer, kept while there is room for it; `cost` in octets. */
  recall<Value>(name: string, work: (model: MessageModel) => Value, cost: (value: Value) => number): Value {
    return this.reader.recall(this, name, work, cost)
  }
}

/** How many messages taken apart are held. */
const MODELS = 32

export class ContentReader {
  /** The platform's charsets, where there are any. */
  private readonly more: MoreCharsets | undefined
  /** Octets that large answers may fill. */
  private readonly budget: number
  private readonly models = new Map<Content, MessageModel>()
  private readonly large = new Map<string, Map<Content, { value: unknown; cost: number }>>()
  private used = 0

  constructor(more?: MoreCharsets, budget = 256_000_000) {
    this.more = more
    this.budget = budget
  }

  model(content: Content): MessageModel {
    const known = this.models.get(content)
    if (known) return known
    const model = new MessageModel(content.octets, this.more)
    if (this.models.size >= MODELS) this.models.delete(this.models.keys().next().value!)
    this.models.set(content, model)
    return model
  }

  recall<Value>(
    content: Content,
    name: string,
    work: (model: MessageModel) => Value,
    cost: (value: Value) => number,
  ): Value {
    let answers = this.large.get(name)
    if (!answers) this.large.set(name, (answers = new Map()))
    const known = answers.get(content)
    if (known) return known.value as Value
    // Read apart: a search through a whole mailbox must not push out the models of the messages that are being shown.
    const value = work(this.models.get(content) ?? new MessageModel(content.octets, this.more))
    const entry = { value, cost: cost(value) }
    this.makeRoom(entry.cost)
    answers.set(content, entry)
    this.used += entry.cost
    return value
  }

  /** The oldest go first; a whole mailbox that does not fit is then read anew each time, but nothing grows. */
  private makeRoom(cost: number): void {
    for (const answers of this.large.values())
      for (const [content, entry] of answers) {
        if (this.used + cost <= this.budget) return
        answers.delete(content)
        this.used -= entry.cost
      }
  }
}
