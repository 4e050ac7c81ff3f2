/**
 * The reference of README.md: every command, extension and reply code, the hosts where it can be met, and the script that
 * shows it. All of it follows from the command tables, the worlds, and what happens when the scripts are played.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { CommandRow } from '../../src/core/engine.ts'
import { typedVerbs } from '../../src/core/smtp/commands.ts'
import { tableOf, type Spoken } from '../../src/core/views/protocols.ts'
import { anyCommand as anyImap } from '../../src/core/imap/commands.ts'
import { anyCommand as anyPop3 } from '../../src/core/pop3/commands.ts'
import { anyCommand as anySmtp, spokenIn, type Verb } from '../../src/core/smtp/commands.ts'
import type { NamedService } from '../../src/core/world/named-services.ts'
import { EXTENSIONS } from './reference-extensions.ts'
import { localCommands, offeredIn, placesOf, seenAt } from './reference-places.ts'
import { play, readScript, scriptFiles } from './scripts.ts'

const protocols: readonly Spoken[] = ['smtp', 'pop3', 'imap']
const titles: Record<Spoken, string> = { smtp: 'SMTP and LMTP', pop3: 'POP3', imap: 'IMAP' }
const shared: Record<Spoken, CommandRow<string>['outcomes']> = { smtp: anySmtp, pop3: anyPop3, imap: anyImap }

/** What a script says, and what happened when it was played. */
interface Shown {
  file: string
  /** The RFCs of its source. */
  rfcs: ReadonlySet<number>
  text: string
  length: number
  /** `smtp RCPT`: commands that did something. */
  done: Set<string>
  /** `smtp 250`, `imap [TRYCREATE]`: by which commands, and at which host of which world. */
  said: Map<string, { verbs: Set<string>; places: [string, string][] }>
}

function shownBy(file: string): Shown {
  const script = readScript(file)
  const text = readFileSync(join(import.meta.dirname, file), 'utf8')
  const rfcs = new Set([...(script.source ?? '').matchAll(/(?:RFC |, | and )(\d{3,4})\b/g)].map(([, rfc]) => Number(rfc)))
  const shown: Shown = { file, rfcs, text, length: script.steps.length, done: new Set(), said: new Map() }
  const forced = new Set(script.answers.map(({ host, verb }) => `${host} ${verb}`))
  const world = script.world ?? ''
  for (const event of play(script).sim.trace) {
    if (event.kind !== 'reply') continue
    const protocol = tableOf(event.protocol).name
    const row = event.verb === null ? undefined : tableOf(protocol).rows[event.verb]
    const outcome = row?.outcomes[event.outcome] ?? shared[protocol][event.outcome]
    if (event.verb !== null && /^(?:[23]|\+|OK)/.test(event.code)) shown.done.add(`${protocol} ${event.verb}`)
    for (const code of [event.code, bracketed(protocol, outcome?.status)]) {
      if (code === null) continue
      const key = `${protocol} ${code}`
      const said = shown.said.get(key) ?? { verbs: new Set(), places: [] }
      shown.said.set(key, said)
      said.verbs.add(event.verb ?? '')
      if (!forced.has(`${event.host} ${event.verb}`)) said.places.push([world, event.host])
    }
  }
  return shown
}

/** `[TRYCREATE]`; in SMTP the status is another thing. */
const bracketed = (protocol: Spoken, status: string | null | undefined) =>
  protocol === 'smtp' || typeof status !== 'string' ? null : `[${status.split(' ', 1)[0]!}]`

