/**
 * What a lesson's text says to the page: `[[do: telnet mx1.rennes.example 25]]` and its like. Which there are, and whether
 * what they name is there.
 */
import { tableOf } from '../views/protocols.ts'
import type { WorldFile } from '../world/schema.ts'

/** The parts of the page that a lesson can open. */
export const seen = [
  ...['sequence', 'network', 'state', 'journey', 'mailboxes', 'queue', 'dns', 'packets', 'log'],
  ...['workshop', 'mailer'],
] as const

export const spoken = ['smtp', 'lmtp', 'pop3', 'imap'] as const
export type SpokenService = (typeof spoken)[number]

export interface Directive {
  name: string
  /** What stands behind the colon. */
  value: string
  line: number
  /** Nothing else is on its line. */
  alone: boolean
}

/** `]]` ends it, and of `]]]` the last two: `[[do: a1 FETCH 1 BODY[]]]`. */
export const DIRECTIVE = /\[\[([a-z]+)(?::[ \t]*([^\n]*?))?[ \t]*\]\](?!\])/

/** All of a text, code left out. */
export function directivesOf(text: string): Directive[] {
  const found: Directive[] = []
  let fence: string | null = null
  for (const [at, line] of text.split('\n').entries()) {
    const [mark] = /^ {0,3}(?:```+|~~~+)/.exec(line) ?? []
    if (mark !== undefined && (fence === null || mark.trim().startsWith(fence))) {
      fence = fence === null ? mark.trim() : null
      continue
    }
    if (fence !== null) continue
    const plain = line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
    for (const [whole, name = '', value = ''] of plain.matchAll(new RegExp(DIRECTIVE, 'g')))
      found.push({ name, value, line: at + 1, alone: plain.trim() === whole })
  }
  return found
}

/** What a text may name. What is null is not looked at. */
export interface Known {
  world: WorldFile | null
  terms: readonly { id: string }[] | null
  /** Questions of the lesson. */
  questions: readonly { id: string }[] | null
}

/** Cards and questions stand in the text alone, not in a hint. */
const OWN_LINE = ['card', 'ask']
const ALL = ['do', 'see', 'at', 'skip', 'term', ...OWN_LINE]

/** What is wrong with it; null: nothing. */
export function wrongWith({ name, value, alone }: Directive, known: Known, where: 'text' | 'hint'): string | null {
  if (!ALL.includes(name)) return `[[${name}]] is not known here. Known are: ${ALL.join(', ')}.`
  if (name === 'skip') return value === '' ? null : '[[skip]] stands by itself.'
  if (value === '') return `[[${name}: ...]] names nothing.`
  if (OWN_LINE.includes(name)) {
    if (where === 'hint') return `[[${name}]] stands in the text of a lesson, not in a goal or a hint.`
    if (!alone) return `[[${name}: ${value}]] stands alone on its line.`
  }
  switch (name) {
    case 'see':
      return isSeen(value) ? null : `There is no view ${value}. Known are: ${seen.join(', ')}.`
    case 'at':
      return !known.world || Object.hasOwn(known.world.hosts, value) ? null : `There is no host ${value} in this world.`
    case 'card':
      return cardOf(value)
        ? null
        : `There is no card ${value}. A card is of ${spoken.join(', ')} and one of its commands.`
    case 'ask':
      return !known.questions || known.questions.some(({ id }) => id === value)
        ? null
        : `There is no question ${value} in goals.yaml.`
    case 'term': {
      const { id } = termOf(value)
      return !known.terms || known.terms.some((term) => term.id === id)
        ? null
        : `There is no term ${id} in the glossary.`
    }
    default:
      return null
  }
}

const isSeen = (value: string): boolean => seen.some((view) => view === value)

export function cardOf(value: string): { service: SpokenService; verb: string } | null {
  const [, service = '', verb = ''] = /^(\S+) (\S.*)$/.exec(value) ?? []
  const known = spoken.find((name) => name === service)
  return known && Object.hasOwn(tableOf(known).rows, verb) ? { service: known, verb } : null
}

/** `mx|the MX` shows other words than the term's name. */
export function termOf(value: string): { id: string; words: string | null } {
  const bar = value.indexOf('|')
  if (bar < 0) return { id: value, words: null }
  return { id: value.slice(0, bar).trim(), words: value.slice(bar + 1).trim() }
}
