/**
 * Completion at the prompt: what the word under the cursor could become. Verbs come from the command tables, arguments from
 * the syntax and parameters of their rows, commands of the shell and their options from its table: there is no other list.
 * Nothing is offered in a row that holds a secret, but for the name of a mechanism.
 */
import { fieldRows } from '../../message/field-table.ts'
import { sayable, type ProtocolTable } from '../protocols.ts'
import { fitting } from './places.ts'
import { option, type Found, type Listener, type Option, type Scene } from './scene.ts'
import { completeShell, completeTelnet } from './shell.ts'
import { argumentsOf, pieceAt, syntaxPieces } from './syntax.ts'

export interface Completion {
  /** The part of the line that an option takes the place of. */
  readonly from: number
  readonly to: number
  readonly options: readonly Option[]
}

export type Server = Listener & { to: 'server' }

/** Null where there is nothing to complete. */
export function complete(scene: Scene, line: string, cursor: number): Completion | null {
  const head = line.slice(0, cursor)
  const found = all(scene, head)
  if (!found) return null
  const typed = head.slice(found.from).toLowerCase()
  const options = distinct(found.options).filter(({ text }) => text.toLowerCase().startsWith(typed))
  // What stands there already in full is no news.
  const news = options.filter(({ text }) => text.toLowerCase() !== typed)
  return news.length === 0 ? null : { from: found.from, to: cursor, options: news }
}

/** What all options begin with, at least as long as what is typed: the first one's spelling of it. */
export function commonPart(options: readonly Option[]): string {
  const [first, ...others] = options.map(({ text }) => text)
  let end = first?.length ?? 0
  for (const other of others)
    while (end > 0 && other.slice(0, end).toLowerCase() !== first!.slice(0, end).toLowerCase()) end--
  return first?.slice(0, end) ?? ''
}

function all(scene: Scene, head: string): Found | null {
  const { listener } = scene
  switch (listener.to) {
    case 'shell':
      return completeShell(scene, head)
    case 'telnet':
      return completeTelnet(scene, head)
    case 'content':
      return listener.header ? completeHeader(scene, head) : null
    case 'server':
      return completeCommand(scene, listener, head)
    case 'nobody':
      return null
  }
}

function distinct(options: readonly Option[]): Option[] {
  const seen = new Set<string>()
  return options.filter(({ text }) => !seen.has(text) && seen.add(text))
}

/** Where the verb of a line begins, and the verb if it is there in full with a blank behind it. */
export function verbIn({ table }: Server, line: string): { from: number; verb: string | null; behind: number } {
  const from = table.name === 'imap' ? (/^\s*\S+\s+/.exec(line)?.[0].length ?? -1) : 0
  if (from < 0) return { from, verb: null, behind: 0 }
  const rest = line.slice(from).toUpperCase()
  const verb = [...table.verbs].sort((a, b) => b.length - a.length).find((each) => rest.startsWith(`${each} `)) ?? null
  return { from, verb, behind: verb === null ? 0 : from + verb.length + 1 }
}

function completeCommand(scene: Scene, listener: Server, head: string): Found | null {
  const { table, state, capabilities, heard } = listener
  const swallowed = table.swallowing[state]
  // A line of an exchange or of a chunk is no command; DONE is.
  if (swallowed !== undefined && !table.verbs.includes(swallowed)) return null
  if (swallowed !== undefined && !table.rows[swallowed]!.legalIn.includes(state)) return null
  const legal = sayable(table, state, capabilities)
  const { from, verb, behind } = swallowed === undefined ? verbIn(listener, head) : { from: 0, verb: null, behind: 0 }
  if (from < 0) return head.trim() === '' ? { from: 0, options: [option(`a${heard + 1} `, 'complete.tag')] } : null
  if (verb === null) {
    const options = legal.map((each) => option(start(table, each), `${table.name}.${each}`))
    return { from, options: usualFirst(options, table.usual[state]) }
  }
  if (!legal.includes(verb)) return null
  return completeArgument(scene, listener, verb, head, behind)
}

/** The verb, and what its row wants right behind it: `MAIL FROM:<`, or a blank. */
function start({ rows, starts }: ProtocolTable, verb: string): string {
  const begins = starts[verb]
  if (begins?.endsWith('<')) return begins
  return /\bSP\b/.test(rows[verb]!.syntax.replace(/\[[^\]]*\]/g, '')) ? `${verb} ` : verb
}

const usualFirst = (options: Option[], usual: string | undefined): Option[] =>
  usual === undefined
    ? options
    : [...options].sort((a, b) => Number(b.text.startsWith(usual)) - Number(a.text.startsWith(usual)))

function completeArgument(scene: Scene, { table }: Server, verb: string, head: string, behind: number): Found | null {
  const row = table.rows[verb]!
  const words = argumentsOf(head.slice(behind))
  const typed = words.at(-1)!
  const pieces = syntaxPieces(row, verb)
  const at = pieceAt(pieces, words)
  const piece = pieces[at]
  if (!piece) return null
  if (row.secret && !/mechanism|auth-type/.test(piece.text)) return null
  const asked = { text: piece.text, typed, verb, parameters: row.parameters, before: words.slice(0, -1) }
  return { from: head.length - typed.length, options: fitting(scene, asked) }
}

/** Names of fields, then addresses in those that hold some. */
function completeHeader({ known }: Scene, head: string): Found | null {
  const colon = head.indexOf(':')
  if (colon < 0) {
    if (/\s/.test(head)) return null
    return {
      from: 0,
      options: fieldRows
        .filter(({ addedBy }) => addedBy === 'author' || addedBy === 'composer')
        .map(({ name }) => option(`${name}: `, `field.${name}`)),
    }
  }
  const field = fieldRows.find(({ name }) => name.toLowerCase() === head.slice(0, colon).toLowerCase())
  if (field?.structure !== 'addresses') return null
  const from = /[^\s,<]*$/.exec(head)!.index
  if (from <= colon) return null
  return { from, options: known.people.map(({ address, name }) => option(address, 'complete.person', { name })) }
}
