/**
 * A message as a person reads it: what to show of its parts, in which order and how (RFC 2046). Only the
 * plan is made here; the octets and the texts are taken from the message when something is shown.
 */
import type { MoreCharsets } from '../bytes/charsets.ts'
import type { Octets } from '../bytes/octets.ts'
import { safeFileName } from '../message/mime/file-name.ts'
import { htmlReferences } from '../message/mime/kinds/html-references.ts'
import { type ExternalBody, readExternalBody } from '../message/mime/kinds/external-body.ts'
import { type Joined, joinPieces } from '../message/mime/kinds/partial.ts'
import { parseMessage } from '../message/mime/parse.ts'
import { isMessage, isMultipart, type Part } from '../message/mime/part.ts'
import { parameter, parameterText } from '../message/parameters.ts'

/** How one part is shown. */
export type Reading = { readonly part: Part } & (
  | { readonly kind: 'text'; readonly flowed: boolean; readonly delSp: boolean }
  | { readonly kind: 'styled'; readonly form: 'enriched' | 'richtext' }
  /** `beside`: the parts to which the text can point by their Content-ID or Content-Location (RFC 2392, RFC 2557). */
  | { readonly kind: 'html'; readonly beside: readonly Part[] }
  | { readonly kind: 'image' | 'audio' | 'video' }
  /** `inside`: what it looks like where it can be shown though it is attached; `why`: it is no common file. */
  | { readonly kind: 'file'; readonly inside: Reading | null; readonly why: 'attached' | 'unknown' | 'limit' }
  | {
      readonly kind: 'parts'
      readonly arrangement: 'mixed' | 'parallel' | 'digest' | 'report'
      readonly items: readonly Reading[]
      /** Parts of which nothing is shown, for there are too many. */
      readonly more: number
    }
  /** The same in several forms, the plainest first; `best` is the last that can be shown (RFC 2046 5.1.4). */
  | { readonly kind: 'alternative'; readonly choices: readonly Reading[]; readonly best: number }
  | { readonly kind: 'message'; readonly message: Part; readonly content: Reading }
  | { readonly kind: 'delivery-status' }
  | { readonly kind: 'partial'; readonly piece: PartialPiece }
  | { readonly kind: 'external-body'; readonly external: ExternalBody }
  /** What was signed, and the signature beside it. */
  | { readonly kind: 'signed'; readonly content: Reading | null }
  /** Signed in one piece or encrypted: what is inside shows only when it is opened. */
  | { readonly kind: 'sealed' }
)

/** Which piece of which message (RFC 2046 5.2.2); null for what is not there or no number. */
export interface PartialPiece {
  readonly id: string
  readonly number: number | null
  readonly total: number | null
}

/** Parts in parts deeper than this, and more parts than this in a message, are only counted. */
const DEEPEST = 20
const MOST = 500

/** `text` gives the text of a part, for what an HTML page shows inside itself is not shown again beside it. */
export function readingOf(root: Part, text: (part: Part) => string, more?: MoreCharsets): Reading {
  return new Planner(text, more).of(root, 0, [])
}

class Planner {
  private readonly text: (part: Part) => string
  private readonly more: MoreCharsets | undefined
  private count = 0

  constructor(text: (part: Part) => string, more?: MoreCharsets) {
    this.text = text
    this.more = more
  }

  /** `beside`: what an HTML text here can point at. */
  of(part: Part, depth: number, beside: readonly Part[]): Reading {
    this.count++
    if (depth >= DEEPEST || (part.opaque === 'limit' && !isLeaf(part))) return file(part, 'limit')
    if (isAttached(part)) return { kind: 'file', part, inside: this.leaf(part, beside), why: 'attached' }
    if (isMultipart(part)) return part.children.length > 0 ? this.multipart(part, depth, beside) : opaque(part)
    const [message] = part.children
    if (isMessage(part) && message) {
      return { kind: 'message', part, message, content: this.of(message, depth + 1, []) }
    }
    return this.leaf(part, beside) ?? file(part, 'unknown')
  }

  private multipart(part: Part, depth: number, beside: readonly Part[]): Reading {
    switch (part.subtype) {
      case 'alternative': {
        const choices = this.items(part.children, depth, beside)
        const shown = choices.map(canShow)
        const best = shown.lastIndexOf(true)
        return { kind: 'alternative', part, choices, best: best < 0 ? choices.length - 1 : best }
      }
      case 'related':
        return this.related(part, depth)
      case 'signed': {
        const [signed] = part.children
        return { kind: 'signed', part, content: signed ? this.of(signed, depth + 1, beside) : null }
      }
      case 'encrypted':
        return { kind: 'sealed', part }
      case 'parallel':
      case 'digest':
      case 'report':
        return this.parts(part, part.subtype, depth, beside)
      default:
        // RFC 2046 5.1.7: a multipart that nobody knows is shown as mixed.
        return this.parts(part, 'mixed', depth, beside)
    }
  }

