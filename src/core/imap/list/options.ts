/** The arguments of LIST, plain and extended (RFC 5258 3, RFC 5819 2, RFC 6154 5.2). */
import { readStatusItems, type StatusItem } from '../server/status-items.ts'
import type { Turn } from '../server/turn.ts'
import type { Reader } from '../wire/reader.ts'

export interface ListOptions {
  reference: string
  patterns: readonly string[]
  /** Options or several patterns were written: the client knows RFC 5258. */
  extended: boolean
  select: { subscribed: boolean; remote: boolean; recursive: boolean; specialUse: boolean }
  show: { subscribed: boolean; children: boolean; specialUse: boolean }
  status: readonly StatusItem[] | null
}

export function readListOptions(turn: Turn, reader: Reader): ListOptions {
  const options: ListOptions = {
    reference: '',
    patterns: [],
    extended: false,
    select: { subscribed: false, remote: false, recursive: false, specialUse: false },
    show: { subscribed: false, children: false, specialUse: false },
    status: null,
  }
  const extend = () => {
    if (!turn.offers('LIST-EXTENDED')) reader.fail('LIST-EXTENDED is not offered here')
    options.extended = true
  }
  reader.sp()
  if (reader.next === '(') {
    extend()
    readSelection(turn, reader, options)
    reader.sp()
  }
  options.reference = reader.mailbox()
  reader.sp()
  if (reader.next === '(') {
    extend()
    options.patterns = reader.list(() => reader.listMailbox())
  } else options.patterns = [reader.listMailbox()]
  if (reader.trySp()) {
    extend()
    if (!reader.tryWord('RETURN')) reader.fail('RETURN was expected')
    reader.sp()
    readReturn(turn, reader, options)
  }
  reader.end()
  return options
}

/** Items in brackets, perhaps none. */
function optional(reader: Reader, item: () => void): void {
  reader.take('(')
  if (reader.try(')')) return
  do item()
  while (reader.trySp())
  reader.take(')')
}

function readSelection(turn: Turn, reader: Reader, { select, show }: ListOptions): void {
  optional(reader, () => {
    const name = reader.word('an option')
    // RFC 5258 3.1: what is asked for is also told.
    if (name === 'SUBSCRIBED') select.subscribed = show.subscribed = true
    else if (name === 'REMOTE') select.remote = true
    else if (name === 'RECURSIVEMATCH') select.recursive = true
    else if (name === 'SPECIAL-USE' && turn.offers('SPECIAL-USE')) select.specialUse = show.specialUse = true
    else reader.fail(`${name} is no selection option`)
  })
  // RFC 5258 3.1.
  if (select.recursive && !select.subscribed && !select.specialUse) reader.fail('RECURSIVEMATCH cannot stand alone')
}

function readReturn(turn: Turn, reader: Reader, options: ListOptions): void {
  const { show } = options
  optional(reader, () => {
    const name = reader.word('an option')
    if (name === 'SUBSCRIBED') show.subscribed = true
    else if (name === 'CHILDREN') show.children = true
    else if (name === 'SPECIAL-USE' && turn.offers('SPECIAL-USE')) show.specialUse = true
    else if (name === 'STATUS' && turn.offers('LIST-STATUS')) {
      reader.sp()
      options.status = readStatusItems(turn, reader)
    } else reader.fail(`${name} is no return option`)
  })
}