/** Is this word in what a server says of itself? */
const tells = ({ text }: Shown, keyword: string) =>
  new RegExp(`^\\d?S: .*(?<![\\w=])${escaped(keyword)}(?![\\w=+-])`, 'm').test(text)

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The script that says the most about it: of its RFC, without forced answers, and short. */
function best(scripts: readonly Shown[], ...marks: ((shown: Shown) => boolean)[]): Shown | null {
  const rank = (shown: Shown) => [...marks.map((mark) => (mark(shown) ? 0 : 1)), isFault(shown) ? 1 : 0, shown.length]
  const ranked = scripts.map((shown) => ({ shown, rank: rank(shown) }))
  ranked.sort((one, other) => {
    const at = one.rank.findIndex((value, index) => value !== other.rank[index])
    return at < 0 ? (one.shown.file < other.shown.file ? -1 : 1) : one.rank[at]! - other.rank[at]!
  })
  return ranked[0]?.shown ?? null
}

const isFault = ({ file, text }: Shown) => file.startsWith('fault-') || /^answers:/m.test(text)

const link = (shown: Shown | null) =>
  shown === null ? '' : `[${shown.file.replace(/\.txt$/, '')}](test/scripts/${shown.file})`
const rfcName = (rfc: number, section = '') => `RFC ${rfc} ${section}`.trimEnd()

type Row = readonly [what: string, by: string, where: string, script: string]

export interface Reference {
  protocol: Spoken
  commands: Row[]
  extensions: Row[]
  codes: Row[]
}

/** Plays every script once. */
export function reference(): Reference[] {
  const all = scriptFiles.map(shownBy)
  return protocols.map((protocol) => ({
    protocol,
    commands: commandRows(protocol, all),
    extensions: extensionRows(protocol, all),
    codes: codeRows(protocol, all),
  }))
}

function commandRows(protocol: Spoken, all: readonly Shown[]): Row[] {
  const table = tableOf(protocol)
  // One table for SMTP and LMTP, which have a greeting each.
  const verbs = protocol === 'smtp' ? typedVerbs : table.verbs
  const rows = verbs.map((verb): Row => {
    const { rfc, extension } = table.rows[verb]!
    const knows = (service: NamedService) => knowsCommand(service, protocol, verb, extension)
    const done = all.filter((shown) => shown.done.has(`${protocol} ${verb}`))
    const script = best(done, ({ rfcs }) => rfcs.has(rfc.rfc))
    return [`\`${verb}\``, rfcName(rfc.rfc, rfc.section), placesOf(protocol, knows), link(script)]
  })
  if (protocol !== 'smtp') return rows
  const local = localCommands().map(({ verb, where }): Row => {
    const heard = all.filter(({ text }) => new RegExp(`^\\d?C: ${verb}\\b`, 'm').test(text))
    return [`\`${verb}\``, `${rfcName(5321, '4.1.5')}, of one host`, where, link(best(heard))]
  })
  return [...rows, ...local]
}

function knowsCommand(service: NamedService, protocol: Spoken, verb: string, extension: string | null): boolean {
  if (service.protocol !== protocol) return false
  if (service.told.answers[verb] === 'unrecognized' || service.told.answers[verb] === 'notImplemented') return false
  if (service.protocol === 'smtp') {
    const role = service.name === 'lmtp' ? 'lmtp' : service.name === 'smtp' ? 'mx' : 'submission'
    if (!spokenIn(verb as Verb, role)) return false
    if (verb === 'STARTTLS' && service.secure) return false
  }
  if (service.protocol === 'pop3' && verb === 'APOP') return service.told.apop
  if (service.protocol === 'imap' && verb === 'STARTTLS') return service.told.startTls && !service.secure
  return extension === null || service.told.capabilities.some((keyword) => isOf(keyword.toUpperCase(), extension))
}

/** `THREAD=REFERENCES` is one form of THREAD. */
const isOf = (keyword: string, extension: string) => keyword === extension || keyword.startsWith(`${extension}=`)

