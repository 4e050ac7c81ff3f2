/**
 * HTTP in the segments of a connection (RFC 9112). A message may lie in several of them, or each of its lines in one of its
 * own where a person types it: so a direction remembers where in its message the next octet stands.
 */
import type { Octets } from '../../bytes/octets.ts'
import { harmless } from '../../bytes/utf8.ts'
import { unescaped } from '../../mua/web/pages.ts'
import { readable, type Dissection } from './dissect.ts'
import { messageLines, MOST_LINES, readableLine, rest, word } from './lines.ts'

export interface HttpPlace {
  readonly part: 'start' | 'fields' | 'body'
  /** Octets of the body that are still to come. */
  readonly left: number
  /** What kind of body it is, as its head said. */
  readonly type: Octets
  /** A line of the head that the segment before has cut, as far as it came. */
  readonly begun: Octets
}

export const HTTP_START: HttpPlace = { part: 'start', left: 0, type: '', begun: '' }

interface Piece {
  readonly part: 'start' | 'field' | 'end' | 'body'
  readonly from: number
  readonly to: number
  readonly type: Octets
}

/** A head is no longer than that: no server would read on (http/message.ts). */
const LONGEST_LINE = 16_384

function piecesOf(data: Octets, place: HttpPlace): { pieces: Piece[]; place: HttpPlace } {
  const pieces: Piece[] = []
  let { part, left, type, begun } = place
  for (let at = 0; at < data.length;) {
    const lineEnd = part === 'body' ? -1 : data.indexOf('\n', at) + 1
    const to = part === 'body' ? Math.min(data.length, at + left) : lineEnd || data.length
    const line = begun + data.slice(at, to)
    begun = ''
    if (part === 'body') {
      pieces.push({ part, from: at, to, type })
      left -= to - at
      if (left === 0) part = 'start'
    } else if (/^\r?\n$/.test(line)) {
      pieces.push({ part: 'end', from: at, to, type })
      part = part === 'fields' && left > 0 ? 'body' : 'start'
    } else {
      pieces.push({ part: part === 'start' ? 'start' : 'field', from: at, to, type })
      if (lineEnd === 0) begun = line.slice(0, LONGEST_LINE)
      else if (part === 'start') [part, left, type] = ['fields', 0, '']
      else {
        const [, name = '', value = ''] = /^([^:]*):[ \t]*(.*?)[ \t]*\r?\n$/.exec(line) ?? []
        if (/^content-length$/i.test(name) && /^\d{1,15}$/.test(value)) left = Number(value)
        if (/^content-type$/i.test(name)) type = value.toLowerCase()
      }
    }
    at = to
  }
  return { pieces, place: { part, left, type, begun } }
}

/** Where the octet behind this segment stands. */
export const httpAfter = (data: Octets, place: HttpPlace): HttpPlace => piecesOf(data, place).place

/** As Wireshark has it: `GET /mail/INBOX HTTP/1.1`, `HTTP/1.1 200 OK  (application/json)`. */
export function httpInfo(data: Octets, place: HttpPlace): string {
  const { pieces } = piecesOf(data, place)
  const lines = pieces.filter(({ part }) => part === 'start' || part === 'field')
  const starts = lines.filter(({ part }) => part === 'start')
  const said = (starts.length > 0 ? starts : lines).map(({ from, to }) => data.slice(from, to).trimEnd()).join(' | ')
  if (said === '') return pieces[0]?.part === 'end' ? 'End of header fields' : `Continuation, ${data.length} bytes`
  const type = starts.length === 0 ? '' : pieces.at(-1)!.type
  return type === '' ? said : `${said}  (${type})`
}

export function httpFields(of: Dissection, place: HttpPlace, speaker: 'client' | 'server'): void {
  for (const { part, from, to, type } of piecesOf(here(of), place).pieces.slice(0, MOST_LINES)) {
    const length = to - from
    const isRest = from === 0 && place.begun !== ''
    if (part === 'body') of.group('Body', 'http.body', () => body(of, type), length)
    else if (part === 'end') of.bytes('End of header fields', 'http.end', length, () => '')
    else if (isRest) of.bytes('Rest of a line', 'http.rest', length, readableLine)
    else if (part === 'field') field(of, length)
    else if (speaker === 'server') of.group('Status line', 'http.status', () => startLine(of, STATUS), length)
    else of.group('Request line', 'http.request', () => startLine(of, REQUEST), length)
  }
  if (of.left > 0) of.bytes('More lines', 'http.rest', of.left, (octets) => `${octets.length}`)
}

const here = (of: Dissection): Octets => of.octets.slice(of.at, of.at + of.left)

type Named = readonly [name: string, why: string]

/** Two words and what is left (RFC 9112 3 and 4), each with its name and its reason. */
function startLine(of: Dissection, [first, second, last]: readonly [Named, Named, Named]): string {
  const line = readableLine(here(of))
  word(of, ...first)
  word(of, ...second)
  rest(of, ...last)
  return line
}

const VERSION = ['Version', 'http.version'] as const
const REQUEST = [['Method', 'http.method'], ['Target', 'http.target'], VERSION] as const
const STATUS = [VERSION, ['Status code', 'http.code'], ['Reason phrase', 'http.phrase']] as const

/** Those of which there is more to say than that they are fields. */
const FIELDS: ReadonlySet<string> = new Set([
  ...['host', 'cookie', 'set-cookie', 'content-type', 'content-length', 'connection'],
  ...['location', 'server', 'cache-control', 'allow'],
])

function field(of: Dissection, length: number): void {
  const line = of.octets.slice(of.at, of.at + length)
  const [name, blanks] = /^([^:\r\n]*)(:[ \t]*)?/.exec(line)!.slice(1)
  const known = name!.toLowerCase()
  of.group(
    'Header field',
    `http.field.${FIELDS.has(known) ? known : 'other'}`,
    () => {
      of.bytes('Field name', 'http.name', name!.length, readable)
      of.bytes('Separator', 'http.colon', blanks?.length ?? 0, (octets) => `"${octets}"`)
      rest(of, 'Field value', 'http.value')
      return readableLine(line)
    },
    length,
  )
}

function body(of: Dissection, type: Octets): string {
  const size = `${of.left} bytes`
  if (type.startsWith('application/x-www-form-urlencoded')) form(of)
  else if (type.startsWith('application/json')) of.bytes('JSON', 'http.json', of.left, readable)
  else if (/^(?:message|text)\//.test(type)) messageLines(of, 'http.line')
  else of.bytes('Data', 'data', of.left, readable)
  return size
}

/** `user=alice%40rennes.example&password=...` */
function form(of: Dissection): void {
  const plain = (octets: Octets) => harmless(unescaped(octets.replaceAll('+', '%20')))
  for (const pair of here(of).split(/(?<=&)/, MOST_LINES)) {
    const [, name, equals, value, more] = /^([^=&]*)(=?)([^&]*)(&?)/.exec(pair)!
    of.group(
      'Form field',
      'http.form',
      () => {
        of.bytes('Name', 'http.form.name', name!.length + equals!.length, (octets) => plain(octets.replace(/=$/, '')))
        of.bytes('Value', 'http.form.value', value!.length, plain)
        of.bytes('Separator', 'http.form.next', more!.length, (octets) => `"${octets}"`)
        return `${plain(name!)} = ${plain(value!)}`
      },
      pair.length,
    )
  }
  if (of.left > 0) of.bytes('Data', 'data', of.left, readable)
}
