/**
 * The line that is being typed, looked at before Enter: which row it is, which piece of its syntax one is in, and what is
 * wrong with it already, where that is certain. The servers' own readers are asked, so that both say the same.
 */
import { number } from '../../pop3/grammar.ts'
import { pathArgument } from '../../smtp/grammar.ts'
import { utf8Octets } from '../../bytes/utf8.ts'
import type { CommandRow } from '../../engine.ts'
import { isOffered } from '../protocols.ts'
import { verbIn, type Server } from './complete.ts'
import { nearest } from './meant.ts'
import type { Why } from './scene.ts'
import { argumentsOf, pieceAt, syntaxPieces, type SyntaxPiece } from './syntax.ts'

export interface Look {
  readonly verb: string
  readonly row: CommandRow<string>
  readonly pieces: readonly SyntaxPiece[]
  /** The piece that is being typed; -1 where there is no room for what stands there. */
  readonly now: number
  /** What is wrong already. */
  readonly trouble: Why | null
  /** States in which it may be said, where it may not now. */
  readonly legalIn: readonly string[] | null
}

/** Null where no verb is known yet; `trouble` alone where there can be none. */
export function look(listener: Server, line: string): Look | { trouble: Why } | null {
  const { table, state, capabilities } = listener
  if (line.trim() === '') return null
  const swallowed = table.swallowing[state]
  if (swallowed !== undefined) return lookAt(swallowed, '', null)
  const { from, verb, behind } = verbIn(listener, `${line} `)
  if (from < 0) return null
  if (verb === null) return unknown(listener, line, from)
  const row = table.rows[verb]!
  const legalIn = row.legalIn.includes(state) ? null : row.legalIn
  if (line.length < behind) return lookAt(verb, null, legalIn)
  const rest = line.slice(behind)
  if (!isOffered(row.extension, capabilities))
    return { ...lookAt(verb, rest, legalIn), trouble: { key: 'look.offered', values: { word: row.extension! } } }
  return lookAt(verb, rest, legalIn)

  function lookAt(of: string, behindIt: string | null, where: readonly string[] | null): Look {
    const found = table.rows[of]!
    const pieces = syntaxPieces(found, of)
    const words = behindIt === null ? null : argumentsOf(behindIt)
    const now = words === null ? of.split(' ').length - 1 : pieceAt(pieces, words)
    const trouble = where !== null ? { key: 'look.state', values: { verb: of } } : null
    return {
      verb: of,
      row: found,
      pieces,
      now,
      legalIn: where,
      trouble: trouble ?? (words === null || found.secret ? null : wrong(listener, of, words, pieces[now])),
    }
  }
}

/** A word that no verb begins with. Hosts have commands of their own, which begin with X (RFC 5321 4.1.5). */
function unknown({ table }: Server, line: string, from: number): { trouble: Why } | null {
  const [word = '', next] = line.slice(from).trimStart().split(/\s+/)
  const said = word.toUpperCase()
  if (said === '' || said.startsWith('X')) return null
  const text = next === undefined ? said : `${said} ${next.toUpperCase()}`
  if (
    table.verbs.some((verb) => verb.startsWith(said === 'UID' ? text : said)) &&
    (next === undefined || said === 'UID')
  )
    return null
  const [tag = ''] = line.trimStart().split(/\s+/)
  if (table.name === 'imap' && table.verbs.includes(tag.toUpperCase()))
    return { trouble: { key: 'look.tag', values: { word: tag } } }
  const meant = nearest(word, table.verbs)
  return { trouble: meant ? { key: 'look.meant', values: { word, meant } } : { key: 'look.unknown', values: { word } } }
}

function wrong(listener: Server, verb: string, words: readonly string[], piece: SyntaxPiece | undefined): Why | null {
  if (!piece) return words.at(-1) === '' ? null : { key: 'look.room', values: { word: words.at(-1)! } }
  const { table } = listener
  const keyword =
    /^(FROM:|TO:)</.exec(piece.text)?.[1] ?? (table.name === 'smtp' && /-parameters/.test(piece.text) ? '' : null)
  if (keyword !== null) return wrongPath(listener, verb, words)
  const word = words.at(-1)!
  if (word === '') return null
  if (table.name === 'pop3' && /\bmsg\b|^n$/.test(piece.text) && number(word) === null)
    return { key: 'look.number', values: { word } }
  if (/sequence-set/.test(piece.text) && !/^[\d:*,$]+$/.test(word)) return { key: 'look.set', values: { word } }
  return null
}

/** MAIL and its relatives, and RCPT: what the server's reader says, once there is a whole path for it. */
function wrongPath({ table, capabilities }: Server, verb: string, words: readonly string[]): Why | null {
  const keyword = verb === 'RCPT' ? 'TO:' : 'FROM:'
  const argument = words.join(' ')
  const begun = argument.slice(0, keyword.length).toUpperCase()
  if (!keyword.startsWith(begun)) return { key: 'look.keyword', values: { keyword: `${keyword}<` } }
  if (!argument.includes('>')) return / \S/.test(argument.slice(keyword.length)) ? { key: 'look.brackets' } : null
  const read = pathArgument(utf8Octets(argument.trimEnd()), keyword, 'lenient')
  if ('bad' in read) return { key: read.bad === 'address' ? 'look.address' : 'look.path' }
  if (read.leniencies.length > 0) return { key: `look.${read.leniencies[0]}` }
  const rows = table.rows[verb]!.parameters
  for (const [at, { keyword: name }] of read.parameters.entries()) {
    const row = rows.find((each) => each.keyword === name)
    const whole = at < read.parameters.length - 1 || / $|=/.test(words.at(-1)!) || words.at(-1) === ''
    if (row && !isOffered(row.extension, capabilities)) return { key: 'look.offered', values: { word: row.extension! } }
    if (!row && whole) return { key: 'look.parameter', values: { word: name, verb } }
  }
  return null
}
