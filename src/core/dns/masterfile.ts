/**
 * A whole zone as text (RFC 1035 section 5), read and written: `$ORIGIN` and `$TTL` (RFC 2308 4), comments, records over
 * several lines in brackets, and the owner of the line before where a line begins with a blank.
 */
import { isAbsolute, isWithin, normalName } from './names.ts'
import type { ResourceRecord } from './records.ts'
import { dataText, parseRecord, type Wrong } from './zonefile.ts'

/** A record of the text, or what is wrong there. */
export interface Entry {
  /** From 1. */
  readonly line: number
  /** How many lines it takes. */
  readonly lines: number
  readonly record: ResourceRecord | null
  readonly wrong: Wrong | null
}

const ZONE_LIMITS = { characters: 65_536, records: 1000 } as const

/** Where no line says how long a record may be remembered. */
const USUAL_TTL = 3600

export function readMaster(text: string, zone: string): Entry[] {
  const entries: Entry[] = []
  let origin = zone
  let ttl = USUAL_TTL
  let owner: string | null = null
  if (text.length > ZONE_LIMITS.characters) return [tooMany(1)]
  for (const { line, lines, content } of logicalLines(text)) {
    if (/^[ \t()]*$/.test(content)) continue
    if (entries.length >= ZONE_LIMITS.records) return [...entries, tooMany(line)]
    const failed = (wrong: Wrong) => entries.push({ line, lines, record: null, wrong })
    if (content.startsWith('$')) {
      const read = directive(content, origin)
      if ('why' in read) failed(read)
      else {
        origin = read.origin ?? origin
        ttl = read.ttl ?? ttl
      }
      continue
    }
    const blank = /^[ \t]/.test(content)
    const record: ReturnType<typeof parseRecord> = parseRecord(
      blank && owner !== null ? `${owner}.${content}` : content,
      origin,
      ttl,
      zone,
    )
    if ('error' in record) failed(record.wrong)
    else {
      owner = record.name
      entries.push({ line, lines, record, wrong: null })
    }
  }
  return entries
}

const tooMany = (line: number): Entry => ({
  line,
  lines: 1,
  record: null,
  wrong: { field: 'line', why: 'many', text: '', most: ZONE_LIMITS.records },
})

function directive(content: string, origin: string): { origin?: string; ttl?: number } | Wrong {
  const [word = '', value = ''] = content.trim().split(/[ \t]+/)
  if (word.toUpperCase() === '$TTL') {
    if (/^\d{1,10}$/.test(value) && Number(value) < 2 ** 31) return { ttl: Number(value) }
    return { field: 'ttl', why: 'number', text: value, most: 2 ** 31 - 1 }
  }
  if (word.toUpperCase() !== '$ORIGIN') return { field: 'line', why: 'directive', text: word, most: 0 }
  const name = normalName(isAbsolute(value) ? value : `${value}.${origin}`)
  return name === null || value === '' ? { field: 'name', why: 'name', text: value, most: 0 } : { origin: name }
}

/** Lines without their comments, those within brackets as one. A quote that is open ends with its line. */
function* logicalLines(text: string): Generator<{ line: number; lines: number; content: string }> {
  let content = ''
  let start = 1
  let depth = 0
  const physical = text.split(/\r\n|\r|\n/)
  for (const [at, line] of physical.entries()) {
    for (const [piece] of line.matchAll(/"(?:\\.|[^"\\])*"?|\\.?|;.*|[^"\\;]/gsu)) {
      if (piece.startsWith(';')) continue
      if (piece === '(') depth++
      else if (piece === ')') depth = Math.max(0, depth - 1)
      content += piece === '(' || piece === ')' ? ' ' : piece
    }
    if (depth > 0 && at < physical.length - 1) {
      content += ' '
      continue
    }
    yield { line: start, lines: at + 2 - start, content }
    content = ''
    start = at + 2
  }
}

/** What `readMaster` reads as these records, in columns. */
export function masterText(origin: string, records: readonly ResourceRecord[]): string {
  const ttl = records.find(({ type }) => type === 'SOA')?.ttl ?? records[0]?.ttl ?? USUAL_TTL
  const owners = records.map(({ name }) => relative(name, origin))
  const width = Math.max(...owners.map(({ length }) => length), 1)
  const lines = records.map((record, at) => lineOf(owners[at]!.padEnd(width), record, origin, ttl))
  return [`$ORIGIN ${origin}.`, `$TTL ${ttl}`, ...lines, ''].join('\n')
}

function lineOf(owner: string, record: ResourceRecord, origin: string, usual: number): string {
  const ttl = record.ttl === usual ? '' : `${record.ttl} `
  const start = `${owner} ${ttl}IN ${record.type.padEnd(5)}`
  return `${start} ${relativeData(record, origin)}`
}

function relativeData(record: ResourceRecord, origin: string): string {
  const short = (name: string) => relative(name, origin)
  switch (record.type) {
    case 'NS':
      return short(record.server)
    case 'CNAME':
      return short(record.target)
    case 'MX':
      return `${record.preference} ${short(record.exchange)}`
    case 'SRV':
      return `${record.priority} ${record.weight} ${record.port} ${short(record.target)}`
    case 'SOA': {
      const { serial, refresh, retry, expire, minimum } = record
      const numbers = { serial, refresh, retry, expire, minimum }
      const lines = Object.entries(numbers).map(([name, value]) => `\n        ${String(value).padEnd(10)} ; ${name}`)
      return `${short(record.primary)} ${short(record.mailbox)} (${lines.join('')} )`.replace(
        /( ; minimum) \)$/,
        ' )$1',
      )
    }
    default:
      return dataText(record)
  }
}

/** `@` for the zone itself, a name within it without its end, any other with its final dot. */
export function relative(name: string, origin: string): string {
  if (name === origin) return '@'
  return origin !== '' && isWithin(name, origin) ? name.slice(0, -origin.length - 1) : `${name}.`
}
