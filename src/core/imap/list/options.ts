/** What a LIST command asks for: names and patterns, and the options of LIST-EXTENDED (RFC 5258), LIST-STATUS, SPECIAL-USE. */
import type { Turn } from '../server/turn.ts'
import { readStatusItems } from '../server/status.ts'
import type { Reader } from '../wire/reader.ts'

export interface ListWish {
  reference: string
  patterns: readonly string[]
  select: ReadonlySet<string>
  tell: ReadonlySet<string>
  /** Items of a STATUS for each; null where none is wanted. */
  status: readonly string[] | null
  /** Written in the extended form: then names that are not there are \NonExistent, and an empty pattern is one. */
  extended: boolean
}

const SELECT: ReadonlyMap<string, string> = new Map([
  ['SUBSCRIBED', 'LIST-EXTENDED'],
  ['REMOTE', 'LIST-EXTENDED'],
  ['RECURSIVEMATCH', 'LIST-EXTENDED'],
  ['SPECIAL-USE', 'SPECIAL-USE'],
])
const TELL: ReadonlyMap<string, string> = new Map([
  ['SUBSCRIBED', 'LIST-EXTENDED'],
  ['CHILDREN', 'LIST-EXTENDED'],
  ['SPECIAL-USE', 'SPECIAL-USE'],
  ['STATUS', 'LIST-STATUS'],
])

export function readListWish(turn: Turn, reader: Reader): ListWish {
  reader.sp()
  const select = new Set<string>()
  let extended = false
  if (reader.next === '(') {
    extended = true
    if (!reader.try('()')) reader.list(() => select.add(optionOf(turn, reader, SELECT)))
    reader.sp()
  }
  // RFC 5258 3: there is nothing to recur from without another option.
  if (select.has('RECURSIVEMATCH') && !select.has('SUBSCRIBED') && !select.has('SPECIAL-USE'))
    reader.fail('RECURSIVEMATCH goes with SUBSCRIBED or SPECIAL-USE')
  const reference = reader.mailbox()
  reader.sp()
  let patterns: string[]
  if (reader.next === '(') {
    extended = true
    patterns = reader.list(() => reader.listMailbox())
  } else patterns = [reader.listMailbox()]
  const tell = new Set<string>()
  let status: string[] | null = null
  if (reader.trySp()) {
    extended = true
    if (!reader.tryWord('RETURN')) reader.fail('RETURN was expected')
    reader.sp()
    if (!reader.try('()'))
      reader.list(() => {
        const option = optionOf(turn, reader, TELL)
        tell.add(option)
        if (option !== 'STATUS') return
        reader.sp()
        status = readStatusItems(turn, reader)
      })
  }
  if (extended && !turn.offers('LIST-EXTENDED') && !turn.offers('SPECIAL-USE') && !turn.offers('LIST-STATUS'))
    reader.fail('LIST-EXTENDED is not offered here')
  return { reference, patterns, select, tell, status, extended }
}

function optionOf(turn: Turn, reader: Reader, known: ReadonlyMap<string, string>): string {
  const option = reader.word('an option')
  const extension = known.get(option) ?? reader.fail(`there is no option ${option}`)
  if (!turn.offers(extension)) reader.fail(`${option} needs the capability ${extension}`)
  return option
}
