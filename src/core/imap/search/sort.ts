/** SORT (RFC 5256 2.2, 3) and SORT=DISPLAY (RFC 5957): several keys, each forwards or backwards; ties stay in mailbox order. */
import type { Content } from '../../message/content.ts'
import type { MessageModel } from '../../message/mime/model.ts'
import { caseFolded } from '../../message/mime/search-text.ts'
import type { ImapMessage } from '../backend.ts'
import type { Reader } from '../wire/reader.ts'

export interface Criterion {
  key: SortKey
  reverse: boolean
}

type SortKey = 'ARRIVAL' | 'CC' | 'DATE' | 'FROM' | 'SIZE' | 'SUBJECT' | 'TO' | 'DISPLAYFROM' | 'DISPLAYTO'

const KEYS: ReadonlySet<string> = new Set<SortKey>([
  'ARRIVAL',
  'CC',
  'DATE',
  'FROM',
  'SIZE',
  'SUBJECT',
  'TO',
  'DISPLAYFROM',
  'DISPLAYTO',
])

/** `(REVERSE DATE SUBJECT)`. */
export function readCriteria(reader: Reader, offers: (capability: string) => boolean): Criterion[] {
  const criteria: Criterion[] = []
  reader.take('(')
  do {
    const reverse = reader.tryWord('REVERSE')
    if (reverse) reader.sp()
    const key = reader.word('a sort key')
    if (!KEYS.has(key) || (key.startsWith('DISPLAY') && !offers('SORT=DISPLAY')))
      reader.fail(`there is no sort key ${key}`)
    criteria.push({ key: key as SortKey, reverse })
  } while (reader.trySp())
  reader.take(')')
  return criteria
}

/** The texts by which messages are sorted, folded as i;unicode-casemap has it. */
const textKeys = ({ sortKeys: { from, to, cc, subject, displayFrom, displayTo } }: MessageModel) => ({
  FROM: caseFolded(from),
  TO: caseFolded(to),
  CC: caseFolded(cc),
  SUBJECT: caseFolded(subject),
  DISPLAYFROM: caseFolded(displayFrom),
  DISPLAYTO: caseFolded(displayTo),
})

/** When it was sent, in UTC; where it does not say, when it came (RFC 5256 2.2). */
export function sentAt({ content, internalDate }: ImapMessage): number {
  return content.keep('sent at', ({ sortKeys: { date } }) => ({ at: date?.epochMillis ?? null })).at ?? internalDate
}

function column(messages: readonly ImapMessage[], key: SortKey): Float64Array | readonly string[] {
  const text = (name: keyof ReturnType<typeof textKeys>) => (content: Content) =>
    content.keep('sort keys', textKeys)[name]
  switch (key) {
    case 'ARRIVAL':
      return Float64Array.from(messages, ({ internalDate }) => internalDate)
    case 'DATE':
      return Float64Array.from(messages, sentAt)
    case 'SIZE':
      return Float64Array.from(messages, ({ content }) => content.size)
    default: {
      const read = text(key)
      return messages.map(({ content }) => read(content))
    }
  }
}

interface Column {
  values: Float64Array | readonly string[]
  sign: 1 | -1
}

/** The UIDs in the order that was asked for. */
export function sorted(messages: readonly ImapMessage[], criteria: readonly Criterion[]): number[] {
  const columns = criteria.map(({ key, reverse }): Column => ({
    values: column(messages, key),
    sign: reverse ? -1 : 1,
  }))
  const order = Uint32Array.from(messages, (_, at) => at)
  order.sort(columns.length === 1 ? byOne(columns[0]!) : byAll(columns))
  return Array.from(order, (at) => messages[at]!.uid)
}

/** Mostly one key is asked for, a date: numbers compare faster as numbers. */
function byOne({ values, sign }: Column): (a: number, b: number) => number {
  if (values instanceof Float64Array) return (a, b) => sign * (values[a]! - values[b]!) || a - b
  return byAll([{ values, sign }])
}

function byAll(columns: readonly Column[]): (a: number, b: number) => number {
  return (a, b) => {
    for (const { values, sign } of columns) {
      const one = values[a]!
      const other = values[b]!
      if (one !== other) return one < other ? -sign : sign
    }
    return a - b
  }
}
