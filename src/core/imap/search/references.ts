/**
 * Threading by references (RFC 5256 3, REFERENCES): messages are linked by what each says of its ancestors, and then threads
 * of one subject become one. The steps have the numbers of the RFC; (6), the order of siblings, is with the writer.
 *
 * A node is a number: a message's place, or, from the number of the messages on, a dummy that stands for one that is not
 * there. The links from children to their parents are all that is kept.
 */
import type { Octets } from '../../bytes/octets.ts'
import { caseFolded } from '../../message/mime/search-text.ts'
import type { MessageModel } from '../../message/mime/model.ts'
import type { ImapMessage } from '../backend.ts'

interface ThreadKeys {
  readonly id: Octets | null
  readonly references: readonly Octets[]
  readonly subject: string
  readonly isReply: boolean
}

const readKeys = ({
  threadKeys: { messageId, references },
  baseSubject: { base, isReply },
}: MessageModel): ThreadKeys => ({ id: messageId, references, subject: caseFolded(base), isReply })

export const threadKeysOf = ({ content }: ImapMessage): ThreadKeys => content.keep('thread keys', readKeys)

/**
 * So many links are followed upwards in all to see whether a new one would close a loop. Honest mail needs hardly any; who
 * writes References to make a server walk finds that it stops, and that the link is not made.
 */
const MOST_STEPS = 20_000_000

export class References {
  /** Heads of threads in their order, and for every node its parent, -1 for those. */
  readonly roots: readonly number[]
  readonly parents: Int32Array

  private readonly keys: readonly ThreadKeys[]
  /** Places of the messages, the first that was sent first. */
  private readonly order: readonly number[]
  private readonly count: number
  private readonly parent: number[]
  /** Does anything lie below it, or did once? */
  private readonly isParent: boolean[]
  /** Which tree it is in: nodes that lead to different ones are not related. */
  private readonly tree: number[]
  private steps = 0

  constructor(messages: readonly ImapMessage[], order: readonly number[]) {
    this.keys = messages.map(threadKeysOf)
    this.order = order
    this.count = messages.length
    this.parent = new Array<number>(this.count).fill(-1)
    this.isParent = new Array<boolean>(this.count).fill(false)
    this.tree = Array.from({ length: this.count }, (_, node) => node)
    this.link()
    this.prune()
    this.gatherSubjects()
    this.parents = Int32Array.from(this.parent)
    this.roots = this.heads()
  }

  /** A node for a message that is not there. */
  private dummy(): number {
    const node = this.parent.push(-1) - 1
    this.isParent.push(false)
    this.tree.push(node)
    return node
  }

  /** (1), which leaves those without parents for (2). */
  private link(): void {
    const { keys, parent } = this
    const nodes = new Map<Octets, number>()
    // Of two messages with one identifier it is the first one's; the other is as one without.
    for (let place = this.count - 1; place >= 0; place--) {
      const { id } = keys[place]!
      if (id !== null) nodes.set(id, place)
    }
    for (let place = 0; place < this.count; place++) {
      let before = -1
      for (const id of keys[place]!.references) {
        let node = nodes.get(id)
        if (node === undefined) nodes.set(id, (node = this.dummy()))
        if (before >= 0 && parent[node]! < 0) this.adopt(before, node) // (A)
        before = node
      }
      // (B): what a message says of its own parent counts more than what others said of it.
      if (parent[place] === before) continue
      parent[place] = -1
      if (before >= 0) this.adopt(before, place)
    }
  }

  private adopt(above: number, below: number): void {
    if (this.wouldLoop(above, below)) return
    this.parent[below] = above
    this.isParent[above] = true
    this.tree[this.treeOf(below)] = this.treeOf(above)
  }

  private wouldLoop(above: number, below: number): boolean {
    if (above === below) return true
    if (!this.isParent[below] || this.treeOf(above) !== this.treeOf(below)) return false
    for (let node = this.parent[above]!; node >= 0; node = this.parent[node]!)
      if (node === below || ++this.steps > MOST_STEPS) return true
    return false
  }

