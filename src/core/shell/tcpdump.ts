/** tcpdump: what goes over this machine's network card, a line for each packet, until Ctrl-C. */
import type { Octets } from '../bytes/octets.ts'
import { decodeMessage, type DnsMessage } from '../dns/wire.ts'
import { dataText } from '../dns/zonefile.ts'
import { packetOf, type Packet } from '../net/packets.ts'
import { ask, first, type Task } from '../task.ts'
import type { Endpoint } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import { readable, usage, type Context, type ShellCommand } from './command.ts'
import { timeOfDay } from './date.ts'
import type { ShellHost } from './host.ts'
import { nothingSecret } from './read-line.ts'
import { isAddress } from './names.ts'
import { typeName } from './question.ts'
import { portOf } from './services.ts'

interface Filter {
  ascii: boolean
  numeric: boolean
  count: number
  port: number | null
  protocol: 'tcp' | 'udp' | null
  host: string | null
}

export const tcpdump: ShellCommand = {
  name: 'tcpdump',
  synopsis: 'tcpdump [-An] [-c COUNT] [-i any] [tcp|udp] [port PORT] [host HOST]',
  summary: 'shell.tcpdump',
  reads: false,
  feeds: false,
  *run(context) {
    const filter = read(context)
    if (filter === null) return usage(context, tcpdump.synopsis)
    context.complain('tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n')
    context.complain('listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes\n')
    const capture = context.host.capture()
    let count = 0
    try {
      count = yield* watch(context, filter, capture.next)
    } finally {
      capture.stop()
    }
    const packets = `${count} packet${count === 1 ? '' : 's'}`
    context.complain(`${packets} captured\n${packets} received by filter\n0 packets dropped by kernel\n`)
  },
}

/** How many packets it saw before Ctrl-C. It reads the terminal, so that it can still count them afterwards. */
function* watch(context: Context, filter: Filter, next: ReturnType<ShellHost['capture']>['next']): Task<number> {
  const { terminal, out, host } = context
  const reading = { protocol: 'shell', prompt: '', secret: nothingSecret } as const
  let count = 0
  while (count < filter.count) {
    const [, event] = yield* ask(first<TraceEvent | { on: string; key?: string }>(next, terminal.read(reading)))
    if ('on' in event) {
      if (event.key !== 'interrupt') continue
      out.text('^C\n')
      return count
    }
    const packet = packetOf(event, (conn) => host.connection(conn))
    if (packet === null || !passes(host, filter, packet)) continue
    count++
    out.renew()
    out.text(`${timeOfDay(host, event.at)} ${line(host, filter, packet)}\n`)
    if (filter.ascii && packet.data !== '')
      out.text(`${packet.data.replace(/\r?\n/g, '\n').replace(/[^\n\t\x20-\x7e]/g, '.')}\n`)
  }
  return count
}

function read(context: Context): Filter | null {
  const filter: Filter = { ascii: false, numeric: false, count: Infinity, port: null, protocol: null, host: null }
  const words = context.arguments.map(readable)
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word === '-i') at++
    else if (word === '-c') {
      filter.count = Number(words[++at])
      if (!(filter.count >= 1)) return null
    } else if (/^-[AnlvXtqe]+$/.test(word)) {
      filter.ascii ||= word.includes('A') || word.includes('X')
      filter.numeric ||= word.includes('n')
    } else if (word === 'tcp' || word === 'udp') filter.protocol = word
    else if (word === 'port') {
      filter.port = portOf(words[++at] ?? '')
      if (filter.port === null) return null
    } else if (word === 'host') {
      filter.host = words[++at]?.toLowerCase() ?? null
      if (filter.host === null) return null
    } else if (word !== 'and') return null
  }
  return filter
}

function passes(host: ShellHost, filter: Filter, { from, to, flags }: Packet): boolean {
  const ends = [from, to]
  const mine = ends.some(({ address }) => address === host.machine.address)
  const named = ({ address }: Endpoint) =>
    address === filter.host || (!isAddress(filter.host!) && host.nameOf(address) === filter.host)
  return (
    mine &&
    (filter.protocol === null || filter.protocol === (flags === null ? 'udp' : 'tcp')) &&
    (filter.port === null || ends.some(({ port }) => port === filter.port)) &&
    (filter.host === null || ends.some(named))
  )
}

/** What tcpdump says of it behind the addresses. It knows SMTP by its ports, and shows the first line. */
function what({ from, to, flags, data, tls }: Packet): string {
  if (flags === null) return datagram(data)
  const smtp = !tls && data !== '' && [25, 587].some((port) => port === from.port || port === to.port)
  const said = smtp ? `: SMTP: ${/^[^\r\n]*/.exec(data)![0].slice(0, 200)}` : ''
  return `Flags [${flags}], length ${data.length}${said}`
}

function datagram(data: Octets): string {
  const message = decodeMessage(data)
  return message === null ? `UDP, length ${data.length}` : `${dns(message)} (${data.length})`
}

/** tcpdump's shorthand: `53+ MX? rennes.example.` and `53 1/0/2 MX mx1.rennes.example. 10`. */
function dns({
  id,
  reply,
  recursionDesired,
  authoritative,
  rcode,
  question,
  answers,
  authorities,
  additionals,
}: DnsMessage): string {
  if (!reply)
    return `${id}${recursionDesired ? '+' : ''} ${question ? `${typeName(question.type)}? ${question.name}.` : ''}`
  const code = {
    NOERROR: '',
    FORMERR: ' FormErr',
    SERVFAIL: ' ServFail',
    NXDOMAIN: ' NXDomain',
    NOTIMP: ' NotImp',
    REFUSED: ' Refused',
  }[rcode]
  const counts = `${answers.length}/${authorities.length}/${additionals.length}`
  const records = answers.map((record) => `${record.type} ${dataText(record)}`).join(', ')
  return `${id}${authoritative ? '*' : ''}${code} ${counts}${records && ` ${records}`}`
}

function line(host: ShellHost, { numeric }: Filter, packet: Packet): string {
  const end = ({ address, port }: Endpoint) => `${(numeric ? null : host.nameOf(address)) ?? address}.${port}`
  return `IP ${end(packet.from)} > ${end(packet.to)}: ${what(packet)}`
}
