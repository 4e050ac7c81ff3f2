/** What may stand in brackets behind the mailbox of SELECT and EXAMINE: CONDSTORE and QRESYNC (RFC 7162 3.1.8, 3.2.5). */
import type { Turn } from '../server/turn.ts'
import type { Reader } from '../wire/reader.ts'
import type { SequenceSet } from '../wire/sequence-set.ts'

export type Ranges = readonly (readonly [number, number])[]

/** What a client remembers of the mailbox. */
export interface Resync {
  uidValidity: number
  modseq: number
  /** UIDs that it knows; null: all up to UIDNEXT. */
  known: Ranges | null
  /** Some numbers, and the UIDs that it knows under them. */
  match: { numbers: Ranges; uids: Ranges } | null
}

export interface SelectParameters {
  condstore: boolean
  resync: Resync | null
}

export function readSelectParameters(turn: Turn, reader: Reader): SelectParameters {
  const parameters: SelectParameters = { condstore: false, resync: null }
  if (!reader.trySp()) return parameters
  reader.list(() => {
    const name = reader.word('a parameter')
    if (name === 'CONDSTORE' && (turn.offers('CONDSTORE') || turn.offers('QRESYNC'))) parameters.condstore = true
    else if (name === 'QRESYNC' && turn.offers('QRESYNC')) {
      // RFC 7162 3.2.5: BAD before ENABLE.
      if (!turn.session.enabled.has('QRESYNC')) reader.fail('QRESYNC must be enabled first')
      reader.sp()
      parameters.resync = readResync(reader)
    } else reader.fail(`${name} is no parameter`)
  })
  return parameters
}

function readResync(reader: Reader): Resync {
  reader.take('(')
  const uidValidity = reader.number32('UIDVALIDITY')
  reader.sp()
  const modseq = readModseq(reader)
  let more = reader.trySp()
  let known: Ranges | null = null
  if (more && reader.next !== '(') {
    known = plainSet(reader, reader.sequenceSet())
    more = reader.trySp()
  }
  const match = more ? readMatch(reader) : null
  reader.take(')')
  return { uidValidity, modseq, known, match }
}

/** Up to 63 bits (RFC 7162 7): one that is greater than any here could be is remembered of another mailbox. */
const MODSEQ = /[1-9]\d{0,18}/y
const readModseq = (reader: Reader): number =>
  Math.min(Number(reader.match(MODSEQ) ?? reader.fail('a modification sequence was expected')), Number.MAX_SAFE_INTEGER)

function readMatch(reader: Reader): Resync['match'] {
  reader.take('(')
  const numbers = plainSet(reader, reader.sequenceSet())
  reader.sp()
  const uids = plainSet(reader, reader.sequenceSet())
  reader.take(')')
  return { numbers, uids }
}

/** RFC 7162 7: known-uids and its like are sets without `*` or `$`. */
function plainSet(reader: Reader, set: SequenceSet): Ranges {
  if (set === 'saved' || set.ranges.some((range) => range.includes(Infinity))) reader.fail('* and $ cannot stand here')
  return set.ranges
}
