/**
 * THREAD (RFC 5256 3): who answers whom. ORDEREDSUBJECT takes messages with one subject for a conversation, REFERENCES follows
 * their identifiers; the steps have the numbers of the RFC. Nothing here recurs: a conversation may be 100,000 messages deep.
 */
import type { Octets } from '../../bytes/octets.ts'
import { caseFolded } from '../../message/mime/search-text.ts'
import type { MessageModel } from '../../message/mime/model.ts'
import type { ImapMessage } from '../backend.ts'
import { sentAt } from './sort.ts'

export interface Node {
  /** Null for one that holds together what answers a message that is not here. */
  message: ImapMessage | null
  parent: Node | null
  children: Node[]
  /** When it was sent, and for ties its place in the mailbox; without a message, of its first child. */
  at: number
  place: number
  /** What the message says of itself. */
  keys: ThreadKeysKept | null
}

const emptyNode = (): Node => ({ message: null, parent: null, children: NOBODY, at: 0, place: 0, keys: null })

/** Most messages are answered by nobody. */
const NOBODY: Node[] = []

function fill(node: Node, message: ImapMessage, place: number, keys: ThreadKeysKept): Node {
  node.message = message
  node.at = sentAt(message)
  node.place = place
  node.keys = keys
  return node
}

interface ThreadKeysKept {
  id: Octets | null
  references: readonly Octets[]
  subject: string
  isReply: boolean
}

const threadKeys = ({
  threadKeys: { messageId, references },
  baseSubject: { base, isReply },
}: MessageModel): ThreadKeysKept => ({
  id: messageId,
  references,
  subject: caseFolded(base),
  isReply,
})

const keysOf = ({ content }: ImapMessage) => content.keep('thread keys', threadKeys)

/** One level deep: the first message of a subject, and under it all others. */
export function byOrderedSubject(messages: readonly ImapMessage[]): Node[] {
  const nodes = messages.map((message, place) => fill(emptyNode(), message, place, keysOf(message))).sort(byDate)
  const threads = new Map<string, Node>()
  for (const node of nodes) {
    const { subject } = node.keys!
    const first = threads.get(subject)
    if (first) link(first, node)
    else threads.set(subject, node)
  }
  return [...threads.values()]
}

export function byReferences(messages: readonly ImapMessage[]): Node[] {
  const roots = prune(linked(messages)) // (1) to (3)
  roots.sort(byDate) // (4)
  const gathered = gatherSubjects(roots) // (5)
  sortChildren(gathered) // (6)
  return gathered.sort(byDate)
}

/** (1): each message and each identifier that it names, linked by what the messages say of their ancestors; (2): the roots. */
function linked(messages: readonly ImapMessage[]): Node[] {
  const byId = new Map<Octets, Node>()
  const all: Node[] = []
  const nodeOf = (id: Octets): Node => {
    let node = byId.get(id)
    if (!node) {
      byId.set(id, (node = emptyNode()))
      all.push(node)
    }
    return node
  }
  for (const [place, message] of messages.entries()) {
    const keys = keysOf(message)
    const { id, references } = keys
    let own = id === null ? null : nodeOf(id)
    // Without an identifier, or with one that another message has, it is as if it had one of its own.
    if (!own || own.message) all.push((own = emptyNode()))
    fill(own, message, place, keys)
    let before: Node | null = null
    for (const reference of references) {
      const node = nodeOf(reference)
      if (before && !node.parent && !wouldLoop(before, node)) link(before, node)
      before = node
    }
    // What a message says of its own parent counts more than what others said of it.
    if (own.parent && own.parent !== before) unlink(own)
    if (before && !own.parent && !wouldLoop(before, own)) link(before, own)
  }
  return all.filter(({ parent }) => parent === null)
}

function wouldLoop(parent: Node, child: Node): boolean {
  if (parent === child) return true
  // What has no children is nobody's ancestor.
  if (child.children.length === 0) return false
  for (let node = parent.parent; node; node = node.parent) if (node === child) return true
  return false
}

