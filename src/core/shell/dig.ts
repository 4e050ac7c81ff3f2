/** dig: one DNS question, and the whole answer as the packet holds it. */
import { reverseName } from '../dns/address.ts'
import type { ResourceRecord } from '../dns/records.ts'
import { encodeMessage, type DnsMessage, type QuestionType } from '../dns/wire.ts'
import { dataText } from '../dns/zonefile.ts'
import type { Task } from '../task.ts'
import type { Ipv4, Millis } from '../terms.ts'
import { readable, type Context, type ShellCommand } from './command.ts'
import { now } from './date.ts'
import { isAddress } from './names.ts'
import { askServer, legalName, noAnswer, questionType, serverFor, typeName } from './question.ts'

interface Wanted {
  server: string | null
  names: string[]
  type: QuestionType | null
  short: boolean
  recurse: boolean
  /** Parts of the output, by the names of their `+` options. */
  shown: Set<string>
}

const PARTS = ['cmd', 'comments', 'question', 'answer', 'authority', 'additional', 'stats'] as const

export const dig: ShellCommand = {
  name: 'dig',
  synopsis: 'dig [@SERVER] [-x ADDRESS] NAME [TYPE] [+short]',
  summary: 'shell.dig',
  reads: false,
  feeds: true,
  *run(context) {
    const wanted = read(context)
    if (wanted === null) return
    const server = yield* serverFor(context, wanted.server)
    if (wanted.server !== null && server === null)
      return context.complain(`dig: couldn't get address for '${wanted.server}': not found\n`)
    if (wanted.names.length === 0) wanted.names.push('.')
    const type = wanted.type ?? (wanted.names[0] === '.' ? 'NS' : 'A')
    for (const typed of wanted.names) {
      const name = legalName(context, typed)
      if (name !== null) yield* lookUp(context, wanted, server?.address ?? null, name, type)
    }
  },
}

function read(context: Context): Wanted | null {
  const wanted: Wanted = { server: null, names: [], type: null, short: false, recurse: true, shown: new Set(PARTS) }
  const words = context.arguments.map(readable)
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const type = questionType(word)
    if (word.startsWith('@')) wanted.server = word.slice(1)
    else if (word.startsWith('+')) {
      if (!setOption(wanted, word.slice(1).toLowerCase())) return invalid(context, word)
    } else if (word === '-x') {
      const address = words[++at] ?? ''
      if (!isAddress(address)) return invalid(context, `-x ${address}`)
      wanted.names.push(reverseName(address))
      wanted.type ??= 'PTR'
    } else if (word === '-t' || word === '-q') {
      const value = words[++at] ?? ''
      if (word === '-q') wanted.names.push(value)
      else if (questionType(value)) wanted.type = questionType(value)
      else return invalid(context, `-t ${value}`)
    } else if (word.startsWith('-')) return invalid(context, word)
    else if (type !== null) wanted.type = type
    else if (word.toUpperCase() !== 'IN') wanted.names.push(word)
  }
  return wanted
}

function invalid(context: Context, word: string): null {
  context.complain(`Invalid option: ${word}\nUsage:  ${dig.synopsis}\n`)
  return null
}

function setOption(wanted: Wanted, option: string): boolean {
  const off = option.startsWith('no')
  const name = off ? option.slice(2) : option
  if (name === 'short') wanted.short = !off
  else if (name === 'recurse' || name === 'rec') wanted.recurse = !off
  else if (name === 'all') wanted.shown = new Set(off ? [] : PARTS)
  else if (!(PARTS as readonly string[]).includes(name)) return false
  else if (off) wanted.shown.delete(name)
  else wanted.shown.add(name)
  return true
}

function* lookUp(context: Context, wanted: Wanted, server: Ipv4 | null, name: string, type: QuestionType): Task<void> {
  const { out, host } = context
  const { short, shown, recurse } = wanted
  if (!short && shown.has('cmd'))
    out.text(`\n; <<>> DiG 9.18 <<>> ${context.arguments.map(readable).join(' ')}\n;; global options: +cmd\n`)
  const from = host.machine.now()
  const reply = server === null ? null : yield* askServer(context, server, name, type, recurse)
  if (server === null || reply === null)
    return out.text(server === null ? ';; no servers could be reached\n' : noAnswer(server))
  if (short) return out.text(reply.answers.map((record) => `${dataText(record)}\n`).join(''))
  out.text(answer(reply, type, shown))
  if (shown.has('stats')) out.text(`${statistics(context, server, reply, host.machine.now() - from)}\n`)
}

function answer(reply: DnsMessage, type: QuestionType, shown: Set<string>): string {
  const comments = shown.has('comments')
  let text = ''
  if (comments) {
    const { id, rcode, answers, authorities, additionals, udpSize } = reply
    const flags = flagNames.flatMap(([name, flag]) => (reply[flag] ? [` ${name}`] : [])).join('')
    const additional = additionals.length + (udpSize === null ? 0 : 1)
    text += `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${rcode}, id: ${id}\n`
    text += `;; flags:${flags}; QUERY: ${reply.question ? 1 : 0}, ANSWER: ${answers.length}, AUTHORITY: ${authorities.length}, ADDITIONAL: ${additional}\n\n`
    if (udpSize !== null) text += `;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: ${udpSize}\n`
  }
  if (shown.has('question') && reply.question) {
    text += `${comments ? ';; QUESTION SECTION:\n' : ''}${columns([
      [0, `;${reply.question.name}.`],
      [32, 'IN'],
      [40, typeName(type)],
    ])}\n\n`
  }
  const sections = [
    ['answer', reply.answers],
    ['authority', reply.authorities],
    ['additional', reply.additionals],
  ] as const
  for (const [name, records] of sections) {
    if (!shown.has(name) || records.length === 0) continue
    const lines = records.map((record) => `${recordLine(record)}\n`).join('')
    text += `${comments ? `;; ${name.toUpperCase()} SECTION:\n` : ''}${lines}${comments ? '\n' : ''}`
  }
  return text
}

const flagNames = [
  ['qr', 'reply'],
  ['aa', 'authoritative'],
  ['tc', 'truncated'],
  ['rd', 'recursionDesired'],
  ['ra', 'recursionAvailable'],
] as const

const recordLine = (record: ResourceRecord): string =>
  columns([
    [0, `${record.name}.`],
    [24, String(record.ttl)],
    [32, 'IN'],
    [40, record.type],
    [48, dataText(record)],
  ])

/** Columns are reached by tabs, as dig does it; a long word pushes the next one on. */
function columns(cells: readonly (readonly [column: number, text: string])[]): string {
  let line = ''
  let at = 0
  for (const [column, text] of cells) {
    while (line !== '' && (at < column || /[^\t]$/.test(line))) {
      line += '\t'
      at = (Math.floor(at / 8) + 1) * 8
    }
    line += text
    at += text.length
  }
  return line
}

function statistics({ host }: Context, server: Ipv4, reply: DnsMessage, took: Millis): string {
  const { weekday, month, day, time, zone, year } = now(host)
  return [
    `;; Query time: ${took} msec`,
    `;; SERVER: ${server}#53(${server}) (UDP)`,
    `;; WHEN: ${weekday} ${month} ${day.padStart(2, '0')} ${time} ${zone} ${year}`,
    `;; MSG SIZE  rcvd: ${encodeMessage(reply).length}`,
    '',
  ].join('\n')
}
