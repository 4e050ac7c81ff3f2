/** SORT (RFC 5256 2.2, 3) and SORT=DISPLAY (RFC 5957): several keys, each forwards or backwards; ties stay in mailbox order. */
import type { Content } from '../../message/content.ts'
import type { MessageModel } from '../../message/mime/model.ts'
import { caseFolded } from '../../message/mime/search-text.ts'
import type { ImapMessage } from '../backend.ts'
import type { Reader } from '../wire/reader.ts'
import { arrivedSeconds, sentSeconds } from './dates.ts'
import { Ranking } from './ranking.ts'

const NUMBERS = {
  ARRIVAL: ({ internalDate }: ImapMessage) => arrivedSeconds(internalDate),
  DATE: sentSeconds,
  SIZE: ({ content }: ImapMessage) => content.size,
}

/** Texts are folded as i;unicode-casemap has it (RFC 5256 7). */
const baseSubject = ({ baseSubject: { base } }: MessageModel) => caseFolded(base)
const addresses = ({ sortKeys: { from, to, cc, displayFrom, displayTo } }: MessageModel) => ({
  FROM: caseFolded(from),
  TO: caseFolded(to),
  CC: caseFolded(cc),
  DISPLAYFROM: caseFolded(displayFrom),
  DISPLAYTO: caseFolded(displayTo),
})

const foldedBaseSubject = (content: Content): string => content.keep('base subject', baseSubject)

type NumberKey = keyof typeof NUMBERS
type AddressKey = keyof ReturnType<typeof addresses>

export interface Criterion {
  key: NumberKey | AddressKey | 'SUBJECT'
  reverse: boolean
}

const DISPLAY: ReadonlySet<string> = new Set(['DISPLAYFROM', 'DISPLAYTO'])
const KEYS: ReadonlySet<string> = new Set(['ARRIVAL', 'CC', 'DATE', 'FROM', 'SIZE', 'SUBJECT', 'TO', ...DISPLAY])
/** Nobody has more keys than there are. */
const MOST = 50

/** `(REVERSE DATE SUBJECT)`. */
export function readCriteria(reader: Reader, offers: (capability: string) => boolean): Criterion[] {
  const criteria = reader.list((): Criterion => {
    const reverse = reader.tryWord('REVERSE')
    if (reverse) reader.sp()
    const key = reader.word('a sort key')
    if (!KEYS.has(key) || (DISPLAY.has(key) && !offers('SORT=DISPLAY'))) reader.fail(`there is no sort key ${key}`)
    return { key: key as Criterion['key'], reverse }
  })
  return criteria.length > MOST ? reader.fail('there are too many sort keys') : criteria
}

/** The places of the messages, in the order that was asked for. */
export function sorted(messages: readonly ImapMessage[], criteria: readonly Criterion[]): number[] {
  const ranking = new Ranking(messages.length)
  for (const { key, reverse } of criteria)
    if (isNumber(key)) ranking.byNumber(Float64Array.from(messages, NUMBERS[key]), reverse)
    else ranking.byText(messages.map(textOf(key)), reverse)
  return ranking.order()
}

const isNumber = (key: Criterion['key']): key is NumberKey => key in NUMBERS

function textOf(key: AddressKey | 'SUBJECT'): (message: ImapMessage) => string {
  if (key === 'SUBJECT') return ({ content }) => foldedBaseSubject(content)
  return ({ content }) => content.keep('sort addresses', addresses)[key]
}
