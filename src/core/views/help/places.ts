/** What could stand in an argument, by the words with which its row's syntax names it. */
import { isOffered } from '../protocols.ts'
import type { ParameterRow } from '../../engine.ts'
import { enableWords, fetchWords, flagWords, searchWords, sortWords, statusWords, storeWords } from './imap-words.ts'
import { option, type Known, type Option, type Scene } from './scene.ts'

interface Asked {
  /** The piece of the syntax. */
  text: string
  /** What was typed of the argument so far. */
  typed: string
  verb: string
  parameters: readonly ParameterRow[]
  /** All arguments before it. */
  before: readonly string[]
}

/** More numbers than this nobody picks from a list. */
const MOST_NUMBERS = 30

export function fitting(scene: Scene, asked: Asked): Option[] {
  const { known, listener } = scene
  if (listener.to !== 'server') return []
  const { text, typed, verb, parameters, before } = asked
  switch (true) {
    case /reverse-path/.test(text):
      return [...addresses(known, true).map((each) => around(each, 'FROM:<', '>')), option('FROM:<>', 'complete.null')]
    case /forward-path/.test(text):
      return addresses(known, false).map((each) => around(each, 'TO:<', '>'))
    case /-parameters/.test(text):
      return parametersOf(parameters, listener.capabilities, before)
    case /"@" Domain/.test(text):
      return known.domains.map((name) => option(name, 'complete.domain'))
    case /Domain|address-literal/.test(text):
      return greetings(known)
    case /mechanism|auth-type/.test(text):
      return known.mechanisms.map((name) => option(name, 'complete.mechanism'))
    case /"FLAGS"/.test(text):
      return storeWords.map((word) => option(word, 'complete.store'))
    case /^flags$|flag-list/.test(text):
      return listed(typed, flagWords, 'complete.flag', true)
    case /status-att/.test(text):
      return listed(typed, statusWords, 'complete.status', true)
    case /sort-criteria/.test(text):
      return listed(typed, sortWords, 'complete.sort', true)
    case /fetch-att/.test(text):
      return listed(typed, fetchWords, 'complete.fetch', false)
    case /search-key/.test(text):
      return searchWords.map((word) => option(word, 'complete.search'))
    case /capability/.test(text):
      return enableWords
        .filter((word) => isOffered(word.toUpperCase(), listener.capabilities))
        .map((word) => option(word, 'complete.enable'))
    case /^charset/.test(text):
      return [option('UTF-8', 'complete.charset'), option('US-ASCII', 'complete.charset')]
    case /list-mailbox/.test(text):
      return [option('"*"', 'complete.all'), option('"%"', 'complete.level'), ...mailboxes(known)]
    case /\bmailbox\b/.test(text):
      return verb === 'LIST' || verb === 'LSUB' ? [option('""', 'complete.reference')] : mailboxes(known)
    case /sequence-set|\bmsg\b/.test(text):
      return numbers(known, verb, /sequence-set/.test(text))
    case /chunk-size/.test(text):
      return []
    case /String/.test(text):
      return strings(scene, verb)
    default:
      return literals(text).map((word) => option(word, 'complete.word'))
  }
}

/** Quoted words of the syntax, and a word in capitals that stands alone: `[SP LAST]`. */
const literals = (text: string): string[] => [
  ...[...text.matchAll(/"([A-Z][A-Z-]+)"/g)].map(([, word]) => word!),
  ...[...text.matchAll(/^\[SP ([A-Z]+)\]$/g)].map(([, word]) => word!),
]

function addresses({ people, own }: Known, ownFirst: boolean): Option[] {
  const rank = (address: string) => (address === own ? (ownFirst ? -1 : 1) : 0)
  return [...people]
    .sort((a, b) => rank(a.address) - rank(b.address))
    .map(({ address, name }) =>
      address === own ? option(address, 'complete.own') : option(address, 'complete.person', { name }),
    )
}

const around = ({ text, why }: Option, before: string, after: string): Option => ({ text: before + text + after, why })

const greetings = ({ here, hosts }: Known): Option[] => [
  option(here, 'complete.here'),
  ...hosts.filter(({ name }) => name !== here).map(({ name }) => option(name, 'complete.other')),
]

const mailboxes = ({ mailboxes: names }: Known): Option[] =>
  names.map((name) =>
    option(/[ "(){%*\\]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name, 'complete.mailbox'),
  )

/** UIDs are no numbers that anybody could guess. */
function numbers({ messages }: Known, verb: string, sets: boolean): Option[] {
  if (verb.startsWith('UID ')) return [option('1:*', 'complete.every')]
  const each = Array.from({ length: Math.min(messages, MOST_NUMBERS) }, (_, at) =>
    option(String(at + 1), 'complete.number', { number: at + 1, of: messages }),
  )
  return sets ? [...each, option('1:*', 'complete.every'), option('*', 'complete.last')] : each
}

function strings({ known, listener }: Scene, verb: string): Option[] {
  if (listener.to !== 'server') return []
  if (verb === 'HELP') return listener.table.verbs.map((word) => option(word, `${listener.table.name}.${word}`))
  if (verb === 'VRFY' || verb === 'EXPN')
    return known.people.map(({ address, name }) => option(address.split('@')[0]!, 'complete.person', { name }))
  return []
}

/** Those that the server offers and that do not stand there yet; where the row tells the values, with each of them. */
function parametersOf(
  rows: readonly ParameterRow[],
  capabilities: readonly string[] | null,
  before: readonly string[],
): Option[] {
  const given = before.map((word) => word.split('=')[0]!.toUpperCase())
  return rows
    .filter(({ keyword, extension }) => !given.includes(keyword) && isOffered(extension, capabilities))
    .flatMap(({ keyword, syntax }) => {
      const forms = syntax.split(' / ').map((form) => (/^[A-Z0-9]+(?:=[A-Z0-9<>]+)?$/.test(form) ? form : null))
      const whole = forms.filter((form) => form !== null && !/DIGIT/.test(form)) as string[]
      const all = whole.length > 0 ? whole : [`${keyword}=`]
      return [...new Set(keyword === 'NOTIFY' ? [...all, ...notes(syntax)] : all)].map((text) =>
        option(text, `complete.parameter.${keyword}`),
      )
    })
}

/** `NOTIFY=[SUCCESS][,FAILURE][,DELAY]`: each of them, and all together. */
function notes(syntax: string): string[] {
  const names = [...syntax.matchAll(/\[,?([A-Z]+)\]/g)].map(([, name]) => name!)
  return names.length === 0 ? [] : [...names, names.join(',')].map((name) => `NOTIFY=${name}`)
}

/** Words of a list in brackets: behind those that stand in it already. `always`: it is never said without brackets. */
function listed(typed: string, words: readonly string[], why: string, always: boolean): Option[] {
  const open = typed.startsWith('(')
  if (!open && !always) return words.map((word) => option(word, why))
  const head = open ? typed.slice(0, Math.max(typed.lastIndexOf(' '), 0) + 1) : '('
  const given = head.toUpperCase().slice(1).split(' ')
  return words
    .filter((word) => !given.includes(word.toUpperCase()))
    .map((word) => option(`${head.length > 0 ? head : '('}${word}`, why))
}