function link(parent: Node, child: Node): void {
  child.parent = parent
  if (parent.children === NOBODY) parent.children = [child]
  else parent.children.push(child)
}

function unlink(child: Node): void {
  const { children } = child.parent!
  children.splice(children.indexOf(child), 1)
  child.parent = null
}

/** (3): nodes without a message go, and what is under them moves up; under the root only a single child does. */
function prune(roots: readonly Node[]): Node[] {
  for (const node of childrenFirst(roots)) {
    if (node.children.every(({ message }) => message !== null)) continue
    const kept: Node[] = []
    for (const child of node.children) {
      if (child.message) kept.push(child)
      else
        for (const grandchild of child.children) {
          grandchild.parent = node
          kept.push(grandchild)
        }
    }
    node.children = kept
  }
  return roots.flatMap((root): Node[] => {
    if (root.message || root.children.length > 1) return [root]
    for (const child of root.children) child.parent = null
    return root.children
  })
}

/** (5): conversations of one subject become one. */
function gatherSubjects(roots: readonly Node[]): Node[] {
  const table = new Map<string, Node>()
  for (const root of roots) {
    const { subject, isReply } = aboutOf(root)
    if (subject === '') continue
    const known = table.get(subject)
    if (!known || (!root.message && known.message) || (known.message && !isReply && aboutOf(known).isReply))
      table.set(subject, root)
  }
  const made: Node[] = []
  for (const root of roots) {
    const { subject, isReply } = aboutOf(root)
    const known = subject === '' ? root : table.get(subject)!
    if (known === root) continue
    if (!root.message && !known.message) {
      for (const child of root.children) link(known, child)
      root.children = NOBODY
    } else if (!known.message || (isReply && !aboutOf(known).isReply)) link(known, root)
    else {
      const both = emptyNode()
      link(both, known)
      link(both, root)
      table.set(subject, both)
      made.push(both)
    }
  }
  return [...roots, ...made].filter(({ parent, message, children }) => !parent && (message || children.length > 0))
}

const NOTHING = { subject: '', isReply: false }

const aboutOf = (node: Node): { subject: string; isReply: boolean } => node.keys ?? node.children[0]?.keys ?? NOTHING

/** (6). */
function sortChildren(roots: readonly Node[]): void {
  for (const node of childrenFirst(roots)) if (node.children.length > 1) node.children.sort(byDate)
}

/** All nodes, each after those below it. */
function childrenFirst(roots: readonly Node[]): Node[] {
  const order: Node[] = [...roots]
  for (let at = 0; at < order.length; at++) for (const child of order[at]!.children) order.push(child)
  return order.reverse()
}

/** By the day on which it was sent; one without a message counts as its first child. */
function byDate(a: Node, b: Node): number {
  const one = a.message ? a : a.children[0]!
  const other = b.message ? b : b.children[0]!
  return one.at - other.at || one.place - other.place
}

/** `(2)(3 6 (4 23)(44 7 96))` (RFC 5256 4). */
export function writeThreads(roots: readonly Node[], numberOf: (message: ImapMessage) => number): Octets {
  const pieces: Octets[] = []
  /** What is still to be written: a node, or a text. */
  const todo: (Node | Octets)[] = []
  for (const root of roots) {
    todo.push(')', root, '(')
    while (todo.length > 0) {
      const next = todo.pop()!
      if (typeof next === 'string') {
        pieces.push(next)
        continue
      }
      if (next.message) pieces.push(String(numberOf(next.message)))
      const { children } = next
      if (children.length === 1 && next.message) todo.push(children[0]!, ' ')
      else {
        for (let at = children.length - 1; at >= 0; at--) todo.push(')', children[at]!, '(')
        if (next.message && children.length > 0) todo.push(' ')
      }
    }
  }
  return pieces.join('')
}
