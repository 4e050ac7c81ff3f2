/**
 * Takes a message apart (RFC 2046 5.1) in one pass over its source.
 *
 * Whatever multiparts are open when a line begins with two dashes, one look into a table tells whose delimiter it is, so
 * that a hundred nested multiparts cost no more than one. The delimiter of an outer multipart ends all that is open
 * inside it, closed or not (RFC 2046 5.1.2). Nothing that is wrong stops the parser: it goes on and reports.
 */
import type { Octets } from '../../bytes/octets.ts'
import { parameter } from '../content-fields.ts'
import { collector, type Report } from '../problems.ts'
import { type HeaderSection, headerSection } from '../section.ts'
import { DelimiterLines, type Found } from './delimiters.ts'
import { Entity, numberParts, OpenMultipart } from './entity.ts'
import { isMessage, isMultipart, type MessageTree, type Opaque } from './part.ts'

export interface ParseLimits {
  /** How many parts are read in all; what comes behind is left in one piece. */
  readonly parts?: number
  /** How many multiparts and messages may lie one in the other; what lies deeper is left in one piece. */
  readonly depth?: number
}

const PARTS = 10_000
const DEPTH = 100

/** RFC 2046 5.1.1. */
const LONGEST_BOUNDARY = 70
const NO_BOUNDARY_CHARACTER = /[^0-9A-Za-z'()+_,\-./:=? ]/

/** What RFC 2045 6.4 allows for what holds other parts. */
const IDENTITY = new Set(['7bit', '8bit', 'binary'])

export function parseMessage(source: Octets, { parts = PARTS, depth = DEPTH }: ParseLimits = {}): MessageTree {
  const { report, found } = collector()
  const parser = new Parser(source, parts, depth, report)
  return { root: parser.message(), problems: found }
}

class Parser {
  private readonly source: Octets
  private readonly depth: number
  private readonly report: Report
  private readonly lines: DelimiterLines
  /** How many more parts may be read. */
  private left: number
  /** The limit was reached: nobody looks for delimiters any more. */
  private full = false

  constructor(source: Octets, parts: number, depth: number, report: Report) {
    this.source = source
    this.left = parts
    this.depth = depth
    this.report = report
    this.lines = new DelimiterLines(source)
  }

  message(): Entity {
    const root = new Entity(this.source, null)
    this.entity(root, 0, 0)
    numberParts(root)
    return root
  }

  /** Reads a part that begins at `from`, and gives the delimiter that ends it; null at the end of the source. */
  private entity(part: Entity, from: number, depth: number): Found | null {
    this.left--
    const { section, stop } = this.header(from)
    part.standAt(from)
    part.fields = section.fields
    part.readContent(this.report)
    part.opaque = this.opaque(part, depth)
    const body = stop ? stop.from : section.body
    part.header = { from, to: body }
    const end = part.opaque === null ? this.inner(part, body, stop, depth) : (stop ?? this.lines.next(body))
    const to = end ? end.from : this.source.length
    part.place = { from, to }
    part.body = { from: body, to }
    return end
  }

  /** The body of a part, `stop` being the delimiter that ended its header already. */
  private inner(part: Entity, body: number, stop: Found | null, depth: number): Found | null {
    if (isMultipart(part)) return this.multipart(part, body, stop, depth)
    if (!isMessage(part)) return stop ?? this.lines.next(body)
    const message = new Entity(this.source, part)
    part.children.push(message)
    if (!stop) return this.entity(message, body, depth + 1)
    message.standAt(body)
    return stop
  }

  /**
   * The header that begins at `from`, cut where a delimiter stands in it. A delimiter may look like a field (a boundary
   * may hold a colon), so it is looked for first; but not further than the header goes, or a message of a thousand short
   * parts would be read a thousand times. Hence in windows that grow.
   */
  private header(from: number): { section: HeaderSection; stop: Found | null } {
    const length = this.source.length
    for (let window = 4096; ; window *= 8) {
      const far = Math.min(length, from + window)
      const stop = this.lines.next(from, far)
      const to = stop ? stop.from : far
      const { report, found } = collector()
      const section = headerSection(this.source, from, to, report)
      if (!stop && section.body >= far && far < length) continue
      for (const problem of found) this.report(problem.key, problem.from, problem.to)
      return { section, stop: section.body >= to ? stop : null }
    }
  }

  private opaque(part: Entity, depth: number): Opaque | null {
    const { from, to } = part.contentPlace()
    if (!isMultipart(part) && !isMessage(part)) return null
    if (!IDENTITY.has(part.encoding)) {
      this.report('encoded-composite', from, to)
      return 'encoded'
    }
    if (isMultipart(part) && boundaryOf(part) === '') {
      this.report('boundary-missing', from, to)
      return 'boundary'
    }
    // A message needs at least one part more than itself.
    if (depth < this.depth && this.left > 0) return null
    this.report(depth < this.depth ? 'too-many-parts' : 'too-deep', from, to)
    return 'limit'
  }

  private multipart(part: Entity, body: number, stop: Found | null, depth: number): Found | null {
    const boundary = boundaryOf(part)
    this.boundaryTroubles(part, boundary)
    const multipart = new OpenMultipart(boundary)
    part.multipart = multipart
    const level = this.lines.open(boundary)
    // The line that ended the header may be a delimiter of this very multipart: some nest one in another of that boundary.
    let found = stop ? this.lines.next(stop.text.from, stop.lineEnd, stop.from) : this.lines.next(body)
    const end = found ? found.from : this.source.length
    if (end > body) multipart.preamble = { from: body, to: end }
    while (found && found.level === level && !found.closing) {
      if (this.left <= 0) {
        found = this.unread(multipart, found)
        break
      }
      multipart.add(found, found.lineEnd)
      const child = new Entity(this.source, part)
      part.children.push(child)
      found = this.entity(child, found.lineEnd, depth + 1)
    }
    this.lines.close()
    if (multipart.delimiters.length === 0) this.report('no-parts', body, found ? found.from : this.source.length)
    if (found && found.level === level) return this.epilogue(multipart, found)
    const at = found ? found.from : this.source.length
    if (!this.full) this.report('no-closing-delimiter', at, at)
    return found
  }

  /** Behind the closing delimiter. Its line end belongs to it, unless the next delimiter follows at once and owns it. */
  private epilogue(multipart: OpenMultipart, closing: Found): Found | null {
    const next = this.lines.next(closing.lineEnd, this.source.length, closing.padEnd)
    const to = next ? next.from : this.source.length
    multipart.add(closing, Math.min(closing.lineEnd, to))
    if (to > closing.lineEnd) multipart.epilogue = { from: closing.lineEnd, to }
    return next
  }

  /** More parts than anybody reads: the rest of the source is passed over as the epilogue is. */
  private unread(multipart: OpenMultipart, surplus: Found): null {
    this.full = true
    this.report('too-many-parts', surplus.text.from, surplus.text.to)
    multipart.epilogue = { from: surplus.from, to: this.source.length }
    return null
  }

  private boundaryTroubles(part: Entity, boundary: string): void {
    const { from, to, value } = parameter(part.contentType, 'boundary')!
    if (boundary.length > LONGEST_BOUNDARY) this.report('boundary-too-long', from, to)
    if (NO_BOUNDARY_CHARACTER.test(boundary)) this.report('boundary-character', from, to)
    if (boundary !== value) this.report('boundary-blank', from, to)
  }
}

/** As octets, for so it stands in the source; without the blanks at its end, which may not be there (RFC 2046 5.1.1). */
function boundaryOf(part: Entity): Octets {
  const written = parameter(part.contentType, 'boundary')?.value ?? ''
  let to = written.length
  while (to > 0 && (written[to - 1] === ' ' || written[to - 1] === '\t')) to--
  return written.slice(0, to)
}