  /** Shortens the way while it goes. */
  private treeOf(node: number): number {
    const { tree } = this
    let at = node
    while (tree[at] !== at) at = tree[at] = tree[tree[at]!]!
    return at
  }

  private isDummy(node: number): boolean {
    return node >= this.count
  }

  /**
   * (3): what lies below a dummy moves up to the next message above; where there is none, to the topmost dummy, which goes
   * itself when it has a single child.
   */
  private prune(): void {
    const { parent, count } = this
    const up = new Int32Array(parent.length - count).fill(-1)
    const way: number[] = []
    /** Where what lies below this dummy goes. */
    const above = (dummy: number): number => {
      let node = dummy
      while (this.isDummy(node) && parent[node]! >= 0 && up[node - count]! < 0) {
        way.push(node)
        node = parent[node]!
      }
      if (this.isDummy(node) && up[node - count]! >= 0) node = up[node - count]!
      for (const passed of way) up[passed - count] = node
      way.length = 0
      return node
    }
    const children = new Int32Array(parent.length)
    for (let place = 0; place < count; place++) {
      const direct = parent[place]!
      if (direct < 0) continue
      parent[place] = this.isDummy(direct) ? above(direct) : direct
      children[parent[place]!]!++
    }
    for (let place = 0; place < count; place++) {
      const direct = parent[place]!
      if (direct >= count && children[direct] === 1) parent[place] = -1
    }
    // Dummies are heads now, or nothing lies below them.
    parent.fill(-1, count)
  }

  /** Heads by their sent date, a dummy by that of its first child: (4), and (6) for them. */
  private heads(): number[] {
    const { parent } = this
    const heads: number[] = []
    const seen = new Uint8Array(parent.length)
    for (const place of this.order) {
      const above = parent[place]!
      const head = above < 0 ? place : this.isDummy(above) ? above : -1
      if (head < 0 || seen[head] === 1) continue
      seen[head] = 1
      heads.push(head)
    }
    return heads
  }

  /** (5): threads of one subject become one. */
  private gatherSubjects(): void {
    const { parent } = this
    const heads = this.heads()
    const about = this.subjects(heads)
    const table = new Map<string, number>()
    // (B)
    for (const head of heads) {
      const { subject, isReply } = about(head)
      if (subject === '') continue
      const known = table.get(subject)
      if (known === undefined) table.set(subject, head)
      else if (!this.isDummy(known) && (this.isDummy(head) || (about(known).isReply && !isReply)))
        table.set(subject, head)
    }
    // (C)
    const moved = new Map<number, number>()
    for (const head of heads) {
      const { subject, isReply } = about(head)
      const known = subject === '' ? head : table.get(subject)!
      if (known === head) continue
      if (this.isDummy(head)) moved.set(head, known)
      else if (this.isDummy(known) || (isReply && !about(known).isReply)) parent[head] = known
      else {
        const both = this.dummy()
        parent[head] = parent[known] = both
        table.set(subject, both)
      }
    }
    // Of two dummies the children become siblings.
    if (moved.size > 0)
      for (let place = 0; place < this.count; place++) parent[place] = moved.get(parent[place]!) ?? parent[place]!
  }

  /** What the head of a thread is about; a dummy, what its first child is. */
  private subjects(heads: readonly number[]): (head: number) => ThreadKeys {
    const { parent, keys } = this
    const firsts = new Map<number, number>()
    if (heads.some((head) => this.isDummy(head)))
      for (const place of this.order) {
        const above = parent[place]!
        if (above >= this.count && !firsts.has(above)) firsts.set(above, place)
      }
    return (head) => keys[this.isDummy(head) ? (firsts.get(head) ?? this.firstBelow(head)) : head]!
  }

  /** Of a dummy that subjects have made: either child, for the subject is one. */
  private firstBelow(dummy: number): number {
    return this.parent.indexOf(dummy)
  }
}