function extensionRows(protocol: Spoken, all: readonly Shown[]): Row[] {
  const table = tableOf(protocol)
  const keywords = offeredIn(protocol)
  return Object.entries(EXTENSIONS[protocol])
    .filter(([keyword]) => keywords.some((other) => other.toUpperCase() === keyword.toUpperCase()))
    .map(([keyword, rfc]): Row => {
      const offers = (service: NamedService) =>
        service.protocol === protocol &&
        service.told.capabilities.some((other) => other.toUpperCase() === keyword.toUpperCase())
      const ofRfc = (shown: Shown) => rfc !== null && shown.rfcs.has(rfc)
      const script = best(
        all.filter((shown) => ofRfc(shown) || tells(shown, keyword)),
        (shown) => ofRfc(shown) && tells(shown, keyword),
        ofRfc,
      )
      const parameters = Object.values(table.rows)
        .flatMap((row) => row.parameters)
        .filter(({ extension }) => extension === keyword)
        .filter(({ syntax }) => syntax.includes('='))
        .map((parameter) => ` \`${parameter.keyword}=\``)
      return [
        `\`${keyword}\`${[...new Set(parameters)].join('')}`,
        rfc === null ? 'a draft' : rfcName(rfc),
        placesOf(protocol, offers),
        link(script),
      ]
    })
}

function codeRows(protocol: Spoken, all: readonly Shown[]): Row[] {
  const rows = Object.values(tableOf(protocol).rows)
  const outcomes = [...rows.flatMap((row) => Object.values(row.outcomes)), ...Object.values(shared[protocol])]
  const codes = [...new Set(outcomes.map(({ code }) => code))].sort()
  const statuses = [...new Set(outcomes.flatMap(({ status }) => bracketed(protocol, status) ?? []))].sort()
  return [...codes, ...statuses].map((code): Row => {
    const key = `${protocol} ${code}`
    const saying = all.filter((shown) => shown.said.has(key))
    const verbs = new Set(saying.flatMap((shown) => [...shown.said.get(key)!.verbs]))
    const places = saying.flatMap((shown) => shown.said.get(key)!.places)
    return [`\`${code}\``, saidTo(verbs), seenAt(places) || 'by `answers` of any host', link(best(saying, unforced(key)))]
  })
}

/** Was this code said by a host that does so by itself? */
const unforced =
  (key: string) =>
  ({ said }: Shown) =>
    said.get(key)!.places.length > 0

function saidTo(verbs: ReadonlySet<string>): string {
  const known = [...verbs].filter((verb) => verb !== '' && verb !== 'response').sort()
  if (known.length === 0) return 'any line'
  return known.length > 4
    ? `${known.slice(0, 3).map(coded).join(', ')} and ${known.length - 3} more`
    : known.map(coded).join(', ')
}
const coded = (verb: string) => (verb === 'greeting' ? 'the greeting' : `\`${verb}\``)

/** As Markdown: what is long is folded. */
export function referenceText(tables: readonly Reference[]): string {
  return tables
    .map(({ protocol, commands, extensions, codes }) =>
      [
        `<details><summary><b>${titles[protocol]}</b>: ${commands.length} commands, ${extensions.length} extensions, ${codes.length} codes</summary>`,
        table(['Command', 'Defined in', 'Hosts', 'Script'], commands),
        table(['Extension', 'Defined in', 'Hosts', 'Script'], extensions),
        table(['Code', 'Said to', 'Seen at', 'Script'], codes),
        '</details>',
      ].join('\n\n'),
    )
    .join('\n\n')
}

/** README.md with this reference between its marks, in the form that prettier gives it. */
export async function withReference(readme: string, tables: readonly Reference[]): Promise<string> {
  const [before, rest] = readme.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error(`README.md lacks ${BEGIN} or ${END}`)
  const text = `${before}${BEGIN}\n\n${referenceText(tables)}\n\n${END}${after}`
  return format(text, { ...(await resolveConfig(README)), filepath: README })
}

export const README = join(import.meta.dirname, '../../README.md')
const BEGIN = '<!-- Made by npm run reference. -->'
const END = '<!-- End of the reference. -->'

const table = (head: Row, rows: readonly Row[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