  private parts(
    part: Part,
    arrangement: 'mixed' | 'parallel' | 'digest' | 'report',
    depth: number,
    beside: readonly Part[],
  ): Reading {
    const items = this.items(part.children, depth, beside)
    return { kind: 'parts', part, arrangement, items, more: part.children.length - items.length }
  }

  private items(parts: readonly Part[], depth: number, beside: readonly Part[]): Reading[] {
    const items: Reading[] = []
    for (const part of parts) {
      if (this.count >= MOST && items.length > 0) break
      items.push(this.of(part, depth + 1, beside))
    }
    return items
  }

  /** RFC 2387: the start is shown, and the others where it points at them; those it does not point at follow it. */
  private related(part: Part, depth: number): Reading {
    const start = part.parameter('start')
    const root = part.children.find(({ id }) => start !== null && id === start) ?? part.children[0]!
    const others = part.children.filter((child) => child !== root)
    const shown = this.of(root, depth + 1, others)
    const page = pageIn(shown)
    const wanted = page ? htmlReferences(this.text(page.part)) : new Set<string>()
    const rest = others.filter((other) => !referencesTo(other).some((reference) => wanted.has(reference)))
    if (rest.length === 0) return shown
    const items = [shown, ...this.items(rest, depth, [])]
    return { kind: 'parts', part, arrangement: 'mixed', items, more: part.children.length - items.length }
  }

  /** Null for what nobody can show. */
  private leaf(part: Part, beside: readonly Part[]): Reading | null {
    const { type, subtype } = part
    switch (type) {
      case 'text':
        if (subtype === 'html') return { kind: 'html', part, beside }
        if (subtype === 'enriched' || subtype === 'richtext') return { kind: 'styled', part, form: subtype }
        // RFC 2046 4.1.4: a text that nobody knows is shown as it is.
        return {
          kind: 'text',
          part,
          flowed: part.parameter('format')?.toLowerCase() === 'flowed',
          delSp: part.parameter('delsp')?.toLowerCase() === 'yes',
        }
      case 'image':
        return imageTypes.has(subtype) ? { kind: 'image', part } : null
      case 'audio':
      case 'video':
        return { kind: type, part }
      case 'message':
        return this.ofMessage(part)
      case 'application':
        return isSealed(part) ? { kind: 'sealed', part } : null
      default:
        return null
    }
  }

  private ofMessage(part: Part): Reading | null {
    switch (part.subtype) {
      case 'delivery-status':
      case 'global-delivery-status':
        return { kind: 'delivery-status', part }
      case 'partial':
        return { kind: 'partial', part, piece: partialPiece(part) }
      case 'external-body': {
        const parameters = part.contentType?.parameters ?? []
        const named = parameters.map((each) => [each.name, parameterText(each, this.more)] as const)
        return {
          kind: 'external-body',
          part,
          external: readExternalBody(named, part.source.slice(part.body.from, part.body.to)),
        }
      }
      default:
        return null
    }
  }
}

const isLeaf = (part: Part): boolean => !isMultipart(part) && part.children.length === 0

/** RFC 2183: a file beside the letter. What belongs to the mail itself (a report, a seal) is shown whatever it says. */
const isAttached = (part: Part): boolean =>
  part.parent !== null &&
  part.disposition !== null &&
  part.disposition.kind !== 'inline' &&
  isLeaf(part) &&
  part.type !== 'message' &&
  !isSealed(part)

const isSealed = ({ type, subtype }: Part): boolean => type === 'application' && /^(?:x-)?pkcs7-mime$/.test(subtype)

const file = (part: Part, why: 'unknown' | 'limit'): Reading => ({ kind: 'file', part, inside: null, why })

/** A multipart in which nothing could be told apart: its text is better than nothing. */
const opaque = (part: Part): Reading =>
  part.opaque === 'limit' || part.size === 0
    ? file(part, part.opaque === 'limit' ? 'limit' : 'unknown')
    : { kind: 'file', part, inside: { kind: 'text', part, flowed: false, delSp: false }, why: 'unknown' }

/** What every browser shows as a picture. SVG is a picture here and never a page, so that nothing in it can run. */
const imageTypes: ReadonlySet<string> = new Set(
  'png gif jpeg jpg pjpeg x-png webp avif bmp x-ms-bmp svg+xml'.split(' '),
)

