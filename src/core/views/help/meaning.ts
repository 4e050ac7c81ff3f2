/**
 * What the words of a line on the screen mean: reply codes digit by digit (RFC 5321 4.2.1), enhanced status codes (RFC
 * 3463), commands, parameters, capabilities, response codes, header fields, hosts and addresses. A word without a text
 * has no meaning here.
 */
import { fieldRows } from '../../message/field-table.ts'
import { commands } from '../../shell/commands.ts'
import { findCommand } from '../../shell/command.ts'
import { tableOf, type Spoken } from '../protocols.ts'
import type { Known, Why } from './scene.ts'

export interface Meaning {
  readonly from: number
  readonly to: number
  readonly word: string
  readonly says: readonly Why[]
}

export interface Words {
  known: Known
  /** What is spoken where the line stands; null at the shell. */
  spoken: Spoken | null
  /** Is there a text of this key? */
  has(key: string): boolean
}

/** A line may be as long as a message's: only so much of it is read. */
const MOST = 2000

export function meanings(line: string, words: Words): Meaning[] {
  const text = line.slice(0, MOST)
  const found: Meaning[] = []
  const add: Add = (from, word, says, most = Infinity) => {
    const known = says.filter(({ key }) => words.has(key)).slice(0, most)
    const free = !found.some((other) => from < other.to && other.from < from + word.length)
    if (known.length > 0 && word !== '' && free) found.push({ from, to: from + word.length, word, says: known })
  }
  const begin = answer(text, words.spoken, add)
  for (const { 0: typed, index } of text.matchAll(/[^\s"<>()[\],;{}]+/g)) {
    const word = typed.replace(/[.:?!]+$/, '')
    // The first of its meanings: the others are for where that one has no text.
    add(index, word, meaningsOf(typed, word, index, begin, text, words), 1)
  }
  return found.sort((a, b) => a.from - b.from)
}

export const meaningAt = (line: string, column: number, words: Words): Meaning | null =>
  meanings(line, words).find(({ from, to }) => column >= from && column < to) ?? null

type Add = (from: number, word: string, says: readonly Why[], most?: number) => void

/** The beginning of an answer; gives which protocol it is of, null where it is none. */
function answer(text: string, spoken: Spoken | null, add: Add): Spoken | null {
  const smtp = /^([2-5])([0-5])(\d)(?=[ -]|$)/.exec(text)
  if (smtp && spoken !== 'pop3' && spoken !== 'imap') {
    const [code, first, second] = smtp
    add(0, code, [
      { key: `smtp.code.${code}` },
      { key: `meaning.first.${first}`, values: { digit: first! } },
      { key: `meaning.second.${second}`, values: { digit: second! } },
    ])
    const status = /^\d{3}[ -](([245])\.(\d{1,3})\.(\d{1,3}))(?= |$)/.exec(text)
    if (status) {
      const [, whole, kind, subject, detail] = status
      add(4, whole!, [
        { key: `meaning.status.${kind}` },
        { key: `meaning.subject.${subject}`, values: { subject: subject! } },
        { key: `meaning.detail.${subject}.${detail}`, values: { detail: detail! } },
      ])
    }
    return 'smtp'
  }
  const pop3 = /^(?:\+OK|-ERR)(?= |$)/.exec(text)
  if (pop3 && spoken !== 'imap') {
    add(0, pop3[0], [{ key: `pop3.code.${pop3[0]}` }])
    brackets(text, 'pop3', add)
    return 'pop3'
  }
  if (spoken === 'pop3' || spoken === 'smtp') return null
  const imap = /^(\*|\+|[A-Za-z0-9.]{1,20}) (OK|NO|BAD|BYE|PREAUTH)?/.exec(text)
  if (!imap || (spoken === null && imap[2] === undefined)) return null
  const [, tag, code] = imap
  // Tag and verb: a line that was typed.
  if (code === undefined && tag !== '*' && tag !== '+') return null
  if (tag === '*' || tag === '+') add(0, tag, [{ key: tag === '*' ? 'meaning.untagged' : 'imap.code.+' }])
  else add(0, tag!, [{ key: 'meaning.tag' }])
  if (code !== undefined) add(tag!.length + 1, code, [{ key: `imap.code.${code}` }])
  brackets(text, 'imap', add)
  return 'imap'
}

/** `[CODE ...]` of POP3 (RFC 2449 8) and IMAP (RFC 3501 7.1, RFC 5530). */
function brackets(text: string, protocol: Spoken, add: Add): void {
  const code = /\[([A-Z][A-Z0-9/-]*)/.exec(text)
  if (code) add(code.index + 1, code[1]!, [{ key: `meaning.code.${protocol}.${code[1]}` }])
}

function meaningsOf(
  typed: string,
  word: string,
  index: number,
  begin: Spoken | null,
  text: string,
  { known, spoken }: Words,
): Why[] {
  const field = typed.endsWith(':') && index === 0 ? fieldRows.find(({ name }) => sameWord(name, word)) : undefined
  if (field) return [{ key: `field.${field.name}` }]
  const place = placeOf(word, known)
  if (place) return [place]
  const upper = word.toUpperCase()
  const protocol = begin ?? spoken
  if (protocol !== null) {
    const [keyword = '', value] = upper.split('=')
    const verb = begin === null ? verbAt(protocol, upper, text, index) : null
    if (verb !== null) return [{ key: `${protocol}.${verb}` }]
    if (word.startsWith('\\')) return [{ key: `meaning.flag.${word.slice(1).toLowerCase()}` }]
    // Capabilities that are verbs stand for their commands.
    const told = word === upper && (begin !== null || index === 0)
    return [
      ...(begin === null && value !== undefined ? [{ key: `complete.parameter.${keyword}` }] : []),
      ...(told ? [{ key: `meaning.${protocol}.${keyword}` }, { key: `${protocol}.${keyword}` }] : []),
    ]
  }
  const before = text.slice(0, index)
  const command = /^[^$#]*[$#] $|[|;]\s*$/.test(before) ? findCommand(commands, word) : undefined
  if (command) return [{ key: command.summary }]
  return word === upper ? [{ key: `meaning.dns.${word}` }] : []
}

const sameWord = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** The verb that this word is, or belongs to: in its place, behind the tag in IMAP. */
function verbAt(protocol: Spoken, word: string, text: string, index: number): string | null {
  const table = tableOf(protocol)
  const before = text.slice(0, index).trim()
  const words = before === '' ? 0 : before.split(/\s+/).length
  const place = protocol === 'imap' ? 1 : 0
  if (words === place) return table.verbs.find((verb) => verb === word || verb === `UID ${word}`) ?? null
  const uid = words === place + 1 && /\bUID$/i.test(before) ? `UID ${word}` : null
  return uid && table.verbs.includes(uid) ? uid : null
}

/** Machines, addresses and people of this world. */
function placeOf(word: string, { hosts, people, domains, own }: Known): Why | null {
  const lower = word.toLowerCase().replace(/^(?:from|to):/, '')
  if (!lower.includes('.')) return null
  if (lower === own?.toLowerCase()) return { key: 'complete.own' }
  const person = people.find(({ address }) => sameWord(address, lower))
  if (person) return { key: 'complete.person', values: { name: person.name } }
  const host = hosts.find(({ name }) => name === lower)
  if (host)
    return host.ports.length > 0
      ? { key: 'complete.host', values: { address: host.address, ports: host.ports.join(', ') } }
      : { key: 'complete.machine', values: { address: host.address } }
  const at = hosts.find(({ address }) => address === lower)
  if (at) return { key: 'meaning.address', values: { host: at.name } }
  return domains.includes(lower) ? { key: 'complete.domain' } : null
}
