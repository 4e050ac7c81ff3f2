/** How the result of a search is told: the line of RFC 3501, or ESEARCH (RFC 4731) with what was asked of it. */
import type { Octets } from '../../bytes/octets.ts'
import type { Reader } from '../wire/reader.ts'
import { writeSet } from '../wire/sequence-set.ts'

export interface ReturnOptions {
  readonly names: ReadonlySet<string>
  /** Of PARTIAL: places in the result, from 1 (RFC 5267 4.4). */
  readonly partial: readonly [from: number, to: number] | null
}

const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['MIN', 'ESEARCH'],
  ['MAX', 'ESEARCH'],
  ['ALL', 'ESEARCH'],
  ['COUNT', 'ESEARCH'],
  ['SAVE', 'SEARCHRES'],
  ['UPDATE', 'CONTEXT'],
  ['CONTEXT', 'CONTEXT'],
  ['PARTIAL', 'CONTEXT'],
])

/** Behind RETURN. Nothing in the brackets is ALL (RFC 4731 3.1). */
export function readReturn(reader: Reader, offers: (capability: string) => boolean): ReturnOptions {
  const names = new Set<string>()
  let partial: ReturnOptions['partial'] = null
  reader.sp()
  if (!reader.try('()'))
    reader.list(() => {
      const name = reader.word('an option')
      const extension = OPTIONS.get(name) ?? reader.fail(`there is no option ${name}`)
      if (!offers(extension)) reader.fail(`${name} needs the capability ${extension}`)
      if (name === 'PARTIAL') {
        if (partial !== null) reader.fail('PARTIAL is asked for once')
        reader.sp()
        const from = reader.number32('a place')
        reader.take(':')
        const to = reader.number32('a place')
        if (from === 0 || to === 0) reader.fail('places count from 1')
        partial = from <= to ? [from, to] : [to, from]
      }
      names.add(name)
    })
  if (names.has('PARTIAL') && names.has('ALL')) reader.fail('PARTIAL and ALL exclude each other')
  return { names: names.size === 0 ? new Set(['ALL']) : names, partial }
}

export interface Found {
  tag: Octets
  byUid: boolean
  /** Numbers, or UIDs, in the order of the result. */
  numbers: readonly number[]
  /** Their modification sequences, where the search asked for such. */
  modseqs: readonly number[] | null
}

/** Null of none. */
export const highestOf = (modseqs: readonly number[]): number | null =>
  modseqs.length === 0 ? null : modseqs.reduce((highest, modseq) => Math.max(highest, modseq))

/** Null: only SAVE was asked for, so that nothing is told (RFC 5182 2.1). */
export function esearchLine({ names, partial }: ReturnOptions, { tag, byUid, numbers, modseqs }: Found): Octets | null {
  const told: Octets[] = []
  const first = numbers[0]
  if (names.has('MIN') && first !== undefined) told.push(`MIN ${first}`)
  if (names.has('MAX') && first !== undefined) told.push(`MAX ${numbers.at(-1)}`)
  if (names.has('ALL') && first !== undefined) told.push(`ALL ${writeSet(numbers)}`)
  if (names.has('COUNT')) told.push(`COUNT ${numbers.length}`)
  if (partial) {
    const part = numbers.slice(partial[0] - 1, partial[1])
    told.push(`PARTIAL (${partial[0]}:${partial[1]} ${part.length === 0 ? 'NIL' : writeSet(part)})`)
  }
  if (names.size === 1 && names.has('SAVE')) return null
  // RFC 4731 3.2: of what is told, not of what was found.
  const all = names.has('ALL') || names.has('COUNT')
  const part = modseqs && partial ? modseqs.slice(partial[0] - 1, partial[1]) : []
  const highest = modseqs && highestOf(all ? modseqs : [...endsOf(names, modseqs), ...part])
  if (highest !== null) told.push(`MODSEQ ${highest}`)
  return [`ESEARCH (TAG "${tag.replace(/["\\]/g, '\\$&')}")`, ...(byUid ? ['UID'] : []), ...told].join(' ')
}

/** RFC 5182 2.1: with MIN or MAX and nothing more, `$` is what they mean; else all of the result. */
export function savedOf({ names }: ReturnOptions, uids: readonly number[]): number[] {
  const all = names.has('ALL') || names.has('COUNT') || names.has('PARTIAL')
  return [...(all || (!names.has('MIN') && !names.has('MAX')) ? uids : endsOf(names, uids))].sort((a, b) => a - b)
}

function endsOf(names: ReadonlySet<string>, numbers: readonly number[]): number[] {
  if (numbers.length === 0) return []
  const ends = [...(names.has('MIN') ? [numbers[0]!] : []), ...(names.has('MAX') ? [numbers.at(-1)!] : [])]
  return [...new Set(ends)]
}