/** The type under which a picture is given to the browser: some names are old. */
export const pictureType = ({ subtype }: Part): string | null =>
  imageTypes.has(subtype) ? `image/${OLD_NAMES[subtype] ?? subtype}` : null

const OLD_NAMES: Readonly<Record<string, string>> = {
  jpg: 'jpeg',
  pjpeg: 'jpeg',
  'x-png': 'png',
  'x-ms-bmp': 'bmp',
}

function canShow(reading: Reading): boolean {
  switch (reading.kind) {
    case 'file':
      return false
    case 'parts':
      return reading.items.length > 0 && canShow(reading.items[0]!)
    case 'external-body': {
      // What a mail server would have to be asked for comes some day, or never.
      const access = reading.external.where?.access
      return access !== undefined && access !== 'mail-server' && access !== 'other'
    }
    default:
      return true
  }
}

/** The HTML text that stands for a related: itself, or the best of its forms. */
function pageIn(reading: Reading): Reading | null {
  if (reading.kind === 'html') return reading
  return reading.kind === 'alternative' ? pageIn(reading.choices[reading.best]!) : null
}

/** The ways in which an HTML text can point at a part: `cid:` and its Content-ID, or its Content-Location. */
export function referencesTo({ id, location }: Part): string[] {
  const own = id === null ? [] : [`cid:${id.replace(/^<|>$/g, '')}`]
  return location === null ? own : [...own, location]
}

function partialPiece(part: Part): PartialPiece {
  const number = (name: string): number | null => {
    const text = part.parameter(name)?.trim() ?? ''
    return /^\d{1,9}$/.test(text) ? Number(text) : null
  }
  return { id: part.parameter('id') ?? '', number: number('number'), total: number('total') }
}

/** What was fetched, as the part that it would be: under the header that travelled in its place (RFC 2046 5.2.3). */
export function fetchedEntity({ fields }: ExternalBody, octets: Octets): Octets {
  const header = fields.map(({ name, value }) => `${name}: ${value}\r\n`).join('')
  return `${header}\r\n${octets}`
}

/** The message that was sent in pieces, from those among these messages that are pieces of it. */
export function joinedFrom({ id }: PartialPiece, messages: readonly Octets[]): Joined {
  const pieces = messages.flatMap((message) => {
    // Most messages are none, and a mailbox has many.
    if (!/message\/partial/i.test(message)) return []
    const { root } = parseMessage(message)
    return root.type === 'message' && root.subtype === 'partial' ? [{ ...partialPiece(root), message }] : []
  })
  return joinPieces(id, pieces)
}

/** A line of a text, or a paragraph that flows, with how often it is quoted. */
export interface TextBlock {
  readonly quote: number
  readonly text: string
  readonly signature: boolean
}

/** `> > ` and `>>` of a text whose lines are fixed: marks that people and programs put there by custom. */
export function fixedBlocks(text: string): TextBlock[] {
  const blocks: { quote: number; lines: string[]; signature: boolean }[] = []
  const lines = text.split(/\r\n|\r|\n/)
  while (lines.at(-1) === '') lines.pop()
  let signature = false
  for (const line of lines) {
    const marks = /^(?:> ?){0,40}/.exec(line)![0]
    const quote = marks.replaceAll(' ', '').length
    if (line === '-- ') signature = true
    const content = line.slice(marks.length)
    const last = blocks.at(-1)
    if (last?.quote === quote && last.signature === signature) last.lines.push(content)
    else blocks.push({ quote, lines: [content], signature })
  }
  return blocks.map(({ quote, lines: own, signature: isSignature }) => ({
    quote,
    text: own.join('\n'),
    signature: isSignature,
  }))
}

/** What tells one form of a text from the others: its type; its language, or how what lies elsewhere is fetched. */
export function formName({ kind, part }: Reading): string {
  const type = `${part.type}/${part.subtype}`
  const more = kind === 'external-body' ? (part.parameter('access-type') ?? '') : part.languages.join(', ')
  return more === '' ? type : `${type} (${more})`
}

/** The name that the letter gives to a part, as a person reads it. */
export function wishedName({ disposition, contentType }: Part, more?: MoreCharsets): string | null {
  const given = parameter(disposition, 'filename') ?? parameter(contentType, 'name')
  return given === null ? null : parameterText(given, more)
}

/** Under which name a part is saved. */
export function savedName(part: Part): string {
  const wished = safeFileName(part)
  if (wished !== null) return wished
  const ending = ENDINGS[`${part.type}/${part.subtype}`] ?? (part.type === 'text' ? 'txt' : 'bin')
  return `part${part.number === null ? '' : `-${part.number}`}.${ending}`
}

const ENDINGS: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'audio/basic': 'au',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'message/rfc822': 'eml',
}
