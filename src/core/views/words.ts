/**
 * A row of the sequence in words. What goes over the wire is the same in every language and is given as it is; for the
 * rest a key of `src/texts` is named with what fills it in. The picture, its list for a screen reader and the mermaid
 * text all read this.
 */
import { harmless, utf8Text } from '../bytes/utf8.ts'
import { isRefusal } from './protocols.ts'
import type { Row, RowOf } from './rows.ts'

/** `{ text }` is said as it is, `{ key, values }` in the reader's language. */
export type Words = { text: string } | { key: string; values: Readonly<Record<string, string | number>> }

const say = (key: string, values: Readonly<Record<string, string | number>> = {}): Words => ({ key, values })

export function rowWords(row: Row): Words {
  switch (row.row) {
    case 'dns':
      return dnsWords(row)
    case 'connect':
      return row.outcome === null || row.outcome === 'open'
        ? say(`seq.connect`, { service: row.service, port: row.port })
        : say(`seq.connect.${row.outcome}`, { service: row.service, port: row.port })
    case 'command':
      return { text: row.line }
    case 'reply':
      return { text: replyText(row) }
    case 'content':
      return say('seq.content', { lines: row.lines, octets: row.octets })
    case 'chunk':
      return say(row.final ? 'seq.chunk.last' : 'seq.chunk', { octets: row.octets })
    case 'data':
      return row.count === 1 && row.lines.length === 1
        ? { text: row.lines[0]! }
        : say('seq.data', { first: row.lines[0] ?? '', lines: row.count, octets: row.octets })
    case 'http':
      return row.octets > 0 ? say('seq.http', { line: row.line, octets: row.octets }) : { text: row.line }
    case 'tls':
      return row.outcome === 'alert' ? say('seq.tls.alert', { detail: row.detail }) : say('seq.tls')
    case 'lost':
      return say(row.times > 1 ? 'seq.lost.times' : 'seq.lost', { times: row.times })
    case 'close':
      return say(`seq.close.${row.how}`)
    case 'mail':
      return mailWords(row)
    case 'received':
      return { text: `+ ${row.text}` }
    case 'file':
      return say('seq.file', { path: row.path, octets: row.octets })
    case 'zone': {
      const [first = ''] = row.changes
      if (row.serial === null) return say('seq.zone.gone', { origin: row.origin })
      return say(row.count > 1 ? 'seq.zone.more' : 'seq.zone', { origin: row.origin, first, more: row.count - 1 })
    }
    case 'fault':
      return say('seq.fault', { what: row.what })
    case 'skipped':
      return say('seq.skipped')
  }
}

/** IMAP's reply line is whole: its code stands behind the tag. */
function replyText({ protocol, code, lines }: RowOf<'reply'>): string {
  if (protocol === 'imap') return lines[0] ?? ''
  return code + (protocol !== 'pop3' && lines.length > 1 ? '-' : ' ') + (lines[0] ?? '')
}

/** `MX lyon.example? 10 mx.lyon.example`: what dig prints, without what repeats the question. */
function dnsWords(row: RowOf<'dns'>): Words {
  const question = `${row.type} ${row.name}?`
  if (row.result === null) return { text: question }
  if (row.result !== 'found') return say(`seq.dns.${row.result}`, { question })
  const found = row.answers.map((line) => answerData(line, row.type)).filter((data) => data !== null)
  const text = `${question} → ${found.join(', ')}`
  return row.cached ? say('seq.dns.cached', { text }) : { text }
}

/** The data of a record in zone file form, if it is of this type: those of a CNAME chain stand before it. */
function answerData(line: string, type: string): string | null {
  const fields = line.split(/\s+/)
  const at = fields.indexOf(type, 1)
  if (at < 0) return null
  return fields
    .slice(at + 1)
    .join(' ')
    .replace(/\.$/, '')
}

function mailWords({ note }: RowOf<'mail'>): Words {
  const sender = (from: string) => (from === '' || from === '<>' ? '<>' : from)
  switch (note.kind) {
    case 'accepted':
      return told(`seq.accepted.${note.role}`, { id: note.id, from: sender(note.from), to: note.to.join(', ') })
    case 'expanded':
      return told(`seq.expanded.${note.by}`, { address: note.address, into: note.into.join(', ') })
    case 'routed':
      return told(`seq.routed.${note.how}`, {
        domain: note.domain,
        hosts: note.hosts
          .map(({ preference, host }) => (note.how === 'mx' ? `${preference} ${host}` : host))
          .join(', '),
      })
    case 'passed':
      return told('seq.passed', { server: note.server, why: note.why, to: note.recipients.join(', ') })
    case 'deferred':
      return told('seq.deferred', { why: note.why, to: note.recipients.join(', ') })
    case 'failed':
      return told('seq.failed', { why: note.why, to: note.recipients.join(', ') })
    case 'bounced':
      return told('seq.bounced', { to: note.to, bounce: note.bounce })
    case 'delivered':
      return say('seq.delivered', { mailbox: harmless(`${note.account}/${note.mailbox}`), uid: note.uid })
    case 'dropped':
      return told('seq.dropped', { why: note.why, to: note.recipients.join(', ') })
    case 'repeated':
      return told('seq.repeated', { why: note.why, to: note.recipients.join(', ') })
    case 'notified':
      return told(`seq.notified.${note.what}`, { to: note.to, report: note.report })
    case 'checkpoint':
      return told('seq.checkpoint', { transid: note.transid, octets: note.octets })
    case 'turned':
      return told('seq.turned', { server: note.server })
    case 'shown':
      return told('seq.shown', { account: note.account })
    case 'filtered':
      return say(`seq.filtered.${note.does}`, { detail: harmless(note.detail), line: note.line ?? 0 })
    case 'noticed':
      return told(`seq.noticed.${note.what}`, { detail: note.detail })
    case 'touched':
      return told(`seq.touched.${note.what}`)
  }
}

/** Addresses, and what hosts said, are octets. */
const told = (key: string, values: Readonly<Record<string, string | number>> = {}): Words =>
  say(
    key,
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? harmless(utf8Text(value)) : value,
      ]),
    ),
  )

/** Inside TLS: a lock stands before it. The handshake is a mark of its own, and FIN is TCP's, which everybody can read. */
export const isSealed = (row: Row): boolean => row.secure && row.row !== 'tls' && row.row !== 'close'

/** What went wrong is drawn with a cross, and red. */
export function wentWrong(row: Row): boolean {
  switch (row.row) {
    case 'dns':
      return row.result !== null && row.result !== 'found' && row.result !== 'no-data'
    case 'connect':
      return row.outcome !== null && row.outcome !== 'open'
    case 'reply':
      return isRefusal(row.code)
    case 'http':
      return /^HTTP\S* [45]/.test(row.line)
    case 'tls':
      return row.outcome === 'alert'
    case 'lost':
      return true
    case 'close':
      return row.how !== 'fin'
    case 'mail':
      return (
        ['passed', 'deferred', 'failed', 'bounced', 'dropped', 'repeated'].includes(row.note.kind) ||
        (row.note.kind === 'filtered' && row.note.does === 'trouble')
      )
    default:
      return false
  }
}
